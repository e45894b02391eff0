"""Earlier texts of the articles: the lock, and the versions kept when an article was revised.

The old text of `articles/london.txt` is kept as `articles/versions/london.2026-11-23.txt`, a second one of the same day
as `london.2026-11-23.2.txt`. A folder `versions` takes no part in `article_files`, unless a pattern names it.
"""

import contextlib
import hashlib
import re
from collections.abc import Sequence
from functools import partial
from pathlib import PurePosixPath

import msgspec

from dossier.model.article_text import Version
from dossier.model.articles import may_have_front_matter
from dossier.model.locked import Locked
from dossier.model.markdown_words import is_markdown
from dossier.model.problems import Place
from dossier.model.resolving import Text
from dossier.model.sheets import FileContents
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.rows import rows_of
from dossier.store.files.encoding import decode
from dossier.store.files.errors import FileRefused
from dossier.store.files.folder import Folder
from dossier.store.files.listing import VERSIONS, FolderListing
from dossier.store.files.paths import ARCHIVE
from dossier.store.sync import lockfile

_MOST = 20
"""How many versions of one article are looked at, the latest first."""

_NAME = re.compile(r"(?P<stem>.+)\.(?P<date>\d{4}-\d\d-\d\d)(?:\.(?P<number>[1-9]\d*))?(?P<suffix>\.[^.]*)?")
_LINES = """
    SELECT (SELECT lines FROM locked WHERE article = ?1), (SELECT lines FROM archive_locked WHERE article = ?1)
"""
_encode = msgspec.msgpack.Encoder().encode
_lines = msgspec.msgpack.Decoder(list[Locked]).decode
_names = msgspec.msgpack.Decoder(list[tuple[str, bytes]]).decode


