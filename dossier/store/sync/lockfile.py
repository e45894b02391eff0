"""`dossier.lock`: where every anchor was found, and in which bytes, one a line.

A line is a JSON object whose keys stand in the same order everywhere (`dossier.model.locked.Locked`), lines are
sorted by owner, number and article, and whatever could act on a terminal is escaped: git shows what moved, and a person
can read it. The first line gives the version.
"""

import re
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from dossier.model.clean import HOSTILE
from dossier.model.locked import Locked
from dossier.model.problems import Place, Problem
from dossier.store.files.listing import LOCK

FILE = LOCK
"""Its name, in the dossier's folder."""

MAX_BYTES = 100_000_000
"""Its size: some 250,000 anchors."""

_HEAD = '{"dossier.lock":1}'
_HEX = re.compile("[0-9a-f]{64}")
_ESCAPED = re.compile(f"{HOSTILE.pattern}|[\x85\u2028\u2029]")
_decode = msgspec.json.Decoder(Locked).decode
_encode = msgspec.json.Encoder().encode
_MARK = re.compile(r"(?:<{7}|\|{7}|={7}|>{7})(?:[ \r]|\Z)")
_CONFLICT = (
    "git could not merge two versions of the lock from here on; what they say otherwise of an anchor does not count"
)
_PROBLEMS_TOLD = 20
_HINT = "look at what it says of the anchor, then write it anew with dossier check --lock"


def order(line: Locked) -> tuple[str, int, str, int]:
    """The sort key of lines."""
    return line.owner, line.ordinal, line.article, line.start


def render(lines: Iterable[Locked]) -> str:
    """The file: the same lines in any order give the same text, which ends in a line feed."""
    told = [_encode(line).decode() for line in sorted(set(lines), key=order)]
    rows = [row if row.isprintable() else _ESCAPED.sub(_escape, row) for row in told]
    return "\n".join([_HEAD, *rows]) + "\n"


def _escape(character: re.Match[str]) -> str:
    """Write a character as JSON does, by its number."""
    return f"\\u{ord(character[0]):04x}"


def read(data: bytes) -> tuple[list[Locked], list[Problem]]:
    """The lines of a lock that can be believed, and what is wrong with the rest. Never raises.

    A line that cannot be read counts for nothing, and neither do two that say different things of one anchor, as after
    a merge. A lock of another version, or one that is no text, counts for nothing as a whole.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return [], [_problem(data.count(b"\n", 0, error.start) + 1, "is not UTF-8; the whole lock counts for nothing")]
    rows = text.removeprefix("\ufeff").split("\n")
    if rows[0].rstrip("\r") != _HEAD:
        return [], [_problem(1, f"the first line is not {_HEAD}; the whole lock counts for nothing")]
    found: dict[tuple[object, ...], list[tuple[int, Locked]]] = defaultdict(list)
    problems = []
    for number, row in enumerate(rows[1:], 2):
        if not row.strip():
            continue
        if _MARK.match(row):
            if row[0] == "<":
                problems.append(_problem(number, _CONFLICT))
            continue
        try:
            line = _decode(row)
        except (msgspec.MsgspecError, UnicodeError) as error:
            problems.append(_problem(number, f"this line cannot be read and counts for nothing: {error}"))
            continue
        why = _impossible(line)
        if why:
            problems.append(_problem(number, f"this line cannot be right and counts for nothing: {why}"))
        else:
            found[line.anchor].append((number, line))
    problems += _contradictions(found)
    if len(problems) > _PROBLEMS_TOLD:
        rest = f"{len(problems) - _PROBLEMS_TOLD} more lines count for nothing"
        problems[_PROBLEMS_TOLD:] = [_problem(problems[_PROBLEMS_TOLD].place.line, rest)]
    return [lines[0][1] for lines in found.values() if len(lines) == 1], problems


def _contradictions(found: dict[tuple[object, ...], list[tuple[int, Locked]]]) -> Iterable[Problem]:
    for lines in found.values():
        first = lines[0][1]
        if len(lines) > 1 and all(_place(line) == _place(first) for _, line in lines):
            del lines[1:]
        for number, _ in lines[1:]:
            yield _problem(number, f"says otherwise than line {lines[0][0]} of the same anchor; neither counts")


def _place(line: Locked) -> Locked:
    return msgspec.structs.replace(line, ordinal=0)


def _impossible(line: Locked) -> str:
    if not 0 <= line.start < line.end or line.end - line.start != len(line.text):
        return "its offsets do not go with its words"
    if not _HEX.fullmatch(line.sha256):
        return "its sha256 is none"
    return "" if line.ordinal >= 0 and line.occurrence >= 0 and line.alike >= 0 else "a number is negative"


def _problem(line: int, message: str) -> Problem:
    return Problem(Place(FILE, line), "error", "broken-lock", message, _HINT)
