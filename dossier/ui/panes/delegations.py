"""The delegations with their members, then the people of no delegation."""

from dossier.ui.widgets.entry_list import EntryList


class Delegations(EntryList):
    """The tree of delegations and people."""

    pane = "delegations"
    number = "1"

    @property
    def empty(self) -> str:  # type: ignore[override]  # here it depends on what narrows the list
        """Say why there are no rows, and which key shows them again."""
        return self.why_empty("No delegations.")
