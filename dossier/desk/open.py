"""Opening a dossier for someone who wants to see it: at once, on what is known of it."""

from pathlib import Path

from dossier.desk.desk import Desk
from dossier.store.files.folder import Folder

SMALL = 200
"""Files that are read before the first screen when nothing is known of them; more are read behind it."""


def start(path: Path, engine: str = "whoosh") -> Desk:
    """The dossier in the folder `path` as it was last read; one that never was is read first, if it is small.

    Raises:
        DossierError: it cannot be read.

    """
    desk = Desk.open(path, refresh=False, engine=engine)
    desk.has_ui = True
    if desk.content is None and len(Folder(desk.root).listing().files) <= SMALL:
        desk.refresh()
    return desk
