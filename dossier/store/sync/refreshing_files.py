"""A catalogue brought up to date with YAML files that were just written: only they are looked at.

Walking through the folder of ten thousand articles takes longer than everything else that an edit needs. What else has
changed in the folder meanwhile is found by the next pass over all of it.
"""

import os
from collections.abc import Sequence

from dossier.store.catalogue import header, matrix_cache
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.files.folder import Folder
from dossier.store.sync.anchor_scan import look, lost, resolved_rows
from dossier.store.sync.file_rows import settle_ids, take_file
from dossier.store.sync.refresh import Change, Refresh


class RefreshFiles(Refresh):
    """A pass over some YAML files."""

    def __init__(self, catalogue: Catalogue, folder: Folder, files: Sequence[str], *, watched: bool) -> None:
        super().__init__(catalogue, folder, watched=watched)
        self._paths = files

    def _run(self) -> Change:
        db = self.catalogue
        with db.transaction():
            for file in self._paths:
                take_file(db, self.folder, file)
            settle_ids(db)
            articles = self._waiting()
            if self._watched:
                matrix_cache.settle(db, self.progress, self._workers, self._publish)
            db.run("REPLACE INTO state VALUES ('content', ?)", os.urandom(8))
            header.keep(db)
            db.run("REPLACE INTO state VALUES ('folder', x'')")
        return Change(len(self._paths), frozenset(articles))

    def _waiting(self) -> set[str]:
        """Look for the anchors that were not looked for yet; the articles that they are in."""
        db = self.catalogue
        waiting = set(db.values("SELECT DISTINCT article FROM anchors WHERE digest IS NULL"))
        path_of = "SELECT path FROM articles WHERE id = ?"
        for file in self._paths:
            declared = db.entries("kind = 'article' AND shadow = 0 AND file = ?", file)
            waiting |= {entry.id for entry in declared if db.value(path_of, entry.id) != entry.text("file")}
        found = []
        for article in waiting:
            entry = db.entry(article)
            if entry is None or entry.kind != "article":
                why = f"the article {article} is not in the dossier" if article else "no article is named"
                db.resolve({article: resolved_rows(lost(db.unresolved(article), why), b"")})
                continue
            known = db.rows("SELECT path, digest, signature FROM articles WHERE id = ?", article)
            path, digest, signature = known[0] if known else ("", None, b"")
            same = path == entry.text("file")
            found.append(look(self.folder, self._task(entry, signature if same else b"", digest if same else None)))
        self._put(found)
        return waiting
