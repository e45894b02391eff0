"""Reading a dossier: everything one does on the one screen with the panes."""

from dossier.ui.screens.weighing import Weighing


class BrowseScreen(Weighing):
    """The browse screen."""
