"""The panes: one module each, and this register of them."""

from importlib import import_module

from dossier.ui.widgets.pane import Pane

_CLASSES = {
    "delegations": "Delegations",
    "issues": "Issues",
    "quotes": "Quotes",
    "article": "Article",
    "links": "Links",
    "results": "Results",
    "matrix": "MatrixPane",
    "timeline": "TimelinePane",
    "basket": "Basket",
    "articles": "Articles",
    "statements": "StatementsPane",
    "gaps": "GapsPane",
    "comparison": "ComparisonPane",
}
"""The class of each pane, by the module of this package that holds it and by the name of the pane."""

PANES: dict[str, type[Pane]] = {
    name: getattr(import_module(f"dossier.ui.panes.{name}"), class_name) for name, class_name in _CLASSES.items()
}
"""Every pane by its name, in the order of their numbers; those that no key leads to come last."""
