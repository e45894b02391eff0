"""Tables in GitHub's Markdown."""

from collections.abc import Callable, Iterator

from dossier.export.escaping import inline, one_line
from dossier.export.footnotes import Footnotes, cite
from dossier.model.brief import Table, TableCell


def table(given: Table, name: Callable[[str, str], str], notes: Footnotes) -> Iterator[str]:
    """A table as one block; `name` makes a cell about an entry a link to its heading, where it has one."""
    if not given.rows:
        yield "*Nothing to show.*"
        return
    lines = [_line([inline(head) for head in given.head]), _line(["---"] * len(given.head))]
    lines += [_line([_cell(cell, name, notes) for cell in row]) for row in given.rows]
    yield "\n".join(lines)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: TableCell, name: Callable[[str, str], str], notes: Footnotes) -> str:
    text = name(cell.entry, cell.text) if cell.entry else inline(cell.text)
    return cite(text, notes.frank_marks(cell.citations)) if one_line(cell.text) or cell.citations else ""
