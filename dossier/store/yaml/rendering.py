"""New values as YAML text: words of an article as block scalars, ids and short texts in one line."""

import re

from dossier.model.clean import HOSTILE
from dossier.store.yaml.scalars import double_quoted

WIDTH = 118
"""Columns of a line of a folded block."""

_UNPRINTABLE = re.compile(f"{HOSTILE.pattern}|[\r\x85\u2028\u2029\ufeff\ufffe\uffff]")
_PLAIN = re.compile(r"[^\W_](?:(?:[\w ,.;()/’‘“”–—'!?&%$€+-]|:(?=\w))*[\w.)’”!?%])?")
_PLAIN_IN_FLOW = re.compile(r"[^\W_](?:[\w .;()/’‘“”–—'!&%$€+-]*[\w.)’”!%])?")
_SPACE = re.compile(r"(?<=[^ \t]) (?=[^ \t])")


class BlockScalar(str):
    """Words that are written as a block scalar, so that no character in them can cut them."""

    __slots__ = ()


New = str | list["New"] | dict[str, "New"]
"""A value to write; a mapping keeps its order."""


class Layout:
    """The layout of a file: its line endings, and how far its blocks are indented."""

    def __init__(self, line_end: str = "\n", step: int = 2) -> None:
        self.line_end = line_end
        """`\\n` or `\\r\\n`."""
        self.step = step
        """Columns by which a block stands further right than the key above it."""

    def pair(self, key: str, value: New, column: int) -> str:
        """`key: value` as a block at a column, without the last line end."""
        return self.line_end.join(self._pair(key, value, column))

    def item(self, value: New, column: int) -> str:
        """`- value` as a block whose dash stands at a column, without the last line end."""
        return self.line_end.join(self._item(value, column))

    def _pair(self, key: str, value: New, column: int) -> list[str]:
        head = f"{' ' * column}{spell(key)}:"
        inner = column + self.step
        if isinstance(value, dict) and value:
            return [head, *(line for name, part in value.items() for line in self._pair(name, part, inner))]
        if isinstance(value, list) and any(
            not isinstance(part, str) or isinstance(part, BlockScalar) for part in value
        ):
            return [head, *(line for part in value for line in self._item(part, inner))]
        if isinstance(value, BlockScalar) and (block := _block(value, inner)):
            return [f"{head} {block[0]}", *block[1:]]
        return [f"{head} {spell(value) if isinstance(value, str) else flow(value)}"]

    def _item(self, value: New, column: int) -> list[str]:
        dash = f"{' ' * column}- "
        if isinstance(value, dict) and value:
            lines = [line for name, part in value.items() for line in self._pair(name, part, column + 2)]
            return [dash + lines[0][column + 2 :], *lines[1:]]
        if isinstance(value, BlockScalar) and (block := _block(value, column + 2)):
            return [dash + block[0], *block[1:]]
        return [dash + (spell(value) if isinstance(value, str) else flow(value))]


def spell(value: str) -> str:
    """A text in one line of a block: bare where nothing in it means anything to YAML, else in quotation marks."""
    return str(value) if _PLAIN.fullmatch(value) and not _UNPRINTABLE.search(value) else double_quoted(value)


def flow(value: New) -> str:
    """A value in one line, between brackets where it is a list or a mapping."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    bare = not isinstance(value, BlockScalar) and _PLAIN_IN_FLOW.fullmatch(value) and not _UNPRINTABLE.search(value)
    return str(value) if bare else double_quoted(value)


def as_data(value: New) -> "str | list[New] | dict[str, New]":
    """A value as it is read back: plain texts, lists and mappings."""
    if isinstance(value, dict):
        return {key: as_data(part) for key, part in value.items()}
    return [as_data(part) for part in value] if isinstance(value, list) else str(value)


def _block(words: str, column: int) -> list[str]:
    """The header and the lines of a block scalar; nothing for words that no block can carry unaltered."""
    if not words or words != words.strip() or _UNPRINTABLE.search(words):
        return []
    indent = " " * column
    if "\n" in words:
        return ["|-", *(indent + line if line else "" for line in words.split("\n"))]
    lines, room = [""], max(WIDTH - column, 20)
    for part in _SPACE.split(words):
        if lines[-1] and len(lines[-1]) + 1 + len(part) > room:
            lines.append(part)
        else:
            lines[-1] = f"{lines[-1]} {part}" if lines[-1] else part
    return [">-", *(indent + line for line in lines)]
