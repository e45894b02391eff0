"""Messages of the browser, each named for what happened. They go up from a pane to the screen."""

from dataclasses import KW_ONLY, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from dossier.desk.state import CellSelection
from dossier.model.anchors import Evidence
from dossier.model.passages import Answer, Hit

if TYPE_CHECKING:
    from dossier.desk.watcher import KeeperReport
    from dossier.ui.widgets.groups import Groups


@dataclass
class EntrySelected(Message):
    """The cursor of a list came to an entry."""

    entry: str
    """Its id."""


@dataclass
class EntryOpened(Message):
    """An entry was chosen: go to its evidence, or to its links when it has none of its own."""

    entry: str
    """Its id."""
    _: KW_ONLY
    stay: bool = False
    """Whether the focus stays where it is."""


@dataclass
class EvidenceSelected(Message):
    """Words in an article, or a link that rests on them, were stepped to or clicked."""

    evidence: Evidence | None
    """The words; None when there are none."""
    entry: str = ""
    """Id of the entry to select with them; empty to leave the selection alone."""
    _: KW_ONLY
    opened: bool = False
    """Whether to go there with the focus."""


@dataclass
class PaneLeft(Message):
    """A pane was left outwards, by its key or by Escape."""

    onward: str = ""
    """Name of the pane to go to; empty for the list one came from."""


@dataclass
class HitSelected(Message):
    """The cursor of the results came to a hit, or one was chosen."""

    number: int
    """Which hit, from 0."""
    _: KW_ONLY
    opened: bool
    """Whether to open the article at it."""


@dataclass
class MoreWanted(Message):
    """The list is near the end of the hits of a kind that were read, and there are more."""

    kind: str
    """The kind."""
    until: int
    """How many of its hits there are to be."""


@dataclass
class AnswerArrived(Message):
    """A search came to its end, or to where the first of its hits can be shown."""

    request: int
    """Number of the request; a later one has a higher number."""
    answer: Answer
    """What was found."""
    groups: "Groups | None" = None
    """The same by kind; None where nobody asked for that."""
    _: KW_ONLY
    whole: bool = True
    """Whether this is the last answer to the request."""


@dataclass
class HitsArrived(Message):
    """More hits of a kind are there."""

    request: int
    """Number of the request; a later one has a higher number."""
    kind: str
    """The kind."""
    hits: tuple[Hit, ...]
    """Those that follow on the ones that were there."""


@dataclass
class SearchFailed(Message):
    """A search could not be carried out."""

    request: int
    """Number of the request."""
    why: str
    """One sentence."""


@dataclass
class SpellingsArrived(Message):
    """Other spellings of a query that found little were looked for."""

    request: int
    """Number of the request that found little."""
    spellings: tuple[str, ...]
    """Queries that find something."""


@dataclass
class FacetChosen(Message):
    """A kind was chosen among the results."""

    kind: str
    """The kind; empty for all of them."""
    _: KW_ONLY
    exclude: bool
    """Whether to leave it out."""


@dataclass
class QueryChosen(Message):
    """A query was chosen of those that are offered."""

    query: str
    """The query."""


@dataclass
class LineTyped(Message):
    """The text of an input line changed."""

    text: str
    """All of it."""


@dataclass
class LineCut(Message):
    """An input line had no room for all that was typed or pasted."""

    most: int
    """How many characters the line takes."""


@dataclass
class DossierChosen(Message):
    """A dossier was chosen among several."""

    path: Path
    """Its folder."""


@dataclass
class CellSelected(Message):
    """The cursor came to a cell of the matrix, or one was chosen."""

    cell: CellSelection
    """Which delegation on which issue."""
    _: KW_ONLY
    opened: bool = False
    """Whether to go to it: from the matrix to its statements, from the gaps to the matrix."""
    gap: bool = False
    """Whether it was opened from the list of gaps."""


@dataclass
class StatementSelected(Message):
    """The cursor came to a statement, or one was chosen."""

    entry: str
    """Id of the entry it opens."""
    evidence: Evidence | None
    """The words it rests on; None when there are none."""
    _: KW_ONLY
    opened: bool = False
    """Whether to go to the words."""


@dataclass
class Reported(Message):
    """The process behind the screen has said something."""

    report: "KeeperReport"
    """What it said."""


@dataclass
class RoomWanted(Message):
    """A pane has become longer or shorter, and the others may have to make room."""
