"""Digests of everything in the catalogue that the pages of a site are made from, by page and by the file that says it.

What a file contributes to a page is one number, and the number of a page is the sum of those of all files: when a few
files change, only theirs are worked out anew (`kept_inputs` in this folder keeps them). Within a file the order counts.
That two changes cancel each other is as likely as a collision of 128 bits. The line in which something is written does
not count: a page may be made anew for nothing, but never stays as it was while something that it shows has changed.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

import msgspec
from msgspec import Raw, Struct

from dossier.model.relations import MEMBER_OF, PART_OF, SAID_BY
from dossier.store.catalogue.matrix_queries import MANY, PAIRS, as_parameter
from dossier.store.catalogue.queries import CatalogueQueries

BITS = (1 << 128) - 1
_STEP = 0x5851F42D4C957F2D14057B7EF767814F
"""An odd factor by which numbers that follow each other are told from the same ones in another order."""

RECORD, ROW, PAGE = "n", "r", "p"
"""Kinds of keys, each before an id: the entry itself, its line in a list, its page."""
LINK, LINK_ROW = "k", "w"
"""Before `key NUL file`: a link that says more than what it connects; its line in the timeline, when it is dated."""
POSITION, ISSUE, TALLY = "x", "i", "y"
"""Before `issue NUL side`, the statements of a side on it; before an issue, all of them, and what they add up to."""
DATED, FRAME = "t", "m"
"""What the timeline shows; delegations, people, issues and what belongs to what, on which all other files depend."""

_Anchor = tuple[str, str, str, str, str]
"""File, owner, entry, what it is and article."""
Part = dict[str, int]
"""The contributions of one file, by key."""


class _Words(Struct, frozen=True, array_like=True):
    """An anchor as written, without its place."""

    text: Raw
    article: Raw = Raw(b"")
    before: Raw = Raw(b"")
    after: Raw = Raw(b"")
    occurrence: Raw = Raw(b"")


class _EntryRecord(Struct, frozen=True, array_like=True):
    """The record of an entry, of which the place is not read."""

    id: Raw
    kind: Raw
    title: Raw
    place: Raw
    fields: Raw = Raw(b"")
    wanted: tuple[_Words, ...] = ()
    owner: Raw = Raw(b"")


class _LinkRecord(Struct, frozen=True, array_like=True):
    """The record of a link, of which the places are not read."""

    source: Raw
    relation: Raw
    target: Raw
    place: Raw
    source_place: Raw
    target_place: Raw
    relation_place: Raw = Raw(b"")
    field: Raw = Raw(b"")
    date: Raw = Raw(b"")
    credibility: Raw = Raw(b"")
    note: Raw = Raw(b"")
    wanted: tuple[_Words, ...] = ()
    period: Raw = Raw(b"")
    role: Raw = Raw(b"")

    @property
    def is_plain(self) -> bool:
        """True when it says no more than what it connects."""
        texts = {bytes(one) for one in (self.date, self.note, self.period, self.role)}
        return not self.wanted and bytes(self.credibility) in _NO_NUMBER and texts <= _NO_TEXT


_NO_TEXT = {b"", msgspec.msgpack.encode("")}
_NO_NUMBER = (b"", msgspec.msgpack.encode(0))
_entry = msgspec.msgpack.Decoder(_EntryRecord).decode
_link = msgspec.msgpack.Decoder(_LinkRecord).decode


def number_of(data: bytes) -> int:
    """The BLAKE2b digest of some bytes, 128 bits long."""
    return int.from_bytes(blake2b(data, digest_size=16).digest(), "big")


def number_of_text(text: object) -> int:
    """The number of a text, or of what `repr` says of anything else."""
    return number_of((text if isinstance(text, str) else repr(text)).encode("utf-8", "surrogatepass"))


def _number_of_entry(record: bytes) -> int:
    one = _entry(record)
    return number_of(b"\0".join(map(bytes, (one.id, one.kind, one.title, one.fields, one.owner, *_words(one.wanted)))))


def _number_of_link(one: _LinkRecord) -> int:
    told = (one.source, one.relation, one.target, one.field, one.date, one.credibility, one.note, one.period, one.role)
    return number_of(b"\0".join(map(bytes, (*told, *_words(one.wanted)))))


def _words(wanted: Iterable[_Words]) -> Iterator[Raw]:
    for one in wanted:
        yield from (one.text, one.article, one.before, one.after, one.occurrence)


class PageInputs:
    """Works out what files contribute to the pages; the statements of the catalogue must have been weighed."""

    def __init__(self, db: CatalogueQueries, *, everything: bool = False) -> None:
        """Take the catalogue; `everything` reads all entries at once, for which one by one would take longer."""
        self._db = db
        self._records: dict[str, int] = {}
        self._articles: dict[str, list[str]] = {}
        self._everything = everything
        if everything:
            sql = "SELECT id, record FROM entries WHERE shadow = 0"
            self._records = {one: _number_of_entry(record) for one, record in db.each(sql)}
            self._articles = defaultdict(list)
            for entry, article in db.each("SELECT entry, article FROM anchors WHERE owner = entry ORDER BY n"):
                self._articles[entry].append(article)
        self._sides: dict[str, list[str]] = {}
        for member, side in db.rows(f"SELECT source, target FROM links WHERE relation = '{MEMBER_OF}' ORDER BY n"):
            if member != side:
                self._sides.setdefault(member, []).append(side)

    def record(self, entry: str) -> int:
        """The number of an entry by itself; 0 when there is none."""
        if entry not in self._records:
            sql = "SELECT record FROM entries WHERE id = ? AND shadow = 0 LIMIT 1"
            found = None if self._everything else self._db.value(sql, entry)
            self._records[entry] = _number_of_entry(found) if found is not None else 0
        return self._records[entry]

    def _articles_of(self, entry: str) -> list[str]:
        """The articles that an entry rests on, the first of which may lend it its date."""
        if entry not in self._articles:
            sql = "SELECT article FROM anchors WHERE owner = ? AND entry = owner ORDER BY n"
            self._articles[entry] = [] if self._everything else self._db.values(sql, entry)
        return self._articles[entry]

    def _dated(self, entry: str) -> int:
        """The number of an entry with the articles that it rests on."""
        number = self.record(entry)
        for article in self._articles_of(entry):
            number = (number * _STEP + self.record(article)) & BITS
        return number

    def parts(self, files: Sequence[str]) -> dict[str, Part]:
        """The contributions of some files, by file."""
        found = {file: _FilePart(file) for file in files}
        chosen = as_parameter(files)
        self._add_entries(found, chosen)
        anchors = self._add_anchors(found, chosen)
        links = self._add_links(found, chosen)
        self._add_words(found, anchors, links)
        self._add_statements(found)
        return {file: part.numbers for file, part in found.items()}

    def _add_entries(self, found: "dict[str, _FilePart]", chosen: str) -> None:
        sql = f"SELECT file, id, kind FROM entries WHERE file IN {MANY} AND shadow = 0 ORDER BY n"
        for file, entry, kind in self._db.rows(sql, chosen):
            part, number = found[file], self._dated(entry)
            part.entries.append(entry)
            part.add((RECORD + entry, ROW + entry, PAGE + entry), number)
            if kind in ("quote", "event"):
                part.add((DATED,), number)
            elif kind != "article":
                part.add((FRAME,), number)

    def _add_anchors(self, found: "dict[str, _FilePart]", chosen: str) -> list[_Anchor]:
        """Add what entries rest on; gives file, owner, entry, what it is and article of every anchor."""
        anchors: list[_Anchor] = []
        sql = f"""SELECT file, owner, entry, what, article, status, start, end, record FROM anchors
            WHERE file IN {MANY} ORDER BY n"""
        for file, owner, entry, what, article, status, start, end, record in self._db.rows(sql, chosen):
            part, told = found[file], status.encode() + bytes(record or b"") if status else b""
            shown = number_of(told + article.encode("utf-8", "surrogatepass")) + self.record(article)
            part.rests[owner] = (part.rests.get(owner, part.seed) * _STEP + shown) & BITS
            if what == "link":
                part.statuses[owner] = part.statuses.get(owner, 0) + number_of_text(status)
            else:
                part.add((PAGE + entry,), shown)
                part.add((ROW + entry, DATED), number_of_text(status))
            part.add(
                (PAGE + article,), number_of(told + repr((owner, what, start, end)).encode("utf-8", "surrogatepass"))
            )
            anchors.append((file, owner, entry, what, article))
        return anchors

    def _add_links(self, found: "dict[str, _FilePart]", chosen: str) -> dict[tuple[str, str], int]:
        """Add the links; gives the number of each by file and key."""
        numbers: dict[tuple[str, str], int] = {}
        columns = "file, key, source, relation, target, field, date, record"
        sql = f"SELECT {columns} FROM links WHERE file IN {MANY} ORDER BY n"
        for file, key, source, relation, target, field, date, record in self._db.rows(sql, chosen):
            part = found[file]
            one = _link(record)
            line = (_number_of_link(one) * _STEP + self._dated(source)) * _STEP + self._dated(target)
            number = numbers[file, key] = (line * _STEP + part.rests.get(key, 0)) & BITS
            ends = {source: None, target: None}
            sides = [side for end in ends for side in self._sides.get(end, ()) if side not in ends]
            part.add(dict.fromkeys(PAGE + one for one in (*ends, *sides)), number)
            if relation in (SAID_BY, MEMBER_OF, PART_OF):
                part.add(
                    (ROW + source, DATED, *(PAGE + one for one in dict.fromkeys(self._articles_of(source)))), number
                )
            if relation in (MEMBER_OF, PART_OF) or field == "parent":
                part.add((FRAME,), number)
            if not one.is_plain:
                part.add((f"{LINK}{key}\0{file}",), number)
            if date:
                part.add((f"{LINK_ROW}{key}\0{file}", DATED), line + part.statuses.get(key, 0))
            if not field:
                part.links.append((source, key))
        return numbers

    def _add_words(
        self,
        found: "dict[str, _FilePart]",
        anchors: Iterable[_Anchor],
        links: dict[tuple[str, str], int],
    ) -> None:
        """Add to articles what rests on their words."""
        for file, owner, entry, what, article in anchors:
            about = links.get((file, owner), 0) if what == "link" else self._dated(entry)
            found[file].add((PAGE + article,), about)

    def _add_statements(self, found: "dict[str, _FilePart]") -> None:
        """Add to issues the statements on them."""
        said = {(entry, ""): file for file, part in found.items() for entry in part.entries}
        wanted = [*said, *((source, file) for file, part in found.items() for source, _ in part.links)]
        sql = f"""SELECT source, file, statement, issue, side, who, mask, attribution, date, lent, origin, worst,
            article, status, start, end FROM stands WHERE (source, file) IN {PAIRS}
            ORDER BY source, file, statement, issue, side, who, anchor"""
        for source, file, statement, issue, side, who, *told in self._db.rows(sql, json.dumps(wanted)):
            part = found[file or said[source, ""]]
            about = sum(map(self.record, (source, side, who))) + part.rests.get(statement, 0)
            tally = number_of_text((statement, side, who, *told[:8]))
            position = number_of_text((statement, who, *told)) + about
            part.add((POSITION + issue + "\0" + side,), position)
            part.add((ISSUE + issue,), position * number_of_text(side))
            part.add((TALLY + issue,), tally)


class _FilePart:
    """The numbers of one file, as far as they were worked out."""

    def __init__(self, file: str) -> None:
        self.seed = number_of_text(file)
        self.numbers: Part = {}
        self.rests: dict[str, int] = {}
        """The evidence that each entry or link rests on."""
        self.statuses: dict[str, int] = {}
        """The sureness of the evidence of each link."""
        self.entries: list[str] = []
        self.links: list[tuple[str, str]] = []
        """`(source, key)` of the links that are written in full."""

    def add(self, keys: Iterable[str], number: int) -> None:
        """Add a number that comes behind those added to some keys so far."""
        for key in keys:
            self.numbers[key] = (self.numbers.get(key, self.seed) * _STEP + number) & BITS


def digest_of(*parts: object) -> str:
    """A short digest of numbers and texts, to be compared with that of an earlier run."""
    return f"{number_of(repr([one & BITS if isinstance(one, int) else one for one in parts]).encode()):032x}"
