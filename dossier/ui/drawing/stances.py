"""Signs of stances, which tell them without colour."""

from collections.abc import Iterable

from dossier.model.relations import STANCES, Stance
from dossier.model.weighing import CellSummary

SIGNS: dict[Stance, str] = {"for": "+", "against": "\N{MINUS SIGN}", "conditional": "±", "neutral": "="}
"""The sign of each stance."""
SILENT = "○"
"""The sign of statements that express no stance."""
NONE = "·"
"""What stands where nothing was said."""
LOOK = "!"
"""The mark of evidence that needs a look."""
_ALL = 99
"""Room for anything."""
SINCE = "›"
"""The mark of what changed since the day that is looked at."""


def signs(stances: Iterable[Stance]) -> str:
    """The signs of some stances, each once; that of none where there are none."""
    return "".join(SIGNS[stance] for stance in stances) or SILENT


def style_of(tally: CellSummary) -> str:
    """The name of the style of a tally: that of its stance where it has just one."""
    stances = tally.stance
    return f"stance--{stances[0]}" if len(stances) == 1 else "row--strong" if stances else "stance--silent"


def tally_by_stance(tally: CellSummary, room: int) -> str:
    """A tally by its stances, with how many statements have each: `+60 −20/12`; empty where that has no `room`.

    Nothing is told so of a cell of one stance: its number is that of the stance already.
    """
    if len(tally.stance) < 2:
        return ""
    counts = tally.counts
    told = " ".join(f"{SIGNS[stance]}{counts[stance]}" for stance in tally.stance)
    text = f"{told}/{tally.origins}{LOOK if tally.review else ''}"
    return text if len(text) <= room else ""


def short_tally(tally: CellSummary, field: int, room: int) -> str:
    """A tally in few cells: its signs in a field of that width, then statements and origins: `+± 2/1`.

    In less `room` than that takes, the origins go first; a mark of what needs a look never goes.
    """
    mark = LOOK if tally.review else ""
    if not tally.statements:
        return f"{NONE}{mark}"
    stance = signs(tally.stance)
    told = f"{stance:<{field}}{tally.statements}"
    for text in (f"{told}/{tally.origins}{mark}", f"{told}{mark}", f"{stance}{mark}"):
        if len(text) <= room:
            return text
    return f"{stance[: max(room - 1 - len(mark), 0)]}…{mark}"


def sizes(tally: CellSummary, field: int) -> tuple[int, int]:
    """The cells that a tally takes, with its origins and without."""
    size = len(short_tally(tally, field, _ALL))
    return size, size - len(f"/{tally.origins}") * bool(tally.statements)


def short_date(date: str, room: int, year: str) -> str:
    """A date in few cells: without its year where that is `year`, a month's day being `??`; empty without room."""
    if len(date) <= room:
        return date
    if not date[:7].replace("-", "").isdecimal() or date.startswith("-"):  # no shorter without being another date
        return ""
    if date[:4] == year and len(date) >= 7 and room >= 5:
        return f"{date[5:7]}-{date[8:10] or '??'}"
    return next((part for part in (date[:7], date[:4]) if len(part) <= room), "")


def key_to(signs_in_sight: Iterable[str], marks: Iterable[str] = ()) -> str:
    """The meaning of the signs in sight, in the order of the stances: `+ for  2/1 statements/origins  ○ no stance`."""
    seen = frozenset(signs_in_sight)
    told = [f"{SIGNS[stance]} {stance}" for stance in STANCES if SIGNS[stance] in seen]
    told += ["2/1 statements/origins", *([f"{SILENT} no stance"] if SILENT in seen else []), f"{NONE} nothing"]
    words = {LOOK: "needs a look", SINCE: "changed since"}
    return "  ".join([*(f"{mark} {words[mark]}" for mark in marks), *told])
