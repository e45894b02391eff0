"""The timeline: events, quotes and dated links under their days or months."""

import itertools
from typing import TYPE_CHECKING, ClassVar, Literal

from dossier.desk.matrix.tables import when_text
from dossier.desk.state import Spot, View
from dossier.model.anchors import GLYPHS, Evidence
from dossier.model.bounded import BoundedDict
from dossier.model.dates import in_words
from dossier.ui.drawing.row_layout import GroupedRows
from dossier.ui.drawing.small_charts import bars_line, positions_line
from dossier.ui.drawing.text import NO_STYLE
from dossier.ui.messages import EntrySelected, StatementSelected
from dossier.ui.widgets.entry_list import status_look
from dossier.ui.widgets.pane import AskingListPane, Pane, TellingRows
from dossier.ui.widgets.row_list import Drawn
from dossier.ui.work.reading import best

if TYPE_CHECKING:
    from dossier.desk.matrix.timeline import TimeItem, Timeline, TimelineGroup

_KEPT = 2_000
"""Items whose evidence is held."""

_SIDES, _LOOKED_AT, _SAID = 4, 60, 200
"""Sides whose positions are told, rows looked through for them, and statements of each that are read."""
_LONG = 400
"""So many characters of the words of a link are shown."""
_GLYPHS = {"quote": "“", "link": "→", "event": "◷"}
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip


class TimelineRows(TellingRows):
    """The items under their days or months, read as they come into sight."""

    def __init__(self, pane: Pane) -> None:
        super().__init__(pane)
        self.timeline: Timeline | None = None
        """The items; None before there is anything to read."""
        self._left_on = ""  # key of the item under the cursor when the dossier changed out of sight
        self._total = 0
        self._piled = GroupedRows((), 2)
        self._found: BoundedDict[tuple[str, str], Evidence | None] = BoundedDict(_KEPT)
        self._chart: tuple[object, str] = (None, "")

    @property
    def empty(self) -> str:  # type: ignore[override]  # here it depends on the lens
        """The text shown when there is nothing."""
        return "Nothing here is linked with what the lens is on." if self.shown.lens else "Nothing has a date."

    def heading(self) -> str:
        """The name of the pane, how it is grouped, what it is narrowed to."""
        if self.reading is None:
            return "Timeline"
        lens = self.shown.lens
        names = " + ".join(row.title for row in map(self.reading.row, lens) if row)
        return " ─ ".join(
            [f"{self.reading.desk.label(self.pane.pane)} by {self.grouped()}", *([names] if names else [])]
        )

    def grouped(self) -> Literal["day", "month"]:
        """The headings of the items."""
        return "month" if self.shown.sort(self.pane.pane) == "month" else "day"

    def tally(self) -> str:
        """The number of items shown, and of all."""
        count = len(self.timeline) if self.timeline is not None else 0
        return str(count) if count == self._total else f"{count}/{self._total}"

    def footnote(self) -> tuple[str, str]:
        """A small chart: positions by month while the lens is on an issue, else bars of what there is by month."""
        if self.timeline is None:
            return "", "row--faint"
        asked = (self.timeline, self.width)
        if self._chart[0] != asked:
            positions = self._positions()
            dated = [(group.label, group.count) for group in self.timeline.groups]
            self._chart = asked, positions or bars_line(dated, self.width - 8)
        return self._chart[1], "row--faint"

    def _positions(self) -> str:
        """The positions of each side on the issue of the lens, by month; empty when the lens is on none."""
        assert self.reading is not None
        lens = [row for row in map(self.reading.row, self.shown.lens) if row is not None]
        issue = next((row for row in lens if row.kind == "issue"), None)
        if issue is None:
            return ""
        sides = [row for row in lens if row.kind in ("delegation", "person")]
        if not sides:
            listing = self.reading.listing("delegations", (), "written")
            rows = [self.reading.row(listing.id_at(at)) for at in range(min(len(listing), _LOOKED_AT))]
            sides = [row for row in rows if row is not None and row.kind == "delegation"][:_SIDES]
        told = []
        for side in sides:
            found = self.reading.desk.weighing.statements(side.id, issue.id)
            held = [(one.date, one.stance) for one in itertools.islice(iter(found), _SAID) if one.counted]
            line = positions_line(held)
            told += [f"{side.title} {line}"] if line else []
        return " │ ".join(told)

    def forget(self) -> None:
        """Forget what may be out of date; the next reading puts the cursor on its item again."""
        self._left_on = self.key_at(self.view.cursor) or self._left_on
        self.timeline, self._piled = None, GroupedRows((), 2)
        self.view.replace_rows(self._piled)

    def read(self) -> None:
        """Read the timeline, the cursor staying on its item."""
        assert self.reading is not None
        before = self.key_at(self.view.cursor) or self._left_on
        self._found.clear()
        view = self.shown
        weighing = self.reading.desk.weighing
        if view.lens or view.filters:
            self._total = len(weighing.timeline(by=self.grouped()))
        self.timeline = weighing.timeline(by=self.grouped(), lens=view.lens, filters=view.filters)
        self._total = self._total if view.lens or view.filters else len(self.timeline)
        self._piled = GroupedRows([group.count for group in self.timeline.groups], 2)
        row = self.row_of(before)
        self.view.cursor = row if row is not None else min(self.view.cursor, max(self._piled.rows - 1, 0))
        self.view.replace_rows(self._piled)
        if row is not None:
            self.view.move_to(row, tell=False)

    def rests(self, row: int) -> bool:
        """Return whether the cursor may rest on a row: not on a heading."""
        return 0 <= row < self._piled.rows and not self._piled.is_heading(row)

    def item_at(self, row: int) -> "TimeItem":
        """The item on a row."""
        assert self.timeline is not None
        return self.timeline[self._piled.item_of(row)]

    def key_at(self, row: int) -> str:
        """The id or key of an item."""
        return self.timeline.id_at(self._piled.item_of(row)) if self.timeline is not None and self.rests(row) else ""

    def row_of(self, key: str) -> int | None:
        """The row of an item."""
        at = self.timeline.position(key) if self.timeline is not None and key else None
        return None if at is None else self._piled.row_of(at)

    def entry_on(self, row: int) -> str:
        """Id of the entry of an item."""
        return self.item_at(row).entry if self.rests(row) else ""

    def marked(self, row: int) -> bool:
        """Return whether the entry of an item is marked."""
        return bool(self.state.marks) and self.entry_on(row) in self.state.marks

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - cut by the caller
        """A day or a month; or what happened, and under it when exactly, where, and who said it."""
        assert self.timeline is not None
        faint = self.look("row--faint")
        group = self.timeline.groups[self._piled.group_of(row)]
        if self._piled.is_heading(row):
            if part + 1 < self._piled.height_of(row):
                return [], []
            undated = "" if group.label else "  no date given"
            left = [(_day(group.label), self.look("row--heading")), (undated, faint)]
            return left, [(str(group.count), faint)]
        item = self.item_at(row)
        if part == 0:
            glyph = (f"{_GLYPHS.get(item.kind, chr(32))} " if item.kind != "quote" else "", self.look(_look(item.kind)))
            state = [(GLYPHS[item.status], self.look(status_look(item.status)))] if item.status else []
            return [("  ", NO_STYLE), glyph, (item.words, NO_STYLE)], state
        if part == 1:
            told = " · ".join(filter(None, (_when(item, group), item.detail, item.place, self._words(item))))
            return [("    ", NO_STYLE), (told, faint)], []
        return [], []

    def _words(self, item: "TimeItem") -> str:
        """The words it rests on, but for a quote, which is told by them."""
        evidence = self._evidence(item) if item.kind != "quote" else None
        return (evidence.text or evidence.wanted.text)[:_LONG] if evidence else ""

    def _evidence(self, item: "TimeItem") -> Evidence | None:
        place = item.id, item.file
        if place not in self._found and self.reading is not None:
            self._found[place] = best(self.reading.desk.evidence_of(*place))
        return self._found.get(place)

    def tell_row(self, row: int, *, opened: bool = False) -> None:
        """Post which item the cursor is on."""
        if not self.rests(row) or self.reading is None:
            return
        item = self.item_at(row)
        evidence = self._evidence(item)
        if evidence is None and not opened:
            self.pane.post_message(EntrySelected(item.entry))
        else:
            self.pane.post_message(StatementSelected(item.entry, evidence, opened=opened))


