"""Taking over a catalogue whose files were copied to another place, where they have other signatures."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.files.listing import VERSIONS, FolderListing, Signature

_names = msgspec.msgpack.Decoder(list[tuple[str, bytes]]).decode
_encode = msgspec.msgpack.Encoder().encode


def adopt(path: Path, copies: Mapping[str, tuple[bytes, Signature]]) -> None:
    """Let the catalogue at `path` know copied files by their SHA-256 and signature, so that none of them is read anew.

    What was read from a file of another digest keeps its old signature, and is read anew by the next refresh.

    Raises:
        DossierError: the catalogue cannot be written.

    """
    db, _ = Catalogue.sound(path)
    try:
        signatures = {file: _encode(signature) for file, (_, signature) in copies.items()}
        digests = {file: digest for file, (digest, _) in copies.items()}
        with db.transaction():
            for table, key, file in (("files", "path", "path"), ("articles", "id", "path")):
                rows = db.rows(f"SELECT {key}, {file}, digest FROM {table}")
                same = [(signatures[name], mark) for mark, name, one in rows if one and digests.get(name) == one]
                db.run_many(f"UPDATE {table} SET signature = ? WHERE {key} = ?", same)
            for article, blob in db.rows("SELECT path, lines FROM versions"):
                lines = _encode([(name, signatures.get(name, b"")) for name, _ in _names(blob)])
                db.run("UPDATE versions SET lines = ? WHERE path = ?", lines, article)
    finally:
        db.close()


def forget_versions(path: Path, before: FolderListing, after: FolderListing) -> None:
    """Let the catalogue at `path` know no version of an article, where one has changed between two listings.

    A catalogue keeps no digest of them, so a copy cannot be compared with what was read; the next refresh looks for
    the anchors of their articles anew.
    """
    names = {name for name in before.files.keys() | after.files.keys() if VERSIONS in name.split("/")}
    if all(before.files.get(name) == after.files.get(name) for name in names):
        return
    db, _ = Catalogue.sound(path)
    try:
        db.run("DELETE FROM versions")
    finally:
        db.close()
