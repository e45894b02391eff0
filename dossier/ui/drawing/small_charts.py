"""Small charts drawn by characters: bars for counts over time, signs for positions; each told by words too."""

from collections.abc import Iterable, Sequence

from dossier.model.relations import Stance
from dossier.ui.drawing import stances

BARS = "▁▂▃▄▅▆▇█"
_GAP = " "


def bars(counts: Sequence[int], width: int) -> str:
    """Counts as bars, one a cell; where there are more than cells, neighbours are counted together."""
    if not counts or width < 1:
        return ""
    per = -(-len(counts) // width)
    joined = [sum(counts[at : at + per]) for at in range(0, len(counts), per)]
    most = max(joined)
    return "".join(BARS[-(-count * len(BARS) // most) - 1] if count else _GAP for count in joined)


def months(first: str, last: str) -> list[str]:
    """Every month from one to another, as `2025-06`."""
    year, month = int(first[:4]), int(first[5:7])
    found: list[str] = []
    while (label := f"{year:04}-{month:02}") <= last and len(found) < _MOST:
        found.append(label)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found


_MOST = 12_000
"""A thousand years of months."""


def per_month(dated: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Counts by month, empty months between the first and the last among them; years and no dates are left out."""
    found: dict[str, int] = {}
    for date, count in dated:
        if len(date) >= 7 and date[:4].isdigit() and date[5:7].isdigit() and 1 <= int(date[5:7]) <= 12:
            found[date[:7]] = found.get(date[:7], 0) + count
    if not found:
        return {}
    return {month: found.get(month, 0) for month in months(min(found), max(found))}


def bars_line(dated: Iterable[tuple[str, int]], width: int) -> str:
    """`▂ █ 2025-04 to 2025-06, most in 2025-06: 12`; shorter where there is no room, empty without dates.

    What has a year alone, or no date, has no place among the bars: it is counted in words.
    """
    dated = list(dated)
    counts = per_month(dated)
    if not counts:
        return ""
    years = sum(count for date, count in dated if date) - sum(counts.values())
    undated = sum(count for date, count in dated if not date)
    labels = list(counts)
    top = max(labels, key=counts.__getitem__)
    span = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"
    rest = f"; {years:,} with no month" if years else ""
    rest += f"; {undated:,} with no date" if undated else ""
    words = f"{span}, most in {top}: {counts[top]:,}{rest}"
    words = words if len(words) <= width else span + rest
    drawn = bars(list(counts.values()), min(width - len(words) - 1, _WIDEST))
    return f"{drawn} {words}" if drawn else words


_WIDEST = 36
"""Cells of bars at most: three years without joining any months."""


def positions_line(dated: Iterable[tuple[str, Sequence[Stance]]]) -> str:
    """The positions of a side on an issue by month: `2025-05 + · 2025-06 +−`; a change is said in words."""
    by_month: dict[str, list[Stance]] = {}
    for date, held in dated:
        if date and held:
            by_month.setdefault(date[:7], []).extend(one for one in held if one not in by_month.get(date[:7], ()))
    if not by_month:
        return ""
    ordered = sorted(by_month.items())
    told = " · ".join(f"{month} {stances.signs(held)}" for month, held in ordered)
    first, last = (" and ".join(ordered[at][1]) for at in (0, -1))
    words = first if all(set(held) == set(ordered[0][1]) for _, held in ordered) else f"{first} to {last}"
    return f"{told} ({words})"
