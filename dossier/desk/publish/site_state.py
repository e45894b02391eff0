"""The inputs of a site, and which of its pages a change of files of the dossier can affect.

It is kept beside the catalogue and not in the site, since it names the files of the dossier. It is derived: without it,
or when more has changed than what some files say of quotes, events, links and articles, every page is held against all
that it is made from.
"""

import hashlib
from collections.abc import Iterable
from functools import cached_property
from itertools import islice
from pathlib import Path

import msgspec
from msgspec import Struct

from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.kept_inputs import KeptInputs, changed_sums
from dossier.store.catalogue.page_inputs import (
    FRAME,
    PAGE,
    RECORD,
    PageInputs,
    Part,
    digest_of,
    number_of,
)
from dossier.store.catalogue.site_queries import files_about, names

MOST = 200
"""Files from which on all pages are held against what they are made from."""


class SiteState(Struct, frozen=True, array_like=True):
    """The inputs of a site besides the numbers of `page_inputs`."""

    manifest: bytes
    """SHA-256 of the site's manifest."""
    site: str
    """Digest of what every page shows."""
    shared: str
    """Digest of names looked for in articles, of their paths and earlier versions, and of entries that others hide."""
    shards: int
    """The number of files over which the passages to search are spread."""
    files: dict[str, bytes]
    """Digest of the content of each file of the dossier."""
    articles: dict[str, bytes]
    """Digest of the text of each article."""
    lock: bytes
    """Digests of the lock and of the archive's."""
    locked: dict[str, bytes]
    """Digests of the lines of both about each article."""
    lists: dict[str, str]
    """Digest of the ids on each page of a list."""


class SiteChange(Struct, frozen=True):
    """The differences from the last run."""

    numbers: Part
    """The sums that differ, by key."""
    before: dict[str, Part]
    """The earlier contributions of the files that had to be looked at."""
    parts: dict[str, Part]
    """Their contributions now."""
    texts: frozenset[str]
    """The articles whose text differs."""

    def ids(self, kind: str) -> set[str]:
        """The ids of which the sum of a kind differs."""
        return {key[1:] for key in self.numbers if key[0] == kind}


class Contents:
    """The digests of all that a dossier is read from, at one moment before any page is made."""

    def __init__(self, db: Catalogue) -> None:
        self._db = db
        files = db.rows("SELECT path, digest, role FROM files ORDER BY path")
        self.files = {path: bytes(digest or b"") for path, digest, role in files if role != "lock"}
        self.lock = b"".join(bytes(digest or b"") for _, digest, role in files if role == "lock")
        self.articles = {one: bytes(digest or b"") for one, digest in db.rows("SELECT id, digest FROM articles")}
        versions = hashlib.sha256(repr(db.rows("SELECT path, lines FROM versions")).encode()).hexdigest()
        hidden = repr(db.rows("SELECT id, file FROM entries WHERE shadow = 1 ORDER BY id, file"))
        paths = repr(db.rows("SELECT id, path FROM articles ORDER BY id"))
        self.shared = digest_of(names(db), versions, hidden, paths)

    @cached_property
    def locked(self) -> dict[str, bytes]:
        """The digests of the lines of the lock, and of the archive's, about each article."""
        found: dict[str, bytes] = {}
        for article, lines in self._db.each(
            "SELECT article, lines FROM locked UNION ALL SELECT article, lines FROM archive_locked"
        ):
            found[article] = found.get(article, b"") + number_of(lines).to_bytes(16, "big")
        return found

    def state(
        self, manifest: bytes, site: str, shards: int, lists: dict[str, str], before: SiteState | None
    ) -> SiteState:
        """The state of a site that was just made of them."""
        locked = before.locked if before is not None and before.lock == self.lock else self.locked
        return SiteState(manifest, site, self.shared, shards, self.files, self.articles, self.lock, locked, lists)


def find_change(db: Catalogue, now: Contents, before: SiteState, kept: KeptInputs, shards: int) -> SiteChange | None:
    """Return what differs from an earlier state; None when it may be more than what some files say of their own."""
    if now.files.keys() != before.files.keys() or now.articles.keys() != before.articles.keys():
        return None
    if (now.shared, shards) != (before.shared, before.shards):
        return None
    inputs = PageInputs(db)
    texts = frozenset(one for one, digest in now.articles.items() if digest != before.articles[one])
    about = set(texts)
    if now.lock != before.lock:
        about |= {one for one in {**now.locked, **before.locked} if now.locked.get(one) != before.locked.get(one)}
    waiting = {path for path, digest in now.files.items() if digest != before.files[path]}
    waiting |= files_about(db, (), about)
    old: dict[str, Part] = {}
    new: dict[str, Part] = {}
    while waiting:
        if len(old) + len(waiting) > MOST:
            return None
        files = sorted(waiting)
        new |= inputs.parts(files)
        old |= {file: kept.part(file) for file in files}
        differing = {
            key for file in files for key in {**old[file], **new[file]} if old[file].get(key) != new[file].get(key)
        }
        if FRAME in differing:
            return None
        moved = {key[1:] for key in differing if key[0] == RECORD}
        articles = {key[1:] for key in differing if key[0] == PAGE and key[1:] in now.articles} - about
        about |= articles
        waiting = files_about(db, moved, articles) - old.keys()
    return SiteChange(changed_sums(old.values(), new.values(), kept), old, new, texts)


def add_up(inputs: PageInputs, files: Iterable[str], kept: KeptInputs) -> Part:
    """The sums over all files; what each of them contributes is kept."""
    sums: Part = {}
    rest = iter(files)
    while batch := list(islice(rest, MOST)):
        parts = inputs.parts(batch)
        for part in parts.values():
            for key, number in part.items():
                sums[key] = sums.get(key, 0) + number
        kept.put({}, parts)
    return sums


def decode_state(data: bytes) -> SiteState | None:
    """A kept state; None when there is none that can be read."""
    try:
        return msgspec.msgpack.decode(data, type=SiteState)
    except (ValueError, msgspec.DecodeError):
        return None


def state_path(db: Catalogue, out: Path) -> Path:
    """The file for the state of the site in a folder."""
    name = hashlib.sha256(str(out.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return db.path.with_name(f"site-{name}.sqlite")
