"""Which sides agree: a small matrix of sides by sides, with the issues told for the pair under the cursor."""

from textual.widget import Widget

from dossier.desk.matrix.agreement import Agreement, Agreements
from dossier.model.matrix import Head
from dossier.ui.drawing.row_layout import Even
from dossier.ui.drawing.text import NOTHING, Piece, cells, cut
from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.choices import Reader
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.list_view import Drawn, Lines

_NAME, _COLUMN = 24, 7
"""Cells of a side's name with its number, and of each column."""

_NOBODY = "No two sides have a clear stance on an issue in common: each is for, against, or neither, but not both."


class AgreementScreen(Dialog):
    """The sides by how often they agree. It is left with None."""

    def __init__(self, keymap: Keymap, agreements: Agreements) -> None:
        super().__init__(keymap)
        self._agreements = agreements
        self._list = Sides(agreements)
        self._told = Reader("On which issues", id="told")

    def fields(self) -> list[Widget]:
        """The sides, and the issues of the one under the cursor."""
        return [self._list, self._told]

    def on_mount(self) -> None:
        """Tell the first side's issues."""
        super().on_mount()
        self._tell()
        self.say("=2 agree on two issues · ≠1 differ on one · counted by the stances of the matrix")

    def on_lines_cursor_moved(self, message: Lines.CursorMoved) -> None:
        """Tell the issues of the side under the cursor."""
        message.stop()
        self._tell()

    def _tell(self) -> None:
        sides = self._agreements.sides
        if not sides:
            self._told.show(_NOBODY)
            return
        here = sides[self._list.cursor]
        told = [_told(other, self._agreements.of(here.id, other.id)) for other in sides if other.id != here.id]
        self._told.show("\n".join([f"# {here.title}", *filter(None, told)]))

    def action_dialog_accept(self) -> None:
        """Close: there is nothing to choose."""
        self.action_dialog_close()

    def action_entry_open(self) -> None:
        """Close: there is nothing to choose."""
        self.action_dialog_close()


class Sides(Lines):
    """A row for each side, with a column for each side that there is room for."""

    empty = _NOBODY

    def __init__(self, agreements: Agreements) -> None:
        super().__init__(id="answers")
        self._agreements = agreements
        self.replace_rows(Even(len(agreements.sides)))

    def heading(self) -> str:
        """What the numbers say."""
        return "Who agrees with whom"

    def tally(self) -> str:
        """How many sides there are."""
        return str(len(self._agreements.sides))

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - one line
        """Draw a side with its number, then how it stands to each of the first sides, by number."""
        sides = self._agreements.sides
        name = cut(f"{row + 1} {sides[row].title}", _NAME - 1)
        name += " " * (_NAME - cells(name))
        pieces: list[Piece] = [(name, self.look("row--strong"))]
        for column in range(min((width - _NAME) // _COLUMN, len(sides))):
            agreement = self._agreements.of(sides[row].id, sides[column].id)
            look = "stance--for" if agreement.agree and not agreement.differ else ""
            look = "stance--against" if agreement.differ and not agreement.agree else look
            text = "─" if row == column else _short(agreement)
            pieces += [(f"{column + 1}:", self.look("row--faint"))]
            pieces += [(f"{text:<{_COLUMN - len(str(column + 1)) - 1}}", self.look(look) if look else NOTHING)]
        return pieces, []


def _short(agreement: Agreement) -> str:
    """`=2`, `≠1`, or both; a dot where two sides have no issue in common."""
    same = f"={len(agreement.agree)}" if agreement.agree else ""
    other = f"≠{len(agreement.differ)}" if agreement.differ else ""
    return same + other or "·"


def _told(other: Head, agreement: Agreement) -> str:
    """The issues on which a side agrees with another one, and those on which they differ; empty for none."""
    same = f"agree on {', '.join(one.title for one in agreement.agree)}" if agreement.agree else ""
    differ = f"differ on {', '.join(one.title for one in agreement.differ)}" if agreement.differ else ""
    told = "; ".join(filter(None, (same, differ)))
    return f"{other.title}: {told}" if told else ""
