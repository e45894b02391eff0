"""Evidence, and the statuses that say how surely it stands where it should; `anchor_search` looks for it."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from dossier.model.entries import Anchor

Status = Literal["exact", "moved", "reworded", "ambiguous", "missing"]
STATUSES: tuple[Status, ...] = ("exact", "moved", "reworded", "ambiguous", "missing")
"""From certain to lost."""

_RANKS: dict[str, int] = {status: rank for rank, status in enumerate(STATUSES)}

GLYPHS: dict[Status, str] = {"exact": "✓", "moved": "↷", "reworded": "≠", "ambiguous": "?", "missing": "✗"}
"""Symbol of each status, where there is no room for its name."""

SOUND: frozenset[Status] = frozenset({"exact", "moved"})
"""The statuses that count as evidence."""


def worst(statuses: Iterable[str]) -> str:
    """The status furthest from certain; empty when there is none."""
    return max(filter(None, statuses), key=_RANKS.__getitem__, default="")


class Evidence(Struct, frozen=True, gc=False, omit_defaults=True, array_like=True):
    """An anchor and what was found of it."""

    owner: str
    """Id of the entry, or key of the link, that rests on it."""
    ordinal: int
    """Index among the anchors of its owner, from 0."""
    wanted: Anchor
    """The anchor as the author wrote it."""
    status: Status
    """The outcome of looking for the words."""
    start: int = -1
    """Offset in the article as it is on disk, in characters; -1 when there is no place."""
    end: int = -1
    """Offset behind the last character; -1 when there is no place."""
    text: str = ""
    """The words that stand there."""
    paragraph: int = 0
    """Which paragraph of the article, from 1; 0 when there is no place."""
    why: str = ""
    """The reason for the status, where the status alone does not say it."""
    places: tuple[tuple[int, int], ...] = ()
    """For an ambiguous anchor, the first places at which its words stand."""
    quoted: bool = False
    """Whether its words begin and end in quotation marks there."""

    @property
    def article(self) -> str:
        """Id of the article it points into."""
        return self.wanted.article

    @property
    def sound(self) -> bool:
        """Return whether it may be shown as evidence without a warning."""
        return self.status in SOUND


def weakest(evidence: Iterable[Evidence]) -> Evidence | None:
    """The first evidence with the least certain status, by which all of it together is judged."""
    return max(evidence, key=lambda one: _RANKS[one.status], default=None)


class AnchorMatch(Struct, frozen=True, gc=False):
    """The outcome of looking for an anchor in one text."""

    status: Status
    spans: tuple[tuple[int, int], ...]
    """Offsets in the original text; one when there is a place, several when ambiguous, none when missing."""
    why: str = ""


SENTENCE_LEFT_OUT = "a sentence ends in what is left out"
"""Said of evidence in pieces; the check warns of it."""

CONDITION_LEFT_OUT = "a condition is in what is left out"
"""Likewise: “we agree … the fee is dropped” is not “we agree only if the fee is dropped”."""

STRUCK = "the article has struck the words through"
"""Likewise: what is struck through was taken back."""
