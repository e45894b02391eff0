"""Reading a dossier: everything one does on the one screen with the panes."""

from dossier.ui.screens.handing import Handing


class BrowseScreen(Handing):
    """The browse screen."""
