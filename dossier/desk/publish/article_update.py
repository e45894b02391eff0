"""Brings a site up to date of which nothing but texts of articles has changed: their pages, and their passages."""

from dossier.desk.publish.article_pages import ArticlePages
from dossier.desk.publish.inputs import SiteInputs
from dossier.desk.publish.page_writer import PageWriter
from dossier.desk.publish.site_state import (
    SiteState,
    changed_articles,
    keep_state,
    load_state,
    state_path,
    updated_state,
)
from dossier.publish.search_data import replace_passages

MOST = 200
"""Changed articles from which on all pages are held against what they are made from."""


class ArticleUpdate:
    """Tells what has changed since the last run by the state that it kept."""

    def __init__(self, articles: ArticlePages, inputs: SiteInputs, writer: PageWriter, shard_count: int) -> None:
        """Take what makes pages of articles, and over how many files the passages to search are spread."""
        self._articles = articles
        self._inputs = inputs
        self._writer = writer
        self._folder = writer.folder
        self._shard_count = shard_count
        self._db = articles.desk.texts.catalogue
        self._path = state_path(self._db, self._folder.root)

    def write(self) -> bool:
        """Write what changed; False, and nothing is written, when that may be more than texts of articles."""
        state = load_state(self._path)
        if state is None or state.site != self._inputs.site or state.manifest != self._folder.manifest:
            return False
        changed = changed_articles(self._db, self._inputs.contents, state)
        if changed is None or len(changed) > MOST or not self._folder.is_whole:
            return False
        texts = self._texts(changed)
        if texts is None:
            return False
        self._folder.keep_all(but=texts)
        for name, text in texts.items():
            self._folder.put(name, text)
        self._keep(state)
        return True

    def _texts(self, changed: set[str]) -> dict[str, str] | None:
        """The files to be written, by their names; None when the place of an article's passages is not known."""
        found: dict[str, str] = {}
        for article in sorted(changed):
            entry = self._articles.desk.get_or_raise(article)
            path = self._articles.scope.path(article)
            page = self._articles.page(entry)
            found[path] = self._writer.render(path, "article.html", entry.title, **page.values)
            found[path.removesuffix(".html") + ".jsonld"] = page.annotations
            shard = f"search-{self._inputs.shard_of(article, self._shard_count)}.js"
            script = replace_passages(found.get(shard) or self._folder.read(shard), path, page.passages)
            if script is None:
                return None
            found[shard] = script
        return found

    def _keep(self, state: SiteState) -> None:
        """Finish the site, and keep its state."""
        self._folder.finish()
        keep_state(self._path, updated_state(self._inputs.contents, state, self._folder.manifest))

    def keep_whole(self) -> None:
        """Keep the state of a site of which every page was looked at."""
        keep_state(self._path, self._inputs.state(self._folder.manifest))
