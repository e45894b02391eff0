"""The issues of the dossier, each under its parent."""

from dossier.ui.widgets.entry_list import EntryList, EntryRows


class IssueRows(EntryRows):
    """The tree of issues."""

    nothing = "No issues."


class Issues(EntryList):
    """The issues of the dossier."""

    pane = "issues"
    number = "2"
    rows_class = IssueRows
