"""Typing words to narrow the list that has the focus, or to go to a row or column of the matrix."""

from dossier.desk.state import View, with_words
from dossier.ui.panes.matrix import MatrixPane
from dossier.ui.screens.browse.base import Controller
from dossier.ui.widgets.entry_list import EntryList
from dossier.ui.widgets.matrix_search import place_named
from dossier.ui.widgets.pane import Pane
from dossier.ui.widgets.table_cursor import Place


class ListFilterController(Controller):
    """The words that lists are narrowed to."""

    def leave_level(self) -> bool:
        """Take the words from the list that has the focus."""
        if self.screen.state.zoomed or self.view.searching or not self.view.typed_in(self.view.pane):
            return False
        self.screen.alter(typed=with_words(self.view, self.view.pane, ""))
        return True

    def action_rows_filter(self) -> None:
        """Ask for words, and narrow by them as they are typed."""
        from dossier.ui.screens.list_filter import ListFilterScreen  # noqa: PLC0415 - not needed to start

        pane = self.screen.the_pane(self.view.pane)
        if not isinstance(pane, EntryList | MatrixPane):
            self.screen.refuse("Only lists of entries and the matrix can be filtered by typing; / searches everything.")
            return
        before, cursor = self.view, pane.content.cursor if isinstance(pane, MatrixPane) else None

        def kept(words: str | None) -> None:
            if words is None:
                self._undo(pane, before, cursor)
            elif isinstance(pane, EntryList) and pane.rows.stack.rows == 1:
                pane.rows.open_row(0)

        title = (
            f"Go to in {pane.content.heading()}"
            if isinstance(pane, MatrixPane)
            else f"Only rows of {pane.content.heading()} with"
        )
        words = self.view.typed_in(pane.pane)
        self.screen.open_dialog(
            ListFilterScreen(self.keymap, words, title, lambda typed: self._narrow(pane, typed)), kept
        )

    def _narrow(self, pane: Pane, words: str) -> str:
        """Narrow a list to some words, or go to them in the matrix; gives what came of it."""
        if isinstance(pane, MatrixPane):
            table = pane.content
            place = place_named(table.matrix, words, table.cursor) if table.matrix and words else table.cursor
            if place is None:
                return f"No row or column has “{words}”"
            table.move_to(place)
            return "Enter stays, Esc goes back"
        self.screen.alter(typed=with_words(self.view, pane.pane, words))
        does = "opens it" if isinstance(pane, EntryList) and pane.rows.stack.rows == 1 else "keeps them"
        return f"{pane.content.tally()} · Enter {does}, Esc shows all again"

    def _undo(self, pane: Pane, before: View, cursor: Place | None) -> None:
        if isinstance(pane, MatrixPane) and cursor is not None:
            pane.content.move_to(cursor)
        else:
            self.screen.alter(typed=before.typed)
