"""Text that has no cursor of its own: the keys of a list scroll it."""

from dossier.ui.drawing.frame import Framed


class Scrolled(Framed):
    """Lines that are scrolled one by one, by half pages, and to either end."""

    def action_cursor_down(self) -> None:
        """One line down."""
        self.top += 1

    def action_cursor_up(self) -> None:
        """One line up."""
        self.top -= 1

    def action_cursor_first(self) -> None:
        """Move to the beginning."""
        self.top = 0

    def action_cursor_last(self) -> None:
        """Move to the end."""
        self.top = self.line_count()

    def action_page_down(self) -> None:
        """Half a page down."""
        self.top += max(self.page // 2, 1)

    def action_page_up(self) -> None:
        """Half a page up."""
        self.top -= max(self.page // 2, 1)
