"""Lines of `dossier.lock` put in and taken out, each at its place; all other lines stay as they are, byte for byte."""

from collections.abc import Callable, Iterable

import msgspec

from dossier.model.problems import DossierError
from dossier.model.resolving import Locked
from dossier.store import lock

About = tuple[str, str, str, str, str, int]
"""Which anchor a line is about: owner, article, words, words before and after, occurrence."""

_decode = msgspec.json.Decoder(Locked).decode


def about(line: Locked) -> About:
    """Which anchor a line is about."""
    return line.owner, line.article, line.text, line.given_before, line.given_after, line.occurrence


def rendered(line: Locked) -> str:
    """A line as it is written, without its end."""
    return lock.render([line]).split("\n")[1]


def check_head(text: str) -> None:
    """Refuse a lock whose first line is not that of a lock.

    Raises:
        DossierError: it is not.

    """
    if lock.read(text.split("\n", 1)[0].encode())[1]:
        raise DossierError(f"{lock.FILE} is broken in its first line; write it anew first: dossier check --lock")


def matching(text: str, wanted: Callable[[Locked], bool], hints: Iterable[str]) -> list[tuple[str, Locked]]:
    """The lines that are `wanted`, as written and as read, among those that hold one of the `hints` as JSON."""
    marks = [msgspec.json.encode(hint).decode() for hint in hints]
    found = []
    for row in text.split("\n")[1:]:
        if any(mark in row for mark in marks) or any(mark[1:-1] in row for mark in marks):
            line = _read(row)
            if line is not None and wanted(line):
                found.append((row, line))
    return found


def edit(text: str, removed: Iterable[str], added: Iterable[str]) -> str:
    """The lock without the rows `removed`, where they are there, and with `added`, where they are not."""
    rows = text.split("\n")
    for row in removed:
        if row in rows[1:]:
            rows.pop(rows.index(row, 1))
    end = "\r" if rows[0].endswith("\r") else ""
    for row in added:
        line = _read(row)
        if line is not None and row.rstrip("\r") + end not in rows[1:]:
            rows.insert(_place(rows, line), row.rstrip("\r") + end)
    return "\n".join(rows)


def renamed(text: str, old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of a lock that name an entry, and what they say when it is renamed."""
    found = matching(text, lambda line: _renamed(line, old, new) != line, [old])
    return tuple(row for row, _ in found), tuple(rendered(_renamed(line, old, new)) for _, line in found)


def _renamed(line: Locked, old: str, new: str) -> Locked:
    owner = new if line.owner == old else line.owner
    if " " in owner:  # the key of a link: source, relation, target, perhaps a number
        parts = owner.split(" ")
        last = len(parts) - (2 if parts[-1].startswith("#") and len(parts) > 3 else 1)
        owner = " ".join(new if part == old and at in (0, last) else part for at, part in enumerate(parts))
    return msgspec.structs.replace(line, owner=owner, article=new if line.article == old else line.article)


def _place(rows: list[str], line: Locked) -> int:
    """Where a line belongs among the sorted ones."""
    low, high = 1, len(rows)
    while high > 1 and not rows[high - 1].strip():
        high -= 1
    if high == len(rows):  # the last line has no end
        rows.append("")
    while low < high:
        middle = (low + high) // 2
        there = _read(rows[middle])
        if there is None or lock.order(there) <= lock.order(line):
            low = middle + 1
        else:
            high = middle
    return low


def _read(row: str) -> Locked | None:
    try:
        return _decode(row)
    except (msgspec.MsgspecError, UnicodeError):
        return None
