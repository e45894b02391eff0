"""Count the entries that each choice of the filters would leave: by attribution, status of evidence, and day."""

from collections import Counter
from collections.abc import Collection

from dossier.model.views import FilterCounts
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.filters import WORST


def filter_counts(db: Catalogue, within: Collection[str] | None) -> FilterCounts:
    """Count the entries, of all or of those `within` some ids."""
    attributions: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    dates: list[tuple[str, str]] = []
    sql = f"""SELECT e.id, e.kind, e.attribution, e.date, e.moment, (SELECT {WORST} FROM anchors a
        WHERE a.owner = e.id AND a.status IS NOT NULL) FROM entries e
        WHERE e.kind IN ('quote', 'event', 'article') AND e.shadow = 0"""
    for entry, kind, attribution, date, moment, status in db.rows(sql):
        if within is not None and entry not in within:
            continue
        if kind == "quote":
            attributions[attribution or "direct"] += 1
        if status and kind != "article":
            statuses[status] += 1
        if date:
            dates.append((moment, date))
    return FilterCounts(attributions, statuses, min(dates, default=("", ""))[1], max(dates, default=("", ""))[1])
