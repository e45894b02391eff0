"""A text as its letters and digits alone, to find what an author surely meant: never to find evidence."""

import re
import unicodedata
from functools import cached_property

_BROKEN = re.compile(r"[-¬\u00ad\u2010\u2011][ \t]*(?:\r\n|\n|\r)[ \t>]*(?=\w)")
_HYPHENS = re.compile(r"(?<=\w)[-\u2010\u2011](?=\w)")
"""Hyphens at which a word may be broken at the end of a line, and stays hyphenated."""
_MOST_HYPHENS = 20
_OTHER = re.compile("[^0-9a-z]+")
_MOST = 500_000
"""Characters of a text that are looked at."""


class LoosenedText:
    """Case, ligatures, marks, and words broken at a line end are no difference; `start` and `end` lead back."""

    def __init__(self, original: str) -> None:
        self._original = original[:_MOST]
        special = any(one.isalnum() and not one.isascii() for one in set(self._original))
        self.text = "".join(self._letters[0]) if special else _plain(self._original)
        """Its words with one space before and behind each."""

    @cached_property
    def _letters(self) -> tuple[list[str], list[int]]:
        """The characters of `text`, and where each stands in the original: looked up for words that were found."""
        original = self._original
        letters: list[str] = [" "]
        offsets: list[int] = [0]
        at, most = 0, len(original)
        while at < most:
            character = original[at]
            if character.isalnum():
                for one in unicodedata.normalize("NFKC", character).casefold():
                    letters.append(one)
                    offsets.append(at)
            elif broken := _BROKEN.match(original, at):
                at = broken.end()
                continue
            elif character != "\u00ad" and letters[-1] != " ":
                letters.append(" ")
                offsets.append(at)
            at += 1
        if letters[-1] != " ":
            letters.append(" ")
            offsets.append(most)
        return letters, offsets

    def find(self, words: str) -> tuple[int, int] | None:
        """The place where loosened `words` stand in the original, whole words only; None when they do not."""
        hyphens = [match.start() for match in _HYPHENS.finditer(words)][:_MOST_HYPHENS]
        broken = [words[:at] + words[at + 1 :] for at in hyphens]
        for spelling in dict.fromkeys((words, *broken, _HYPHENS.sub("", words))):
            if (found := self._find(LoosenedText(spelling).text.strip())) is not None:
                return found
        return None

    def _find(self, wanted: str) -> tuple[int, int] | None:
        at = self.text.find(f" {wanted} ") if wanted else -1
        if at < 0:
            return None
        _, offsets = self._letters
        return offsets[at + 1], offsets[at + len(wanted)] + 1


def _plain(original: str) -> str:
    """The letters of a text whose letters and digits are all ASCII, as nearly all: at once, and not one by one."""
    joined = _BROKEN.sub("", original).replace("\u00ad", "").lower()
    return f" {words} " if (words := _OTHER.sub(" ", joined).strip()) else " "


def difference(wanted: str, there: str) -> str:
    """The differences between words that are equal when loosened, in plain words."""
    if _BROKEN.search(there):
        return "a word is broken at the end of a line"
    if any(unicodedata.decomposition(one).startswith("<") for one in there if one.isalnum()):
        return "it is printed with a ligature or another special letter"
    if _words(wanted) != _words(there) and _words(wanted.casefold()) == _words(there.casefold()):
        return "capital and small letters differ"
    return "the marks between the words differ"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
