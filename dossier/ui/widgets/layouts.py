"""Layout of the panes on a screen of a given size: arithmetic alone, nothing of Textual."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

Breadth = Literal["wide", "medium", "narrow", "tiny"]

LISTS = ("delegations", "issues", "quotes")
"""The panes of which one is open at a time on a screen of medium width."""

_LEAST = 8
"""Lines that the pane beside the middle has at least; what it does not need is given to the links under it."""

_UNDER = {"wide": 10, "medium": 8}
"""Lines that what stands under the matrix has at least."""


class Box(Struct, frozen=True):
    """A rectangle in cells."""

    x: int
    y: int
    width: int
    height: int


def breadth(width: int, height: int) -> Breadth:
    """Choose the layout for a screen of that size (screens.md: 120, 80, and below 40x10 none)."""
    if width < 40 or height < 10:
        return "tiny"
    return "wide" if width >= 120 else "medium" if width >= 80 else "narrow"


def plan(size: tuple[int, int], kind: Breadth, pane: str, open_list: str, centre: str, needs: Mapping[str, int],
         *, zoomed: bool, side: str = "quotes") -> dict[str, Box]:  # fmt: skip
    """The box of each pane in sight, on a board of `size`.

    `pane` has the focus, `open_list` is the list shown where there is room for one, `centre` what stands in the middle,
    `side` what stands beside it; `needs` says how many lines panes would take.
    """
    width, height = size
    if kind == "tiny":
        return {}
    if zoomed or kind == "narrow":
        return {pane: Box(0, 0, width, height)}
    if centre in ("matrix", "comparison") and pane not in (LISTS if kind == "medium" else LISTS[:2]):
        return _broad(size, kind, pane, centre, needs.get("matrix", 0), side)
    if kind == "medium":
        left = min(max(width * 36 // 100, 28), 40)
        upper = height * 62 // 100
        return {
            open_list if pane in LISTS else side if side not in LISTS else open_list: Box(0, 0, left, height),
            centre: Box(left, 0, width - left, upper),
            "links": Box(left, upper, width - left, height - upper),
        }
    left = min(max(width * 25 // 100, 30), 48)
    right = min(max(width * 28 // 100, 34), 60)
    first = _share(height, needs.get("delegations", 0), needs.get("issues", 0))
    most = height * (50 if side == "quotes" else 62) // 100
    second = min(most, max(needs.get(side, most), _LEAST))
    return {
        "delegations": Box(0, 0, left, first),
        "issues": Box(0, first, left, height - first),
        centre: Box(left, 0, width - left - right, height),
        side: Box(width - right, 0, right, second),
        "links": Box(width - right, second, right, height - second),
    }


def _broad(size: tuple[int, int], kind: Breadth, pane: str, centre: str, need: int, side: str) -> dict[str, Box]:
    """Boxes while one weighs: what is weighed has the whole breadth, what it rests on stands below it.

    A matrix of many rows has the whole height instead, and the rest beside it where the screen is wide.
    """
    width, height = size
    if centre == "comparison":
        upper = height * 62 // 100
        below = pane if pane in ("links", side) else "article"
        return {centre: Box(0, 0, width, upper), below: Box(0, upper, width, height - upper)}
    if kind == "wide" and need > height:
        right = min(max(width * 28 // 100, 34), 60)
        half = height * 62 // 100
        return {
            centre: Box(0, 0, width - right, height),
            side: Box(width - right, 0, right, half),
            "links": Box(width - right, half, right, height - half),
        }
    upper = max(min(need, height - _UNDER[kind]), height // 2)
    lower = height - upper
    if kind == "medium":
        return {centre: Box(0, 0, width, upper), pane if pane == "links" else side: Box(0, upper, width, lower)}
    left = width * 60 // 100
    return {
        centre: Box(0, 0, width, upper),
        side: Box(0, upper, left, lower),
        "links": Box(left, upper, width - left, lower),
    }


def _share(height: int, upper: int, lower: int) -> int:
    """The height of the upper pane of a column: what it needs if the lower one can do with the rest, else half."""
    half = height // 2
    if upper + lower <= height:
        return upper + (height - upper - lower) // 2
    if upper <= half:
        return max(upper, 3)
    return height - max(lower, 3) if lower <= half else half
