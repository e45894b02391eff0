"""A digest, per entry, of everything in the catalogue that a page about it is made from.

Digests are added up, so a change of one part changes the sum; that two changes cancel each other is as likely as a
collision of 128 bits. Records hold their place in the file: a page may be made anew for nothing, but never stays as it
was while something that it shows has changed.
"""

from collections import Counter, defaultdict
from hashlib import blake2b

from dossier.model.relations import MEMBER_OF, PART_OF, SAID_BY
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
        self.own: dict[str, int] = defaultdict(int)
        """What an entry says by itself, with the evidence it rests on and the articles that are named with it."""
        self.said: dict[str, int] = defaultdict(int)
        """Who a quote is said by, what a person is a member of or an issue a part of."""
        self.near: dict[str, int] = defaultdict(int)
        """`own` with its links and the entries at their other ends."""
        self.page: dict[str, int] = defaultdict(int)
        """`near` with what else its page shows: of a delegation its members, of an issue all statements."""
        self.text: dict[str, int] = {}
        """The text of an article."""
        self.link: dict[int, int] = {}
        """What a link says and rests on, by its number in the catalogue."""
        self.links: Counter[str] = Counter()
        """How many links an entry has, for a delegation with those of its members."""
        self.position: dict[tuple[str, str], int] = defaultdict(int)
        """The statements of a side on an issue, by `(issue, side)`."""
        self.statements: Counter[str] = Counter()
        """How many pieces of evidence the statements on an issue have, about."""
        self.rows: dict[str, int] = defaultdict(int)
        """Everything that was read from a file, as `rows_of` has it."""
        self.anchored: dict[str, int] = defaultdict(int)
        """All that rests on an article and where, as `anchored_in` has it."""
        self._rests: dict[tuple[str, str], int] = defaultdict(int)
        self._anchors: list[tuple[str, str, str, str, str, int]] = []
        self._ends: dict[tuple[str, str], tuple[str, str]] = {}
        self._add_entries()
        self._add_links()
        self._add_anchored()
        self._add_statements()
        self._add_members()
        del self._anchors, self._rests, self._ends

    def _add_entries(self) -> None:
        for entry, file, record in self._db.each(_ENTRIES):
            self.files[entry] = file
            told = number_of(record)
            self.own[entry] += told
            self.rows[file] += told
        for article, digest in self._db.rows("SELECT id, digest FROM articles"):
            self.text[article] = number_of(bytes(digest or b""))
        articles = dict(self.own)
        for owner, file, entry, what, article, *found, record in self._db.each(_ANCHORS):
            place = _number_of_anchor(owner, file, entry, what, article)
            told = number_of(repr(found).encode() + bytes(record or b""))
            self.rows[file] += place
            self.anchored[article] += place * told
            told += articles.get(article, 0)
            self._anchors.append((owner, file, entry, what, article, told))
            if what == "link":
                self._rests[owner, file] += told
            else:
                self.own[entry] += told

    def _add_links(self) -> None:
        self.near.update(self.own)
        for n, source, relation, target, key, file, record in self._db.each(_LINKS):
            ends = self.own.get(source, 0), self.own.get(target, 0)
            number = number_of(record)
            self.rows[file] += number
            told = self._rests[key, file] = self._rests.get((key, file), 0) + number
            self._ends[key, file] = source, target
            self.link[n] = told + sum(ends)
            if relation in (SAID_BY, MEMBER_OF, PART_OF):
                self.said[source] += ends[1] + (number_of(record) if relation == MEMBER_OF else 0)
            for one in {source, target}:
                self.near[one] += self.link[n]
                self.links[one] += 1

    def _add_anchored(self) -> None:
        """The inputs of an article's page that rest on it."""
        self.page.update(self.near)
        for owner, file, entry, what, article, told in self._anchors:
            if what == "link":
                ends = self._ends.get((owner, file), (entry, ""))
                about = self._rests.get((owner, file), 0) + sum(self.own.get(one, 0) for one in ends)
            else:
                about = self.near.get(entry, 0)
            self.page[article] += told + about

    def _add_statements(self) -> None:
        """The inputs of an issue's page: the statements on it."""
        sql = """SELECT issue, source, side, who, file, statement, mask, attribution, date, lent, origin, article,
            status, start, end, worst FROM stands"""
        for issue, source, side, who, file, statement, *told in self._db.each(sql):
            about = sum(self.own.get(one, 0) for one in (source, side, who)) + self._rests.get((statement, file), 0)
            self.position[issue, side] += number_of(repr((who, told)).encode()) + about
            self.statements[issue] += 1
        for (issue, side), sum_of in self.position.items():
            self.page[issue] += number_of(side.encode("utf-8", "surrogatepass")) + sum_of

    def _add_members(self) -> None:
        for member, delegation in self._db.rows(f"SELECT source, target FROM links WHERE relation = '{MEMBER_OF}'"):
            if member != delegation:
                self.page[delegation] += self.near.get(member, 0)
                self.links[delegation] += self.links[member]


def whole(db: Answers) -> int:
    """A number of what every page shows: the titles, labels and relations that files give for all of the dossier."""
    return sum(number_of(bytes(blob)) for (blob,) in db.rows("SELECT sheet FROM files WHERE sheet <> x''"))


def names(db: Answers) -> int:
    """A number of the names that are looked for in articles."""
    return number_of(repr(sorted(db.rows("SELECT name, entry, kind FROM names WHERE found = 1"))).encode())


def rows_of(db: Answers, file: str) -> int:
    """A number of what was read from a file, names apart: it differs when that does."""
    read = sum(number_of(row[-1]) for row in db.each(f"{_ENTRIES} AND file = ?", file))
    read += sum(number_of(row[-1]) for row in db.each(f"{_LINKS} WHERE file = ?", file))
    return read + sum(_number_of_anchor(*row[:5]) for row in db.each(f"{_ANCHORS} WHERE file = ?", file))


def anchored_in(db: Answers, article: str) -> int:
    """A number of all that rests on an article, and of where it stands."""
    return sum(
        _number_of_anchor(*row[:5]) * number_of(repr([*row[5:-1]]).encode() + bytes(row[-1] or b""))
        for row in db.each(f"{_ANCHORS} WHERE article = ?", article)
    )


def _number_of_anchor(*place: str) -> int:
    """A number of what an anchor belongs to."""
    return number_of(repr(place).encode("utf-8", "surrogatepass"))


_ENTRIES = "SELECT id, file, record FROM entries WHERE shadow = 0"
_LINKS = "SELECT n, source, relation, target, key, file, record FROM links"
_ANCHORS = "SELECT owner, file, entry, what, article, status, start, end, record FROM anchors"


def digest_of(*parts: object) -> str:
    """A short digest of numbers and texts, to be compared with that of an earlier run."""
    return f"{number_of(repr([one & _BITS if isinstance(one, int) else one for one in parts]).encode()):032x}"