class TimelinePane(AskingListPane):
    """Events, quotes and dated links in the order of their dates."""

    pane = "timeline"
    SCOPES: ClassVar[tuple[str, ...]] = ("timeline", "list")
    rows: TimelineRows
    rows_class = TimelineRows
    place = "centre"

    def asked(self, view: View) -> object:
        """The grouping, and what narrows the timeline."""
        return self.reading, view.lens, view.filters, view.sort(self.pane)

    def reload(self) -> None:
        """Read the timeline; out of sight, only forget what may be out of date."""
        if self.reading is not None and not self.in_sight(self.state.view):
            self.seen = None
            self.rows.forget()
        elif self.reading is not None:
            super().reload()

    def restore(self, spot: Spot) -> None:
        """Put the timeline where it stood; at first, on the first item."""
        self.list.restore(spot)
        if not self.rows.rests(self.list.cursor) and self.rows.stack.rows:
            self.list.cursor = min(self.list.cursor + 1, self.rows.stack.rows - 1)


def _look(kind: str) -> str:
    return {"quote": "mark--quote", "link": "mark--link"}.get(kind, "mark--event")


def _day(label: str) -> str:
    """A day or a month as people say it, with its place in the calendar kept: `2025-06-09  9 June 2025`."""
    before = label.startswith("-")
    parts = label.removeprefix("-").split("-")
    if len(parts) == 1 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return "Before" if label == ".." else in_words(label) or "Undated"
    month = f"{_MONTHS[int(parts[1]) - 1]} {f'{int(parts[0]) + 1} BC' if before else parts[0]}"
    return f"{int(parts[2])} {month}" if len(parts) == 3 else month


def _when(item: "TimeItem", group: "TimelineGroup") -> str:
    """The date of an item as far as the heading does not give it; that it is only the article's, always."""
    if item.lent:
        own = "" if item.when == group.label else f"{item.when}, "
        return f"≈ {own}the article's day"
    text = when_text(item)
    if not item.when or text == group.label:
        return ""
    return text.removeprefix(f"{group.label} ") if len(group.label) == 10 else text
