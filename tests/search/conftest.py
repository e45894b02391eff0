from pathlib import Path

import pytest

from dossier.search.engines.engine import open_engine
from dossier.search.engines.table import ENGINES, INDEXED


@pytest.fixture(params=INDEXED)
def engine_name(request):
    """Every engine that keeps an index; each must agree with the one in memory."""
    pytest.importorskip(ENGINES[request.param].library or "dossier")
    return request.param


@pytest.fixture
def fresh(engine_name, tmp_path):
    """Opens empty indexes, one after the other, and closes them all."""
    opened = []

    def make(folder: Path | None = None):
        if folder is None:
            folder = tmp_path / str(len(opened))
            folder.mkdir()
        engine = open_engine(engine_name, folder)
        opened.append(engine)
        return engine

    yield make
    for engine in opened:
        engine.close()
