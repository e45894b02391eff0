"""Rows of the catalogue, read from one file of a dossier and put in its place."""

import hashlib
from collections.abc import Sequence

from dossier.model.problems import Place
from dossier.model.sheets import FileContents
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.queries import COUNTING
from dossier.store.catalogue.rows import FIRST_FILES, Rows, rows_of, with_fingerprints
from dossier.store.files.errors import FileRefused
from dossier.store.files.fingerprints import stable
from dossier.store.files.folder import Folder
from dossier.store.files.paths import is_of_archive
from dossier.store.sync.kept_rows import known_rows
from dossier.store.yaml.extension import below_archive
from dossier.store.yaml.loader import read_front_matter, read_sheet


def read_rows(folder: Folder, task: tuple[str, str, bytes, bytes | None], *, kept: bool = False) -> Rows | None:
    """Return the rows of a file given by role, path, signature and known digest; None when it has that digest.

    `kept` says that the rows of the last YAML files are kept: one that is edited was read while that was tried.
    """
    role, file, signature, known = task
    try:
        data = folder.read(file)
    except FileRefused as refused:
        return rows_of(FileContents(file, problems=(refused.problem(Place(file)),)), role, signature, b"")
    digest = hashlib.sha256(data).digest()
    if digest == known:
        return None
    if kept and not is_of_archive(file):
        return with_fingerprints(known_rows(file, data)[1], signature, digest)
    sheet = read_sheet(file, data) if role == "yaml" else read_front_matter(file, data)
    if role == "yaml" and is_of_archive(file):
        sheet = below_archive(sheet)
    return rows_of(sheet, role, signature, digest)


def take_file(db: Catalogue, folder: Folder, file: str) -> None:
    """Put what one YAML file says into a catalogue in place of what it said before; forget it when it is gone."""
    try:
        signature = stable(folder.signature(file))
    except FileRefused:
        db.forget(file)
        return
    rows = read_rows(folder, ("yaml", file, signature, None), kept=True)
    db.forget(file)
    if rows is not None:
        db.keep([rows])


def settle_ids(db: Catalogue) -> None:
    """Decide which of several entries of one id counts, and which article is meant where none is named."""
    db.run("UPDATE entries SET shadow = 0 WHERE shadow = 1")
    for entry_id in db.values("SELECT id FROM entries GROUP BY id HAVING count(*) > 1"):
        numbers = db.values(f"SELECT n FROM entries WHERE id = ? ORDER BY {COUNTING}", entry_id)
        db.run_many("UPDATE entries SET shadow = 1 WHERE n = ?", [(n,) for n in numbers[1:]])
    only = db.values("SELECT id FROM entries WHERE kind = 'article' AND shadow = 0 LIMIT 2")
    article = only[0] if len(only) == 1 else ""
    db.run("UPDATE anchors SET article = ?, digest = NULL WHERE given = '' AND article <> ?", article, article)


def read_first(db: Catalogue, folder: Folder, files: Sequence[str]) -> None:
    """Read some YAML files before anything else is known; no anchor is looked for yet, so that none has a status.

    The first list shows delegations: where the first file has them, no other is read. This stands here and not where a
    catalogue is brought up to date, because what looks for anchors takes time to load that a first screen waits for.
    """
    with db.transaction():
        if db.value("SELECT 1 FROM files") is None:  # else another program has begun
            for file in files:
                take_file(db, folder, file)
                if file in FIRST_FILES and db.value("SELECT 1 FROM entries WHERE kind = 'delegation' LIMIT 1"):
                    break
            settle_ids(db)
