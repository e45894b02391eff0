"""Only what this user's program built is opened: a private folder with a keyed mark.

An index is a program's own memory and is read as such; one that came with a dossier from elsewhere could act on its
reader. The key never leaves the user's state folder, so nobody else can make the mark; the folder is the user's alone,
so nobody else can change what is in it.
"""

import hashlib
import hmac
import os
import secrets
import shutil
import stat
import tempfile
import weakref
from pathlib import Path

_MARK = "mark"
_KEY_BYTES = 32


def private_folder(folder: Path) -> tuple[Path, str]:
    """`folder`, made if need be, and a line of notice; what was there without our mark is set aside.

    When it cannot be made (a read-only or full disk, no home), a folder that lasts as long as the program does.
    """
    try:
        key = _key()
        if folder.is_symlink() or (folder.exists() and not _ours(folder, key)):
            return _fresh(folder, key), _set_aside(folder)
        return _fresh(folder, key), ""
    except OSError as error:
        temporary = Path(tempfile.mkdtemp(prefix="dossier-"))
        weakref.finalize(_alive, shutil.rmtree, temporary, ignore_errors=True)
        reason = error.strerror or type(error).__name__
        return temporary, f"Nothing can be kept in {folder} ({reason}); this run keeps its index in memory of its own."


class _Alive:
    """Lives as long as the program, for what ends with it."""


_alive = _Alive()


def _key() -> bytes:
    from platformdirs import user_state_path  # noqa: PLC0415  one import, where a file is read anyway

    path = user_state_path("dossier") / "key"
    try:
        key = path.read_bytes()
        if len(key) == _KEY_BYTES and not path.stat().st_mode & 0o077:
            return key
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"key.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(_KEY_BYTES))
    fresh.replace(path)
    return path.read_bytes()


def _signature(folder: Path, key: bytes) -> bytes:
    return hmac.new(key, str(folder.absolute()).encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest().encode()


def _ours(folder: Path, key: bytes) -> bool:
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        return False
    try:
        mark = (folder / _MARK).read_bytes()
    except OSError:
        return False
    return hmac.compare_digest(mark.strip(), _signature(folder, key))


def _set_aside(folder: Path) -> str:
    return f"What lay in {folder} was not built by you here; it was set aside and is built anew."


def _fresh(folder: Path, key: bytes) -> Path:
    if folder.is_symlink() or folder.exists():
        if _ours(folder, key):
            return folder
        aside = Path(tempfile.mkdtemp(prefix=f"{folder.name}.aside-", dir=folder.parent))
        folder.rename(aside / folder.name)
    folder.mkdir(parents=True, mode=0o700)
    folder.chmod(0o700)
    (folder / _MARK).write_bytes(_signature(folder, key))
    return folder
