"""The search engines: each is one module and one line here."""

from typing import NamedTuple


class EngineRow(NamedTuple):
    """The place of an engine, known without loading it."""

    module: str
    class_name: str
    """A class that is called with the folder of its index, which must exist, or with a `Server`."""
    library: str = ""
    """The package that it needs beside those that are always installed."""
    indexed: bool = True
    """Whether it keeps an index and can be chosen by the user; the others serve as references in tests."""
    remote: bool = False
    """Whether its index is on a server, which a user chooses by naming the server for a dossier."""


ENGINES: dict[str, EngineRow] = {
    "whoosh": EngineRow("dossier.search.engines.whoosh.engine", "WhooshEngine"),
    "tantivy": EngineRow("dossier.search.engines.tantivy.engine", "TantivyEngine", "tantivy"),
    "scan": EngineRow("dossier.search.engines.scan", "ScanEngine", indexed=False),
    "opensearch": EngineRow("dossier.search.engines.opensearch.engine", "OpenSearchEngine", indexed=False, remote=True),
}
"""Every engine by its name; the first is the default."""

INDEXED = tuple(name for name, row in ENGINES.items() if row.indexed)
"""The engines that a user can choose for an index of this machine."""
