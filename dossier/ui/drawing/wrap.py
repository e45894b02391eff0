"""Line breaks of a text at a given width: offsets only, no text is copied and none is changed."""

import re

from rich.cells import cell_len, get_character_cell_size, split_graphemes

_SPACE = re.compile(r"\s")


def wrap(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    """The lines of `text[start:end]`, each as `(start, end)`, none wider than `width` cells where that can be.

    White space at a break belongs to no line; a word too long for a line is cut. `text` must be inert.
    """
    width = max(width, 1)
    flat = _SPACE.sub(" ", text[start:end])
    spans = _plain(flat, width) if _simple(flat) else _wrap_measured(flat, width)
    return [(start + first, start + last) for first, last in spans] or [(start, start)]


def _simple(flat: str) -> bool:
    """Return whether every character takes one cell, whatever stands beside it."""
    return flat.isascii() or all(get_character_cell_size(character) == 1 for character in set(flat))


def _plain(flat: str, width: int) -> list[tuple[int, int]]:
    """Wrap text of one cell per character."""
    found: list[tuple[int, int]] = []
    at, length = _next_word(flat, 0), len(flat.rstrip(" "))
    while at < length:
        if length - at <= width:
            found.append((at, length))
            break
        space = flat.rfind(" ", at + 1, at + width + 1)
        last = len(flat[:space].rstrip(" ")) if space > at else at + width
        found.append((at, last))
        at = _next_word(flat, last)
    return found


def _next_word(flat: str, at: int) -> int:
    while at < len(flat) and flat[at] == " ":
        at += 1
    return at


def _wrap_measured(flat: str, width: int) -> list[tuple[int, int]]:
    """Wrap text with wide, narrow or joined characters: cut between graphemes, at a space or behind a wide one."""
    graphemes = split_graphemes(flat)[0]
    count = len(graphemes)
    found: list[tuple[int, int]] = []
    at = 0
    while True:
        while at < count and _is_space(flat, graphemes[at]):
            at += 1
        if at == count:
            return found
        used, scan, cut = 0, at, at
        while scan < count:
            size = _size(flat, graphemes[scan])
            space = _is_space(flat, graphemes[scan])
            if space:
                cut = scan
            if used + size > width and scan > at and not space:
                break
            used += size
            scan += 1
            if size == 2:
                cut = scan
        if scan == count:
            cut = count
        elif cut == at:
            cut = scan
        first, last = graphemes[at][0], graphemes[cut - 1][1]
        found.append((first, first + len(flat[first:last].rstrip(" "))))
        at = cut


def _size(flat: str, grapheme: tuple[int, int, int]) -> int:
    """Cells of a grapheme. Where joiners follow each other, Rich says less of it than of its characters."""
    first, last, size = grapheme
    return size if last - first == 1 else max(size, cell_len(flat[first:last]))


def _is_space(flat: str, grapheme: tuple[int, int, int]) -> bool:
    """Return whether a grapheme is a space alone: one with a joiner or a variation selector on it is kept."""
    return flat[grapheme[0] : grapheme[1]] == " "
