"""Rows of the catalogue read from one file of a dossier."""

import hashlib
from collections.abc import Callable

from dossier.model.problems import Place
from dossier.model.sheets import FileContents
from dossier.store.catalogue.rows import Rows, rows_of
from dossier.store.files.errors import FileRefused
from dossier.store.files.folder import Folder
from dossier.store.files.paths import is_of_archive
from dossier.store.yaml.extension import below_archive
from dossier.store.yaml.loader import read_front_matter, read_sheet


def read_rows(
    folder: Folder,
    task: tuple[str, str, bytes, bytes | None],
    read_yaml: Callable[[str, bytes], FileContents] = read_sheet,
) -> Rows | None:
    """Return the rows of a file given by role, path, signature and known digest; None when it has that digest."""
    role, file, signature, known = task
    try:
        data = folder.read(file)
    except FileRefused as refused:
        return rows_of(FileContents(file, problems=(refused.problem(Place(file)),)), role, signature, b"")
    digest = hashlib.sha256(data).digest()
    if digest == known:
        return None
    sheet = read_yaml(file, data) if role == "yaml" else read_front_matter(file, data)
    if role == "yaml" and is_of_archive(file):
        sheet = below_archive(sheet)
    return rows_of(sheet, role, signature, digest)
