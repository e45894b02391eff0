"""Problems that follow from a line that breaks the structure of a file, told with it: one lost line spoils those below.

Nothing is left out: how many there are, and down to which line, stands in the problem that is likely their cause.
"""

from collections.abc import Iterable
from itertools import groupby

from dossier.model.problems import Problem
from dossier.store.yaml.syntax_errors import BELOW_A_TEXT

_STRUCTURE = frozenset(
    {"yaml-syntax", "wrong-shape", "duplicate-key", "missing-field", "unknown-field", "wrong-kind", "bad-id"}
)
"""Rules that a line breaks when it stands in a place where another kind of line is expected."""
_CAUSES = _STRUCTURE - {"unknown-field", "wrong-kind"}
_APART = 6
"""Number of lines within which such problems likely have one cause."""
_REPEATED = frozenset({"yaml-syntax", "missing-field"})
"""Rules that one lost line may break the same way again and again, at any distance."""
_WITHIN = frozenset({"circle", "direct-not-quoted", "missing-anchor", "wrong-kind"})
"""Rules that are broken among the lines of an entry that is read as part of another."""


def under_causes(found: Iterable[Problem]) -> list[Problem]:
    """The problems, in the order of files and lines, those that follow from another told with it."""
    kept: list[Problem] = []
    follow: dict[int, list[Problem]] = {}
    for _, problems in groupby(found, key=lambda problem: problem.place.file):
        _in_file(list(problems), kept, follow)
    causes = [at for at, one in enumerate(kept) if one.severity == "error" and one.code in _CAUSES]
    if len(causes) == 1:  # of several, nobody can tell which one another problem follows from
        cause = causes[0]
        spoiled = follow.get(cause, [])
        last = max(one.place.line for one in (kept[cause], *spoiled))
        if _loses_entries(kept[cause], spoiled):
            moved = [at for at, one in enumerate(kept) if at != cause and _refers(one, kept[cause], last + _APART)]
            follow.setdefault(cause, []).extend(kept[at] for at in moved)
            return [_add_consequences(one, follow.get(at, ())) for at, one in enumerate(kept) if at not in moved]
    return [_add_consequences(one, follow.get(at, ())) for at, one in enumerate(kept)]


def _in_file(problems: list[Problem], kept: list[Problem], follow: dict[int, list[Problem]]) -> None:
    """Put the problems of one file to those that are kept, or to those that follow from one of these."""
    head, last = -1, 0
    for problem in problems:
        if head >= 0 and problem.code in _STRUCTURE:
            near = problem.place.line - last <= _APART
            again = problem.code in _REPEATED and (problem.code, problem.message) in {
                (one.code, one.message) for one in (kept[head], *follow.get(head, ()))
            }
            if near or again:
                unclosed = problem.code == "yaml-syntax" and problem.place.line - last <= 1 and head not in follow
                follow.setdefault(head, []).append(kept[head] if unclosed else problem)
                kept[head] = problem if unclosed else kept[head]  # a bracket that is never closed is the cause
                last = problem.place.line
                continue
        longer = _text_above(kept, problem)
        if longer:
            kept.pop()
        if problem.code in _CAUSES and problem.severity == "error":
            head, last = len(kept), problem.place.line
        if longer:
            follow[len(kept)] = [longer]
        kept.append(problem)


def _text_above(kept: list[Problem], cause: Problem) -> Problem | None:
    """The problem that the words of the text above are not there, when a line that is read as a part of it broke."""
    above = kept[-1] if kept and cause.code == "yaml-syntax" and cause.message in BELOW_A_TEXT else None
    near = above is not None and above.place.file == cause.place.file and cause.place.line - above.place.line <= _APART
    return above if above is not None and near and above.code in ("missing-anchor", "cut-value") else None


def _loses_entries(cause: Problem, follow: Iterable[Problem]) -> bool:
    """Return whether a problem is a lost line that named an entry or a section, so that what follows is misnamed."""
    codes = [cause.code, *(one.code for one in follow)]
    return cause.code in ("duplicate-key", "missing-field", "bad-id") or codes.count("wrong-shape") > 1


def _refers(problem: Problem, cause: Problem, last: int) -> bool:
    """Return whether a problem may follow from an entry that the cause, down to line `last`, kept from being read.

    An id that is like one of the dossier is misspelt, and no consequence.
    """
    if problem.code in ("unknown-id", "unknown-relation"):
        return not problem.hint.startswith("did you mean")
    if problem.code == "wrong-kind" and cause.code == "missing-field":
        return True  # the entries below are read as those of the section above
    within = problem.place.file == cause.place.file and cause.place.line <= problem.place.line <= last
    return within and problem.code in _WITHIN


def _add_consequences(problem: Problem, follow: Iterable[Problem]) -> Problem:
    """The problem with what follows from it."""
    follow = list(follow)
    if not follow:
        return problem
    here = [one.place.line for one in follow if one.place.file == problem.place.file]
    down = f", down to line {max(here)}" if here else ""
    elsewhere = len({one.place.file for one in follow} - {problem.place.file})
    beside = f" and in {elsewhere} other file{'s' if elsewhere > 1 else ''}" if elsewhere else ""
    more = f"{len(follow)} more problem{'s' if len(follow) > 1 else ''}"
    message = f"{problem.message}; {more} likely follow{'s' if len(follow) == 1 else ''} from it{down}{beside}"
    return Problem(problem.place, problem.severity, problem.code, message, problem.hint)
