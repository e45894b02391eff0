"""The one analyzer: what the words of a text are, for every engine, every query and every highlight.

A word is a run of letters, digits and the marks that belong to them. No word is too common or too short to be found.
It is indexed under its stem and, where that is another, under itself (`=controls`), so that a query can ask for the
very word. Some words have a second form beside the one at their place: `US` and `U.S.` are also `^us`, and `May` is
also `^May`, so that letter case can be asked for; `co-operation` is two words and also `cooperation`; `O'Brien` is
also `obrien`. Scripts written without spaces are cut into overlapping pairs of characters, and single characters
beside them.
"""

from collections.abc import Mapping
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from dossier.model.word_boundaries import is_unspaced
from dossier.search.text.chunk_parts import INITIALS, is_plain_word, pieces
from dossier.search.text.chunks import chunks
from dossier.search.text.normalize import MARK, fold, language_of, stems
from dossier.search.text.word_forms import CAPITALS

EXACT = "="
"""Begins the term of a word as it stands, where that is not its stem."""


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
        if is_plain_word(chunk):
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
                bool(INITIALS.fullmatch(chunk[piece.start : piece.end])),
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
