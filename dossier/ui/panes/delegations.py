"""The delegations with their members, then the people of no delegation."""

from dossier.ui.widgets.entry_list import EntryList


class Delegations(EntryList):
    """The tree of delegations and people."""

    pane = "delegations"
    nothing = "No delegations: M makes one."
