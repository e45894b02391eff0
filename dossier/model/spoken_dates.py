"""Dates in words, as a brief or a page tells them: no sign of EDTF is left."""

import re

from dossier.model.clean import clean_line
from dossier.model.dates import MOMENT_PATTERN, span_of, when_problem

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_DOUBTS = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}
_MOMENT = re.compile(MOMENT_PATTERN)


def spoken_date(text: str) -> str:
    """A date, time or interval in words: `9 June 2025, 14:00 to 20:00`, `about June 2025`; any other text as it is."""
    plain = " ".join(clean_line(text).split())
    if not plain or when_problem(plain):
        return plain
    first, last = span_of(plain)
    if first == "..":
        return f"until {spoken_date(last)}"
    if last == "..":
        return f"from {spoken_date(first)}"
    day, time = _moment(first)
    if not last:
        return f"{day}, {time}" if time else day
    other, until = _moment(last)
    if day == other and until:
        return f"{day}, {time} to {until}"
    if not time and not until and (begin := _day_alone(day, other)):  # 9 to 10 June 2025
        return f"{begin} to {other}"
    return " to ".join(", ".join(filter(None, part)) for part in ((day, time), (other, until)))


def _day_alone(day: str, other: str) -> str:
    """The number of a day in the month and year of another; empty where these differ."""
    number, _, rest = day.partition(" ")
    return number if number.isdigit() and rest and other.partition(" ")[2] == rest else ""


def _moment(text: str) -> tuple[str, str]:
    """The day and the time of day that a moment names."""
    match = _MOMENT.fullmatch(text)
    assert match is not None
    year, month, day, hour, minute, second, zone, doubt = match.groups()
    words = [] if not day else ["a day in"] if day == "XX" else [str(int(day))]
    if month == "XX":
        words = words or ["a month in"]
    elif month:
        words.append(_SEASONS.get(month) or _MONTHS[int(month) - 1])
    time = ":".join(filter(None, (hour, minute, second if second != "00" else "")))
    shown = {"": "", "Z": " UTC"}.get((zone or "").upper(), f" UTC{zone}")
    return _DOUBTS.get(doubt, "") + " ".join([*words, _year(year)]), f"{time}{shown}" if time else ""


def _year(written: str) -> str:
    """A year, decade or century."""
    if not written.endswith("X"):
        year = int(written.removeprefix("Y"))
        return f"{1 - year} BC" if year <= 0 else f"AD {year}" if year < 100 else str(year)
    ends = int(written.replace("X", "0")), int(written.replace("X", "9"))
    first, last = min(ends), max(ends)
    if last - first == 9 and first >= 100:
        return f"the {first}s"
    return f"a year from {_year(f'{first:05}')} to {_year(f'{last:05}')}"
