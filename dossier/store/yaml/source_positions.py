"""Positions of the parts of a YAML file, as edits need them."""

import re
from collections.abc import Sequence

from dossier.model.bounded import CallCache
from dossier.store.yaml.rendering import Layout
from dossier.store.yaml.source_tree import SourceNode, Step, pieces

_NOTHING_THERE = re.compile("\ufeff?(?:(?:---|[.]{3})?[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\\Z))*")

_SMALL = 500_000
"""Characters of a file whose tree is kept."""
_TIMES = 35
"""Bytes that a tree takes for each character of a file of many short entries; of other files it takes less."""
_MOST_BYTES = 6_000_000
"""Maximum number of bytes of the trees that are kept."""

Steps = Sequence[Step]
"""Keys and numbers that lead from the root of a file to a value."""


def parse(text: str) -> SourceNode:
    """The tree of a file, not to be changed; of one that holds nothing but comments, an empty mapping at its end.

    The trees of the last small files are kept: one edit asks for the same tree several times.

    Raises:
        DossierError: the file is not one mapping in YAML.

    """
    return _kept(text) if len(text) <= _SMALL else own_tree(text)


def own_tree(text: str) -> SourceNode:
    """The same tree, which the caller may change.

    Raises:
        DossierError: the file is not one mapping in YAML.

    """
    if _NOTHING_THERE.fullmatch(text):
        return SourceNode(len(text), len(text), 0, 0, pairs=[])
    return pieces(text)


_kept = CallCache(own_tree, 4, _MOST_BYTES, lambda text: _TIMES * len(text))


def find(root: SourceNode, steps: Steps) -> SourceNode | None:
    """The value that steps lead to; None when there is none."""
    for step in steps:
        inner = root.get(step) if isinstance(step, str) else (root.items or [])[step : step + 1]
        if isinstance(inner, list):
            inner = inner[0] if inner else None
        if inner is None:
            return None
        root = inner
    return root


def is_empty(piece: SourceNode) -> bool:
    """Return whether a value holds nothing: no text, or brackets with nothing in them."""
    return (piece.is_text and not piece.value and not piece.style) or piece.pairs == [] or piece.items == []


def layout_of(text: str, root: SourceNode, steps: Steps = ()) -> Layout:
    """The layout of a file, taken near the value that steps lead to where it shows."""
    at = text.find("\n")
    line_end = "\r\n" if at > 0 and text[at - 1] == "\r" else "\n"
    holder = find(root, steps)
    for outer in (holder, root):
        for key, value in (outer.pairs or ()) if outer is not None and not outer.flow else ():
            if value.pairs and not value.flow and value.pairs[0][0].column > key.column:
                return Layout(line_end, value.pairs[0][0].column - key.column)
    return Layout(line_end)


def key_of(root: SourceNode, steps: Steps) -> SourceNode:
    """The key under which steps lead to a value; for an item, the item."""
    holder = find(root, steps[:-1])
    assert holder is not None
    if holder.items is not None:
        return holder.items[int(steps[-1])]
    return next(key for key, _ in holder.pairs or () if key.value == steps[-1])


def line_start(text: str, at: int) -> int:
    """The offset at which the line of an offset begins; behind a byte order mark."""
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    return start + 1 if start == 0 and text.startswith("\ufeff") else start


def line_stop(text: str, at: int) -> int:
    """The offset of the line end behind an offset."""
    ends = [end for end in (text.find("\n", at), text.find("\r", at)) if end >= 0]
    return min(ends, default=len(text))


def next_line(text: str, at: int) -> int:
    """The offset at which the line behind that of an offset begins."""
    stop = line_stop(text, at)
    return stop + 2 if text[stop : stop + 2] == "\r\n" else min(stop + 1, len(text))
