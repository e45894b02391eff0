"""Take files of other programs into a dossier: the original, the text, and one entry in `dossier.yaml`.

The entries are written last, those of many files together. What was written before is taken back when that fails; when
the program ends before, there are files that nothing refers to, and doing it again uses them.
"""

import hashlib
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from dossier.desk.creating import create_file, remove_on_failure
from dossier.desk.evidence.anchors import put
from dossier.desk.sources import IntakeSource, shown_name, slug
from dossier.intake.document import Document, IntakeOptions, Unfit, day, one_line
from dossier.intake.isolation import DocumentReader
from dossier.intake.readers import READERS, reader_of
from dossier.model.problems import DossierError
from dossier.store.catalogue.list_pages import numbers
from dossier.store.catalogue.rows import FIRST_FILE
from dossier.store.files.encoding import decode
from dossier.store.files.errors import PathOutside
from dossier.store.files.folder import MAX_BYTES
from dossier.store.files.listing import FolderListing
from dossier.store.yaml.insertions import insert_entries
from dossier.store.yaml.loader import read_front_matter
from dossier.store.yaml.values import ID_PATTERN, MAX_ID

if TYPE_CHECKING:
    from dossier.desk.desk import Desk

ARTICLES = "articles"
ORIGINALS = "originals"
_STATED = ("title", "published", "publisher", "author", "url", "language")


class AddedArticle(Struct, frozen=True):
    """An article that is in the dossier now, or was before."""

    article: str
    file: str
    title: str
    published: str
    original: str
    sha256: str
    already: str = ""
    """Why it was not added, when it was in the dossier before: `same file`, `same text` or `same address`."""
    document: Document | None = None


