"""Map rows to lines of a list, for rows of one height or of many, with some folded away."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Protocol


class Stack(Protocol):
    """Rows piled up line by line."""

    rows: int
    """The number of rows."""
    lines: int
    """How many lines they take together."""

    def line_of(self, row: int) -> int:
        """The line at which `row` begins, from 0."""
        ...

    def height_of(self, row: int) -> int:
        """The number of lines of `row`."""
        ...

    def at(self, line: int) -> tuple[int, int]:
        """The row on `line`, and which of its lines that is; a line outside gives the nearest."""
        ...


class EvenRows:
    """Rows that all take as many lines: nothing is kept per row, whatever their number."""

    def __init__(self, rows: int, height: int = 1) -> None:
        self.rows = rows
        self.height = height
        self.lines = rows * height

    def line_of(self, row: int) -> int:
        """See `Stack`."""
        return row * self.height

    def height_of(self, row: int) -> int:  # noqa: ARG002 - every row has the same
        """See `Stack`."""
        return self.height

    def at(self, line: int) -> tuple[int, int]:
        """See `Stack`."""
        return divmod(min(max(line, 0), max(self.lines - 1, 0)), self.height)


class UnevenRows:
    """Rows of different heights, each of at least one line."""

    def __init__(self, heights: Sequence[int]) -> None:
        self._starts = [0, *accumulate(heights)]
        self.rows = len(heights)
        self.lines = self._starts[-1]

    def line_of(self, row: int) -> int:
        """See `Stack`."""
        return self._starts[row]

    def height_of(self, row: int) -> int:
        """See `Stack`."""
        return self._starts[row + 1] - self._starts[row]

    def at(self, line: int) -> tuple[int, int]:
        """See `Stack`."""
        line = min(max(line, 0), max(self.lines - 1, 0))
        row = bisect_right(self._starts, line, hi=max(self.rows, 1)) - 1
        return row, line - self._starts[row]


class RowRuns:
    """Runs of rows of one height: what is kept grows with the runs, and not with the rows."""

    def __init__(self, runs: Iterable[tuple[int, int]]) -> None:
        """Lay out runs, each a number of rows, at least one, and the lines of each row, at least one."""
        runs = list(runs)
        self._heights = [height for _, height in runs]
        self._firsts = [0, *accumulate(count for count, _ in runs)]
        self._starts = [0, *accumulate(count * height for count, height in runs)]
        self.rows = self._firsts[-1]
        self.lines = self._starts[-1]

    def line_of(self, row: int) -> int:
        """See `Stack`."""
        if row >= self.rows:
            return self.lines
        run = self._run_of(self._firsts, row)
        return self._starts[run] + (row - self._firsts[run]) * self._heights[run]

    def height_of(self, row: int) -> int:
        """See `Stack`."""
        return self._heights[self._run_of(self._firsts, row)]

    def at(self, line: int) -> tuple[int, int]:
        """See `Stack`."""
        line = min(max(line, 0), max(self.lines - 1, 0))
        if not self._heights:
            return 0, line
        run = self._run_of(self._starts, line)
        row, part = divmod(line - self._starts[run], self._heights[run])
        return self._firsts[run] + row, part

    def _run_of(self, begins: Sequence[int], at: int) -> int:
        return bisect_right(begins, at, hi=max(len(self._heights), 1)) - 1


def lines_that_fit(needed: Sequence[int], page: int, least: int, least_gap: int = 0) -> tuple[int, int]:
    """The lines of words that rows may show, and the empty lines after each, so that all fit on a page.

    Each row has a line of its own above its words, and wants the lines `needed`. It gets `least` lines and
    `least_gap` empty ones where not all fit.
    """
    for most in range(max(needed, default=least), least - 1, -1):
        for gap in range(1, least_gap - 1, -1):
            if sum(1 + gap + min(one, most) for one in needed) - gap <= page:
                return most, gap
    return least, least_gap


class GroupedRows:
    """Items of one height under headings: a row for each heading and each item, however many there are.

    A heading takes a line, and an empty one before it, but for the first.
    """

    def __init__(self, counts: Iterable[int], height: int) -> None:
        """Lay out groups of so many items each, at least one."""
        counts = list(counts)
        self.height = height
        self._firsts = [0, *accumulate(count + 1 for count in counts)]
        self._starts = [0, *accumulate(count * height + 1 + bool(at) for at, count in enumerate(counts))]
        self.groups = len(counts)
        self.rows = self._firsts[-1]
        self.lines = self._starts[-1]

    def group_of(self, row: int) -> int:
        """The group of a row, from 0."""
        return bisect_right(self._firsts, row, hi=max(self.groups, 1)) - 1

    def is_heading(self, row: int) -> bool:
        """Return whether a row is the heading of its group."""
        return self._firsts[self.group_of(row)] == row

    def item_of(self, row: int) -> int:
        """The item of a row, from 0; for a heading, the first of its group."""
        return row - self.group_of(row) - (not self.is_heading(row))

    def row_of(self, item: int) -> int:
        """The row that shows an item."""
        group = bisect_right(range(self.groups), item, key=lambda at: self._firsts[at] - at) - 1
        return item + group + 1

    def line_of(self, row: int) -> int:
        """See `Stack`."""
        group = self.group_of(row)
        inside = row - self._firsts[group]
        return self._starts[group] + (bool(group) + 1 + (inside - 1) * self.height if inside else 0)

    def height_of(self, row: int) -> int:
        """See `Stack`."""
        return (2 if row else 1) if self.is_heading(row) else self.height

    def at(self, line: int) -> tuple[int, int]:
        """See `Stack`."""
        line = min(max(line, 0), max(self.lines - 1, 0))
        group = bisect_right(self._starts, line, hi=max(self.groups, 1)) - 1
        inside = line - self._starts[group]
        head = bool(group) + 1
        if inside < head:
            return self._firsts[group], inside
        item, part = divmod(inside - head, self.height)
        return self._firsts[group] + 1 + item, part


class Folds:
    """The rows of a tree in sight when some are folded: ranges of hidden rows, however long the tree.

    A `place` counts the rows in sight; an `index` counts all of them.
    """

    def __init__(self, total: int, hidden: Iterable[tuple[int, int]] = ()) -> None:
        """`hidden` are half-open ranges of indices; those inside others count once."""
        merged: list[tuple[int, int]] = []
        for start, end in sorted(hidden):
            if start >= end:
                continue
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        self._ends = [end for _, end in merged]
        self._starts = [start for start, _ in merged]
        self._gone = [0, *accumulate(end - start for start, end in merged)]
        self._places = [start - gone for start, gone in zip(self._starts, self._gone, strict=False)]
        self.count = total - self._gone[-1]

    def index_at(self, place: int) -> int:
        """The index of the row that stands at `place` among those in sight."""
        return place + self._gone[bisect_right(self._places, place)]

    def place_of(self, index: int) -> int:
        """The number of the row at `index` among those in sight; a hidden one gives the row it is folded into."""
        range_ = bisect_right(self._starts, index) - 1
        if range_ >= 0 and index < self._ends[range_]:
            return self._places[range_] - 1
        return index - self._gone[range_ + 1]
