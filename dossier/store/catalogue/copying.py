"""A copy of a catalogue for another place."""

import sqlite3
from contextlib import closing
from pathlib import Path

from dossier.store.catalogue.catalogue import Catalogue


def copy_catalogue(db: Catalogue, target: Path) -> None:
    """Write a catalogue, as it is at this moment, into a new file; several programs may read and write that as its own.

    Raises:
        sqlite3.DatabaseError: it cannot be written.

    """
    db.run("VACUUM INTO ?", str(target))
    with closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA journal_mode = WAL")
