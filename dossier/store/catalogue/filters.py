"""Filter entries by attribution, status of evidence and date."""

from collections.abc import Sequence
from typing import Any

from dossier.model.anchors import STATUSES
from dossier.model.dates import OPEN, first_day, last_day
from dossier.model.entries import Kind
from dossier.model.views import Filters
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.matrix_queries import MANY, as_parameter

_FITS = "(date <> '' AND until >= ? AND since <= ?)"
"""The same as `dossier.model.dates.falls_in`, in SQL."""
_LENT = f"""SELECT entry FROM anchors WHERE ordinal = 0 AND what = 'quote'
    AND article IN (SELECT id FROM entries WHERE kind = 'article' AND shadow = 0 AND {_FITS})"""


_RANKS = " ".join(f"WHEN '{one}' THEN {rank}" for rank, one in enumerate(STATUSES))
_NAMES = " ".join(f"WHEN {rank} THEN '{one}'" for rank, one in enumerate(STATUSES))
WORST = f"CASE max(CASE status {_RANKS} END) {_NAMES} END"
"""In SQL, the worst status of a group of anchors."""
_BY_WORST = f"SELECT owner FROM anchors WHERE status IS NOT NULL GROUP BY owner HAVING {WORST}"
"""The owners of evidence by the worst status of theirs."""


def passing(db: Catalogue, kinds: Sequence[Kind], filters: Filters) -> frozenset[int]:
    """The numbers of the entries of some kinds that pass; those that have nothing of what is asked about do."""
    where, values = [f"kind IN {MANY} AND shadow = 0"], [as_parameter(kinds)]
    if filters.attributions:
        where.append(f"(kind <> 'quote' OR attribution IN {MANY})")
        values.append(as_parameter(filters.attributions))
    if filters.statuses:
        owners = f"{_BY_WORST} IN {MANY}"
        where.append(f"(kind NOT IN ('quote', 'event') OR id IN ({owners}))")
        values.append(as_parameter(filters.statuses))
    if filters.first or filters.last:
        condition, dates = _dated(filters)
        where.append(condition)
        values += dates
    return frozenset(db.values(f"SELECT n FROM entries WHERE {' AND '.join(where)}", *values))


def undated_events(db: Catalogue) -> tuple[str, ...]:
    """Ids of the events of which nobody says when they were: they pass no filter by date."""
    return tuple(db.values("SELECT id FROM entries WHERE kind = 'event' AND date = '' AND shadow = 0 ORDER BY id"))


def _dated(filters: Filters) -> tuple[str, list[Any]]:
    fits = [first_day(filters.first), last_day(filters.last) if filters.last else OPEN]
    own = (
        f"(kind NOT IN ('quote', 'event', 'article') OR {_FITS} OR (kind = 'quote' AND date = '' AND id IN ({_LENT})))"
    )
    return own, [*fits, *fits]
