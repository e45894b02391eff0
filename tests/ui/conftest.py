"""An app on the shipped dossier."""

import pytest
import settling
from driving import driven


@pytest.fixture
def browsing(seed):
    """`async with browsing() as pilot`: the browse screen on the shipped dossier, or on another folder."""

    def run(folder=None, size=(120, 40), setup=None):
        return driven(folder or seed, size, setup)

    return run


@pytest.fixture(autouse=True, scope="session")
def _settled():
    """No test goes on before all that a key led to is done."""
    with pytest.MonkeyPatch.context() as patch:
        settling.install(patch)
        yield
