"""What happens in the browser, as small messages named for it. They go up from a pane to the screen."""

from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from dossier.desk.state import Crossing
from dossier.model.anchors import Evidence
from dossier.model.passages import Answer, Hit

if TYPE_CHECKING:
    from dossier.desk.keeper import Report
    from dossier.ui.widgets.groups import Groups


class EntrySelected(Message):
    """The cursor of a list came to an entry."""

    def __init__(self, entry: str) -> None:
        super().__init__()
        self.entry = entry
        """Its id."""


class EntryOpened(Message):
    """An entry was chosen: go to its evidence, or to its links when it has none of its own."""

    def __init__(self, entry: str, *, stay: bool = False) -> None:
        super().__init__()
        self.entry = entry
        """Its id."""
        self.stay = stay
        """Whether the focus stays where it is."""


class EvidenceSelected(Message):
    """Words in an article were stepped to or clicked, or a link was that rests on them."""

    def __init__(self, evidence: Evidence | None, entry: str = "", *, opened: bool = False) -> None:
        super().__init__()
        self.evidence = evidence
        """The words; None when there are none."""
        self.entry = entry
        """Id of the entry to select with them; empty to leave the selection alone."""
        self.opened = opened
        """Whether to go there with the focus."""


class PaneLeft(Message):
    """A pane was left outwards, by its key or by Escape."""

    def __init__(self, onward: str = "") -> None:
        super().__init__()
        self.onward = onward
        """Name of the pane to go to; empty for the list one came from."""


class HitSelected(Message):
    """The cursor of the results came to a hit, or one was chosen."""

    def __init__(self, number: int, *, opened: bool) -> None:
        super().__init__()
        self.number = number
        """Which hit, from 0."""
        self.opened = opened
        """Whether to open the article at it."""


class MoreWanted(Message):
    """The end of the hits of a kind that are there has come near, and there are more."""

    def __init__(self, kind: str, until: int) -> None:
        super().__init__()
        self.kind = kind
        """The kind."""
        self.until = until
        """How many of its hits there are to be."""


class AnswerArrived(Message):
    """A search came to its end, or to where the first of its hits can be shown."""

    def __init__(self, request: int, answer: Answer, groups: "Groups | None" = None, *, whole: bool = True) -> None:
        super().__init__()
        self.request = request
        """Number of the request, counting up."""
        self.answer = answer
        """What was found."""
        self.groups = groups
        """The same by kind; None where nobody asked for that."""
        self.whole = whole
        """Whether nothing more comes of this request."""


class HitsArrived(Message):
    """More hits of a kind are there."""

    def __init__(self, request: int, kind: str, hits: tuple[Hit, ...]) -> None:
        super().__init__()
        self.request = request
        """Number of the request, counting up."""
        self.kind = kind
        """The kind."""
        self.hits = hits
        """Those that follow on the ones that were there."""


class SearchFailed(Message):
    """A search could not be carried out."""

    def __init__(self, request: int, why: str) -> None:
        super().__init__()
        self.request = request
        """Number of the request."""
        self.why = why
        """One sentence."""


class SpellingsArrived(Message):
    """Other spellings of a query that found little were looked for."""

    def __init__(self, request: int, spellings: tuple[str, ...]) -> None:
        super().__init__()
        self.request = request
        """Number of the request that found little."""
        self.spellings = spellings
        """Queries that find something."""


class FacetChosen(Message):
    """A kind was chosen among the results."""

    def __init__(self, kind: str, *, exclude: bool) -> None:
        super().__init__()
        self.kind = kind
        """The kind; empty for all of them."""
        self.exclude = exclude
        """Whether to leave it out."""


class QueryChosen(Message):
    """A query was chosen of those that are offered."""

    def __init__(self, query: str) -> None:
        super().__init__()
        self.query = query
        """The query."""


class LineTyped(Message):
    """The text of an input line changed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        """All of it."""


class LineCut(Message):
    """An input line had no room for all that was typed or pasted."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most
        """How many characters the line takes."""


class DossierChosen(Message):
    """A dossier was chosen among several."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        """Its folder."""


class CellSelected(Message):
    """The cursor came to a cell of the matrix, or one was chosen."""

    def __init__(self, cell: Crossing, *, opened: bool = False, gap: bool = False) -> None:
        super().__init__()
        self.cell = cell
        """Which delegation on which issue."""
        self.gap = gap
        """Whether it was come to as one in which nothing was said."""
        self.opened = opened
        """Whether to go to it: from the matrix to its statements, from the gaps to the matrix."""


class StatementSelected(Message):
    """The cursor came to a statement, or one was chosen."""

    def __init__(self, entry: str, evidence: Evidence | None, *, opened: bool = False) -> None:
        super().__init__()
        self.entry = entry
        """Id of the entry it opens."""
        self.evidence = evidence
        """The words it rests on; None when there are none."""
        self.opened = opened
        """Whether to go to the words."""


class Reported(Message):
    """The process behind the screen has said something."""

    def __init__(self, report: "Report") -> None:
        super().__init__()
        self.report = report
        """What it said."""


class RoomWanted(Message):
    """A pane has become longer or shorter, and the others may have to make room."""
