"""The issues of the dossier, each under its parent."""

from dossier.ui.widgets.entry_list import EntryList


class Issues(EntryList):
    """The tree of issues."""

    pane = "issues"
    number = "2"

    @property
    def empty(self) -> str:  # type: ignore[override]  # here it depends on what narrows the list
        """Say why there are no rows, and which key shows them again."""
        return self.why_empty("No issues.")
