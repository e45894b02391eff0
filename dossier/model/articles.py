"""An article as it is read: its text and its paragraphs."""

import re
from collections.abc import Sequence

from msgspec import Struct

from dossier.model.entries import Entry

_BREAK = re.compile(r"(?:\r\n|\n|\r)[^\S\r\n]*(?:\r\n|\n|\r)\s*")
_BREAK_OF_ONE = re.compile(r"\n[^\S\n]*\n\s*")
"""The same where there is no carriage return, for which `re` looks faster."""
_FRONT = re.compile("(?P<rule>\ufeff?---[ \t]*\r?\n).*?^(?:---|\\.\\.\\.)[ \t]*(?:\r?\n|\\Z)", re.DOTALL | re.MULTILINE)


class Paragraph(Struct, frozen=True, gc=False):
    """A run of lines between blank ones."""

    number: int
    """From 1."""
    start: int
    """Offset in the file, in characters."""
    end: int
    """Offset behind its last character."""


_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
_KEY = re.compile(r"""(?:[\w$@.-]+(?: [\w.-]+)?|"[^"\n]{1,60}"|'[^'\n]{1,60}')[ \t]*:(?=[ \t\r\n]|$)""")
_KNOWN = re.compile("(?:title|published|publisher|authors?|url|language|reliability|date|source)[ \t]*:")
_GOES_ON = re.compile(r"[ \t]|#|-(?:[ \t\r\n]|$)|[\]}]")


def may_have_front_matter(file: str, written_in: str) -> bool:
    """Return whether an article's file may begin with front matter: Markdown may, and what `article_files` matched.

    `written_in` is the file that the article's entry is written in.
    """
    return file == written_in or file.lower().endswith(_MARKDOWN)


def body_of(text: str, article: Entry) -> int:
    """The offset at which the words of an article begin, behind its front matter if it has any."""
    return body_start(text, front=may_have_front_matter(article.text("file"), article.place.file))


def body_start(text: str, *, front: bool = True) -> int:
    """The offset at which the body of a text begins; `front` says whether it may have front matter.

    Text between two lines `---` that is no front matter is text: the first of the two alone is dropped.
    """
    match = _FRONT.match(text)
    if match is None:
        return 0
    return match.end() if front and _is_mapping(match.group()) else match.end("rule")


def between_rules(text: str) -> int:
    """The offset behind a block between two lines `---` at the beginning of a text, whatever it is."""
    match = _FRONT.match(text)
    return match.end() if match else 0


def front_matter_end(text: str) -> int:
    """The offset behind a block between two lines `---` that has the shape of a mapping; 0 when there is none."""
    match = _FRONT.match(text)
    return match.end() if match and _is_mapping(match.group()) else 0


def _is_mapping(block: str) -> bool:
    """Return whether what stands between two rules has the shape of a mapping; an empty block has it too."""
    inner = [line for line in block.splitlines()[1:-1] if line.strip()]
    keys = [line for line in inner if not _GOES_ON.match(line)]
    if not keys:
        return not inner
    first = next(line for line in inner if not line.startswith("#"))
    return (first == keys[0] and all(map(_KEY.match, keys))) or any(map(_KNOWN.match, keys))


def paragraphs(text: str, start: int = 0) -> list[Paragraph]:
    """The paragraphs of `text` from `start` on, in order."""
    found: list[Paragraph] = []
    at = start
    pattern = _BREAK if "\r" in text else _BREAK_OF_ONE
    while at < len(text) and text[at].isspace():
        at += 1
    number = 1
    for match in pattern.finditer(text, at):
        last, end = match.span()
        while last > at and text[last - 1].isspace():
            last -= 1
        if at < last:
            found.append(Paragraph(number, at, last))
            number += 1
        at = end  # behind a break no white space is left
    last = len(text.rstrip()) if at < len(text) else at
    return [*found, Paragraph(number, at, last)] if at < last else found


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
