"""Patterns that find the chunks of a text: letters, digits and their marks, tied together by hyphens and such.

`dossier.search.text.chunk_parts` takes a chunk apart; which letters go on without spaces is said in
`dossier.model.word_boundaries`, which endings a name may have and what is elided in `dossier.model.apostrophes`.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from dossier.model.word_boundaries import is_unspaced

LINKS = "-'’‐‑.,&"
"""What may tie two words into one chunk."""
_INSIDE = "\u00ad\u200c\u200d\u2060"
_TYPOGRAPHY = "\u00a0\u00a7\u00ab\u00b7\u00bb\u2009\u2010-\u2015\u2018-\u201e\u2022\u2026\u202f\u20ac"
_STRANGE = re.compile(f"[^\x00-\x7f{_TYPOGRAPHY}]")
PLAINEST = re.compile(rf"[A-Za-z0-9]+(?:[{LINKS}][A-Za-z0-9]+)*")
"""The chunks of a text in plain letters."""


@lru_cache(maxsize=1)
def _general() -> re.Pattern[str]:
    marks = [code for code in range(0x300, 0x1F000) if unicodedata.category(chr(code))[0] == "M"]
    ranges: list[list[int]] = []
    for code in marks:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    extra = "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges) + _INSIDE
    return re.compile(rf"[^\W_][^\W_{extra}]*(?:[{extra}]+[^\W_]*)*(?:[{LINKS}][^\W_][^\W_]*(?:[{extra}]+[^\W_]*)*)*")


PLAIN = re.compile(rf"[^\W_]+(?:[{LINKS}][^\W_]+)*")
"""The chunks of a text without marks."""


@lru_cache(maxsize=1)
def _marks() -> re.Pattern[str]:
    """Return the pattern of what may be a mark; made when it is needed, which few texts do."""
    return re.compile(
        "[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u0ef9\u0f00-\u10ff\u1700-\u1cff\u200c\u200d\u2060\u3099\u309a"
        "\u302a-\u302f\ua66f-\uabff\ufb1e\ufe20-\ufe2f\U00010000-\U0001ffff]"
    )


def runs(chunk: str) -> Iterator[tuple[str, int, bool]]:
    """Yield `(run, offset, unspaced)`: the stretches of scripts without spaces and of others, in order."""
    if chunk.isascii():
        yield chunk, 0, False
        return
    at = 0
    for unspaced, letters in groupby(chunk, is_unspaced):
        run = "".join(letters)
        yield run, at, unspaced
        at += len(run)


def chunks(text: str) -> re.Pattern[str]:
    """Return the pattern that finds the chunks of `text`: words, and words tied by hyphens, dots and the like."""
    if in_plain_letters(text):
        return PLAINEST
    return _general() if _marks().search(text) else PLAIN


def in_plain_letters(text: str) -> bool:
    """Return whether no character may belong to a word but the letters of English and digits."""
    return text.isascii() or not _STRANGE.search(text)


def clusters(text: str) -> list[tuple[str, int, int]]:
    """Return composed characters with their offsets: jamo that make one syllable, kana with their marks."""
    if unicodedata.is_normalized("NFKC", text):
        return [(character, at, at + 1) for at, character in enumerate(text)]
    found: list[tuple[str, int, int]] = []
    for at, character in enumerate(text):
        if found:
            before, start, _ = found[-1]
            joined = unicodedata.normalize("NFKC", text[start : at + 1])
            if len(joined) == len(before) == 1:
                found[-1] = (joined, start, at + 1)
                continue
        found.append((unicodedata.normalize("NFKC", character), at, at + 1))
    return found
