"""Places of a matrix by what its rows and columns stand for, and by words of their names."""

from collections.abc import Sequence

from dossier.model.matrix import Matrix
from dossier.ui.widgets.table_cursor import Place


def place_of(matrix: Matrix, entries: Sequence[str], here: Place) -> Place:
    """The first row and the first column that stand for one of some entries; as `here` where none does."""
    row = next((at for one in entries for at, head in enumerate(matrix.delegations) if head.id == one), here[0])
    column = next((at for one in entries for at, head in enumerate(matrix.issues) if head.id == one), here[1])
    return row, column


def place_named(matrix: Matrix, words: str, here: Place) -> Place | None:
    """The column, else the row, whose name begins with some words, else holds them; None where there is none."""
    wanted = words.casefold()
    columns = [head.title.casefold() for head in matrix.issues]
    rows = [head.title.casefold() for head in matrix.delegations]
    for holds in (str.startswith, str.__contains__):
        for names, is_column in ((columns, True), (rows, False)):
            at = next((at for at, name in enumerate(names) if holds(name, wanted)), None)
            if at is not None:
                return (here[0], at) if is_column else (at, here[1])
    return None
