"""Who sits at the table: the delegations, their people under them, then people of none."""

from dossier.ui.widgets.entry_list import EntryList


class Delegations(EntryList):
    """The tree of delegations and people."""

    pane = "delegations"
    number = "1"
    empty = "No delegations."
