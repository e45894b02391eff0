"""The dates of documents in files of DNA."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

_DAY = 86_400
_TIME = re.compile(r"(\d\d):(\d\d)(?::(\d\d))?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Clock:
    """Reads the dates of one file.

    DNA 3 counts seconds without a zone. DNA 2 counts milliseconds since 1970 in UTC and means the clock of the coder's
    computer, whose zone it does not keep: a day then begins at 23:00 of the day before, or at 05:00. Where half of the
    dates or more share such a time (or one an hour off, for summer), it was midnight there.
    """

    def __init__(self, values: Iterable[object], *, milliseconds: bool) -> None:
        """Look at all dates of the file."""
        self._milliseconds = milliseconds
        self._shift = 0
        seconds = [found for found in map(self._seconds, values) if found is not None]
        times = Counter(one % _DAY for one in seconds)
        if milliseconds and times:
            common, _ = max(times.items(), key=lambda item: (item[1], -item[0]))
            near = sum(times[(common + hour) % _DAY] for hour in (-3600, 0, 3600))
            if common % 900 == 0 and 2 * near >= len(seconds):
                self._shift = -common if common <= _DAY // 2 else _DAY - common

    def _seconds(self, value: object) -> int | None:
        if not isinstance(value, int):
            return None
        return value // 1000 if self._milliseconds else value

    def moment(self, value: object) -> str:
        """A day, or a time where it is not midnight; empty when it is none in the calendar."""
        seconds = self._seconds(value)
        if seconds is None:
            return ""
        seconds += self._shift
        if self._shift and (off := seconds % _DAY) in (3600, _DAY - 3600):
            seconds += -3600 if off == 3600 else 3600
        try:
            found = _EPOCH + timedelta(seconds=seconds)
        except OverflowError:
            return ""
        if not seconds % _DAY:
            return f"{found:%Y-%m-%d}".rjust(10, "0")
        return f"{found:%Y-%m-%dT%H:%M:%S}".rjust(19, "0").removesuffix(":00")


def seconds_of(written: str) -> int:
    """The number DNA 3 stores for the beginning of a date, whatever zone a time names."""
    year, month, day = (*map(int, written[:10].split("-")), 1, 1)[:3]
    clock = _TIME.match(written[11:])
    hour, minute, second = (int(one or 0) for one in clock.groups()) if clock else (0, 0, 0)
    return int((datetime(year, month, day, hour, minute, second, tzinfo=UTC) - _EPOCH).total_seconds())
