"""A cache of what the panes read of a dossier, so that none reads it twice for one move of a cursor."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from dossier.desk.desk import Desk
from dossier.desk.listing.counts import filter_counts
from dossier.desk.listing.listing import Listing
from dossier.model.anchors import Evidence, weakest
from dossier.model.bounded import BoundedDict
from dossier.model.problems import DossierError
from dossier.model.views import ALL, ArticleView, EntryView, FilterCounts, Filters, LinkRow, Row

_T = TypeVar("_T")

_ARTICLE_BYTES = 16_000_000
"""Bytes of the articles that are held open; an ordinary one takes some ten thousand."""


class Reading:
    """A dossier as it was when it was opened or read anew; the screen makes another one for a reload."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        """The dossier."""
        self._views: BoundedDict[str, EntryView | None] = BoundedDict(16)
        self._articles: BoundedDict[str, ArticleView | DossierError] = BoundedDict(8, _ARTICLE_BYTES)
        self._rows: BoundedDict[str, Row | None] = BoundedDict(512)
        self._links: BoundedDict[str, LinkRow | None] = BoundedDict(512)

    def listing(self, pane: str, lens: tuple[str, ...], sort: str, filters: Filters = ALL, words: str = "") -> Listing:
        """The lines of a pane."""
        return self.desk.listing(pane, lens, sort, filters, words)

    def filter_counts(self, lens: Sequence[str]) -> FilterCounts:
        """The number of entries that each choice of the filters would leave, of those a lens lets through."""
        return filter_counts(self.desk, lens)

    def row(self, entry: str) -> Row | None:
        """An entry as one line; None when there is no such entry."""
        return _kept(self._rows, entry, lambda: self.desk.row(entry))

    def link(self, key: str) -> LinkRow | None:
        """The link of a key, as seen from the entry it runs from; None when there is none."""
        return _kept(self._links, key, lambda: self.desk.link(key))

    def view(self, entry: str) -> EntryView | None:
        """All there is to know of an entry; None when there is no such entry."""
        return _kept(self._views, entry, lambda: self._view(entry) if entry else None)

    def _view(self, entry: str) -> EntryView | None:
        view = self.desk.view(entry)
        return self.desk.texts.with_contents(view) if view and view.entry.kind == "article" else view

    def article(self, article: str) -> ArticleView:
        """An article with its spans.

        Raises:
            DossierError: it cannot be read.

        """
        found = _kept(self._articles, article, lambda: self._article(article))
        if isinstance(found, DossierError):
            raise found
        return found

    def _article(self, article: str) -> ArticleView | DossierError:
        try:
            return self.desk.article(article)
        except DossierError as error:
            return error

    def first_evidence(self, entry: str) -> Evidence | None:
        """The words to show for an entry: its own, or the first that one of its links rests on."""
        view = self.view(entry)
        if view is None:
            return None
        linked = (evidence for link in view.links for evidence in link.evidence)
        return best(view.evidence) or next((evidence for evidence in linked if evidence.sound), None)

    def own_evidence(self, entry: str) -> Evidence | None:
        """The words an entry itself rests on; None when it has none."""
        view = self.view(entry)
        return weakest(view.evidence) if view else None


def best(evidence: tuple[Evidence, ...]) -> Evidence | None:
    """The first that is sound, else the first."""
    return next((one for one in evidence if one.sound), evidence[0] if evidence else None)


def _kept(kept: BoundedDict[str, _T], key: str, make: Callable[[], _T]) -> _T:
    if key not in kept:
        kept[key] = make()
    return kept.use(key)
