"""The articles of a dossier as they are on disk now, with what rests on their words."""

import hashlib

from msgspec import Struct

from dossier.desk.search.mentions import Mentions
from dossier.desk.session import Session
from dossier.model.anchors import GLYPHS, SOUND, Status
from dossier.model.articles import body_of, paragraphs
from dossier.model.entries import Entry
from dossier.model.markdown_words import NOTHING, as_read, is_markdown
from dossier.model.problems import DossierError
from dossier.model.views import ArticleView, EntryView
from dossier.store.catalogue import entry_queries
from dossier.store.catalogue.article_contents import contents
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.files.encoding import decode
from dossier.store.files.errors import FileRefused
from dossier.store.files.folder import Folder


class ArticleTally(Struct, frozen=True):
    """An article as its list shows it."""

    published: str
    """The date as written; empty when none is given."""
    publisher: str
    """Who published it; empty when not given."""
    quotes: int
    """How many quotes rest on it."""
    doubtful: int
    """Number of pieces of its evidence that need a look."""
    status: Status | None
    """The weakest status of its evidence; None when nothing rests on it."""


class Texts:
    """Reads the articles of one open dossier."""

    def __init__(self, desk: Session, catalogue: Catalogue, folder: Folder) -> None:
        self.desk = desk
        self.catalogue = catalogue
        self.folder = folder
        self._mentions: Mentions | None = None
        self._mentions_of = -1

    def article(self, article_id: str) -> ArticleView:
        """An article to read; when its file was changed since its evidence was looked for, that is done again first.

        Where another process does that, the article is shown without evidence until it is done.

        Raises:
            DossierError: there is no such article, or its file cannot be read.

        """
        entry, text, digest = self._text(article_id)
        if digest != self._digest_of(article_id):
            self.desk.refresh()
            entry, text, digest = self._text(article_id)
        body = body_of(text, entry)
        sure = digest == self._digest_of(article_id)
        spans = tuple(entry_queries.spans(self.catalogue, article_id)) if sure else ()
        lost = entry_queries.lost_count(self.catalogue, article_id) if sure else 0
        mentions = self._names().find(text, body)
        return ArticleView(entry, text, body, tuple(paragraphs(text, body)), spans, mentions, lost)

    def with_contents(self, view: EntryView) -> EntryView:
        """The view of an article with its quotes, sides, issues and events among its links."""
        rows, groups = contents(self.catalogue, view.entry.id)
        return EntryView(view.entry, view.evidence, [*view.links, *rows], (*view.groups, *groups))

    def tally(self, article_id: str) -> ArticleTally:
        """Count what rests on an article, without reading its file."""
        entry = self.desk.get_or_raise(article_id)
        quotes, statuses = entry_queries.article_statuses(self.catalogue, article_id)
        doubtful = [status for status in statuses if status not in SOUND]
        worst = max(doubtful or statuses, key=list(GLYPHS).index, default=None)
        return ArticleTally(entry.text("published"), entry.text("publisher"), quotes, len(doubtful), worst)

    def paragraphs(self, article_id: str) -> list[tuple[int, str]]:
        """`(number, text)` of an article's paragraphs, those of Markdown as they are read."""
        entry, text, _ = self._text(article_id)
        body = body_of(text, entry)
        places = paragraphs(text, body)
        if not is_markdown(entry.text("file")):
            return [(one.number, text[one.start : one.end]) for one in places]
        text = as_read(text, body)
        return [(one.number, text[one.start : one.end].replace(NOTHING, "")) for one in places]

    def _digest_of(self, article_id: str) -> bytes:
        return bytes(self.catalogue.value("SELECT digest FROM articles WHERE id = ?", article_id) or b"")

    def _text(self, article_id: str) -> tuple[Entry, str, bytes]:
        entry = self.desk.get_or_raise(article_id)
        if entry.kind != "article":
            raise DossierError(f"{article_id} is not an article but a {entry.kind}.")
        try:
            data = self.folder.read(entry.text("file"))
            return entry, decode(data), hashlib.sha256(data).digest()
        except FileRefused as refused:
            raise DossierError(f"The article {article_id} cannot be read: {refused.message}.") from refused

    def _names(self) -> Mentions:
        generation = self.desk.generation
        if self._mentions is None or self._mentions_of != generation:
            self._mentions = Mentions(entry_queries.mention_names(self.catalogue))
            self._mentions_of = generation
        return self._mentions
