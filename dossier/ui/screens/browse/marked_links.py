"""The link that a row stands for: in panes of statements and in the basket it is marked and cited as itself."""

from dossier.ui.panes.basket import Basket
from dossier.ui.panes.comparison import ComparisonPane
from dossier.ui.panes.links import Links
from dossier.ui.panes.statements import StatementsPane
from dossier.ui.widgets.pane import ListPane, Pane


def mark_at(pane: ListPane, row: int) -> str:
    """The mark of a row: the key of a statement that is a link, else the id of its entry; empty where it has none."""
    before, pane.cursor = pane.cursor, row
    try:
        return _statement_key(pane) or pane.selected_entry()
    finally:
        pane.cursor = before


def link_key(pane: Pane | None) -> str:
    """The key of the link that the row under the cursor may stand for; empty where it stands for an entry."""
    if isinstance(pane, Basket):
        return pane.key_at(pane.cursor)
    return pane.worded_link if isinstance(pane, Links) else _statement_key(pane)


def _statement_key(pane: Pane | None) -> str:
    if isinstance(pane, ComparisonPane):
        statement = pane.statement()
        return statement.key if statement else ""
    return pane.key_at(pane.cursor) if isinstance(pane, StatementsPane) else ""
