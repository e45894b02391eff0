"""Entries put into a YAML file, changed and taken out; every other character of the file stays what it is.

Each edit is tried in several ways; the first that reads back as what was meant, in the order that was meant, is made.
Where none does, or an alias repeats what would change, the edit is refused.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress

from dossier.model.problems import DossierError, Place
from dossier.store.edits import reword
from dossier.store.pieces import Data, Piece, Step, pieces
from dossier.store.rendering import Layout, New, Words, as_data, flow, spell
from dossier.store.spelling import tail

_NOTHING_THERE = re.compile("\ufeff?(?:(?:---)?[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\\Z))*")

Steps = Sequence[Step]
"""Keys and numbers that lead from the root of a file to a value."""


def parse(text: str) -> Piece:
    """The tree of a file; of one that holds nothing but comments, an empty mapping at its end.

    Raises:
        DossierError: the file is not one mapping in YAML.

    """
    if _NOTHING_THERE.fullmatch(text):
        return Piece(len(text), len(text), 0, 0, pairs=[])
    return pieces(text)


def find(root: Piece, steps: Steps) -> Piece | None:
    """The value that steps lead to; None when there is none."""
    for step in steps:
        inner = root.get(step) if isinstance(step, str) else (root.items or [])[step : step + 1]
        if isinstance(inner, list):
            inner = inner[0] if inner else None
        if inner is None:
            return None
        root = inner
    return root


def is_empty(piece: Piece) -> bool:
    """Whether a value holds nothing: no text, or brackets with nothing in them."""
    return (piece.is_text and not piece.value and not piece.style) or piece.pairs == [] or piece.items == []


def insert_pair(text: str, steps: Steps, key: str, value: New, index: int | None = None) -> str:
    """The file with one more pair in a mapping, at an index or at its end; a mapping that is missing is made.

    Raises:
        DossierError: that cannot be done without changing something else.

    """
    root = parse(text)
    mapping = _reached(root, steps)
    if mapping is None:
        return insert_pair(text, steps[:-1], str(steps[-1]), {key: value})
    fresh: dict[str, Data] = {key: as_data(value)}  # type: ignore[dict-item]
    if steps and is_empty(mapping):
        meant = _changed(root.data(), steps, lambda _: fresh)
        return _right(meant, _filled(text, root, steps, {key: value}), root, steps)
    if mapping.pairs is None:
        raise DossierError(f"Line {mapping.line + 1}: a mapping is wanted here; mend it first.")
    at = len(mapping.pairs) if index is None else index

    def put(old: Data) -> Data:
        assert isinstance(old, dict)
        pairs = list(old.items())
        return dict([*pairs[:at], *fresh.items(), *pairs[at:]])

    return _right(_changed(root.data(), steps, put), _pairs(text, root, steps, at, (key, value)), root, steps)


def insert_item(text: str, steps: Steps, value: New, index: int | None = None) -> str:
    """The file with one more item in a list, at an index or at its end; a list that is missing is made.

    Raises:
        DossierError: that cannot be done without changing something else.

    """
    root = parse(text)
    listed = _reached(root, steps)
    if listed is None:
        return insert_pair(text, steps[:-1], str(steps[-1]), [value])
    if is_empty(listed):
        meant = _changed(root.data(), steps, lambda _: [as_data(value)])  # type: ignore[list-item]
        return _right(meant, _filled(text, root, steps, [value]), root, steps)
    if listed.items is None:
        raise DossierError(f"Line {listed.line + 1}: a list is wanted here; mend it first.")
    at = len(listed.items) if index is None else index

    def put(old: Data) -> Data:
        assert isinstance(old, list)
        return [*old[:at], as_data(value), *old[at:]]  # type: ignore[list-item]

    return _right(_changed(root.data(), steps, put), _items(text, root, steps, at, value), root, steps)


def set_value(text: str, steps: Steps, value: New) -> str:
    """The file with another value under a key; the pair is added to its mapping where it is missing.

    Raises:
        DossierError: that cannot be done without changing something else.

    """
    root = parse(text)
    piece = _reached(root, steps)
    if piece is None:
        return insert_pair(text, steps[:-1], str(steps[-1]), value)
    meant = _changed(root.data(), steps, lambda _: as_data(value))  # type: ignore[arg-type, return-value]
    return _right(meant, _replaced(text, root, steps, value), root, steps)


def remove(text: str, steps: Steps) -> str:
    """The file without a pair or an item; a list or mapping that would be left empty goes with it.

    Raises:
        DossierError: that cannot be done without changing something else.

    """
    root = parse(text)
    while len(steps) > 1:
        holder = find(root, steps[:-1])
        if holder is None or len(holder.pairs or holder.items or ()) > 1:
            break
        steps = steps[:-1]
    if _reached(root, steps) is None:
        raise DossierError(f"{steps[-1]}: the file has changed; look at it again.")
    last = steps[-1]

    def without(old: Data) -> Data:
        if isinstance(old, dict):
            return {key: value for key, value in old.items() if key != last}
        assert isinstance(old, list)
        assert isinstance(last, int)
        return [*old[:last], *old[last + 1 :]]

    return _right(_changed(root.data(), steps[:-1], without), _removals(text, root, steps), root, steps)


def layout_of(text: str, root: Piece, steps: Steps = ()) -> Layout:
    """How a file is laid out, near the value that steps lead to where that tells."""
    at = text.find("\n")
    line_end = "\r\n" if at > 0 and text[at - 1] == "\r" else "\n"
    holder = find(root, steps)
    for outer in (holder, root):
        for key, value in (outer.pairs or ()) if outer is not None and not outer.flow else ():
            if value.pairs and not value.flow and value.pairs[0][0].column > key.column:
                return Layout(line_end, value.pairs[0][0].column - key.column)
    return Layout(line_end)


def _reached(root: Piece, steps: Steps) -> Piece | None:
    """As `find`; refuses what an alias repeats, or stands for."""
    for count in range(len(steps) + 1):
        piece = find(root, steps[:count])
        if piece is None:
            return None
        if piece.alias or piece.named:
            raise DossierError(f"Line {piece.line + 1}: an alias repeats this, or stands here; change it by hand.")
    return find(root, steps)


def _right(meant: Data, tries: Iterable[str], root: Piece, steps: Steps) -> str:
    wanted = repr(meant)
    for one in tries:
        try:
            if repr(parse(one).data()) == wanted:
                return one
        except DossierError:
            continue
    piece = find(root, steps) or find(root, steps[:-1]) or root
    where = f"Line {piece.line + 1}"
    raise DossierError(f"{where}: this cannot be changed without changing something else; edit it by hand.")


def _changed(data: Data, steps: Steps, change: Callable[[Data], Data]) -> Data:
    if not steps:
        return change(data)
    first, rest = steps[0], steps[1:]
    if isinstance(data, dict):
        return {key: _changed(value, rest, change) if key == first else value for key, value in data.items()}
    assert isinstance(data, list)
    return [_changed(value, rest, change) if number == first else value for number, value in enumerate(data)]


def _key_of(root: Piece, steps: Steps) -> Piece:
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


def _next_line(text: str, at: int) -> int:
    stop = line_stop(text, at)
    return stop + 2 if text[stop : stop + 2] == "\r\n" else min(stop + 1, len(text))


def _put(text: str, at: int, lines: str, layout: Layout) -> str:
    """The file with whole lines put in at the beginning of a line, or at the end of the file."""
    lead = "" if at in (0, 1) or text[at - 1 : at] in ("\n", "\r", "") else layout.line_end
    return text[:at] + lead + lines + layout.line_end + text[at:]


def _filled(text: str, root: Piece, steps: Steps, value: New) -> Iterator[str]:
    """Files with a value where there was an empty one."""
    layout, key, old = layout_of(text, root), _key_of(root, steps), find(root, steps)
    assert old is not None
    start, stop = (old.start, old.end) if not old.is_text else (key.end + 1, key.end + 1)
    cut = start - 1 if not old.is_text and text[start - 1] == " " else start
    bare = text[:cut] + text[stop:]
    lines = layout.pair("x", value, key.column).partition(layout.line_end)[2]
    if lines:
        at = line_stop(bare, cut)
        yield bare[:at] + layout.line_end + lines + bare[at:]
    yield text[:start] + (" " if old.is_text else "") + flow(value) + text[stop:]


def _pairs(text: str, root: Piece, steps: Steps, index: int, pair: tuple[str, New]) -> Iterator[str]:
    """Files with a pair put into a mapping at an index."""
    layout, mapping = layout_of(text, root, steps), find(root, steps)
    assert mapping is not None
    pairs = mapping.pairs or []
    if mapping.flow:
        new = f"{flow(pair[0])}: {flow(pair[1])}"
        yield from _in_brackets(text, mapping, [value for _, value in pairs], index, new)
        return
    column = pairs[0][0].column if pairs else 0
    lines = layout.pair(*pair, column)
    firsts = [key for key, _ in pairs]
    if not steps and index == len(pairs) and isinstance(pair[1], dict | list) and pairs:
        lines = layout.line_end + lines  # a section stands apart
    yield from _in_block(text, lines, layout, (firsts, [value for _, value in pairs]), index, _head(root, steps))


def _items(text: str, root: Piece, steps: Steps, index: int, value: New) -> Iterator[str]:
    """Files with an item put into a list at an index."""
    layout, listed = layout_of(text, root), find(root, steps)
    assert listed is not None
    items = listed.items or []
    if listed.flow:
        yield from _in_brackets(text, listed, items, index, flow(value))
        return
    dash = text.rfind("-", 0, items[0].start)
    lines = layout.item(value, dash - line_start(text, dash))
    yield from _in_block(text, lines, layout, (items, items), index, _head(root, steps))


def _head(root: Piece, steps: Steps) -> int:
    return _key_of(root, steps).end if steps else -1


def _in_block(
    text: str, lines: str, layout: Layout, parts: tuple[list[Piece], list[Piece]], index: int, head: int
) -> Iterator[str]:
    firsts, lasts = parts
    if index > 0:
        at = line_stop(text, tail(text, lasts[index - 1]))
        yield text[:at] + layout.line_end + lines + text[at:]
        if index == len(lasts):
            yield _put(text, min(max(lasts[-1].end, at), len(text)), lines, layout)
    elif head >= 0:
        at = line_stop(text, head)
        yield text[:at] + layout.line_end + lines + text[at:]
    if index < len(firsts):
        yield _put(text, line_start(text, firsts[index].start), lines, layout)
    else:
        yield _put(text, len(text), lines, layout)


def _in_brackets(text: str, holder: Piece, values: list[Piece], index: int, new: str) -> Iterator[str]:
    if index > 0:
        at = tail(text, values[index - 1])
        yield f"{text[:at]}, {new}{text[at:]}"
    else:
        at = holder.start + 1
        yield f"{text[:at]}{new}{', ' if values else ''}{text[at:]}"


def _replaced(text: str, root: Piece, steps: Steps, value: New) -> Iterator[str]:
    """Files with another value, the least changed first."""
    old, holder = find(root, steps), find(root, steps[:-1])
    assert old is not None
    assert holder is not None
    stop = tail(text, old)
    lead = " " if text[old.start - 1 : old.start] == ":" else ""
    if old.is_text and old.value and isinstance(value, str):
        with suppress(DossierError):  # its spelling cannot be told for certain; it is written anew
            yield reword(text, Place("", old.line + 1, old.column + 1), value)
    key = _key_of(root, steps)
    if isinstance(value, Words | dict) and not holder.flow and isinstance(steps[-1], str):
        start, end = line_start(text, key.start), line_stop(text, stop)
        if not text[start : key.start].strip() and not text[stop:end].strip():
            layout = layout_of(text, root, steps[:-2])
            yield text[:start] + layout.pair(steps[-1], value, key.column) + text[end:]
    if isinstance(value, str) and not isinstance(value, Words) and not holder.flow:
        yield text[: old.start] + lead + spell(value) + text[stop:]
    yield text[: old.start] + lead + flow(value) + text[stop:]


def _removals(text: str, root: Piece, steps: Steps) -> Iterator[str]:
    """Files without a pair or an item."""
    holder = find(root, steps[:-1])
    assert holder is not None
    if holder.pairs is not None:
        parts = holder.pairs
        at = next(number for number, (key, _) in enumerate(parts) if key.value == steps[-1])
    else:
        parts = [(item, item) for item in holder.items or ()]
        at = int(steps[-1])
    first, last = parts[at][0], parts[at][1]
    stop = tail(text, last) if not is_empty(last) or last.end > first.end else first.end + 1
    if holder.flow:
        if at + 1 < len(parts):
            yield text[: first.start] + text[parts[at + 1][0].start :]
        elif at > 0:
            yield text[: tail(text, parts[at - 1][1])] + text[stop:]
        yield text[: first.start] + text[stop:]
        return
    yield text[: line_start(text, first.start)] + text[_next_line(text, stop) :]
    if at + 1 < len(parts):
        yield text[: first.start] + text[parts[at + 1][0].start :]
    yield text[: line_start(text, first.start)] + text[max(last.end, stop) :]
