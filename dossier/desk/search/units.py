"""The units of an index: an article (its paragraphs) or a file (the entries written in it).

The stamp of a unit covers all that its passages are made of, so that a change is found without reading texts, on any
machine alike.
"""

import hashlib
from functools import cached_property

from dossier.desk.articles import Texts
from dossier.desk.search.passages import Describer, paragraphs_of
from dossier.desk.session import Session
from dossier.model.passages import Passage
from dossier.store.catalogue.catalogue import Catalogue


class Units:
    """The units of one dossier as the catalogue knows it at this moment."""

    def __init__(self, desk: Session, catalogue: Catalogue, texts: Texts) -> None:
        self._desk = desk
        self._catalogue = catalogue
        self._texts = texts
        self._language = desk.header("language")

    @cached_property
    def _describer(self) -> Describer:
        return Describer(self._catalogue, self._language)

    def passages(self, unit: str) -> list[Passage]:
        """The passages of a unit, read now."""
        kind, _, name = unit.partition(":")
        if kind == "file":
            return list(self._describer.entries_of(name))
        article = self._desk.entry(name)
        return list(paragraphs_of(self._texts, article, self._language)) if article else []

    def stamps(self) -> dict[str, bytes]:
        """The stamp of every unit there should be."""
        db = self._catalogue
        context = combined_digest(Describer(db, self._language).context())
        articles: dict[str, bytes] = {}
        readable = "SELECT e.id, e.record, a.digest FROM entries e JOIN articles a ON a.id = e.id"
        for article, record, digest in db.rows(f"{readable} WHERE e.kind = 'article' AND e.shadow = 0"):
            if digest:
                articles[article] = combined_digest(record, digest, self._language.encode())
        rest: dict[str, list[bytes]] = {}
        evidence = "SELECT file, article, digest, status, count(*) FROM anchors GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"
        for file, article, digest, status, count in db.rows(evidence):
            told = articles.get(article, b"") + (digest or b"") + f"{status} {count}".encode()
            rest.setdefault(file, []).append(told)
        stamps = {f"article:{article}": stamp for article, stamp in articles.items()}
        written = """SELECT path, digest FROM files
            WHERE path IN (SELECT file FROM entries UNION SELECT file FROM links WHERE field = '')"""
        for file, digest in db.rows(written):
            stamps[f"file:{file}"] = combined_digest(digest, context, *rest.get(file, ()))
        return stamps


def combined_digest(*parts: bytes) -> bytes:
    """Return the digest of several parts, each of which counts where it stands."""
    return hashlib.blake2b(b"\0".join(parts), digest_size=16).digest()
