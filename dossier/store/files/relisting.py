"""A folder's listing brought up to date where a watcher says that something changed: twenty thousand files are not
looked at for one.
"""

from collections.abc import Iterable
from pathlib import Path

from dossier.store.files.errors import FileRefused, MissingFile
from dossier.store.files.folder import Folder
from dossier.store.files.listing import FolderListing
from dossier.store.files.paths import is_skipped

MOST = 100
"""Paths that are looked at one by one; for more, looking at the whole folder is as quick."""


def relist(folder: Folder, before: FolderListing, changed: Iterable[Path]) -> FolderListing | None:
    """The contents of the folder now, if `before` is right but for the files at the paths `changed`.

    None when more has changed than single files, such as a folder or a link, and the whole has to be looked at.
    """
    files = dict(before.files)
    left_out = {problem.place.file for problem in before.left_out}
    for path in changed:
        try:
            relative = path.relative_to(folder.root).as_posix()
        except ValueError:
            return None
        if is_skipped(relative):
            continue
        if relative in left_out:
            return None
        if relative not in files and any(one.startswith(f"{relative}/") for one in (*files, *left_out)):
            return None  # it was a folder
        try:
            files[relative] = folder.signature(relative)
        except MissingFile:
            files.pop(relative, None)
        except FileRefused:
            return None
    return FolderListing(dict(sorted(files.items())), before.left_out, before.copies)
