"""The outcome of a check, kept in the catalogue for the next one."""

import sqlite3
from contextlib import suppress
from typing import Any

import msgspec

from dossier.model.problems import Problem
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.files.folder import Folder

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Problem]).decode


def problems(db: Catalogue, folder: Folder, *, keep: bool) -> list[Problem]:
    """Check a dossier, or tell what the last check found, if nothing was written to the catalogue since.

    With `keep`, what was found is put into the catalogue, unless somebody else writes to it.
    """
    blob = _kept(db, "problems")
    return _check(db, folder, keep=keep) if blob is None else _decode(blob)


def count_unheld(db: Catalogue) -> int:
    """Return how many anchors the lock does not hold, 0 where there is no lock; as the last check found if it may."""
    from dossier.store.sync import lock_checks  # noqa: PLC0415 - what was found before needs none of the rules

    kept = _kept(db, "unheld")
    return lock_checks.count_unheld(db) if kept is None else int(kept)


def _kept(db: Catalogue, column: str) -> Any:
    return db.value(f"SELECT {column} FROM checked WHERE EXISTS (SELECT 1 FROM state WHERE name = 'checked')")


def _check(db: Catalogue, folder: Folder, *, keep: bool) -> list[Problem]:
    from dossier.store.sync import checks, lock_checks  # noqa: PLC0415 - what was found before needs none of the rules
    from dossier.store.sync.sources import ArticleSources  # noqa: PLC0415

    before = db.generation
    sources = ArticleSources(db, folder)
    found = checks.problems(db, sources=sources)
    if keep and not sources.changed:
        open_anchors = lock_checks.count_unheld(db)
        with suppress(sqlite3.OperationalError, OSError), db.transaction(wait=False):  # else the next check keeps it
            if db.generation == before:
                sources.explanations.keep()
                db.run("DELETE FROM checked")
                db.run("INSERT INTO checked VALUES (1, ?, ?)", _encode(found), open_anchors)
                db.run("REPLACE INTO state VALUES ('checked', x'31')")
    return found
