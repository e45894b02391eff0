"""The issues of the dossier, each under its parent."""

from dossier.ui.widgets.entry_list import EntryList


class Issues(EntryList):
    """The tree of issues."""

    pane = "issues"
    nothing = "No issues: M makes one."
