"""Results of a search by kind: groups in the order of their best hits, each with as many of its hits as were read."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from dossier.model.passages import Answer, Hit

FIRST = 5
"""So many hits of each kind are shown at first, where there are several kinds."""

ALONE = 20
"""So many hits of the only kind there is are read before the first of them are shown: no screen has room for more."""

PAGE = 50
"""So many hits are asked for at a time."""

More = Callable[[str, int, int], Sequence[Hit]]
"""Gives the hits of a kind from one number to another."""


class HitGroup(Struct, frozen=True):
    """The hits of one kind."""

    kind: str
    """As in the query language."""
    count: int
    """The number of rows."""
    hits: tuple[Hit, ...] = ()
    """The first of them, as far as they were read."""


class Groups:
    """All groups of an answer. Hits are numbered from 0 through all of them, those that were not read among them."""

    def __init__(self, all_of_them: Sequence[HitGroup] = ()) -> None:
        self.all = tuple(all_of_them)
        """The groups, in their order."""
        self.total = sum(group.count for group in self.all)
        """The number of hits."""
        self._numbers = {hit.key: first + at for first, group in self._firsts() for at, hit in enumerate(group.hits)}

    def _firsts(self) -> Iterator[tuple[int, HitGroup]]:
        """Each group, behind the number of its first hit."""
        number = 0
        for group in self.all:
            yield number, group
            number += group.count

    def first_of(self, index: int) -> int:
        """The number of the first hit of a group."""
        return sum(group.count for group in self.all[:index])

    def place(self, number: int) -> tuple[int, int]:
        """The group of the hit of a number, and its place there. There must be a hit of that number."""
        index = next(at for at, (first, group) in enumerate(self._firsts()) if number < first + group.count)
        return index, number - self.first_of(index)

    def hit(self, number: int) -> Hit | None:
        """The hit of a number; None when there is none or it was not read."""
        if not 0 <= number < self.total:
            return None
        index, at = self.place(number)
        hits = self.all[index].hits
        return hits[at] if at < len(hits) else None

    def number(self, key: str) -> int:
        """The number of a hit; -1 when it was not read."""
        return self._numbers.get(key, -1)

    def grown(self, kind: str, hits: Sequence[Hit]) -> "Groups":
        """Return groups with more hits of a kind."""
        new = [hit for hit in hits if hit.key not in self._numbers]
        return Groups(
            [
                replace(one, hits=(*one.hits, *new)[: one.count]) if one.kind == kind else one
                for one in self.all
            ]
        )  # fmt: skip


def initial_count(count: int, groups: int) -> int:
    """The number of hits of a group shown when nothing was unfolded yet: more where there is no other group."""
    if groups == 1:
        return min(count, PAGE)
    return count if count <= FIRST + 1 else FIRST


def group_hits(answer: Answer) -> Groups:
    """The hits of an answer by kind: the kinds of which there are some in their order, then the others."""
    found: dict[str, list[Hit]] = {}
    for hit in answer.hits:
        found.setdefault(str(hit.kind), []).append(hit)
    kinds = [*found, *(kind for kind in answer.counts if kind not in found)]
    hits = {kind: tuple(found.get(kind, ())) for kind in kinds}
    return Groups([HitGroup(kind, max(answer.counts.get(kind, 0), len(hits[kind])), hits[kind]) for kind in kinds])


def missing_hits(groups: Groups, wanted: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """The kinds of which more hits are to be shown than were read: how many were, and how many are to be."""
    found = []
    for group in groups.all:
        least = max(initial_count(group.count, len(groups.all)), wanted.get(group.kind, 0))
        if len(group.hits) < min(group.count, least):
            found.append((group.kind, len(group.hits), min(group.count, least)))
    return found


def fill_groups(groups: Groups, wanted: Mapping[str, int], more: More, *, dated: bool) -> Groups:
    """Return groups with all hits that are to be shown, in the order of their best hits, or of their latest ones."""
    seen = sum(bool(group.hits) for group in groups.all)
    for kind, have, least in missing_hits(groups, wanted):
        groups = groups.grown(kind, more(kind, have, least))
    late = sorted(groups.all[seen:], key=lambda group: group.hits[0].date if group.hits else "", reverse=True)
    if not dated:
        late.sort(key=lambda group: -group.hits[0].score if group.hits else 0.0)
    return Groups([*groups.all[:seen], *late])
