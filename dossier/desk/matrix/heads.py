"""The rows and columns of the matrix, and which of them are folded."""

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from dossier.model.matrix import MatrixHeading
from dossier.store.catalogue import entry_queries
from dossier.store.catalogue import matrix_queries as store
from dossier.store.catalogue.catalogue import Catalogue


def heads_of(db: Catalogue, pane: str) -> tuple[list[MatrixHeading], dict[str, tuple[str, ...]]]:
    """Return every delegation with its members, or every issue, and the ids of what stands under each.

    A member of several delegations has one row, under the first, and its title names them all.
    """
    titles = store.titles(db)
    sides: dict[str, list[str]] = {}
    places = []
    for _, one, depth, path in entry_queries.tree(db, pane):
        if one not in sides:
            places.append((one, depth))
        sides.setdefault(one, []).extend(titles[above][0] for above in path[-1:])
    heads: list[MatrixHeading] = []
    families: dict[str, tuple[str, ...]] = {}
    for at, (one, depth) in enumerate(places):
        under = []
        for other, below in places[at + 1 :]:
            if below <= depth:
                break
            under.append((other, below))
        if pane == "issues" or depth or titles[one][1] == "delegation":
            title = titles[one][0] + (f" ({', '.join(sides[one])})" if len(sides[one]) > 1 else "")
            heads.append(MatrixHeading(one, title, depth, sum(below == depth + 1 for _, below in under)))
            families[one] = tuple(other for other, _ in under)
    return heads, families


def fold_rows(heads: Iterable[MatrixHeading], unfolded: Collection[str] | None) -> list[MatrixHeading]:
    """Return the rows of delegations, in which members are left out but for those of delegations `unfolded`.

    None is all delegations.
    """
    rows: list[MatrixHeading] = []
    for head in heads:
        if head.depth == 0:
            closed = bool(head.children) and unfolded is not None and head.id not in unfolded
            rows.append(replace(head, folded=closed))
        elif not rows[-1].folded or rows[-1].depth:
            rows.append(head)
    return rows


def fold_columns(heads: Iterable[MatrixHeading], folded: Collection[str]) -> list[MatrixHeading]:
    """Return the columns of issues, in which those under an issue that is `folded` are left out."""
    columns: list[MatrixHeading] = []
    for head in heads:
        if columns and columns[-1].folded and head.depth > columns[-1].depth:
            continue
        columns.append(replace(head, folded=bool(head.children) and head.id in folded))
    return columns
