"""The reading of `extends`, by which a dossier names the archive that it extends, and of that archive's files."""

import re

from msgspec.structs import replace

from dossier.model.entries import Entry
from dossier.model.fields import EXTENDS_FIELDS, SECTIONS
from dossier.model.sheets import Extension, FileContents
from dossier.store.catalogue.rows import FIRST_FILES
from dossier.store.files.errors import quotable
from dossier.store.files.paths import ARCHIVE
from dossier.store.yaml.diagnostics import Diagnostics
from dossier.store.yaml.tree import Mapping, Node, Scalar
from dossier.store.yaml.values import make_table, value_of, values_of, wrong_shape

_DECLARED = make_table("extends", EXTENDS_FIELDS)
_NAME = re.compile(r"[\w][\w .+-]{0,99}")
_KEY = re.compile(r"SHA256:[A-Za-z0-9+/]{43}=?")
_PATHS = tuple(field.name for field in SECTIONS["articles"].fields if field.form == "path")


def read_extension(file: str, key: Scalar, node: Node, notes: Diagnostics) -> Extension | None:
    """Return what `extends` says; None, with a complaint, when it cannot be read.

    An archive is named and not given by its path: a dossier from a stranger chooses no place on the reader's machine.
    """
    if file not in FIRST_FILES:
        notes.warning(key, "unknown-field", f"extends counts in {FIRST_FILES[0]} alone", "move it there")
        return None
    if isinstance(node, Scalar):
        values = {"archive": node.value}
    elif isinstance(node, Mapping):
        found = values_of(node, _DECLARED, notes, key)
        read = {name: value_of(_DECLARED.fields[name], value, notes) for name, value in found.items()}
        values = {name: str(value) for name, value in read.items() if value is not None}
    else:
        wrong_shape("“extends”", "the name of an archive or a mapping", node, notes, "write extends: NAME")
        return None
    name = values.get("archive", "").strip()
    if not _NAME.fullmatch(name):
        if name or isinstance(node, Scalar):
            hint = "name its folder beside this one, or write NAME = PATH under [archives] of your configuration"
            notes.error(node, "bad-archive", f"extends: “{quotable(name)}” is no name of an archive", hint)
        return None
    pinned = values.get("key", "")
    if pinned and not _KEY.fullmatch(pinned):
        hint = "write SHA256:… as ssh-keygen -l -f KEY.pub prints it"
        notes.error(node, "bad-archive", f"extends: “{quotable(pinned)}” is no fingerprint of a key", hint)
        return None
    return Extension(name, pinned.rstrip("="), values.get("version", ""), notes.place(key))


def below_archive(sheet: FileContents) -> FileContents:
    """Return a sheet of an archive as that of the dossier which extends it: paths lead into the archive, and of what
    it says of itself only the language counts, where the dossier gives none.
    """
    header = {name: value for name, value in sheet.header.items() if name == "language"}
    return replace(sheet, header=header, entries=tuple(map(_move_entry, sheet.entries)), extends=None)


def _move_entry(entry: Entry) -> Entry:
    paths = {name: f"{ARCHIVE}/{path}" for name in _PATHS if (path := entry.text(name))}
    return replace(entry, fields=entry.fields | paths) if entry.kind == "article" and paths else entry
