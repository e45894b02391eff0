"""Second forms of words: letter case that can be asked for, and suffixes behind an apostrophe."""

import re
import unicodedata
from typing import Literal

from dossier.model.apostrophes import is_case_ending, is_contraction, is_elision
from dossier.search.text.normalize import fold

Suffix = Literal["", "perhaps", "ending", "verb"]
"""No suffix to a name; one that may be; one that is; the rest of an English verb."""

CAPITALS = "^"
"""Begins the second form of a word that is written in capitals or with dots (`U.S.`), and then folded; and of one of
at most `SHORT` letters that has a capital, as it is written.
"""

SHORT = 3
"""Letters of a word whose capitals count in a query, as with the mentions of a dossier."""

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200c\u200d\u2060"))
_DESIGNATION = re.compile(r"([^\W_].*[-&‐‑].*[A-Z\d])['’]([^\W\d_]{1,8})")
_PLURAL = re.compile("[A-Z]{2,3}s")


def cased(text: str) -> str:
    """The second form of a word of which the letter case can be asked for; empty for others."""
    if text.islower() or not any(map(str.isupper, text)):
        return ""
    if text.isupper() and len(composed(text)) > 1:
        return CAPITALS + fold(text)
    if _PLURAL.fullmatch(text):
        return CAPITALS + fold(text[:-1])
    return CAPITALS + composed(text) if len(composed(text)) <= SHORT else ""


def suffixed(head: str, tail: str) -> Suffix:
    """Return what `tail`, behind an apostrophe, is to `head`: Turkish `Ankara'da`, Polish `Biden'a`, English `they'll`.

    `Sana'a` and `Shi'i` are short names that only look as if they had an ending.
    """
    if not tail.islower() or len(head) < 2:
        return ""
    if is_case_ending(tail):
        if head[-1].isdigit():
            return "ending"
        if head[0].isupper():
            return "ending" if head.isupper() or len(tail) > 1 or len(composed(head)) > 4 else "perhaps"
    return "verb" if is_contraction(tail) else ""


def without_suffix(text: str) -> str:
    """Return a designation of several parts without what is behind its apostrophe: `F-16` of `F-16'nın`."""
    match = _DESIGNATION.fullmatch(text)
    return match[1] if match and (is_case_ending(match[2]) or is_contraction(match[2])) else text


def elided(text: str) -> int:
    """Return how many characters are elided words before initials or a designation of several parts: `d'U.R.S.S.`."""
    head, _, tail = text.replace("’", "'").partition("'")
    return len(head) + 1 if tail[:1].isupper() and re.search("[-&.‐‑]", tail) and is_elision(head) else 0


def composed(text: str) -> str:
    """A text with one character for each letter with its accents, however it is spelled."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_UNSEEN)
