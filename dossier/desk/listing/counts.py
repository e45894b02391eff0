"""Count the entries that each choice of the filters would leave."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dossier.model.views import FilterCounts
from dossier.store.catalogue.entry_queries import linked

if TYPE_CHECKING:
    from dossier.desk.desk import Desk


def filter_counts(desk: "Desk", lens: Sequence[str]) -> FilterCounts:
    """Count quotes and events by attribution and status, of those that are linked with every entry of a lens."""
    from dossier.store.catalogue import filter_counts as counting  # noqa: PLC0415 - no start needs it

    db = desk.texts.catalogue
    within = frozenset.intersection(*(linked(db, one) for one in lens)) if lens else None
    return counting.filter_counts(db, within)
