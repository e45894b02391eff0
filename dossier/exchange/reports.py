"""What an import did: how many anchors of each outcome, which are not exact, and what was left out."""

from collections import Counter
from typing import Any

from msgspec import Struct

from dossier.exchange.anchoring import OUTCOMES, NewAnchor
from dossier.exchange.records import Losses


class Trouble(Struct, frozen=True):
    """An anchor that is not exact."""

    owner: str
    """Id of the entry, or the link as `from rel to`."""
    article: str
    outcome: str
    words: str
    why: str


class ImportReport:
    """Fills while an import is written."""

    def __init__(self, losses: Losses) -> None:
        self.anchors: Counter[str] = Counter()
        self.entries: Counter[str] = Counter()
        """How many entries of each kind were written, links among them."""
        self.articles_known: list[str] = []
        """Ids of articles of the dossier whose texts the documents have."""
        self.troubles: list[Trouble] = []
        self.losses = losses

    def count(self, owner: str, article: str, anchor: NewAnchor) -> None:
        """Take in an anchor."""
        self.anchors[anchor.outcome] += 1
        if anchor.outcome != "exact":
            self.troubles.append(Trouble(owner, article, anchor.outcome, anchor.words, anchor.why))

    def sentence(self) -> str:
        """The number of anchors of each outcome."""
        return ", ".join(f"{self.anchors[one]} {one}" for one in OUTCOMES)

    def as_dict(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return {
            "anchors": {one: self.anchors[one] for one in OUTCOMES},
            "entries": dict(sorted(self.entries.items())),
            "offsets": self.losses.convention,
            "articles already there": self.articles_known,
            "not exact": [
                {"owner": t.owner, "article": t.article, "outcome": t.outcome, "words": t.words, "why": t.why}
                for t in self.troubles
            ],
            "left out": dict(sorted(self.losses.counts.items())),
            "notes": self.losses.notes,
        }
