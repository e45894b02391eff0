"""A list of hits under the headings of their kinds, of which each can be folded and opened further."""

from dossier.desk.state import Spot
from dossier.model.passages import Hit
from dossier.ui.drawing.row_layout import UnevenRows
from dossier.ui.messages import HitSelected, MoreWanted
from dossier.ui.widgets.fold_state import HitRow, Unfolding
from dossier.ui.widgets.groups import Groups, HitGroup
from dossier.ui.widgets.hints import LinkTarget
from dossier.ui.widgets.hit_lines import HitLines
from dossier.ui.widgets.pane import ListPane, Pane, PaneRows
from dossier.ui.widgets.row_list import RowList

FACETS = "facets"
"""Key of the row of kinds, the first one of a list of hits."""

_KINDS = HitRow("kinds")


class HitRows(PaneRows):
    """The hits, as many of each kind as are shown. What stands above them is for the pane to say."""

    gap = 1

    def __init__(self, pane: Pane) -> None:
        super().__init__(pane)
        self.groups = Groups()
        """The hits by kind."""
        self.unfolding = Unfolding()
        """The kinds that are folded, and how much is shown of the others."""
        self.all: list[HitRow] = []
        """All rows."""
        self._hit_lines = HitLines(pane)
        self._width = 0

    @property
    def dated(self) -> bool:
        """Return whether the hits come by their dates, and show them."""
        return False

    def above(self) -> int:
        """The number of lines above the hits, an empty one after them; 0 for none."""
        return 0

    def lay_out(self, *, draw: bool = True) -> None:
        """Make the rows anew."""
        self._width = self.width
        above = self.above()
        self.all = self.unfolding.rows(self.groups, kinds=bool(above))
        heights = [above if row.what == "kinds" else self._height(at) for at, row in enumerate(self.all)]
        self.view.replace_rows(UnevenRows(heights), draw=draw)

    def _height(self, row: int) -> int:
        hit = self.hit(row)
        if hit is not None:
            return self._hit_lines.height(hit) + 1
        return 1 if self.row(row).what == "group" else 2

    def prepare(self) -> None:
        """Break the snippets anew at another width."""
        if self._width != self.width:
            self._hit_lines.forget(dated=self.dated)
            self.lay_out(draw=False)

    @property
    def first(self) -> int:
        """The row of the best hit."""
        return next((at for at, row in enumerate(self.all) if row.what == "hit"), 0)

    def row(self, row: int) -> HitRow:
        """The kind of a row, with its group."""
        return self.all[row] if 0 <= row < len(self.all) else _KINDS

    def hit(self, row: int) -> Hit | None:
        """The hit on a row; None where there is none."""
        here = self.row(row)
        return self.groups.all[here.group].hits[here.at] if here.what == "hit" else None

    def group(self, row: int) -> HitGroup | None:
        """The group that a row belongs to; None for the kinds above."""
        here = self.row(row)
        return self.groups.all[here.group] if here.group >= 0 else None

    def key_at(self, row: int) -> str:
        """The key of a hit; for a kind and for more of it, one of their own."""
        if not 0 <= row < len(self.all):
            return ""
        hit, group = self.hit(row), self.group(row)
        if hit is not None or group is None:
            return hit.key if hit else FACETS
        return f"{'more' if self.row(row).what == 'more' else 'kind'} {group.kind}"

    def row_of(self, key: str) -> int | None:
        """The row of a hit or a kind."""
        return next((row for row in range(len(self.all)) if self.key_at(row) == key), None)

    def marked(self, row: int) -> bool:
        """Return whether the entry of a hit is marked."""
        hit = self.hit(row)
        return hit is not None and hit.id in self.state.marks

    def entry_on(self, row: int) -> str:
        """Id of the entry of a hit."""
        hit = self.hit(row)
        return hit.id if hit else ""

    def links_in_sight(self) -> list[LinkTarget]:
        """The hits, and what stands for more; a kind is no place to go to."""
        found = super().links_in_sight()
        rows = [self.row(self.stack.at(self.pane.top + link.y - 1)[0]) for link in found]
        return [link for link, row in zip(found, rows, strict=True) if row.what in ("hit", "more")]

    def tell_row(self, row: int) -> None:
        """Post which hit the cursor came to; ask for more near the end of what is shown of an opened kind."""
        here = self.row(row)
        if here.what == "hit":
            self.pane.post_message(HitSelected(self.groups.first_of(here.group) + here.at, opened=False))
        if self.unfolding.rolls(self.groups, here):
            self.further(here)

    def further(self, row: HitRow) -> None:
        """Show more of a kind, those that have to be read as they come."""
        until = self.unfolding.further(self.groups, row.group)
        self.lay_out()
        if until:
            self.pane.post_message(MoreWanted(self.groups.all[row.group].kind, until))


class HitView(RowList):
    """The cursor on the hits, which passes over the headings of open kinds."""

    rows: HitRows

    def gap_of(self, row: int) -> int:
        """The number of empty lines at the end of a row: none for a heading, which stands close to its hits."""
        return int(self.rows.row(row).what != "group")

    def action_cursor_down(self) -> None:
        """Move to the next hit, past the heading of an open kind."""
        row = self.cursor + 1
        self.move_to(row + self.rows.unfolding.is_open_heading(self.rows.groups, self.rows.row(row)))

    def action_cursor_up(self) -> None:
        """Move to the hit before, past the heading of an open kind."""
        row = self.cursor - 1
        row -= self.rows.unfolding.is_open_heading(self.rows.groups, self.rows.row(row)) if row >= 0 else 0
        if row <= 0:
            self.frame.top = 0
        if row >= 0:
            self.move_to(row)


class HitList(ListPane):
    """A pane of hits."""

    tells_on_focus = False
    rows: HitRows

    def come_to(self, number: int) -> None:
        """Put the cursor on the hit of a number, its group opened as far as that takes."""
        hit = self.rows.groups.hit(number)
        if hit is None:
            return
        if self.rows.unfolding.reveal(self.rows.groups, number):
            self.rows.lay_out()
        row = self.rows.row_of(hit.key)
        if row is not None:
            self.list.move_to(row, tell=False)

    @property
    def on_more(self) -> bool:
        """Return whether the cursor is on the row that stands for more hits."""
        return self.rows.row(self.list.cursor).what == "more"

    def spot(self) -> Spot:
        """The present scroll position of the list, with what is folded and how much is shown of what was opened."""
        spot = self.list.spot()
        return Spot(spot.cursor, spot.index, spot.top, self.rows.unfolding.tokens())

    def restore(self, spot: Spot) -> None:
        """Put the list where it stood, once the hits are there again."""
        if not self.rows.stack.rows:
            return
        if self.rows.unfolding.tokens() != spot.folded:
            self.rows.unfolding = Unfolding(spot.folded)
            self.rows.lay_out()
        self.list.restore(spot if spot.cursor else Spot(index=self.rows.first))
