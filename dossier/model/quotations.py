"""Quotations in pieces: what an author left out (`…`), put in (`[Lam]`), or took out between two quotation marks.

Each piece stands in the article in order and close to the one before. What was left out is told, and where it holds a
negation the pieces do not say what the source says.
"""

import re
from bisect import bisect_left
from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from dossier.model.attributions import CUTS, EDGES, TITLE, around_attributions
from dossier.model.folding import Folded, fold
from dossier.model.word_boundaries import splits_word

NEAR = 300
"""Characters that may be left out between two pieces."""
_PUT_IN = 60
"""Characters of the source for which words between brackets may stand."""
_MOST_PIECES = 12
_MOST_HEADS = 2_000
"""Places of the first word of a quotation at which it may be broken by an attribution."""
_ELISION = re.compile(r"\[ ?(?:[…⋯]+|\.(?: ?\.)+) ?\]|\( ?(?:[…⋯]+|\.(?: ?\.)+) ?\)|[…⋯]+|\.(?: ?\.){2,}")
_BRACKETS = re.compile(r"\[([^\[\]]{1,80})\]")
_LETTERS = re.compile(r"(?:(?<=\w)\[(\w{1,3})\])|(?:\[(\w{1,3})\](?=\w))")
_GAP = "\x00"
_SHORT_GAP = "\x01"
_STOPS = ".。"
_SENTENCE_END = re.compile(r"[.!?](?:[\"')\]]| |$)|[。！？]")
_PARTING = re.compile(r"^ ?[,.;:!?，。！？]?[\"'»«›‹」』].*[\"'«»‹›「『]|^[,.!?]? ?-.*-", re.DOTALL)
"""An attribution: from the end of one quotation to the beginning of another, or between dashes."""
_NEGATION = re.compile(
    r"(?<!\w)(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|unless|hardly|ne|n'\w+|pas|jamais|aucune?|sans|"
    r"non|nicht|kein\w*|nie|niemals|ohne|nein|nunca|sin|n[ãa]o|sem|senza|niente|niet|geen|nooit|не|нет|ни|без|никогда|"
    r"değil|yok|nie|bez|inte|ej|aldrig|ikke|ei|eivät|nem|nincs|nu|fără|δεν|δε|μη|όχι|लेकिन नहीं|नहीं|न|tidak|bukan|không|"
    r"لا|لم|لن|ليس|غير|לא|אין|בלי|نه|نیست|не̄|"
    r"(?:refus|declin|fail)(?:e|es|ed|s|ing)? to|far from|stop(?:s|ped)? short of|anything but|rul(?:es?|ed|ing) out|"
    r"instead of|rather than|den(?:y|ies|ied|ying)|doubt(?:s|ed|ful)?|reject(?:s|ed|ing)?|false(?:ly)?|untrue|"
    r"impossible|unable|unlikely|barely|scarcely|rarely|seldom|nowhere|rien|guère|nichts|niemand\w*|weder|"
    r"kaum|unmöglich|verweiger\w*|weiger\w*|nada|nadie|ning[uú]n[ao]?|jamás|tampoco|nem|nenhuma?|ninguém|nessun[ao]?|"
    r"nulla|neanche|niemand|aldri|ingen|intet|нельзя|никто|ничего|невозможно|ні|ніколи|nikt|nigdy|żad\w+|asla|belum|"
    r"jangan|chưa|đừng|मत|ليست|لست|لسنا|بدون|دون|نمی\w*)(?!\w)"
    r"|n't(?!\w)|[不没沒無无未非别勿]|拒绝|拒絕|否认|否認|禁止|ない|ません|않|못|없|아니",
    re.IGNORECASE,
)

_CONDITION = re.compile(
    r"(?<!\w)(?:if|only|except|provid(?:ed|ing)|until|assuming|subject to|(?:as|so) long as|in case|on condition|"
    r"whether|might|perhaps|possibly|maybe|allegedly|reportedly|supposedly|wenn|falls|sofern|nur|solange|vielleicht|"
    r"möglicherweise|sauf|seulement|pourvu|à condition|peut-être|salvo|s[óo]lo|quizás?|tal vez|siempre que|talvez|"
    r"forse|purché|если|только|возможно|может быть|misschien|tenzij|mits)(?!\w)|如果|只要|只有|除非|假如|もし|만약",
    re.IGNORECASE,
)
"""Words that make what stands around them conditional, or merely possible."""


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
    """Return whether a sentence ends in a stretch of text; behind `Ms.` and other titles none does."""
    return bool(_SENTENCE_END.search(TITLE.sub("", text)))


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
        elif piece := part.strip(EDGES) if any(map(str.isalnum, part)) else "":
            found.append((piece, room))
            room = 0
    return found


def _match_in_order(text: Folded, pieces: list[tuple[str, int]]) -> list[QuotationMatch]:
    if not pieces or len(pieces) > _MOST_PIECES:
        return []
    places = [places_of_piece(text, piece) for piece, _ in pieces]
    starts = [[place.start for place in of_one] for of_one in places]
    found: dict[int, QuotationMatch] = {}
    for first in places[0]:
        last, gaps = first, [*first.left_out]
        for number in range(1, len(pieces)):
            following = bisect_left(starts[number], last.end)
            if following == len(starts[number]) or starts[number][following] > last.end + pieces[number][1]:
                break
            stop, last = last.end, places[number][following]
            gaps += [(stop, last.start), *last.left_out]
        else:
            found[last.end] = QuotationMatch(first.start, last.end, tuple(gaps))
    return list(found.values())


def places_of_piece(text: Folded, piece: str) -> list[QuotationMatch]:
    """Return where a piece stands uncut; where nowhere, without its full stop or broken by an attribution."""
    for words in dict.fromkeys((piece, piece.rstrip(_STOPS))):
        if uncut := _uncut_places(text, words) if words else []:
            return [QuotationMatch(at, at + len(words)) for at in uncut]
    return _match_around_attribution(text, piece)


def _match_around_attribution(text: Folded, words: str) -> list[QuotationMatch]:
    """Return where words stand that the article breaks by who said them: `"We stay," she said, "for good."`."""
    first = CUTS.search(words)
    head = words[: first.start()].strip(EDGES + _STOPS) if first else ""
    if not head or len(words) > 2000:
        return []
    found = [(at, around_attributions(text, at, words)) for at in _uncut_places(text, head, _MOST_HEADS)]
    return [QuotationMatch(at, *broken) for at, broken in found if broken]


def parted_by_attribution(text: Folded, words: str) -> tuple[tuple[int, int], str] | None:
    """Return the attribution that parts folded words in a way that only `…` may bridge, and the words with it.

    It stands between dashes within the quotation, or ends a sentence, behind which another may speak.
    """
    found = None
    for match in CUTS.finditer(words):
        head, rest = words[: match.start()].rstrip(EDGES), words[match.end() :].lstrip(EDGES)
        said = head.rstrip(_STOPS)
        if elides(words) or not said or said not in text.text:
            break
        for one in _match_in_order(text, [(said, 0), (rest, NEAR)]) if rest else []:
            start, stop = one.left_out[-1]
            if _PARTING.search(text.text[start:stop]) and not negates(text.text[start:stop]):
                found = (start, stop), f"{head} … {rest}"
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
