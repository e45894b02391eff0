"""The articles of a dossier for messages about them: read only when something is wrong, and each once."""

from functools import cached_property

from dossier.model.articles import Paragraph, body_of, paragraph_at, paragraphs
from dossier.model.folding import Folded
from dossier.model.markdown_words import as_read, is_markdown
from dossier.model.similarity import FoldedWords, words_of
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.queries import ORDER
from dossier.store.files.encoding import decode
from dossier.store.files.errors import FileRefused
from dossier.store.files.folder import Folder
from dossier.store.sync.loosening import Loosened

MOST_ARTICLES = 200
"""In how many articles words are looked for that are not where they should be."""


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
    def loosened(self) -> Loosened:
        """The letters and digits of the text alone."""
        return Loosened(self.text)

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph at an offset."""
        return paragraph_at(self.ranges, offset)


class ArticleSources:
    """The articles of one dossier."""

    def __init__(self, db: Catalogue, folder: Folder | None) -> None:
        self._db = db
        self._folder = folder
        self._read: dict[str, ArticleSource | None] = {}
        self._headers: dict[str, str] = {}

    def article(self, article: str) -> ArticleSource | None:
        """An article; None when it cannot be read."""
        if article not in self._read:
            self._read[article] = self._open(article)
        return self._read[article]

    def others(self, article: str) -> list[ArticleSource]:
        """The other articles, as far as there are not too many of them."""
        sql = f"SELECT id FROM entries WHERE kind = 'article' AND shadow = 0 AND id <> ? ORDER BY {ORDER} LIMIT ?"
        ids = self._db.values(sql, article, MOST_ARTICLES)
        return [source for one in ids if (source := self.article(one)) is not None]

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
