"""Second forms of words: letter case that can be asked for, and suffixes behind an apostrophe."""

import re
import unicodedata

from dossier.search.folding import fold

CAPITALS = "^"
"""Begins the second form of a word that is written in capitals or with dots (`U.S.`), and then folded; and of one of
at most `SHORT` letters that has a capital, as it is written.
"""

SHORT = 3
"""Letters of a word whose capitals count in a query, as with the mentions of a dossier."""

_CONTRACTED = frozenset(("t", "ll", "re", "ve", "d", "m"))
"""Ends of English words behind an apostrophe."""
_SYLLABLES = frozenset(("a", "ai", "an", "ang", "ao", "e", "ei", "en", "eng", "er", "ou"))
"""Chinese syllables before which pinyin puts an apostrophe: `Xi'an` is one name."""
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200c\u200d\u2060"))
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


def suffixed(head: str, tail: str) -> bool:
    """Whether `tail`, behind an apostrophe, is a suffix to the name `head`: Turkish `Ankara'da`, Polish `Biden'a`."""
    if not tail.islower() or len(tail) > 8 or tail in _CONTRACTED:
        return False
    if head.isupper():
        return len(composed(head)) > 1
    letters = len(composed(head))
    return head[:1].isupper() and letters > 2 and (tail not in _SYLLABLES or (len(tail) == 1 and letters > 4))


def composed(text: str) -> str:
    """A text with one character for each letter with its accents, however it is spelled."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_UNSEEN)
