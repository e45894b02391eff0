"""Put a folder of texts in place whole, or file by file into one that the user says may be used."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from dossier.desk.user.atomic_write import file_target, sweep, temporary_path, write_whole
from dossier.model.problems import DossierError


def write_folder(path: Path, files: Mapping[str, str], *, force: bool = False) -> None:
    """Write `files` into the folder `path`: a new one at once; with `force` over those of the same names in it.

    Raises:
        DossierError: there is something of that name, and it may not be used; or the place cannot be written to.

    """
    try:
        _write(path, files, force=force)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name cannot be used"
        raise DossierError(f"{path} cannot be written: {reason}; give another place.") from error


def folder_target(name: str) -> tuple[Path, bool]:
    """The path that a typed name of a folder means, and whether there are files in it already.

    Raises:
        DossierError: no folder can have that name, or there is something else of that name.

    """
    path = Path(name)
    try:
        path = path.expanduser()
        if not path.is_dir() or path.is_symlink():
            path, there = file_target(name)
            if there:
                raise DossierError(f"{path} is not a folder; name a folder for the notes.")
            return path, False
        return path, any(path.iterdir())
    except (OSError, RuntimeError, ValueError) as error:
        raise DossierError(f"{name} cannot be used for notes; give another name.") from error


def _write(path: Path, files: Mapping[str, str], *, force: bool) -> None:
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        raise DossierError(f"{path} is not a folder; name a folder for the notes.")
    if not path.parent.is_dir():
        raise DossierError(f"There is no folder {path.parent}; make it first, or give another name.")
    filled = path.is_dir() and any(path.iterdir())
    if filled and not force:
        raise DossierError(f"{path} is a folder that holds files already; give another, or say that it may be used.")
    if filled:
        for name in files:
            if (path / name).is_symlink():
                raise DossierError(f"{path / name} leads elsewhere and is not replaced; remove it first.")
        for name, text in files.items():
            write_whole(path / name, text, force=True)
        return
    sweep(path)
    new = temporary_path(path)
    new.mkdir(mode=0o777)
    try:
        for name, text in files.items():
            (new / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        new.replace(path)  # over an empty folder too
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
