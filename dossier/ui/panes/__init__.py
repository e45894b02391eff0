"""The panes: one module each, and this register of them."""

from dossier.ui.panes.article import Article
from dossier.ui.panes.articles import Articles
from dossier.ui.panes.basket import Basket
from dossier.ui.panes.comparison import ComparisonPane
from dossier.ui.panes.delegations import Delegations
from dossier.ui.panes.gaps import GapsPane
from dossier.ui.panes.issues import Issues
from dossier.ui.panes.links import Links
from dossier.ui.panes.matrix import MatrixPane
from dossier.ui.panes.quotes import Quotes
from dossier.ui.panes.results import Results
from dossier.ui.panes.statements import StatementsPane
from dossier.ui.panes.timeline import TimelinePane
from dossier.ui.widgets.pane import Pane

PANES: dict[str, type[Pane]] = {
    pane.pane: pane
    for pane in (
        *(Delegations, Issues, Quotes, Article, Links, Results),
        *(MatrixPane, TimelinePane, Basket, Articles, StatementsPane, GapsPane, ComparisonPane),
    )
}
"""Every pane by its name, in the order of their numbers; those that no key leads to come last."""
