"""Rows of a list of grouped hits: the kinds above, then every group under its heading, as far as it is shown."""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from dossier.desk.state import Spot
from dossier.ui.widgets.groups import PAGE, Groups, HitGroup, initial_count

NEAR = 20
"""So many hits before the last one that is shown of an opened group, more are asked for."""

MOST = 2000
"""So many hits of a kind are read again at most for who comes back to where they were shown."""


class HitRow(Struct, frozen=True):
    """A row of the list."""

    what: Literal["kinds", "group", "hit", "more"]
    group: int = -1
    """Which group it belongs to, from 0."""
    at: int = -1
    """For a hit, which of its group, from 0."""


class Unfolding:
    """The groups that are folded, and the number of hits shown of those that were opened."""

    def __init__(self, tokens: Sequence[str] = ()) -> None:
        """Take up what `tokens()` gave."""
        self._folded = {token[1:] for token in tokens if token.startswith("-")}
        self.shown = hits_wanted(tokens)
        """How many hits are to be shown of a kind, where that was asked for."""

    def tokens(self) -> tuple[str, ...]:
        """The same in words that can be kept."""
        return (*(f"-{kind}" for kind in sorted(self._folded)), *(f"+{kind} {n}" for kind, n in self.shown.items()))

    def only_folds(self) -> "Unfolding":
        """The same without what was opened."""
        return Unfolding([f"-{kind}" for kind in self._folded])

    def folded(self, kind: str) -> bool:
        """Return whether the hits of a kind are hidden."""
        return kind in self._folded

    def fold(self, kind: str, *, folded: bool) -> None:
        """Hide the hits of a kind, or show them again."""
        (self._folded.add if folded else self._folded.discard)(kind)

    def is_open_heading(self, groups: Groups, row: HitRow) -> bool:
        """Return whether a row is the heading of hits that are shown."""
        return row.what == "group" and not self.folded(groups.all[row.group].kind)

    def visible(self, groups: Groups, index: int) -> int:
        """The number of hits shown of a group, folded or not."""
        group = groups.all[index]
        asked = max(self.shown.get(group.kind, 0), initial_count(group.count, len(groups.all)))
        return min(asked, len(group.hits))

    def rows(self, groups: Groups, *, kinds: bool) -> list[HitRow]:
        """All rows, the kinds above them where they are to be there."""
        found = [HitRow("kinds")] if kinds else []
        for index, group in enumerate(groups.all):
            found.append(HitRow("group", index))
            if not self.folded(group.kind):
                visible = self.visible(groups, index)
                found += [HitRow("hit", index, at) for at in range(visible)]
                found += [HitRow("more", index)] if visible < group.count else []
        return found

    def further(self, groups: Groups, index: int) -> int:
        """Show a page more of a group and return how many of its hits have to be read for it, 0 when they are there."""
        group = groups.all[index]
        self.shown[group.kind] = most = min(group.count, self.visible(groups, index) + PAGE)
        return most if most > len(group.hits) else 0

    def rolls(self, groups: Groups, row: HitRow) -> bool:
        """Return whether more of an opened group is to be shown, the cursor having come to `row`."""
        if row.what != "hit":
            return False
        group = groups.all[row.group]
        visible = self.visible(groups, row.group)
        opened = group.kind in self.shown or len(groups.all) == 1
        return opened and visible < group.count and row.at >= visible - NEAR

    def reveal(self, groups: Groups, number: int) -> bool:
        """Make the hit of a number one that is shown; return whether anything had to be changed for that."""
        index, at = groups.place(number)
        group: HitGroup = groups.all[index]
        hidden = self.folded(group.kind) or at >= self.visible(groups, index)
        self.fold(group.kind, folded=False)
        if at >= self.visible(groups, index):
            self.shown[group.kind] = min(group.count, (at // PAGE + 1) * PAGE)
        return hidden


def hits_wanted(tokens: Sequence[str]) -> dict[str, int]:
    """The number of hits shown of a kind, as far as `tokens` give it."""
    found: dict[str, int] = {}
    for token in tokens:
        kind, _, most = token.removeprefix("+").partition(" ")
        if token.startswith("+") and most.isdecimal():
            found[kind] = min(int(most), MOST)
    return found


def hits_wanted_at(spot: Spot) -> Mapping[str, int]:
    """The number of hits of a kind shown by a list that stood at `spot`."""
    return hits_wanted(spot.folded)
