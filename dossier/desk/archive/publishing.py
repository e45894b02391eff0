"""Publishing a dossier as one folder: its files, catalogue and index, with a signed manifest."""

import hashlib
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from dossier.desk.archive.manifest import DERIVED, DOSSIER, FORMAT, NAME, ArchivedFile, ArchiveManifest
from dossier.desk.archive.signing import sign
from dossier.desk.archive.versions import commit_of, contents_digest
from dossier.desk.desk import Desk
from dossier.desk.user.atomic_write import sweep, temporary_path
from dossier.desk.user.exchanging import exchange
from dossier.model.problems import DossierError
from dossier.model.progress import Progress, say_nothing
from dossier.store.catalogue.copying import copy_catalogue
from dossier.store.files.folder import Folder
from dossier.store.files.listing import FolderListing
from dossier.store.sync.adopting import forget_versions

STEP = 1 << 20
"""Bytes that are copied at once."""


def publish_archive(desk: Desk, out: Path, key: Path, progress: Progress = say_nothing) -> ArchiveManifest:
    """Write a dossier into the folder `out`, a new one or in place of an archive that is there.

    The new version is made beside it and takes its place when it is complete and signed.

    Raises:
        DossierError: there is something else at `out`, it cannot be written to, or the key cannot sign.

    """
    out = out.absolute()
    if out.exists() and not (out / NAME).is_file():
        raise DossierError(f"{out} is there and holds no published archive; name another folder.")
    if desk.root in (out, *out.parents):
        raise DossierError(f"{out} is inside the dossier; name a folder outside it.")
    if desk.extended.name:
        raise DossierError(f"{desk.root} extends the archive {desk.extended.name}, and an archive extends no other.")
    before = Folder(desk.root).listing()
    desk.refresh(progress)
    desk.weigh(progress)
    desk.index(progress)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        sweep(out)
        making = temporary_path(out)
        try:
            manifest = _make(desk, making, before, progress)
            sign(making / NAME, key)
            _replace(out, making)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    except OSError as error:
        raise DossierError(f"{out} cannot be written: {error.strerror or error}; give another place.") from error
    return manifest


def _make(desk: Desk, making: Path, before: FolderListing, progress: Progress) -> ArchiveManifest:
    """Write all of an archive but its signature; `before` is the listing before the last refresh."""
    files: dict[str, ArchivedFile] = {}
    folder = Folder(desk.root)
    listing = sorted(folder.listing().files)
    for done, path in enumerate(listing):
        progress("publishing", done, len(listing))
        files[f"{DOSSIER}/{path}"] = _write(making / DOSSIER / path, folder.read(path))
    derived = making / DERIVED
    (derived / desk.engine).mkdir(parents=True)
    with desk.finding.index.alone():  # nobody writes to the index while it is copied
        copy_catalogue(desk.texts.catalogue, derived / "catalogue.sqlite")
        forget_versions(derived / "catalogue.sqlite", before, folder.listing())
        for file in sorted(desk.finding.index.folder.rglob("*")):
            if file.is_file() and not file.is_symlink() and not file.name.endswith((".lock", "_LOCK")):
                target = derived / desk.engine / file.relative_to(desk.finding.index.folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
    for file in sorted(derived.rglob("*")):
        if file.is_file():
            files[file.relative_to(making).as_posix()] = _describe_file(file)
    manifest = ArchiveManifest(
        FORMAT,
        desk.title,
        contents_digest(desk.texts.catalogue),
        commit_of(desk.root),
        datetime.now(UTC).isoformat(timespec="seconds"),
        desk.engine,
        files,
    )
    (making / NAME).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    return manifest


def _write(target: Path, data: bytes) -> ArchivedFile:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return ArchivedFile(len(data), hashlib.sha256(data).hexdigest())


def _describe_file(file: Path) -> ArchivedFile:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while part := stream.read(STEP):
            digest.update(part)
    return ArchivedFile(file.stat().st_size, digest.hexdigest())


def _replace(out: Path, making: Path) -> None:
    """Rename the new version into place, in one step where an old one is there, and remove the old one."""
    os.sync()
    if not out.exists():
        making.rename(out)
        return
    exchange(making, out)
    shutil.rmtree(making, ignore_errors=True)
