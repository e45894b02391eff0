"""The one analyzer: what the words of a text are, for every engine, every query and every highlight.

A word is a run of letters, digits and the marks that belong to them. No word is too common or too short to be found.
It is indexed under its stem and, where that is another, under itself (`=controls`), so that a query can ask for the
very word. Some words have a second form beside the one at their place: `US` and `U.S.` are also `^us`, and `May` is
also `^May`, so that letter case can be asked for; `co-operation` is two words and also `cooperation`; `O'Brien` is
also `obrien`. Scripts written without spaces are cut into overlapping pairs of characters, and single characters
beside them.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from dossier.model.apostrophes import is_elision
from dossier.model.word_boundaries import is_unspaced
from dossier.search.text.chunks import chunks, clusters, runs
from dossier.search.text.normalize import MARK, fold, language_of, stems
from dossier.search.text.word_forms import CAPITALS, SHORT, cased, composed, elided, suffixed, without_suffix

EXACT = "="
"""Begins the term of a word as it stands, where that is not its stem."""

_HYPHEN = re.compile("[-‐‑]")
_DOT = re.compile("[.,]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")


class Token(NamedTuple):
    """A form of a word, and where it stands."""

    place: int
    """Position among the words of the text, from 0; the forms of one word share it."""
    term: str
    """The stem under which it is indexed."""
    word: str
    """The folded word itself; for a second form, the same as the term."""
    start: int
    """Offset in the text."""
    end: int
    """Offset behind its last character."""
    second: bool
    """Whether it is a second form, which has no part in phrases."""


class TokenPiece(NamedTuple):
    """A token inside its chunk, before stemming."""

    place: int
    word: str
    start: int
    end: int
    second: bool
    stem: bool


def pieces(chunk: str) -> tuple[list[TokenPiece], int]:
    """Return what a chunk consists of, and how many places it takes."""
    if _one_word(chunk):
        return [TokenPiece(0, fold(chunk), 0, len(chunk), second=False, stem=True)], 1
    found: list[TokenPiece] = []
    place = 0
    for run, at, unspaced in runs(chunk):
        place = (_pairs if unspaced else _tied)(run, at, place, found)
    return found, place


def _tied(text: str, at: int, place: int, found: list[TokenPiece]) -> int:
    """Words of scripts with spaces, with hyphens between them; the next free place."""
    at += elided(text)
    text = text[elided(text) :]
    first, begun, ties, start = place, len(found), 0, at
    for part in _HYPHEN.split(without_suffix(text)):
        ties += bool(part)
        place = _joined_by_and(part, at, place, found) if "&" in part else _parts(part, at, place, found)
        at += len(part) + 1
    if 2 <= ties <= 4 and ties == place - first and len(text) <= 40:
        _join(found, begun, start, start + len(text))
    return place


def _joined_by_and(text: str, at: int, place: int, found: list[TokenPiece]) -> int:
    """A name of words with `&` between them, such as `AT&T`; the next free place."""
    begun, start = len(found), at
    for part in text.split("&"):
        place = _parts(part, at, place, found)
        at += len(part) + 1
    _join(found, begun, start, start + len(text))
    return place


def _join(found: list[TokenPiece], begun: int, start: int, end: int) -> None:
    """Add what the words from `begun` on are when they are written as one."""
    first = found[begun:]
    joined = "".join(piece.word for piece in first if not piece.second)
    if first:
        found.append(TokenPiece(first[0].place, joined, start, end, second=True, stem=True))


def _one_word(chunk: str) -> bool:
    """Return whether a chunk is one word in plain letters, and has no second form."""
    return (
        chunk.isascii()
        and chunk.isalpha()
        and (chunk.islower() or (len(chunk) > SHORT and not chunk.isupper() and chunk[-2:-1].islower()))
    )


def _parts(text: str, at: int, place: int, found: list[TokenPiece]) -> int:
    """The words of a chunk without hyphens; the next free place."""
    if _INITIALS.fullmatch(composed(text.rstrip("."))):
        word = fold(text.replace(".", ""))
        found.append(TokenPiece(place, word, at, at + len(text), second=False, stem=True))
        found.append(TokenPiece(place, CAPITALS + word, at, at + len(text), second=True, stem=False))
        return place + 1
    if _NUMBER.fullmatch(text):
        word = text.replace(",", "") if _THOUSANDS.fullmatch(text) else text
        found.append(TokenPiece(place, fold(word), at, at + len(text), second=False, stem=False))
        return place + 1
    for part in _DOT.split(text):
        if part:
            place = _word(part, at, place, found)
        at += len(part) + 1
    return place


def _word(text: str, at: int, place: int, found: list[TokenPiece]) -> int:
    """Return one word, perhaps with an apostrophe in it; the next free place."""
    whole_end = at + len(text)
    verb = ""
    if "'" in text or "’" in text:
        text, at, verb = _without_apostrophes(text.replace("’", "'"), at, place, found)
    word, end = fold(text), whole_end - len(verb)
    if not word:
        return place
    found.append(TokenPiece(place, word, at, end, second=False, stem=True))
    if second := cased(text):
        found.append(TokenPiece(place, second, at, end, second=True, stem=False))
    if not verb:
        return place + 1
    found.append(TokenPiece(place + 1, verb, end, whole_end, second=False, stem=False))
    return place + 2


def _without_apostrophes(text: str, at: int, place: int, found: list[TokenPiece]) -> tuple[str, int, str]:
    """Return `(word, start, verb)`: a word without what is elided before it and the ending behind it; second forms go
    to `found`. `verb` is the rest of a verb (`'ll`), which takes a place of its own, so that a name of several words
    is found before it.
    """
    begin, end = at, at + len(text)
    whole = text = text[:-2] if text[-2:] in ("'s", "'S") else text
    head, mark, tail = text.partition("'")
    if mark and is_elision(head) and len(composed(tail)) > 1:
        text, at = tail, at + len(head) + 1
        if not head[0].isupper():
            whole, begin = tail, at
    head, mark, tail = text.rpartition("'")
    suffix = suffixed(head, tail) if mark else ""
    verb = f"'{tail}" if suffix == "verb" else ""
    if suffix in ("ending", "verb"):
        found.append(TokenPiece(place, fold(text), at, end, second=True, stem=True))
        text, whole = head, whole[: len(whole) - len(tail) - 1]
    elif suffix:
        found.append(TokenPiece(place, fold(head), at, at + len(head), second=True, stem=True))
        if second := cased(head):
            found.append(TokenPiece(place, second, at, at + len(head), second=True, stem=False))
    if "'" in whole and len(composed(whole.rpartition("'")[2])) > 2:
        found.append(TokenPiece(place, fold(whole.replace("'", "")), begin, end - len(verb), second=True, stem=True))
    return text, at, verb


def _pairs(text: str, at: int, place: int, found: list[TokenPiece]) -> int:
    """A run in a script without spaces, as pairs and single characters; the next free place."""
    known = clusters(text)
    last = len(known) - 1
    for number, (character, start, end) in enumerate(known):
        found.append(TokenPiece(place, character, at + start, at + end, second=number < last, stem=False))
        if number < last:
            after = known[number + 1]
            found.append(TokenPiece(place, character + after[0], at + start, at + after[2], second=False, stem=False))
        place += 1
    return place


class TokenizedText(NamedTuple):
    """The words of one text, as an index takes them."""

    stream: list[str]
    """The term at each place: a stem, or a word that is its own."""
    exact: list[str]
    """The term of the very word at each place."""
    seconds: list[str]
    """The terms of second forms, without their places."""


Known = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


_STREAM, _EXACTLY, _SECONDS = map(itemgetter, range(3))


class _Chunks(dict[str, Known]):
    """Chunks of one language to their terms, exact terms and second forms; each is taken apart once."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._stems = stems(language)

    def __missing__(self, chunk: str) -> Known:
        if _one_word(chunk):
            word = fold(chunk)
            term = self._stems[word]
            known: Known = (term,), (exactly(term, word),), ()
        else:
            forms = [
                (self._stems[word] if stemmed else word, word, second)
                for _, word, _, _, second, stemmed in pieces(chunk)[0]
            ]
            known = (
                tuple([term for term, _, second in forms if not second]),
                tuple([exactly(term, word) for term, word, second in forms if not second]),
                tuple({one for term, word, second in forms if second for one in (term, exactly(term, word))}),
            )
        if len(chunk) <= 24 and not any(map(is_unspaced, chunk)):
            if len(self) >= 200_000:
                self.clear()
            self[chunk] = known
        return known


