"""Bring a catalogue up to date with the folder it was read from: only what changed is read and resolved again."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from msgspec import Struct

from dossier.model.entries import Entry
from dossier.model.problems import Problem
from dossier.model.progress import Progress, say_nothing
from dossier.model.sheets import FileContents
from dossier.store.catalogue import header, matrix_cache
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.queries import ORDER
from dossier.store.catalogue.rows import FIRST_FILES, Rows, rows_of
from dossier.store.files.errors import FileRefused, PathOutside
from dossier.store.files.fingerprints import fingerprint, stable
from dossier.store.files.folder import Folder
from dossier.store.files.listing import FolderListing
from dossier.store.sync.anchor_scan import ArticleScan, Outcome, look, lost, resolved_rows
from dossier.store.sync.archive_rows import ArchiveRows
from dossier.store.sync.file_rows import read_rows, settle_ids
from dossier.store.sync.history import DossierHistory
from dossier.store.sync.interruption import Interrupted
from dossier.store.sync.process_pool import SideBySide

_NOWHERE = "neither the anchor nor its file names an article"
_AT_ONCE = 2_000
_TOGETHER = 50
"""Files that are kept together, and after which progress is told."""
_OFTEN = 0.7
"""Seconds between two commits: what was read so far stays when the program is interrupted, and others see it."""


class Change(Struct, frozen=True):
    """The changes that a refresh found."""

    files: int
    """How many files were read, or found to be gone."""
    articles: frozenset[str]
    """The articles whose evidence was looked for anew."""

    def __bool__(self) -> bool:
        return bool(self.files or self.articles)


class Refresh:
    """A pass over a dossier's folder."""

    def __init__(
        self,
        catalogue: Catalogue,
        folder: Folder,
        progress: Progress = say_nothing,
        cancelled: Callable[[], bool] = lambda: False,
        listing: FolderListing | None = None,
        *,
        watched: bool = True,
        archive_catalogue: Path | None = None,
    ) -> None:
        """`listing` tells what is in the folder where that was looked up already: ten thousand articles take 0.1 s.

        `watched` says that a screen looks on: what is read first can be looked up at once, and statements are weighed.
        Without it that waits until somebody asks. `archive_catalogue` is that of the archive that the dossier extends.
        """
        self._watched = watched
        self._listing = listing
        self.catalogue = catalogue
        self.folder = folder
        self.progress = progress
        self.cancelled = cancelled
        self._memory = DossierHistory(catalogue, folder)
        self._workers = SideBySide(folder)
        self._archive_catalogue, self._archive = archive_catalogue, ArchiveRows(None)
        self._files = 0
        self._seen: dict[str, bytes] = {}
        self._published = 0.0

    def run(self) -> Change:
        """Read what changed, resolve the anchors affected, and return what changed.

        Raises:
            Interrupted: `cancelled` said so; the catalogue is whole and holds what was done until then.

        """
        with (
            SideBySide(self.folder) as self._workers,
            ArchiveRows(self._archive_catalogue) as self._archive,
            self.catalogue.filling(),
        ):
            return self._run()

    def _run(self) -> Change:
        db = self.catalogue
        listing = self._listing or self.folder.listing()
        self._seen = {path: stable(one, is_copy=listing.is_copy(path)) for path, one in listing.files.items()}
        db.run("BEGIN IMMEDIATE")
        try:
            if not self._watched and db.value("SELECT 1 FROM files") is None:
                db.drop_indexes()
            self._read("yaml", sorted(listing.yaml_files(), key=lambda file: file not in FIRST_FILES))
            self._left_out(listing.left_out)
            self._files += self._memory.refresh(listing, self._seen)
            self._read("front", self._matched_articles(listing))
            if self._files:
                settle_ids(db)
                self._archive.take_over_anchors(db, self._seen)
            articles = self._articles()
            db.make_indexes()
            if self._watched:
                matrix_cache.settle(db, self.progress, self._workers, self._publish)
            if self._files or articles or not header.is_kept(db):
                self._note_change()
                header.keep(db)
            db.run("REPLACE INTO state VALUES ('folder', ?)", fingerprint(listing))
        except Interrupted:
            header.forget(db)
            settle_ids(db)
            db.make_indexes()
            db.run("COMMIT")
            raise
        except BaseException:
            db.run("ROLLBACK")
            raise
        db.run("COMMIT")
        return Change(self._files, frozenset(articles))

    def weigh(self) -> None:
        """Weigh the statements that a pass which nobody watched has left."""
        db = self.catalogue
        with SideBySide(self.folder) as workers, db.filling(), db.transaction():
            if db.unweighed:
                matrix_cache.settle(db, self.progress, workers, db.publish)
                db.run("REPLACE INTO state VALUES ('content', ?)", os.urandom(8))

    def _step(self, what: str, done: int, total: int) -> None:
        if done % _TOGETHER == 0:
            self.progress(what, done, total)
            if self.cancelled():
                raise Interrupted
        if done and monotonic() - self._published > _OFTEN:
            self._publish()

    def _publish(self) -> None:
        """Commit what was done so far, and go on."""
        header.forget(self.catalogue)  # it may not be so any more, and this may be the last that is done
        self._note_change()  # whoever looks now must not take it for what was there before
        self.catalogue.publish()
        self._published = monotonic()

    def _note_change(self) -> None:
        self.catalogue.run("REPLACE INTO state VALUES ('content', ?)", os.urandom(8))

    def _read(self, role: str, files: list[str]) -> None:
        """Read the files that are new or changed, and forget those that are gone."""
        db, seen = self.catalogue, self._seen
        known = _known(db, role)
        for gone in known.keys() - set(files):
            db.forget(gone)
            self._files += 1
        tasks = []
        new: list[Rows] = []
        for file in files:
            if seen[file] and known.get(file, (b"",))[0] == seen[file]:
                continue
            if file not in known and (rows := self._archive.rows(role, file, seen[file])) is not None:
                new.append(rows)
                self._step("reading", len(new), len(files))
            else:
                tasks.append((role, file, seen[file], known[file][1] if file in known else None))
        for done, ((_, file, signature, _), rows) in enumerate(self._workers.each(read_rows, tasks)):
            if done % _TOGETHER == 0:
                self._keep(new)
            self._step("reading", done, len(tasks))
            if rows is None:
                db.run("UPDATE files SET signature = ? WHERE path = ?", signature, file)
                continue
            if file in known:
                db.forget(file)
            new.append(rows)
        self._keep(new)

    def _keep(self, new: list[Rows]) -> None:
        """Keep what was read of some files."""
        if new:
            self.catalogue.keep(new)
            self._files += len(new)
            new.clear()

    def _matched_articles(self, listing: FolderListing) -> list[str]:
        """The articles that `article_files` name."""
        matched: set[str] = set()
        for sheet in self.catalogue.sheets():
            for pattern, _ in sheet.globs:
                with contextlib.suppress(PathOutside):  # told by the check
                    matched.update(listing.glob(pattern, sheet.file))
        return sorted(matched)

    def _left_out(self, problems: tuple[Problem, ...]) -> None:
        """Keep what was told of the folder itself, where what was told of files is kept."""
        rows = rows_of(FileContents("", problems=problems), "folder", b"", b"")
        if rows["files"] != self.catalogue.rows("SELECT * FROM files WHERE role = 'folder'"):
            self.catalogue.forget("")
            self.catalogue.keep([rows])

    def _articles(self) -> set[str]:
        """Look at every article's text, and look anew for the anchors into those that changed."""
        db = self.catalogue
        articles = db.entries(f"kind = 'article' AND shadow = 0 ORDER BY {ORDER}")
        known = {article: rest for article, *rest in db.rows("SELECT id, path, digest, signature FROM articles")}
        for gone in known.keys() - {entry.id for entry in articles}:
            db.run("DELETE FROM articles WHERE id = ?", gone)
            db.run("UPDATE anchors SET digest = NULL WHERE article = ?", gone)
        waiting = set(db.values("SELECT DISTINCT article FROM anchors WHERE digest IS NULL"))
        there = {entry.id for entry in articles}
        for article in waiting - there:
            why = f"the article {article} is not in the dossier" if article else _NOWHERE
            db.resolve({article: resolved_rows(lost(db.unresolved(article), why), b"")})
        stale = [one for entry in articles if (one := self._stale(entry, known.get(entry.id), waiting)) is not None]
        resolved = waiting - there
        for at in range(0, len(stale), _AT_ONCE):  # so many articles' anchors are held in memory
            tasks = [self._task(*one) for one in stale[at : at + _AT_ONCE]]
            found: list[Outcome] = []
            for done, (_, outcome) in enumerate(self._workers.each(look, tasks), at):
                if done == 0:
                    db.make_indexes(found=False)  # while the other processes look
                if done % _TOGETHER == 0:
                    resolved |= self._put(found)
                    found.clear()
                self._step("checking evidence", done, len(stale))
                found.append(outcome)
            resolved |= self._put(found)
        return resolved

    def _stale(
        self, entry: Entry, known: list[Any] | None, waiting: set[str]
    ) -> tuple[Entry, bytes, bytes | None] | None:
        """An article that must be looked at, with its file's signature and known digest; None for one that need not."""
        file = entry.text("file")
        path, digest, seen = known or ("", None, b"")
        signature = self._seen.get(file) or _signature(self.folder, file)
        if signature and path == file and seen == signature and entry.id not in waiting:
            return None
        return entry, signature, digest if path == file else None

    def _task(self, entry: Entry, signature: bytes, known: bytes | None) -> ArticleScan:
        file = entry.text("file")
        anchors = tuple(self.catalogue.anchors_into(entry.id))
        lines, versions = self._memory.lines_blob(entry.id), self._memory.versions_blob(file)
        return ArticleScan(entry.id, file, entry.place_of("file"), signature, known, anchors, lines, versions)

    def _put(self, found: list[Outcome]) -> set[str]:
        """Keep what was found in some articles; those in which anything was looked for, or whose text is another."""
        sql = "REPLACE INTO articles VALUES (?,?,?,?,?)"
        told = [(one.article.id, one.article.path, one.digest, one.article.signature, one.problems) for one in found]
        self.catalogue.run_many(sql, told)
        self.catalogue.resolve({one.article.id: one.resolved for one in found if one.resolved})
        return {one.article.id for one in found if one.resolved or one.digest != one.article.known}


def _known(db: Catalogue, role: str) -> dict[str, tuple[bytes, bytes]]:
    rows = db.rows("SELECT path, signature, digest FROM files WHERE role = ?", role)
    return {path: (signature, digest) for path, signature, digest in rows}


def _signature(folder: Folder, file: str) -> bytes:
    """The signature that shows cheaply whether a file is unchanged; empty when only reading it can show that."""
    try:
        return stable(folder.signature(file))
    except FileRefused:
        return b""
