"""A digest, per entry, of everything in the catalogue that a page about it is made from.

Digests are added up and never taken away again, so a change of one part changes the sum; that two changes cancel each
other is as likely as a collision of 128 bits. A file counts as a whole: a page may be made anew for nothing, but never
stays as it was while something it shows has changed.
"""

from collections import defaultdict
from hashlib import blake2b

from dossier.model.relations import MEMBER_OF, SAID_BY
from dossier.store.catalogue.queries import Answers

_BITS = (1 << 128) - 1


def number_of(data: bytes) -> int:
    """The BLAKE2b digest of some bytes, 128 bits long."""
    return int.from_bytes(blake2b(data, digest_size=16).digest(), "big")


class PageInputs:
    """The sums of digests for every page of a site."""

    def __init__(self, db: Answers) -> None:
        """Read the whole catalogue once; its statements must have been weighed."""
        self._db = db
        self.files: dict[str, str] = {}
        """The file of every entry."""
        self._digests = {path: int.from_bytes(bytes(digest)[:16], "big") for path, digest in _digests(db)}
        self.own: dict[str, int] = defaultdict(int)
        """What an entry says by itself, with the evidence it rests on and the articles that are named with it."""
        self.said: dict[str, int] = defaultdict(int)
        """Who a quote is said by."""
        self.near: dict[str, int] = defaultdict(int)
        """The same, with its links and the entries at their other ends."""
        self.page: dict[str, int] = defaultdict(int)
        """The same, with what else its page shows: of a delegation its members, of an issue all statements."""
        self.link: dict[int, int] = {}
        """What a link says and rests on, by its number in the catalogue."""
        self._ends: dict[tuple[str, str], tuple[str, str]] = {}
        self._rests: dict[tuple[str, str], int] = defaultdict(int)
        self._anchors: list[tuple[str, str, str, str, str, int]] = []
        self._add_entries()
        self._add_links()
        self._add_anchored()
        self._add_statements()
        self._add_members()

    def whole(self) -> int:
        """What every page shows: the titles, labels and relations that files give for all of the dossier."""
        return sum(number_of(bytes(blob)) for (blob,) in self._db.rows("SELECT sheet FROM files WHERE sheet <> x''"))

    def names(self) -> int:
        """The names that are looked for in articles."""
        return number_of(repr(sorted(self._db.rows("SELECT name, entry, kind FROM names WHERE found = 1"))).encode())

    def _add_entries(self) -> None:
        for entry, file in self._db.rows("SELECT id, file FROM entries WHERE shadow = 0"):
            self.files[entry] = file
            self.own[entry] += self._digests.get(file, 0)
        for article, digest in self._db.rows("SELECT id, digest FROM articles"):
            self.own[article] += number_of(bytes(digest or b""))
        sql = "SELECT owner, file, entry, what, article, status, start, end, record FROM anchors"
        articles = dict(self.own)
        for owner, file, entry, what, article, *found, record in self._db.rows(sql):
            told = number_of(repr(found).encode() + bytes(record or b"")) + articles.get(article, 0)
            self._anchors.append((owner, file, entry, what, article, told))
            if what == "link":
                self._rests[owner, file] += told
            else:
                self.own[entry] += told

    def _add_links(self) -> None:
        self.near.update(self.own)
        sql = "SELECT n, source, relation, target, key, file FROM links"
        for n, source, relation, target, key, file in self._db.rows(sql):
            ends = self.own.get(source, 0), self.own.get(target, 0)
            rests = self._digests.get(file, 0) + self._rests.get((key, file), 0)
            self.link[n] = rests + sum(ends)
            if relation == SAID_BY:
                self.said[source] += ends[1]
            self._ends[key, file] = source, target
            self.near[source] += rests + sum(ends)
            self.near[target] += rests + sum(ends)

    def _add_anchored(self) -> None:
        """To the page of an article, what rests on it."""
        self.page.update(self.near)
        for owner, file, entry, what, article, told in self._anchors:
            ends = self._ends.get((owner, file), (entry, ""))
            about = sum(self.own.get(one, 0) for one in ends) if what == "link" else self.near.get(entry, 0)
            self.page[article] += told + about + self._digests.get(file, 0)

    def _add_statements(self) -> None:
        """To the page of an issue, who said what on it."""
        sql = """SELECT issue, source, side, who, file, statement, mask, attribution, date, lent, origin, article, status,
            start, end, worst FROM stands"""
        for issue, source, side, who, file, statement, *told in self._db.rows(sql):
            about = sum(self.own.get(one, 0) for one in (source, side, who))
            rests = self._digests.get(file, 0) + self._rests.get((statement, file), 0)
            self.page[issue] += number_of(repr((side, who, told)).encode()) + about + rests

    def _add_members(self) -> None:
        for member, delegation in self._db.rows(f"SELECT source, target FROM links WHERE relation = '{MEMBER_OF}'"):
            if member != delegation:
                self.page[delegation] += self.near.get(member, 0)


def _digests(db: Answers) -> list[tuple[str, bytes]]:
    return [(path, bytes(digest or b"")) for path, digest in db.rows("SELECT path, digest FROM files")]


def digest_of(*parts: object) -> str:
    """A short digest of numbers and texts, to be compared with that of an earlier run."""
    return f"{number_of(repr([one & _BITS if isinstance(one, int) else one for one in parts]).encode()):032x}"
