"""A pane that lists the entries of one kind, as a tree where they form one, narrowed by the lens."""

from rich.style import Style

from dossier.desk.listing.listing import Listing
from dossier.desk.state import BrowseState, Spot, View
from dossier.model.anchors import GLYPHS, SOUND, Status
from dossier.model.views import Row
from dossier.ui.drawing.row_layout import Even, Folds, Stack
from dossier.ui.drawing.text import NOTHING
from dossier.ui.messages import EntryOpened, EntrySelected
from dossier.ui.widgets.list_view import Drawn
from dossier.ui.widgets.pane import ListPane, Pane


class EntryList(ListPane):
    """The entries of a pane, as long as the list may be: rows are read as they come into sight."""

    nothing = "No entries."
    """What is said where the dossier has no such entries."""

    height = 1
    """The height of each row in lines."""

    least_gap = 0
    """How many empty lines follow each row at least."""

    def __init__(self) -> None:
        super().__init__(id=self.pane)
        self._listing: Listing | None = None
        self._folds = Folds(0)
        self._folded: dict[str, None] = {}
        self._branching = False

    @property
    def empty(self) -> str:  # type: ignore[override]  # here it depends on what narrows the list
        """Say why there are no rows, and which key shows them again where something hides them."""
        view = self.state.view
        if view.typed_in(self.pane):
            return f"No row here has “{view.typed_in(self.pane)}”: Escape lifts that."
        if view.lens and view.filters:
            return "Nothing passes the lens and the filters: Escape lifts them."
        if view.lens:
            return "Nothing here is linked with the lens: Escape lifts it."
        if view.filters:
            return "Nothing passes the filters: Escape lifts them."
        unread = self.reading is not None and self.reading.desk.content is None
        return "Still being read …" if unread else self.nothing

    def heading(self) -> str:
        """The dossier's own name of the pane, its order where it is not the written one, and what it is narrowed to."""
        if self.reading is None:
            return self.pane.capitalize()
        view = self.state.view
        sort = view.sort(self.pane)
        label = self.reading.desk.label(self.pane) + (f" by {sort}" if sort != "written" else "")
        lens = view.lens
        names = [row.title for row in map(self.reading.row, lens) if row] if lens else []
        narrowed = [" + ".join(names)] if names else []
        if view.typed_in(self.pane):
            narrowed.append(f"“{view.typed_in(self.pane)}”")
        if view.filters and self._listing is not None and len(self._listing) < self._listing.total:
            narrowed += ["filtered"] * (not names)
        return " ─ ".join([label, *narrowed])

    def tally(self) -> str:
        """The number of entries shown, and of all."""
        if self._listing is None:
            return ""
        shown, total = len(self._listing), self._listing.total
        return str(total) if shown == total else f"{shown}/{total}"

    def reload(self) -> None:
        """Reads the list, the cursor staying on its entry."""
        if self.reading is None:
            return
        before = self.key_at(self.cursor) if self.stack.rows else ""
        view = self.state.view
        narrowed = view.filters, view.typed_in(self.pane)
        self._listing = listing = self.reading.listing(self.pane, view.lens, view.sort(self.pane), *narrowed)
        self._branching = any(listing.depth_at(index) for index in range(min(len(listing), 40)))
        self.fold_rows()
        row = self.row_of(before) if before and before != self.key_at(self.cursor) else None
        if row is not None and row != self.cursor:
            self.move_to(row, tell=False)

    def stacked(self, count: int) -> Stack:
        """Give each of `count` rows its lines."""
        return Even(count, self.height)

    def fold_rows(self, *, draw: bool = True) -> None:
        """Place the rows that are not folded away."""
        listing = self._listing
        if listing is None:
            return
        ranges = []
        for key in self._folded:
            index = listing.position(key)
            if index is not None:
                ranges.append((index + 1, _subtree_end(listing, index)))
        self._folds = Folds(len(listing), ranges)
        self.replace_rows(self.stacked(self._folds.count), draw=draw)

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Narrows with the lens, and brings the cursor to the selected entry where it is one of these."""
        old, new = before.view, after.view
        if _asked(old, self.pane) != _asked(new, self.pane):
            self.reload()
        elsewhere = new.entry != old.entry and new.entry and self.key_at(self.cursor) != new.entry
        if elsewhere and self._listing is not None:
            index = self._listing.position(new.entry)
            if index is not None:
                self._unfold_to(index)
                self.move_to(self._folds.place_of(index), tell=False)
        if before.marks != after.marks:
            self.refresh()

    def _unfold_to(self, index: int) -> None:
        listing = self._listing
        if listing is None or self._folds.index_at(self._folds.place_of(index)) == index:
            return
        for key in list(self._folded):
            start = listing.position(key)
            if start is not None and start < index < _subtree_end(listing, start):
                del self._folded[key]
        self.fold_rows()

    def key_at(self, row: int) -> str:
        """The id of the entry on a row."""
        if self._listing is None or not 0 <= row < self.stack.rows:
            return ""
        return self._listing.id_at(self._folds.index_at(row))

    def row_of(self, key: str) -> int | None:
        """The row of an entry; of the one it is folded into when it is hidden."""
        index = self._listing.position(key) if self._listing is not None else None
        return None if index is None else self._folds.place_of(index)

    def entry_at(self, row: int) -> Row:
        """The entry on a row."""
        assert self._listing is not None
        return self._listing[self._folds.index_at(row)]

    def selected_entry(self) -> str:
        """Id of the entry under the cursor."""
        return self.key_at(self.cursor)

    def marked(self, row: int) -> bool:
        """Whether the entry on a row is marked."""
        return bool(self.state.marks) and self.key_at(row) in self.state.marks

    def spot(self) -> Spot:
        """The present scroll position of the list, with what is folded."""
        spot = super().spot()
        return Spot(spot.cursor, spot.index, spot.top, tuple(self._folded))

    def restore(self, spot: Spot) -> None:
        """Puts the list where it stood."""
        if tuple(self._folded) != spot.folded:
            self._folded = dict.fromkeys(spot.folded)
            self.fold_rows()
        super().restore(spot)

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - one line, cut by the caller
        """A line of a tree: its fold, its name, its detail; how many links it has at the right."""
        entry = self.entry_at(row)
        fold = ""
        if entry.children:
            fold = "▸ " if entry.id in self._folded else "▾ "
        indent = "  " * entry.depth + (fold or ("  " if self._branching else ""))
        strong = self.look("row--strong") if not entry.depth else NOTHING
        detail = f"  {entry.detail}" if entry.detail else ""
        left = [(indent, self.look("row--faint")), (entry.title, strong), (detail, self.look("row--faint"))]
        count = [(str(entry.count), self.look("row--faint"))] if entry.count and not entry.depth else []
        return left, [*status_pieces(self, entry.status, sound=False), *count]

    def on_lines_cursor_moved(self, message: ListPane.CursorMoved) -> None:
        """Tells the screen which entry the cursor came to."""
        message.stop()
        self.post_message(EntrySelected(message.key))

    def on_focus(self) -> None:
        """Select what is under the cursor when the focus arrives."""
        if self.stack.rows:
            self.post_message(EntrySelected(self.key_at(self.cursor)))

    def open_row(self, row: int) -> None:
        """Opens the entry on a row."""
        self.post_message(EntryOpened(self.key_at(row)))

    def action_entry_open(self) -> None:
        """Opens the entry under the cursor."""
        self.open_row(self.cursor)

    def action_row_in(self) -> None:
        """Unfolds the row; when that is done or there is nothing to unfold, opens it."""
        entry = self.entry_at(self.cursor)
        if entry.id in self._folded:
            self._fold(entry.id, folded=False)
        elif entry.children:
            self.move_to(self.cursor + 1)
        else:
            self.open_row(self.cursor)

    def action_row_out(self) -> None:
        """Folds the row; when it cannot be folded, goes out to the one it stands under."""
        entry = self.entry_at(self.cursor)
        if entry.children and entry.id not in self._folded:
            self._fold(entry.id, folded=True)
            return
        for row in range(self.cursor - 1, -1, -1):
            if self.entry_at(row).depth < entry.depth:
                self.move_to(row)
                return

    def _fold(self, key: str, *, folded: bool) -> None:
        if folded:
            self._folded[key] = None
        else:
            del self._folded[key]
        self.fold_rows()


def status_pieces(pane: Pane, status: Status | None, *, sound: bool) -> list[tuple[str, Style]]:
    """The glyph of a status in the looks of a pane; that of sound evidence only where `sound` asks for it."""
    if status is None or (status in SOUND and not sound):
        return []
    return [(f"{GLYPHS[status]} ", pane.look(status_look(status)))]


def status_look(status: Status) -> str:
    """The style a status is drawn in."""
    return "row--good" if status in SOUND else "row--bad" if status == "missing" else "row--doubt"


def _asked(view: View, pane: str) -> object:
    return view.lens, view.filters, view.sort(pane), view.typed_in(pane)


def _subtree_end(listing: Listing, index: int) -> int:
    """The index behind the last row that stands under the one at `index`."""
    depth = listing.depth_at(index)
    end = index + 1
    while end < len(listing) and listing.depth_at(end) > depth:
        end += 1
    return end
