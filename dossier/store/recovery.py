"""Reading on behind lines that are no YAML: each is told, and costs as little as possible of what else a file says."""

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace

from dossier.model.problems import Problem
from dossier.model.sheets import Sheet
from dossier.store.syntax import recovered

_ANY_KEY = re.compile(r"(?:^|[{,])[ \t]*([a-z0-9][a-z0-9._-]*)[ \t]*:(?=\s)", re.MULTILINE)
_STRUCTURAL = frozenset({"yaml-syntax", "duplicate-key", "merge-conflict", "several-documents", "odd-space"})
"""Rules whose breach may cost entries that are written in the file."""
_MOST = 20
"""How many broken lines of a file are got over."""
_ROOM = 2_000_000
"""How many characters are read again for that at most: a tenth of a second for each 100,000."""
_NEAR = 8
"""How many lines above a broken line the key of its entry may stand."""


def read_around_breaks(text: str, read: Callable[[str], Sheet]) -> Sheet:
    """What a file says, the lines that are no YAML told and got over; `read` takes the text with such lines mended."""
    tried: set[int] = set()
    original, sheet = text, read(text)
    mended_before = [one for one in sheet.problems if one.code in ("odd-space", "merge-conflict")]
    told: list[Problem] = []
    for _ in range(max(min(2 * _MOST, _ROOM // (len(text) + 1)), 1)):
        broken = next((problem for problem in sheet.problems if problem.code == "yaml-syntax"), None)
        if broken is None:
            break
        line = broken.place.line
        if not {line, line - 1} & {one.place.line for one in told} and line not in {
            one.place.line for one in mended_before
        }:
            told.append(broken)
        mended = recovered(text, line, broken.message, again=line in tried)
        if mended is None or len(told) > _MOST:
            break
        tried.add(line)
        text, sheet = mended, read(mended)
    if tried or told:
        told += mended_before
        last = [one for one in sheet.problems if one.code == "yaml-syntax" and one.place.line not in tried]
        kept = [one for one in sheet.problems if one.code != "yaml-syntax" and not _follows(one, told)]
        everything = dict.fromkeys((*kept, *told, *(last if len(last) == 1 and not _follows(last[0], told) else ())))
        problems = sorted(everything, key=lambda one: (one.place.line, one.place.column))
        sheet = replace(sheet, problems=tuple(problems))
    known = {entry.id for entry in sheet.entries}
    written = ids_in(original) if any(one.code in _STRUCTURAL for one in sheet.problems) else ()
    unread = dict.fromkeys(one for one in (*sheet.unread, *written) if one not in known)
    return replace(sheet, unread=tuple(unread)) if unread else sheet


def ids_in(text: str) -> Iterator[str]:
    """What may be an id in a file that is not read whole."""
    return (match[1] for match in _ANY_KEY.finditer(text))


def _follows(problem: Problem, told: list[Problem]) -> bool:
    """Whether a problem stands in a line that was got over, or at the key that such a line belongs to."""
    lines = {one.place.line for one in told}
    if problem.place.line in lines or (problem.code == "yaml-syntax" and problem.place.line - 1 in lines):
        return True
    near = any(0 < line - problem.place.line <= _NEAR for line in lines)
    return near and problem.code in ("missing-field", "empty-value")
