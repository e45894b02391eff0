"""What happened and what was said when: events, quotes and dated links in the order of their dates."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from dossier.model.anchors import Status
from dossier.model.dates import day_of, end_key, sort_key, span_of
from dossier.model.entries import Entry, Link
from dossier.model.paged import Paged
from dossier.store.catalogue import entry_queries, timeline_queries
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.timeline_queries import Dated


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

    The earlier start comes first, by instants where times have offsets; of two that start alike, the less precise and
    then the longer one, so that a month stands before its days and two days of talks before the first of them. What is
    not dated comes last.
    """

    def __init__(self, db: Catalogue, found: Sequence[Dated], by: Literal["day", "month"]) -> None:
        """Put what was found in order."""
        self._db = db
        places = sorted(found, key=lambda dated: end_key(dated[0]), reverse=True)
        places.sort(key=lambda dated: (not dated[0], sort_key(dated[0])))
        super().__init__(places)
        self._positions: dict[str, int] = {}
        self.groups = _groups([_label(dated[0], by) for dated in places])
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


def _label(date: str, by: Literal["day", "month"]) -> str:
    """The heading for a date: its day, or as much of it as is known; doubts about it stay with the date."""
    day = day_of(span_of(date)[0]).rstrip("?~%").removesuffix("-XX").removesuffix("-XX")
    return "-".join(day.split("-")[:-1]) if by == "month" and day.lstrip("-").count("-") == 2 else day


def _groups(labels: Sequence[str]) -> tuple[Group, ...]:
    groups: list[Group] = []
    first = 0
    for at in range(1, len(labels) + 1):
        if at == len(labels) or labels[at] != labels[first]:
            groups.append(Group(labels[first], first, at - first))
            first = at
    return tuple(groups)
