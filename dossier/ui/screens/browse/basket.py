"""Collecting: ranges marked at once, and the basket with its order and its notes."""

from msgspec.structs import replace

from dossier.desk.state import SIDES, toggle_mark
from dossier.ui.panes.basket import Basket
from dossier.ui.screens.browse.hints import Hinting
from dossier.ui.widgets.pane import ListPane


class Collecting(Hinting):
    """Marks and what one does with them."""

    _range: tuple[str, str] | None = None

    def place(self) -> None:
        """The basket is told the notes."""
        super().place()
        basket = self.the_pane("basket")
        if isinstance(basket, Basket):
            basket.annotate(self.notes)

    def action_basket_show(self) -> None:
        """To the basket; from there back to the list."""
        if self.state.view.pane == "basket":
            self._leave_basket()
        else:
            self.show_pane("basket")

    def _leave_basket(self) -> None:
        centre = self.state.view.centre
        self.alter(side=SIDES[1] if centre == "matrix" else SIDES[0], pane="matrix" if centre == "matrix" else "quotes")

    def action_level_leave(self) -> None:
        """A range that was begun is let go; out of the basket."""
        if self._range is not None:
            self._range = None
            self.tell("No range.")
        elif self.state.view.pane == "basket" and not self.state.zoomed:
            self._leave_basket()
        else:
            super().action_level_leave()

    def action_entry_mark(self) -> None:
        """Mark what is selected and move on to the next row; in the basket the cursor stays with what moves up."""
        super().action_entry_mark()
        pane = self.the_pane(self.state.view.pane)
        if isinstance(pane, ListPane) and pane.pane != "basket":
            onward = next((row for row in range(pane.cursor + 1, pane.stack.rows) if pane.rests(row)), None)
            if onward is not None:
                pane.move_to(onward)

    def action_range_mark(self) -> None:
        """Begins a range at the cursor; the second time, marks all from there to the cursor."""
        pane = self.the_pane(self.state.view.pane)
        if not isinstance(pane, ListPane):
            self.refuse("Only rows of a list can be marked as a range.")
            return
        begun, self._range = self._range, None
        start = pane.row_of(begun[1]) if begun is not None and begun[0] == pane.pane else None
        if start is None:
            self._range = (pane.pane, pane.key_at(pane.cursor))
            self.tell(f"A range from here: {self.keymap.shown('range.mark')} at the other end marks it.", "row--key")
            return
        first, last = sorted((start, pane.cursor))
        chosen = (entry for row in range(first, last + 1) if pane.rests(row) for entry in [pane.entry_on(row)] if entry)
        found = list(dict.fromkeys(chosen))
        fresh = [entry for entry in found if entry not in self.state.marks]
        self.state = toggle_mark(self.state, fresh or found)
        self.tell(f"{len(fresh or found)} {'marked' if fresh else 'no longer marked'}.")

    def action_mark_later(self) -> None:
        """The entry under the cursor one place down."""
        self._move(1)

    def action_mark_earlier(self) -> None:
        """The entry under the cursor one place up."""
        self._move(-1)

    def _move(self, steps: int) -> None:
        from dossier.desk.user.saved_state import moved  # noqa: PLC0415 - not needed to start

        self.state = replace(self.state, marks=moved(self.state.marks, self.selected(), steps))

    def action_mark_note(self) -> None:
        """Asks for the note on the entry under the cursor."""
        from dossier.desk.user.saved_state import noted  # noqa: PLC0415 - not needed to start
        from dossier.ui.screens.note import NoteScreen  # noqa: PLC0415 - not needed to start

        entry = self.selected()

        def told(note: str | None) -> None:
            if note is not None:
                self.notes = noted(self.notes, entry, note)
                self.place()

        self.open_dialog(NoteScreen(self.keymap, self._called(entry), self.notes.get(entry, "")), told)

    def condition_met(self, need: str) -> bool:
        """Whether anything is marked."""
        return bool(self.state.marks) if need == "basket" else super().condition_met(need)

    def facts(self) -> list[str]:
        """A range that was begun, before what else there is to say."""
        return [*(["range begun"] if self._range else []), *super().facts()]
