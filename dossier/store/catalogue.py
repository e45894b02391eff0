"""The catalogue: what was read, checked and resolved of a dossier, in one SQLite file beside its index.

It is derived and may be deleted. Each row belongs to the file it was read from and says only what that file says, so
that a changed file is replaced alone; what takes several files to know is asked of the rows when it is wanted.
"""

import sqlite3
from pathlib import Path
from typing import Any

import msgspec

from dossier.model.anchors import Evidence
from dossier.model.entries import Entry, Link, Wanted
from dossier.model.sheets import Sheet

VERSION = 1
"""Of the tables below; a catalogue of another version is made anew."""

_TABLES = """
CREATE TABLE files(path TEXT PRIMARY KEY, role TEXT, signature BLOB, digest BLOB, sheet BLOB) WITHOUT ROWID;
CREATE TABLE entries(n INTEGER PRIMARY KEY, id TEXT, kind TEXT, file TEXT, rank TEXT, ord INTEGER, owner TEXT,
    title TEXT, date TEXT, shadow INTEGER DEFAULT 0, record BLOB);
CREATE INDEX entries_id ON entries(id);
CREATE INDEX entries_file ON entries(file);
CREATE INDEX entries_kind ON entries(kind, shadow, rank, ord, owner, id);
CREATE TABLE names(name TEXT, entry TEXT, kind TEXT, file TEXT, found INTEGER);
CREATE INDEX names_file ON names(file);
CREATE TABLE links(n INTEGER PRIMARY KEY, source TEXT, relation TEXT, target TEXT, field TEXT, key TEXT, file TEXT,
    rank TEXT, ord INTEGER, record BLOB);
CREATE INDEX links_source ON links(source, target);
CREATE INDEX links_target ON links(target, source);
CREATE INDEX links_file ON links(file);
CREATE TABLE anchors(n INTEGER PRIMARY KEY, owner TEXT, ordinal INTEGER, entry TEXT, what TEXT, file TEXT,
    given TEXT, article TEXT, digest BLOB, status TEXT, start INTEGER, end INTEGER, wanted BLOB, record BLOB);
CREATE INDEX anchors_owner ON anchors(owner, file, ordinal);
CREATE INDEX anchors_file ON anchors(file);
CREATE INDEX anchors_article ON anchors(article, start);
CREATE INDEX anchors_status ON anchors(status);
CREATE INDEX anchors_new ON anchors(article) WHERE digest IS NULL;
CREATE TABLE articles(id TEXT PRIMARY KEY, path TEXT, digest BLOB, signature BLOB, problems BLOB) WITHOUT ROWID;
CREATE TABLE indexed(engine TEXT, unit TEXT, stamp BLOB, keys BLOB, PRIMARY KEY (engine, unit)) WITHOUT ROWID;
"""

_encode = msgspec.msgpack.Encoder().encode
_entry = msgspec.msgpack.Decoder(Entry).decode
_link = msgspec.msgpack.Decoder(Link).decode
_evidence = msgspec.msgpack.Decoder(Evidence).decode
_wanted = msgspec.msgpack.Decoder(Wanted).decode
_sheet = msgspec.msgpack.Decoder(Sheet).decode


