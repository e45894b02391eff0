"""What happened and what was said when: events, quotes and dated links in the order of their dates."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from dossier.model.anchors import Status
from dossier.model.dates import span_of
from dossier.model.entries import Entry, Link
from dossier.model.paged import Paged
from dossier.store.catalogue import entry_queries, timeline_queries
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.timeline_queries import Dated

_LATEST = "9999-12-31"


class TimeItem(Struct, frozen=True, gc=False):
    """One thing that has a date, or should have one."""

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


class Group(Struct, frozen=True, gc=False):
    """The items of one day or month."""

    label: str
    """`2025-06-09`, or `2025-06` where no day is known; empty for what is not dated."""
    first: int
    """Position of the first of them."""
    count: int


class Timeline(Paged[Dated, TimeItem]):
    """Items by date, each read when it is looked at.

    The earlier start comes first; of two that start alike, the less precise and then the longer one, so that a month
    stands before its days and two days of talks before the first of them. What is not dated comes last.
    """

    def __init__(self, db: Catalogue, found: Sequence[Dated], by: Literal["day", "month"]) -> None:
        """Put what was found in order."""
        self._db = db
        spans = [(*span_of(dated[0].replace(" ", "T")), dated) for dated in found]
        spans.sort(key=lambda one: one[1] or one[0], reverse=True)
        spans.sort(key=lambda one: one[0] or _LATEST * 2)
        super().__init__([dated for _, _, dated in spans])
        self._positions: dict[str, int] = {}
        self.groups = _groups([when for when, _, _ in spans], 10 if by == "day" else 7)
        """The days or months, in order."""

    def position(self, item_id: str) -> int | None:
        """Where an item stands; None when it is not there."""
        if not self._positions:
            self._positions = {dated[3]: at for at, dated in reversed(list(enumerate(self.places)))}
        return self._positions.get(item_id)

    def id_at(self, index: int) -> str:
        """The id or key of an item, without reading the rest of it."""
        return self.places[index][3]

    def read_page(self, places: Sequence[Dated]) -> list[TimeItem]:
        """Read the items at some places."""
        entries = timeline_queries.entries_of(self._db, [n for _, table, n, _, _ in places if table == "entry"])
        links = timeline_queries.links_of(self._db, [n for _, table, n, _, _ in places if table == "link"])
        return [
            _of_entry(self._db, entries[n], date, lent=lent) if table == "entry" else _of_link(self._db, *links[n])
            for date, table, n, _, lent in places
        ]


def _of_entry(db: Catalogue, entry: Entry, date: str, *, lent: bool) -> TimeItem:
    status = entry_queries.worst(entry_queries.evidence_of(db, entry.id))
    detail = entry_queries.said_by(db, entry) if entry.kind == "quote" else ""
    span = span_of(date)
    return TimeItem(*span, entry.id, entry.kind, entry.title, entry.id, entry.text("place"), detail, lent, status)


def _of_link(db: Catalogue, key: str, link: Link) -> TimeItem:
    evidence = db.evidence("owner = ? AND file = ? ORDER BY ordinal", key, link.place.file)
    title = f"{entry_queries.title(db, link.source)} {link.relation} {entry_queries.title(db, link.target)}"
    return TimeItem(
        *span_of(link.date), key, "link", title, link.source, "", "", lent=False, status=entry_queries.worst(evidence)
    )


def _groups(starts: Sequence[str], length: int) -> tuple[Group, ...]:
    groups: list[Group] = []
    first = 0
    for at in range(1, len(starts) + 1):
        if at == len(starts) or starts[at][:length] != starts[first][:length]:
            groups.append(Group(starts[first][:length], first, at - first))
            first = at
    return tuple(groups)
