"""Where things are: the dossier that is meant, and the folder for what is derived from it."""

import hashlib
import os
from pathlib import Path
from typing import Literal

from dossier.model.problems import DossierError

FIRST_FILE = "dossier.yaml"
_OTHER_FIRST_FILE = "dossier.yml"
ARCHIVED = "This is a published archive, which is never written to; annotate the dossier that it was published from."
_PACKAGE = Path(__file__).resolve().parents[2]


def shipped() -> Path:
    """The folder of the dossiers that come with the program: in the checkout, or inside the installed package."""
    checkout = _PACKAGE.parent / "seeds"
    return checkout if (_PACKAGE.parent / "pyproject.toml").is_file() else _PACKAGE / "_shipped" / "seeds"


def first_file(folder: Path) -> str:
    """The name of the file that makes a folder a dossier, dossier.yaml or dossier.yml; empty when it is none."""
    return next((name for name in (FIRST_FILE, _OTHER_FIRST_FILE) if (folder / name).is_file()), "")


def style_sheets() -> Path:
    """The folder of the style sheets: in the checkout, or inside the installed package."""
    checkout = _PACKAGE.parent / "styles"
    return checkout if (_PACKAGE.parent / "pyproject.toml").is_file() else _PACKAGE / "_shipped" / "styles"


def candidates(path: Path | None) -> list[Path]:
    """The dossiers that may be meant: one when it is plain, several to choose from, none when there is none.

    Without a path: the nearest folder upwards that holds a dossier.yaml; else those in ./seeds/.

    Raises:
        DossierError: `path` is no dossier.

    """
    if path is not None:
        return [_given(path)]
    here = Path.cwd()
    for folder in (here, *here.parents):
        if first_file(folder):
            return [folder]
    return _inside(here / "seeds")


def examples() -> list[Path]:
    """The dossiers that come with the program; for a first look, and never the answer to a question about another."""
    return _inside(shipped())


def choose(path: Path | None) -> Path:
    """The dossier that is meant, where nobody can be asked.

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


def _inside(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(child for child in folder.iterdir() if first_file(child))


def _given(path: Path) -> Path:
    try:
        if path.name in (FIRST_FILE, _OTHER_FIRST_FILE) and path.is_file():
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


def archives_folder() -> Path:
    """The folder of the published archives that the user has opened, as they were signed."""
    return user_folder("cache") / "archives"


def is_archived(path: Path) -> bool:
    """Whether a path is of a published archive, which is never written to."""
    return archives_folder() in path.parents


def derived(root: Path) -> Path:
    """The folder for what is derived from a dossier: `index/` of its checkout, else the user's cache folder."""
    checkout = root.parent.parent
    if root.parent.name == "seeds" and (checkout / "index").is_dir() and (checkout / "pyproject.toml").is_file():
        return checkout / "index" / root.name
    mark = hashlib.sha256(str(root).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return user_folder("cache") / f"{root.name[:40]}-{mark}"


def configuration_file() -> Path:
    """The user's own keys and looks: `config.toml` in the user's configuration folder, whether it is there or not."""
    return user_folder("config") / "config.toml"


def user_folder(kind: Literal["cache", "config", "log", "state"]) -> Path:
    """The user's own folder of a kind; of a user without a home, one in which there is nothing and never will be."""
    import platformdirs  # noqa: PLC0415  a start inside a checkout need not wait for it

    try:
        path: Path = getattr(platformdirs, f"user_{kind}_path")("dossier")
    except RuntimeError:
        path = Path()
    return path if path.is_absolute() else Path(os.devnull) / "dossier"
