"""What commands ask of a catalogue, counted: the same on every machine, however busy."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from click.testing import CliRunner

from dossier.cli import main


@dataclass
class SqlCounts:
    """The statements carried out and the rows handed to Python, of every connection opened meanwhile."""

    statements: list[str] = field(default_factory=list)
    rows: int = 0
    steps: int = 0
    """Instructions of SQLite's virtual machine: some for each row that is looked at, also where none is handed over."""

    def of(self, *words: str) -> list[str]:
        """The statements that hold all of some words."""
        return [one for one in self.statements if all(word in one for word in words)]

    def _row(self, _cursor: sqlite3.Cursor, row: tuple[object, ...]) -> tuple[object, ...]:
        self.rows += 1
        return row

    def _step(self) -> int:
        self.steps += 1
        return 0


@contextmanager
def count_sql() -> Iterator[SqlCounts]:
    """Count what is asked of databases that are opened while it holds."""
    counts = SqlCounts()
    connect = sqlite3.connect

    def connected(*args, **kwargs):
        connection = connect(*args, **kwargs)
        connection.row_factory = counts._row
        connection.set_progress_handler(counts._step, 1)
        connection.set_trace_callback(counts.statements.append)
        return connection

    with patch.object(sqlite3, "connect", connected):
        yield counts


def run_counted(*words: object) -> SqlCounts:
    """Carry out a command that has to end well, and count what it asks of the catalogue."""
    with count_sql() as counts:
        result = CliRunner().invoke(main, list(map(str, words)))
    assert result.exit_code == 0, result.output
    return counts
