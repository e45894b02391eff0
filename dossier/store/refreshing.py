"""Bring a catalogue up to date with the folder it was read from: only what changed is read and resolved again."""

import contextlib
import hashlib
from collections.abc import Callable, Sequence

import msgspec
from msgspec import Struct

from dossier.model.anchors import Evidence, Found
from dossier.model.articles import Paragraph, body_start, paragraph_at, paragraphs
from dossier.model.entries import Entry, Wanted
from dossier.model.problems import Place, Problem
from dossier.model.resolving import Text
from dossier.model.sheets import Sheet
from dossier.store import weighing
from dossier.store.catalogue import ORDER, Catalogue
from dossier.store.folders import Folder, Listing
from dossier.store.memory import Memory
from dossier.store.reading import read_front_matter, read_sheet
from dossier.store.refusals import NotText, PathOutside, Refused
from dossier.store.rows import Rows, rows_of
from dossier.store.signatures import fingerprint, stable
from dossier.store.texts import decode, text_problems

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""

_BATCH = 400
"""Files between two commits: what was read so far stays when the program is interrupted."""


class Interrupted(Exception):  # noqa: N818
    """The caller asked to stop; what was done so far is kept."""


class Change(Struct, frozen=True):
    """What a refresh found changed."""

    files: int
    """How many files were read, or found to be gone."""
    articles: frozenset[str]
    """The articles whose evidence was looked for anew."""

    def __bool__(self) -> bool:
        return bool(self.files or self.articles)


