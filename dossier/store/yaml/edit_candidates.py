"""Candidate texts for an edit of a YAML file, the plainest first; the caller reads them back to find the right one."""

from collections.abc import Callable, Iterator
from contextlib import suppress

from dossier.model.problems import DossierError, Place
from dossier.store.yaml.edits import reword
from dossier.store.yaml.rendering import BlockScalar, Layout, New, flow, spell
from dossier.store.yaml.scalars import tail
from dossier.store.yaml.source_positions import (
    Steps,
    find,
    is_empty,
    key_of,
    layout_of,
    line_start,
    line_stop,
    next_line,
)
from dossier.store.yaml.source_tree import SourceNode


def _put(text: str, at: int, lines: str, layout: Layout) -> str:
    """The file with whole lines put in at the beginning of a line, or at the end of the file."""
    lead = "" if at in (0, 1) or text[at - 1 : at] in ("\n", "\r", "") else layout.line_end
    return text[:at] + lead + lines + layout.line_end + text[at:]


def fill_empty(text: str, root: SourceNode, steps: Steps, value: New) -> Iterator[str]:
    """Files with a value where there was an empty one."""
    layout, key, old = layout_of(text, root), key_of(root, steps), find(root, steps)
    assert old is not None
    start, stop = (old.start, old.end) if not old.is_text else (key.end + 1, key.end + 1)
    cut = start - 1 if not old.is_text and text[start - 1] == " " else start
    bare = text[:cut] + text[stop:]
    lines = layout.pair("x", value, key.column).partition(layout.line_end)[2]
    if lines:
        at = line_stop(bare, cut)
        yield bare[:at] + layout.line_end + lines + bare[at:]
    yield text[:start] + (" " if old.is_text else "") + flow(value) + text[stop:]


def insert_pairs_into(
    text: str, root: SourceNode, steps: Steps, groups: dict[int, list[tuple[str, New]]]
) -> Iterator[str]:
    """Files with pairs put into a mapping, by the index at which they are wanted."""
    layout, mapping = layout_of(text, root, steps), find(root, steps)
    assert mapping is not None
    pairs = mapping.pairs or []
    parts = [key for key, _ in pairs], [value for _, value in pairs]
    if mapping.flow:
        flat = {at: ", ".join(f"{flow(key)}: {flow(value)}" for key, value in some) for at, some in groups.items()}
        yield _insert_in_brackets(text, mapping, parts[1], flat)
        return
    column = pairs[0][0].column if pairs else 0
    blocks = {
        at: layout.line_end.join(layout.pair(key, value, column) for key, value in some) for at, some in groups.items()
    }
    last = groups.get(len(pairs), [])
    if not steps and pairs and any(isinstance(value, dict | list) for _, value in last):  # a section stands apart
        apart = blocks | {len(pairs): layout.line_end + blocks[len(pairs)]}
        yield from _insert_in_block(text, apart, layout, parts, _head(root, steps))
    yield from _insert_in_block(text, blocks, layout, parts, _head(root, steps))


def insert_items_into(text: str, root: SourceNode, steps: Steps, groups: dict[int, list[New]]) -> Iterator[str]:
    """Files with items put into a list, by the index at which they are wanted."""
    layout, listed = layout_of(text, root), find(root, steps)
    assert listed is not None
    items = listed.items or []
    if listed.flow:
        yield _insert_in_brackets(text, listed, items, {at: ", ".join(map(flow, some)) for at, some in groups.items()})
        return
    dash = text.rfind("-", 0, items[0].start)
    column = dash - line_start(text, dash)
    blocks = {at: layout.line_end.join(layout.item(value, column) for value in some) for at, some in groups.items()}
    yield from _insert_in_block(text, blocks, layout, (items, items), _head(root, steps))


def _head(root: SourceNode, steps: Steps) -> int:
    return key_of(root, steps).end if steps else -1


def _insert_in_block(
    text: str, blocks: dict[int, str], layout: Layout, parts: tuple[list[SourceNode], list[SourceNode]], head: int
) -> Iterator[str]:
    """Files with lines put in: behind what they follow; before what they precede; at the end of the file."""
    firsts, lasts = parts
    ways: list[Callable[[str, int, str], str | None]] = [
        lambda now, at, lines: _insert_lines(now, tail(text, lasts[at - 1]) if at else head, lines, layout),
        lambda now, at, lines: (
            _put(now, line_start(text, firsts[at].start), lines, layout) if at < len(firsts) else None
        ),
        lambda now, at, lines: (
            _put(now, min(lasts[-1].end, len(text)), lines, layout) if at == len(lasts) > 0 else None
        ),
        lambda now, at, lines: _put(now, len(now), lines, layout) if at == len(firsts) else None,
    ]
    for way in ways:
        now: str | None = text
        for at in reversed(blocks):  # from the end of the file on, so that the places before stay what they are
            if now is not None:
                now = way(now, at, blocks[at])
        if now is not None:
            yield now


def _insert_lines(text: str, at: int, lines: str, layout: Layout) -> str | None:
    if at < 0:
        return None
    stop = line_stop(text, at)
    return text[:stop] + layout.line_end + lines + text[stop:]


def _insert_in_brackets(text: str, holder: SourceNode, values: list[SourceNode], fresh: dict[int, str]) -> str:
    now = text
    for index in reversed(fresh):
        at = tail(text, values[index - 1]) if index else holder.start + 1
        new = f", {fresh[index]}" if index else f"{fresh[index]}{', ' if values else ''}"
        now = now[:at] + new + now[at:]
    return now


def replace_value(text: str, root: SourceNode, steps: Steps, value: New) -> Iterator[str]:
    """Files with another value, the least changed first."""
    old, holder = find(root, steps), find(root, steps[:-1])
    assert old is not None
    assert holder is not None
    stop = tail(text, old)
    lead = " " if text[old.start - 1 : old.start] == ":" else ""
    if old.is_text and old.value and isinstance(value, str):
        with suppress(DossierError):  # its spelling cannot be told for certain; it is written anew
            yield reword(text, Place("", old.line + 1, old.column + 1), value)
    key = key_of(root, steps)
    if isinstance(value, BlockScalar | dict) and not holder.flow and isinstance(steps[-1], str):
        start, end = line_start(text, key.start), line_stop(text, stop)
        if not text[start : key.start].strip() and not text[stop:end].strip():
            layout = layout_of(text, root, steps[:-2])
            yield text[:start] + layout.pair(steps[-1], value, key.column) + text[end:]
    if isinstance(value, str) and not isinstance(value, BlockScalar) and not holder.flow:
        yield text[: old.start] + lead + spell(value) + text[stop:]
    yield text[: old.start] + lead + flow(value) + text[stop:]


def remove_part(text: str, root: SourceNode, steps: Steps) -> Iterator[str]:
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
    yield text[: line_start(text, first.start)] + text[next_line(text, stop) :]
    if at + 1 < len(parts):
        yield text[: first.start] + text[parts[at + 1][0].start :]
    yield text[: line_start(text, first.start)] + text[max(last.end, stop) :]
