"""Statements of the files about the dossier as a whole, stored together so that a start reads no other file."""

import msgspec
from msgspec import Struct

from dossier.model.relations import BUILT_IN, Relation
from dossier.store.catalogue.catalogue import Catalogue


class HeadRecord(Struct, frozen=True, omit_defaults=True):
    """The merged heads of all files; of several that say a thing, the first counts."""

    fields: dict[str, str] = {}
    """`title`, `summary`, `language`, …"""
    labels: dict[str, str] = {}
    """Own names of sections, by the section's name."""
    relations: dict[str, Relation] = {}
    """Relations that are declared, by name."""
    counts: dict[str, int] = {}
    """How many entries there are of each kind."""


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(HeadRecord).decode


def head(db: Catalogue) -> HeadRecord:
    """The head as it was kept last; gathered from the files while none was."""
    blob = db.value("SELECT value FROM state WHERE name = 'head'")
    return gather(db) if blob is None else _decode(blob)


def is_kept(db: Catalogue) -> bool:
    """Return whether there is one that was kept."""
    return db.value("SELECT 1 FROM state WHERE name = 'head'") is not None


def forget(db: Catalogue) -> None:
    """Let go of what was kept: the files may say something else by now."""
    db.run("DELETE FROM state WHERE name = 'head'")


def keep(db: Catalogue) -> None:
    """Gather the head and keep it, with the counts of a first screen."""
    db.counts.settle()
    db.run("REPLACE INTO state VALUES ('head', ?)", _encode(gather(db)))


def gather(db: Catalogue) -> HeadRecord:
    """The head as the files have it."""
    fields: dict[str, str] = {}
    labels: dict[str, str] = {}
    relations: dict[str, Relation] = {}
    for sheet in db.sheets():
        for name, value in sheet.header.items():
            fields.setdefault(name, str(value))
        for name, label in sheet.labels.items():
            labels.setdefault(name, label)
        for relation in reversed(sheet.relations):
            relations[relation.name] = relation
    counts = dict(db.rows("SELECT kind, count(*) FROM entries WHERE shadow = 0 GROUP BY kind"))
    return HeadRecord(fields, labels, relations, counts)


def relations(db: Catalogue) -> dict[str, Relation]:
    """The relations that links may have: the built-in ones, and those the dossier declares."""
    return BUILT_IN | {relation.name: relation for sheet in db.sheets() for relation in reversed(sheet.relations)}
