"""Agreement of delegations: a small matrix of sides by sides, with the issues told for the side under the cursor."""

from textual.widget import Widget

from dossier.desk.matrix.agreement import Agreement, Agreements
from dossier.model.matrix import MatrixHeading
from dossier.ui.drawing.text import cells, cut
from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.choices import Answers, Choice, ChoiceBox, Reader
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.row_list import CursorMoved
from dossier.ui.widgets.scroll_view import ScrollView

_NAME, _COLUMN, _COLUMNS = 24, 8, 10
"""Cells of a side's name with its number, and of each column; columns at most."""

_NOBODY = "No two sides have a clear stance on an issue in common: each is for, against, or neither, but not both."


class AgreementScreen(Dialog):
    """The sides by how many issues they have a stance on. It is left with None."""

    def __init__(self, keymap: Keymap, agreements: Agreements) -> None:
        super().__init__(keymap)
        self._agreements = agreements
        rows = [Choice(side.id, _row(agreements, at)) for at, side in enumerate(agreements.sides)]
        self._list = Answers("Who agrees with whom", rows)
        self._list.empty = _NOBODY
        self._told = Reader("On which issues")

    def fields(self) -> list[Widget]:
        """The sides, and the issues of the one under the cursor."""
        return [ChoiceBox(self._list, id="answers"), ScrollView(self._told, id="told", scopes=("reader",))]

    def on_mount(self) -> None:
        """Tell the first side's issues."""
        super().on_mount()
        self._tell(0)
        self.say("=2 agree on 2 · ≠1 differ on 1 · columns by row number")

    def on_cursor_moved(self, message: CursorMoved) -> None:
        """Tell the issues of the side under the cursor."""
        message.stop()
        self._tell(self._list.view.cursor)

    def _tell(self, at: int) -> None:
        side = self._agreements.sides[at].title if self._agreements.sides else ""
        self._told.show(_issues_told(self._agreements, at), cut(side, _NAME))

    def action_dialog_accept(self) -> None:
        """Close: there is nothing to choose."""
        self.action_dialog_close()


def _row(agreements: Agreements, at: int) -> str:
    """A side with its number, then how it stands to each of the first sides, by number."""
    side = agreements.sides[at]
    name = cut(f"{at + 1} {side.title}", _NAME - 1)
    told = [name + " " * (_NAME - cells(name))]
    for column, other in enumerate(agreements.sides[:_COLUMNS]):
        text = "─" if column == at else _summary(agreements.of(side.id, other.id))
        told.append(f"{f'{column + 1}:{text}':<{_COLUMN}}")
    return "".join(told)


def _summary(agreement: Agreement) -> str:
    """`=2`, `≠1`, or both; a dot where two sides have no issue in common."""
    same = f"={len(agreement.agree)}" if agreement.agree else ""
    other = f"≠{len(agreement.differ)}" if agreement.differ else ""
    return same + other or "·"


def _issues_told(agreements: Agreements, at: int) -> str:
    """Describe on which issues a side agrees with each other one, and on which they differ."""
    if not agreements.sides:
        return _NOBODY
    here = agreements.sides[at]
    lines = [_pair(other, agreements.of(here.id, other.id)) for other in agreements.sides if other.id != here.id]
    return "\n".join(filter(None, lines))


def _pair(other: MatrixHeading, agreement: Agreement) -> str:
    same = f"agree on {', '.join(one.title for one in agreement.agree)}" if agreement.agree else ""
    differ = f"differ on {', '.join(one.title for one in agreement.differ)}" if agreement.differ else ""
    told = "; ".join(filter(None, (same, differ)))
    return f"{other.title}: {told}" if told else ""
