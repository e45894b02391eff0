"""An entry under another id, and an article in another file."""

import hashlib
import re
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from dossier.desk.annotate.workspace import Workspace
from dossier.desk.evidence.anchors import check_own
from dossier.desk.user import saved_state
from dossier.model.entries import Entry
from dossier.model.locked import Locked
from dossier.model.problems import DossierError
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.files.errors import FileRefused
from dossier.store.files.folder import Folder
from dossier.store.files.listing import FolderListing
from dossier.store.files.paths import components, is_of_archive, is_skipped
from dossier.store.sync import lockfile
from dossier.store.sync.history import version_name, version_of
from dossier.store.yaml.entry_edits import set_value
from dossier.store.yaml.renaming import rename, rename_in_query
from dossier.store.yaml.values import ID_PATTERN, MAX_ID

_KEYS = frozenset({"entry", "article", "owner", "rival", "lens", "marks", "delegation", "issue", "cursor", "folded"})
"""Fields of what is kept of a reader's places that hold ids."""


def rename_entry(space: Workspace, known: Catalogue, old: str, new: str) -> str:
    """Rename an entry in all files; what was done.

    Raises:
        DossierError: there is no such entry, or the new id is in use or is none.

    """
    if not re.fullmatch(ID_PATTERN, new) or len(new) > MAX_ID:
        raise DossierError(f"“{new}” cannot be an id; use small letters, digits, `.`, `_` and `-`.")
    entry = known.entry(old)
    if entry is None:
        raise DossierError(f"There is no entry {old}; give the id of one.")
    if space.taken(new):
        there = known.entry(new)
        raise DossierError(f"The id {new} is that of {there.title if there else 'another entry'}; give another.")
    if not entry.place.file.endswith((".yaml", ".yml")):
        raise DossierError(f"{old} is named after its file {entry.place.file}; move that instead: dossier mv")
    check_own(old, entry.place.file)
    for file in known.values("SELECT path FROM files WHERE role = 'yaml' ORDER BY path"):
        if not is_of_archive(file) and (text := space.text(file)) and old in text:
            space.set(file, rename(text, old, new))
    return f"{old} renamed to {new}"


def rename_kept(root: Path, old: str, new: str) -> None:
    """Rename an entry in what is kept of the reader's places, marks, notes and searches; a failure to keep is told by
    the browser when it next closes.
    """
    kept, notice = saved_state.load(root)
    if notice or not kept:
        return
    told = msgspec.to_builtins(kept)
    fresh = msgspec.convert(_rename_in_state(told, old, new, everywhere=False), saved_state.SavedState)
    if fresh != kept:
        saved_state.save(root, fresh)


def _rename_in_state(value: Any, old: str, new: str, *, everywhere: bool) -> Any:
    if isinstance(value, str):
        return new if everywhere and value == old else value
    if isinstance(value, list | tuple):
        return [_rename_in_state(one, old, new, everywhere=everywhere) for one in value]
    if not isinstance(value, dict):
        return value
    found: dict[str, Any] = {}
    for key, one in value.items():
        if key == "notes":
            found[key] = {new if entry == old else entry: note for entry, note in one.items()}
        elif key in ("queries", "query"):
            found[key] = (
                [rename_in_query(query, old, new) for query in one]
                if key == "queries"
                else rename_in_query(one, old, new)
            )
        else:
            found[key] = _rename_in_state(one, old, new, everywhere=key in _KEYS)
    return found


def relative_path(root: Path, path: str) -> str:
    """A path in a dossier's folder, given relative to it or absolute.

    Raises:
        DossierError: it is not in the folder, or nothing there is ever read.

    """
    given = Path(path)
    if given.is_absolute():
        try:
            path = given.resolve().relative_to(root).as_posix()
        except ValueError:
            raise DossierError(f"{path} is not in the dossier's folder {root}.") from None
    relative = "/".join(components(path))
    if (
        is_skipped(relative)
        or relative == lockfile.FILE
        or relative.endswith((".yaml", ".yml"))
        or version_of(relative)
    ):
        raise DossierError(f"{relative} is no place for an article; give another name.")
    return relative


def moved_files(folder: Folder, known: Catalogue, article: str) -> list[str]:
    """The files that are, byte for byte, an article as the lock has it; for one whose own file is gone."""
    blob = known.value("SELECT lines FROM locked WHERE article = ?", article)
    lines = msgspec.msgpack.decode(blob, type=list[Locked]) if blob else []
    wanted = {line.sha256 for line in lines}
    if not wanted:
        raise DossierError(f"The lock holds nothing of {article} to know its file by; give the path it has now.")
    found = []
    for path in folder.listing().files:
        if path.endswith((".yaml", ".yml")) or path == lockfile.FILE or version_of(path):
            continue
        try:
            if hashlib.sha256(folder.read(path)).hexdigest() in wanted:
                found.append(path)
        except FileRefused:
            continue
    return found


def move_article(space: Workspace, known: Catalogue, folder: Folder, article: str, path: str) -> str:
    """Move an article's file with its kept versions, and say so in the YAML; the path it has then.

    Raises:
        DossierError: there is no such article, the place is taken, or the file is not found.

    """
    entry = known.entry(article)
    if entry is None or entry.kind != "article":
        raise DossierError(f"There is no article {article}; give the id of one.")
    old = entry.text("file")
    check_own(article, entry.place.file)
    text = space.file_text(old)
    if text is None and not path:
        files = moved_files(folder, known, article)
        if len(files) != 1:
            told = f"several files are: {', '.join(files[:5])}" if files else "no file is"
            raise DossierError(f"{old} is not there, and {told} the article that the lock knows; give its path.")
        path = files[0]
    if not path:
        raise DossierError(f"{old} is there; give the path to which it is to be moved.")
    new = relative_path(folder.root, path)
    there = space.file_text(new)
    if new == old or (text is None and there is None) or (text is not None and there is not None):
        why = "is its file already" if new == old else "is there already" if there is not None else "is not there"
        raise DossierError(f"{new} {why}; nothing was moved.")
    front = not entry.place.file.endswith((".yaml", ".yml"))
    if front:
        _check_front(known, entry, new)
    else:
        located = space.locate(article)
        space.set(located.file, set_value(space.text(located.file), (*located.steps, "file"), new))
    if text is not None:
        for kept, target in _versions(known, old, new):
            space.move(kept, target)
        space.move(old, new)
    return new


def _check_front(known: Catalogue, entry: Entry, new: str) -> None:
    """Refuse a place at which an article that is found by `article_files` would be another, or none."""
    if PurePosixPath(new).stem != entry.id:
        raise DossierError(
            f"{entry.id} is named after its file; move it to one of the same name, such as {entry.id}.md"
        )
    listed = FolderListing({new: (0, 0, 0, 0)})
    if not any(listed.glob(pattern, sheet.file) for sheet in known.sheets() for pattern, _ in sheet.globs):
        raise DossierError(f"No pattern of article_files matches {new}; it would be no article any more.")


def _versions(known: Catalogue, old: str, new: str) -> list[tuple[str, str]]:
    """The place where the kept versions of an article are, and where they belong when it is moved."""
    blob = known.value("SELECT lines FROM versions WHERE path = ?", old)
    names = [name for name, _ in msgspec.msgpack.decode(blob, type=list[tuple[str, bytes]])] if blob else []
    found = []
    for name in names:
        told = version_of(name)
        if told:
            found.append((name, version_name(new, told[1], told[2])))
    return found
