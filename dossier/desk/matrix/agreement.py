"""Agreement of delegations by issue, from the stances in the cells of a matrix."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from dossier.model.matrix import Matrix, MatrixHeading


class Agreement(Struct, frozen=True):
    """Two sides, with the issues on which each has one clear stance."""

    agree: tuple[MatrixHeading, ...] = ()
    """Both are for, or both against."""
    differ: tuple[MatrixHeading, ...] = ()
    """One is for, the other against."""


NONE = Agreement()


class Agreements:
    """The agreement of every two rows of a matrix that have a clear stance on an issue in common."""

    def __init__(self, matrix: Matrix) -> None:
        """Compare the rows of `matrix`. A cell with both for and against, or with neither, is no clear stance."""
        clear = {row.id: _clear(matrix, row) for row in matrix.delegations}
        self.sides = tuple(row for row in _sort_by_weight(matrix.delegations, clear) if clear[row.id])
        """The rows with a clear stance on any issue, those with most issues first."""
        self._found: dict[tuple[str, str], Agreement] = {}
        for left in self.sides:
            for right in self.sides:
                mine, theirs = clear[left.id], clear[right.id]
                common = [issue for issue in matrix.issues if issue.id in mine and issue.id in theirs]
                same = tuple(one for one in common if mine[one.id] == theirs[one.id])
                if common and left.id != right.id:
                    self._found[left.id, right.id] = Agreement(same, tuple(one for one in common if one not in same))

    def of(self, left: str, right: str) -> Agreement:
        """The agreement of two rows, by their ids."""
        return self._found.get((left, right), NONE)


def _clear(matrix: Matrix, row: MatrixHeading) -> dict[str, str]:
    """The stances by issue, `for` or `against`, where a row has one of the two and not the other."""
    found = {}
    for issue in matrix.issues:
        held = {"for", "against"}.intersection(matrix.cell(row.id, issue.id).tally.stance)
        if len(held) == 1:
            found[issue.id] = held.pop()
    return found


def _sort_by_weight(rows: Iterable[MatrixHeading], clear: Mapping[str, Mapping[str, str]]) -> list[MatrixHeading]:
    return sorted(rows, key=lambda row: -len(clear[row.id]))
