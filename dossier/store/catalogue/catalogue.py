"""The catalogue: what was read, checked and resolved of a dossier, in one SQLite file beside its index.

It is derived and may be deleted. Each row belongs to the file it was read from and says only what that file says, so
that a changed file is replaced alone; what takes several files to know is asked of the rows when it is wanted.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from dossier.model.problems import DossierError
from dossier.store.catalogue.checksum import Seal
from dossier.store.catalogue.database_file import OPENED, describe_failure, discard, identity_of
from dossier.store.catalogue.queries import CatalogueQueries
from dossier.store.catalogue.rows import INSERTS, Rows
from dossier.store.catalogue.tables import INDEXES, INDEXES_OF_FOUND, TABLES
from dossier.store.files.code_version import code_version
from dossier.store.sync.turns import wait_for_turn

_ROOM = 64_000_000
"""Bytes of the catalogue that are held in memory, and that its journal may grow to, while much is written."""
_PATIENCE = "PRAGMA busy_timeout = 10000"


@cache
def _version() -> int:
    """A number that differs when the code that fills the tables does; a catalogue of another one is made anew."""
    package = Path(__file__).parents[2]
    return code_version(package / "store", package / "model") & 0x7FFFFFFF or 1


def _check(seal: Seal, content: Callable[[], bytes]) -> None:
    if seal.broken(content):
        raise sqlite3.DatabaseError("not as it was written")


class Catalogue(CatalogueQueries):
    """An open catalogue. One connection; use it from one thread at a time, and open another for another thread."""

    def __init__(self, path: Path) -> None:
        """Open or make the catalogue at `path`.

        Raises:
            sqlite3.DatabaseError: the file is damaged; set it aside and make it anew.

        """
        self.path = path
        self._seal = Seal(path)
        self._opened = 0
        super().__init__(sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=200))
        try:
            self._db.execute(_PATIENCE)
            _check(self._seal, self._content)
            self._db.execute("PRAGMA trusted_schema = OFF")
            version = _version()
            if self.value("PRAGMA user_version") != version:
                with wait_for_turn(path.with_name("making.lock")):
                    if self.value("PRAGMA user_version") != version:  # another program may have come first
                        self._seal.take_off()
                        self._make(version)
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._file = identity_of(path)
        except sqlite3.DatabaseError:
            self._db.close()
            raise

    def _content(self) -> bytes:
        """All of the file; nothing when SQLite cannot make sense of it."""
        try:
            return self._db.serialize()
        except sqlite3.OperationalError:
            return b""

    def _make(self, version: int) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("BEGIN IMMEDIATE")
        if self.value("PRAGMA user_version") != version:  # another program may have come first
            for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
                self._db.execute(f'DROP TABLE "{name}"')
            for statement in TABLES.split(";"):
                self._db.execute(statement)
            self.make_indexes()
            self._db.execute(f"PRAGMA user_version = {version}")
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.ProgrammingError):  # it was closed before
            self.release()
        self.settle()
        self._db.close()

    def hold(self) -> None:
        """Read everything as it is at this moment, whatever others write, until the next `hold`."""
        self.release()
        self._follow()
        self._db.execute("BEGIN")
        self.value("SELECT 1 FROM state")  # SQLite takes the moment of the first look

    def release(self) -> None:
        """Read what others write as soon as it is written."""
        if self._db.in_transaction:
            self._db.execute("COMMIT")

    @property
    def content(self) -> bytes | None:
        """A value that differs when what was read of the dossier's files does; None until all were read once."""
        told = dict(self.rows("SELECT name, value FROM state WHERE name IN ('content', 'folder')"))
        return bytes(told.get("content", b"")) if "folder" in told else None

    def settle(self) -> None:
        """Move what SQLite's journal holds into the file and seal it; when that cannot be at once, another time."""
        try:
            if self._db.in_transaction or self._seal.holds():
                return
            self._seal.take_off()
            self._db.execute("PRAGMA busy_timeout = 0")
            try:
                self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                self._seal.put(self._content)
            finally:
                self._db.execute(_PATIENCE)
        except (OSError, sqlite3.Error):  # a full disk, a damaged file: told when it matters
            return

    @classmethod
    def sound(cls, path: Path) -> "tuple[Catalogue, str]":
        """The catalogue at `path`, and a line of notice; one that is damaged is thrown away.

        Raises:
            DossierError: there can be none.

        """
        OPENED.add(path)
        try:
            return cls(path), ""
        except sqlite3.OperationalError as error:
            raise DossierError(describe_failure(path, error)) from error
        except sqlite3.DatabaseError:
            discard(path)
            return cls(path), "The catalogue of this dossier was damaged; it was made anew."

    def refusal(self, error: sqlite3.DatabaseError) -> DossierError:
        """The message for the user about an error; a damaged catalogue is thrown away."""
        if type(error) is not sqlite3.DatabaseError:  # which alone says that the file is no good
            return DossierError(describe_failure(self.path, error))
        self._db.close()
        discard(self.path)
        return DossierError("The catalogue of this dossier was damaged and has been thrown away; do this once more.")

    def run(self, sql: str, *values: Any) -> None:
        """Carry out a statement."""
        if sql.startswith("BEGIN"):
            self._begin(sql)
        else:
            self._db.execute(sql, values)

    def _begin(self, sql: str) -> None:
        """Begin to write: whatever that will be, what the last check found may not be so then."""
        self._seal.take_off()
        self._db.execute(sql)
        try:
            self._db.execute("DELETE FROM state WHERE name = 'checked'")
        except sqlite3.Error:
            self.release()
            raise

    def run_many(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        """Carry out a statement once per row."""
        self._db.executemany(sql, rows)

    @property
    def generation(self) -> int:
        """A number that differs once any connection has written since it was last asked for."""
        self._follow()
        known = int(self.value("PRAGMA data_version")) * 1_000_000 + self._db.total_changes
        return self._opened * 10**12 + known

    def _follow(self) -> None:
        """Read another file that stands in the place of the one that is open, once it was read to its end.

        A cache may be deleted at any time; what changes from then on is put into the file that is made anew.
        """
        if self._db.in_transaction or identity_of(self.path) in (self._file, None):
            return
        try:
            other = Catalogue(self.path)
        except (OSError, sqlite3.DatabaseError):
            return
        if other.content is None:
            other._db.close()
            return
        self._db.close()
        self._db, self.counts, self._file = other._db, other.counts, other._file
        self._opened += 1

    def forget(self, file: str) -> None:
        """Take out everything that was read from `file`."""
        if self.weighed:
            self.run(_UNWEIGH, file)
        self.counts.take_out(file)
        for table in ("entries", "names", "links", "anchors"):
            self.run(f"DELETE FROM {table} WHERE file = ?", file)
        self.run("DELETE FROM files WHERE path = ?", file)

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Write much at once: until the end it stays in memory and in the journal for longer."""
        self._db.execute(f"PRAGMA cache_size = -{_ROOM // 1024}")
        self._db.execute(f"PRAGMA wal_autocheckpoint = {_ROOM // 4096}")
        try:
            yield
        finally:
            self._db.execute("PRAGMA cache_size = -2000")
            self._db.execute("PRAGMA wal_autocheckpoint = 1000")

    @contextmanager
    def transaction(self, *, wait: bool = True) -> Iterator[None]:
        """Write as a whole or not at all.

        Raises:
            sqlite3.OperationalError: others write, and it is not to `wait` for them or took too long.

        """
        if not wait:
            self._db.execute("PRAGMA busy_timeout = 0")
        try:
            self.run("BEGIN IMMEDIATE")
        finally:
            if not wait:
                self._db.execute(_PATIENCE)
        try:
            yield
        except BaseException:
            self.run("ROLLBACK")
            raise
        self.run("COMMIT")

    def drop_indexes(self) -> None:
        """Take away what only questions need, until `make_indexes`: many rows are put in in half the time."""
        for name in self.values("SELECT name FROM sqlite_master WHERE type = 'index'"):
            if f" {name} ON " in INDEXES + INDEXES_OF_FOUND:
                self._db.execute(f'DROP INDEX "{name}"')

    def make_indexes(self, *, found: bool = True) -> None:
        """Make what is missing of all that makes questions quick, or of what does not hang on what was `found`."""
        for statement in (INDEXES + INDEXES_OF_FOUND if found else INDEXES).split(";"):
            self._db.execute(statement)

    def publish(self) -> None:
        """Let others see what was written so far, and go on writing."""
        self.run("COMMIT")
        self.run("BEGIN IMMEDIATE")

    @property
    def weighed(self) -> bool:
        """True once its statements were weighed; until then all are to be, and it need not be put down which."""
        return self.value("SELECT 1 FROM weighed WHERE name = 'frame'") is not None

    @property
    def unweighed(self) -> bool:
        """Return whether files were read whose statements are not weighed yet."""
        return not self.weighed or bool(self.value("SELECT 1 FROM unweighed LIMIT 1"))

    def keep(self, rows: Iterable[Rows]) -> None:
        """Put in what was read from files; what was known of them is to be forgotten first."""
        tables: Rows = {table: [] for table in INSERTS}
        for one in rows:
            for table, some in one.items():
                tables[table] += some
        self.counts.put_in(tables["links"])
        for table, sql in INSERTS.items():
            if tables[table]:
                self.run_many(sql, tables[table])
        if self.weighed:
            self.run_many(_UNWEIGH, [(file,) for file, *_ in tables["files"]])

    def resolve(self, found: Mapping[str, Iterable[tuple[Any, ...]]]) -> None:
        """Put down what was found of anchors, by article: digest, status, start, end, noted, record, number."""
        sql = "UPDATE anchors SET digest = ?, status = ?, start = ?, end = ?, noted = ?, record = ? WHERE n = ?"
        resolved = [row for rows in found.values() for row in rows]
        self.counts.resolve(resolved)
        self.run_many(sql, resolved)
        if self.weighed:
            self.run_many("INSERT OR IGNORE INTO unweighed VALUES ('article', ?)", [(article,) for article in found])


_UNWEIGH = """INSERT OR IGNORE INTO unweighed SELECT 'file', ?1
    UNION ALL SELECT 'source', id FROM entries WHERE file = ?1
    UNION ALL SELECT 'links', source || char(10) || ?1 FROM links WHERE file = ?1
    UNION ALL SELECT 'article', id FROM entries WHERE file = ?1 AND kind = 'article'
    UNION ALL SELECT 'article', article FROM anchors WHERE file = ?1"""
"""Marks whose statements `dossier.store.catalogue.matrix_cache` has to count again when a file comes or goes."""
