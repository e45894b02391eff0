"""The issues of the dossier, each under its parent."""

from dossier.ui.widgets.entry_list import EntryList


class Issues(EntryList):
    """The tree of issues."""

    pane = "issues"
    number = "2"
    nothing = "No issues."
