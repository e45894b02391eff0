"""Leaving: one level up, and out of the browser."""

from collections.abc import Sequence

from dossier.desk.state import CENTRES, SIDES
from dossier.ui.screens.browse.base import BrowseBase, Controller


class LevelController(Controller):
    """Asks the controllers, the innermost first, which level there is to leave."""

    def __init__(self, screen: BrowseBase, controllers: Sequence[Controller]) -> None:
        super().__init__(screen)
        self._controllers = controllers

    def action_level_leave(self) -> None:
        """Go one level up."""
        any(controller.leave_level() for controller in self._controllers)

    def action_browser_close(self) -> None:
        """Close what is open over the panes or in the reader's place; when nothing is, quit."""
        view = self.view
        if self.screen.state.zoomed or view.searching or view.centre != CENTRES[0] or view.side != SIDES[0]:
            self.action_level_leave()
        else:
            self.screen.app.exit(return_code=0)
