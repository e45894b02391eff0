"""Put a file in place whole or not at all."""

import contextlib
import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from dossier.desk.user.places import ARCHIVED, is_archived
from dossier.model.clean import clean_line
from dossier.model.problems import DossierError

_ENDING = ".part"


def write_whole(path: Path, text: str, *, force: bool = False) -> None:
    """Write `text` to `path` as `write_bytes` does."""
    write_bytes(path, text.encode("utf-8", "surrogatepass"), force=force)


def write_bytes(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write `data` to `path`: beside it first, forced to the disk, then renamed; never over a file unasked.

    Raises:
        DossierError: there is such a file and `force` is not given, or the place cannot be written to.

    """
    try:
        _refuse(path, force=force)
        _place(path.resolve() if path.is_symlink() else path, data, force=force)
    except FileExistsError as error:
        raise DossierError(f"{path} exists already; give another name, or say that it may be replaced.") from error
    except FileNotFoundError as error:
        raise DossierError(f"There is no folder {path.parent}; make it first, or give another name.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name cannot be used"
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        todo = "make room there, then do it again" if full else "make it writable, or give another place"
        raise DossierError(f"{path} cannot be written: {reason}; {todo}.") from error


LONGEST_NAME = 255
"""Bytes of a file's name; most file systems take no more."""


def file_target(name: str) -> tuple[Path, bool]:
    """The path that a typed file name means, and whether there is a file already.

    Raises:
        DossierError: no file can have that name, or there is something else of that name.

    """
    if clean_line(name) != name:
        raise DossierError("A file name with control characters cannot be used; give another name.")
    try:
        path = Path(name).expanduser()
        if any(len(os.fsencode(part)) > LONGEST_NAME for part in path.parts):
            raise DossierError(f"The file name is longer than {LONGEST_NAME} bytes; give a shorter one.")
        there = path.is_symlink() or path.exists()
        _refuse(path, force=True)
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: no such user after `~`
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name cannot be used"
        raise DossierError(f"{clean_line(name)} cannot be written: {reason}; give another name.") from error
    if not path.name:
        raise DossierError(f"{name} names no file; give the file a name.")
    return path, there


def _refuse(path: Path, *, force: bool) -> None:
    """Raise `DossierError` for a path at which a file stands that must stay."""
    if is_archived(path):
        raise DossierError(ARCHIVED)
    there = path.is_symlink() or path.exists()
    if path.is_dir():
        raise DossierError(f"{path} is a folder; name a file in it.")
    if there and not force:
        raise FileExistsError
    if there and not path.is_file():
        raise DossierError(f"{path} is not an ordinary file; give another name.")


def temporary_path(path: Path) -> Path:
    """A name next to `path` for what is to take its place: hidden, and telling whose it is."""
    return path.with_name(f".{path.name[:40]}.{os.getpid()}-{secrets.token_hex(4)}{_ENDING}")


def is_left_over(name: str, targets: Iterable[str]) -> bool:
    """Return whether a file of that name was to take the place of one of some files, by a program that was killed."""
    match = re.fullmatch(r"\.(.{1,40})\.(\d+)-[0-9a-f]{8}" + re.escape(_ENDING), name)
    return match is not None and not _runs(int(match[2])) and match[1] in {target[:40] for target in targets}


def sweep(path: Path) -> None:
    """Remove what programs that were killed while they wrote to `path` have left beside it."""
    wanted = re.compile(re.escape(f".{path.name[:40]}.") + r"(\d+)-[0-9a-f]{8}" + re.escape(_ENDING))
    with contextlib.suppress(OSError), os.scandir(path.parent) as found:
        for item in found:
            match = wanted.fullmatch(item.name)
            if match and not _runs(int(match[1])):
                if item.is_dir(follow_symlinks=False):
                    shutil.rmtree(item.path, ignore_errors=True)
                else:
                    with contextlib.suppress(OSError):
                        Path(item.path).unlink()


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def replace_private(path: Path, data: bytes) -> None:
    """Put bytes in the place of a file that is the user's alone.

    Raises:
        OSError: that cannot be done; what was there is there still.

    """
    with _temporary_file(path, data) as new:
        new.replace(path)


@contextlib.contextmanager
def _temporary_file(path: Path, data: bytes) -> Iterator[Path]:
    """A new file next to `path`, on the disk; gone when it was not given its name."""
    sweep(path)
    new = temporary_path(path)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield new
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink()
        raise


def _place(path: Path, data: bytes, *, force: bool) -> None:
    with _temporary_file(path, data) as new:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask()
        new.chmod(mode)
        if force:
            new.replace(path)
        else:
            put_in_place(new, path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def put_in_place(new: Path, path: Path) -> None:
    """Give `new` its name; raises `FileExistsError` when something came there meanwhile."""
    try:
        os.link(new, path)
        new.unlink()
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.EOPNOTSUPP) or os.path.lexists(path):
            raise
        new.replace(path)  # a file system without hard links, as on memory sticks


def umask() -> int:
    """Return the bits of its mode that a new file does not get."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
