"""An app on the shipped dossier."""

import pytest
from driving import driven


@pytest.fixture
def browsing(seed):
    """`async with browsing() as pilot`: the browse screen on the shipped dossier, or on another folder."""

    def run(folder=None, size=(120, 40), setup=None):
        return driven(folder or seed, size, setup)

    return run
