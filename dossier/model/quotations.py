"""Quotations in pieces: what an author left out (`…`), put in (`[Lam]`), or took out between two quotation marks.

Each piece stands in the article in order and close to the one before. What was left out is told, and where it holds a
negation the pieces do not say what the source says.
"""

import re
from bisect import bisect_left
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from dossier.model.folding import Folded, fold
from dossier.model.word_boundaries import splits_word

NEAR = 300
"""Characters that may be left out between two pieces."""
_PUT_IN = 60
"""Characters of the source for which words between brackets may stand."""
_MOST_PIECES = 12
_MOST_HEADS = 50
"""Places of the words before an attribution that are looked at."""
_ELISION = re.compile(r"\[ ?(?:…|\.\.\.+) ?\]|\( ?(?:…|\.\.\.+) ?\)|…|\.\.\.+")
_BRACKETS = re.compile(r"\[([^\[\]]{1,80})\]")
_LETTERS = re.compile(r"(?:(?<=\w)\[(\w{1,3})\])|(?:\[(\w{1,3})\](?=\w))")
_GAP = "\x00"
_SHORT_GAP = "\x01"
_EDGES = " \"',;:-"
_SENTENCE_END = re.compile(r"[.!?](?:[\"')\]]| |$)|[。！？]")
_ATTRIBUTION = r'(?:[,.;:!?-]?" ?[^".!?]{2,100}[,:]? ?")'
_NEGATION = re.compile(
    r"(?<!\w)(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|unless|hardly|ne|n'\w+|pas|jamais|aucune?|sans|"
    r"non|nicht|kein\w*|nie|niemals|ohne|nein|nunca|sin|n[ãa]o|sem|senza|niente|niet|geen|nooit|не|нет|ни|без|никогда|"
    r"değil|yok|nie|bez|inte|ej|aldrig|ikke|ei|eivät|nem|nincs|nu|fără|δεν|δε|μη|όχι|लेकिन नहीं|नहीं|न|tidak|bukan|không|"
    r"لا|لم|لن|ليس|غير|לא|אין|בלי|نه|نیست|не̄)(?!\w)|n't(?!\w)|[不没沒無无未非别勿]|ない|ません|않|못",
    re.IGNORECASE,
)

_CONDITION = re.compile(
    r"(?<!\w)(?:if|only|except|provided|wenn|falls|sofern|nur|sauf|seulement|salvo|s[óo]lo|если|только)(?!\w)",
    re.IGNORECASE,
)


class QuotationMatch(Struct, frozen=True):
    """The place where a quotation stands, in folded positions, and what was left out of it."""

    start: int
    end: int
    left_out: tuple[tuple[int, int], ...] = ()
    """The stretches between its pieces, words that are not quoted."""
    negated: str = ""
    """Words put in between brackets that deny what the source says."""


def elides(words: str) -> bool:
    """Return whether words may be in pieces: something is left out of them, or put in."""
    return bool(_ELISION.search(words) or _BRACKETS.search(words))


def pieces_of(words: str) -> list[str]:
    """Return the pieces of a folded quotation that leaves words out or puts words in; one for any other."""
    return [piece for piece, _ in _parse(words)]


def in_pieces(text: Folded, words: str) -> list[QuotationMatch]:
    """Return the places at which a folded quotation stands in pieces; none for one that is not in pieces."""
    if elides(words):
        found: list[QuotationMatch] = []
        for variant in _bracket_readings(words):
            found = found or _match_in_order(text, _parse(variant))
        denied = [one for one in _BRACKETS.findall(words) if negates(one)]
        return [replace(one, negated=_missing_negation(text, one, denied)) for one in found] if denied else found
    return _match_around_attribution(text, words)


def _missing_negation(text: Folded, found: QuotationMatch, put_in: list[str]) -> str:
    """Return the first of the negations put in that does not stand in the source."""
    there = text.text[found.start : found.end]
    return next((one for one in put_in if one not in there), "")


def negates(text: str) -> bool:
    """Return whether a stretch of text holds a negation."""
    return bool(_NEGATION.search(text))


def sets_condition(text: str) -> bool:
    """Return whether a stretch of text holds a word that makes what stands around it conditional."""
    return bool(_CONDITION.search(text))


