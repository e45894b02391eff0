"""The engine in memory, without any index: slow, plain, and right by definition. All others must agree with it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import monotonic

from dossier.model.passages import Passage
from dossier.model.query import Query
from dossier.search.engines.engine import Cancelled, EngineResult, Progress, Ranked, Sort
from dossier.search.engines.matching import score
from dossier.search.engines.plan import meaning
from dossier.search.engines.plan_nodes import Leaf
from dossier.search.engines.postings import Indexed, indexed, rarity
from dossier.search.text.normalize import language_of


class ScanEngine:
    """Passages in a dictionary; a search looks at each."""

    name = "scan"

    def __init__(self, folder: Path | None = None) -> None:
        del folder
        self._passages: dict[str, Passage] = {}
        self._indexed: dict[str, Indexed] = {}

    def digests(self) -> dict[str, str]:
        """See the protocol."""
        return {key: passage.digest for key, passage in self._passages.items()}

    def update(
        self,
        add: Iterable[Passage],
        remove: Iterable[str],
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> bool:
        """See the protocol."""
        for key in remove:
            self._passages.pop(key, None)
            self._indexed.pop(key, None)
        new = list(add)
        for number, passage in enumerate(new, 1):
            if cancelled and cancelled():
                return False
            self._passages[passage.key] = passage
            self._indexed[passage.key] = indexed(passage)
            if progress:
                progress(number, len(new))
        return True

    def search(
        self,
        query: Query,
        *,
        limit: int = 50,
        offset: int = 0,
        sort: Sort = "relevance",
        seconds: float = 2.0,
        cancelled: Cancelled | None = None,
    ) -> EngineResult:
        """See the protocol."""
        until = monotonic() + seconds
        plan = meaning(query, self.languages())
        known: dict[Leaf, int] = {}

        def rarities(leaf: Leaf) -> int:
            if leaf not in known:
                having = sum(any(term in one.impacts for term in leaf.terms) for one in self._indexed.values())
                known[leaf] = rarity(having, len(self._indexed))
            return known[leaf]

        found = []
        partial = False
        for key, one in self._indexed.items():
            if monotonic() > until or (cancelled and cancelled()):
                partial = True
                break
            value = score(plan, one, rarities)
            if value is not None:
                found.append((-value if sort == "relevance" else 0, one.rank, key, value))
        found.sort()
        facets = Counter(str(self._passages[key].kind) for _, _, key, _ in found)
        ranked = tuple(Ranked(key, value) for _, _, key, value in found[offset : offset + limit])
        return EngineResult(ranked, len(found), dict(facets), partial)

    def passages(self, keys: Iterable[str]) -> list[Passage]:
        """See the protocol."""
        return [self._passages[key] for key in keys if key in self._passages]

    def forms(self, word: str, most: int) -> Iterator[str]:
        """See the protocol."""
        del most
        found = {form for one in self._indexed.values() for form in one.forms if form.startswith(word[:1])}
        return iter(sorted(found))

    def languages(self) -> frozenset[str]:
        """See the protocol."""
        return frozenset(language_of(passage.language) for passage in self._passages.values())

    def close(self) -> None:
        """See the protocol."""
        self._passages.clear()
        self._indexed.clear()
