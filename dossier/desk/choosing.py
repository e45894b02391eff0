"""The dossier that is meant by a path, or by none."""

from pathlib import Path

from dossier.desk.user.places import FIRST_FILE, OTHER_FIRST_FILE, first_file, shipped_folder
from dossier.model.problems import DossierError


def candidates(path: Path | None) -> list[Path]:
    """The dossiers that a path may mean: one, several to choose from, or none.

    Without a path: the nearest folder upwards that holds a dossier.yaml; else those in ./seeds/.

    Raises:
        DossierError: `path` is no dossier.

    """
    if path is not None:
        return [_resolve_path(path)]
    here = Path.cwd()
    for folder in (here, *here.parents):
        if first_file(folder):
            return [folder]
    return _dossiers_inside(here / "seeds")


def examples() -> list[Path]:
    """The dossiers that come with the program; for a first look, and never the answer to a question about another."""
    return _dossiers_inside(shipped_folder())


def choose(path: Path | None) -> Path:
    """The dossier that a path means, without asking the user.

    Raises:
        DossierError: `path` is no dossier, or several may be meant.

    """
    found = candidates(path)
    if len(found) == 1:
        return found[0]
    if not found:
        raise DossierError(f"There is no dossier here; give the path of a folder that holds a {FIRST_FILE}.")
    names = ", ".join(str(folder) for folder in found)
    raise DossierError(f"Several dossiers are here; name one of them: {names}")


def _dossiers_inside(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(child for child in folder.iterdir() if first_file(child))


def _resolve_path(path: Path) -> Path:
    try:
        if path.name in (FIRST_FILE, OTHER_FIRST_FILE) and path.is_file():
            path = path.parent
        if first_file(path):
            return path.resolve()
        if (path / "manifest.json").is_file():
            from dossier.desk.archive.installing import install  # noqa: PLC0415 - few dossiers are archives

            return install(path)
        exists, folder = path.exists(), path.is_dir()
    except (OSError, ValueError):
        exists = folder = False
    if not exists:
        raise DossierError(f"There is no folder {path}; give the path of a folder that holds a {FIRST_FILE}.")
    what = "holds no" if folder else "is a file, not a folder with a"
    raise DossierError(f"{path} {what} {FIRST_FILE}; give the path of a dossier's folder.")
