"""Read the title of a dossier from the head of its first file, without opening it."""

from contextlib import suppress
from pathlib import Path

from dossier.desk.user.places import FIRST_FILE, first_file
from dossier.model.clean import clean_line
from dossier.store.files.encoding import decode
from dossier.store.files.errors import FileRefused
from dossier.store.files.folder import Folder
from dossier.store.yaml.diagnostics import Diagnostics, ReadingStopped
from dossier.store.yaml.parser import Stream
from dossier.store.yaml.tree import Scalar

_HEAD = 16_384
"""Bytes that are looked at: a title stands at the beginning of a file, and a list of dossiers must not wait."""


def title_of(folder: Path) -> str:
    """The title of the dossier in `folder`, in one line; empty when the head of its first file does not tell."""
    with suppress(OSError, FileRefused, ReadingStopped):
        data = Folder(folder).read(first_file(folder) or FIRST_FILE)
        head = data if len(data) <= _HEAD else data[: data.rfind(b"\n", 0, _HEAD) + 1]
        stream = Stream(decode(head), Diagnostics(FIRST_FILE))
        root = stream.begin()
        if root is None:
            return ""
        for key, event in stream.pairs(root):
            if key.value == "title":
                node = stream.node(event)
                return clean_line(node.value).strip() if isinstance(node, Scalar) else ""
            stream.skip(event)
    return ""
