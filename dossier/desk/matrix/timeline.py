"""The timeline: events, quotes and dated links in the order of their dates."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal

from msgspec import Struct

from dossier.model.anchors import Status
from dossier.model.bounded import BoundedDict
from dossier.model.dates import day_of, end_key, sort_key, span_of
from dossier.model.entries import Entry, Link
from dossier.model.paged import Paged
from dossier.model.verbatim import in_marks
from dossier.store.catalogue import timeline_queries
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.speakers import attribution_text
from dossier.store.catalogue.timeline_queries import Dated

_MOST_TITLES = 20_000
"""Titles of entries that are held."""


class TimeItem(Struct, frozen=True, gc=False):
    """A thing that has a date, or should have one."""

    when: str
    """ISO 8601, as written; empty when nobody knows."""
    until: str
    """The end of an interval; empty when it is none."""
    id: str
    """Id of the entry; for a link, its key."""
    kind: str
    """`event`, `quote` or `link`."""
    title: str
    entry: str
    """Id of the entry it opens: itself, or the one a link runs from."""
    place: str
    """Where an event took place."""
    detail: str
    """For a quote, who said it and how it is known."""
    lent: bool
    """Whether the date is only that of the article the quote stands in."""
    status: Status | None
    """The worst status of its evidence; None when it has none."""
    attribution: str = ""
    """How a quote is tied to who said it."""
    file: str = ""
    """The file of a link, whose key may stand in several; empty for an entry."""

    @property
    def words(self) -> str:
        """The title; the words of a quote in quotation marks where they are the speaker's own."""
        return in_marks(self.title, self.attribution) if self.kind == "quote" else self.title


class TimelineGroup(Struct, frozen=True, gc=False):
    """The items of one day or month."""

    label: str
    """`2025-06-09`, or `2025-06` where no day is known; empty for what is not dated."""
    first: int
    """Position of the first of them."""
    count: int


class Timeline(Paged[Dated, TimeItem]):
    """Items by date, each read on access.

    The earlier start comes first, by instants where times have offsets; of two that start alike, the less precise and
    then the longer one, so that a month stands before its days and two days of talks before the first of them. What is
    not dated comes last.
    """

    def __init__(self, db: Catalogue, found: Sequence[Dated], by: Literal["day", "month"]) -> None:
        """Put what was found in order."""
        self._db = db
        dates = {dated[0] for dated in found}  # many things share a day
        ranks = _ranks(dates)
        super().__init__(sorted(found, key=lambda dated: ranks[dated[0]]))
        self._positions: dict[str, int] = {}
        self._titles: BoundedDict[str, str] = BoundedDict(_MOST_TITLES)
        labels = {date: _label(date, by) for date in dates}
        self.groups = _groups([labels[dated[0]] for dated in self.places])
        """The days or months, in order."""

    def position(self, item_id: str) -> int | None:
        """The position of an item; None when it is not there."""
        if not self._positions:
            self._positions = {dated[3]: at for at, dated in reversed(list(enumerate(self.places)))}
        return self._positions.get(item_id)

    def id_at(self, index: int) -> str:
        """The id or key of an item, without reading the rest of it."""
        return self.places[index][3]

    def read_page(self, places: Sequence[Dated]) -> list[TimeItem]:
        """Read the items at some places, all of one sort with one question."""
        db = self._db
        entries = timeline_queries.entries_of(db, [n for _, table, n, _, _ in places if table == "entry"])
        links = timeline_queries.links_of(db, [n for _, table, n, _, _ in places if table == "link"])
        speakers = timeline_queries.speakers_of(
            db, [entry.id for entry, _ in entries.values() if entry.kind == "quote"]
        )
        ends = {end for _, link in links.values() for end in (link.source, link.target)}
        page = _Page(
            speakers,
            timeline_queries.worst_of_links(db, [(key, link.place.file) for key, link in links.values()])
            if links
            else {},
            self._titles_of(ends.union(*speakers.values())),
        )
        return [
            page.entry(*entries[n], date, lent=lent) if table == "entry" else page.link(*links[n])
            for date, table, n, _, lent in places
        ]

    def _titles_of(self, ids: set[str]) -> dict[str, str]:
        """The titles of some entries: the same few speak on every page, and are looked up once."""
        found = {one: self._titles[one] for one in ids & self._titles.keys()}
        unknown = ids - found.keys()
        read = dict.fromkeys(unknown, "") | timeline_queries.titles_of(self._db, unknown) if unknown else {}
        for one, title in read.items():
            self._titles[one] = title
        return found | read


class _Page(Struct, frozen=True):
    """The speakers, statuses and titles that the items of one page show beside their own records."""

    speakers: dict[str, list[str]]
    """Their ids, by that of the quote."""
    link_statuses: dict[tuple[str, str], Status]
    titles: dict[str, str]

    def entry(self, entry: Entry, status: Status | None, date: str, *, lent: bool) -> TimeItem:
        """The item of an event or quote."""
        detail = place = ""
        if entry.kind == "quote":
            names = [self.titles.get(one) or one for one in self.speakers.get(entry.id, ())]
            detail = attribution_text(entry, names)
        else:
            place = entry.text("place")
        span, how = span_of(date), entry.text("attribution")
        return TimeItem(*span, entry.id, entry.kind, entry.title, entry.id, place, detail, lent, status, how)

    def link(self, key: str, link: Link) -> TimeItem:
        """The item of a link."""
        source, target = (self.titles.get(end) or end for end in (link.source, link.target))
        title = f"{source} {link.relation} {target}"
        status = self.link_statuses.get((key, link.place.file))
        return TimeItem(
            *span_of(link.date),
            key,
            "link",
            title,
            link.source,
            "",
            "",
            lent=False,
            status=status,
            file=link.place.file,
        )


def _ranks(dates: Iterable[str]) -> dict[str, int]:
    """The place of each date among some, equal where they sort alike: the earlier start, then the later end first."""
    ends = sorted(dates, key=end_key, reverse=True)
    ordered = sorted(ends, key=lambda date: (not date, sort_key(date)))
    alike = groupby(ordered, key=lambda date: (not date, sort_key(date), end_key(date)))
    return {date: rank for rank, (_, some) in enumerate(alike) for date in some}


def _label(date: str, by: Literal["day", "month"]) -> str:
    """The heading for a date: its day, or as much of it as is known; doubts about it stay with the date."""
    day = day_of(span_of(date)[0]).rstrip("?~%").removesuffix("-XX").removesuffix("-XX")
    return "-".join(day.split("-")[:-1]) if by == "month" and day.lstrip("-").count("-") == 2 else day


def _groups(labels: Sequence[str]) -> tuple[TimelineGroup, ...]:
    groups: list[TimelineGroup] = []
    first = 0
    for at in range(1, len(labels) + 1):
        if at == len(labels) or labels[at] != labels[first]:
            groups.append(TimelineGroup(labels[first], first, at - first))
            first = at
    return tuple(groups)
