"""The archive that a dossier extends: where it is, whether it may be opened, and what is wrong with it.

A dossier names an archive and never a place; where it is, the reader's configuration says, or it lies beside the
dossier. It is opened as any archive is: signed by a key that the reader trusts, from a verified copy.
"""

from pathlib import Path

from msgspec import Struct

from dossier.desk.user.places import ARCHIVES, configuration_file, derived_folder, first_file, is_archived
from dossier.desk.user.read_input import read_input_file
from dossier.model.problems import DossierError, Problem, Severity
from dossier.model.sheets import Extension
from dossier.store.files.errors import FileRefused
from dossier.store.files.folder import Folder


class ExtendedArchive(Struct, frozen=True):
    """The archive that a dossier extends, as it was found when the dossier was opened."""

    name: str = ""
    """Empty where the dossier extends none."""
    folder: Path | None = None
    """The folder of the archive's dossier, which is never written to; None where it is not opened."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with it, told where `extends` is written."""

    def with_files_of(self, root: Path) -> Folder:
        """Return a handle on the files of the dossier in `root` with those of the archive."""
        return Folder(root, self.folder, self.problems, is_copy=is_archived(root))

    @property
    def catalogue(self) -> Path | None:
        """The place of the archive's own catalogue; None where it is not opened."""
        return derived_folder(self.folder) / "catalogue.sqlite" if self.folder is not None else None


NOTHING = ExtendedArchive()


def extended_by(root: Path) -> ExtendedArchive:
    """Return the archive that the dossier in `root` extends. Never raises: what is wrong is among its problems."""
    wanted = _extension(root)
    if wanted is None:
        return NOTHING
    try:
        place = _place(root, wanted.archive)
        folder, note = _open(place, wanted)
    except DossierError as error:
        hint = "until it is opened, nothing of it is shown, and what refers to it is not checked"
        return ExtendedArchive(wanted.archive, None, (_problem(wanted, "error", "no-archive", str(error), hint),))
    found = [_problem(wanted, "warning", "archive-version", note)] if note else []
    version = _version(folder)
    if wanted.version and not version.startswith(wanted.version):
        message = (
            f"the archive {wanted.archive} is at version {version}, and this dossier was written on {wanted.version}"
        )
        found.append(
            _problem(wanted, "warning", "archive-version", message, f"check it, then write version: {version}")
        )
    return ExtendedArchive(wanted.archive, folder, tuple(found))


def archive_places() -> dict[str, Path]:
    """Return where the user's configuration says that archives are, by their names."""
    from dossier.desk.user.configuration import MOST_BYTES  # noqa: PLC0415 - most dossiers extend nothing

    file = configuration_file()
    if not file.exists():
        return {}
    import tomllib  # noqa: PLC0415 - most users have no configuration

    try:
        table = tomllib.loads(read_input_file(file, MOST_BYTES).decode("utf-8")).get(ARCHIVES)
    except (ValueError, RecursionError, DossierError):
        return {}  # what is wrong with the file is told where all of it is read
    given = table if isinstance(table, dict) else {}
    return {name: Path(place).expanduser() for name, place in given.items() if isinstance(place, str)}


def _extension(root: Path) -> Extension | None:
    """Return the `extends` of the first file of a dossier; the file is parsed only where it holds the word."""
    file = first_file(root)
    try:
        data = Folder(root).read(file) if file else b""
    except FileRefused:
        return None
    if b"extends" not in data:
        return None
    from dossier.store.yaml.loader import read_sheet  # noqa: PLC0415 - a start must not wait for the parser of YAML

    return read_sheet(file, data).extends


def _place(root: Path, name: str) -> Path:
    if is_archived(root):
        raise DossierError("A published archive extends no other; it is shown by itself.")
    known = archive_places().get(name)
    place = known or root.parent / name
    if known is None and place.is_symlink():
        raise DossierError(
            f"{place} is a link; write where the archive is under [{ARCHIVES}] of {configuration_file()}."
        )
    return place


def _open(place: Path, wanted: Extension) -> tuple[Path, str]:
    """Return the folder of an archive's dossier, and a note where it is one that was opened before."""
    from dossier.desk.archive.installing import find_installed, install  # noqa: PLC0415 - most dossiers extend nothing
    from dossier.desk.archive.manifest import NAME  # noqa: PLC0415

    note = "" if (place / NAME).is_file() else f"there is no archive {place}"
    folder = find_installed(place, wanted.key) if note else install(place, wanted.key)
    if folder is None:
        told = f'put it there, or write {wanted.archive} = "PATH" under [{ARCHIVES}] of {configuration_file()}'
        raise DossierError(f"The archive {wanted.archive} is not opened: {note}; {told}.")
    if _extension(folder) is not None:
        raise DossierError(f"{place} is not opened: it extends another archive, and a chain is not followed.")
    return folder, note and f"{note}; its version {_version(folder)} is shown, which was opened before"


def _version(folder: Path) -> str:
    from dossier.desk.archive.manifest import NAME, parse  # noqa: PLC0415

    return parse((folder.parent / NAME).read_bytes()).version


def _problem(wanted: Extension, severity: Severity, code: str, message: str, hint: str = "") -> Problem:
    return Problem(wanted.place, severity, code, message.rstrip("."), hint)
