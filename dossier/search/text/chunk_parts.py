"""Chunks of a text taken apart into words, their second forms and the places they take, before stemming."""

import re
from typing import NamedTuple

from dossier.model.apostrophes import is_elision
from dossier.search.text.chunks import clusters, runs
from dossier.search.text.normalize import fold
from dossier.search.text.word_forms import CAPITALS, SHORT, cased, composed, elided, suffixed, without_suffix

_HYPHEN = re.compile("[-‐‑]")
_DOT = re.compile("[.,]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)+")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
"""Letters with dots between them: `U.S`."""


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
    if is_plain_word(chunk):
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


def is_plain_word(chunk: str) -> bool:
    """Return whether a chunk is one word in plain letters, and has no second form."""
    return (
        chunk.isascii()
        and chunk.isalpha()
        and (chunk.islower() or (len(chunk) > SHORT and not chunk.isupper() and chunk[-2:-1].islower()))
    )


def _parts(text: str, at: int, place: int, found: list[TokenPiece]) -> int:
    """The words of a chunk without hyphens; the next free place."""
    if INITIALS.fullmatch(composed(text.rstrip("."))):
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
