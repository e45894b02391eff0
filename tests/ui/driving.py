"""An app on a dossier, driven as by a reader, for every test that opens one."""

import contextlib

import settling

from dossier.desk.desk import Desk
from dossier.ui.app import DossierApp
from dossier.ui.work.reading import Reading

settling.install()  # no test goes on before all that a key led to is done


@contextlib.asynccontextmanager
async def driven(folder, size=(120, 40), setup=None):
    """The browse screen on a dossier that nobody watches, once it is drawn."""
    desk = Desk.open(folder)
    app = DossierApp(Reading(desk), setup=setup)
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield pilot
    finally:
        desk.close()
