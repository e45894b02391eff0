"""Where an anchor's words stand in an article: never a guess.

Words match when their folded forms do (`dossier.model.folding`) and when they are not cut out of longer words: `art`
does not stand in `party`. That last rule is ours: half a word is not what the source says.
"""

from typing import Literal

from msgspec import Struct

from dossier.model.entries import Anchor
from dossier.model.folding import Folded, fold

Status = Literal["exact", "moved", "reworded", "ambiguous", "missing"]
STATUSES: tuple[Status, ...] = ("exact", "moved", "reworded", "ambiguous", "missing")
"""From certain to lost."""

GLYPHS: dict[Status, str] = {"exact": "✓", "moved": "↷", "reworded": "≠", "ambiguous": "?", "missing": "✗"}
"""How a status looks where there is no room for its name."""

SOUND: frozenset[Status] = frozenset({"exact", "moved"})
"""The statuses that count as evidence."""


class Evidence(Struct, frozen=True, gc=False, omit_defaults=True, array_like=True):
    """An anchor and what was found of it."""

    owner: str
    """Id of the entry, or key of the link, that rests on it."""
    ordinal: int
    """Which of its owner's anchors, from 0."""
    wanted: Anchor
    """What the author wrote."""
    status: Status
    """What was found."""
    start: int = -1
    """Offset in the article as it is on disk, in characters; -1 when there is no place."""
    end: int = -1
    """Offset behind the last character; -1 when there is no place."""
    text: str = ""
    """The words that stand there."""
    paragraph: int = 0
    """Which paragraph of the article, from 1; 0 when there is no place."""
    why: str = ""
    """What led to the status, when it is not plain."""
    places: tuple[tuple[int, int], ...] = ()
    """For an ambiguous anchor, the first places at which its words stand."""

    @property
    def article(self) -> str:
        """Id of the article it points into."""
        return self.wanted.article

    @property
    def sound(self) -> bool:
        """Whether it may be shown as evidence without a warning."""
        return self.status in SOUND


class Found(Struct, frozen=True, gc=False):
    """The outcome of looking for an anchor in one text."""

    status: Status
    spans: tuple[tuple[int, int], ...]
    """Offsets in the original text; one when there is a place, several when ambiguous, none when missing."""
    why: str = ""


PLACES_TOLD = 20
"""How many places of an ambiguous anchor are kept; the rest are counted."""


def occurrences(folded: str, words: str) -> list[int]:
    """The positions at which the folded `words` stand in a folded text, not cut out of longer words."""
    found = []
    at = folded.find(words) if words else -1
    while at >= 0:
        if not cuts_word(folded, at) and not cuts_word(folded, at + len(words)):
            found.append(at)
        at = folded.find(words, at + 1)
    return found


def cuts_word(text: str, at: int) -> bool:
    """Whether a cut at `at` would part a word. Scripts written without spaces have no such cuts."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    return left.isalnum() and right.isalnum() and not (_unspaced(left) or _unspaced(right))


def _unspaced(character: str) -> bool:
    code = ord(character)
    return code >= 0x0E00 and (
        code <= 0x0EFF  # Thai, Lao
        or 0x1000 <= code <= 0x109F  # Myanmar
        or 0x1780 <= code <= 0x17FF  # Khmer
        or 0x3040 <= code <= 0x30FF  # kana
        or 0x3400 <= code <= 0x9FFF  # Han
        or 0xAC00 <= code <= 0xD7AF  # Hangul: particles follow the noun without a space
        or 0xF900 <= code <= 0xFAFF  # Han, compatibility
        or 0x20000 <= code <= 0x3FFFF  # Han, supplementary
    )


def locate(text: Folded, wanted: Anchor) -> Found:
    """Where the words of `wanted` stand in `text`: one place, several, or none; contexts and occurrence choose."""
    words = fold(wanted.text)
    everywhere = occurrences(text.text, words)
    chosen = [at for at in everywhere if in_context(text.text, at, at + len(words), wanted)]
    why = ""
    if not everywhere:
        why = "the words are not in the article"
        if words and words in text.text:
            why = "the words stand there only as parts of longer words"
    elif not chosen:
        why = f"the words are there{_times(everywhere)}, but not with the words before or after that the anchor names"
    elif wanted.occurrence > len(chosen):
        why = f"the words are there{_times(chosen)}, not {wanted.occurrence} times"
        chosen = []
    elif wanted.occurrence:
        chosen = [chosen[wanted.occurrence - 1]]
    spans = tuple((text.start(at), text.end(at + len(words))) for at in chosen[:PLACES_TOLD])
    if len(chosen) > 1:
        return Found("ambiguous", spans, f"the words stand at {len(chosen)} places")
    return Found("exact" if spans else "missing", spans, why)


def _times(found: list[int]) -> str:
    return " once" if len(found) == 1 else f" {len(found)} times"


def in_context(text: str, start: int, end: int, wanted: Anchor) -> bool:
    """Whether what stands in a folded text from `start` to `end` has before and behind it what `wanted` names."""
    if wanted.before:
        before = fold(wanted.before)
        if not text[max(start - len(before) - 1, 0) : start].rstrip(" ").endswith(before):
            return False
    if not wanted.after:
        return True
    after = fold(wanted.after)
    return text[end : end + len(after) + 1].lstrip(" ").startswith(after)
