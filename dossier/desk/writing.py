"""Put a file in place whole or not at all."""

import os
import tempfile
from pathlib import Path

from dossier.model.problems import DossierError


def write_whole(path: Path, text: str, *, force: bool = False) -> None:
    """Write `text` to `path`: beside it first, forced to the disk, then renamed; never over a file unasked.

    Raises:
        DossierError: there is such a file and `force` is not given, or the place cannot be written to.

    """
    try:
        _refuse(path, force=force)
        _place(path.resolve() if path.is_symlink() else path, text.encode("utf-8", "surrogatepass"), force=force)
    except FileExistsError as error:
        raise DossierError(f"{path} exists already; give another name, or say that it may be replaced.") from error
    except FileNotFoundError as error:
        raise DossierError(f"There is no folder {path.parent}; make it first, or give another name.") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name cannot be used"
        raise DossierError(f"{path} cannot be written: {reason}; give another place.") from error


def _refuse(path: Path, *, force: bool) -> None:
    """Raise for a place at which there is something that must stay."""
    there = path.is_symlink() or path.exists()
    if path.is_dir():
        raise DossierError(f"{path} is a folder; name a file in it.")
    if there and not force:
        raise FileExistsError
    if there and not path.is_file():
        raise DossierError(f"{path} is not an ordinary file; give another name.")


def _place(path: Path, data: bytes, *, force: bool) -> None:
    descriptor, beside = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(beside).chmod(mode)
        if force:
            Path(beside).replace(path)
        else:
            os.link(beside, path)
            Path(beside).unlink()
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
