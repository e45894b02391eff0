"""Conventions of counting offsets: detected from all selections of a file, never guessed for one.

Programs differ in the unit (code points, UTF-16 units, UTF-8 bytes), in what a line end counts, whether a byte order
mark does, whether the end is that of the last character, and in the Unicode form they count in. A convention is taken
when nearly all edges of selections fall on edges of words under it, all words given beside the offsets agree, and every
convention that would lead elsewhere does clearly worse.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from copy import copy
from itertools import product
from typing import Literal, Self, get_args

from msgspec import Struct
from msgspec.structs import asdict

from dossier.model.problems import DossierError

Unit = Literal["code points", "UTF-16 units", "bytes"]
Breaks = Literal["as they stand", "one", "two"]
Form = Literal["as it stands", "NFC", "NFD"]

_BREAK = re.compile("\r\n|\r|\n")
_SEPARATOR = re.compile("[\u2028\u2029\x85]")


class Convention(Struct, frozen=True):
    """A way to count."""

    unit: Unit = "code points"
    breaks: Breaks = "as they stand"
    """What a line end counts, be it CR LF, LF or CR."""
    separators: bool = False
    """Whether U+2028, U+2029 and U+0085 count as line ends do."""
    mark: bool = True
    """Whether a byte order mark at the beginning counts."""
    inclusive: bool = False
    """Whether the end is the last character and not the one behind it."""
    form: Form = "as it stands"

    def __str__(self) -> str:
        said: list[str] = [self.unit]
        if self.breaks != "as they stand":
            said.append(f"line ends as {self.breaks}")
        said += ["U+2028 as a line end"] * self.separators + ["no byte order mark"] * (not self.mark)
        said += ["last character included"] * self.inclusive + [self.form] * (self.form != "as it stands")
        return ", ".join(said)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The convention that `str` of it says.

        Raises:
            DossierError: there is none such.

        """
        for one in CONVENTIONS:
            if str(one).casefold() == " ".join(text.split()).casefold():
                return cls(**asdict(one))
        raise DossierError(
            f"“{text}” is no way to count offsets; say for example “code points”, “UTF-16 units, line ends as two” or"
            " “bytes, last character included”."
        )


CONVENTIONS = tuple(
    Convention(unit, breaks, separators, mark, inclusive, form)
    for form, inclusive, unit, breaks, separators, mark in product(
        get_args(Form), (False, True), get_args(Unit), get_args(Breaks), (False, True), (True, False)
    )
    if not separators or breaks != "as they stand"
)
"""Every way there is, the plainest first."""
JAVA = (Convention(unit="UTF-16 units"), Convention(unit="UTF-16 units", breaks="one"))
"""How programs in Java count: as the text is, or as their windows show it, where CR LF is one."""
EXCLUSIVE = tuple(one for one in CONVENTIONS if not one.inclusive)
"""The ways under which an end is the place behind the last character, as nearly all programs write it."""


class Selection(Struct, frozen=True):
    """Offsets as a file gives them."""

    start: int
    end: int
    words: str = ""
    """The words the file gives beside them; empty when it gives none."""
    likely: bool = False
    """Whether the words may be only the beginning, or a label that happens to stand in the text."""


Span = tuple[int, int]


class Places:
    """The offsets of one text under one convention."""

    def __init__(self, text: str, convention: Convention) -> None:
        self._text = text
        self.inclusive = convention.inclusive
        segments = list(_segments(text, convention))
        self._starts = [0]
        self._counts = [0]
        self._alone = [False]  # whether what begins there has no inside
        count = at = 0
        for start, length, width in segments:
            count += start - at
            if length:
                self._add(start, count, alone=True)
            count += width
            at = start + length
            self._add(at, count, alone=False)
        self._total = count + len(text) - at

    def _add(self, start: int, count: int, *, alone: bool) -> None:
        if self._starts[-1] == start or (self._counts[-1] == count and self._alone[-1] and not alone):
            self._starts[-1], self._counts[-1], self._alone[-1] = start, count, alone
        else:
            self._starts.append(start)
            self._counts.append(count)
            self._alone.append(alone)

    def with_end(self, *, inclusive: bool) -> Self:
        """The same but for how ends are told."""
        other = copy(self)
        other.inclusive = inclusive
        return other

    def index(self, offset: int) -> int | None:
        """The code point at which a counted offset stands; None when it is inside of one, or outside of the text."""
        if not 0 <= offset <= self._total:
            return None
        segment = bisect_right(self._counts, offset) - 1
        into = offset - self._counts[segment]
        if self._alone[segment]:
            return None if into else self._starts[segment]
        return self._starts[segment] + into

    def span(self, start: int, end: int) -> Span | None:
        """The place where a selection stands; None when that is no place in the text."""
        first = self.index(start)
        # The last character may be told by its first unit or its last: behind it is the next place there is.
        ends = range(end + 1, end + 5) if self.inclusive else (end,)
        last = next((at for at in map(self.index, ends) if at is not None), None)
        return None if first is None or last is None or last <= first else (first, last)


