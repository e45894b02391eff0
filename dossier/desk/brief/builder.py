"""Build a brief from what a reader chose."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dossier.desk.matrix.tables import kept, matrix_chapter, timeline_chapter
from dossier.desk.state import TITLE, is_heading
from dossier.model.anchors import Evidence
from dossier.model.brief import Brief, BriefItem, BriefReference, Chapter, Citation, CitedSource, join_names
from dossier.model.dates import span_of, span_text
from dossier.model.problems import DossierError
from dossier.model.relations import MEMBER_OF, SAID_BY
from dossier.model.views import ALL, EntryView, Filters, LinkRow

if TYPE_CHECKING:
    from dossier.desk.desk import Desk

EXPORTED = ("delegations", "issues", "quotes", "events", "articles", "links")
"""The lists that can be exported, in the order of a brief."""

TABLES = ("matrix", "timeline")
"""The panes that are exported as tables, behind the lists."""

_CHOSEN = ("chosen entries",)
"""The narrowing named in a brief of chosen entries, so that a missing entry is not taken for a gap."""

_STRUCTURE = frozenset({"members", "member of", "parts", "part of"})
"""Relations that a tree of headings shows already."""


def brief_of(
    desk: "Desk",
    panes: Sequence[str],
    ids: Collection[str] | None,
    query: str,
    lens: tuple[str, ...] = (),
    filters: Filters = ALL,
) -> Brief:
    """The chosen panes as a brief, narrowed by a lens and filters; with `ids`, only those entries, pane by pane.

    Raises:
        DossierError: a pane is not one of `EXPORTED` or `TABLES`, or an id is not in the dossier.

    """
    known = (*EXPORTED, *TABLES)
    for pane in panes:
        if pane not in known:
            raise DossierError(f"There is no pane “{pane}” to export; there are {', '.join(known)}.")
    maker = Maker(desk, lens, filters)
    chapters = tuple(maker.chapter(pane, ids) for pane in panes)
    chosen = _CHOSEN if ids is not None and not query else ()
    return Brief(desk.title, desk.summary, chapters, query, (*chosen, *narrowings(desk, lens, filters)))


def narrowings(desk: "Desk", lens: tuple[str, ...], filters: Filters) -> Iterable[str]:
    """Describe in words what a lens and filters let through."""
    if lens:
        yield f"linked with {' and '.join(desk.get_or_raise(one).title for one in lens)}"
    if filters.attributions:
        yield f"quotes {' or '.join(filters.attributions)}"
    if filters.statuses:
        yield f"evidence {' or '.join(filters.statuses)}"
    if filters.first:
        yield f"from {filters.first}"
    if filters.last:
        yield f"to {filters.last}"


def outline_of(desk: "Desk", marks: Sequence[str], notes: Mapping[str, str]) -> Brief:
    """The marked entries and links as a brief in the order given, each with the reader's note on it.

    Each heading among the marks begins a chapter; the brief has the title of the basket where it has one.

    Raises:
        DossierError: an id is not in the dossier.

    """
    maker = Maker(desk)
    chapters: list[tuple[str, list[BriefItem]]] = [("Marked", [])]
    for mark in marks:
        if is_heading(mark):
            chapters.append((notes.get(mark, "") or "Untitled", []))
            continue
        link = desk.link(mark)
        view = desk.view(link.here if link else desk.get_or_raise(mark).id)
        assert view is not None
        item = maker.item(view, 0, [link] if link and _is_told_alone(view, link) else None)
        chapters[-1][1].append(replace(item, remark=notes.get(mark, "") or item.remark))
    shown = chapters if chapters[0][1] or len(chapters) == 1 else chapters[1:]
    title = notes.get(TITLE, "")
    made = tuple(Chapter(name, tuple(items)) for name, items in shown)
    return Brief(title or desk.title, "" if title else desk.summary, made, narrowed=_CHOSEN)


def _is_told_alone(view: EntryView, link: LinkRow) -> bool:
    """Return whether a chosen link is told without the others of its entry; quotes and trees are told whole."""
    return view.entry.kind != "quote" and link.relation not in _STRUCTURE


def links_brief(desk: "Desk", view: EntryView) -> Brief:
    """The links of an entry as a document; for a delegation those of its members follow, each under their name."""
    maker = Maker(desk)
    items = []
    for here in dict.fromkeys((view.entry.id, *(row.here for row in view.links))):
        seen = desk.view(here)
        assert seen is not None
        items.append(maker.item(seen, int(here != view.entry.id), [row for row in view.links if row.here == here]))
    return Brief(f"Links of {view.entry.title}", "", (Chapter(desk.label("links"), tuple(items)),))


class Maker:
    """Builds the items of a brief from entries that a lens and filters let through; sources are described once."""

    def __init__(self, desk: "Desk", lens: tuple[str, ...] = (), filters: Filters = ALL) -> None:
        self.desk = desk
        self.lens = lens
        self.filters = filters
        self.sources: dict[str, CitedSource] = {}

    def chapter(self, pane: str, ids: Collection[str] | None) -> Chapter:
        """Return one pane."""
        if pane == "matrix":
            matrix = self.desk.weighing.matrix(only=ids, lens=self.lens, filters=self.filters)
            return matrix_chapter(self.desk, matrix, self.citations, self.lens, self.filters)
        if pane == "timeline":
            timeline = self.desk.weighing.timeline(lens=self.lens, filters=self.filters)
            return timeline_chapter(self.desk, kept(timeline, ids), self.citations)
        return Chapter(self.desk.label(pane), tuple(self.items(pane, ids)))

    def items(self, pane: str, ids: Collection[str] | None) -> Iterable[BriefItem]:
        """The items of one pane."""
        if pane == "links":
            yield from self._links(ids)
            return
        narrowed = self.desk.listing(pane, self.lens, filters=self.filters)
        chosen = {narrowed.id_at(at) for at in range(len(narrowed))}
        chosen = chosen if ids is None else chosen.intersection(ids)
        tree = self.desk.listing(pane) if self.lens or self.filters else narrowed
        above: list[tuple[int, bool]] = []
        for at in range(len(tree)):
            depth, told = tree.depth_at(at), tree.id_at(at) in chosen and tree.position(tree.id_at(at)) == at
            above = [one for one in above if one[0] < depth]
            if told:  # under what it belongs to, and never under another entry in the place of one that was left out
                view = self.desk.view(tree.id_at(at))
                assert view is not None
                yield self.item(view, sum(one for _, one in above))
            above.append((depth, told))

    def item(self, view: EntryView, depth: int, rows: Iterable[LinkRow] | None = None) -> BriefItem:
        """Return one entry with all that is said of it; of its links only `rows`, when they are given."""
        entry = view.entry
        own = [row for row in view.links if row.here == entry.id]
        said = list({row.other: row for row in own if row.outward and row.relation == SAID_BY}.values())
        sides = [row for row in own if row.relation == MEMBER_OF and row.outward]
        apart = sides if len(sides) > 1 or any(row.date or row.note for row in sides) else []
        told = [row for row in (own if rows is None else rows) if row.relation not in _STRUCTURE or row in apart]
        references = tuple(self._reference(row) for row in told if row.relation != SAID_BY)
        text, trouble = self._text(entry.id) if entry.kind == "article" else ("", "")
        return BriefItem(
            entry,
            depth,
            join_names([row.other_title for row in said]),
            references,
            self.citations(view.evidence),
            text,
            speaker_id=said[0].other if len(said) == 1 else "",
            remark=trouble,
            speaker_role=self._role(said[0].other) if len(said) == 1 else "",
            joint=tuple((row.other, row.other_title) for row in said) if len(said) > 1 else (),
        )

    def _role(self, speaker: str) -> str:
        entry = self.desk.entry(speaker)
        return entry.text("role") if entry else ""

    def _text(self, article: str) -> tuple[str, str]:
        """The words of an article, or why there are none: one file that cannot be read keeps no other back."""
        try:
            view = self.desk.article(article)
        except DossierError as error:
            return "", str(error)
        return view.text[view.body :], ""

    def _links(self, ids: Collection[str] | None) -> Iterable[BriefItem]:
        """Each entry that links run from, with those links alone."""
        for pane in ("delegations", "issues", "quotes", "events"):
            listing = self.desk.listing(pane, self.lens, filters=self.filters)
            for at in range(len(listing)):
                view = self.desk.view(listing.id_at(at))
                if view is None or (ids is not None and view.entry.id not in ids):
                    continue
                rows = [row for row in view.links if row.outward and row.here == view.entry.id]
                item = self.item(view, 0, rows)
                if item.references:
                    yield item

    def _reference(self, row: LinkRow) -> BriefReference:
        citations = self.citations(row.evidence)
        date = span_text(*span_of(row.date)) if row.relation == MEMBER_OF else row.date
        return BriefReference(
            row.relation, row.other, row.other_title, citations, date, row.credibility, row.note, row.other_kind
        )

    def citations(self, evidence: Iterable[Evidence]) -> tuple[Citation, ...]:
        """Evidence with the sources it stands in."""
        return tuple(Citation(one, self._source(one.article)) for one in evidence)

    def _source(self, article: str) -> CitedSource:
        if article not in self.sources:
            entry = self.desk.entry(article)
            fields = ("publisher", "author", "published", "url")
            title = entry.title if entry else ""
            self.sources[article] = CitedSource(
                article, title or article, *(entry.text(f) if entry else "" for f in fields)
            )
        return self.sources[article]
