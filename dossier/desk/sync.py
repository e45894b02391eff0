"""The catalogue brought up to date with the dossier's folder, and its statements weighed."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dossier.model.progress import Cancelled, Progress
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.files.fingerprints import unchanged
from dossier.store.files.folder import Folder
from dossier.store.files.listing import FolderListing
from dossier.store.sync.interruption import Interrupted
from dossier.store.sync.turns import wait_for_turn

if TYPE_CHECKING:
    from dossier.store.sync.refresh import Change


class CatalogueSync:
    """The part of a desk that keeps its catalogue up to date with the folder."""

    def __init__(self, catalogue: Catalogue, folder: Folder, archive_catalogue: Path | None) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._archive_catalogue = archive_catalogue
        self._lock = catalogue.path.with_name("writing.lock")

    def refresh(
        self, progress: Progress, cancelled: Cancelled, listing: FolderListing | None, *, watched: bool
    ) -> "Change | None":
        """Refresh as `Desk.refresh` does; statements are weighed too where a screen shows the desk (`watched`)."""
        db = self._catalogue
        try:
            listing = listing or self._folder.listing()
            if unchanged(db, listing):
                if watched:
                    self.weigh(progress)
                return None
            from dossier.store.sync.refresh import Refresh  # noqa: PLC0415 - needs the parser of YAML

            with wait_for_turn(
                self._lock, cancelled
            ):  # what two write between each other's commits would be there twice
                if cancelled():
                    raise Interrupted
                if unchanged(db, listing):  # another program has just read it
                    if watched:
                        self._weigh(progress)
                    return None
                change = Refresh(
                    db,
                    self._folder,
                    progress,
                    cancelled,
                    listing,
                    watched=watched,
                    archive_catalogue=self._archive_catalogue,
                ).run()
        except sqlite3.DatabaseError as error:
            raise db.refusal(error) from error
        db.settle()
        return change

    def begin(self, files: Sequence[str]) -> None:
        """Do what `Desk.begin` says."""
        from dossier.store.sync.file_rows import read_first  # noqa: PLC0415 - needs the parser of YAML

        db = self._catalogue
        try:
            with wait_for_turn(self._lock):
                read_first(db, self._folder, files)
        except sqlite3.DatabaseError as error:
            raise db.refusal(error) from error

    def weigh(self, progress: Progress) -> None:
        """Weigh statements as `Desk.weigh` does."""
        if self._catalogue.unweighed:
            with wait_for_turn(self._lock):
                self._weigh(progress)

    def _weigh(self, progress: Progress) -> None:
        db = self._catalogue
        if not db.unweighed:
            return
        from dossier.store.sync.refresh import Refresh  # noqa: PLC0415 - few starts need it

        try:
            Refresh(db, self._folder, progress).weigh()
        except sqlite3.DatabaseError as error:
            raise db.refusal(error) from error
        db.settle()
