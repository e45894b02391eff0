"""Map the text of a YAML scalar to its spelling in the file, character by character."""

import json
import re

from dossier.model.clean import HOSTILE
from dossier.store.yaml.source_tree import SourceNode

Spans = list[tuple[int, int]]
"""For each character of a text, where it is spelt in the file; white space over a line break is spelt as a whole."""

_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r?\n[ \t]*|.)", re.DOTALL)
_SPACE = re.compile("[ \t\r\n]+")
_BREAK = re.compile("\r\n|\r|\n")
_UNPRINTABLE = re.compile(f"{HOSTILE.pattern}|[\ufeff\x85\u2028\u2029\ufffe\uffff]")


def spans_of(text: str, piece: SourceNode) -> Spans | None:
    """The place in the file of each character of a scalar's text; None when that cannot be told for certain."""
    if piece.tag:
        return None
    if piece.style in ("|", ">"):
        return _block(text, piece)
    first, last = (piece.start + 1, piece.end - 1) if piece.style else (piece.start, piece.end)
    spans: Spans = []
    value, at = piece.value, first
    while at < last:
        stop, characters = _unit(text, at, last, piece.style, value, len(spans))
        if characters is None or value[len(spans) : len(spans) + len(characters)] != characters:
            return None
        spans += [(at, stop), *[(stop, stop)] * (len(characters) - 1)] if characters else []
        at = stop
    return spans if len(spans) == len(value) else None


def _unit(text: str, at: int, last: int, style: str, value: str, done: int) -> tuple[int, str | None]:
    """The end of the character, escape or line break at an offset of a scalar, and the characters it stands for."""
    space = _SPACE.match(text, at, last)
    if space and (breaks := len(_BREAK.findall(space[0]))):
        return space.end(), " " if breaks == 1 else "\n" * (breaks - 1)
    if style == '"' and (escape := _ESCAPE.match(text, at, last)):
        return escape.end(), "" if escape[0][1] in "\r\n" else value[done : done + 1] or None
    if style == "'" and text.startswith("''", at):
        return at + 2, "'"
    return at + 1, value[done : done + 1] if text[at] in (value[done : done + 1], "\u2028", "\u2029") else None


def _block(text: str, piece: SourceNode) -> Spans | None:
    """Locate characters as `spans_of` does, for a block: its white space and that of the text match run by run."""
    head = _BREAK.search(text, piece.start)
    if not head:
        return None
    spans: Spans = []
    value, at = piece.value, head.end()
    space = _SPACE.match(text, at)
    if space and value[:1] not in ("", " ", "\t", "\n"):
        at = space.end()
    while len(spans) < len(value):
        here = _SPACE.match(value, len(spans))
        space = _SPACE.match(text, at)
        if here and (space or here.end() == len(value)):
            stop = space.end() if space and here.end() < len(value) else at
            spans += [(at, stop), *[(stop, stop)] * (here.end() - here.start() - 1)]
            at = stop
        elif at < len(text) and text[at] == value[len(spans)]:
            spans.append((at, at + 1))
            at += 1
        else:
            return None
    return spans


def spell_scalar(value: str, style: str) -> str:
    """Words as they are spelt within a scalar of a style."""
    if style == "'":
        return value.replace("'", "''")
    return double_quoted(value)[1:-1] if style == '"' else value


def double_quoted(value: str) -> str:
    """A text between double quotation marks; whatever has no picture is escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def spellings(value: str) -> list[str]:
    """Ways to write a text in one line, the plainest first; not each is right for every text and place."""
    if _UNPRINTABLE.search(value) or "\n" in value:
        return [double_quoted(value)]
    bare = [] if "\t" in value else [value]  # which libyaml reads, and PyYAML's own scanner may not
    return [*bare, f"'{spell_scalar(value, chr(39))}'", double_quoted(value)]


def tail(text: str, piece: SourceNode) -> int:
    """The offset behind the last character that belongs to a value, without what a block leaves behind it."""
    while True:
        if piece.pairs and not piece.flow:
            piece = piece.pairs[-1][1]
        elif piece.items and not piece.flow:
            piece = piece.items[-1]
        else:
            break
    if piece.style not in ("|", ">"):
        return piece.end
    return len(text[: piece.end].rstrip()) if not (spans := spans_of(text, piece)) else max(end for _, end in spans)