def exactly(term: str, word: str) -> str:
    """The term of the very word, whose stem is `term`."""
    return term if term == word else EXACT + word


@lru_cache(maxsize=64)
def _memory(language: str) -> _Chunks:
    return _Chunks(language)


def words(text: str, tag: str) -> TokenizedText:
    """The words of `text`, quickly and without offsets; `tag` is its language (BCP 47)."""
    found = list(map(_memory(language_of(tag)).__getitem__, chunks(text).findall(text)))
    return TokenizedText(*(list(chain.from_iterable(map(part, found))) for part in (_STREAM, _EXACTLY, _SECONDS)))


def is_form(term: str) -> bool:
    """Return whether a term is a word as it stands, among which beginnings and near misses are looked for."""
    return term[:1] != CAPITALS and MARK not in term


Inside = tuple[tuple[tuple[int, str, str, int, int, bool, bool], ...], int]
"""The tokens of a chunk, as in `Token` but counted from the chunk, each with whether it is initials; then how many
places it takes.
"""


class Chunks(dict[str, Inside]):
    """Chunks of one language to their tokens."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._stems = stems(language)

    def __missing__(self, chunk: str) -> Inside:
        found, width = pieces(chunk)
        known = tuple(
            (
                piece.place,
                self._stems[piece.word] if piece.stem else piece.word,
                piece.word,
                piece.start,
                piece.end,
                piece.second,
                bool(_INITIALS.fullmatch(chunk[piece.start : piece.end])),
            )
            for piece in found
        )
        if len(chunk) <= 24:
            if len(self) >= 50_000:
                self.clear()
            self[chunk] = known, width
        return known, width


@lru_cache(maxsize=64)
def chunk_memory(language: str) -> Chunks:
    """The chunks of a language that were taken apart lately."""
    return Chunks(language)


def tokens(text: str, tag: str, memory: Mapping[str, Inside] | None = None) -> list[Token]:
    """The words of `text` with their offsets; the dot that ends `U.S.` belongs to it.

    `memory` may say what chunks consist of, to leave out tokens that nobody asks for.
    """
    if memory is None:
        memory = chunk_memory(language_of(tag))
    texts = chunks(text).findall(text)
    known = list(map(memory.__getitem__, texts))
    found: list[Token] = []
    add, new, find = found.append, tuple.__new__, text.find
    at = place = 0
    for chunk, (inside, width) in zip(texts, known, strict=True):
        at = find(chunk, at)  # nothing between two chunks could begin one
        for offset, term, word, start, end, second, initials in inside:
            dot = initials and text.startswith(".", at + end)
            add(new(Token, (place + offset, term, word, at + start, at + end + dot, second)))
        at += len(chunk)
        place += width
    return found
