"""The only module that turns text into cells of the screen.

Whatever comes from a file, an answer, an error or a person's typing is made inert here and becomes a strip of cells or
a `Content`. No markup is read anywhere, and nothing else in `dossier.ui` builds segments, strips or contents.
"""

import itertools
from collections.abc import Callable, Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

from dossier.model.clean import HOSTILE, clean, clean_line
from dossier.ui.drawing.ascii import ascii_only

Piece = tuple[str, Style]
"""Some text, and how it looks. The text need not be clean yet."""

Cells = list[Segment]
"""A line, or a part of one."""


class _OutputSettings:
    """Settings for all text."""

    ascii = False


def set_ascii(on: bool) -> None:
    """Draw nothing but ASCII from here on, or anything."""
    _OutputSettings.ascii = on


ELLIPSIS = "…"
"""What stands where text was cut off."""

NO_STYLE = Style()
"""No style."""


def cells(text: str) -> int:
    """The cells that `text` takes, once inert."""
    return cell_len(clean_line(text))


def cut(text: str, width: int) -> str:
    """`text` as one inert line of at most `width` cells; an ellipsis tells that there was more.

    It is cut behind a word where that leaves most of the room filled.
    """
    text = clean_line(text)
    if cell_len(text) <= width:
        return text
    if width <= 0:
        return ""
    kept = set_cell_size(text, width - 1)
    space = kept.rfind(" ")
    if not text[len(kept) : len(kept) + 1].isspace() and space >= len(kept) * 4 // 5:
        kept = kept[:space]
    return kept.rstrip() + ELLIPSIS


def _inert(text: str) -> tuple[str, int]:
    """`text` as one inert line, and how many cells it takes; printable text is returned unchanged."""
    if not text.isprintable():
        text = clean_line(text)
    return text, len(text) if text.isascii() else cell_len(text)


def line(pieces: Iterable[Piece], width: int, base: Style, right: Sequence[Piece] = ()) -> Cells:
    """Exactly `width` cells: `pieces` from the left, cut where they would run into what stands `right`."""
    bound = 4 * width + 64  # no need to clean what cannot be in sight
    tail = [(clean_line(text[:bound]), style) for text, style in right] if right else []
    tail_width = sum([cell_len(text) for text, _ in tail])
    if tail_width > width:
        tail, tail_width = [], 0
    room = width - tail_width - bool(tail_width)
    segments: Cells = []
    used = 0
    for text, style in pieces:
        inert, size = _inert(text[:bound])
        if used + size > room:
            inert = cut(inert, room - used)
            size = cell_len(inert)
            segments.append(Segment(inert, base + style))
            used += size
            break
        segments.append(Segment(inert, base + style))
        used += size
    if used < width - tail_width:
        segments.append(Segment(" " * (width - tail_width - used), base))
    segments += [Segment(text, base + style) for text, style in tail]
    return segments


def words(text: str, spans: Sequence[tuple[int, int, Style]], base: Style, at: tuple[int, int]) -> Cells:
    """Draw text character for character, with the styles of `spans`, which are in order and apart.

    Line breaks and whatever is hostile are replaced one character for one. `at` is the column and the line by which
    a selection with the mouse knows the first character.
    """
    inert = HOSTILE.sub("\N{REPLACEMENT CHARACTER}", text.translate(_ONE_LINE))
    column, row = at
    cuts = [(0, 0, NO_STYLE), *spans, (len(inert), len(inert), NO_STYLE)]
    segments: Cells = []
    for (_, before, _), (start, end, style) in itertools.pairwise(cuts):
        for first, last, look in ((before, start, base), (start, end, base + style)):
            if last > first:
                mark = Style.from_meta({"offset": (column + first, row)})
                segments.append(Segment(inert[first:last], look + mark))
    return segments


def fill_width(segments: Cells, width: int, base: Style) -> Cells:
    """Segments made exactly `width` cells wide."""
    return Segment.adjust_line_length(segments, width, base)


def strip(segments: Cells, width: int) -> Strip:
    """A line of a widget, `width` cells wide."""
    if _OutputSettings.ascii:
        segments = [Segment(ascii_only(segment.text), segment.style) for segment in segments]
    return Strip(segments, width)


def restyled(drawn: Strip, style_of: Callable[[Style], Style]) -> Strip:
    """Return a line that was drawn already, each stretch of it in the style that `style_of` makes of its own."""
    return Strip([Segment(text, style_of(style or NO_STYLE)) for text, style, _ in drawn], drawn.cell_length)


def blank(width: int, base: Style) -> Cells:
    """An empty line."""
    return [Segment(" " * width, base)]


_ONE_LINE = str.maketrans("\n\r\t\u2028\u2029", "     ")


def content(text: str) -> Content:
    """`text` for a widget of Textual's own: inert, its line breaks kept, never read as markup."""
    return Content(clean(text))
