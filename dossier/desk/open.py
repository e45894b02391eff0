"""Open a dossier for display: at once, from what the catalogue has of it."""

from itertools import accumulate
from pathlib import Path

from dossier.desk.desk import Desk
from dossier.store.catalogue.rows import FIRST_FILES
from dossier.store.files.listing import FolderListing

SMALL = 200
"""Files that are read before the first screen when nothing is known of them; more are read behind it."""


BEFORE = 150_000
"""Bytes of YAML that are read before the first screen of a larger dossier: about 60 ms."""


def start(path: Path, engine: str = "whoosh") -> Desk:
    """Open the dossier in the folder `path` as it was last read.

    One that never was is read first, if it is small; of another the first file is, which often holds its delegations
    and issues, so that the first screen has a list while the rest is read behind it. Where it holds none, more are.

    Raises:
        DossierError: it cannot be read.

    """
    desk = Desk.open(path, refresh=False, engine=engine)
    desk.has_ui = True
    if desk.content is None:
        listing = desk.extended.with_files_of(desk.root).listing()
        if len(listing.files) <= SMALL:
            desk.refresh(listing=listing)
        else:
            desk.begin(first_files(listing))
    return desk


def first_files(listing: FolderListing) -> list[str]:
    """The YAML files that are read first: as many as take little time."""
    files = sorted(listing.yaml_files(), key=lambda file: file not in FIRST_FILES)
    sizes = accumulate(listing.files[file][1] for file in files)
    return [file for file, size in zip(files, sizes, strict=True) if size <= BEFORE]
