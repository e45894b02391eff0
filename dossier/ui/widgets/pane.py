"""The common part of all panes: a name, a number, and the state they follow."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar, Literal

from textual.reactive import var
from textual.strip import Strip

from dossier.desk.state import BrowseState, Spot, View
from dossier.ui.keys.actions import BY_ID
from dossier.ui.messages import EntrySelected
from dossier.ui.widgets.framed import Content, Framed
from dossier.ui.widgets.hints import Hint, LinkTarget, draw_letters
from dossier.ui.widgets.row_list import CursorMoved, RowList, Rows
from dossier.ui.work.reading import Reading


class Pane(Framed):
    """A pane of the browse screen. It is given what to read and follows the state; it never sets either."""

    pane: ClassVar[str]
    """Its name, by which the state and the commands know it."""

    state: var[BrowseState] = var(BrowseState(), init=False)
    """Where the reader is; bound to the screen's."""

    reading: var[Reading | None] = var(None, init=False)
    """What there is to read; bound to the screen's."""

    hints: Mapping[int, Sequence[Hint]] = {}
    """The letters drawn over it, by the line of the pane; see `letter`."""

    content_class: ClassVar[Callable[..., Content]]
    """What it shows, made for it."""

    def __init_subclass__(cls) -> None:
        """Number a pane by the key that shows it, unless it takes the number of another."""
        super().__init_subclass__()
        action = BY_ID.get(f"{cls.pane}.show") if "pane" in vars(cls) and "number" not in vars(cls) else None
        if action is not None:
            cls.number = next(filter(str.isdigit, action.keys), "")

    def __init__(self, content: Content | None = None) -> None:
        super().__init__(content or self.content_class(self), id=self.pane)

    def letter(self, hints: Mapping[int, Sequence[Hint]]) -> None:
        """Draw other letters over it."""
        if hints or self.hints:
            self.hints = hints
            self.refresh()

    def links_in_sight(self) -> list[LinkTarget]:
        """The places in sight that can be gone to, from top to bottom."""
        return []

    def render_line(self, y: int) -> Strip:
        """Return one line of the pane, letters over it."""
        drawn = super().render_line(y)
        return draw_letters(drawn, self.hints[y], self.look("row--hint")) if y in self.hints else drawn

    @property
    def leads(self) -> bool:
        """Return whether it has the focus, as the state has it: the terminal may have lost its own for a while."""
        return self.state.view.pane == self.pane

    def watch_state(self, before: BrowseState, after: BrowseState) -> None:
        """Follow the reader: take its spot from the view when one went back, forward or on."""
        if self.reading is None:
            return
        if before.view.pane != after.view.pane and self.pane in (before.view.pane, after.view.pane):
            self.refresh()
        self.follow(before, after)
        if after.moves != before.moves:
            self.restore(after.view.spot(self.pane))

    def watch_reading(self) -> None:
        """Show another dossier, or the same one read anew."""
        if self.reading is not None:
            self.reload()

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Show what is new in the state."""

    def reload(self) -> None:
        """Show what there is to read."""

    def selected_entry(self) -> str:
        """Id of the entry under the cursor; empty where the pane has none of its own."""
        return ""

    def spot(self) -> Spot:
        """The present scroll position of the pane."""
        return Spot(top=self.top)

    def restore(self, spot: Spot) -> None:
        """Put the pane where it stood."""
        self.top = spot.top


class PaneRows(Rows):
    """The rows of a pane, read from its dossier."""

    def __init__(self, pane: Pane) -> None:
        super().__init__()
        self.pane = pane
        """The pane that lists them."""

    @property
    def state(self) -> BrowseState:
        """The state of the reader."""
        return self.pane.state

    @property
    def shown(self) -> View:
        """The view the reader is in."""
        return self.pane.state.view

    @property
    def reading(self) -> Reading | None:
        """The dossier to read."""
        return self.pane.reading

    def read(self) -> None:
        """Read from the dossier what is to be listed."""

    def entry_on(self, row: int) -> str:
        """Id of the entry a row is about; empty where there is none."""
        return self.key_at(row)

    def tell_row(self, row: int) -> None:
        """Post what a row stands for: the cursor came to it."""
        self.pane.post_message(EntrySelected(self.entry_on(row)))

    def tell_move(self, key: str) -> None:  # noqa: ARG002 - what is under the cursor by now says more
        """Post what the cursor came to, the row called `key`."""
        self.tell_row(self.view.cursor)

    def links_in_sight(self) -> list[LinkTarget]:
        """The rows whose first lines are in sight."""
        found = []
        pane, stack = self.pane, self.stack
        for y in range(pane.page if stack.rows else 0):
            if pane.top + y < stack.lines:
                row, part = stack.at(pane.top + y)
                if part == 0 and self.rests(row):
                    found.append(LinkTarget(1, y + 1, partial(self.open_row, row)))
        return found

    def action_entry_open(self) -> None:
        """Open the row under the cursor."""
        if self.rests(self.view.cursor):
            self.open_row(self.view.cursor)

    def action_row_in(self) -> None:
        """Open the row under the cursor: there is nothing to unfold."""
        self.action_entry_open()


class TellingRows(PaneRows):
    """Rows that stand for something in another pane: that follows the cursor, and Enter goes there."""

    def tell_row(self, row: int, *, opened: bool = False) -> None:
        """Post what a row stands for; `opened` when one goes there."""

    def open_row(self, row: int) -> None:
        """Go to what a row stands for."""
        self.view.move_to(row, tell=False)
        self.tell_row(row, opened=True)


class ListPane(Pane):
    """A pane that is a list."""

    SCOPES: ClassVar[tuple[str, ...]] = ("list",)
    """Which keys of the action table hold here."""

    rows: PaneRows
    """What it lists."""

    tells_on_focus = True
    """Whether what is under the cursor is told when the focus arrives, as it is when the cursor moves."""

    rows_class: ClassVar[type[PaneRows]]
    """What it lists, made for it."""

    view_class: ClassVar[type[RowList]] = RowList
    """How it shows them."""

    def __init__(self) -> None:
        self.rows = self.rows_class(self)
        self.list = self.view_class(self.rows)
        """The cursor on the rows."""
        super().__init__(self.list)
        self.performers = (self.rows, self.list)

    def reload(self) -> None:
        """Read what is to be listed again."""
        self.rows.read()

    def on_focus(self) -> None:
        """Tell what is under the cursor when the focus arrives."""
        if self.tells_on_focus and self.rows.stack.rows:
            self.rows.tell_row(self.list.cursor)

    def on_cursor_moved(self, message: CursorMoved) -> None:
        """Tell what the cursor came to."""
        message.stop()
        self.rows.tell_move(message.key)

    def links_in_sight(self) -> list[LinkTarget]:
        """The rows in sight."""
        return self.rows.links_in_sight()

    def selected_entry(self) -> str:
        """Id of the entry under the cursor."""
        return self.rows.entry_on(self.list.cursor)

    def spot(self) -> Spot:
        """The present scroll position of the list."""
        return self.list.spot()

    def restore(self, spot: Spot) -> None:
        """Put the list where it stood."""
        self.list.restore(spot)


class DeferredListPane(ListPane):
    """A list that is mounted when it is first shown: only then does it read what it lists."""

    def on_mount(self) -> None:
        """Read what is to be listed, and stand where the view has it."""
        self.reload()
        self.restore(self.state.view.spot(self.pane))


class AskingListPane(DeferredListPane):
    """A list that is read while it is in sight, and anew when the state asks for something else."""

    place: ClassVar[Literal["side", "centre"]] = "side"
    """The field of the view that names the pane while it is in sight."""

    starts_anew = False
    """Whether something else is shown from its beginning."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: object = None
        """The question that was answered last; see `asked`."""

    def asked(self, view: View) -> object:
        """All that decides what is listed."""
        return self.reading, view.as_of, view.lens, view.filters

    def in_sight(self, view: View) -> bool:
        """Return whether a view shows the pane."""
        return bool(getattr(view, self.place) == self.pane)

    def reload(self) -> None:
        """Read what is to be listed, unless it is out of sight."""
        if self.in_sight(self.state.view):
            self.seen = self.asked(self.state.view)
            super().reload()

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """List what the state asks for now."""
        if not self.in_sight(after.view):
            return
        if self.seen != self.asked(after.view):
            self.list.cursor = 0 if self.starts_anew else self.list.cursor
            self.reload()
            self.top = 0 if self.starts_anew else self.top
        if before.marks != after.marks:
            self.refresh()