class Catalogue:
    """An open catalogue. One connection; use it from one thread at a time, and open another for another thread."""

    def __init__(self, path: Path) -> None:
        """Open or make the catalogue at `path`.

        Raises:
            sqlite3.DatabaseError: the file is damaged; set it aside and make it anew.

        """
        self.path = path
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=200)
        try:
            self._db.execute("PRAGMA busy_timeout = 10000")
            self._db.execute("PRAGMA trusted_schema = OFF")
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version != VERSION:
                self._make()
            self._db.execute("PRAGMA synchronous = NORMAL")
        except sqlite3.DatabaseError:
            self._db.close()
            raise

    def _make(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("BEGIN IMMEDIATE")
        if self._db.execute("PRAGMA user_version").fetchone()[0] != VERSION:  # another program may have come first
            for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
                self._db.execute(f'DROP TABLE "{name}"')
            for statement in _TABLES.split(";"):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {VERSION}")
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """Every row of a query, as tuples."""
        return self._db.execute(sql, values).fetchall()

    def values(self, sql: str, *values: Any) -> list[Any]:
        """The first column of every row of a query."""
        return [row[0] for row in self._db.execute(sql, values)]

    def value(self, sql: str, *values: Any) -> Any:
        """The first column of the first row of a query; None when there is no row."""
        row = self._db.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def run(self, sql: str, *values: Any) -> None:
        """Carry out a statement."""
        self._db.execute(sql, values)

    def run_many(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        """Carry out a statement once per row."""
        self._db.executemany(sql, rows)

    @property
    def generation(self) -> int:
        """A number that differs once any connection has written since it was last asked for."""
        return int(self.value("PRAGMA data_version")) * 1_000_000 + self._db.total_changes

    def entries(self, where: str, *values: Any) -> list[Entry]:
        """The entries of a condition on the table `entries`."""
        return [_entry(blob) for blob in self.values(f"SELECT record FROM entries WHERE {where}", *values)]

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of that id."""
        found = self.entries("id = ? AND shadow = 0 LIMIT 1", entry_id)
        return found[0] if found else None

    def entry_rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a query whose second column is an entry's record, with the entry in its place."""
        return [(n, _entry(blob), *rest) for n, blob, *rest in self.rows(sql, *values)]

    def links(self, where: str, *values: Any) -> list[tuple[str, Link]]:
        """`(key, link)` of a condition on the table `links`, in the order written."""
        sql = f"SELECT key, record FROM links WHERE {where} ORDER BY {ORDER}"
        return [(key, _link(blob)) for key, blob in self.rows(sql, *values)]

    def evidence(self, where: str, *values: Any) -> list[Evidence]:
        """The resolved evidence of a condition on the table `anchors`."""
        sql = f"SELECT record FROM anchors WHERE record IS NOT NULL AND {where}"
        return [_evidence(blob) for blob in self.values(sql, *values)]

    def sheets(self) -> list[Sheet]:
        """What every file says besides its entries and links, in the order of files."""
        return [_sheet(blob) for blob in self.values(f"SELECT sheet FROM files ORDER BY {FILE_ORDER}") if blob]

    def forget(self, file: str) -> None:
        """Take out everything that was read from `file`."""
        for table in ("entries", "names", "links", "anchors"):
            self.run(f"DELETE FROM {table} WHERE file = ?", file)
        self.run("DELETE FROM files WHERE path = ?", file)

    def keep(self, sheet: Sheet, role: str, signature: bytes, digest: bytes) -> None:
        """Put in what was read from a file, in place of what was known of it."""
        self.forget(sheet.file)
        rank = "" if sheet.file == FIRST_FILE else sheet.file
        rest = msgspec.structs.replace(sheet, entries=(), links=())
        self.run("INSERT INTO files VALUES (?,?,?,?,?)", sheet.file, role, signature, digest, _encode(rest))
        self.run_many(
            "INSERT INTO entries(id,kind,file,rank,ord,owner,title,date,record) VALUES (?,?,?,?,?,?,?,?,?)",
            [
                (e.id, e.kind, sheet.file, rank, at, e.owner, e.title, _date(e), _encode(e))
                for at, e in enumerate(sheet.entries)
            ],
        )
        self.run_many("INSERT INTO names VALUES (?,?,?,?,?)", _names(sheet))
        keys = _keys(sheet.links)
        self.run_many(
            "INSERT INTO links(source,relation,target,field,key,file,rank,ord,record) VALUES (?,?,?,?,?,?,?,?,?)",
            [
                (link.source, link.relation, link.target, link.field, key, sheet.file, rank, at, _encode(link))
                for at, (key, link) in enumerate(zip(keys, sheet.links, strict=True))
            ],
        )
        anchors: list[tuple[str, int, str, str, Wanted]] = [
            (e.id, at, e.id, e.kind, w) for e in sheet.entries for at, w in enumerate(e.wanted)
        ]
        anchors += [
            (key, at, link.source, "link", w)
            for key, link in zip(keys, sheet.links, strict=True)
            for at, w in enumerate(link.wanted)
        ]
        self.run_many(
            "INSERT INTO anchors(owner,ordinal,entry,what,file,given,article,wanted) VALUES (?,?,?,?,?,?,?,?)",
            [
                (owner, at, entry, what, sheet.file, w.article, w.article, _encode(w))
                for owner, at, entry, what, w in anchors
            ],
        )

    def unresolved(self, article: str) -> list[tuple[int, str, int, Wanted]]:
        """`(n, owner, ordinal, wanted)` of the anchors into an article that are still to be looked for."""
        sql = "SELECT n, owner, ordinal, wanted FROM anchors WHERE digest IS NULL AND article = ?"
        return [(n, owner, at, _wanted(blob)) for n, owner, at, blob in self.rows(sql, article)]

    def resolve(self, found: list[tuple[int, Evidence]], digest: bytes) -> None:
        """Put down what was found of anchors, by the numbers that `unresolved` gave."""
        self.run_many(
            "UPDATE anchors SET digest = ?, status = ?, start = ?, end = ?, record = ? WHERE n = ?",
            [(digest, e.status, e.start, e.end, _encode(e), n) for n, e in found],
        )


FIRST_FILE = "dossier.yaml"
"""The file that makes a folder a dossier; it is told before all others."""

FILE_ORDER = f"path <> '{FIRST_FILE}', path"
"""The order in which files are told."""

ORDER = "rank, ord"
"""The order in which entries and links were written."""


def _date(entry: Entry) -> str:
    return entry.text({"event": "when", "article": "published"}.get(entry.kind, "date"))


def _names(sheet: Sheet) -> list[tuple[Any, ...]]:
    named = ("delegation", "person", "issue", "event")
    return [
        (name, e.id, e.kind, sheet.file, e.kind != "event" and e.fields.get("mentions") is not False)
        for e in sheet.entries
        if e.kind in named
        for name in e.names
    ]


def _keys(links: tuple[Link, ...]) -> list[str]:
    """The key of each link; a second one alike in the same file is told apart by its number."""
    seen: dict[str, int] = {}
    keys = []
    for link in links:
        number = seen[link.key] = seen.get(link.key, 0) + 1
        keys.append(link.key if number == 1 else f"{link.key} #{number}")
    return keys
