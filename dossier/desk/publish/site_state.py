"""What a site was made from, file by file, so that a later run can tell which articles alone have changed.

It is kept beside the catalogue and not in the site, since it names the files of the dossier. It is derived: without it,
or when anything but the texts of articles has changed, every page is held against all that it is made from.
"""

import hashlib
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from dossier.desk.user.atomic_write import replace_private
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.page_inputs import PageInputs, anchored_in, digest_of, names, rows_of


class SiteState(Struct, frozen=True, array_like=True):
    """The inputs of a site."""

    manifest: bytes
    """SHA-256 of the site's manifest."""
    site: str
    """Digest of what every page shows."""
    shared: str
    """Digest of the names looked for in articles, of the lock and of earlier versions."""
    files: dict[str, tuple[bytes, str]]
    """Digest of the content of each file of the dossier, and of what was read from it."""
    articles: dict[str, tuple[bytes, str]]
    """Digest of the text of each article, and of all that rests on it."""


class Contents(NamedTuple):
    """The digests of all that a dossier is read from, at one moment before any page is made."""

    files: dict[str, bytes]
    articles: dict[str, bytes]
    shared: str


def read_contents(db: Catalogue) -> Contents:
    """Read the digests of files, articles, names, the lock and earlier versions."""
    files = {path: bytes(digest or b"") for path, digest in db.rows("SELECT path, digest FROM files")}
    articles = {one: bytes(digest or b"") for one, digest in db.rows("SELECT id, digest FROM articles")}
    locked = hashlib.sha256(repr(db.rows("SELECT article, lines FROM locked")).encode())
    locked.update(repr(db.rows("SELECT path, lines FROM versions")).encode())
    return Contents(files, articles, digest_of(names(db), locked.hexdigest()))


def whole_state(now: Contents, manifest: bytes, site: str, found: PageInputs) -> SiteState:
    """The state of a site of which every page was held against what was found."""
    files = {path: (digest, digest_of(found.rows.get(path, 0))) for path, digest in now.files.items()}
    articles = {one: (digest, digest_of(found.anchored.get(one, 0))) for one, digest in now.articles.items()}
    return SiteState(manifest, site, now.shared, files, articles)


def changed_articles(db: Catalogue, now: Contents, before: SiteState) -> set[str] | None:
    """The articles whose text is another, and nothing that is said of it or where; None when more has changed."""
    if now.files.keys() != before.files.keys() or now.articles.keys() != before.articles.keys():
        return None
    if now.shared != before.shared:
        return None
    changed = {one for one, digest in now.articles.items() if digest != before.articles[one][0]}
    files = (path for path, digest in now.files.items() if digest != before.files[path][0])
    same = all(digest_of(rows_of(db, path)) == before.files[path][1] for path in files)
    same = same and all(digest_of(anchored_in(db, one)) == before.articles[one][1] for one in changed)
    return changed if same else None


def updated_state(now: Contents, before: SiteState, manifest: bytes) -> SiteState:
    """The state of a site of which the pages of changed articles alone were made again."""
    files = {path: (digest, before.files[path][1]) for path, digest in now.files.items()}
    articles = {one: (digest, before.articles[one][1]) for one, digest in now.articles.items()}
    return SiteState(manifest, before.site, now.shared, files, articles)


def load_state(path: Path) -> SiteState | None:
    """A kept state; None when there is none that can be read."""
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=SiteState)
    except (OSError, ValueError, msgspec.DecodeError):
        return None


def keep_state(path: Path, state: SiteState) -> None:
    """Keep a state where the catalogue is; when that cannot be, the next run is slower and nothing else."""
    try:
        replace_private(path, msgspec.msgpack.encode(state))
    except OSError:
        return


def state_path(db: Catalogue, out: Path) -> Path:
    """The file for the state of the site in a folder."""
    name = hashlib.sha256(str(out.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return db.path.with_name(f"site-{name}")
