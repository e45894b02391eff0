"""Reading a dossier: everything one does on the one screen with the panes."""

from dossier.ui.screens.browse.session import Returning


class BrowseScreen(Returning):
    """The browse screen."""
