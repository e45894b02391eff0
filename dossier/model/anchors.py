"""Locate the words of an anchor in an article, without ever guessing.

Words match when their folded forms do (`dossier.model.folding`) and when they are not cut out of longer words or
numbers (`dossier.model.word_boundaries`): half a word is not what the source says.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct

from dossier.model.entries import Anchor
from dossier.model.folding import Folded, fold
from dossier.model.markdown_words import as_read
from dossier.model.quotations import Quotation, elides, ends_sentence, in_pieces, negates, pieces_of, sets_condition
from dossier.model.word_boundaries import splits_word

Status = Literal["exact", "moved", "reworded", "ambiguous", "missing"]
STATUSES: tuple[Status, ...] = ("exact", "moved", "reworded", "ambiguous", "missing")
"""From certain to lost."""

_RANKS: dict[str, int] = {status: rank for rank, status in enumerate(STATUSES)}

GLYPHS: dict[Status, str] = {"exact": "✓", "moved": "↷", "reworded": "≠", "ambiguous": "?", "missing": "✗"}
"""How a status looks where there is no room for its name."""

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
    quoted: bool = False
    """Whether its words begin and end in quotation marks there."""

    @property
    def article(self) -> str:
        """Id of the article it points into."""
        return self.wanted.article

    @property
    def sound(self) -> bool:
        """Whether it may be shown as evidence without a warning."""
        return self.status in SOUND


def weakest(evidence: Iterable[Evidence]) -> Evidence | None:
    """The first of those whose status is furthest from certain: what is to be said of all of them together."""
    return max(evidence, key=lambda one: _RANKS[one.status], default=None)


class Found(Struct, frozen=True, gc=False):
    """The outcome of looking for an anchor in one text."""

    status: Status
    spans: tuple[tuple[int, int], ...]
    """Offsets in the original text; one when there is a place, several when ambiguous, none when missing."""
    why: str = ""


SENTENCE_LEFT_OUT = "a sentence ends in what is left out"
"""Said of evidence in pieces; the check warns of it."""

CONDITION_LEFT_OUT = "a condition is in what is left out"
"""Likewise: “we agree … the fee is dropped” is not “we agree only if the fee is dropped”."""

PLACES_TOLD = 20
"""How many places of an ambiguous anchor are kept; the rest are counted."""


def occurrences(text: Folded, words: str) -> list[int]:
    """The positions at which the folded `words` stand in a text, not cut out of longer words or numbers."""
    folded, raw = text.text, text.raw
    found = []
    at = folded.find(words) if words else -1
    while at >= 0:
        if not splits_word(folded, at, raw) and not splits_word(folded, at + len(words), raw):
            found.append(at)
        at = folded.find(words, at + 1)
    return found


def places(text: Folded, wanted: str) -> list[Quotation]:
    """The places at which words stand: uninterrupted ones, or, when there is none, those at which they are in pieces.

    In a Markdown article, words that are written with markup are looked for as they are read; elsewhere `<` and `*` are
    no markup, and words behind them would be lost.
    """
    words = fold(wanted)
    found = [Quotation(at, at + len(words)) for at in occurrences(text, words)]
    if not found and text.read and any(map(wanted.__contains__, "*_`[\\<&>")):
        read = fold(as_read(wanted))
        found = [Quotation(at, at + len(read)) for at in occurrences(text, read)] if read != words else []
    return found or in_pieces(text, words)


def locate(text: Folded, wanted: Anchor) -> Found:
    """The places of the words of `wanted` in `text`: one, several, or none; contexts and occurrence choose."""
    everywhere = places(text, wanted.text)
    chosen = [one for one in everywhere if in_context(text, one.start, one.end, wanted)]
    why = ""
    if not everywhere:
        words = fold(wanted.text)
        why = "the words are not in the article"
        if words and words in text.text:
            why = "the words stand there only as parts of longer words"
        elif elides(words):
            why = _missing_piece(text, words)
    elif not chosen:
        why = f"the words are there{_times(everywhere)}, but not with the words before or after that the anchor names"
    elif wanted.occurrence > len(chosen):
        why = f"the words are there{_times(chosen)}, not {wanted.occurrence} times"
        chosen = []
    elif wanted.occurrence:
        chosen = [chosen[wanted.occurrence - 1]]
    spans = tuple((text.start(one.start), text.end(one.end)) for one in chosen[:PLACES_TOLD])
    if len(chosen) > 1:
        return Found("ambiguous", spans, f"the words stand at {len(chosen)} places")
    return judge(text, chosen[0], spans) if spans else Found("missing", (), why)


def judge(text: Folded, found: Quotation, spans: tuple[tuple[int, int], ...]) -> Found:
    """The warning about words found at one place: pieces that leave out a negation misstate the source."""
    if not found.left_out:
        return Found("exact", spans)
    gaps = [text.text[start:end].strip(" ") for start, end in found.left_out]
    told = ", ".join(f"“{gap}”" for gap in gaps if gap)
    if any(map(negates, gaps)):
        return Found("reworded", spans, f"what is left out turns the sense: {told}")
    ends = f"; {SENTENCE_LEFT_OUT}" if any(map(ends_sentence, gaps)) else ""
    ends += f"; {CONDITION_LEFT_OUT}" if any(map(sets_condition, gaps)) else ""
    return Found("exact", spans, f"left out: {told}{ends}" if told else "")


def _missing_piece(text: Folded, words: str) -> str:
    """The piece of a quotation in pieces that is not there."""
    for piece in pieces_of(words):
        if not occurrences(text, piece):
            return f"the piece “{piece}” is not in the article"
    return "the pieces are not in the article in this order and close to each other"


def _times(found: Sequence[object]) -> str:
    return " once" if len(found) == 1 else f" {len(found)} times"


def in_context(text: Folded, start: int, end: int, wanted: Anchor) -> bool:
    """Whether what stands in a text from `start` to `end` has before and behind it, in whole words, what is named."""
    folded = text.text
    if wanted.before:
        before = fold(wanted.before)
        stop = start - (folded[start - 1 : start] == " ")
        first = stop - len(before)
        if first < 0 or not folded.startswith(before, first) or splits_word(folded, first, text.raw):
            return False
    if not wanted.after:
        return True
    after = fold(wanted.after)
    begin = end + (folded[end : end + 1] == " ")
    return folded.startswith(after, begin) and not splits_word(folded, begin + len(after), text.raw)