def _segments(text: str, convention: Convention) -> Iterator[tuple[int, int, int]]:
    """The stretches that do not count one for each code point: `(start, length, width)`, in order."""
    found: dict[int, tuple[int, int]] = {}
    if convention.form != "as it stands" and not unicodedata.is_normalized(convention.form, text):
        for start, cluster in _clusters(text):
            written = unicodedata.normalize(convention.form, cluster)
            if written != cluster:
                found[start] = (len(cluster), _width(written, convention.unit))
    if convention.unit != "code points" and not text.isascii():
        special = "[^\x00-\x7f]" if convention.unit == "bytes" else "[\U00010000-\U0010ffff]"
        ends = sorted((start, start + length) for start, (length, _) in found.items())
        starts = [start for start, _ in ends]
        for match in re.finditer(special, text):
            inside = bisect_right(starts, match.start()) - 1
            if inside < 0 or ends[inside][1] <= match.start():
                found[match.start()] = (1, _width(match.group(), convention.unit))
    if convention.breaks != "as they stand":
        width = 1 if convention.breaks == "one" else 2
        if not found and not convention.separators and (convention.mark or text[:1] != "\ufeff"):
            for match in _BREAK.finditer(text):  # nearly always all there is
                if match.end() - match.start() != width:
                    yield match.start(), match.end() - match.start(), width
            return
        for pattern in (_BREAK, _SEPARATOR) if convention.separators else (_BREAK,):
            for match in pattern.finditer(text):
                if len(match.group()) != width or convention.separators:
                    found[match.start()] = (len(match.group()), width)
    if not convention.mark and text.startswith("\ufeff"):
        found[0] = (1, 0)
    for start in sorted(found):
        yield (start, *found[start])


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """The runs of characters that a Unicode form may write otherwise, each a base with its marks."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not (unicodedata.combining(text[at]) or "\u1160" <= text[at] <= "\u11ff"):
            if at - start > 1 or text[start] > "\x7f":
                yield start, text[start:at]
            start = at


def _width(text: str, unit: Unit) -> int:
    if unit == "bytes":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(character > "\uffff" for character in text) * (unit == "UTF-16 units")


def reduce_convention(convention: Convention, traits: frozenset[str]) -> Convention:
    """The convention without what makes no difference in a text of these traits."""
    unit = convention.unit
    if unit == "bytes" and "wide" not in traits:
        unit = "code points"
    if unit == "UTF-16 units" and "astral" not in traits:
        unit = "code points"
    breaks, separators = convention.breaks, convention.separators and "separators" in traits
    if not separators and ((breaks == "one" and "CR LF" not in traits) or "breaks" not in traits):
        breaks = "as they stand"
    if not separators and breaks == "two" and traits.isdisjoint(("LF", "CR")):
        breaks = "as they stand"
    form = convention.form if convention.form in traits else "as it stands"
    mark = convention.mark or "mark" not in traits
    return Convention(unit, breaks, separators and breaks != "as they stand", mark, convention.inclusive, form)


def traits_of(text: str) -> frozenset[str]:
    """The traits of a text that make conventions differ."""
    pairs = text.count("\r\n")
    tests = {
        "CR LF": pairs,
        "LF": text.count("\n") > pairs,
        "CR": text.count("\r") > pairs,
        "breaks": "\n" in text or "\r" in text,
    }
    if not text.isascii():
        tests |= {
            "wide": True,
            "astral": max(text) > "\uffff",
            "separators": _SEPARATOR.search(text) is not None,
            "mark": text.startswith("\ufeff"),
            "NFC": not unicodedata.is_normalized("NFC", text),
            "NFD": not unicodedata.is_normalized("NFD", text),
        }
    return frozenset(name for name, holds in tests.items() if holds)
