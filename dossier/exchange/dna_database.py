"""A `.dna` file of the Discourse Network Analyzer, 2 or 3, as rows: an SQLite database that is read and never obeyed.

It is opened read-only and immutable; nothing but the columns named here is read, an authorizer refuses all else, and
views, virtual tables and computed columns in the place of tables are refused, so that no SQL of the file runs.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from dossier.exchange.inputs import LARGEST_TEXT
from dossier.model.problems import DossierError

SECONDS = 2.0
"""How long SQLite may work on one file in all, and again for each `_BYTES` of it; what holds it up is let go of."""
_BYTES = 50_000_000
_MOST_ROWS = 400_000
_MOST_IN_ROWS = 100_000_000
_MAGIC = b"SQLite format 3\0"
_NEEDED = ("DOCUMENTS", "STATEMENTS", "STATEMENTTYPES", "VARIABLES", "DATASHORTTEXT")
_OTHER = ("SETTINGS", "DATABOOLEAN", "DATAINTEGER", "DATALONGTEXT", "ENTITIES", "ATTRIBUTES", "ATTRIBUTEVARIABLES",
          "ATTRIBUTEVALUES")  # fmt: skip
_FUNCTIONS = frozenset({"length", "typeof"})
_QUIET = ("trusted_schema = OFF", "query_only = ON", "mmap_size = 0", "cache_size = -8192", "cell_size_check = ON")

Cell = str | int | float | None


class Variable(Struct, frozen=True):
    """A variable of a type of statements."""

    id: int
    name: str
    form: str
    """`short text`, `long text`, `boolean` or `integer`."""
    statement_type: int


class Database:
    """An open `.dna` file."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            DossierError: it is no such file, or holds what none of them holds.

        """
        self.name = str(path)
        _check_file(path)
        self._left = SECONDS * (1 + path.stat().st_size / _BYTES)
        self._until = 0.0
        self._allowed: frozenset[str] = frozenset({"sqlite_master"})
        try:
            where = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
            self._db = sqlite3.connect(where, uri=True, isolation_level=None)
        except sqlite3.Error as error:
            raise DossierError(f"{self.name} cannot be opened ({error}).") from None
        self._db.text_factory = bytes
        self._db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 4 * LARGEST_TEXT)
        self._db.set_progress_handler(lambda: time.thread_time() > self._until, 10_000)
        try:
            for pragma in _QUIET:
                self._db.execute(f"PRAGMA {pragma}")
            self._db.set_authorizer(self._authorize)
            self._look()
        except sqlite3.Error as error:
            self.close()
            raise self._refusal(error) from None
        except DossierError:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _authorize(self, action: int, first: str | None, second: str | None, _db: str | None, inner: str | None) -> int:
        if action == sqlite3.SQLITE_SELECT:
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_READ and inner is None:
            return sqlite3.SQLITE_OK if (first or "") in self._allowed else sqlite3.SQLITE_DENY
        if action == sqlite3.SQLITE_FUNCTION and second in _FUNCTIONS and inner is None:
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    def _look(self) -> None:
        """Take in which tables there are, and refuse what only looks like one."""
        found: dict[str, str] = {}
        self.unused: dict[str, int] = {}
        """How many triggers and views the file has; none of them runs."""
        for kind, name, sql in self._run("SELECT type, name, sql FROM sqlite_master"):
            upper = str(name).upper()
            if kind in ("trigger", "view"):
                self.unused[f"{kind}s"] = self.unused.get(f"{kind}s", 0) + 1
            if upper not in _NEEDED + _OTHER or kind not in ("table", "view"):
                continue
            words = str(sql or "").upper().split()
            if kind == "view" or words[:2] != ["CREATE", "TABLE"] or "GENERATED" in words or "AS" in words:
                raise DossierError(f"{self.name} is refused: {name} in it is no plain table but computes what it says.")
            found[upper] = str(name)
        missing = [name for name in _NEEDED if name not in found]
        if missing:
            raise DossierError(f"{self.name} is no file of DNA 2 or 3: it has no table {missing[0]}.")
        self._tables = found
        self._allowed |= frozenset(found.values())
        self.version = 3 if "ENTITIES" in found else 2

    def rows(self, table: str, *columns: str, where: str = "", values: tuple[int, ...] = ()) -> Iterator[list[Cell]]:
        """The rows of a table, in a fixed order; those of a table that is not there are none."""
        if table not in self._tables:
            return
        sql = f"SELECT {', '.join(columns)} FROM {table}{f' WHERE {where}' if where else ''} ORDER BY ID"  # noqa: S608
        yield from self._run(sql, *values)

    def _run(self, sql: str, *values: int) -> list[list[Cell]]:
        """The rows of a question, all of them at once, so that the time it takes is SQLite's alone."""
        started = time.thread_time()
        self._until = started + self._left
        found: list[list[Cell]] = []
        size = 0
        try:
            for row in self._db.execute(sql, values):
                size += sum(len(value) for value in row if isinstance(value, bytes))
                if len(found) == _MOST_ROWS or size > _MOST_IN_ROWS:
                    raise DossierError(
                        f"{self.name} holds more than an import may have ({_MOST_ROWS:,} rows of a kind)."
                    )
                found.append([self._cell(value) for value in row])
        except (sqlite3.Error, OverflowError) as error:
            raise self._refusal(error) from None
        self._left -= time.thread_time() - started
        return found

    def _cell(self, value: object) -> Cell:
        if not isinstance(value, bytes):
            return value if isinstance(value, (int, float)) else None
        try:
            return value.decode()
        except UnicodeDecodeError as error:
            raise DossierError(f"{self.name} holds text that is no UTF-8 (byte {error.start + 1} of it).") from None

    def _refusal(self, error: Exception) -> DossierError:
        if "interrupted" in str(error):
            return DossierError(f"{self.name} takes SQLite longer than a file of its size may; it is not read.")
        return DossierError(f"{self.name} cannot be read as a file of DNA ({error}).")


def _check_file(path: Path) -> None:
    """Refuse what is no SQLite database, or one that a program has open with changes that are not in it yet."""
    try:
        if not path.is_file():
            raise DossierError(f"{path} is not an ordinary file." if path.exists() else f"There is no file {path}.")
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError as error:
        raise DossierError(f"{path} cannot be read: {error.strerror or error}.") from None
    if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml"):
        raise DossierError(f"{path} is of DNA 1, which wrote XML; open and save it with DNA 2 first.")
    if head != _MAGIC:
        raise DossierError(f"{path} is no file of DNA 2 or 3: it is no SQLite database.")
    for suffix in ("-wal", "-journal"):
        with suppress(OSError):
            if path.with_name(path.name + suffix).stat().st_size:
                raise DossierError(f"{path} has changes that are not in it yet ({suffix}); close the program first.")


def text_of(value: Cell) -> str:
    """A cell as text: SQLite lets any column hold anything."""
    return "" if value is None else str(value)


def whole_of(value: Cell) -> int:
    """A cell as a whole number; -1 when it is none."""
    return value if isinstance(value, int) else -1