class DossierHistory:
    """The lock and the kept versions of one dossier, cached in its catalogue."""

    def __init__(self, db: Catalogue, folder: Folder) -> None:
        self._db = db
        self._folder = folder

    def refresh(self, listing: FolderListing, seen: dict[str, bytes]) -> int:
        """Read the lock if it changed, and see which versions there are; how many files were read or found gone.

        The anchors of every article about which something else is remembered now are marked to be looked for anew.
        """
        changed = self._read_lock(lockfile.FILE, "locked", listing, seen)
        changed += self._read_lock(f"{ARCHIVE}/{lockfile.FILE}", "archive_locked", listing, seen)
        self._see_versions(listing, seen)
        return changed

    def lines(self, article: str) -> Sequence[Locked]:
        """The lines of the lock and of the archive's about an article."""
        blob = self.lines_blob(article)
        return _lines(blob) if blob else ()

    def every(self) -> list[Locked]:
        """Every line of the lock."""
        return [line for blob in self._db.values("SELECT lines FROM locked") for line in _lines(blob)]

    def _read_lock(self, file: str, table: str, listing: FolderListing, seen: dict[str, bytes]) -> int:
        db = self._db
        known = db.rows("SELECT signature, digest FROM files WHERE path = ? AND role = 'lock'", file)
        if file not in listing.files:
            if known:
                db.forget(file)
                self._keep(table, [])
            return len(known)
        signature = seen[file]
        if known and signature and known[0][0] == signature:
            return 0
        digest = b""
        try:
            data = self._folder.read(file, lockfile.MAX_BYTES)
        except FileRefused as refused:
            found: list[Locked] = []
            problems = [refused.problem(Place(file))]
        else:
            digest = hashlib.sha256(data).digest()
            if known and known[0][1] == digest:
                db.run("UPDATE files SET signature = ? WHERE path = ?", signature, file)
                return 0
            found, problems = lockfile.read(data)
        db.forget(file)
        db.keep([rows_of(FileContents(file, problems=tuple(problems)), "lock", signature, digest)])
        self._keep(table, found)
        return 1

    def patch(self, before: bytes, after: bytes, removed: Sequence[Locked], added: Sequence[Locked]) -> None:
        """Take over what an edit changed in the lock, where the lock before is the one that is known: reading one of
        65,000 lines anew takes a second. `before` and `after` are the SHA-256 of its bytes.
        """
        db = self._db
        sql = "SELECT digest FROM files WHERE path = ? AND role = 'lock' AND sheet = x''"
        if db.value(sql, lockfile.FILE) != before:
            return
        with db.transaction():
            self._patch(after, removed, added)

    def _patch(self, digest: bytes, removed: Sequence[Locked], added: Sequence[Locked]) -> None:
        db = self._db
        for article in {line.article for line in (*removed, *added)}:
            blob = db.value("SELECT lines FROM locked WHERE article = ?", article)
            lines = [line for line in (_lines(blob) if blob else ()) if line not in removed]
            lines = sorted([*lines, *(line for line in added if line.article == article)], key=lockfile.order)
            db.run("DELETE FROM locked WHERE article = ?", article)
            if lines:
                db.run("INSERT INTO locked VALUES (?,?)", article, _encode(lines))
            db.run("UPDATE anchors SET digest = NULL WHERE article = ?", article)
        db.run("UPDATE files SET digest = ?, signature = x'' WHERE path = ? AND role = 'lock'", digest, lockfile.FILE)
        db.run("REPLACE INTO state VALUES ('folder', x'')")

    def _keep(self, table: str, lines: list[Locked]) -> None:
        grouped: dict[str, list[Locked]] = {}
        for line in sorted(lines, key=lockfile.order):
            grouped.setdefault(line.article, []).append(line)
        self._replace(table, "article", {article: _encode(found) for article, found in grouped.items()}, "article")

    def _see_versions(self, listing: FolderListing, seen: dict[str, bytes]) -> None:
        found: dict[str, list[tuple[str, int, str]]] = {}
        for path in listing.files:
            if f"{VERSIONS}/" in path and (told := version_of(path)):
                article, date, number = told
                found.setdefault(article, []).append((date, number, path))
        latest = {
            article: _encode([(path, seen[path]) for _, _, path in sorted(versions, reverse=True)[:_MOST]])
            for article, versions in found.items()
        }
        articles = "article IN (SELECT id FROM articles WHERE path = ?)"
        self._replace("versions", "path", latest, articles)

    def _replace(self, table: str, key: str, found: dict[str, bytes], where: str) -> None:
        """Make a table hold what was found, and mark the anchors of whatever differs."""
        db = self._db
        known = dict(db.rows(f"SELECT {key}, lines FROM {table}"))
        condition = where if "?" in where else f"{where} = ?"
        for name in known.keys() | found.keys():
            if known.get(name) != found.get(name):
                db.run(f"DELETE FROM {table} WHERE {key} = ?", name)
                if name in found:
                    db.run(f"INSERT INTO {table} VALUES (?,?)", name, found[name])
                db.run(f"UPDATE anchors SET digest = NULL WHERE {condition}", name)

    def versions(self, path: str) -> list[Version]:
        """The versions kept of the article in a file, the latest first."""
        return _read_versions(self._folder, self.versions_blob(path))

    def lines_blob(self, article: str) -> bytes | None:
        """The lines of the lock and of the archive's about an article, as `remembered` takes them."""
        blob: bytes | None
        archived: bytes | None
        ((blob, archived),) = self._db.rows(_LINES, article)
        return _encode([*_lines(blob), *_lines(archived)]) if blob and archived else blob or archived

    def versions_blob(self, path: str) -> bytes | None:
        """The versions kept of the article in a file, as `remembered` takes them."""
        blob: bytes | None = self._db.value("SELECT lines FROM versions WHERE path = ?", path)
        return blob

    def text(self, article: str, path: str, original: str, digest: bytes) -> Text:
        """An article's text with what is remembered of it; `digest` is the SHA-256 of its bytes."""
        entry = self._db.entry(article)
        front = entry is None or may_have_front_matter(path, entry.place.file)
        lines, versions = self.lines_blob(article), self.versions_blob(path)
        return remembered(self._folder, path, original, digest, lines, versions, front=front)


def remembered(
    folder: Folder,
    path: str,
    original: str,
    digest: bytes,
    lines: bytes | None,
    versions: bytes | None,
    *,
    front: bool,
) -> Text:
    """An article's text with the lines of the lock about it; its versions are read when they are asked for."""
    known = _lines(lines) if lines else ()
    read = partial(_read_versions, folder, versions)
    return Text(original, digest.hex(), known, read, markdown=is_markdown(path), front=front)


def _read_versions(folder: Folder, blob: bytes | None) -> list[Version]:
    kept = []
    for name, _ in _names(blob) if blob else ():
        with contextlib.suppress(FileRefused):  # one that cannot be read tells nothing
            kept.append(Version(name, decode(folder.read(name))))
    return kept


def version_of(path: str) -> tuple[str, str, int] | None:
    """The article's file, the day, and the number on that day of which a path keeps a version; None when it is none."""
    parts = PurePosixPath(path).parts
    match = _NAME.fullmatch(parts[-1]) if len(parts) > 1 and parts[-2] == VERSIONS else None
    if not match:
        return None
    name = match["stem"] + (match["suffix"] or "")
    return "/".join((*parts[:-2], name)), match["date"], int(match["number"] or 1)


def version_name(path: str, date: str, number: int) -> str:
    """The path that keeps the text of the article in `path` when it is revised on a day for the `number`th time."""
    file = PurePosixPath(path)
    counted = f".{number}" if number > 1 else ""
    return str(file.parent / VERSIONS / f"{file.stem}.{date}{counted}{file.suffix}")
