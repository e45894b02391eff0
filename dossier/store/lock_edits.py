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
    if lock.read(text[: _stop(text, 0)].encode())[1]:
        raise DossierError(f"{lock.FILE} is broken in its first line; write it anew first: dossier check --lock")


def matching(text: str, wanted: Callable[[Locked], bool], hints: Iterable[str]) -> list[tuple[str, Locked]]:
    """The lines that are `wanted`, as written and as read, among those that hold one of the `hints` as JSON."""
    found: dict[int, tuple[str, Locked]] = {}
    for hint in set(hints):
        mark = msgspec.json.encode(hint).decode()[1:-1]
        at = text.find(mark)
        while at >= 0:
            start, stop = text.rfind("\n", 0, at) + 1, _stop(text, at)
            row = text[start:stop]
            line = _read(row) if start else None
            if line is not None and wanted(line):
                found[start] = row, line
            at = text.find(mark, stop)
    return [found[start] for start in sorted(found)]


def edit(text: str, removed: Iterable[str], added: Iterable[str]) -> str:
    """The lock without the rows `removed`, where they are there, and with `added`, where they are not."""
    end = "\r" if text[: text.find("\n")].endswith("\r") else ""
    for row in removed:
        at = _find_row(text, row)
        if at >= 0:
            text = text[:at] + text[min(_stop(text, at) + 1, len(text)) :]
    for row in added:
        line, written = _read(row), row.rstrip("\r") + end
        if line is not None and _find_row(text, written) < 0:
            text = text if text.endswith("\n") else f"{text}{end}\n"
            at = _place(text, line)
            text = f"{text[:at]}{written}\n{text[at:]}"
    return text


def lines_of(rows: Iterable[str]) -> list[Locked]:
    """What lines say, as they were written by `rendered`."""
    return [line for row in rows if (line := _read(row)) is not None]


def _find_row(text: str, row: str) -> int:
    """The offset of a line; -1 when it is not there."""
    at = text.find(f"\n{row}\n")
    if at < 0:
        at = len(text) - len(row) - 1 if text.endswith(f"\n{row}") else -2
    return at + 1


def _stop(text: str, at: int) -> int:
    stop = text.find("\n", at)
    return len(text) if stop < 0 else stop


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


def _place(text: str, line: Locked) -> int:
    """The offset of the line before which another belongs among the sorted ones; of the end behind the last."""
    low, high = text.find("\n") + 1, len(text.rstrip()) + 1
    high = min(high + (text[high - 1 : high + 1] == "\r\n"), len(text))
    high = max(low, high)
    wanted = lock.order(line)
    while low < high:
        start = max(text.rfind("\n", 0, (low + high) // 2) + 1, low)
        stop = _stop(text, start) + 1
        there = _read(text[start : stop - 1])
        if there is None or lock.order(there) <= wanted:
            low = stop
        else:
            high = start
    return low


def _read(row: str) -> Locked | None:
    try:
        return _decode(row)
    except (msgspec.MsgspecError, UnicodeError):
        return None
