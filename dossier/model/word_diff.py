"""Compare an old wording with a new one, word by word."""

import re

from msgspec import Struct

from dossier.model.folding import fold

_PIECE = re.compile(r"[^\W_]+|\s+|.", re.DOTALL)
_MOST = 1_500
"""Maximum number of words between the common ends of both wordings; beyond it, all of them are one difference."""


class Difference(Struct, frozen=True, gc=False):
    """A place at which two wordings differ."""

    old: tuple[int, int]
    """Offsets in the old wording; both the same where something was put in."""
    new: tuple[int, int]
    """Offsets in the new wording; both the same where something was taken out."""


def differences(old: str, new: str, *, strict: bool = False) -> tuple[Difference, ...]:
    """The places where two wordings differ, word by word, in order.

    What folds to the same (quotation marks, dashes, white space: `dossier.model.folding`) does not differ; with
    `strict`, only white space is the same as any other.
    """
    ours, theirs = ([match.span() for match in _PIECE.finditer(text)] for text in (old, new))
    left = [_key(old[a:b], strict) for a, b in ours]
    right = [_key(new[a:b], strict) for a, b in theirs]
    least = min(len(left), len(right))
    first = next((at for at in range(least) if left[at] != right[at]), least)
    last = next((at for at in range(least - first) if left[-1 - at] != right[-1 - at]), least - first)
    ours.append((len(old), len(old)))
    theirs.append((len(new), len(new)))
    found = []
    for a, b, c, d in _opcodes(left[first : len(left) - last], right[first : len(right) - last]):
        here, there = (first + a, first + b), (first + c, first + d)
        found.append(Difference(_offsets(ours, *here), _offsets(theirs, *there)))
    return tuple(found)


def marked(old: str, new: str) -> tuple[str, str]:
    """Both wordings with what differs between marks, `[-so-]` in the old and `{+so+}` in the new."""
    found = differences(old, new)
    return _mark(old, [one.old for one in found], "[-", "-]"), _mark(new, [one.new for one in found], "{+", "+}")


def _key(piece: str, strict: bool) -> str:
    if piece.isspace():
        return " "
    return piece if strict or piece.isascii() else fold(piece)


def _offsets(spans: list[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
    start = spans[first][0]
    return start, spans[last - 1][1] if last > first else start


def _opcodes(left: list[str], right: list[str]) -> list[tuple[int, int, int, int]]:
    if max(len(left), len(right)) > _MOST or not (left and right):
        return [(0, len(left), 0, len(right))] if left or right else []
    from difflib import SequenceMatcher  # noqa: PLC0415  only a change is worth its import

    found: list[tuple[int, int, int, int]] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if found and found[-1][1] == a - 1 and found[-1][3] == c - 1 and left[a - 1] == " ":
            found[-1] = (found[-1][0], b, found[-1][2], d)  # a space between two words that differ parts nothing
        else:
            found.append((a, b, c, d))
    return found


def _mark(text: str, spans: list[tuple[int, int]], opening: str, closing: str) -> str:
    told: list[str] = []
    at = 0
    for start, end in spans:
        if start < end:
            told += (text[at:start], opening, text[start:end], closing)
            at = end
    return "".join((*told, text[at:]))
