"""The articles of a dossier for messages about them, read only when something is wrong."""

import hashlib
import zlib
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from dossier.model.anchor_search import occurrences
from dossier.model.articles import Paragraph, body_of, may_have_front_matter, paragraph_at, paragraphs
from dossier.model.bounded import BoundedDict
from dossier.model.folding import Folded
from dossier.model.markdown_words import as_read, is_markdown
from dossier.model.similarity import FoldedWords, words_of
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.queries import ORDER
from dossier.store.files.encoding import decode
from dossier.store.files.errors import FileRefused
from dossier.store.files.folder import Folder
from dossier.store.sync.explanations import Explanations
from dossier.store.sync.loosening import LoosenedText

MOST_ARTICLES = 200
"""In how many articles words are looked for that are not where they should be."""

_TAKEN_APART = 16
"""Number of articles held with their words, which take ten times as much memory as their text."""

_TEXT_BYTES = 50_000_000
"""Maximum bytes of the folded texts held."""


class ArticleSource:
    """An article in which words are looked for."""

    def __init__(self, article: str, text: str, body: int, *, markdown: bool) -> None:
        self.article = article
        self._body = body
        self._markdown = markdown
        self.text = " " * body + text[body:]
        self.ranges: list[Paragraph] = paragraphs(text, body)

    @cached_property
    def folded(self) -> Folded:
        """The text in folded form, as it is read."""
        return Folded(as_read(self.text, self._body) if self._markdown else self.text, read=self._markdown)

    @cached_property
    def words(self) -> FoldedWords:
        """The folded text word by word."""
        return words_of(self.folded.text)

    @cached_property
    def loosened(self) -> LoosenedText:
        """The letters and digits of the text alone."""
        return LoosenedText(self.text)

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph at an offset."""
        return paragraph_at(self.ranges, offset)


class OtherPlace(NamedTuple):
    """The first place of some words in another article."""

    article: str
    paragraph: int


class ArticleSources:
    """The articles of one dossier."""

    def __init__(self, db: Catalogue, folder: Folder | None) -> None:
        self._db = db
        self._folder = folder
        self._read: BoundedDict[str, ArticleSource | None] = BoundedDict(_TAKEN_APART)
        self._texts: BoundedDict[str, str] = BoundedDict(MOST_ARTICLES, _TEXT_BYTES)
        """Texts in folded form, by article; empty where there is none."""
        self._headers: dict[str, str] = {}
        self._others: dict[str, bytes] = {}
        self.explanations = Explanations(db)
        """What was found of texts before."""
        self.changed = False
        """Whether a text was another than the catalogue says: what is found of it is not to be kept."""

    def article(self, article: str) -> ArticleSource | None:
        """An article; None when it cannot be read."""
        if article not in self._read:
            self._read[article] = self._open(article)
        return self._read.use(article)

    def version(self, article: str) -> list[str]:
        """The inputs of its text: the digest of its file, and how that is read; none where it cannot be read."""
        found = self._versions("e.id = ?", article) if self._folder else []
        return found[0][1] if found else []

    def others_with(self, words: str, article: str = "", most: int = 1) -> list[OtherPlace]:
        """The first articles but one in which folded words stand, as far as there are not too many to look into."""
        found = self.explanations.get(
            lambda: [*islice(self._find(words, article), most)],
            "others",
            words,
            article,
            most,
            self._others_but(article),
        )
        return [OtherPlace(*one) for one in found]

    def _find(self, words: str, article: str) -> Iterator[tuple[str, int]]:
        for one, version in self._first_but(article):
            source = self.article(one) if version and words in self._text(one, version) else None
            at = occurrences(source.folded, words) if source is not None else ()
            if source is not None and at:
                yield one, source.paragraph(source.folded.start(at[0]))

    def _others_but(self, article: str) -> bytes:
        """A digest of what the articles but one are in which words are looked for."""
        if article not in self._others:
            for _, version in self._first:
                self.explanations.use("text", version)
            self._others[article] = hashlib.blake2b(repr(self._first_but(article)).encode(), digest_size=16).digest()
        return self._others[article]

    def _first_but(self, article: str) -> list[tuple[str, list[str]]]:
        """The articles that are looked into for words that are not in one of them."""
        return [one for one in self._first if one[0] != article][:MOST_ARTICLES]

    @cached_property
    def _first(self) -> list[tuple[str, list[str]]]:
        """The first articles, one more than words are looked for in, and the version of each."""
        return self._versions(f"1 ORDER BY {ORDER} LIMIT {MOST_ARTICLES + 1}") if self._folder else []

    def _versions(self, where: str, *values: str) -> list[tuple[str, list[str]]]:
        sql = f"""SELECT a.digest, e.record FROM entries e LEFT JOIN articles a ON a.id = e.id
            WHERE e.kind = 'article' AND e.shadow = 0 AND {where}"""
        found = []
        for digest, entry in self._db.entry_rows(sql, *values):
            file = entry.text("file")
            front = may_have_front_matter(file, entry.place.file)
            found.append((entry.id, [(digest or b"").hex(), str(is_markdown(file)), str(front)] if digest else []))
        return found

    def _text(self, article: str, version: list[str]) -> str:
        if article not in self._texts:
            packed = self.explanations.get(lambda: zlib.compress(self._folded(article).encode(), 1), "text", version)
            self._texts[article] = zlib.decompress(packed).decode()
        return self._texts.use(article)

    def _folded(self, article: str) -> str:
        source = self._open(article)
        return source.folded.text if source else ""

    def lines(self, file: str) -> list[str]:
        """The lines of a file of the dossier; none when it cannot be read."""
        if file not in self._headers:
            try:
                self._headers[file] = decode(self._folder.read(file)) if self._folder else ""
            except FileRefused:
                self._headers[file] = ""
        return self._headers[file].splitlines()

    def _open(self, article: str) -> ArticleSource | None:
        """Read an article; None of one that could not be read when its anchors were looked for."""
        entry = self._db.entry(article)
        known = self._db.value("SELECT digest FROM articles WHERE id = ?", article)
        if entry is None or self._folder is None or not known:
            return None
        file = entry.text("file")
        try:
            data = self._folder.read(file)
            text = decode(data)
        except FileRefused:
            self.changed = True
            return None
        self.changed |= hashlib.sha256(data).digest() != known
        return ArticleSource(article, text, body_of(text, entry), markdown=is_markdown(file))
