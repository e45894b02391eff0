"""Bytes to text, and what in a text could act on a terminal: both with line and column."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from dossier.model.clean import HOSTILE
from dossier.model.problems import Place, Problem
from dossier.store.files.errors import NotAText, NotText

PROBLEMS_TOLD = 100
"""How many control characters of one text are told one by one."""

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_BOM = "\ufeff"
_JOINER = "\u2060"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_MOST_ILLEGAL = 1_000
_PLAIN = bytes(code for code in range(256) if code not in (0x7F, 0xC2, 0xE2) and (code >= 0x20 or code in (0x09, 0x0A)))
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_BIDI = re.compile(rb"\xe2(?:\x80[\xaa-\xae]|\x81[\xa6-\xa9])")
"""The characters of `HOSTILE` beyond ASCII that UTF-8 can have, by their bytes."""
_SEPARATORS = str.maketrans("\u2028\u2029", "  ")


def decode(data: bytes) -> str:
    """The text of UTF-8 bytes, a byte order mark included; raises `NotText` with the place of the first bad byte."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = line_column(before, len(before))
        raise NotText(data[error.start], line, column) from None


def legible(text: str) -> str:
    """`text` as a YAML parser can take it, character by character, but for a byte order mark at its beginning.

    Characters that YAML does not allow become replacement characters, so that one of them does not cost the file; the
    separators U+2028 and U+2029, which end a line for YAML 1.1 but in no editor, become spaces; a byte order mark
    further on becomes U+2060, which is as good as nothing too. Raises `NotAText`
    when there are more than a thousand to replace.
    """
    text = text.removeprefix(_BOM)
    text = text.replace(_BOM, _JOINER)
    if _ILLEGAL.search(text):
        text = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text, count=_MOST_ILLEGAL)
        if _ILLEGAL.search(text):
            raise NotAText
    if "\u2028" in text or "\u2029" in text:
        text = text.translate(_SEPARATORS)
    return text


def line_column(text: str, offset: int) -> tuple[int, int]:
    """The line and column, from 1, of the character at `offset`; a byte order mark takes no column."""
    return next(lines_columns(text, [offset]))


def lines_columns(text: str, offsets: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The line and column of each offset; the offsets ascend."""
    line, counted, start = 1, 0, int(text.startswith(_BOM))
    for offset in offsets:
        at = offset - (text[offset - 1 : offset + 1] == "\r\n")  # never between the two characters of a line end
        line += text.count("\n", counted, at) + text.count("\r", counted, at) - text.count("\r\n", counted, at)
        start = max(text.rfind("\n", counted, at) + 1, text.rfind("\r", counted, at) + 1, start)
        counted = at
        yield line, max(offset - start, 0) + 1


def lines_of(text: str) -> list[str]:
    """The lines of a text with what ends them, as YAML and editors count them."""
    return _LINES.findall(text)


def is_harmless(data: bytes) -> bool:
    """Return whether the text of UTF-8 bytes surely has no problems, in a third of the time of looking for them."""
    rest = data.translate(None, _PLAIN)
    return not rest.strip(b"\xc2\xe2") and not (_C1.search(data) or _BIDI.search(data))


def text_problems(file: str, text: str) -> list[Problem]:
    """A warning for each character of a text that could act on a terminal or turn the reading order around.

    A carriage return before a line feed is half of a line end and none of them.
    """
    found = list(islice(_hostile(text), PROBLEMS_TOLD + 1))
    problems = [
        control_character(Place(file, line, column), text[offset])
        for offset, (line, column) in zip(found, lines_columns(text, found), strict=True)
    ]
    if len(problems) > PROBLEMS_TOLD:
        message = "control characters follow from here on that are not told one by one"
        problems[-1] = Problem(problems[-1].place, "warning", "control-character", message, "is this a text at all?")
    return problems


def control_character(place: Place, character: str) -> Problem:
    """The warning for one such character."""
    message = f"U+{ord(character):04X} is a control character; a mark is shown in its place"
    return Problem(place, "warning", "control-character", message, "delete it")


def _hostile(text: str) -> Iterator[int]:
    """The offsets of such characters."""
    for match in HOSTILE.finditer(text):
        if match.group() != "\r" or text[match.end() : match.end() + 1] != "\n":
            yield match.start()
