"""The outcome of a check, kept in the catalogue for the next one."""

import sqlite3
from contextlib import suppress

import msgspec
from msgspec import Struct

from dossier.model.problems import Problem
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.files.folder import Folder


class Checked(Struct, frozen=True):
    """The outcome of a check."""

    problems: list[Problem]
    """In the order of files and lines."""
    unheld: int
    """How many anchors the lock does not hold; 0 where there is no lock."""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Checked).decode


def checked(db: Catalogue, folder: Folder, *, keep: bool) -> Checked:
    """Check a dossier, or tell what the last check found, if nothing was written to the catalogue since.

    With `keep`, what was found is put into the catalogue, unless somebody else writes to it.
    """
    blob = db.value("SELECT outcome FROM checked WHERE EXISTS (SELECT 1 FROM state WHERE name = 'checked')")
    return _check(db, folder, keep=keep) if blob is None else _decode(blob)


def _check(db: Catalogue, folder: Folder, *, keep: bool) -> Checked:
    from dossier.store.sync import checks  # noqa: PLC0415 - what was found before needs none of the rules
    from dossier.store.sync.lock_checks import unheld  # noqa: PLC0415
    from dossier.store.sync.sources import ArticleSources  # noqa: PLC0415

    before = db.generation
    sources = ArticleSources(db, folder)
    found = Checked(checks.problems(db, sources=sources), unheld(db))
    if keep and not sources.changed:
        with suppress(sqlite3.OperationalError), db.transaction(wait=False):  # else the next check keeps it
            if db.generation == before:
                sources.explanations.keep()
                db.run("DELETE FROM checked")
                db.run("INSERT INTO checked VALUES (1, ?)", _encode(found))
                db.run("REPLACE INTO state VALUES ('checked', x'31')")
    return found
