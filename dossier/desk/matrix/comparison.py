"""Pair what two sides said on the same days."""

from collections.abc import Iterator, Sequence

from dossier.model.dates import sort_key
from dossier.model.matrix import ComparisonDay, Statement


def pair_by_date(left: Sequence[Statement], right: Sequence[Statement]) -> Iterator[ComparisonDay]:
    """Yield the statements of both sides by date, the earliest first, undated ones last."""
    days = sorted({one.date for one in (*left, *right)}, key=lambda date: (not date, sort_key(date), date))
    for date in days:
        sides = (tuple(one for one in side if one.date == date) for side in (left, right))
        yield ComparisonDay(date, *sides)
