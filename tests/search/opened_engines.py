"""Empty engines for tests, wherever their index is."""

from contextlib import contextmanager
from pathlib import Path

import pytest

from dossier.search.engines.engine import open_engine
from dossier.search.engines.server import Server
from dossier.search.engines.table import ENGINES
from tools import opensearch

_free: list[str] = []
_made: list[str] = []


def need(name):
    """Skip a test where an engine cannot be used."""
    pytest.importorskip(ENGINES[name].library or "dossier")
    if ENGINES[name].remote and (why := opensearch.lacking()):
        pytest.skip(why)


@contextmanager
def opened_engine(name, folder: Path):
    """An engine over an empty index; on a server, over one that was used before and emptied, as making one is slow."""
    if not ENGINES[name].remote:
        engine = open_engine(name, folder)
        yield engine
        engine.close()
        return
    node = opensearch.shared_node()
    if _free:
        index = _free.pop()
        node.ask("POST", f"/{index}/_delete_by_query?refresh=true", b'{"query": {"match_all": {}}}')
    else:
        index = f"tests-{len(_made)}"
        _made.append(index)
    engine = open_engine(name, Server(node.url, index))
    engine.update([], [])
    yield engine
    engine.close()
    _free.append(index)
