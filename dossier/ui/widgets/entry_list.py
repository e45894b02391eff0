"""A pane that lists the entries of one kind, as a tree where they form one, narrowed by the lens."""

from typing import ClassVar

from rich.style import Style

from dossier.desk.listing.listing import Listing
from dossier.desk.state import BrowseState, Spot, View
from dossier.model.anchors import GLYPHS, SOUND, Status
from dossier.model.views import Row
from dossier.ui.drawing.row_layout import EvenRows, Folds, Stack
from dossier.ui.drawing.text import NO_STYLE
from dossier.ui.messages import EntryOpened, EntrySelected
from dossier.ui.widgets.pane import ListPane, Pane, PaneRows
from dossier.ui.widgets.row_list import Drawn


class EntryRows(PaneRows):
    """The entries of a pane, as long as the list may be: rows are read as they come into sight."""

    pane: "EntryList"

    height = 1
    """The height of each row in lines."""

    least_gap = 0
    """How many empty lines follow each row at least."""

    def __init__(self, pane: Pane) -> None:
        super().__init__(pane)
        self.listing: Listing | None = None
        """All entries of the list, folded or not; None before they were read."""
        self.folded: dict[str, None] = {}
        """Ids of the entries under which nothing is shown."""
        self._folds = Folds(0)
        self._branching = False

    @property
    def empty(self) -> str:  # type: ignore[override]  # here it depends on what narrows the list
        """The reason why there are no rows, and which key shows them again where something hides them."""
        view = self.shown
        if view.typed_in(self.pane.pane):
            return f"No row here has “{view.typed_in(self.pane.pane)}”: Escape lifts that."
        if view.lens and view.filters:
            return "Nothing passes the lens and the filters: Escape lifts them."
        if view.lens:
            return "Nothing here is linked with the lens: Escape lifts it."
        if view.filters:
            return "Nothing passes the filters: Escape lifts them."
        unread = self.reading is not None and self.reading.desk.content is None
        return "Still being read …" if unread else self.pane.nothing

    def heading(self) -> str:
        """The dossier's own name of the pane, its order where it is not the written one, and what it is narrowed to."""
        name = self.pane.pane
        if self.reading is None:
            return name.capitalize()
        view = self.shown
        sort = view.sort(name)
        label = self.reading.desk.label(name) + (f" by {sort}" if sort != "written" else "")
        lens = view.lens
        names = [row.title for row in map(self.reading.row, lens) if row] if lens else []
        narrowed = [" + ".join(names)] if names else []
        if view.typed_in(name):
            narrowed.append(f"“{view.typed_in(name)}”")
        if view.filters and self.listing is not None and len(self.listing) < self.listing.total:
            narrowed += ["filtered"] * (not names)
        return " ─ ".join([label, *narrowed])

    def tally(self) -> str:
        """The number of entries shown, and of all."""
        if self.listing is None:
            return ""
        shown, total = len(self.listing), self.listing.total
        return str(total) if shown == total else f"{shown}/{total}"

    def read(self) -> None:
        """Read the list, the cursor staying on its entry."""
        if self.reading is None:
            return
        name, view, cursor = self.pane.pane, self.shown, self.view.cursor
        before = self.key_at(cursor) if self.stack.rows else ""
        narrowed = view.filters, view.typed_in(name)
        self.listing = listing = self.reading.listing(name, view.lens, view.sort(name), *narrowed)
        self._branching = any(listing.depth_at(index) for index in range(min(len(listing), 40)))
        self.fold_rows()
        row = self.row_of(before) if before and before != self.key_at(self.view.cursor) else None
        if row is not None and row != self.view.cursor:
            self.view.move_to(row, tell=False)

    def stacked(self, count: int) -> Stack:
        """Give each of `count` rows its lines."""
        return EvenRows(count, self.height)

    def fold_rows(self, *, draw: bool = True) -> None:
        """Place the rows that are not folded away."""
        listing = self.listing
        if listing is None:
            return
        ranges = []
        for key in self.folded:
            index = listing.position(key)
            if index is not None:
                ranges.append((index + 1, _subtree_end(listing, index)))
        self._folds = Folds(len(listing), ranges)
        self.view.replace_rows(self.stacked(self._folds.count), draw=draw)

    def go_to(self, entry: str) -> None:
        """Put the cursor on an entry, unfolding what hides it; nothing happens where it is not listed."""
        index = self.listing.position(entry) if self.listing is not None else None
        if index is not None:
            self._unfold_to(index)
            self.view.move_to(self._folds.place_of(index), tell=False)

    def _unfold_to(self, index: int) -> None:
        listing = self.listing
        if listing is None or self._folds.index_at(self._folds.place_of(index)) == index:
            return
        for key in list(self.folded):
            start = listing.position(key)
            if start is not None and start < index < _subtree_end(listing, start):
                del self.folded[key]
        self.fold_rows()

    def key_at(self, row: int) -> str:
        """The id of the entry on a row."""
        if self.listing is None or not 0 <= row < self.stack.rows:
            return ""
        return self.listing.id_at(self._folds.index_at(row))

    def row_of(self, key: str) -> int | None:
        """The row of an entry; of the one it is folded into when it is hidden."""
        index = self.listing.position(key) if self.listing is not None else None
        return None if index is None else self._folds.place_of(index)

    def entry_at(self, row: int) -> Row:
        """The entry on a row."""
        assert self.listing is not None
        return self.listing[self._folds.index_at(row)]

    def marked(self, row: int) -> bool:
        """Return whether the entry on a row is marked."""
        return bool(self.state.marks) and self.key_at(row) in self.state.marks

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - one line, cut by the caller
        """A line of a tree: its fold, its name, its detail; how many links it has at the right."""
        entry = self.entry_at(row)
        fold = ""
        if entry.children:
            fold = "▸ " if entry.id in self.folded else "▾ "
        indent = "  " * entry.depth + (fold or ("  " if self._branching else ""))
        strong = self.look("row--strong") if not entry.depth else NO_STYLE
        detail = f"  {entry.detail}" if entry.detail else ""
        left = [(indent, self.look("row--faint")), (entry.title, strong), (detail, self.look("row--faint"))]
        count = [(str(entry.count), self.look("row--faint"))] if entry.count and not entry.depth else []
        return left, [*status_pieces(self.pane, entry.status, sound=False), *count]

    def tell_move(self, key: str) -> None:
        """Post the entry the cursor came to: that of this move, since the one before may bring the cursor back."""
        self.pane.post_message(EntrySelected(key))

    def open_row(self, row: int) -> None:
        """Open the entry on a row."""
        self.pane.post_message(EntryOpened(self.key_at(row)))

    def action_row_in(self) -> None:
        """Unfold the row; when that is done or there is nothing to unfold, open it."""
        entry = self.entry_at(self.view.cursor)
        if entry.id in self.folded:
            self._fold(entry.id, folded=False)
        elif entry.children:
            self.view.move_to(self.view.cursor + 1)
        else:
            self.open_row(self.view.cursor)

    def action_row_out(self) -> None:
        """Fold the row; when it cannot be folded, go out to the one it stands under."""
        entry = self.entry_at(self.view.cursor)
        if entry.children and entry.id not in self.folded:
            self._fold(entry.id, folded=True)
            return
        for row in range(self.view.cursor - 1, -1, -1):
            if self.entry_at(row).depth < entry.depth:
                self.view.move_to(row)
                return

    def _fold(self, key: str, *, folded: bool) -> None:
        if folded:
            self.folded[key] = None
        else:
            del self.folded[key]
        self.fold_rows()


