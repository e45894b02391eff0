"""Reading a dossier: everything one does on the one screen with the panes."""

from dossier.ui.screens.browse.annotate import Annotating


class BrowseScreen(Annotating):
    """The browse screen."""
