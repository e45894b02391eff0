"""Reading a dossier: everything one does on the one screen with the panes."""

from textual import events

from dossier.ui.screens.browse.annotate import Annotating


class BrowseScreen(Annotating):
    """The browse screen."""

    def on_text_selected(self, _event: events.TextSelected) -> None:
        """Say what can be done with the words that were selected with the mouse."""
        words = self.get_selected_text()
        if words:
            copy, leave = self.keymap.shown("words.copy"), self.keymap.shown("level.leave")
            self.tell(f"{len(words):,} characters selected: {copy} copies them, {leave} lets go.")

    def action_level_leave(self) -> None:
        """Let go of words selected with the mouse; without any, go one level up."""
        if self.get_selected_text():
            self.clear_selection()
        else:
            super().action_level_leave()
