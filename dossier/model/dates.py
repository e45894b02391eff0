"""Dates as people write them in a dossier: EDTF, which is ISO 8601 with what historians need (ISO 8601-2, level 1).

A date stays as written. It is compared by *day keys*: texts like `2025-06-09` that sort as the days do. For years
before 0 the digits are counted from the other end (`-0043-03-15` has the key `-9956-03-15`), so that they sort too.
"""

import re
from functools import lru_cache

from msgspec import Struct

from dossier.model.calendar_days import CivilDay, civil_day, day_number, days_in_month

MOMENT_PATTERN = (
    r"(Y-?[1-9][0-9]{4,8}|-?[0-9]{4}|-?[0-9]{3}X|-?[0-9]{2}XX)"
    r"(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX)"
    r"(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)?([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?)?)?)?"
    r"([?~%])?"
)
"""A day, month, season, year or time, in the calendar or not; ASCII digits alone, since others sort elsewhere."""
_SHORT = r"(?:[0-9]{2}-)?[0-9]{2}|[Tt]?[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?"
WHEN_PATTERN = f"(?:{MOMENT_PATTERN}|(?:{MOMENT_PATTERN}|(?:\\.\\.)?)/(?:{MOMENT_PATTERN}|{_SHORT}|(?:\\.\\.)?))"
"""A moment, or an interval whose ends may be open (`..`), unknown (empty), or written short (`2025-06-09/11`)."""

OPEN = "~"
"""The day key of an end that is open or unknown: it sorts behind every day."""
FORMS = "is not of the form 2025-06-09, 2025-06 or 2025-06-09T14:00"
HINT = "write 2025-06-09, 2025-06 or 2025; 1984~ for about, 2025-06? for not sure, -0043 for 44 BC, 199X for a decade"

_MOMENT = re.compile(MOMENT_PATTERN)
_ENDS_SHORT = re.compile(_SHORT)
_SEASONS = {"21": (3, 5, "spring"), "22": (6, 8, "summer"), "23": (9, 11, "autumn"), "24": (12, 2, "winter")}
"""First and last month, as the northern hemisphere has them."""
_DOUBTS = {"?": "perhaps ", "~": "about ", "%": "perhaps about "}
_EAST, _WEST = 14 * 60, -12 * 60
"""Minutes from UTC beyond which no time zone lies."""
_DAY = 24 * 60 * 60


class _Moment(Struct, frozen=True, gc=False):
    """A valid moment."""

    first: CivilDay
    """The first day that it may mean, in its own time zone."""
    last: CivilDay
    """The last one."""
    key: str
    """Sort key: an instant where it has a time."""
    time: int | None = None
    """Seconds from midnight."""
    offset: int | None = None
    """Minutes from UTC; None when it is not said."""


def moment_problem(text: str) -> str:
    """The reason why `text` is not one day, month, season, year or time; empty when it is."""
    found = _moment(text)
    return found if isinstance(found, str) else ""


def when_problem(text: str) -> str:
    """The reason why `text` is neither a moment nor an interval `a/b` in order; empty when it is."""
    if "/" not in text:
        return moment_problem(text)
    first, last = span_of(text)
    if first == last == "..":
        return "names no date"
    ends = [_moment(end) for end in (first, last) if end != ".."]
    for end in ends:
        if isinstance(end, str):
            return end
    if len(ends) == 2 and _is_reversed(*ends):  # type: ignore[arg-type]  # neither is a text
        return "ends before it begins"
    return ""


def span_of(text: str) -> tuple[str, str]:
    """`(when, until)` of a moment or interval, both in full; `until` is empty for a moment, `..` for an open end."""
    first, slash, last = text.partition("/")
    if not slash:
        return first, ""
    return first or "..", _complete_end(first, last) or ".."


def day_of(text: str) -> str:
    """The day, month or year of a moment, or of the beginning of an interval, without its time."""
    return re.split("[Tt ]", text.partition("/")[0], maxsplit=1)[0]


def has_time(text: str) -> bool:
    """Return whether a valid moment says a time of day."""
    return ":" in text


