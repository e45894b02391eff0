"""Bringing files of other programs into a dossier: all of an import, or nothing of it."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from dossier.desk.desk import Desk
from dossier.desk.user.atomic_write import umask
from dossier.desk.user.places import FIRST_FILE
from dossier.exchange.anchoring import AnchorText
from dossier.exchange.formats import Library
from dossier.exchange.ids import slug
from dossier.exchange.line_ends import text_digest
from dossier.exchange.records import ImportOptions, Parts
from dossier.exchange.reports import ImportReport
from dossier.exchange.tables import importer
from dossier.exchange.writer import DossierWriter
from dossier.exchange.yaml_text import dump
from dossier.model.folding import fold
from dossier.model.problems import DossierError
from dossier.store.files.encoding import decode
from dossier.store.files.errors import FileRefused

_Read = Callable[[Library], Parts]
"""Reads the files of an import beside the articles that there are."""
_LAST = re.compile(r"[^/?#]+(?=/*(?:[?#].*)?$)")


class NoDossier:
    """A dossier that does not exist yet: it has no texts."""

    def text_of(self, address: str) -> str | None:  # noqa: ARG002
        """No text."""
        return None


class OpenDossier:
    """The dossier into which an import goes, as it is without the files of an earlier import of the same name."""

    def __init__(self, desk: Desk, folder: str) -> None:
        """Look at the dossier of `desk`; what was read from below `folder` does not count."""
        self._desk = desk
        catalogue = desk.texts.catalogue
        inside = f"{folder}/"
        written = catalogue.rows("SELECT id, file FROM entries")
        self.taken = frozenset(entry for entry, file in written if not file.startswith(inside))
        articles = catalogue.entries("kind = 'article' AND shadow = 0 ORDER BY id")
        self.articles = [entry for entry in articles if not entry.place.file.startswith(inside)]
        self.declared = frozenset(
            relation.name
            for sheet in catalogue.sheets()
            if not sheet.file.startswith(inside)
            for relation in sheet.relations
        )
        self.names: dict[tuple[str, str], str] = {
            (entry.kind, fold(entry.title).casefold()): entry.id
            for entry in catalogue.entries("kind IN ('delegation', 'person', 'issue') AND shadow = 0 ORDER BY id DESC")
            if not entry.place.file.startswith(inside)
        }

    def text_of(self, address: str) -> str | None:
        """The text of the article with that URL, id or file name; None when there is none, or several."""
        last = _LAST.search(address)
        name = last.group() if last else address
        by_url = [one for one in self.articles if one.text("url") == address]
        found = by_url or [one for one in self.articles if name in (one.id, Path(one.text("file")).name)]
        return self.read(found[0].id) if len(found) == 1 else None

    def read(self, article: str) -> str:
        """The text of an article; raises `DossierError`."""
        entry = self._desk.get_or_raise(article)
        try:
            return decode(self._desk.texts.folder.read(entry.text("file")))
        except FileRefused as refused:
            raise DossierError(f"The article {article} cannot be read: {refused.message}.") from refused

    def anchor_text(self, article: str) -> AnchorText:
        """An article, to look for anchors in; raises `DossierError`."""
        return AnchorText.of(self._desk.anchoring.text(article))

    def digests(self) -> dict[str, str]:
        """The id of each article by the digest of its text; what cannot be read is no article of anything."""
        found: dict[str, str] = {}
        for entry in self.articles:
            with suppress(DossierError):
                found.setdefault(text_digest(self.read(entry.id)), entry.id)
        return found


def import_files(form: str, files: Sequence[Path], target: Path, options: ImportOptions) -> ImportReport:
    """Bring files of a format into the dossier at `target`, which is made when there is none.

    Raises:
        DossierError: a file cannot be read, or something is in the way; nothing was written then.

    """
    name = slug(f"{form}-{files[0].stem}") or form
    report = ImportReport(options.losses)
    staging_home = target.parent if target.parent.is_dir() else Path.cwd()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staging_home = target.parent
        staging = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", suffix=".part", dir=staging_home))
    except OSError as error:
        raise DossierError(f"{target} cannot be made: {error.strerror}; give another place.") from None

    def read(library: Library) -> Parts:
        return importer(form).read(files, library, options)

    try:
        if (target / FIRST_FILE).is_file():
            _import_into(read, target, report, name, staging)
        else:
            _import_new(read, target, report, name, staging)
    except OSError as error:
        raise DossierError(f"{target} cannot be written to: {error.strerror or error}.") from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return report


def _import_new(read: _Read, target: Path, report: ImportReport, name: str, staging: Path) -> None:
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise DossierError(f"{target} exists and is no dossier (it holds no {FIRST_FILE}); give another folder.")
    title = DossierWriter(staging, name, report).write(read(NoDossier()))
    head = dump({"format": 1, "title": title or target.resolve().name})
    (staging / FIRST_FILE).write_text(head, encoding="utf-8")
    staging.chmod(0o777 & ~umask())
    if target.exists():
        target.rmdir()
    staging.rename(target)


def _import_into(read: _Read, target: Path, report: ImportReport, name: str, staging: Path) -> None:
    desk = Desk.open(target)
    try:
        library = OpenDossier(desk, f"imports/{name}")
        writer = DossierWriter(
            staging, name, report,
            taken=library.taken, known=library.digests(), declared=library.declared, read_known=library.anchor_text,
            names=library.names,
        )  # fmt: skip
        writer.write(read(library))
    finally:
        desk.close()
    _move(staging, target)


def _move(staging: Path, target: Path) -> None:
    """Put every new file in its place, or none; an identical file that is there already stays."""
    new: list[tuple[Path, Path]] = []
    for source in sorted(path for path in staging.rglob("*") if path.is_file()):
        path = target / source.relative_to(staging)
        for folder in path.relative_to(target).parents:
            if (target / folder).is_symlink() and folder != Path():
                raise DossierError(f"{target / folder} is a link; nothing is written through it.")
        if not os.path.lexists(path):
            new.append((source, path))
        elif path.is_symlink() or not path.is_file() or path.read_bytes() != source.read_bytes():
            raise DossierError(f"{path} is there already and differs from what would be written; move it away first.")
    placed: list[Path] = []
    try:
        for source, path in new:
            path.parent.mkdir(parents=True, exist_ok=True)
            source.rename(path)
            placed.append(path)
    except OSError:
        for path in placed:
            path.unlink(missing_ok=True)
        raise
