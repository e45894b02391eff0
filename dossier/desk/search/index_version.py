"""The version of what an index holds, by which one that is out of date is told."""

import unicodedata
import zlib
from functools import cache
from pathlib import Path

from dossier.search.engines.postings import ANALYZER
from dossier.search.engines.table import ENGINES
from dossier.store.files.code_version import code_version

_WRITERS = (
    "desk/search/passages.py",
    "desk/articles.py",
    "model/articles.py",
    "model/passages.py",
    "search/engines/index_terms.py",
    "search/engines/place_codes.py",
    "search/engines/postings.py",
)
"""The modules that decide, beside the analyzer and the engine, what an index holds."""


@cache
def index_version(engine: str) -> bytes:
    """Eight bytes that differ when an index of `engine` would hold something else; such an index is made anew.

    They are made of the analyzer's version, of Python's Unicode tables, and of the content of the modules that make
    passages and write them down: neither a change of how is searched nor an installation makes an index anew.
    """
    package = Path(__file__).parents[2]
    module = package.parent.joinpath(*ENGINES[engine].module.split("."))
    own = module.parent if module.parent.name == engine else module.with_suffix(".py")
    written = [package / path for path in _WRITERS]
    analyzer = zlib.crc32(f"{ANALYZER} {unicodedata.unidata_version}".encode())
    return analyzer.to_bytes(4, "big") + code_version(own, *written).to_bytes(4, "big")
