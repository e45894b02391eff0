"""Brings a site up to date of which nothing but texts of articles has changed: their pages, and their passages."""

from typing import TYPE_CHECKING

from dossier.desk.publish.site_state import (
    SiteState,
    changed_articles,
    keep_state,
    load_state,
    state_path,
    updated_state,
)
from dossier.publish.search_data import replace_passages

if TYPE_CHECKING:
    from dossier.desk.publish.site import Site

MOST = 200
"""Changed articles from which on all pages are held against what they are made from."""


class ArticleUpdate:
    """Tells what has changed since the last run by the state that it kept."""

    def __init__(self, site: "Site") -> None:
        self._site = site
        self._db = site.desk.texts.catalogue
        self._path = state_path(self._db, site.folder.root)

    def write(self) -> bool:
        """Write what changed; False, and nothing is written, when that may be more than texts of articles."""
        site, state = self._site, load_state(self._path)
        if state is None or state.site != site.inputs.site or state.manifest != site.folder.manifest:
            return False
        changed = changed_articles(self._db, site.inputs.contents, state)
        if changed is None or len(changed) > MOST or not site.folder.is_whole:
            return False
        texts = self._texts(changed)
        if texts is None:
            return False
        site.folder.keep_all(but=texts)
        for name, text in texts.items():
            site.folder.put(name, text)
        self._keep(state)
        return True

    def _texts(self, changed: set[str]) -> dict[str, str] | None:
        """The files to be written, by their names; None when the place of an article's passages is not known."""
        site, found = self._site, {}
        for article in sorted(changed):
            entry = site.desk.get_or_raise(article)
            path = site.scope.path(article)
            page = site.articles.page(entry)
            found[path] = site.writer.render(path, "article.html", entry.title, **page.values)
            found[path.removesuffix(".html") + ".jsonld"] = page.annotations
            shard = f"search-{site.inputs.shard_of(article, site.shard_count)}.js"
            script = replace_passages(found.get(shard) or site.folder.read(shard), path, page.passages)
            if script is None:
                return None
            found[shard] = script
        return found

    def _keep(self, state: SiteState) -> None:
        """Finish the site, and keep its state."""
        self._site.folder.finish()
        keep_state(self._path, updated_state(self._site.inputs.contents, state, self._site.folder.manifest))

    def keep_whole(self) -> None:
        """Keep the state of a site of which every page was looked at."""
        keep_state(self._path, self._site.inputs.state(self._site.folder.manifest))
