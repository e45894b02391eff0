"""The search server of a dossier, where the user's configuration names one, and what is the matter with it."""

from collections.abc import Callable
from time import monotonic
from typing import Any

from msgspec import structs

from dossier.desk.archive.versions import commit_of, contents_digest
from dossier.desk.session import Session
from dossier.model.passages import Answer
from dossier.search.engines.engine import Engine, IndexUnavailable, open_engine
from dossier.search.engines.server import Server
from dossier.store.catalogue.catalogue import Catalogue

SECONDS = 2.0
"""In which the server must answer one search."""
AGAIN = 30.0
"""Seconds after a failure in which the server is not asked, so that no letter that is typed waits for it."""


class Remote:
    """A server, as one dossier is searched on it."""

    def __init__(self, desk: Session, catalogue: Catalogue, server: Server) -> None:
        self._desk = desk
        self._catalogue = catalogue
        self._server = server
        self._engine: Any = None
        self._failure = ""
        self._down_until = 0.0
        self._contents = ""
        self._contents_of = -1

    def answer(self, ask: Callable[[Engine, float], Answer]) -> Answer:
        """Give the answer of the server, with a note where it has another version of the dossier.

        Raises:
            IndexUnavailable: it does not answer, or did not lately.

        """
        if monotonic() < self._down_until:
            raise IndexUnavailable(self._failure)
        try:
            if self._engine is None:
                self._engine = open_engine("opensearch", self._server)
            answer = ask(self._engine, SECONDS)
            meta = self._engine.meta
        except IndexUnavailable as error:
            self._failure, self._down_until = str(error), monotonic() + AGAIN
            raise
        if meta and (note := self._difference(meta)):
            known = tuple(hit for hit in answer.hits if self._desk.entry(hit.id) is not None)
            answer = structs.replace(answer, hits=known, notes=(*answer.notes, note))
        return answer

    def _difference(self, meta: dict[str, Any]) -> str:
        """Say in a sentence how the version on the server differs from this one; empty where it does not."""
        generation = self._desk.generation
        if generation != self._contents_of:
            self._contents, self._contents_of = contents_digest(self._catalogue), generation
        if meta.get("publishing"):
            return f"{self._server.host} is being published to; what changed last may be missing."
        if meta.get("contents") == self._contents:
            return ""
        there = str(meta.get("commit") or "")[:10] or f"what was published on {str(meta.get('published'))[:10]}"
        here = commit_of(self._desk.root)[:10] or "another version"
        return f"{self._server.host} has {there}, this copy is {here}: hits that are not in this copy are left out."

    def close(self) -> None:
        """Close its connections."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None
