"""The folders of the program and its user: what ships, what is derived from a dossier, archives, configuration."""

import hashlib
import os
from pathlib import Path
from typing import Literal

import platformdirs

FIRST_FILE = "dossier.yaml"
OTHER_FIRST_FILE = "dossier.yml"
ARCHIVED = "This is a published archive, which is never written to; annotate one that extends it."
ARCHIVES = "archives"
"""The table of the configuration with the places of archives, by the names by which dossiers extend them."""
_PACKAGE = Path(__file__).resolve().parents[2]


def shipped_folder() -> Path:
    """The folder of the dossiers that come with the program: in the checkout, or inside the installed package."""
    checkout = _PACKAGE.parent / "seeds"
    return checkout if (_PACKAGE.parent / "pyproject.toml").is_file() else _PACKAGE / "_shipped" / "seeds"


def first_file(folder: Path) -> str:
    """The name of the file that makes a folder a dossier, dossier.yaml or dossier.yml; empty when it is none."""
    return next((name for name in (FIRST_FILE, OTHER_FIRST_FILE) if (folder / name).is_file()), "")


def style_sheets() -> Path:
    """The folder of the style sheets: in the checkout, or inside the installed package."""
    checkout = _PACKAGE.parent / "styles"
    return checkout if (_PACKAGE.parent / "pyproject.toml").is_file() else _PACKAGE / "_shipped" / "styles"


def archives_folder() -> Path:
    """The folder of the published archives that the user has opened, as they were signed."""
    return user_folder("cache") / "archives"


def archive_place(archive: Path) -> Path:
    """The folder of the versions of the published archive in the folder `archive` (without links) that were opened."""
    mark = hashlib.sha256(str(archive).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return archives_folder() / f"{archive.name[:40]}-{mark}"


def is_archived(path: Path) -> bool:
    """Return whether a path is of a published archive, which is never written to."""
    return archives_folder() in path.parents


def derived_folder(root: Path) -> Path:
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
    try:
        path: Path = getattr(platformdirs, f"user_{kind}_path")("dossier")
    except RuntimeError:
        path = Path()
    return path if path.is_absolute() else Path(os.devnull) / "dossier"
