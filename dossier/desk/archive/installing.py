"""Opening a published archive: verified, and copied once per version to where nobody else can change it.

Only the copy is read from then on, so that an archive on a network drive or a stick cannot be changed between the look
at its digests and the reading, and can be taken away.
"""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from dossier.desk.archive.manifest import (
    DERIVED,
    DOSSIER,
    MOST_BYTES,
    NAME,
    SIGNATURE,
    ArchivedFile,
    ArchiveManifest,
    opened_below,
    parse,
)
from dossier.desk.archive.signing import signer_of
from dossier.desk.user.atomic_write import sweep, temporary_path
from dossier.desk.user.places import archive_place, derived_folder
from dossier.desk.user.private_folder import private_folder
from dossier.desk.user.read_input import read_input_file
from dossier.model.problems import DossierError
from dossier.store.files.listing import Signature, signature_of
from dossier.store.sync.adopting import adopt

STEP = 1 << 20
"""Bytes that are copied at once."""
CATALOGUE = f"{DERIVED}/catalogue.sqlite"
KEPT = 2
"""Versions of one archive that stay, as a program may still show the one before."""


def install(archive: Path, key: str = "") -> Path:
    """Return the folder of the dossier of a published archive, as it was signed.

    Raises:
        DossierError: it is not signed by a key that the user trusts, or by another than that with the fingerprint
            `key`, or a file is not as it was when it was signed.

    """
    archive = archive.resolve()
    while True:
        data, signature = _verify(archive, archive, key)
        try:
            return _install_version(archive, data, signature)
        except DossierError:
            if not _is_replaced(archive, data):
                raise


def _is_replaced(archive: Path, data: bytes) -> bool:
    """Return whether an archive has another manifest by now: its publisher put a new version in its place meanwhile."""
    try:
        return read_input_file(archive / NAME, MOST_BYTES) != data
    except DossierError:
        return False


def _install_version(archive: Path, data: bytes, signature: bytes) -> Path:
    """Copy the version of an archive with this manifest, unless it is there; gives the folder of its dossier."""
    place = archive_place(archive)
    version = place / hashlib.sha256(data).hexdigest()[:16]
    root = version / DOSSIER
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _exclusive(place):
            if not version.is_dir():
                _copy(archive, parse(data), data, version)
                (version / SIGNATURE).write_bytes(signature)
                _forget_old(place, version)
            _take_derived(version, root)
            os.utime(version)
    except OSError as error:
        raise DossierError(f"{archive} cannot be copied to {place}: {error.strerror or error}.") from error
    return root


def find_installed(archive: Path, key: str = "") -> Path | None:
    """Return the same of the version of an archive that was opened last, where its key is trusted; None without one."""
    archive = archive.resolve()
    place = archive_place(archive)
    versions = [one for one in place.iterdir() if (one / SIGNATURE).is_file()] if place.is_dir() else []
    for version in sorted(versions, key=lambda one: one.stat().st_mtime, reverse=True):
        with suppress(DossierError):
            _verify(version, archive, key)
            return version / DOSSIER
    return None


def _verify(folder: Path, archive: Path, key: str) -> tuple[bytes, bytes]:
    """Return the manifest in a folder and its signature; raises `DossierError` unless a trusted key has made it."""
    data = read_input_file(folder / NAME, MOST_BYTES)
    if not (folder / SIGNATURE).is_file():
        raise DossierError(f"{archive} is not opened: it is not signed.")
    signature = read_input_file(folder / SIGNATURE, 100_000)
    name, fingerprint = signer_of(data, signature, archive)
    if key and fingerprint != key:
        raise DossierError(f"{archive} is not opened: {name} signed it with {fingerprint}, and {key} is expected.")
    return data, signature


@contextmanager
def _exclusive(place: Path) -> Iterator[None]:
    """Make other programs that open the same archive wait; the system releases the lock when this program ends."""
    descriptor = os.open(place / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _copy(archive: Path, manifest: ArchiveManifest, data: bytes, version: Path) -> None:
    """Copy all that the manifest names, each file verified, at once or not at all; its catalogue knows the copies."""
    sweep(version)
    making = temporary_path(version)
    try:
        making.mkdir(mode=0o700)
        copies: dict[str, tuple[bytes, Signature]] = {}
        for path, wanted in manifest.files.items():
            target = making / path
            target.parent.mkdir(parents=True, exist_ok=True)
            signature = _copy_file(archive, path, wanted, target)
            if path.startswith(f"{DOSSIER}/"):
                copies[path.removeprefix(f"{DOSSIER}/")] = bytes.fromhex(wanted.sha256), signature
        if (making / CATALOGUE).is_file():
            adopt(making / CATALOGUE, copies)
        (making / NAME).write_bytes(data)
        making.rename(version)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _copy_file(archive: Path, path: str, wanted: ArchivedFile, target: Path) -> Signature:
    """Copy a file and return the signature that the copy has; raises `DossierError` unless it is as it was signed."""
    digest, left = hashlib.sha256(), wanted.size
    try:
        with opened_below(archive, path) as source, target.open("wb") as copy:
            while left > 0 and (part := os.read(source, min(STEP, left))):
                digest.update(part)
                copy.write(part)
                left -= len(part)
            whole = not left and not os.read(source, 1)
            copy.flush()
            if path.startswith(f"{DOSSIER}/"):
                os.fchmod(copy.fileno(), 0o444)
            signature = signature_of(os.fstat(copy.fileno()))
    except (FileNotFoundError, NotADirectoryError):
        raise DossierError(f"{archive} is not opened: {path} is missing.") from None
    if not whole or digest.hexdigest() != wanted.sha256:
        raise DossierError(f"{archive} is not opened: {path} was changed after it had been signed.")
    return signature


def _take_derived(version: Path, root: Path) -> None:
    """Put catalogue and index where those of this dossier belong, unless they are there."""
    source = version / DERIVED
    if not source.is_dir():
        return
    home, _ = private_folder(derived_folder(root))
    if not (home / "catalogue.sqlite").exists():
        for item in sorted(source.iterdir(), key=lambda one: one.name == "catalogue.sqlite"):
            item.replace(home / item.name)
    shutil.rmtree(source)


def _forget_old(place: Path, version: Path) -> None:
    """Remove all but the last versions, with what was derived from them."""
    others = sorted((one for one in place.iterdir() if one.is_dir()), key=lambda one: one.stat().st_mtime)
    for old in [one for one in others if one != version][: -(KEPT - 1)]:
        shutil.rmtree(derived_folder(old / DOSSIER), ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