class Intake:
    """Takes files into an open dossier."""

    def __init__(self, desk: "Desk", *, large: bool = False) -> None:
        """Begin; `large` allows each file much more time and memory."""
        self._desk = desk
        self._reader = DocumentReader(large=large)
        self._root = desk.root
        catalogue = desk.texts.catalogue
        self._new: dict[str, AddedArticle] = {}
        self._entries: dict[str, dict[str, str | tuple[str, ...]]] = {}
        self._made: list[Path] = []
        self._ids: set[str] = set(catalogue.values("SELECT id FROM entries"))
        self._hashes: dict[str, str] = {}
        self._addresses: dict[str, str] = {}
        self._texts: dict[str, str] = {
            digest.hex(): one
            for one, digest in catalogue.rows("SELECT id, digest FROM articles WHERE digest IS NOT NULL")
        }
        for _, article in numbers(catalogue, ("article",)):
            entry = desk.get_or_raise(article)
            self._hashes[entry.text("sha256")] = article
            self._addresses[_comparable(entry.text("url"))] = article
        self._hashes.pop("", None)
        self._addresses.pop("", None)
        self._globs = [pattern for sheet in catalogue.sheets() for pattern, _ in sheet.globs]

    def known(self, source: IntakeSource, url: str = "") -> AddedArticle | None:
        """The article that a file or its address already is; None when it is new."""
        digest = hashlib.sha256(source.data).hexdigest()
        for article, why in (
            (self._hashes.get(digest), "same file"),
            (self._texts.get(digest), "same text"),
            (self._addresses.get(_comparable(url)) if url else None, "same address"),
        ):
            if article:
                return self._added_before(article, why)
        return None

    def read(self, source: IntakeSource, options: IntakeOptions, given: dict[str, str]) -> Document:
        """Read a file, with the user's values in place of its own; nothing is written.

        Raises:
            DossierError: it is not to be taken in; the text names it and says why.

        """
        try:
            document, form = self._reader.read(source.name, source.data, options, source.form)
        except Unfit as unfit:
            raise DossierError(f"{shown_name(source.name)} was not taken in: {unfit}.") from unfit
        if form == "markdown":
            document = _with_front_matter(document)
        given = {key: value for key, value in given.items() if value}
        guessed = tuple(one for one in document.guessed if one not in given)
        return replace(document, **given, guessed=guessed)

    def add(self, source: IntakeSource, document: Document, wanted_id: str = "") -> AddedArticle:
        """Write the files of an article; it is in the dossier once `finish` has written its entry.

        Raises:
            DossierError: a file cannot be written, or the id is taken; nothing has changed then.

        """
        there = self._addresses.get(_comparable(document.url)) if document.url else None
        if there:
            return self._added_before(there, "same address")
        reader = READERS[source.form] if source.form else reader_of(source.name, source.data)
        digest = hashlib.sha256(source.data).hexdigest()
        text = document.text.encode()
        ending = ".md" if reader.name == "markdown" else ".txt"
        article = self._id(wanted_id, document.title or PurePosixPath(source.name).stem, ending, text)
        file = self._place(article, ending)
        original = "" if text == source.data else f"{ARTICLES}/{ORIGINALS}/{article}{reader.kept_as}"
        with remove_on_failure() as made:
            if original:
                create_file(self._root, original, source.data, made)
            create_file(self._root, file, text, made)
        self._made += made
        self._entries[article] = self._fields(document, file, original, digest)
        taken = AddedArticle(article, file, document.title, document.published, original, digest, document=document)
        self._new[article] = taken
        self._ids.add(article)
        self._hashes[digest] = self._texts[hashlib.sha256(text).hexdigest()] = article
        if document.url:
            self._addresses[_comparable(document.url)] = article
        return taken

    def close(self) -> None:
        """End the process that reads documents."""
        self._reader.close()

    def finish(self) -> None:
        """Write the entries of all that was added.

        Raises:
            DossierError: that cannot be done; the files of all that was added are gone again.

        """
        entries, made = self._entries, self._made
        self._entries, self._made = {}, []
        if not entries:
            return
        with remove_on_failure() as files:
            files.extend(made)
            text = insert_entries(decode(self._desk.anchoring.read(FIRST_FILE)), ARTICLES, entries)
            if len(text.encode()) > MAX_BYTES:
                raise DossierError(f"{FIRST_FILE} would be larger than {MAX_BYTES / 1e6:.0f} MB; move some of it out.")
            put(self._root, FIRST_FILE, text)

    def _added_before(self, article: str, why: str) -> AddedArticle:
        if article in self._new:
            return replace(self._new[article], already=why, document=None)
        entry = self._desk.get_or_raise(article)
        file, title, published = entry.text("file"), entry.text("title"), entry.text("published")
        return AddedArticle(article, file, title, published, entry.text("original"), entry.text("sha256"), why)

    def _fields(self, document: Document, file: str, original: str, digest: str) -> dict[str, str | tuple[str, ...]]:
        fields: dict[str, str | tuple[str, ...]] = {"file": file}
        fields |= {name: getattr(document, name) for name in _STATED if getattr(document, name)}
        fields |= {"original": original} if original else {}
        fields["sha256"] = digest
        return fields | ({"guessed": document.guessed} if document.guessed else {})

    def _id(self, wanted: str, title: str, ending: str, text: bytes) -> str:
        if wanted:
            if not re.fullmatch(ID_PATTERN, wanted) or len(wanted) > MAX_ID:
                raise DossierError(
                    f"“{shown_name(wanted)}” cannot be an id: small letters, digits, “.”, “_” and “-” make one."
                )
            if wanted in self._ids:
                raise DossierError(f"There is an entry {wanted} already; give another --id.")
            return wanted
        base = slug(title) or "article"
        number, found = 1, base
        while found in self._ids or self._describe_conflict(found, ending, text):
            number += 1
            found = f"{base}-{number}"
        return found

    def _describe_conflict(self, article: str, ending: str, text: bytes) -> bool:
        """Say whether a file that is not ours stands where the article would be kept.

        Ours is what a run that was killed has left: the same bytes under the same name.
        """
        there = [one for one in (".txt", ".md", ".yaml") if (self._root / ARTICLES / f"{article}{one}").exists()]
        path = self._root / ARTICLES / f"{article}{ending}"
        ours = there == [ending] and path.is_file() and not path.is_symlink() and path.stat().st_size == len(text)
        return bool(there) and not (ours and path.read_bytes() == text)

    def _place(self, article: str, ending: str) -> str:
        """The file of a new article: not one that `article_files` would take for a second article."""
        for folder in (ARTICLES, f"{ARTICLES}/added"):
            file = f"{folder}/{article}{ending}"
            if not any(_matches(pattern, file) for pattern in self._globs):
                return file
        raise DossierError("article_files takes every file for an article of its own; narrow its patterns first.")


def _matches(pattern: str, file: str) -> bool:
    try:
        return bool(FolderListing({file: (0, 0, 0, 0)}).glob(pattern))
    except PathOutside:
        return False


def _comparable(url: str) -> str:
    """An address without the parts that do not distinguish pages."""
    return re.sub(r"^https?://(?:www\.)?", "", url.partition("#")[0].rstrip("/"), flags=re.IGNORECASE)


def _with_front_matter(document: Document) -> Document:
    sheet = read_front_matter("article.md", document.text.encode())
    said = {
        name: one_line(value)
        for entry in sheet.entries
        for name in _STATED
        if isinstance(value := entry.fields.get(name), str) and value.strip()
    }
    if "published" in said:
        said["published"] = day(said["published"])
    return replace(document, **said, guessed=tuple(one for one in document.guessed if one not in said))
