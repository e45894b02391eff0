"""Taking over what is known of an archive into the catalogue of a dossier that extends it.

The archive has a catalogue of its own, which came with it or was made when it was opened. A file that has the very
signature there that it has now was read from the same bytes: its rows are put down as those of a file of the archive,
instead of parsing it once more. Likewise what was found of the anchors into an article, where nothing else is
remembered of it here. All else is read and looked for as ever.
"""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import msgspec
from msgspec.structs import replace

from dossier.model.entries import Anchor, Entry, Link
from dossier.model.problems import DossierError, Place
from dossier.model.sheets import FileContents
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.rows import Rows, rows_of
from dossier.store.files.paths import ARCHIVE, is_of_archive
from dossier.store.yaml.extension import below_archive

_sheet = msgspec.msgpack.Decoder(FileContents).decode
_entry = msgspec.msgpack.Decoder(Entry).decode
_link = msgspec.msgpack.Decoder(Link).decode
_anchor = msgspec.msgpack.Decoder(Anchor).decode
_encode = msgspec.msgpack.Encoder().encode
_NO_PROBLEM = _encode([])


class ArchiveRows:
    """The catalogue of the archive that a dossier extends; empty where there is none of this version of the program."""

    def __init__(self, path: Path | None) -> None:
        self._db: Catalogue | None = None
        if path is not None and path.is_file():
            with suppress(DossierError, sqlite3.Error):
                self._db = Catalogue(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._give_up()

    def _give_up(self) -> None:
        """Discard what is known of the archive."""
        if self._db is not None:
            self._db.close()
        self._db = None

    def rows(self, role: str, file: str, signature: bytes) -> Rows | None:
        """Return the rows of a file of the archive, as reading it would make them; None where it is to be read.

        A file with problems is read: what they tell names paths.
        """
        if self._db is None or not signature or not is_of_archive(file):
            return None
        try:
            return self._rows(self._db, role, file, signature)
        except (sqlite3.Error, msgspec.MsgspecError):
            self._give_up()
            return None

    def _rows(self, db: Catalogue, role: str, file: str, signature: bytes) -> Rows | None:
        path = file.removeprefix(f"{ARCHIVE}/")
        sql = "SELECT digest, sheet FROM files WHERE path = ? AND role = ? AND signature = ? AND digest <> x''"
        for digest, blob in db.rows(sql, path, role, signature):
            rest = _sheet(blob) if blob else FileContents(path)
            if rest.problems:
                return None
            entries = db.values("SELECT record FROM entries WHERE file = ? ORDER BY ord", path)
            links = db.values("SELECT record FROM links WHERE file = ? ORDER BY ord", path)
            sheet = _move_contents(rest, tuple(map(_entry, entries)), tuple(map(_link, links)))
            return rows_of(below_archive(sheet), role, signature, digest)
        return None

    def take_over_anchors(self, db: Catalogue, seen: dict[str, bytes]) -> None:
        """Put down what was found in articles of the archive into which nothing of the dossier's own is anchored."""
        known = set(db.values("SELECT id FROM articles"))
        there = self._articles(seen)
        for entry in db.entries("kind = 'article' AND shadow = 0"):
            if entry.id in there and entry.id not in known:
                self._take_over(db, entry, *there[entry.id])

    def _articles(self, seen: dict[str, bytes]) -> dict[str, tuple[str, str, bytes, bytes]]:
        """Return path, file of the entry, digest and signature of each article whose text is the one looked at."""
        if self._db is None:
            return {}
        sql = """SELECT a.id, a.path, e.file, a.digest, a.signature FROM articles a JOIN entries e ON e.id = a.id
            WHERE e.kind = 'article' AND e.shadow = 0 AND a.digest <> x'' AND a.signature <> x'' AND a.problems = ?
            AND a.path NOT IN (SELECT path FROM versions)"""
        try:
            rows = self._db.rows(sql, _NO_PROBLEM)
        except sqlite3.Error:
            self._give_up()
            return {}
        return {
            article: (f"{ARCHIVE}/{path}", f"{ARCHIVE}/{file}", digest, signature)
            for article, path, file, digest, signature in rows
            if signature == seen.get(f"{ARCHIVE}/{path}")
        }

    def _take_over(self, db: Catalogue, article: Entry, path: str, file: str, digest: bytes, signature: bytes) -> None:
        """Put down what was found in an article, where its entry, its lines in the lock and its anchors are alike."""
        if (article.text("file"), article.place.file) != (path, file):
            return
        lines, found = self._found(article.id, digest)
        if db.value("SELECT 1 FROM locked WHERE article = ?", article.id) is not None:
            return
        if lines != db.value("SELECT lines FROM archive_locked WHERE article = ?", article.id):
            return
        sql = "SELECT n, file, owner, ordinal, wanted FROM anchors WHERE article = ?"
        numbers = {tuple(anchor): n for n, *anchor in db.rows(sql, article.id)}
        if numbers.keys() != found.keys():
            return
        db.run("REPLACE INTO articles VALUES (?,?,?,?,?)", article.id, path, digest, signature, _NO_PROBLEM)
        db.resolve({article.id: [(*found[anchor], n) for anchor, n in numbers.items()]})

    def _found(self, article: str, digest: bytes) -> tuple[bytes | None, dict[tuple[Any, ...], list[Any]]]:
        """Return the lines of the archive's lock about an article, and what was found, by anchor as it is here."""
        sql = """SELECT file, owner, ordinal, wanted, digest, status, start, end, noted, record FROM anchors
            WHERE article = ? AND digest = ?"""
        try:
            if self._db is None:
                return None, {}
            lines = self._db.value("SELECT lines FROM locked WHERE article = ?", article)
            return lines, {
                (f"{ARCHIVE}/{file}", owner, at, _encode(_move_anchor(_anchor(wanted)))): rest
                for file, owner, at, wanted, *rest in self._db.rows(sql, article, digest)
            }
        except (sqlite3.Error, msgspec.MsgspecError):
            self._give_up()
            return None, {}


def _move_contents(rest: FileContents, entries: tuple[Entry, ...], links: tuple[Link, ...]) -> FileContents:
    """Return the contents of a file of an archive with the places that they have below it."""
    return replace(
        rest,
        file=f"{ARCHIVE}/{rest.file}",
        entries=tuple(map(_move_entry, entries)),
        links=tuple(map(_move_link, links)),
        relations=tuple(replace(one, place=_below(one.place)) for one in rest.relations),
        globs=tuple((pattern, _below(place)) for pattern, place in rest.globs),
    )


def _move_entry(entry: Entry) -> Entry:
    return replace(entry, place=_below(entry.place), wanted=tuple(map(_move_anchor, entry.wanted)))


def _move_link(link: Link) -> Link:
    return replace(
        link,
        place=_below(link.place),
        source_place=_below(link.source_place),
        target_place=_below(link.target_place),
        relation_place=link.relation_place and _below(link.relation_place),
        wanted=tuple(map(_move_anchor, link.wanted)),
    )


def _move_anchor(anchor: Anchor) -> Anchor:
    return replace(anchor, place=_below(anchor.place))


def _below(place: Place) -> Place:
    return Place(f"{ARCHIVE}/{place.file}", place.line, place.column) if place.file else place
