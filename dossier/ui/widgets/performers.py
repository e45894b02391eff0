"""Objects that do actions: their methods named `action_*`."""

from collections.abc import Callable

from textual.dom import DOMNode

Actions = dict[str, Callable[[], object]]
"""What does actions, by the names of their methods."""


def actions_of(part: object) -> Actions:
    """The actions that an object does: its methods that are named so."""
    return {name: getattr(part, name) for name in dir(type(part)) if name.startswith("action_")}


def performers(node: DOMNode) -> tuple[object, ...]:
    """The objects whose `action_*` methods do actions at a node: those that a `Framed` names, then itself.

    Textual's widgets have methods of such names too, `action_page_down` among them.
    """
    return (*getattr(node, "performers", ()), node)
