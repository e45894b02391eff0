"""The articles of a dossier for messages about them, read only when something is wrong."""

from collections.abc import Iterator
from functools import cached_property

from dossier.model.anchor_search import occurrences
from dossier.model.articles import Paragraph, body_of, paragraph_at, paragraphs
from dossier.model.bounded import BoundedDict
from dossier.model.folding import Folded
from dossier.model.markdown_words import as_read, is_markdown
from dossier.model.similarity import FoldedWords, words_of
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.queries import ORDER
from dossier.store.files.encoding import decode
from dossier.store.files.errors import FileRefused
from dossier.store.files.folder import Folder
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


class ArticleSources:
    """The articles of one dossier."""

    def __init__(self, db: Catalogue, folder: Folder | None) -> None:
        self._db = db
        self._folder = folder
        self._read: BoundedDict[str, ArticleSource | None] = BoundedDict(_TAKEN_APART)
        self._texts: BoundedDict[str, str] = BoundedDict(MOST_ARTICLES, _TEXT_BYTES)
        """Texts in folded form, by article; empty where there is none."""
        self._headers: dict[str, str] = {}

    def article(self, article: str) -> ArticleSource | None:
        """An article; None when it cannot be read."""
        if article not in self._read:
            self._read[article] = self._open(article)
        return self._read.use(article)

    def others_with(self, words: str, article: str = "") -> Iterator[ArticleSource]:
        """The articles but one in which folded words stand, as far as there are not too many of them."""
        sql = f"SELECT id FROM entries WHERE kind = 'article' AND shadow = 0 AND id <> ? ORDER BY {ORDER} LIMIT ?"
        ids = self._db.values(sql, article, MOST_ARTICLES)
        for one in ids:
            source = self.article(one) if words in self._text(one) else None
            if source is not None and occurrences(source.folded, words):
                yield source

    def _text(self, article: str) -> str:
        if article not in self._texts:
            source = self._open(article)
            self._texts[article] = source.folded.text if source else ""
        return self._texts.use(article)

    def lines(self, file: str) -> list[str]:
        """The lines of a file of the dossier; none when it cannot be read."""
        if file not in self._headers:
            try:
                self._headers[file] = decode(self._folder.read(file)) if self._folder else ""
            except FileRefused:
                self._headers[file] = ""
        return self._headers[file].splitlines()

    def _open(self, article: str) -> ArticleSource | None:
        entry = self._db.entry(article)
        if entry is None or self._folder is None:
            return None
        try:
            text = decode(self._folder.read(entry.text("file")))
        except FileRefused:
            return None
        return ArticleSource(article, text, body_of(text, entry), markdown=is_markdown(entry.text("file")))