def _say_nothing(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


class Refresh:
    """One pass over a dossier's folder."""

    def __init__(
        self,
        catalogue: Catalogue,
        folder: Folder,
        progress: Progress = _say_nothing,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self.catalogue = catalogue
        self.folder = folder
        self.progress = progress
        self.cancelled = cancelled
        self._memory = Memory(catalogue, folder)
        self._files = 0
        self._seen: dict[str, bytes] = {}

    def run(self) -> Change:
        """Read what changed, resolve what it touches, and say what that was.

        Raises:
            Interrupted: `cancelled` said so; the catalogue is whole and holds what was done until then.

        """
        db = self.catalogue
        listing = self.folder.listing()
        self._seen = {file: stable(signature) for file, signature in listing.files.items()}
        db.run("BEGIN IMMEDIATE")
        try:
            self._read("yaml", listing.yaml_files())
            self._left_out(listing.left_out)
            self._files += self._memory.refresh(listing, self._seen)
            self._read("front", self._matched(listing))
            if self._files:
                self._settle()
            articles = self._articles()
            weighing.settle(db, self.progress)
            db.run("REPLACE INTO state VALUES ('folder', ?)", fingerprint(listing))
        except Interrupted:
            self._settle()
            db.run("COMMIT")
            raise
        except BaseException:
            db.run("ROLLBACK")
            raise
        db.run("COMMIT")
        return Change(self._files, frozenset(articles))

    def _step(self, what: str, done: int, total: int) -> None:
        if done % 50 == 0:
            self.progress(what, done, total)
            if self.cancelled():
                raise Interrupted
        if done and done % _BATCH == 0:
            self.catalogue.run("COMMIT")
            self.catalogue.run("BEGIN IMMEDIATE")

    def _read(self, role: str, files: list[str]) -> None:
        """Read the files that are new or changed, and forget those that are gone."""
        db, seen = self.catalogue, self._seen
        known = _known(db, role)
        for gone in known.keys() - set(files):
            db.forget(gone)
            self._files += 1
        changed = [file for file in files if not seen[file] or known.get(file, (b"",))[0] != seen[file]]
        for done, file in enumerate(changed):
            self._step("reading", done, len(changed))
            rows = read_rows(self.folder, role, file, seen[file], known[file][1] if file in known else None)
            if rows is None:
                db.run("UPDATE files SET signature = ? WHERE path = ?", seen[file], file)
                continue
            if file in known:
                db.forget(file)
            db.keep([rows])
            self._files += 1

    def _matched(self, listing: Listing) -> list[str]:
        """The articles that `article_files` name."""
        matched: set[str] = set()
        for sheet in self.catalogue.sheets():
            for pattern, _ in sheet.globs:
                with contextlib.suppress(PathOutside):  # told by the check
                    matched.update(listing.glob(pattern))
        return sorted(matched)

    def _left_out(self, problems: tuple[Problem, ...]) -> None:
        """Keep what was told of the folder itself, where what was told of files is kept."""
        rows = rows_of(Sheet("", problems=problems), "folder", b"", b"")
        if rows["files"] != self.catalogue.rows("SELECT * FROM files WHERE role = 'folder'"):
            self.catalogue.forget("")
            self.catalogue.keep([rows])

    def _settle(self) -> None:
        """Decide which of several entries of one id counts, and which article is meant where none is named."""
        db = self.catalogue
        db.run("UPDATE entries SET shadow = 0 WHERE shadow = 1")
        for entry_id in db.values("SELECT id FROM entries GROUP BY id HAVING count(*) > 1"):
            numbers = db.values(f"SELECT n FROM entries WHERE id = ? ORDER BY {ORDER}", entry_id)
            db.run_many("UPDATE entries SET shadow = 1 WHERE n = ?", [(n,) for n in numbers[1:]])
        only = db.values("SELECT id FROM entries WHERE kind = 'article' AND shadow = 0 LIMIT 2")
        article = only[0] if len(only) == 1 else ""
        db.run("UPDATE anchors SET article = ?, digest = NULL WHERE given = '' AND article <> ?", article, article)

    def _articles(self) -> set[str]:
        """Look at every article's text, and look anew for the anchors into those that changed."""
        db = self.catalogue
        articles = db.entries(f"kind = 'article' AND shadow = 0 ORDER BY {ORDER}")
        known = {article: rest for article, *rest in db.rows("SELECT id, path, digest, signature FROM articles")}
        for gone in known.keys() - {entry.id for entry in articles}:
            db.run("DELETE FROM articles WHERE id = ?", gone)
            db.run("UPDATE anchors SET digest = NULL WHERE article = ?", gone)
        resolved: set[str] = set()
        for done, entry in enumerate(articles):
            path, old, seen = known.get(entry.id, ("", b"", b""))
            signature = self._seen.get(entry.text("file")) or _signature(self.folder, entry.text("file"))
            if not signature or path != entry.text("file") or seen != signature:
                self._step("checking evidence", done, len(articles))
                if self._look_at(entry, signature, old if path else None):
                    resolved.add(entry.id)
        for article in db.values("SELECT DISTINCT article FROM anchors WHERE digest IS NULL"):
            self._step("checking evidence", len(resolved), len(articles))
            self._resolve(article)
            resolved.add(article)
        return resolved

    def _look_at(self, entry: Entry, signature: bytes, old: bytes | None) -> bool:
        """Read an article, and look for its anchors if its bytes are not the `old` ones; whether that was so."""
        path = entry.text("file")
        digest, text, problems = self._text(entry)
        if digest == old and digest:
            self.catalogue.run("UPDATE articles SET signature = ?, path = ? WHERE id = ?", signature, path, entry.id)
            return False
        blob = msgspec.msgpack.encode(problems)
        self.catalogue.run("REPLACE INTO articles VALUES (?,?,?,?,?)", entry.id, path, digest, signature, blob)
        if digest == old:
            return False
        self.catalogue.run("UPDATE anchors SET digest = NULL WHERE article = ?", entry.id)
        self._resolve(entry.id, digest, text)
        return True

    def _text(self, entry: Entry) -> tuple[bytes, str, list[Problem]]:
        """The digest of an article's bytes, its text, and what is wrong with it; an empty digest when unreadable."""
        path = entry.text("file")
        try:
            data = self.folder.read(path)
            text = decode(data)
        except NotText as refused:
            return b"", "", [refused.problem(Place(path, refused.line, refused.column))]
        except Refused as refused:
            return b"", "", [refused.problem(entry.place_of("file"))]
        return hashlib.sha256(data).digest(), text, text_problems(path, text)

    def _resolve(self, article: str, digest: bytes = b"", text: str = "") -> None:
        """Look for the anchors into an article that are still to be looked for."""
        db = self.catalogue
        pending = db.unresolved(article)
        if not pending:
            return
        entry = db.entry(article)
        if not digest and entry and entry.kind == "article":
            digest, text, _ = self._text(entry)
        if digest and entry:
            known = self._memory.text(article, entry.text("file"), text, digest)
            db.resolve(resolve(known, pending, article), digest)
            return
        why = f"the article {article} cannot be read" if article else "neither the anchor nor its file names an article"
        lost = Found("missing", (), why)
        db.resolve([(n, evidence(owner, at, wanted, lost)) for n, owner, at, wanted in pending], b"")


def resolve(text: Text, pending: list[tuple[int, str, int, Wanted]], article: str) -> list[tuple[int, Evidence]]:
    """What is found in an article's text of `(n, owner, ordinal, wanted)`, by `n`."""
    original = text.original
    ranges = paragraphs(original, body_start(original))
    resolved = []
    for n, owner, at, wanted in pending:
        named = wanted if wanted.article else msgspec.structs.replace(wanted, article=article)
        resolved.append((n, evidence(owner, at, named, text.find(owner, named), original, ranges)))
    return resolved


def evidence(
    owner: str, ordinal: int, wanted: Wanted, found: Found, text: str = "", ranges: Sequence[Paragraph] = ()
) -> Evidence:
    """The record of what was found of an anchor."""
    if len(found.spans) != 1:
        return Evidence(owner, ordinal, wanted, found.status, why=found.why, places=found.spans)
    ((start, end),) = found.spans
    paragraph = paragraph_at(ranges, start)
    return Evidence(owner, ordinal, wanted, found.status, start, end, text[start:end], paragraph, found.why)


def read_rows(folder: Folder, role: str, file: str, signature: bytes, known: bytes | None) -> Rows | None:
    """The rows of a file; None when its bytes have the digest that is `known`."""
    try:
        data = folder.read(file)
    except Refused as refused:
        return rows_of(Sheet(file, problems=(refused.problem(Place(file)),)), role, signature, b"")
    digest = hashlib.sha256(data).digest()
    if digest == known:
        return None
    return rows_of(read_sheet(file, data) if role == "yaml" else read_front_matter(file, data), role, signature, digest)


def _known(db: Catalogue, role: str) -> dict[str, tuple[bytes, bytes]]:
    rows = db.rows("SELECT path, signature, digest FROM files WHERE role = ?", role)
    return {path: (signature, digest) for path, signature, digest in rows}


def _signature(folder: Folder, file: str) -> bytes:
    """What tells cheaply whether a file is still the same; empty when that cannot be told, so that it is read."""
    try:
        return stable(folder.signature(file))
    except Refused:
        return b""
