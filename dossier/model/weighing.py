"""Statements of delegations on issues, and their sums.

A statement is a quote about an issue, or a link from a delegation (or one of its members) to it. Statements that rest
on overlapping words of one article are the same thing said once, however often it is annotated, and count once. Words
that are reworded, ambiguous or missing are no evidence: a statement any of whose words are so does not count, and what
needs a look is counted apart.
"""

from bisect import bisect_left
from collections.abc import Iterable

from msgspec import Struct

from dossier.model.anchors import SOUND
from dossier.model.relations import STANCES, Stance


class StatementRow(Struct, frozen=True, gc=False):
    """An anchor of one statement in a cell, or a statement without any anchor."""

    statement: tuple[str, str]
    """What the statement is: the id of a quote and nothing, or the key of a link and its file."""
    day: str
    """The last day that its date may mean; empty when it has none."""
    date: str
    """Its date as written, without a time."""
    mask: int
    """Its stances, a bit each, in the order of `STANCES`."""
    origin: str
    """Who it goes back to: see `Statement.origin`."""
    anchor: int
    """Number of the anchor; 0 when there is none."""
    article: str
    status: str
    """Status of the anchor; empty when there is none."""
    start: int
    end: int
    worst: str = ""
    """The worst status of all anchors of the statement, where some of them are left out here."""


class CellSummary(Struct, frozen=True, gc=False, array_like=True):
    """The sum of the statements of a cell, from the day of the last of them on."""

    day: str = ""
    """The day; empty for the tally of all, those without a date included."""
    mask: int = 0
    """The stances, a bit each, in the order of `STANCES`."""
    statements: int = 0
    """How many: those that share words count once."""
    origins: int = 0
    """How many independent origins they go back to."""
    last: str = ""
    """The latest of their dates, as written; empty when none is dated."""
    review: int = 0
    """How many pieces of evidence need a look."""
    bare: int = 0
    """Number of statements without evidence; they are counted too."""
    by_stance: tuple[int, ...] = ()
    """How many statements have each stance, in the order of `STANCES`; those that share words count once in each."""

    @property
    def stance(self) -> tuple[Stance, ...]:
        """The stances in them, each once: for, against, conditional, neutral."""
        return tuple(stance for at, stance in enumerate(STANCES) if self.mask >> at & 1)

    @property
    def counts(self) -> dict[Stance, int]:
        """The number of statements of each stance."""
        return dict(zip(STANCES, self.by_stance or (0,) * len(STANCES), strict=True))

    def __bool__(self) -> bool:
        return bool(self.statements or self.review)


NOTHING = CellSummary()


def mask_of(stance: str | None) -> int:
    """The bit of a stance; 0 for none."""
    return 1 << STANCES.index(stance) if stance in STANCES else 0


class _OverlapGroups:
    """Stretches of articles that statements rest on; those that overlap are one statement."""

    def __init__(self) -> None:
        self.count = 0
        self._above: list[int] = []
        self._taken: dict[str, list[tuple[int, int, int]]] = {}

    def add(self, places: Iterable[tuple[str, int, int]]) -> int:
        """Add a statement with all its places, and return its number."""
        mine = len(self._above)
        self._above.append(mine)
        self.count += 1
        for article, first, last in places:
            start, end = first, last
            taken = self._taken.setdefault(article, [])
            low = bisect_left(taken, (start, 0, 0))
            if low and taken[low - 1][1] > start:
                low -= 1
            high = low
            while high < len(taken) and taken[high][0] < end:
                start, end = min(start, taken[high][0]), max(end, taken[high][1])
                self._join(mine, taken[high][2])
                high += 1
            taken[low:high] = [(start, end, mine)]
        return mine

    def group(self, number: int) -> int:
        """The representative of all statements that share words with this one."""
        above = self._above
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

    def _join(self, left: int, right: int) -> None:
        left, right = self.group(left), self.group(right)
        if left != right:
            self._above[max(left, right)] = min(left, right)
            self.count -= 1


def weigh(facts: Iterable[StatementRow]) -> tuple[CellSummary, tuple[CellSummary, ...]]:
    """The sums of the facts of one cell: all in all, and day by day as it grew (undated ones left out)."""
    statements: dict[tuple[str, str], list[StatementRow]] = {}
    for fact in facts:
        statements.setdefault(fact.statement, []).append(fact)
    scale = _CellCounter()
    steps: list[CellSummary] = []
    days: dict[str, list[list[StatementRow]]] = {}
    for found in statements.values():
        days.setdefault(found[0].day, []).append(found)
    undated = days.pop("", [])
    for day in sorted(days):
        for found in days[day]:
            scale.add(found)
        steps.append(scale.tally(day))
    for found in undated:
        scale.add(found)
    return scale.tally(""), tuple(step for step in steps if step)


class _CellCounter:
    """A counter of the statements of one cell."""

    def __init__(self) -> None:
        self.spread = _OverlapGroups()
        self.by_stance = [_OverlapGroups() for _ in STANCES]
        self.mask = self.bare = 0
        self.origins: set[str] = set()
        self.review: set[int] = set()
        self.last = ("", "")

    def add(self, found: list[StatementRow]) -> None:
        """Add one statement with all its anchors."""
        places = []
        mask, bare = 0, True
        unsound = next((fact.worst for fact in found if fact.worst and fact.worst not in SOUND), "")
        for fact in found:
            mask |= fact.mask
            if fact.status in SOUND:
                places.append((fact.article, fact.start, fact.end))
            elif fact.status:
                self.review.add(fact.anchor)
                unsound = unsound or fact.status
            bare = bare and not fact.status
        if unsound and all(fact.status in SOUND for fact in found):  # what needs the look is not among these
            self.review.add(found[0].anchor)
        if (places or bare) and not unsound:
            self.spread.add(places)
            for at, spread in enumerate(self.by_stance):
                if mask >> at & 1:
                    spread.add(places)
            self.bare += bare
            self.mask |= mask
            self.last = max(self.last, (found[0].day, found[0].date))
            self.origins.add(found[0].origin)

    def tally(self, day: str) -> CellSummary:
        """The sums so far."""
        counts = (self.spread.count, len(self.origins))
        by_stance = tuple([spread.count for spread in self.by_stance]) if self.mask else ()
        return CellSummary(day, self.mask, *counts, self.last[1], len(self.review), self.bare, by_stance)


def groups(statements: Iterable[tuple[tuple[str, int, int], ...]]) -> list[int]:
    """Number each statement, given by its places, by that of the first one that shares words with it, by any detour."""
    spread = _OverlapGroups()
    numbers = [spread.add(places) for places in statements]
    return [spread.group(number) for number in numbers]