def ends_sentence(text: str) -> bool:
    """Return whether a sentence ends in a stretch of text."""
    return bool(_SENTENCE_END.search(text))


def letters_of(words: str) -> str:
    """Return the letters and digits of words, without what was put in: what two spellings of a quotation share."""
    return "".join(filter(str.isalnum, _BRACKETS.sub("", _ELISION.sub("", fold(words)))))


def covers(pieces: list[str], words: str) -> bool:
    """Return whether several pieces, in order, are all the words of a quotation."""
    return len(pieces) > 1 and "".join(map(letters_of, pieces)) == letters_of(words)


def _bracket_readings(words: str) -> list[str]:
    """Return the readings of letters between brackets inside a word: `[W]e` for `we`, `agree[d]` for `agree`."""
    parts = _LETTERS.split(words)
    letters = [(parts[at] or parts[at + 1]) for at in range(1, len(parts), 3)]
    if not letters or len(letters) > 3:
        return [words]
    choices = [dict.fromkeys((one, one.lower(), one.upper(), "")) for one in letters]
    texts = parts[::3]
    return ["".join(a + b for a, b in zip(texts, (*chosen, ""), strict=True)) for chosen in product(*choices)]


def _parse(words: str) -> list[tuple[str, int]]:
    """Return the pieces, each with how many characters may be left out before it."""
    marked = _BRACKETS.sub(_SHORT_GAP, _ELISION.sub(_GAP, words))
    found: list[tuple[str, int]] = []
    room = 0
    for part in re.split(f"([{_GAP}{_SHORT_GAP}])", marked):
        if part == _GAP:
            room += NEAR
        elif part == _SHORT_GAP:
            room += _PUT_IN
        elif piece := part.strip(_EDGES) if any(map(str.isalnum, part)) else "":
            found.append((piece, room))
            room = 0
    return found


def _match_in_order(text: Folded, pieces: list[tuple[str, int]]) -> list[QuotationMatch]:
    if not pieces or len(pieces) > _MOST_PIECES:
        return []
    places = [_uncut_places(text, piece) for piece, _ in pieces]
    found: dict[int, QuotationMatch] = {}
    for first in places[0]:
        at, gaps = first, []
        for number in range(1, len(pieces)):
            room, spots = pieces[number][1], places[number]
            stop = at + len(pieces[number - 1][0])
            following = bisect_left(spots, stop)
            if following == len(spots) or spots[following] > stop + room:
                break
            at = spots[following]
            gaps.append((stop, at))
        else:
            end = at + len(pieces[-1][0])
            found[end] = QuotationMatch(first, end, tuple(gaps))
    return list(found.values())


def _match_around_attribution(text: Folded, words: str) -> list[QuotationMatch]:
    """Return where words stand that the article breaks once by who said them: `"We stay," she said, "for good."`."""
    tokens = words.split(" ")
    if len(tokens) < 2 or len(words) > 2000 or '"' not in text.text or tokens[0].strip(_EDGES) not in text.text:
        return []
    found = []
    for cut in range(1, len(tokens)):
        head, tail = " ".join(tokens[:cut]).rstrip(_EDGES + "."), " ".join(tokens[cut:]).lstrip(_EDGES)
        if not head or not tail:
            continue
        heads = _uncut_places(text, head, _MOST_HEADS)
        if not heads:
            break
        for at in heads:
            match = re.compile(_ATTRIBUTION).match(text.text, at + len(head))
            if match and text.text.startswith(tail, match.end()) and _ends(text, match.end() + len(tail)):
                found.append(QuotationMatch(at, match.end() + len(tail), ((at + len(head), match.end()),)))
    return found


def _ends(text: Folded, at: int) -> bool:
    return not splits_word(text.text, at, text.raw)


def _uncut_places(text: Folded, words: str, most: int = 100_000) -> list[int]:
    """Return where words stand uncut, at most the first `most` places."""
    found: list[int] = []
    at = text.text.find(words)
    while at >= 0 and len(found) < most:
        if _ends(text, at) and _ends(text, at + len(words)):
            found.append(at)
        at = text.text.find(words, at + 1)
    return found
