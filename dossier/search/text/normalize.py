"""Normalise a word: letter case, accents and compatibility variants are one, and the stem beside it.

Accents go from the scripts whose readers leave them out when they type (Latin, Greek, Arabic, Hebrew); elsewhere a mark
makes another letter (`й`, `が`, `ि`) and stays. `ё` is `е`, as Russian prints it. Folding comes before the stemmer, so
that a word typed without accents has the same stem as the word with them.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from dossier.search.text import arabic, english

LONGEST = 64
"""Characters of a word that count; the rest of a longer one is not looked at."""

BOUND = 200_000
"""Words remembered before a memory is emptied: some 30 MB."""

MARK = "\x1f"
"""Stands between a stem and its language in an index. A term without it is a word as it stands."""

ENGLISH = MARK + "en"
"""Ends the term of an English stem that is not the word itself."""

_ALONE = str.maketrans({
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n",
    "ə": "e", "ё": "е", "ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None,
    "\u00ad": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None, "’": "'", "ʼ": "'",
})  # fmt: skip
_STRESS = "\u0300\u0301\u0341"
_BARE = ((0x41, 0x24F), (0x370, 0x3FF), (0x590, 0x6FF), (0x1E00, 0x1FFF))

_STEMMERS = {
    "ar": "light10", "hy": "armenian", "eu": "basque", "ca": "catalan", "da": "danish", "nl": "dutch", "en": "english",
    "eo": "esperanto", "et": "estonian", "fi": "finnish", "fr": "french", "de": "german", "el": "greek", "hi": "hindi",
    "hu": "hungarian", "id": "indonesian", "ga": "irish", "it": "italian", "lt": "lithuanian", "ne": "nepali",
    "no": "norwegian", "nb": "norwegian", "nn": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sr": "serbian", "es": "spanish", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


def fold(word: str) -> str:
    """`word` with case, accents and compatibility variants folded; at most `LONGEST` characters."""
    if word.isascii():
        return word[:LONGEST].lower()
    text = unicodedata.normalize("NFKC", word[: 4 * LONGEST]).casefold().translate(_ALONE)
    if not text.isascii():
        text = unicodedata.normalize("NFC", "".join(_without_accents(unicodedata.normalize("NFD", text))))
        text = text.translate(_ALONE)
    return text[:LONGEST]


def _without_accents(text: str) -> list[str]:
    kept: list[str] = []
    bare = False
    for character in text:
        if not unicodedata.combining(character):
            code = ord(character)
            bare = any(first <= code <= last for first, last in _BARE)
            kept.append(character)
        elif not bare and character not in _STRESS:
            kept.append(character)
    return kept


@lru_cache(maxsize=256)
def language_of(tag: str) -> str:
    """The language whose stems a BCP 47 tag asks for; English when it says nothing or has no stemmer.

    Latin words in a Chinese or Polish text are names and English terms as a rule, and the English stemmer leaves
    words in other scripts alone: so nothing is lost, and one query form serves both.
    """
    short = tag.replace("_", "-").partition("-")[0].lower()
    return short if short in _STEMMERS else "en"


class Stems(dict[str, str]):
    """Folded words of one language to the term under which they are indexed; asks the stemmer once per word."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._stem: Callable[[str], str] | None = None

    def __missing__(self, word: str) -> str:
        term = word
        if self._language == "en":
            stem = _english(word)
            term = word if stem == word else stem + MARK + "en"
        elif not word.isdecimal() and (word.isalpha() or not word.isascii()):
            found = arabic.stem(word) if self._language == "ar" else self._library(word)
            term = (found or word) + MARK + self._language
        if len(self) >= BOUND:
            self.clear()
        self[word] = term
        return term

    def _library(self, word: str) -> str:
        if self._stem is None:
            import snowballstemmer  # noqa: PLC0415 - slow to load, and English needs none of it

            self._stem = snowballstemmer.stemmer(_STEMMERS[self._language]).stemWord
        assert self._stem is not None
        return str(self._stem(word))


_COUNTED = re.compile(r"([a-z]*\d+)s")
"""A number or a designation in the plural: `1990s`, `F16s`."""


def _english(word: str) -> str:
    """The stem of a folded English word."""
    if not word.isascii():
        return word
    if word.isalpha():
        return english.stem(word)
    match = _COUNTED.fullmatch(word)
    return match[1] if match else word


_STEMS: dict[str, Stems] = {}


def stems(language: str) -> Stems:
    """The stems of a language, as `language_of` names it."""
    if language not in _STEMS:
        _STEMS[language] = Stems(language)
    return _STEMS[language]


def bare(term: str) -> str:
    """A term without the mark of its language."""
    return term.partition(MARK)[0]


def root(term: str) -> str:
    """A term in which an English stem and the word that is spelled like it are one."""
    return term.removesuffix(ENGLISH)


def terms_of(term: str, language: str) -> tuple[str, ...]:
    """The terms of all words with the stem of `term`: what is its own stem in English is indexed without a mark."""
    if language != "en" or not root(term).isascii():
        return (term,)
    return (root(term), root(term) + ENGLISH)
