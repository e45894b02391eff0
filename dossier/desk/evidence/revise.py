"""A new version of an article: its effect on the evidence, computed before it replaces the old one.

The old text is kept first, in the folder `versions` beside it, under the day's date; then the new one replaces it. When
the program ends between the two, there is a copy too many and nothing else has changed; doing it again finishes it.
"""

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from dossier.desk.evidence.anchors import Anchored, Anchoring, check_own, put
from dossier.desk.user.atomic_write import write_whole
from dossier.model.anchors import Evidence
from dossier.model.article_text import Version
from dossier.model.articles import front_matter_end, may_have_front_matter
from dossier.model.problems import DossierError
from dossier.store.files.encoding import decode
from dossier.store.files.errors import NotText
from dossier.store.files.folder import MAX_BYTES
from dossier.store.sync.anchor_scan import found_in
from dossier.store.sync.history import version_name

if TYPE_CHECKING:
    from dossier.desk.desk import Desk


class RevisedAnchor(Struct, frozen=True):
    """The effect of a new version on one anchor."""

    anchored: Anchored
    """Its place and status in the old text."""
    new: Evidence
    """What is found of it in the new text."""

    @property
    def old(self) -> Evidence:
        """Its place and status in the old text."""
        return self.anchored.evidence

    @property
    def changes(self) -> bool:
        """Return whether it was sound and is no longer, or the other way round, or is unsound in another way."""
        return self.old.status != self.new.status and not (self.old.sound and self.new.sound)

    @property
    def needs_a_look(self) -> bool:
        """Return whether it is not sound in the new text."""
        return not self.new.sound


class Revision(Struct, frozen=True):
    """A new version of an article, not yet in its place."""

    article: str
    path: str
    """The article's file, relative to the dossier's folder."""
    old: str
    """Its text as it is."""
    new: str
    """Its text as it would be."""
    anchors: tuple[RevisedAnchor, ...]
    """Every anchor into it, in the order in which they are written."""
    notes: tuple[str, ...] = ()
    """Further notes, a sentence each."""


def plan(desk: "Desk", article: str, data: bytes) -> Revision:
    """The effects that the bytes of a new version would have; nothing is written.

    Raises:
        DossierError: there is no such article, or the bytes are no text of at most 5 MB.

    """
    anchoring = desk.anchoring
    path = anchoring.path(article)
    check_own(article, path)
    old, new = decode(anchoring.read(path)), _text(data)
    notes = []
    entry = desk.get_or_raise(article)
    front = may_have_front_matter(path, entry.place.file) and front_matter_end(old)
    if front and not front_matter_end(new):
        new = old[:front] + new.removeprefix("\ufeff")
        notes.append("The new version has no front matter; that of the old one stays.")
    before = anchoring.all(article)
    kept = Version(version_name(path, _today(), 1), old)
    text = anchoring.revised(article, path, new, kept)
    pending = [(at, one.evidence.owner, one.evidence.ordinal, one.evidence.wanted) for at, one in enumerate(before)]
    found = dict(found_in(text, pending, article))
    anchors = tuple(RevisedAnchor(one, found[at]) for at, one in enumerate(before))
    return Revision(article, path, old, new, anchors, tuple(notes))


def carry_out(desk: "Desk", revision: Revision) -> str:
    """Keep the old text and put the new one in its place; where the old one is kept now.

    Raises:
        DossierError: the article was changed since the revision was planned, or a file cannot be written.

    """
    anchoring = desk.anchoring
    if decode(anchoring.read(revision.path)) != revision.old:
        raise DossierError(f"{revision.path} was changed just now; look at the revision again.")
    kept = _keep(anchoring, revision)
    put(anchoring.folder.root, revision.path, revision.new)
    desk.refresh()
    return kept


def _keep(anchoring: Anchoring, revision: Revision) -> str:
    root, today = anchoring.folder.root, _today()
    folder = (root / version_name(revision.path, today, 1)).parent
    if folder.is_symlink():
        raise DossierError(f"{folder.relative_to(root)} is a link; put a folder there.")
    folder.mkdir(exist_ok=True)
    number = 1
    while True:
        name = version_name(revision.path, today, number)
        if not (root / name).exists():
            write_whole(root / name, revision.old)
            return name
        if anchoring.read(name) == revision.old.encode():  # as it was left when the program ended
            return name
        number += 1


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011  the reader's own day


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise DossierError(f"The new version has {len(data):,} bytes; an article may have {MAX_BYTES:,}.")
    try:
        return decode(data)
    except NotText as refused:
        where = f"line {refused.line}, column {refused.column}"
        raise DossierError(f"The new version is not text in UTF-8 ({where}: {refused.message}).") from refused
