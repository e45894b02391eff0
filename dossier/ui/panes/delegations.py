"""The delegations with their members, then the people of no delegation."""

from dossier.ui.widgets.entry_list import EntryList, EntryRows


class DelegationRows(EntryRows):
    """The tree of delegations and people."""

    nothing = "No delegations."


class Delegations(EntryList):
    """The delegations of the dossier."""

    pane = "delegations"
    number = "1"
    rows_class = DelegationRows
