"""Text that has no cursor of its own: the keys of a list scroll it."""

from dossier.ui.widgets.framed import Content, Framed


class ScrollKeys:
    """The actions that scroll a frame line by line, by half pages, and to either end."""

    def __init__(self, frame: Framed) -> None:
        self._frame = frame

    def action_cursor_down(self) -> None:
        """Scroll one line down."""
        self._frame.top += 1

    def action_cursor_up(self) -> None:
        """Scroll one line up."""
        self._frame.top -= 1

    def action_cursor_first(self) -> None:
        """Scroll to the beginning."""
        self._frame.top = 0

    def action_cursor_last(self) -> None:
        """Scroll to the end."""
        self._frame.top = self._frame.content.line_count()

    def action_page_down(self) -> None:
        """Scroll half a page down."""
        self._frame.top += max(self._frame.page // 2, 1)

    def action_page_up(self) -> None:
        """Scroll half a page up."""
        self._frame.top -= max(self._frame.page // 2, 1)


class ScrollView(Framed):
    """A frame around text to look at."""

    def __init__(self, content: Content, *, id: str, scopes: tuple[str, ...] = ()) -> None:  # noqa: A002 - Textual's name
        super().__init__(content, id=id)
        self.SCOPES = scopes
        """Which keys of the action table hold here."""
        self.keys = ScrollKeys(self)
        """The actions that scroll it."""
        self.performers = (self.keys,)
