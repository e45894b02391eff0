"""Tables in GitHub's Markdown."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from dossier.export.escaping import inline, line_start, not_quoting, one_line
from dossier.export.footnotes import cite
from dossier.model.brief import Chapter, Citation, Table, TableCell
from dossier.model.folding import fold


class FootnoteTarget(Protocol):
    """The footnotes of a document."""

    def frank_marks(self, citations: Iterable[Citation]) -> str:
        """References to the notes on `citations`, with a word behind each that is no evidence."""


def render_table(
    chapter: Chapter, table: Table, name: Callable[[str, str], str], notes: FootnoteTarget
) -> Iterator[str]:
    """A table as one block and the remarks on it as another.

    `name` makes a cell about an entry a link to its heading, where it has one.
    """
    if not table.rows:
        yield "*Nothing to show.*"
    else:
        lines = [_line([not_quoting(inline(head)) for head in table.head]), _line(["---"] * len(table.head))]
        lines += [_line([_cell(cell, name, notes) for cell in row]) for row in table.rows]
        yield "\n".join(lines)
    if chapter.remarks:
        yield "\n".join(f"- {not_quoting(line_start(remark))}" for remark in chapter.remarks)


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: TableCell, name: Callable[[str, str], str], notes: FootnoteTarget) -> str:
    plain = one_line(cell.text)
    text = name(cell.entry, cell.text) if cell.entry else inline(cell.text)
    if not text.startswith("["):  # no text begins so unless it is a link, whose words its heading answers for
        text = f"“{not_quoting(inline(plain[1:-1]))}”" if _quotes(cell, plain) else not_quoting(text)
    return cite(text, notes.frank_marks(cell.citations)) if plain or cell.citations else ""


def _quotes(cell: TableCell, plain: str) -> bool:
    """Return whether the cell holds, between quotation marks, the very words that its evidence looks for."""
    if len(plain) < 3 or (plain[0], plain[-1]) != ("“", "”"):
        return False
    return any(fold(one_line(one.evidence.wanted.text)) == fold(plain[1:-1]) for one in cell.citations)
