"""What is at issue: a tree of issues."""

from dossier.ui.widgets.entry_list import EntryList


class Issues(EntryList):
    """The tree of issues."""

    pane = "issues"
    number = "2"
    empty = "No issues."
