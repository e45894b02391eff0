from pathlib import Path

import pytest
from opened_engines import need, opened_engine

from dossier.search.engines.engine import open_engine
from dossier.search.engines.table import ENGINES, INDEXED


@pytest.fixture(params=INDEXED)
def engine_name(request):
    """Every engine that keeps an index in a folder."""
    need(request.param)
    return request.param


@pytest.fixture(params=[*INDEXED, *(name for name, row in ENGINES.items() if row.remote)])
def any_engine(request):
    """Every engine that keeps an index, on a server too; each must agree with the one in memory."""
    need(request.param)
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


@pytest.fixture
def empty(any_engine, tmp_path):
    """An engine over an empty index."""
    with opened_engine(any_engine, tmp_path) as engine:
        yield engine
