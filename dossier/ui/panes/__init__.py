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


def pane_class(name: str, class_name: str) -> type[Pane]:
    """Load the class of a pane from the module of its name."""
    found: type[Pane] = getattr(import_module(f"dossier.ui.panes.{name}"), class_name)
    return found


PANES = {name: pane_class(name, class_name) for name, class_name in _CLASSES.items()}
"""Every pane by its name, in the order of their numbers; those that no key leads to come last."""
