"""Bytes to text, and what in a text could act on a terminal: both with line and column."""

import re
from bisect import bisect_right

from dossier.model.clean import HOSTILE
from dossier.model.problems import Place, Problem
from dossier.store.refusals import NotText

PROBLEMS_TOLD = 100
"""How many control characters of one text are named one by one; the rest are counted."""

_BREAK = re.compile("\r\n|\r|\n")
_BOM = "\ufeff"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_SEPARATORS = str.maketrans("\u2028\u2029", "  ")


def decode(data: bytes) -> str:
    """The text of UTF-8 bytes, a byte order mark included; raises `NotText` with the place of the first bad byte."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line, column = line_column(data[: error.start].decode(), error.start)
        raise NotText(data[error.start], line, column) from None


def decode_anyway(file: str, data: bytes) -> tuple[str, list[Problem]]:
    """The text of `data`, with a replacement character and one problem where it is not UTF-8."""
    try:
        return decode(data), []
    except NotText as refusal:
        return data.decode(errors="replace"), [refusal.problem(Place(file, refusal.line, refusal.column))]


def legible(text: str) -> str:
    """`text` as a YAML parser can take it, character by character, but for a byte order mark at its beginning.

    Characters that YAML does not allow become replacement characters, so that one of them does not cost the file; the
    separators U+2028 and U+2029, which end a line for YAML 1.1 but in no editor, become spaces.
    """
    text = text.removeprefix(_BOM)
    if _ILLEGAL.search(text):
        text = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
    return text if text.isascii() else text.translate(_SEPARATORS)


def line_column(text: str, offset: int) -> tuple[int, int]:
    """The line and column, from 1, of the character at `offset`; a byte order mark takes no column."""
    return lines_columns(text, [offset])[0]


def lines_columns(text: str, offsets: list[int]) -> list[tuple[int, int]]:
    """The line and column of each offset."""
    starts = [1 if text.startswith(_BOM) else 0, *(match.end() for match in _BREAK.finditer(text))]
    found = []
    for offset in offsets:
        line = max(bisect_right(starts, offset), 1)
        found.append((line, max(offset - starts[line - 1], 0) + 1))
    return found


def text_problems(file: str, text: str) -> list[Problem]:
    """A warning for each character of a text that could act on a terminal or turn the reading order around."""
    if not HOSTILE.search(text):
        return []
    found = [match.start() for match in HOSTILE.finditer(text) if not _in_line_end(text, match.start())]
    problems = [
        control_character(Place(file, line, column), text[offset])
        for offset, (line, column) in zip(found, lines_columns(text, found[:PROBLEMS_TOLD]), strict=False)
    ]
    if len(found) > PROBLEMS_TOLD:
        last = problems[-1].place
        rest = f"{len(found) - PROBLEMS_TOLD} more control characters follow"
        problems.append(Problem(last, "warning", "control-character", rest, "delete them"))
    return problems


def control_character(place: Place, character: str) -> Problem:
    """The warning for one such character."""
    return Problem(
        place,
        "warning",
        "control-character",
        f"U+{ord(character):04X} is a control character; a mark is shown in its place",
        "delete it",
    )


def _in_line_end(text: str, offset: int) -> bool:
    return text[offset] == "\r" and text[offset + 1 : offset + 2] == "\n"
