"""The anchors of a dossier: all of them at a glance, and the lock that remembers where they were."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from dossier.desk.session import Session
from dossier.desk.user.atomic_write import write_bytes
from dossier.model.anchors import Evidence
from dossier.model.article_text import Version
from dossier.model.articles import may_have_front_matter
from dossier.model.entries import Link
from dossier.model.folding import fold
from dossier.model.locked import Locked
from dossier.model.markdown_words import is_markdown
from dossier.model.problems import DossierError
from dossier.model.resolving import Text, in_other_surroundings
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.rows import FIRST_FILES
from dossier.store.files.encoding import decode
from dossier.store.files.errors import FileRefused
from dossier.store.files.folder import MAX_BYTES, Folder
from dossier.store.files.paths import components, is_of_archive
from dossier.store.sync import lockfile
from dossier.store.sync.history import DossierHistory
from dossier.store.sync.kept_checks import count_unheld


class Anchored(Struct, frozen=True):
    """An anchor with its evidence and the entry it belongs to."""

    evidence: Evidence
    entry: str
    """Id of the entry it belongs to; for the evidence of a link, the entry that the link runs from."""
    what: str
    """`quote`, `event`, `link`, …: what rests on it."""


class LockChanges(Struct, frozen=True):
    """The changes that writing the lock made."""

    held: int
    """How many anchors it holds now."""
    added: int
    moved: int
    """Lines that say something else of the same anchor."""
    dropped: int
    """Lines of anchors that are no longer written."""
    open: int
    """Anchors that are not in the lock, because there is no sound evidence to hold."""
    waiting: int = 0
    """Anchors that moved into other surroundings, and are held where they were."""


class Anchoring:
    """The operations on the anchors of an open dossier."""

    def __init__(self, desk: Session, catalogue: Catalogue, folder: Folder) -> None:
        self.desk = desk
        self.folder = folder
        self._db = catalogue
        self._memory = DossierHistory(catalogue, folder)

    def all(self, article: str = "") -> list[Anchored]:
        """Every anchor, or those into one article, in the order in which they are written."""
        return self._anchored("article = ?" if article else "? = ''", article)

    def unsound(self) -> list[Anchored]:
        """The anchors that are no sound evidence, in the order in which they are written."""
        return self._anchored("status IN ('reworded', 'ambiguous', 'missing')")

    def _anchored(self, where: str, *values: str) -> list[Anchored]:
        found = [Anchored(evidence, entry, what) for entry, what, evidence in self._db.anchored(where, *values)]
        return sorted(found, key=_sort_key)

    def links(self) -> dict[tuple[str, str], Link]:
        """The links that may rest on anchors, by their key and file."""
        return {(key, link.place.file): link for key, link in self._db.links("field = ''")}

    def text(self, article: str) -> Text:
        """An article as it is now, with its lines of the lock and its versions.

        Raises:
            DossierError: it cannot be read.

        """
        path = self.path(article)
        data = self.read(path)
        return self._memory.text(article, path, decode(data), hashlib.sha256(data).digest())

    def revised(self, article: str, path: str, new: str, old: Version) -> Text:
        """A new text of an article, with the lock and the versions as they will be once the old text is kept."""
        digest = hashlib.sha256(new.encode()).hexdigest()
        front = may_have_front_matter(path, self.desk.get_or_raise(article).place.file)
        lines = self._memory.lines(article)
        versions = lambda: [old, *self._memory.versions(path)]  # noqa: E731 - read only when they are asked for
        return Text(new, digest, lines, versions, markdown=is_markdown(path), front=front)

    def path(self, article: str) -> str:
        """The file of an article, relative to the dossier's folder.

        Raises:
            DossierError: there is no such article.

        """
        entry = self.desk.get_or_raise(article)
        if entry.kind != "article":
            raise DossierError(f"{article} is not an article but a {entry.kind}.")
        return entry.text("file")

    def read(self, path: str) -> bytes:
        """The bytes of a file of the dossier, which must be UTF-8.

        Raises:
            DossierError: it cannot be read.

        """
        try:
            data = self.folder.read(path, lockfile.MAX_BYTES if path == lockfile.FILE else MAX_BYTES)
            decode(data)
        except FileRefused as refused:
            raise DossierError(f"{path} cannot be read: {refused.message}.") from refused
        return data

    def line(self, evidence: Evidence) -> Locked | None:
        """The line of the lock about an anchor."""
        lines = self._memory.lines(evidence.article)
        return Text("", "", lines).line(evidence.owner, evidence.wanted)

    def count_unheld(self) -> int:
        """The number of anchors that the lock does not hold; 0 where there is no lock."""
        return count_unheld(self._db)

    def lock(self, *, accept_moved: bool = False) -> LockChanges:
        """Write the lock anew: a line for every anchor that is sound; of the others, what it said of them before.

        What moved into other surroundings keeps its line too, unless `accept_moved` says that the new place is right.

        Raises:
            DossierError: it cannot be written.

        """
        anchors = [one for one in self.all() if not is_of_archive(one.evidence.wanted.place.file)]
        before = set(self._memory.every())
        lines = self._lines(anchors, accept_moved=accept_moved)
        self.write(lines)
        about = {line: line.anchor for line in before | lines}
        then, now = {about[line] for line in before}, {about[line] for line in lines}
        moved = {about[line] for line in lines - before} & then
        waiting = 0 if accept_moved else sum(in_other_surroundings(one.evidence) for one in anchors)
        return LockChanges(len(lines), len(now - then), len(moved), len(then - now), len(anchors) - len(lines), waiting)

    def hold(self, evidence: Iterable[Evidence]) -> None:
        """Put some anchors into the lock as they stand now, and leave all its other lines as they are.

        Raises:
            DossierError: one is not sound, the lock is broken, or it cannot be written.

        """
        path = self.folder.root / lockfile.FILE
        found, problems = lockfile.read(self.read(lockfile.FILE)) if path.exists() else ([], [])
        if problems:
            raise DossierError(f"{problems[0].place} {problems[0].message}; rewrite the lock: dossier check --lock")
        lines = {line.anchor: line for line in found}
        held = list(evidence)
        for one in held:
            check_own(one.owner, one.wanted.place.file)
        owners = {one.owner for one in held}
        known: dict[str, list[Evidence]] = {}
        for anchored in self.all():
            known.setdefault(anchored.evidence.owner, []).append(anchored.evidence)
        for key, line in list(lines.items()):  # what an entry rested on before its words were corrected
            if line.owner in owners and not any(
                line.speaks_of(one.owner, one.wanted, fold(one.wanted.text)) for one in known.get(line.owner, ())
            ):
                del lines[key]
        for one in held:
            line = self._line_of(self.text(one.article), one)
            lines[line.anchor] = line
        self.write(lines.values())

    def write(self, lines: Iterable[Locked]) -> None:
        """Make the lock hold exactly these lines, and check the dossier again."""
        text = lockfile.render(lines)
        path = self.folder.root / lockfile.FILE
        if path.exists() or text.count("\n") > 1:
            put(self.folder.root, lockfile.FILE, text)
        self.desk.refresh()

    def _lines(self, anchors: list[Anchored], *, accept_moved: bool) -> set[Locked]:
        grouped: dict[str, list[Evidence]] = {}
        for anchored in anchors:
            grouped.setdefault(anchored.evidence.article, []).append(anchored.evidence)
        lines: set[Locked] = set()
        for article, found in grouped.items():
            text = self.text(article) if any(one.sound for one in found) else None
            known = text or Text("", "", self._memory.lines(article))
            for one in found:
                taken = one.sound and (accept_moved or not in_other_surroundings(one))
                line = self._line_of(text, one) if text and taken else known.line(one.owner, one.wanted)
                if line is not None:
                    lines.add(line)
        return lines

    def _line_of(self, text: Text, one: Evidence) -> Locked:
        if not one.sound or text.original[one.start : one.end] != one.text:
            raise DossierError(f"{one.wanted.place}: the article {one.article} was changed just now; look at it again.")
        return text.lock(one.owner, one.ordinal, one.wanted, one.start, one.end)


def check_own(what: str, path: str) -> None:
    """Refuse to change something that is written in a file of the archive which the dossier extends.

    Raises:
        DossierError: it is.

    """
    if is_of_archive(path):
        told = "annotate it in files of your own, or ask its publisher"
        raise DossierError(f"{what} is in the archive that this dossier extends, which is not changed here; {told}.")


def put(root: Path, relative: str, text: str | bytes) -> None:
    """Put a file of the dossier in place of the one that is there, whole or not at all, and never through a link.

    Raises:
        DossierError: it cannot be written, or a link leads there.

    """
    check_own(relative, relative)
    parts = components(relative)
    for count in range(1, len(parts) + 1):
        if root.joinpath(*parts[:count]).is_symlink():
            raise DossierError(f"{'/'.join(parts[:count])} is a link; put the file itself there.")
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    write_bytes(root.joinpath(*parts), data, force=True)


def _sort_key(anchored: Anchored) -> tuple[bool, str, int, int, str, int]:
    evidence = anchored.evidence
    place = evidence.wanted.place
    return place.file not in FIRST_FILES, place.file, place.line, place.column, evidence.owner, evidence.ordinal
