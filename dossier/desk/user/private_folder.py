"""Private folders with a keyed mark: only what this user's program built is opened.

An index is a program's own memory and is read as such; one that came with a dossier from elsewhere could act on its
reader. The key never leaves the user's state folder, so nobody else can make the mark; the folder is the user's alone,
so nobody else can change what is in it.
"""

import contextlib
import hashlib
import hmac
import os
import secrets
import shutil
import stat
import tempfile
import weakref
from pathlib import Path

from dossier.desk.user.atomic_write import sweep, temporary_path
from dossier.desk.user.places import user_folder
from dossier.desk.user.read_input import read_input_file
from dossier.model.problems import DossierError

_MARK = "mark"
_KEY_BYTES = 32


def private_folder(folder: Path) -> tuple[Path, str]:
    """`folder`, made if need be, and a line of notice; what was there without our mark is set aside.

    When it cannot be made (a read-only or full disk, no home), a folder that lasts as long as the program does.

    Raises:
        DossierError: there is no room for that either.

    """
    try:
        key = _key()
        notice = _set_aside(folder) if os.path.lexists(folder) and not _is_ours(folder, key) else ""
        return _fresh(folder, key), notice
    except OSError as error:
        reason = error.strerror or str(error)
        try:
            temporary = Path(tempfile.mkdtemp(prefix="dossier-"))
        except OSError:
            raise DossierError(f"Nothing can be kept in {folder} ({reason}), nor anywhere else.") from error
        weakref.finalize(_alive, shutil.rmtree, temporary, ignore_errors=True)
        return temporary, f"Nothing can be kept in {folder} ({reason}); this run makes an index of its own."


class _Alive:
    """An object that lives as long as the program, for finalizers."""


_alive = _Alive()


def _key() -> bytes:
    path = user_folder("state") / "key"
    sweep(path)
    found = _read_key(path)
    if found is not None:
        return found
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = temporary_path(path)
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
        if os.path.lexists(path) and _read_key(path) is None:
            fresh.replace(path)
        else:
            with contextlib.suppress(FileExistsError):  # another program came first: its key is the one
                os.link(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
    found = _read_key(path)
    if found is None:
        raise OSError("the key cannot be kept")
    return found


def _read_key(path: Path) -> bytes | None:
    """The key at `path`; None when there is none, or others can read it."""
    try:
        key = path.read_bytes()
        private = not path.stat().st_mode & 0o077
    except FileNotFoundError:
        return None
    return key if len(key) == _KEY_BYTES and private else None


def _signature(folder: Path, key: bytes) -> bytes:
    return hmac.new(key, str(folder.absolute()).encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest().encode()


def _is_ours(folder: Path, key: bytes) -> bool:
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        return False
    try:
        mark = read_input_file(folder / _MARK, 1_000)
    except DossierError:
        return False
    return hmac.compare_digest(mark.strip(), _signature(folder, key))


def _set_aside(folder: Path) -> str:
    aside = Path(tempfile.mkdtemp(prefix=f"{folder.name}.aside-", dir=folder.parent))
    folder.rename(aside / folder.name)
    return f"{folder} was not made by you on this machine: moved it aside and rebuilt the index."


def _fresh(folder: Path, key: bytes) -> Path:
    """`folder`, which comes into being with its mark in it, so that it is never taken for another's."""
    if folder.exists():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    making = temporary_path(folder)
    try:
        making.mkdir(mode=0o700)
        making.chmod(0o700)
        (making / _MARK).write_bytes(_signature(folder, key))
        making.rename(folder)
    except OSError:
        if not folder.exists() or not _is_ours(folder, key):  # else another program came first
            raise
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return folder
