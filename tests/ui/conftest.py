"""An app on a dossier, driven as by a reader."""

import contextlib

import pytest

from dossier.desk.desk import Desk
from dossier.ui.app import DossierApp
from dossier.ui.reading import Reading


@pytest.fixture
def browsing(seed):
    """`async with browsing() as pilot`: the browse screen on the shipped dossier, or on another folder."""

    @contextlib.asynccontextmanager
    async def run(folder=None, size=(120, 40), setup=None):
        desk = Desk.open(folder or seed)
        app = DossierApp(Reading(desk), setup=setup)
        try:
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                yield pilot
        finally:
            desk.close()

    return run
