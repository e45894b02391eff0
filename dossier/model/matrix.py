"""Records of positions as shown: the matrix, the statements of a cell, two delegations side by side."""

from collections import Counter

from msgspec import Struct

from dossier.model.anchors import Evidence
from dossier.model.relations import Stance
from dossier.model.weighing import NOTHING, CellSummary
from dossier.model.word_diff import Difference


class MatrixHeading(Struct, frozen=True, gc=False):
    """A row or a column of the matrix."""

    id: str
    title: str
    depth: int = 0
    """How deep it stands under others, from 0."""
    children: int = 0
    """How many members or sub-issues it has of its own."""
    folded: bool = False
    """Whether theirs are counted with its own, so that they have no rows or columns."""
    parts: tuple[str, ...] = ()
    """For a coalition: ids of the delegations whose statements are counted with its own."""


class Cell(Struct, frozen=True, gc=False):
    """The position of one delegation on one issue."""

    delegation: str
    """Id of the row: a delegation, or a person where members have rows of their own."""
    issue: str
    """Id of the column."""
    tally: CellSummary
    before: CellSummary | None = None
    """The position on the day given by `since`; None when none was given."""

    @property
    def changed(self) -> bool:
        """Return whether statements were added since then."""
        return self.before is not None and _counts(self.tally) != _counts(self.before)

    @property
    def turned(self) -> bool:
        """Return whether a stance was added to those it had then."""
        return self.before is not None and bool(self.before.statements) and self.tally.mask != self.before.mask


def _counts(tally: CellSummary) -> tuple[int, ...]:
    return tally.mask, tally.statements, tally.origins, tally.review


class Gap(Struct, frozen=True, gc=False):
    """A cell without a statement."""

    delegation: str
    """Id of the row; empty where no row has a statement on the issue."""
    issue: str
    text: str
    """One sentence, such as `China: nothing on Aircraft engine parts`."""


class Matrix(Struct, frozen=True):
    """Delegations by issues."""

    delegations: tuple[MatrixHeading, ...]
    """The rows."""
    issues: tuple[MatrixHeading, ...]
    """The columns."""
    cells: dict[tuple[str, str], Cell]
    """By the ids of row and column, row by row; those with neither a statement nor evidence to look at are left out."""
    as_of: str = ""
    """The day it is seen from; empty for all there is."""
    since: str = ""
    """The day that `Cell.before` tells of."""
    undated: int = 0
    """How many statements are left out because nobody knows whether they were made by that day."""
    pending: bool = False
    """Whether files were read whose statements are not in it yet: reading is still under way, or was interrupted."""

    def cell(self, delegation: str, issue: str) -> Cell:
        """A cell, an empty one too."""
        return self.cells.get((delegation, issue)) or Cell(delegation, issue, NOTHING)

    def gaps(self) -> tuple[Gap, ...]:
        """The cells without a statement, row by row, each as a sentence."""
        found = []
        for row in self.delegations:
            for column in self.issues:
                tally = self.cell(row.id, column.id).tally
                if not tally.statements:
                    found.append(Gap(row.id, column.id, f"{row.title}: {_describe_gap(column.title, tally.review)}"))
        return tuple(found)

    def gaps_by_issue(self) -> tuple[Gap, ...]:
        """The gaps for reading: first the issues on which nobody said anything, one line each, then all other cells."""
        found = self.gaps()
        counts = Counter(gap.issue for gap in found)
        nobody = [one for one in self.issues if len(self.delegations) > 1 and counts[one.id] == len(self.delegations)]
        silent = {one.id for one in nobody}
        heads = [Gap("", one.id, f"Nobody: nothing on {one.title}") for one in nobody]
        return (*heads, *(gap for gap in found if gap.issue not in silent))


def _describe_gap(issue: str, review: int) -> str:
    if not review:
        return f"nothing on {issue}"
    pieces = "1 piece of evidence needs" if review == 1 else f"{review} pieces of evidence need"
    return f"nothing on {issue} that holds; {pieces} a look"


class Statement(Struct, frozen=True):
    """A statement with its evidence."""

    entry: str
    """Id of the entry it opens: the quote, or the entry the link runs from."""
    key: str
    """For a link its key, by which its evidence goes; for a quote its id."""
    kind: str
    """`quote` or `link`."""
    who: str
    """Id of the person or delegation whose statement it is."""
    who_title: str
    issue: str
    """Id of the issue it is about."""
    relation: str
    """For a link, as it reads from here; empty for a quote."""
    text: str
    """The words of the quote; for a link, those it rests on, or else its note."""
    stance: tuple[Stance, ...]
    date: str
    """As written, or the article's day; empty when neither is there."""
    lent: bool
    """Whether the date is only that of the article."""
    origin: str
    """Who it goes back to, by name: the first of `via`, else who said it, else the article. A link that rests on words
    of a quote goes back to whom the quote does.
    """
    attribution: str = ""
    """For a quote, how it is tied to who said it."""
    translated: bool = False
    """Whether the words are a translation; the evidence holds those of the source."""
    via: tuple[str, ...] = ()
    credibility: int = 0
    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    same: int = 0
    """Statements that rest on the same words share this number; it counts from 0 in the order given."""
    counted: bool = True
    """Whether it counts: not when all its evidence needs a look."""
    changes: "Changes | None" = None
    """How its words differ from earlier ones of the same side, when they are close."""


class Changes(Struct, frozen=True):
    """The difference of a wording from an earlier one of the same side: its words, never their meaning."""

    earlier: str
    """Id or key of the earlier statement."""
    date: str
    """Its date."""
    text: str
    """Its words."""
    differences: tuple[Difference, ...]
    """Where the two differ; `old` counts in the earlier words, `new` in these."""


class ComparisonDay(Struct, frozen=True):
    """The statements of two sides on one day."""

    date: str
    """As written; empty for what is not dated."""
    left: tuple[Statement, ...]
    right: tuple[Statement, ...]


class Comparison(Struct, frozen=True):
    """Two delegations on one issue, side by side."""

    left: MatrixHeading
    right: MatrixHeading
    issue: MatrixHeading
    rows: tuple[ComparisonDay, ...]
    """By date, the earliest first; what is not dated comes last."""
    left_out: int = 0
    """How many of the earliest statements are not shown, where there are more than anyone reads side by side."""
