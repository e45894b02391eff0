"""Text in which typographic variants are one, with the way back to the offsets of the original.

White space of any kind and length is one space; curly and straight quotation marks, the dashes, and canonically
equivalent spellings (NFC) are the same; zero-width characters are nothing, and a soft hyphen joins the word that it
breaks at the end of a line. Letter case and all else differ.
"""

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

_ONE_TO_ONE = {
    "'": "‘’‚‛′ʼ",
    '"': "“”„‟″",
    "-": "‐‑‒–—―−﹘﹣－",
    " ": "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000",
}
_VARIANTS = [(variant, plain) for plain, variants in _ONE_TO_ONE.items() for variant in variants]
_MARKS = [(variant, plain) for variant, plain in _VARIANTS if plain != " "]
_ASCII_VARIANTS = [(variant, plain) for variant, plain in _VARIANTS if variant.isascii()]
_NOTHING = "\u200b\u2060\ufeff\u00ad"
_WORD = re.compile(r"\w+")
_NONE = re.compile(f"[{_NOTHING}]")
_RUN = re.compile(f"[ {_NOTHING}]*")


class Folded:
    """A text in folded form. `text` is the folded text; `start` and `end` lead back to the original."""

    __slots__ = ("_ends", "_folded", "_original", "_written", "read", "text")

    def __init__(self, original: str, *, read: bool = False) -> None:
        """`read` says that the original is Markdown whose markup was written over, as `as_read` does."""
        self.read = read
        self._written = original
        for variant, plain in _ASCII_VARIANTS if original.isascii() else _VARIANTS:
            if variant in original:
                original = original.replace(variant, plain)
        self._folded: list[int] = [0]  # where each segment begins in the folded text,
        self._original: list[int] = [0]  # where in the original,
        self._ends: list[int] = [-1]  # and, for one that was replaced as a whole, where it ends there; else -1
        if unicodedata.is_normalized("NFC", original) and not any(map(original.__contains__, _NOTHING)):
            self._shorten(original)
        else:
            self._replace(original)

    def _shorten(self, original: str) -> None:
        """Fold a text that differs from its folded form in runs of spaces alone, as nearly all texts do."""
        if "  " not in original:
            self.text = original
            return
        first, *chunks = original.split("  ")
        pieces, starts = [first], [0]
        at = len(first) + 2
        for chunk in chunks:
            if chunk:
                spaced = chunk[0] == " "  # of three spaces, or five, one is left
                pieces.append(chunk[1:] if spaced else chunk)
                starts.append(at + spaced)
            at += len(chunk) + 2
        if not chunks[-1]:
            pieces.append("")
            starts.append(len(original))
        self.text = " ".join(pieces)
        begun = [*accumulate([len(piece) + 1 for piece in pieces[:-1]], initial=0)]
        # Between two pieces stands a segment that is one space in the folded text.
        self._folded, self._original, self._ends = (
            _spaced_values(begun),
            _spaced_values(starts),
            _spaced_values([-1] * len(pieces)),
        )
        self._folded[1::2] = [after - 1 for after in begun[1:]]
        self._original[1::2] = [start + len(piece) for start, piece in zip(starts, pieces[:-1], strict=False)]
        self._ends[1::2] = starts[1:]

    def _replace(self, original: str) -> None:
        pieces: list[str] = []
        at = length = 0
        for begin, finish, replacement in _replacements(original):
            pieces += (original[at:begin], replacement)
            length += begin - at
            if replacement:
                self._segment(length, begin, finish)
                length += len(replacement)
            self._segment(length, finish, -1)
            at = finish
        pieces.append(original[at:])
        self.text = "".join(pieces)

    def _segment(self, folded: int, original: int, end: int) -> None:
        if self._folded[-1] == folded:
            self._original[-1], self._ends[-1] = original, end
        else:
            self._folded.append(folded)
            self._original.append(original)
            self._ends.append(end)

    def start(self, position: int) -> int:
        """The original offset at which the folded character at `position` begins."""
        segment = bisect_right(self._folded, position) - 1
        if self._ends[segment] >= 0:
            return self._original[segment]
        return self._original[segment] + position - self._folded[segment]

    def end(self, position: int) -> int:
        """The original offset just behind the folded character before `position`."""
        segment = bisect_right(self._folded, position - 1) - 1
        if self._ends[segment] >= 0:
            return self._ends[segment]
        return self._original[segment] + position - self._folded[segment]

    def raw(self, position: int) -> str:
        """The original text of the folded character at `position`."""
        return self._written[self.start(position) : self.end(position + 1)]

    def position(self, offset: int) -> int:
        """The folded position of the original offset, or of the first character behind it that was kept."""
        segment = max(bisect_right(self._original, offset) - 1, 0)
        if self._ends[segment] >= 0:
            return self._folded[segment] + (offset > self._original[segment])
        position = self._folded[segment] + max(offset - self._original[segment], 0)
        following = self._folded[segment + 1] if segment + 1 < len(self._folded) else len(self.text)
        return min(position, following)