class EntryList(ListPane):
    """A pane of entries, which follows lens, filters and what is selected elsewhere."""

    nothing = "No entries."
    """The text shown where the dossier has no such entries."""

    rows: EntryRows
    rows_class: ClassVar[type[EntryRows]] = EntryRows

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Narrow with the lens, and bring the cursor to the selected entry where it is one of these."""
        old, new = before.view, after.view
        if _list_key(old, self.pane) != _list_key(new, self.pane):
            self.reload()
        if new.entry != old.entry and new.entry and self.selected_entry() != new.entry:
            self.rows.go_to(new.entry)
        if before.marks != after.marks:
            self.refresh()

    def spot(self) -> Spot:
        """The present scroll position of the list, with what is folded."""
        spot = self.list.spot()
        return Spot(spot.cursor, spot.index, spot.top, tuple(self.rows.folded))

    def restore(self, spot: Spot) -> None:
        """Put the list where it stood."""
        if tuple(self.rows.folded) != spot.folded:
            self.rows.folded = dict.fromkeys(spot.folded)
            self.rows.fold_rows()
        self.list.restore(spot)


def status_pieces(pane: Pane, status: Status | None, *, sound: bool) -> list[tuple[str, Style]]:
    """The glyph of a status in the looks of a pane; that of sound evidence only where `sound` asks for it."""
    if status is None or (status in SOUND and not sound):
        return []
    return [(f"{GLYPHS[status]} ", pane.look(status_look(status)))]


def status_look(status: Status) -> str:
    """The style a status is drawn in."""
    return "row--good" if status in SOUND else "row--bad" if status == "missing" else "row--doubt"


def _list_key(view: View, pane: str) -> object:
    return view.lens, view.filters, view.sort(pane), view.typed_in(pane)


def _subtree_end(listing: Listing, index: int) -> int:
    """The index behind the last row that stands under the one at `index`."""
    depth = listing.depth_at(index)
    end = index + 1
    while end < len(listing) and listing.depth_at(end) > depth:
        end += 1
    return end
