"""Memberships of people, with their times: `members`, `memberships` and links `member of` written by hand are one."""

from collections.abc import Sequence

from msgspec import Struct

from dossier.model.dates import OPEN, day_of, first_day, last_day, span_of
from dossier.model.entries import Link
from dossier.model.relations import MEMBER_OF
from dossier.store.catalogue.queries import CatalogueQueries


class Membership(Struct, frozen=True, array_like=True):
    """The membership of a person in a delegation, for all time or for some. Days are keys (`dossier.model.dates`)."""

    delegation: str
    """Id of the delegation."""
    begins: str = ""
    """The first day; empty when it always was."""
    begun: str = ""
    """The day by which it surely had begun: the last one that its beginning may mean."""
    ending: str = OPEN
    """The first day that its end may mean."""
    ends: str = OPEN
    """The last day."""


Memberships = dict[str, tuple[Membership, ...]]
"""Every person's, in the order written."""

_SOME = 500
"""People, at most, who are asked for by name: above, reading all of them takes no longer."""


def membership(link: Link) -> Membership:
    """The membership that a link of the relation `member of` stands for; its date, if it has one, begins it."""
    if not link.period:
        begun = bool(link.date)
        return Membership(link.target, *((first_day(link.date), last_day(link.date)) if begun else ()))
    since, until = span_of(link.period)
    begins = (first_day(since), last_day(since)) if since != ".." else ("", "")
    ends = (first_day(until), last_day(until)) if until not in ("", "..") else (OPEN, OPEN)
    return Membership(link.target, *begins, *ends)


def memberships(db: CatalogueQueries, people: Sequence[str] = ()) -> Memberships:
    """Return the memberships of every person in delegations that there are, or at least those of some `people`."""
    # SQLite takes a partial index only where its condition is written out; `+` keeps it to the index by id.
    sql = f"""relation = '{MEMBER_OF}'
        AND EXISTS (SELECT 1 FROM entries WHERE id = links.source AND +kind = 'person' AND +shadow = 0)
        AND EXISTS (SELECT 1 FROM entries WHERE id = links.target AND +kind = 'delegation' AND +shadow = 0)"""
    some = people if len(people) <= _SOME else ()
    if some:
        sql += f" AND source IN ({','.join('?' * len(some))})"
    found: dict[str, dict[Membership, None]] = {}
    for _, link in db.links(sql, *some):
        found.setdefault(link.source, {})[membership(link)] = None
    return {person: tuple(theirs) for person, theirs in found.items()}


def sides(theirs: Sequence[Membership], date: str) -> tuple[tuple[str, ...], bool]:
    """The delegations that a person spoke for on a date, and whether it cannot be told for some of them.

    A membership holds on its days, first and last included. Nobody knows it of a date that may mean days outside of it,
    nor of the days on which one membership ends while another begins: of these, none counts.
    """
    first, last = first_day(date), last_day(date)
    found: dict[str, None] = {}
    unclear = False
    for one in theirs:
        if one.begins == "" and one.ends == OPEN:
            found[one.delegation] = None
        elif not date:
            unclear = True
        elif last < one.begins or first > one.ends:
            continue
        elif first < one.begins or last > one.ends or any(_changes(one, other, first, last) for other in theirs):
            unclear = True
        else:
            found[one.delegation] = None
    return tuple(found), unclear and not all(one.delegation in found for one in theirs)


def _changes(one: Membership, other: Membership, first: str, last: str) -> bool:
    """Return whether a date touches days on which one of two memberships ends and the other begins."""
    if one.delegation == other.delegation:
        return False
    for old, new in ((one, other), (other, one)):
        low, high = max(old.ending, new.begins), min(old.ends, new.begun)
        if new.begins and old.ends != OPEN and low <= high and first <= high and last >= low:
            return True
    return False


def delegations_of(known: Memberships, who: str, date: str) -> tuple[str, ...]:
    """The delegations that a person, or a delegation for itself, spoke for on a date."""
    return sides(known[who], date)[0] if who in known else (who,)


def date_of(db: CatalogueQueries, entry: str) -> str:
    """The date of a quote or an event, or that of the article its first evidence stands in; empty of none."""
    sql = """SELECT CASE WHEN e.date <> '' OR e.kind <> 'quote' THEN e.date ELSE (SELECT a.date FROM anchors x
        JOIN entries a ON a.id = x.article WHERE x.owner = e.id AND x.ordinal = 0 AND +a.kind = 'article'
        AND +a.shadow = 0 LIMIT 1) END FROM entries e WHERE e.id = ? AND e.shadow = 0"""
    return db.value(sql, entry) or ""


def article_day(db: CatalogueQueries, article: str) -> str:
    """The day an article was published; empty when it does not say."""
    sql = "SELECT date FROM entries WHERE id = ? AND +kind = 'article' AND +shadow = 0"
    return day_of(db.value(sql, article) or "")


def always_heard(known: Memberships, member: str) -> bool:
    """Return whether all that links a member with another entry is the delegation's too: it is one for all time."""
    return all(one.begins == "" and one.ends == OPEN for one in known.get(member, ()))


def heard(db: CatalogueQueries, known: Memberships, member: str, delegation: str, other: str) -> bool:
    """Return whether what links a member with another entry is the delegation's too: not if said at another time."""
    if member == delegation or always_heard(known, member):
        return True
    kind = db.value("SELECT kind FROM entries WHERE id = ? AND shadow = 0", other)
    return kind not in ("quote", "event") or delegation in delegations_of(known, member, date_of(db, other))


def written(link: Link) -> str:
    """The time of a membership as it is shown; empty of every other link, and of one for all time."""
    return link.period if link.relation == MEMBER_OF else ""