def first_day(text: str) -> str:
    """The key of the first day that a moment or interval may mean; empty for an empty text and an open beginning."""
    found = _moment(span_of(text)[0])
    return "" if isinstance(found, str) else _key(found.first)


def last_day(text: str) -> str:
    """The key of the last day that a moment or interval may mean; empty for an empty text, `OPEN` for an open end."""
    first, last = span_of(text)
    if last == "..":
        return OPEN
    found = _moment(last or first)
    return "" if isinstance(found, str) else _key(found.last)


def falls_in(text: str, first: str, last: str) -> bool:
    """Return whether a date of any precision touches the range from `first` to `last`; an empty end is open."""
    return (not last or first_day(text) <= last_day(last)) and (not first or last_day(text) >= first_day(first))


def sort_key(text: str) -> str:
    """A sort key: moments sort as instants, and a less precise one before those within it."""
    found = _moment(span_of(text)[0])
    return "" if isinstance(found, str) else found.key


def end_key(text: str) -> str:
    """The sort key of the end of an interval; of a moment, that of the moment."""
    first, last = span_of(text)
    return OPEN if last == ".." else sort_key(last or first)


def day_text(key: str) -> str:
    """The day of a key, as it is written."""
    if key.startswith("-"):
        return f"-{9999 - int(key[1:5]):04}{key[5:]}"
    return key


def numbered_day(key: str) -> int:
    """A day key as a number that sorts alike: YYYYMMDD, below 0 for years before 0; years beyond 9999 are cut off."""
    if key[:1] in ("", "+"):
        return -99_999_999
    if key[:1] in ("Y", OPEN):
        return 99_991_231
    day = day_text(key)
    year, month, last = day.rsplit("-", 2)
    return int(year) * 10_000 + int(month) * 100 + int(last)


@lru_cache(maxsize=1024)
def in_words(text: str) -> str:
    """A moment in words for readers who do not know EDTF: `about 1984`, `spring 2001`, `-0043-03-15 (44 BC)`."""
    found = _MOMENT.fullmatch(text)
    if not found:
        return text
    year, month, doubt = found[1], found[2], found[8] or ""
    told = text.removesuffix(doubt)
    if month in _SEASONS and not found[3]:
        told = f"{_SEASONS[month][2]} {year}"
    if re.fullmatch("-?[0-9]{4}", year) and int(year) <= 0:
        told += f" ({1 - int(year)} BC)"
    return _DOUBTS.get(doubt, "") + re.sub("[Tt]", " ", told) if ":" in told else _DOUBTS.get(doubt, "") + told


def span_text(when: str, until: str) -> str:
    """A moment or an interval in words, its end without what repeats the beginning: `2025-06-09 14:00 to 20:00`."""
    if when == "..":
        return f"until {in_words(until)}"
    if until == "..":
        return f"{in_words(when)} and after"
    if has_time(until) and day_of(when) == day_of(until):
        until = until[len(day_of(until)) + 1 :]
    return f"{in_words(when)} to {in_words(until)}" if until else in_words(when)


@lru_cache(maxsize=8192)
def _moment(text: str) -> "_Moment | str":
    """A moment, or why the text is none."""
    match = _MOMENT.fullmatch(text)
    if not match:
        return FORMS
    year, month, day, hour, minute, second, zone, doubt = match.groups()
    vague = year.endswith("X") or year.startswith("Y")
    if (vague and month) or (month == "XX" and day not in (None, "XX")) or (hour and (doubt or day == "XX")):
        return FORMS
    span = _days_meant(year, month, day)
    if span is None or year == "-0000":
        return "is not in the calendar"
    precise = _key(span[0])
    if not hour:
        cut = -6 if not month or month == "XX" else -3 if not day or day == "XX" else None
        return _Moment(*span, precise[:cut].rstrip("-") if not year.endswith("X") else _decade(year, precise))
    time = int(hour) * 3600 + int(minute) * 60 + int(second or 0)
    late = (hour, int(minute), int(second or 0)) != ("24", 0, 0) and int(hour) > 23
    if late or int(minute) > 59 or int(second or 0) > 59 + (minute == "59"):
        return "is not in the calendar"
    offset = _offset(zone or "")
    if offset is not None and not _WEST <= offset <= _EAST:
        return "has an offset that no time zone has: they run from -12:00 to +14:00"
    if zone and offset is None:
        return "has an offset that no time zone has: its minutes go up to 59"
    days, rest = divmod(time - (offset or 0) * 60, _DAY)
    key = f"{_key(civil_day(day_number(span[0]) + days))}T{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
    return _Moment(*span, key, time, offset)


