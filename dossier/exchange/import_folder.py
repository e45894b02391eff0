"""The folder that an import is written into, and the texts of its articles."""

import os
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path

from dossier.exchange.anchoring import AnchorText
from dossier.exchange.records import ExchangeDocument
from dossier.model.problems import DossierError

LARGEST = 5_000_000
"""Bytes of an article (format.md, "Rules for reading")."""
_HELD = 2
"""How many texts are held at a time."""


class ImportFolder:
    """The files of one import, each written once."""

    def __init__(self, folder: Path, read_known: Callable[[str], AnchorText] | None) -> None:
        """Write below `folder`; `read_known` reads an article that the dossier has already."""
        self.paths: dict[str, str] = {}
        """The file of each article by its id; empty of one that the dossier has already."""
        self._folder = folder
        self._read_known = read_known
        self._texts: OrderedDict[str, AnchorText] = OrderedDict()
        self._made: set[str] = set()

    def put_text(self, path: str, text: str) -> None:
        """Write a file of text."""
        self._put(path, text.encode("utf-8", "replace"))

    def put_article(self, home: str, document: ExchangeDocument) -> None:
        """Write the text of a document as the article `home`; raises `DossierError` where it is too large."""
        data = document.text.encode("utf-8", "replace")
        if len(data) > LARGEST:
            raise DossierError(
                f"{document.key} has {len(data):,} bytes, more than an article may have ({LARGEST:,}); split it."
            )
        self.paths[home] = f"articles/{home}.txt"
        self._put(self.paths[home], data)
        self._hold(home, AnchorText(document.text))

    def text(self, home: str) -> AnchorText:
        """Return the text of an article of the import or of the dossier."""
        if home in self._texts:
            self._texts.move_to_end(home)
            return self._texts[home]
        if self.paths[home]:
            return self._hold(home, AnchorText((self._folder / self.paths[home]).read_bytes().decode()))
        assert self._read_known is not None
        return self._hold(home, self._read_known(home))

    def _put(self, path: str, data: bytes) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            (self._folder / folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        descriptor = os.open(f"{self._folder}/{path}", os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            file.write(data)

    def _hold(self, home: str, text: AnchorText) -> AnchorText:
        self._texts[home] = text
        if len(self._texts) > _HELD:
            self._texts.popitem(last=False)
        return text
