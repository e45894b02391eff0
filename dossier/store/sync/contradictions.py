"""Find contradictions within a dossier: words given to two speakers, opposite stances, an event under two ids."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TypeVar

from msgspec import Struct

from dossier.model.dates import first_day, last_day
from dossier.model.entries import Entry
from dossier.model.folding import plain_words
from dossier.model.problems import Place, Problem
from dossier.model.relations import MEMBER_OF, PART_OF, SAID_BY
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.matrix_queries import MANY, as_parameter
from dossier.store.catalogue.memberships import Memberships, article_day, date_of, memberships, sides
from dossier.store.catalogue.rows import FEWEST_WORDS

_MOST = 50
"""Entries with the same words that are compared with each other."""

_Item = TypeVar("_Item")


class _Quote(Struct, frozen=True):
    entry: Entry
    speakers: frozenset[str]
    family: frozenset[str]
    """The speakers with the delegations they belong to."""
    issues: frozenset[str]
    stance: str


def kinds_of_memberships(db: Catalogue) -> Iterator[Problem]:
    """Links `member of` that run from no person to no delegation, and coalitions of what is no delegation."""
    kinds = dict(db.rows("SELECT id, kind FROM entries WHERE shadow = 0"))
    for _, link in db.links("relation = ?", MEMBER_OF):
        source, target = kinds.get(link.source), kinds.get(link.target)
        if source and source != "person":
            message = f"member of: {link.source} is a {source}, and only people are members"
            hint = "say part_of on the delegation" if source == "delegation" else "give the id of a person"
            yield Problem(link.source_place, "error", "wrong-kind", message, hint)
        elif source and target and target != "delegation":
            message = f"member of: {link.target} is a {target}, not a delegation"
            yield Problem(link.target_place, "error", "wrong-kind", message, "give the id of a delegation")


def unclear_memberships(db: Catalogue) -> Iterator[Problem]:
    """Statements whose date does not tell for which delegation they were made."""
    known = memberships(db)
    for person, theirs in known.items():
        if not sides(theirs, "")[1]:
            continue
        for what, date, place in (*_dated_quotes(db, person), *_dated_links(db, person)):
            if sides(theirs, date)[1]:
                names = " or ".join(dict.fromkeys(one.delegation for one in theirs))
                when = f"its date, {date}," if date else "it has no date, which"
                message = f"{what}: {when} does not tell whether {person} spoke for {names}; it counts for none"
                yield Problem(place, "warning", "membership-unclear", message, "give its day with `date:`")


def _dated_quotes(db: Catalogue, person: str) -> Iterator[tuple[str, str, Place]]:
    """Yield each quote of a person with its date and the place of the name."""
    sql = "target = ? AND relation = ? AND EXISTS (SELECT 1 FROM entries WHERE id = links.source AND shadow = 0)"
    for _, link in db.links(sql, person, SAID_BY):
        yield link.source, date_of(db, link.source), link.target_place


def _dated_links(db: Catalogue, person: str) -> Iterator[tuple[str, str, Place]]:
    """Yield each link of a person to an issue with its date, or the day of its article."""
    sql = """source = ? AND field = '' AND EXISTS
        (SELECT 1 FROM entries WHERE id = links.target AND kind = 'issue' AND shadow = 0)"""
    for key, link in db.links(sql, person):
        article = db.value("SELECT article FROM anchors WHERE owner = ? ORDER BY ordinal LIMIT 1", key)
        date = link.date or (article_day(db, article) if article else "")
        yield f"{person} {link.relation} {link.target}", date, link.source_place


def coalitions_in_circles(db: Catalogue) -> Iterator[Problem]:
    """Delegations that are part of themselves, directly or through others."""
    up: dict[str, list[str]] = {}
    places: dict[tuple[str, str], Place] = {}
    for _, link in db.links("relation = ? AND field = 'part_of'", PART_OF):
        up.setdefault(link.source, []).append(link.target)
        places[link.source, link.target] = link.target_place
    for start in sorted(up):
        above = list(up[start])
        for one in above:
            above += [other for other in up.get(one, ()) if other not in above]
        if start in above and start == min(one for one in above if start in _ancestors(up, one)):
            message = f"{start} is part of itself"
            yield Problem(places[start, up[start][0]], "error", "circle", message, "take out one part_of")


def _ancestors(up: dict[str, list[str]], start: str) -> list[str]:
    above = list(up.get(start, ()))
    for one in above:
        above += [other for other in up.get(one, ()) if other not in above]
    return above


_SAME_WORDS = """SELECT id FROM entries WHERE kind = 'quote' AND shadow = 0 AND words IN
    (SELECT words FROM entries WHERE words IS NOT NULL GROUP BY words HAVING count(*) > 1)"""


def contradictions(db: Catalogue) -> Iterator[Problem]:
    """The same words given to two speakers, or with opposite stances on one issue."""
    places = shared_places(db, "quote")
    alike = as_parameter({*places, *db.values(_SAME_WORDS)})
    linked: dict[str, dict[str, set[str]]] = {}
    for source, relation, target in db.rows(
        f"SELECT source, relation, target FROM links WHERE source IN {MANY}", alike
    ):
        linked.setdefault(source, {}).setdefault(relation, set()).add(target)
    known = memberships(db)
    families: dict[frozenset[str], frozenset[str]] = {}
    groups: dict[object, list[_Quote]] = {}
    for quote in db.entries(f"id IN {MANY} AND kind = 'quote' AND shadow = 0 ORDER BY rank, ord", alike):
        found = linked.get(quote.id, {})
        speakers = frozenset(found.get(SAID_BY, ()))
        if speakers not in families:
            families[speakers] = frozenset(family_of(speakers, known))
        issues = frozenset(found.get("about", ()))
        one = _Quote(quote, speakers, families[speakers], issues, quote.text("stance"))
        words = plain_words(quote.text("text"))
        keys: set[object] = {*places.get(quote.id, ())}
        if words.count(" ") >= FEWEST_WORDS - 1:
            keys.add(words)
        for key in keys:
            groups.setdefault(key, []).append(one)
    told: set[tuple[str, str]] = set()
    for left, right in _pairs(groups.values()):
        pair = left.entry.id, right.entry.id
        if pair not in told:
            told.add(pair)
            yield from _compare_quotes(left, right)


def _compare_quotes(left: _Quote, right: _Quote) -> Iterator[Problem]:
    first, second = left.entry, right.entry
    if left.speakers and right.speakers and left.family.isdisjoint(right.family):
        message = (
            f"the words of {second.id} are given to {_join_ids(right.speakers)}, "
            f"and in {first.id} ({first.place}) to {_join_ids(left.speakers)}"
        )
        hint = "mend one speaker, or name both in one quote if they said it together"
        yield Problem(second.place_of("text"), "warning", "two-speakers", message, hint)
    if {left.stance, right.stance} == {"for", "against"} and (shared := left.issues & right.issues):
        where = f"{first.id} ({first.place})"
        message = f"{second.id} is {right.stance} {_join_ids(shared)}, and {where} with the same words the opposite"
        yield Problem(second.place_of("stance"), "warning", "opposite-stances", message, "mend one, or drop one quote")


def same_events(db: Catalogue) -> Iterator[Problem]:
    """Yield one event under two ids: of one name and date, or of one time and the same words."""
    groups: dict[object, list[Entry]] = {}
    places = shared_places(db, "event")
    for event in db.entries("kind = 'event' AND shadow = 0 ORDER BY rank, ord"):
        groups.setdefault(plain_words(event.title), []).append(event)
        for place in places.get(event.id, ()) if event.text("when") else ():
            groups.setdefault((place, event.text("when")), []).append(event)
    told: set[tuple[str, str]] = set()
    for left, right in _pairs(groups.values()):
        if (left.id, right.id) in told or not _may_be_one(left, right):
            continue
        told.add((left.id, right.id))
        message = (
            f"{right.id} looks like the event {left.id} at {left.place}: they have the same name or words, and time"
        )
        yield Problem(right.place, "warning", "same-event", message, "keep one, or tell them apart by name or date")


def _may_be_one(one: Entry, other: Entry) -> bool:
    left, right = one.text("when"), other.text("when")
    if not left or not right:  # a date that was refused may have been another
        return left == right and "when" not in one.marks and "when" not in other.marks
    return first_day(left) <= last_day(right) and first_day(right) <= last_day(left)


def _pairs(groups: Iterable[list[_Item]]) -> Iterator[tuple[_Item, _Item]]:
    for group in groups:
        yield from combinations(group[:_MOST], 2)


def shared_places(db: Catalogue, kind: str) -> dict[str, set[tuple[str, int, int]]]:
    """Return the places of the sound evidence of entries of a kind at which more than one anchor stands."""
    found: dict[str, set[tuple[str, int, int]]] = {}
    sql = """SELECT owner, a.article, a.start, a.end FROM anchors a JOIN
        (SELECT article, start, end FROM anchors WHERE status IN ('exact', 'moved')
        GROUP BY article, start, end HAVING count(*) > 1) s
        ON a.article = s.article AND a.start = s.start AND a.end = s.end
        WHERE a.what = ? AND a.status IN ('exact', 'moved') ORDER BY a.n"""
    for owner, *place in db.rows(sql, kind):
        found.setdefault(owner, set()).add(tuple(place))
    return found


def family_of(speakers: frozenset[str], known: Memberships) -> set[str]:
    """Return speakers with the delegations they belong to: a minister and the country say the same."""
    return {*speakers, *(one.delegation for speaker in speakers for one in known.get(speaker, ()))}


def _join_ids(ids: Iterable[str]) -> str:
    return " and ".join(sorted(ids))
