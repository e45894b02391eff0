"""Completion of a field while it is typed: values matched by letters over names, aliases and ids."""

from collections.abc import Collection, Iterable

from msgspec import Struct

from dossier.model.entries import Kind
from dossier.store.catalogue import entry_queries
from dossier.store.catalogue.catalogue import Catalogue

MOST = 12
"""How many are proposed."""

_Name = tuple[str, str]
"""A name as it is written, and folded."""


class Proposal(Struct, frozen=True):
    """An entry that may be meant."""

    id: str
    kind: Kind
    name: str
    """What it is called."""
    matched: str
    """The name, alias or id that the letters were found in."""


class Completion:
    """Proposals from a dossier's people, delegations and issues."""

    def __init__(self, known: Catalogue) -> None:
        self._known = known
        self._generation = -1
        self._names: list[tuple[str, Kind, list[_Name]]] = []

    def propose(
        self, letters: str, kinds: Collection[str], first: Iterable[str] = (), most: int = MOST
    ) -> list[Proposal]:
        """The entries of some kinds in whose name, alias or id the letters stand, the likeliest first.

        A beginning of a name goes before that of a word, that before what stands within one, and all before letters
        that merely come in this order. `first` are ids that are likelier than others, such as those used last.
        """
        likely = {entry: rank for rank, entry in enumerate(first)}
        wanted = letters.casefold().strip()
        apart = "".join(wanted.split())
        found: list[tuple[tuple[int, int, int, int], Proposal]] = []
        for number, (entry, kind, names) in enumerate(self._all()):
            if kind in kinds and (match := _best(wanted, apart, names)) is not None:
                rank, name = match
                order = (rank, likely.get(entry, len(likely)), len(name) if wanted else 0, number)
                found.append((order, Proposal(entry, kind, names[0][0], name)))
        return [proposal for _, proposal in sorted(found, key=lambda one: one[0])[:most]]

    def _all(self) -> list[tuple[str, Kind, list[_Name]]]:
        """Every entry with its names and, last, its id; folded once for all keys that are typed."""
        generation = self._known.generation
        if generation != self._generation:
            self._generation = generation
            self._names = [
                (entry, kind, [(name, name.casefold()) for name in (*names, entry)])  # type: ignore[misc]
                for entry, kind, names in entry_queries.all_names(self._known)
            ]
        return self._names


def _best(wanted: str, apart: str, names: list[_Name]) -> tuple[int, str] | None:
    """The rank of a match: how well, and in which of several names, the letters are found; `apart` without spaces."""
    best: tuple[int, str] | None = None
    for name, folded in names:
        rank = _rank(wanted, apart, folded) if len(apart) <= len(folded) else None  # what is pasted may be long
        if rank is not None and (best is None or rank < best[0]):
            best = rank, name
    return best


def _rank(wanted: str, apart: str, name: str) -> int | None:
    if name.startswith(wanted):
        return 0
    at = name.find(wanted)
    if at > 0:
        return 1 if not name[at - 1].isalnum() else 2
    letters = iter(name)
    return 3 if all(letter in letters for letter in apart) else None
