"""Marks: on one entry, on a range, and in the basket with its order and its notes."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from dossier.desk.state import SIDES, TITLE, is_heading, toggle_mark, with_heading
from dossier.desk.user.saved_state import change_note, move_mark
from dossier.ui.panes.basket import Basket
from dossier.ui.screens.browse.base import BrowseBase, Controller
from dossier.ui.screens.browse.filters import short_title
from dossier.ui.screens.browse.marked_links import mark_at
from dossier.ui.screens.browse.panes import PaneController
from dossier.ui.widgets.pane import ListPane
from dossier.ui.widgets.screen import Conditions


class BasketController(Controller):
    """The marked entries."""

    def __init__(self, screen: BrowseBase, panes: PaneController) -> None:
        super().__init__(screen)
        self._panes = panes
        self._range: tuple[str, str] | None = None  # pane and key of the row where a range begins
        self.notes: Mapping[str, str] = {}
        """The reader's notes on marked entries, by id."""

    def conditions(self) -> Conditions:
        """The condition of what is done in the basket."""
        return {"basket": lambda: bool(self.screen.state.marks)}

    def facts(self) -> list[str]:
        """Return whether a range was begun."""
        return ["range begun"] if self._range else []

    def panes_placed(self) -> None:
        """Give the basket its notes."""
        basket = self.screen.the_pane("basket")
        if isinstance(basket, Basket):
            basket.annotate(self.notes)

    def action_basket_show(self) -> None:
        """Go to the basket; from there back to the list."""
        if self.view.pane == "basket":
            self._leave()
        else:
            self._panes.show_pane("basket")

    def _leave(self) -> None:
        in_matrix = self.view.centre == "matrix"
        self.screen.alter(side=SIDES[1] if in_matrix else SIDES[0], pane="matrix" if in_matrix else "quotes")

    def leave_level(self) -> bool:
        """Give up a range that was begun; leave the basket."""
        if self._range is not None:
            self._end_range()
            self.screen.tell("No range.")
        elif self.view.pane == "basket" and not self.screen.state.zoomed:
            self._leave()
        else:
            return False
        return True

    def action_entry_mark(self) -> None:
        """Mark what is selected, or take its mark away, and move to the next row.

        In the basket the cursor stays with what moves up.
        """
        entry, keys = self._here(), self.keymap.shown
        self.screen.state = toggle_mark(self.screen.state, [entry])
        marked = f"Marked: {keys('basket.show')} shows the basket, {keys('brief.export')} exports."
        self.screen.tell(marked if entry in self.screen.state.marks else "No longer marked.")
        pane = self.screen.the_pane(self.view.pane)
        if isinstance(pane, ListPane) and pane.pane != "basket":
            rows = range(pane.list.cursor + 1, pane.rows.stack.rows)
            following = next((row for row in rows if pane.rows.rests(row)), None)
            if following is not None:
                pane.list.move_to(following)

    def action_range_mark(self) -> None:
        """Begin a range at the cursor; the second time, mark all from there to the cursor."""
        pane = self.screen.the_pane(self.view.pane)
        if not isinstance(pane, ListPane):
            self.screen.refuse("Only rows of a list can be marked as a range.")
            return
        begun = self._range
        self._end_range()
        start = pane.rows.row_of(begun[1]) if begun is not None and begun[0] == pane.pane else None
        if start is None:
            self._range = (pane.pane, pane.rows.key_at(pane.list.cursor))
            pane.list.range.start = self._range[1]
            pane.refresh()
            key = self.keymap.shown("range.mark")
            self.screen.tell(f"A range from here: {key} at the other end marks it.", "row--key")
            return
        first, last = sorted((start, pane.list.cursor))
        rows = (mark_at(pane, row) for row in range(first, last + 1) if pane.rows.rests(row))
        entries = list(dict.fromkeys(filter(None, rows)))
        unmarked = [entry for entry in entries if entry not in self.screen.state.marks]
        self.screen.state = toggle_mark(self.screen.state, unmarked or entries)
        self.screen.tell(f"{len(unmarked or entries)} {'marked' if unmarked else 'no longer marked'}.")

    def _end_range(self) -> None:
        pane = self.screen.the_pane(self._range[0]) if self._range else None
        if isinstance(pane, ListPane):
            pane.list.range.start = ""
            pane.refresh()
        self._range = None

    def _here(self) -> str:
        """The mark under the cursor: in the basket it may be a heading, among statements a link; else the entry."""
        pane = self.screen.the_pane(self.view.pane)
        if isinstance(pane, Basket):
            return pane.rows.key_at(pane.list.cursor)
        mark = mark_at(pane, pane.list.cursor) if isinstance(pane, ListPane) and pane.rows.stack.rows else ""
        return mark or self.screen.selected()

    def action_mark_later(self) -> None:
        """Move the entry under the cursor one place down."""
        self._move(1)

    def action_mark_earlier(self) -> None:
        """Move the entry under the cursor one place up."""
        self._move(-1)

    def _move(self, steps: int) -> None:
        state = self.screen.state
        self.screen.state = replace(state, marks=move_mark(state.marks, self._here(), steps))

    def action_mark_note(self) -> None:
        """Ask for the note on the entry under the cursor, or for the words of a heading."""
        here = self._here()
        if is_heading(here):
            self._ask(here, "Heading: ", "what stands over the entries below it")
        else:
            self._ask(here, "Note: ", short_title(self.screen, here))

    def action_heading_add(self) -> None:
        """Ask for a heading, and put it above the entry under the cursor."""
        marks, heading = with_heading(self.screen.state.marks, self._here())

        def place(words: str) -> None:
            if words.strip():
                self.screen.state = replace(self.screen.state, marks=marks)

        self._ask(heading, "Heading: ", "what stands over the entries below it", place)

    def action_title_change(self) -> None:
        """Ask for the title of the basket: that of the brief that is made of it."""
        self._ask(TITLE, "Title: ", "what the brief is called")

    def _ask(self, key: str, label: str, about: str, then: Callable[[str], None] = lambda _words: None) -> None:
        """Ask for the words kept under a key; `then` is given them when there are any."""
        from dossier.ui.screens.note import NoteScreen  # noqa: PLC0415 - not needed to start

        def written(words: str | None) -> None:
            if words is not None:
                self.notes = change_note(self.notes, key, words)
                then(words)
                self.panes_placed()

        self.screen.open_dialog(NoteScreen(self.keymap, about, self.notes.get(key, ""), label), written)
