"""The link that a row stands for: in panes of statements and in the basket it is marked and cited as itself."""

from dossier.ui.panes.basket import Basket
from dossier.ui.panes.comparison import ComparisonPane
from dossier.ui.panes.links import Links
from dossier.ui.panes.statements import StatementsPane
from dossier.ui.widgets.pane import ListPane, Pane


def mark_at(pane: ListPane, row: int) -> str:
    """The mark of a row: the key of a statement that is a link, else the id of its entry; empty where it has none."""
    return _statement_key(pane, row) or pane.rows.entry_on(row)


def link_key(pane: Pane | None) -> str:
    """The key of the link that the row under the cursor may stand for; empty where it stands for an entry."""
    if isinstance(pane, Basket):
        return pane.rows.key_at(pane.list.cursor)
    if isinstance(pane, Links):
        return pane.rows.worded_link
    return _statement_key(pane, pane.list.cursor) if isinstance(pane, ListPane) else ""


def _statement_key(pane: ListPane, row: int) -> str:
    if isinstance(pane, ComparisonPane):
        statement = pane.rows.statement_on(row)
        return statement.key if statement else ""
    return pane.rows.key_at(row) if isinstance(pane, StatementsPane) else ""
