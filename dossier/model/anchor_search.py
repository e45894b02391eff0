"""The places at which an anchor's words stand in an article: never a guess.

Words match when their folded forms do (`dossier.model.folding`) and when they are not cut out of longer words or
numbers (`dossier.model.word_boundaries`): half a word is not what the source says.
"""

from collections.abc import Sequence

from dossier.model.anchors import CONDITION_LEFT_OUT, SENTENCE_LEFT_OUT, AnchorMatch
from dossier.model.entries import Anchor
from dossier.model.folding import Folded, fold
from dossier.model.markdown_words import as_read
from dossier.model.quotations import (
    QuotationMatch,
    elides,
    ends_sentence,
    in_pieces,
    negates,
    pieces_of,
    places_of_piece,
    sets_condition,
)
from dossier.model.word_boundaries import splits_word

MAX_PLACES = 20
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


def places(text: Folded, wanted: str) -> list[QuotationMatch]:
    """The places at which words stand: uninterrupted ones, or, when there is none, those at which they are in pieces.

    In a Markdown article, words that are written with markup are looked for as they are read; elsewhere `<` and `*` are
    no markup, and words behind them would be lost.
    """
    words = fold(wanted)
    found = [QuotationMatch(at, at + len(words)) for at in occurrences(text, words)]
    if not found and text.read and any(map(wanted.__contains__, "*_`[\\<&>")):
        read = fold(as_read(wanted))
        found = [QuotationMatch(at, at + len(read)) for at in occurrences(text, read)] if read != words else []
    return found or in_pieces(text, words)


def locate(text: Folded, wanted: Anchor) -> AnchorMatch:
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
    spans = tuple((text.start(one.start), text.end(one.end)) for one in chosen[:MAX_PLACES])
    if len(chosen) > 1:
        return AnchorMatch("ambiguous", spans, f"the words stand at {len(chosen)} places")
    return judge(text, chosen[0], spans) if spans else AnchorMatch("missing", (), why)


def judge(text: Folded, found: QuotationMatch, spans: tuple[tuple[int, int], ...]) -> AnchorMatch:
    """The warning about words found at one place: pieces that leave out a negation misstate the source."""
    if found.negated:
        return AnchorMatch("reworded", spans, f"what is put in turns the sense: “[{found.negated}]”")
    if not found.left_out:
        return AnchorMatch("exact", spans)
    gaps = [text.text[start:end].strip(" ") for start, end in found.left_out]
    told = ", ".join(f"“{gap}”" for gap in gaps if gap)
    if any(map(negates, gaps)):
        return AnchorMatch("reworded", spans, f"what is left out turns the sense: {told}")
    ends = f"; {SENTENCE_LEFT_OUT}" if any(map(ends_sentence, gaps)) else ""
    ends += f"; {CONDITION_LEFT_OUT}" if any(map(sets_condition, gaps)) else ""
    return AnchorMatch("exact", spans, f"left out: {told}{ends}" if told else "")


def _missing_piece(text: Folded, words: str) -> str:
    """The first piece of an elided quotation that the text does not contain."""
    for piece in pieces_of(words):
        if not places_of_piece(text, piece):
            return f"the piece “{piece}” is not in the article"
    return "the pieces are not in the article in this order and close to each other"


def _times(found: Sequence[object]) -> str:
    return " once" if len(found) == 1 else f" {len(found)} times"


def in_context(text: Folded, start: int, end: int, wanted: Anchor) -> bool:
    """Return whether the context that an anchor names stands, in whole words, before `start` and after `end`."""
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


def in_whole_words(text: Folded, start: int, end: int) -> tuple[int, int]:
    """Return a stretch extended to whole words at both ends."""
    while splits_word(text.text, start, text.raw):
        start -= 1
    while splits_word(text.text, end, text.raw):
        end += 1
    return start, end
