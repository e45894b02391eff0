"""Dates as people write them in a dossier: a day, a month, a year, a time, or an interval of two (ISO 8601)."""

import re
from datetime import date, datetime

MOMENT_PATTERN = r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:?\d{2})?)?)?)?"
"""A day, a month, a year or a time, whether in the calendar or not."""

_MOMENT = re.compile(MOMENT_PATTERN, re.ASCII)  # a date in other digits would sort behind every other


def moment_problem(text: str) -> str:
    """Why `text` is not one day, month, year or time; empty when it is."""
    match = _MOMENT.fullmatch(text)
    if not match:
        return "is not of the form 2025-06-09, 2025-06 or 2025-06-09T14:00"
    year, month, day, hour, minute, second, _ = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
        if hour:
            datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))  # noqa: DTZ001
    except ValueError:
        return "is not in the calendar"
    return ""


def when_problem(text: str) -> str:
    """Why `text` is neither a moment nor an interval `a/b` in order; empty when it is."""
    first, slash, last = text.partition("/")
    if not slash:
        return moment_problem(text)
    problem = moment_problem(first) or moment_problem(last)
    if not problem and last < first and not first.startswith(last):
        return "ends before it begins"
    return problem


def span_of(text: str) -> tuple[str, str]:
    """`(when, until)` of a valid moment or interval; `until` is empty for a moment."""
    first, _, last = text.partition("/")
    return first, last


def day_of(text: str) -> str:
    """The day, month or year of a valid moment or interval, without its time."""
    return text[:10].partition("/")[0]


def falls_in(text: str, first: str, last: str) -> bool:
    """Whether a date of any precision touches the inclusive range from `first` to `last`; an empty end is open."""
    start, end = span_of(text)
    end = end or start
    return (not last or start[: len(last)] <= last) and (not first or end >= first[: len(end)])


def last_day(text: str) -> str:
    """The last day that a valid moment or interval may mean: `2025-06-30` of `2025-06`; empty of nothing."""
    first, last = span_of(text)
    day = (last or first)[:10]
    if len(day) == 4:
        return f"{day}-12-31"
    return f"{day}-{_days(int(day[:4]), int(day[5:]))}" if len(day) == 7 else day


def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
