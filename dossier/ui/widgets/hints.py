"""Letters on every link in sight: which letters, where they are drawn, and what pressing one leads to."""

from collections.abc import Callable, Sequence

from msgspec import Struct
from rich.style import Style
from textual.strip import Strip

from dossier.ui.drawing.text import NO_STYLE, line, strip

KEYS = "asdfghjklqwertyuiopzxcvbnmASDFGHJKLQWERTYUIOPZXCVBNM"
"""What links are lettered with, those under the fingers first."""


class LinkTarget(Struct, frozen=True):
    """A link in sight."""

    x: int
    """The cell of the pane its letter is drawn on, frame included."""
    y: int
    """The line of the pane, frame included."""
    follow: Callable[[], object]
    """Goes there."""


class Hint(Struct, frozen=True):
    """A letter on a pane."""

    x: int
    """The cell of the line, from 0."""
    label: str
    """One key, or two where there are more links than keys."""


def labels(count: int, keys: str = KEYS) -> list[str]:
    """Different labels, none the beginning of another, as many as can be of one key."""
    doubled = 0
    while len(keys) - doubled + doubled * len(keys) < count:
        doubled += 1
    single = list(keys[: len(keys) - doubled])
    pairs = [first + second for first in keys[len(keys) - doubled :] for second in keys]
    return [*single, *pairs][:count]


def draw_letters(drawn: Strip, hints: Sequence[Hint], style: Style) -> Strip:
    """A line with its letters over it."""
    for hint in hints:
        size = len(hint.label)
        if hint.x + size <= drawn.cell_length:
            letters = strip(line([(hint.label, style)], size, NO_STYLE), size)
            drawn = Strip.join([drawn.crop(0, hint.x), letters, drawn.crop(hint.x + size)])
    return drawn
