"""A list of hits under the headings of their kinds, of which each can be folded and opened further."""

from dossier.desk.state import Spot
from dossier.model.passages import Hit
from dossier.ui.drawing.row_layout import Uneven
from dossier.ui.drawing.text import Cells
from dossier.ui.messages import HitSelected, MoreWanted
from dossier.ui.widgets.fold_state import HitRow, Unfolding
from dossier.ui.widgets.groups import Group, Groups
from dossier.ui.widgets.hints import Link
from dossier.ui.widgets.hit_lines import HitLines
from dossier.ui.widgets.pane import ListPane

FACETS = "facets"
"""Key of the row of kinds, the first one of a list of hits."""

_KINDS = HitRow("kinds")


class HitList(ListPane):
    """The hits, as many of each kind as are shown. What stands above them is for the pane to say."""

    gap = 1

    def __init__(self) -> None:
        super().__init__(id=self.pane)
        self._groups = Groups()
        self._unfolding = Unfolding()
        self._rows: list[HitRow] = []
        self._hit_lines = HitLines(self)
        self._width = 0

    @property
    def dated(self) -> bool:
        """Whether the hits come by their dates, and show them."""
        return False

    def above(self) -> int:
        """The number of lines above the hits, an empty one after them; 0 for none."""
        return 0

    def lay_out(self, *, draw: bool = True) -> None:
        """Makes the rows anew."""
        self._width = self.size.width
        above = self.above()
        self._rows = self._unfolding.rows(self._groups, kinds=bool(above))
        heights = [above if row.what == "kinds" else self._height(at) for at, row in enumerate(self._rows)]
        self.replace_rows(Uneven(heights), draw=draw)

    def _height(self, row: int) -> int:
        hit = self._hit(row)
        if hit is not None:
            return self._hit_lines.height(hit) + 1
        return 1 if self._row(row).what == "group" else 2

    def prepare(self) -> None:
        """Breaks the snippets anew at another width."""
        if self._width != self.size.width:
            self._hit_lines.forget(dated=self.dated)
            self.lay_out(draw=False)

    def content_line(self, number: int, width: int) -> Cells:
        """One line of a row; a heading stands close to its hits."""
        heading = number < self.stack.lines and self._row(self.stack.at(number)[0]).what == "group"
        self.gap = int(not heading)
        return super().content_line(number, width)

    def come_to(self, number: int) -> None:
        """Puts the cursor on the hit of a number, its group opened as far as that takes."""
        hit = self._groups.hit(number)
        if hit is None:
            return
        if self._unfolding.reveal(self._groups, number):
            self.lay_out()
        row = self.row_of(hit.key)
        if row is not None:
            self.move_to(row, tell=False)

    @property
    def on_more(self) -> bool:
        """Whether the cursor is on the row that stands for more hits."""
        return self._row(self.cursor).what == "more"

    @property
    def _first(self) -> int:
        """The row of the best hit."""
        return next((at for at, row in enumerate(self._rows) if row.what == "hit"), 0)

    def _row(self, row: int) -> HitRow:
        return self._rows[row] if 0 <= row < len(self._rows) else _KINDS

    def _hit(self, row: int) -> Hit | None:
        here = self._row(row)
        return self._groups.all[here.group].hits[here.at] if here.what == "hit" else None

    def _group(self, row: int) -> Group | None:
        here = self._row(row)
        return self._groups.all[here.group] if here.group >= 0 else None

    def key_at(self, row: int) -> str:
        """The key of a hit; for a kind and for more of it, one of their own."""
        if not 0 <= row < len(self._rows):
            return ""
        hit, group = self._hit(row), self._group(row)
        if hit is not None or group is None:
            return hit.key if hit else FACETS
        return f"{'more' if self._row(row).what == 'more' else 'kind'} {group.kind}"

    def row_of(self, key: str) -> int | None:
        """The row of a hit or a kind."""
        return next((row for row in range(len(self._rows)) if self.key_at(row) == key), None)

    def marked(self, row: int) -> bool:
        """Whether the entry of a hit is marked."""
        hit = self._hit(row)
        return hit is not None and hit.id in self.state.marks

    def selected_entry(self) -> str:
        """Id of the entry of the hit under the cursor."""
        hit = self._hit(self.cursor)
        return hit.id if hit else ""

    def spot(self) -> Spot:
        """The present scroll position of the list, with what is folded and how much is shown of what was opened."""
        spot = super().spot()
        return Spot(spot.cursor, spot.index, spot.top, self._unfolding.tokens())

    def restore(self, spot: Spot) -> None:
        """Puts the list where it stood, once the hits are there again."""
        if not self.stack.rows:
            return
        if self._unfolding.tokens() != spot.folded:
            self._unfolding = Unfolding(spot.folded)
            self.lay_out()
        super().restore(spot if spot.cursor else Spot(index=self._first))

    def links_in_sight(self) -> list[Link]:
        """The hits, and what stands for more; a kind is no place to go to."""
        found = super().links_in_sight()
        rows = [self._row(self.stack.at(self.top + link.y - 1)[0]) for link in found]
        return [link for link, row in zip(found, rows, strict=True) if row.what in ("hit", "more")]

    def on_lines_cursor_moved(self, message: ListPane.CursorMoved) -> None:
        """Tells which hit the cursor came to, and asks for more near the end of what is shown of an opened kind."""
        message.stop()
        here = self._row(self.cursor)
        if here.what == "hit":
            self.post_message(HitSelected(self._number(here), opened=False))
        if self._unfolding.rolls(self._groups, here):
            self._further(here)

    def action_cursor_down(self) -> None:
        """Move to the next hit, past the heading of an open kind."""
        row = self.cursor + 1
        self.move_to(row + self._unfolding.is_open_heading(self._groups, self._row(row)))

    def action_cursor_up(self) -> None:
        """Move to the hit before, past the heading of an open kind."""
        row = self.cursor - 1
        row -= self._unfolding.is_open_heading(self._groups, self._row(row)) if row >= 0 else 0
        if row <= 0:
            self.top = 0
        if row >= 0:
            self.move_to(row)

    def _number(self, row: HitRow) -> int:
        return self._groups.first_of(row.group) + row.at

    def _further(self, row: HitRow) -> None:
        """Shows more of a kind, those that have to be read as they come."""
        until = self._unfolding.further(self._groups, row.group)
        self.lay_out()
        if until:
            self.post_message(MoreWanted(self._groups.all[row.group].kind, until))

    def _fold(self, kind: str, *, folded: bool) -> None:
        self._unfolding.fold(kind, folded=folded)
        self.lay_out()
