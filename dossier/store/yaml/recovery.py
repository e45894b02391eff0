"""Recovery from lines that are no YAML: each is reported, and loses as little as possible of the rest of the file."""

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from dossier.model.problems import Problem
from dossier.model.sheets import FileContents
from dossier.store.yaml.syntax_errors import alternatives, join_to_line_above, recover_line

_ANY_KEY = re.compile(r"(?:^|[{,])[ \t]*([\w][\w .-]{0,60}?)[ \t]*:(?=\s)", re.MULTILINE)
_STRUCTURAL = frozenset({"yaml-syntax", "duplicate-key", "merge-conflict", "several-documents", "odd-space"})
"""Rules whose breach may cost entries that are written in the file."""
_MOST = 20
"""Maximum number of broken lines that are repaired in a file."""
_ROOM = 2_000_000
"""Maximum number of characters read again for that: 100,000 take a tenth of a second."""
_ENTRY = 5
"""How many lines there are at most between two keys of an entry that are both said twice."""
_NEAR = 8
"""How many lines above a broken line the key of its entry may stand."""


def read_around_breaks(text: str, read: Callable[[str], FileContents]) -> FileContents:
    """Read a file, reporting and repairing its broken lines; `read` takes the repaired text."""
    tried: set[int] = set()
    original, sheet = text, read(text)
    mended_before = [one for one in sheet.problems if one.code in ("odd-space", "merge-conflict")]
    hostile = [one for one in sheet.problems if one.code == "control-character"]
    told: list[Problem] = []
    for _ in range(min(2 * _MOST, _ROOM // (len(text) + 1))):
        broken = next((problem for problem in sheet.problems if problem.code == "yaml-syntax"), None)
        if broken is None:
            break
        line = broken.place.line
        if not {line, line - 1} & {one.place.line for one in told} and line not in {
            one.place.line for one in mended_before
        }:
            told.append(broken)
        mended = recover_line(text, line, broken.message, again=line in tried)
        if mended is None or len(told) > _MOST:
            break
        tried.add(line)
        others = alternatives(text, line, broken.message)
        longer = join_to_line_above(
            text, line, broken.message
        )  # first: no text is to be read shorter than it was written
        text, sheet = _best([(one, read(one)) for one in (*longer, mended, *others)])
    if not tried:
        told = [one for one in sheet.problems if one.code == "yaml-syntax"]
    if tried or told:
        sheet = replace(sheet, problems=_with_mended(sheet, [*told, *mended_before], hostile, tried))
    problems = _remove_echoes(list(sheet.problems))
    if len(problems) < len(sheet.problems):
        sheet = replace(sheet, problems=tuple(problems))
    known = {entry.id for entry in sheet.entries}
    written = ids_in(original) if any(one.code in _STRUCTURAL for one in sheet.problems) else ()
    unread = dict.fromkeys(one for one in (*sheet.unread, *written) if one not in known)
    return replace(sheet, unread=tuple(unread)) if unread else sheet


def _with_mended(
    sheet: FileContents, told: list[Problem], hostile: list[Problem], tried: set[int]
) -> tuple[Problem, ...]:
    """The problems of a mended file: those of the lines as they were written, and those that do not follow from them.

    `tried` are the lines that were mended; `hostile` stand as they were found, because a bracket that was closed for
    the reading moves what stands behind it in its line.
    """
    last = [one for one in sheet.problems if one.code == "yaml-syntax" and one.place.line not in tried]
    kept = [one for one in sheet.problems if one.code != "yaml-syntax" and not _follows(one, told)]
    lines = {one.place.line for one in hostile}
    kept = hostile + [one for one in kept if one.code != "control-character" or one.place.line not in lines]
    everything = dict.fromkeys((*kept, *told, *(last if len(last) == 1 and not _follows(last[0], told) else ())))
    return tuple(sorted(everything, key=lambda one: (one.place.line, one.place.column)))


def _best(readings: list[tuple[str, FileContents]]) -> tuple[str, FileContents]:
    """The reading of a file that goes on furthest, and of those the one with the fewest problems."""

    def quality(reading: tuple[str, FileContents]) -> tuple[int, int]:
        broken = (one.place.line for one in reading[1].problems if one.code == "yaml-syntax")
        return -next(broken, 1 << 30), len(reading[1].problems)

    return min(readings, key=quality)


def _remove_echoes(problems: list[Problem]) -> list[Problem]:
    """The problems without keys said twice because the line that parts two entries is not read as such."""
    kept: list[Problem] = []
    last: Problem | None = None
    for one in problems:
        near = last is not None and 0 <= one.place.line - last.place.line <= _ENTRY
        if one.code == "duplicate-key" and near and last is not None and one.place.column > 1:
            if kept[-1].severity == "warning":
                kept[-1] = replace(kept[-1], severity="error")
            last = one
            continue
        kept.append(one)
        last = one if one.code in ("yaml-syntax", "duplicate-key", "unknown-field") else None
    return kept


def ids_in(text: str) -> Iterator[str]:
    """The possible ids in a file that is not read whole."""
    return (match[1] for match in _ANY_KEY.finditer(text))


def _follows(problem: Problem, told: list[Problem]) -> bool:
    """Return whether a problem stands in a repaired line, or at the key that such a line belongs to."""
    lines = {one.place.line for one in told}
    if problem.place.line in lines or (problem.code == "yaml-syntax" and problem.place.line - 1 in lines):
        return True
    near = any(0 < line - problem.place.line <= _NEAR for line in lines)
    return near and problem.code in ("missing-field", "empty-value")
