"""An article as it is read: its text and its paragraphs."""

import re
from collections.abc import Sequence

from msgspec import Struct

_BREAK = re.compile(r"(?:\r\n|\n|\r)[^\S\r\n]*(?:\r\n|\n|\r)\s*")
_BREAK_OF_ONE = re.compile(r"\n[^\S\n]*\n\s*")
"""The same where there is no carriage return, for which `re` looks faster."""
_FRONT = re.compile("\ufeff?---[ \t]*\r?\n.*?^(?:---|\\.\\.\\.)[ \t]*(?:\r?\n|\\Z)", re.DOTALL | re.MULTILINE)


class Paragraph(Struct, frozen=True, gc=False):
    """A run of lines between blank ones."""

    number: int
    """From 1."""
    start: int
    """Offset in the file, in characters."""
    end: int
    """Offset behind its last character."""


def body_start(text: str) -> int:
    """The offset behind the front matter, 0 when there is none."""
    match = _FRONT.match(text)
    return match.end() if match else 0


def paragraphs(text: str, start: int = 0) -> list[Paragraph]:
    """The paragraphs of `text` from `start` on, in order."""
    found: list[Paragraph] = []
    at = start
    pattern = _BREAK if "\r" in text else _BREAK_OF_ONE
    while at < len(text) and text[at].isspace():
        at += 1
    for begin, end in [*[match.span() for match in pattern.finditer(text, start)], (len(text), len(text))]:
        last = begin
        while last > at and text[last - 1].isspace():
            last -= 1
        if at < last:
            found.append(Paragraph(len(found) + 1, at, last))
        at = max(at, end)  # behind a break no white space is left
    return found


def paragraph_at(ranges: Sequence[Paragraph], offset: int) -> int:
    """The number of the paragraph that holds `offset`, or of the last one before it; 0 when there is none."""
    low, high = 0, len(ranges)
    while low < high:
        middle = (low + high) // 2
        if ranges[middle].start <= offset:
            low = middle + 1
        else:
            high = middle
    return low
