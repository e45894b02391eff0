"""The rarity of the most common words of an index, as its publisher counted them.

A reader begins with it where it has not counted a word itself, so that most searches are one request. That request
counts the word too, and where it has another rarity the search is made again: a wrong table costs time and no answer.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from dossier.search.engines.index_terms import terms_of_leaf
from dossier.search.engines.opensearch.mapping import feature
from dossier.search.engines.plan_nodes import Leaf
from dossier.search.engines.postings import RAREST, rarity

MOST = 8_000
"""Words of a table: some 70 kB."""
COUNTED = 500_000
"""Words that are counted at a time; beyond it those seen once are forgotten."""


class WordCounts:
    """The numbers of passages that have each word."""

    def __init__(self) -> None:
        self._having: Counter[str] = Counter()
        self.passages = 0

    def add(self, features: Iterable[str]) -> None:
        """Count the words of a passage."""
        self._having.update(iter(features))  # of a mapping it would add the values
        self.passages += 1
        if len(self._having) > COUNTED:
            self._having = Counter({word: count for word, count in self._having.items() if count > 1})

    def table(self) -> list[str]:
        """Return the most common words, with spaces between: those of rarity 1, of rarity 2 and so on."""
        rows: list[list[str]] = [[] for _ in range(RAREST)]
        for word, count in self._having.most_common(MOST):
            rows[rarity(count, self.passages) - 1].append(word)
        return [" ".join(row) for row in rows[:-1]]


class CommonWords:
    """A table as a reader asks it."""

    def __init__(self, table: Sequence[str], everything: int) -> None:
        self._rarities = {word: at for at, row in enumerate(table, 1) for word in row.split(" ")}
        self._rarest = rarity(1, everything)

    def rarity(self, word: Leaf) -> int:
        """Return the likely rarity of a word: the lowest of its terms."""
        return min((self._rarities.get(feature(term), self._rarest) for term in terms_of_leaf(word)), default=RAREST)
