"""The links of the selected entry, both ways, grouped by relation, each with the words it rests on."""

from collections.abc import Sequence

from rich.style import Style

from dossier.desk.state import BrowseState
from dossier.model.anchors import GLYPHS, SOUND, Evidence
from dossier.model.clean import clean_line
from dossier.model.relations import SAID_BY
from dossier.model.verbatim import in_marks
from dossier.model.views import EntryView, LinkRow
from dossier.ui.drawing.row_layout import RowRuns
from dossier.ui.drawing.text import NO_STYLE, cut
from dossier.ui.messages import EntryOpened, EvidenceSelected
from dossier.ui.widgets.entry_list import status_look
from dossier.ui.widgets.link_rows import LONG, LinkItem, LinkRows, shown_relation
from dossier.ui.widgets.pane import ListPane, Pane, PaneRows
from dossier.ui.widgets.row_list import Drawn
from dossier.ui.work.reading import Reading


class LinkPaneRows(PaneRows):
    """The selected entry: what it says of itself, its own evidence, its links."""

    empty = "Nothing is selected."

    def __init__(self, pane: Pane) -> None:
        super().__init__(pane)
        self._items: Sequence[LinkItem] = ()
        self._rows: LinkRows | None = None
        self._view: EntryView | None = None
        self._width = 0

    def heading(self) -> str:
        """The name of the pane, and of the entry."""
        return f"Links ─ {self._view.entry.title[:LONG]}" if self._view else "Links"

    def tally(self) -> str:
        """The number of links."""
        return str(len(self._view.links)) if self._view else ""

    def read(self) -> None:
        """Read the selected entry."""
        self._view = self.reading.view(self.shown.entry) if self.reading else None
        self._lay_out(draw=True)

    def _lay_out(self, *, draw: bool) -> None:
        self._width = self.width
        width = max(self._width - 5, 10)
        self._rows = LinkRows(self._view, width, self._quote_of, self.pane.page) if self._view else None
        self._items = self._rows or ()
        self.view.replace_rows(RowRuns(self._rows.runs() if self._rows else ()), draw=draw)

    def prepare(self) -> None:
        """Break the lines of the head anew at another width."""
        if self._width != self.width:
            self._lay_out(draw=False)

    def rests(self, row: int) -> bool:
        """The head and the headings are passed over."""
        return self._rows is not None and 0 <= row < len(self._rows) and self._rows.resting(row)

    def key_at(self, row: int) -> str:
        """The key of a link with its end, so that two rows of one link differ."""
        if not 0 <= row < len(self._items):
            return ""
        if self._rows is not None and not self._rows.few:
            return f"row {row}"
        item = self._items[row]
        if item.link is not None:
            return f"{item.link.key} {item.link.here} {item.link.outward}"
        return f"{item.what} {item.evidence.ordinal if item.evidence else row}"

    def row_of(self, key: str) -> int | None:
        """The row of a link."""
        if key.startswith("row ") and key[4:].isdecimal():
            return min(int(key[4:]), len(self._items) - 1)
        if self._rows is not None and not self._rows.few:
            return None
        return next((row for row in range(len(self._items)) if self.key_at(row) == key), None)

    def entry_on(self, row: int) -> str:
        """Id of the entry at the other end of a link."""
        link = self._items[row].link if self.rests(row) else None
        return link.other if link else ""

    @property
    def worded_link(self) -> str:
        """Key of the link under the cursor, where it rests on words that neither end shows; else empty."""
        item = self._items[self.view.cursor] if self.rests(self.view.cursor) else None
        return item.link.key if item is not None and item.link is not None and item.worded else ""

    def marked(self, row: int) -> bool:
        """Return whether the entry at the other end is marked."""
        link = self._items[row].link
        return link is not None and link.other in self.state.marks

    def draw(self, row: int, part: int, width: int) -> Drawn:
        """A line of the head, a heading, or one of the two lines of a link."""
        item = self._items[row]
        if item.what == "head":
            text, look = item.lines[part]
            return [(text, self.look(look) if look else NO_STYLE)], []
        if item.what == "group" and item.link is not None:
            return [(shown_relation(item.link.relation), self.look("row--heading"))], [
                (str(item.count), self.look("row--faint"))
            ]
        if part == 1 and item.evidence is not None and item.worded:
            words = item.evidence.text or item.evidence.wanted.text
            return [("   " + cut(clean_line(words[:LONG]), width - 3), self.look("row--faint"))], []
        if part >= max(len(item.lines), 1):
            return [], []
        if part:
            return [("  ", NO_STYLE), (item.lines[part][0], NO_STYLE)], []
        if item.link is None:
            return [(_status_words(item.evidence), self.look("row--heading"))], _place(self.pane, item.evidence)
        left = [
            ("→ " if item.link.outward else "← ", self.look("row--faint")),
            (item.lines[0][0] if item.lines else item.link.other_title[:LONG], NO_STYLE),
        ]
        if not item.lines and self._view and item.link.here != self._view.entry.id:
            left.append((f"  {self._title(item.link.here)}", self.look("row--faint")))
        if item.link.count:
            return left, [(str(item.link.count), self.look("row--faint"))]
        return left, _place(self.pane, item.evidence)

    def _quote_of(self, link: LinkRow) -> str:
        """A linked quote: its words, before them who said it unless that is the entry itself."""
        row = self.reading.row(link.other) if self.reading else None
        if row is None or self._view is None:
            return clean_line(link.other_title)
        words = in_marks(row.title, row.attribution)
        if link.relation != _said_by_name(self.reading):
            return f"{clean_line(row.detail) or 'no speaker'}: {words}"
        if link.here != self._view.entry.id:
            return f"{clean_line(self._title(link.here))}: {words}"
        return f"{words} ({clean_line(row.attribution)})" if row.attribution not in ("", "direct") else words

    def _title(self, entry: str) -> str:
        row = self.reading.row(entry) if self.reading else None
        return row.title if row else entry

    def tell_row(self, row: int) -> None:
        """Show the words a link rests on."""
        self.pane.post_message(EvidenceSelected(self._items[row].evidence))

    def open_row(self, row: int) -> None:
        """Follow the link; from the entry's own evidence, go to the words."""
        item = self._items[row]
        if item.link is not None:
            self.pane.post_message(EntryOpened(item.link.other, stay=True))
        elif item.evidence is not None:
            self.pane.post_message(EvidenceSelected(item.evidence, opened=True))

    def action_row_in(self) -> None:
        """Go to the words the link rests on."""
        if self.rests(self.view.cursor) and self._items[self.view.cursor].evidence is not None:
            self.pane.post_message(EvidenceSelected(self._items[self.view.cursor].evidence, opened=True))
        else:
            self.action_entry_open()


class Links(ListPane):
    """The selected entry with its links."""

    pane = "links"
    tells_on_focus = False
    rows: LinkPaneRows
    rows_class = LinkPaneRows

    def follow(self, before: BrowseState, after: BrowseState) -> None:
        """Show another entry from its beginning."""
        if before.view.entry != after.view.entry:
            self.list.cursor = 0
            self.reload()
            self.top = 0
        elif before.marks != after.marks:
            self.refresh()


def _said_by_name(reading: Reading | None) -> str:
    """The name of the relation from a speaker to a quote."""
    known = reading.desk.relations().get(SAID_BY) if reading else None
    return known.inverse if known else SAID_BY


def _status_words(evidence: Evidence | None) -> str:
    if evidence is None:
        return ""
    return "in the article" if evidence.sound else (evidence.why or evidence.status)


def _place(pane: Pane, evidence: Evidence | None) -> list[tuple[str, Style]]:
    if evidence is None:
        return []
    word = "" if evidence.status in SOUND else f" {evidence.status}"
    glyph = (f"{GLYPHS[evidence.status]}{word}", pane.look(status_look(evidence.status)))
    where = f" ¶{evidence.paragraph}" if evidence.paragraph else ""
    return [glyph, (where, pane.look("row--faint"))]