def _spaced_values(values: list[int]) -> list[int]:
    """The values with room for another between each two."""
    found = [0] * (2 * len(values) - 1)
    found[::2] = values
    return found


def fold(text: str) -> str:
    """`text` in folded form, without white space at its ends."""
    if text.isascii() and text.isprintable() and "  " not in text:  # it is in folded form, as most names and quotes are
        return text.strip(" ")
    return _fold(text)


def plain_words(text: str) -> str:
    """The words of a text alone, in folded form and lower case, with one space between each two."""
    return " ".join(_WORD.findall(fold(text).casefold()))


@lru_cache(maxsize=256)
def _fold(text: str) -> str:
    plain = " ".join(text.split())
    if plain.isascii():
        return plain
    for variant, mark in _MARKS:
        if variant in plain:
            plain = plain.replace(variant, mark)
    if unicodedata.is_normalized("NFC", plain) and not any(map(plain.__contains__, _NOTHING)):
        return plain
    return Folded(text).text.strip(" ")


def _replacements(text: str) -> list[tuple[int, int, str]]:
    """The replacements that change length: `(begin, end, replacement)`, in order, apart from each other."""
    found = []
    last = 0
    for start in _starts(text):
        if start >= last:
            begin = start - (start > last and text[start - 1] == " ")
            last = _behind_run(text, start)
            spaced = " " in text[begin:last] and not _breaks_word(text, begin, last)
            found.append((begin, last, " " if spaced else ""))
    if not unicodedata.is_normalized("NFC", text):
        found = sorted(found + _compositions(text))
    return found


def _breaks_word(text: str, start: int, end: int) -> bool:
    """Return whether a run between two letters is a soft hyphen at which a word was broken at the end of a line.

    The line end counts as any white space does: it is a space where lines were joined.
    """
    before = text[start - 1 : start]
    return (
        text[start] == "\u00ad"
        and (before.isalpha() or (before > "\u02ff" and unicodedata.combining(before) > 0))
        and text[end : end + 1].isalpha()
    )


def _starts(text: str) -> list[int]:
    """The places at which a run of spaces and invisible characters may begin that is not a single space.

    The two are looked for apart, because a pattern that begins with either is tried at the space behind each word.
    """
    starts = [match.start() for match in _NONE.finditer(text)]
    at = text.find("  ")
    while at >= 0:
        starts.append(at)
        at = text.find("  ", _behind_run(text, at))
    return sorted(starts)


def _behind_run(text: str, start: int) -> int:
    """The offset behind the run of spaces and invisible characters that begins at `start`."""
    run = _RUN.match(text, start)
    return run.end() if run else start


def _compositions(text: str) -> list[tuple[int, int, str]]:
    """The runs of characters that NFC changes."""
    found = []
    begin = 0
    cluster = composed = ""
    for offset, character in enumerate(text):
        if cluster and character not in _NOTHING and character != " ":
            joined = unicodedata.normalize("NFC", cluster + character)
            if unicodedata.combining(character) or joined != composed + unicodedata.normalize("NFC", character):
                cluster += character
                composed = joined
                continue
        if cluster != composed:
            found.append((begin, offset, composed))
        begin, cluster = offset, character
        composed = unicodedata.normalize("NFC", character)
    if cluster != composed:
        found.append((begin, len(text), composed))
    return found
