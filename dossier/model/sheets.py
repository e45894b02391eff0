"""What one file of a dossier says, before anything is known of the others."""

from msgspec import Struct

from dossier.model.entries import Entry, Link, Value
from dossier.model.problems import Place, Problem
from dossier.model.relations import Relation


class Extension(Struct, frozen=True):
    """The published archive that a dossier extends."""

    archive: str
    """Its name: that of a folder beside the dossier's, or one that the reader's configuration knows."""
    key: str = ""
    """Fingerprint of the one key that may have signed it; empty for any that the reader trusts."""
    version: str = ""
    """The version that the dossier was written on; empty for any."""
    place: Place = Place()
    """Where it is named."""


class FileContents(Struct, frozen=True, omit_defaults=True, array_like=True):
    """All that was read from one YAML file, or from the front matter of one article."""

    file: str
    """Path relative to the dossier's folder."""
    header: dict[str, Value] = {}
    """`title`, `summary`, `language`, … as far as this file gives them."""
    labels: dict[str, str] = {}
    """Own names of sections, by the section's name."""
    entries: tuple[Entry, ...] = ()
    """In the order written, members after their delegation."""
    links: tuple[Link, ...] = ()
    """In the order written, those that fields write in short included."""
    relations: tuple[Relation, ...] = ()
    """Relations declared here."""
    globs: tuple[tuple[str, Place], ...] = ()
    """`article_files`: patterns of articles, and where each is written."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with this file by itself."""
    searches: dict[str, str] = {}
    """Queries to keep, by their names."""
    unread: tuple[str, ...] = ()
    """Ids that are written in the file but not read, because of a problem that is told."""
    extends: Extension | None = None
    """`extends`, in the first file."""
