"""Readable colours: every text keeps a contrast of at least 4.5 to 1 to every ground it can stand on.

The ratio is that of WCAG 2. Themes are not made for this: a tint that reads well on the page is lost on the cursor row.
So a colour of text is checked against all grounds at once and moved towards white or black as little as that takes.
"""

from collections.abc import Callable, Mapping, Sequence

LEAST = 4.5
"""The contrast that WCAG 2 asks of text."""

AIM = 4.6
"""What is aimed at: terminals and palettes round colours."""

_STEPS = 20

Rgb = tuple[int, int, int]

BLACK: Rgb = (0, 0, 0)
WHITE: Rgb = (255, 255, 255)

_GREY: Rgb = (170, 170, 170)
_BLUE: Rgb = (0, 0, 170)
_YELLOW: Rgb = (255, 255, 85)

INKS: tuple[Rgb, ...] = (WHITE, _GREY, (85, 255, 85), _YELLOW, (85, 255, 255))
"""Of the 16 colours, those that are readable on black and on blue, whether the palette is that of VGA or of xterm."""

GROUNDS: Mapping[str, Rgb] = {
    "row--cursor": _BLUE,
    "row--rest": BLACK,
    "words--framed": _BLUE,
    "words--found": _GREY,
    "words--current": _YELLOW,
    "words--selected": WHITE,
    "words--reworded": _YELLOW,
    "row--tab": _YELLOW,
    "row--hint": _YELLOW,
}
"""What stands for the grounds where there are 16 colours: a blend of two colours would come out as any of them."""

LINE: Rgb = (85, 85, 85)
"""The frames in 16 colours."""


def luminance(colour: Rgb) -> float:
    """The relative luminance, from 0 for black to 1 for white."""
    red, green, blue = (
        share / 12.92 if (share := value / 255) <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for value in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Rgb, other: Rgb) -> float:
    """The ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def worst(front: Rgb, grounds: Sequence[Rgb]) -> float:
    """The contrast of a text colour to that of the grounds on which it is least readable."""
    return min(contrast(front, ground) for ground in grounds)


def true_colour(colour: Rgb) -> Rgb:
    """A colour on a terminal that has all of them."""
    return colour


def readable(front: Rgb, grounds: Sequence[Rgb], shown: Callable[[Rgb], Rgb] = true_colour, aim: float = AIM) -> Rgb:
    """`front`, moved towards white or black no further than it takes to be readable on all `grounds`.

    `shown` tells which colour the terminal has for one.
    """
    front = shown(front)
    if worst(front, grounds) >= aim:
        return front
    end = max((WHITE, BLACK), key=lambda colour: worst(colour, grounds))
    for step in range(1, _STEPS):
        moved = shown(_blend(front, end, step / _STEPS))
        if worst(moved, grounds) >= aim:
            return moved
    return end


def ink(front: Rgb) -> Rgb:
    """The one of the `INKS` that is nearest to a colour."""
    return min(INKS, key=lambda colour: sum((a - b) ** 2 for a, b in zip(colour, front, strict=True)))


def _blend(one: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
