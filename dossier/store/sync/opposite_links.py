"""Links that read words the opposite way of another link or of a quote: for an issue, and against it."""

from collections.abc import Iterator
from itertools import combinations

from msgspec import Struct

from dossier.model.problems import Place, Problem
from dossier.model.relations import BUILT_IN, SAID_BY
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.matrix_queries import MANY, as_parameter
from dossier.store.catalogue.memberships import Memberships, memberships
from dossier.store.sync.contradictions import family_of, shared_places

_MOST = 50
"""Readings of the same words that are compared with each other."""
_OPPOSITE = frozenset({"for", "against"})
_Key = tuple[str, tuple[str, int, int]]
"""An issue, and where the words stand."""


class _Reading(Struct, frozen=True):
    """The stance of an entry or a link on one issue, taken from its words."""

    name: str
    place: Place
    sides: frozenset[str]
    """Who says it, with the delegations they belong to."""
    stance: str


def opposite_links(db: Catalogue) -> Iterator[Problem]:
    """Yield a problem for each link that reads words of one side as for an issue, where another has them against it."""
    known = memberships(db)
    groups = _links(db, known)
    if groups:
        _add_quotes(db, known, groups)
    told: set[tuple[str, str]] = set()
    for (issue, _), group in groups.items():
        for left, right in combinations(group[:_MOST], 2):
            if left.stance == right.stance or not left.sides & right.sides or (left.name, right.name) in told:
                continue
            told.add((left.name, right.name))
            other = f"{left.name} ({left.place})"
            message = f"{right.name} is {right.stance} {issue}, and {other} by the same words the opposite"
            yield Problem(right.place, "warning", "opposite-stances", message, "mend one, or drop it")


def _links(db: Catalogue, known: Memberships) -> dict[_Key, list[_Reading]]:
    relations = BUILT_IN | {one.name: one for sheet in db.sheets() for one in reversed(sheet.relations)}
    stances = {name: one.stance for name, one in relations.items() if one.stance in _OPPOSITE}
    marks = ",".join("?" * len(stances))
    found: dict[_Key, list[_Reading]] = {}
    places = shared_places(db, "link")
    where = f"key IN {MANY} AND field = '' AND relation IN ({marks})"
    for key, link in db.links(where, as_parameter(places), *stances) if places else ():
        name = f"{link.source} {link.relation} {link.target}"
        sides = frozenset(family_of(frozenset({link.source}), known))
        reading = _Reading(name, link.place, sides, str(stances[link.relation]))
        for place in places.get(key, ()):
            found.setdefault((link.target, place), []).append(reading)
    return found


def _add_quotes(db: Catalogue, known: Memberships, groups: dict[_Key, list[_Reading]]) -> None:
    """Put to the readings of links those of quotes that stand in the same places."""
    spots = {place for _, place in groups}
    for quote, places in shared_places(db, "quote").items():
        shared = places & spots
        entry = db.entry(quote) if shared else None
        if entry is None or entry.text("stance") not in _OPPOSITE:
            continue
        speakers = frozenset(db.values("SELECT target FROM links WHERE source = ? AND relation = ?", quote, SAID_BY))
        sides = frozenset(family_of(speakers, known))
        reading = _Reading(quote, entry.place_of("stance"), sides, entry.text("stance"))
        for issue in db.values("SELECT target FROM links WHERE source = ? AND field = 'issues'", quote):
            for place in shared:
                if (issue, place) in groups:
                    groups[issue, place].append(reading)
