"""The styles that sheets give to parts of a line, for widgets that draw their lines themselves."""

from typing import Protocol, cast

from rich.style import Style
from textual.dom import NoScreen
from textual.widget import Widget


class Styled(Protocol):
    """A screen that knows the styles by name."""

    def look(self, name: str) -> Style:
        """The style of that name, without what it does not set."""
        ...


def look(widget: Widget, name: str) -> Style:
    """The style a sheet gives `name` on the screen of `widget`."""
    try:
        return cast("Styled", widget.screen).look(name)
    except NoScreen:  # drawn once more while its screen is taken away
        return Style()
