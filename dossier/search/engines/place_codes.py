"""Places of a word in a passage, as Whoosh's index holds them."""

from collections.abc import Iterable


def encoded(places: Iterable[int]) -> str:
    """Return places as characters, counted from 1; those past a million are as one."""
    return "".join([chr(min(place + 1, 0x10FFFF)) for place in places])


def decoded(places: str) -> set[int]:
    """Return the places that `encoded` wrote."""
    return {place - 1 for place in map(ord, places)}