def _decade(year: str, precise: str) -> str:
    """The key of unspecified digits: it stands before every year that it may mean."""
    return precise[:-6] if year.startswith("-") else year.rstrip("X")


def _days_meant(year: str, month: str | None, day: str | None) -> tuple[CivilDay, CivilDay] | None:
    """The first and the last day that a date may mean; None when it is not in the calendar."""
    if year.startswith("Y") or not year.endswith("X"):
        low = high = int(year.removeprefix("Y"))
    else:
        ends = int(year.replace("X", "0")), int(year.replace("X", "9"))
        low, high = min(ends), max(ends)
    if month is None or month == "XX":
        return (low, 1, 1), (high, 12, 31)
    if month in _SEASONS and day is None:
        begins, ends_in, _ = _SEASONS[month]
        end = high + (ends_in < begins)
        return (low, begins, 1), (end, ends_in, days_in_month(end, ends_in))
    number = int(month)
    if not 1 <= number <= 12:
        return None
    length = days_in_month(low, number)
    if day is None or day == "XX":
        return (low, number, 1), (low, number, length)
    return ((low, number, int(day)),) * 2 if 1 <= int(day) <= length else None


def _offset(zone: str) -> int | None:
    """Minutes from UTC; None when no offset is given, or an impossible one."""
    if zone in ("Z", "z"):
        return 0
    digits = zone[1:].replace(":", "")
    if not digits or int(digits[2:] or 0) > 59:
        return None
    minutes = int(digits[:2]) * 60 + int(digits[2:] or 0)
    return -minutes if zone[0] == "-" else minutes


def _complete_end(first: str, last: str) -> str:
    """The end of an interval, completed by the parts that only the beginning states."""
    match = _MOMENT.fullmatch(first)
    if not match or _MOMENT.fullmatch(last) or not last or last == "..":
        return f"{last}{_zone_of(match, last)}" if match and last else last
    if not _ENDS_SHORT.fullmatch(last):
        return last
    year, month, day, hour = match[1], match[2], match[3], match[4]
    if ":" in last and hour:
        end = f"{year}-{month}-{day}T{last.lstrip('Tt')}"
    elif ":" in last or hour or not month:
        return last
    elif day:
        end = f"{year}-{last}" if "-" in last else f"{year}-{month}-{last}"
    else:
        end = f"{year}-{last}" if "-" not in last else last
    return f"{end}{_zone_of(match, end)}"


def _zone_of(first: "re.Match[str]", last: str) -> str:
    """The offset of the beginning, where the end says a time without one: it is the same (ISO 8601-1, 5.5.2.3)."""
    end = _MOMENT.fullmatch(last)
    return first[7] if end and end[4] and not end[7] and first[7] else ""


def _is_reversed(first: _Moment, last: _Moment) -> bool:
    """Return whether an interval surely ends before it begins."""
    if first.time is None or last.time is None:
        return last.last < first.first
    east = _EAST if first.offset is None and last.offset is not None else first.offset or 0
    west = _WEST if last.offset is None and first.offset is not None else last.offset or 0
    return _seconds(last, west) < _seconds(first, east)


def _seconds(moment: _Moment, offset: int) -> int:
    return day_number(moment.first) * _DAY + (moment.time or 0) - offset * 60


def _key(day: CivilDay) -> str:
    year, month, number = day
    if 0 <= year <= 9999:
        told = f"{year:04}"
    elif year > 9999:
        told = f"Y{year:010}"
    else:
        told = f"-{9999 + year:04}" if year >= -9999 else f"+{9_999_999_999 + year:010}"
    return f"{told}-{month:02}-{number:02}"
