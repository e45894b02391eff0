"""The content that a brief should have: the same entries, rendered from the dossier in the same style and read back."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dossier.desk.brief.builder import EXPORTED, TABLES, Maker
from dossier.desk.evidence.narrowings import Narrowing, read_narrowings
from dossier.desk.evidence.note_names import NoteNames
from dossier.export.brief_blocks import (
    LINKED,
    BriefBlock,
    TableRead,
    is_facts,
    read_entries,
    read_lines,
    read_quotes,
    read_tables,
)
from dossier.export.briefs import trimmed
from dossier.export.parsed import BriefParagraph, parse
from dossier.export.styles.brief_style import render_brief
from dossier.export.styles.source_notes import SourceNotes, citations_of, name_source
from dossier.model.brief import Brief, BriefItem, BriefReference, Chapter
from dossier.model.brief_options import BriefOptions
from dossier.model.clean import clean
from dossier.model.entries import Entry
from dossier.model.folding import fold

if TYPE_CHECKING:
    from dossier.desk.desk import Desk

_LISTS = EXPORTED[:-1]


class Dossier:
    """Finds the entries of a brief in the dossier, and renders them again."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._maker = Maker(desk)
        self.note_names = NoteNames(desk)
        self._items: dict[str, BriefItem] = {}
        self._cited: list[Brief] = []
        self._footnotes: tuple[Brief | None, list[str]] = (None, [])
        self._full: list[list[BriefParagraph]] | None = None
        self._chosen_parts: list[str] = []

    def begin(self, paragraphs: Sequence[BriefParagraph], *, chosen: bool) -> None:
        """Start another brief; in a `chosen` one an entry may have some of its links alone."""
        self._full, self._cited = None, []
        self._chosen_parts = parts_of(paragraphs) if chosen else []

    def cite(self, brief: Brief) -> None:
        """Remember a brief that was rendered, whose footnotes are then known."""
        self._cited.append(brief)

    def is_id(self, text: str) -> bool:
        """Return whether the dossier has an entry of that id."""
        return self._desk.entry(text) is not None

    @cached_property
    def _quotes(self) -> dict[str, list[str]]:
        """The ids of quotes by their words, folded as a brief shows them."""
        found: dict[str, list[str]] = {}
        for entry in self._entries("quote"):
            words = entry.text("original") or entry.text("text") or entry.title
            found.setdefault(shown(words), []).append(entry.id)
        return found

    @cached_property
    def _titles(self) -> dict[str, list[str]]:
        """The ids of all other entries by their titles."""
        found: dict[str, list[str]] = {}
        for kind in ("delegation", "person", "issue", "event", "article"):
            for entry in self._entries(kind):
                found.setdefault(shown(entry.title or entry.id), []).append(entry.id)
        return found

    def _entries(self, kind: str) -> list[Entry]:
        return self._desk.texts.catalogue.entries("shadow = 0 AND kind = ?", kind)

    def item(self, entry_id: str) -> BriefItem | None:
        """An entry rendered alone, as a marked one is."""
        if entry_id not in self._items:
            if (view := self._desk.view(entry_id)) is None:
                return None
            self._items[entry_id] = self._maker.item(view, 0)
        return self._items[entry_id]

    def quotes_of(self, words: str) -> list[str]:
        """The ids of the quotes of these words; of shortened words those that hold them."""
        whole = fold(words)
        if whole in self._quotes or trimmed(words) == words.strip():
            return self._quotes.get(whole, [])
        inner = fold(trimmed(words))
        return [one for text, ids in self._quotes.items() if inner in text for one in ids] if inner else []

    def titled(self, line: str) -> list[str]:
        """The ids of the entries whose title a line begins with; of several the longest title."""
        text = fold(line)
        ends = [len(text), *(match.start() for match in re.finditer(r", | \(|\.(?= |$)|\.,", text))][:40]
        for end in sorted(ends, reverse=True):
            if found := self._titles.get(text[:end].rstrip()):
                return found
        return []

    def entries(self, paragraphs: Sequence[BriefParagraph]) -> Iterator[list[list[BriefBlock]]]:
        """Readings of what the full style says of the entries of a brief, alone and beside those they refer to.

        Further readings follow of chosen links, each of which is told without the others of its entry.
        """
        yield [read_entries(one) for one in self.full(paragraphs)]
        items = [item for one in self._chapters(paragraphs) if not one.table for item in one.items]
        links = [[*self.chosen_links(item)] for item in items]
        every = tuple(one for some in links for one in some)
        for at in range(max(map(len, links), default=0)):
            first = tuple(some[at] for some in links if at < len(some))
            yield [read_entries(one) for one in self._both_ways([Chapter("Links", first), Chapter("Entries", every)])]

    def chosen_links(self, item: BriefItem) -> Iterator[BriefItem]:
        """An entry with one of its links alone, for each link that the brief names; none unless it chooses entries."""
        alone = self._chosen_parts and len(item.references) > 1 and item.entry.kind != "quote"
        for one in item.references if alone else ():
            if place_of(one, self._chosen_parts) >= 0:
                yield replace(item, references=(one,))

    def full(self, paragraphs: Sequence[BriefParagraph]) -> list[list[BriefParagraph]]:
        """The full style of the entries and tables of a brief, alone and beside those they refer to."""
        if self._full is None:
            self._full = self._both_ways(list(self._chapters(paragraphs)))
        return self._full

    def _both_ways(self, chapters: list[Chapter]) -> list[list[BriefParagraph]]:
        """Chapters in the full style, alone and beside the entries that they refer to."""
        told = {item.entry.id for chapter in chapters for item in chapter.items}
        beside = {one.other for chapter in chapters for item in chapter.items for one in item.references}
        beside |= {one for chapter in chapters for item in chapter.items for one, _ in item.speakers}
        beside |= {cell.entry for chapter in chapters if chapter.table for row in chapter.table.rows for cell in row}
        others = tuple(replace(item, text="") for one in sorted(beside - told - {""}) if (item := self.item(one)))
        briefs = (chapters, [*chapters, Chapter("Entries", others)])
        return [parsed(self._desk.render(Brief("Brief", "", tuple(one)))) for one in briefs]

    def _chapters(self, paragraphs: Sequence[BriefParagraph]) -> Iterator[Chapter]:
        """The chapters of a brief of the full style with the entries that stand in each."""
        panes = {shown(self._desk.label(pane)): pane for pane in (*EXPORTED, *TABLES)}
        blocks = read_entries(paragraphs)
        everything = {one for block in blocks for one in self.ids_of(block)}
        heads = [one for one in paragraphs if one.level == 2]
        for at, head in enumerate(heads):
            last = heads[at + 1].line if at + 1 < len(heads) else max(one.line for one in paragraphs) + 1
            pane = panes.get(shown(head.text()), "")
            if pane in TABLES:
                continue
            within = [block for block in blocks if head.line <= block.line < last]
            ids = dict.fromkeys(one for block in within for one in self.ids_of(block))
            if pane:
                yield self._maker.chapter(pane, everything if pane == "links" else ids)
            else:
                yield Chapter(head.text(), tuple(filter(None, map(self.item, ids))))
        yield from self.chapters_of_tables(paragraphs)

    def ids_of(self, block: BriefBlock) -> list[str]:
        """The entries of which a block of the full style may tell."""
        if block.key and not block.key.startswith(LINKED):
            return [block.key] if self.is_id(block.key) else []
        words = next((unit.text for unit in block.units if unit.label == "words"), "")
        return self.titled(block.heading) or (self.quotes_of(words) if words else self._headed(block.heading))

    def _headed(self, heading: str) -> list[str]:
        """The quotes whose words begin as the heading of one says."""
        _, _, words = heading.partition(": ")
        inner = fold(words.partition(" (")[0].strip('“”"…. '))
        return [one for text, ids in self._quotes.items() if text.startswith(inner) for one in ids] if inner else []

    def chapters_of_tables(self, paragraphs: Sequence[BriefParagraph]) -> Iterator[Chapter]:
        """Matrix and timeline, if the brief has a table, narrowed as it says."""
        if any(one.cell for one in paragraphs):
            lens, filters, _ = read_narrowings(self._desk, paragraphs)
            maker = Maker(self._desk, lens, filters)
            yield from (maker.chapter(pane, None) for pane in TABLES)

    def tables(self, paragraphs: Sequence[BriefParagraph]) -> list[list[TableRead]]:
        """Readings of the tables of the dossier in either style, one list for each table."""
        found = []
        for briefs in (self.full(paragraphs), [self._styled(*self.chapters_of_tables(paragraphs))]):
            readings = [read_tables(one) for one in briefs]
            found += [[one[at] for one in readings] for at in range(min(map(len, readings)))]
        return found

    def quotes(self, blocks: Iterable[BriefBlock]) -> Iterator[tuple[list[list[BriefBlock]], bool]]:
        """Readings of the quotes of a brief of the brief style, under their issues and then, with True, elsewhere."""
        ids = dict.fromkeys(one for block in blocks for one in self.quotes_of(words_in(block)))
        items = tuple(filter(None, map(self.item, ids)))
        freely = tuple(replace(item, remark=item.remark or "-") for item in items)
        for chosen in (items, freely):
            chapter = Chapter("Quotes", chosen)
            yield [read_quotes(self._styled(chapter, notes=notes)) for notes in (True, False)], chosen is freely

    def lines(self, blocks: Iterable[BriefBlock]) -> Iterator[list[list[BriefBlock]]]:
        """Readings of the entries that a brief of the brief style tells in lines, pane by pane, then as links alone."""
        ids = {one for block in blocks for one in self.titled(block.units[0].text)}
        for pane in ("delegations", "issues", "events", "articles", "links"):
            items = self._maker.items(pane, ids)
            told = tuple(one for item in items for one in (item, *self.chosen_links(item)))
            chapter = Chapter(self._desk.label(pane), told)
            yield [read_lines(self._styled(chapter, notes=notes)) for notes in (True, False)]

    def _styled(self, *chapters: Chapter, notes: bool = False) -> list[BriefParagraph]:
        """Chapters in the brief style; what they cite is remembered."""
        self._cited.append(brief := brief_of_chapters(*chapters))
        return parsed(render_brief(brief, BriefOptions(notes=notes)))

    def footnotes(self) -> list[str]:
        """Return the text of each footnote of all that was rendered, with and without its words."""
        texts = [one.text() for paragraphs in self._full or () for one in paragraphs if one.holder == "footnote"]
        texts += [text for brief in self._cited for text in self._footnotes_of(brief)]
        return [" ".join(one.split()) for one in dict.fromkeys(texts)]

    def _footnotes_of(self, brief: Brief) -> list[str]:
        """The text of each footnote of a brief; kept, since the files of one folder cite the same brief."""
        if self._footnotes[0] is not brief:
            notes = SourceNotes(name_source, brief)
            told = {notes.note(one, shown=shown) for one in citations_of(brief) for shown in (True, False)}
            self._footnotes = brief, [one.text() for one in parsed("\n\n".join(sorted(told)))]
        return self._footnotes[1]

    def missing(self, pane: str, ids: Container[str], narrowing: Narrowing) -> list[str]:
        """The titles of the entries of a pane, narrowed as a brief says, that are not among `ids`."""
        return [title for one, title in self._titles_of(pane, narrowing).items() if one not in ids]

    def _titles_of(self, pane: str, narrowing: Narrowing) -> dict[str, str]:
        """The titles of the entries of a pane, narrowed as a brief says, by their ids."""
        lens, filters = narrowing.lens, narrowing.filters
        if pane == "links":
            items = Maker(self._desk, lens, filters).items(pane, None)
            return {item.entry.id: item.entry.title or item.entry.text("text") for item in items}
        listing = self._desk.listing(pane, lens, filters=filters)
        return {listing.id_at(at): listing[at].title for at in range(len(listing))}

    def told(self, paragraphs: Sequence[BriefParagraph]) -> set[str]:
        """The ids of all entries that a brief may contain."""
        if any(map(is_facts, paragraphs)):
            return {one for block in read_entries(paragraphs) for one in self.ids_of(block)}
        found = {one for block in read_quotes(paragraphs) for one in self.quotes_of(words_in(block))}
        return found | {one for block in read_lines(paragraphs) for one in self.titled(block.units[0].text)}

    def only_pane(self, ids: AbstractSet[str], narrowing: Narrowing) -> list[str]:
        """The pane of a brief without headings that tells of these entries; none when all of some pane are there."""
        missing = {
            pane: len(titles.keys() - ids)
            for pane in EXPORTED
            if ids and ids <= (titles := self._titles_of(pane, narrowing)).keys()
        }
        nearest = min(missing, key=lambda pane: missing[pane], default="")
        return [nearest] if missing.get(nearest) else []

    def panes(self) -> dict[str, str]:
        """The panes that are lists of entries, by their names, folded."""
        return {shown(self._desk.label(pane)): pane for pane in EXPORTED}


def brief_of_chapters(*chapters: Chapter) -> Brief:
    """A brief of these chapters."""
    return Brief("Brief", "", tuple(chapters))


def parsed(text: str) -> list[BriefParagraph]:
    """The paragraphs of a rendered brief."""
    return parse(clean(text))


def parts_of(paragraphs: Iterable[BriefParagraph]) -> list[str]:
    """The folded parts of a brief without its footnotes: paragraphs, and the items between points."""
    texts = (shown(one.text()).casefold() for one in paragraphs if one.holder != "footnote")
    return [part for text in texts for part in text.split(" · ")]


def place_of(link: BriefReference, parts: Sequence[str]) -> int:
    """The number of the part that has the relation of a link and where it leads; -1 when none has."""
    title = shown(link.title or link.other).casefold()
    return next((at for at, part in enumerate(parts) if title in part and link.relation.casefold() in part), -1)


def shown(text: str) -> str:
    """A text folded as a brief shows it."""
    return fold(" ".join(clean(text).split()))


def words_in(block: BriefBlock) -> str:
    """The words of a quote, as a block has them."""
    return next((unit.text for unit in block.units if unit.label == "words"), "")
