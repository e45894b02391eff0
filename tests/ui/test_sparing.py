"""What is drawn in parts, as little as has changed, must be what a drawing of the whole screen would show."""

from rich.cells import cell_len
from screen_text import lines_of, press, screen_of, until
from textual._compositor import ChopsUpdate, LayoutUpdate


class Paper:
    """The content of a terminal, written as a terminal would be."""

    def __init__(self, app):
        self.rows = [[(" ", None)] * app.size.width for _ in range(app.size.height)]
        self.parts = 0
        display = app._display

        def shown(screen, update):
            if isinstance(update, ChopsUpdate):
                self.parts += 1
                for y, first, last in update.spans:
                    for x, strip in update.chops[y].items():
                        if strip is not None and x < last and x + strip.cell_length > first:
                            self.write(x, y, strip)
            elif isinstance(update, LayoutUpdate):
                for y, strips in enumerate(update.strips):
                    x = 0
                    for strip in strips:
                        self.write(x, y, strip)
                        x += strip.cell_length
            return display(screen, update)

        app._display = shown

    def write(self, x, y, strip):
        for cell in cells(strip):
            self.rows[y][x] = cell
            x += 1


def cells(strip):
    """Each cell of a line with its style; the second cell of a wide character is empty."""
    found = []
    for text, style, _ in strip:
        for character in text:
            size = cell_len(character)
            found += [(character, style), *[("", style)] * (size - 1)][: max(size, 0)]
    return found


def whole(screen):
    for widget in screen._compositor.visible_widgets:
        widget._styles_cache.clear()
    return [cells(strip) for strip in screen._compositor.render_strips()]


async def test_whatever_one_does_nothing_stale_stays_on_the_screen(browsing):
    async with browsing() as pilot:
        paper = Paper(pilot.app)
        pilot.app.refresh()
        pilot.app.screen.refresh(layout=True)
        await pilot.pause()
        steps = [
            ("slash", *"rare"), ("down", "down"), ("backspace", *"e earth"), ("ctrl+u", *"tarif"), ("enter",),
            ("n",), ("escape",), ("1", "j", "j"), ("question_mark",), ("escape",), ("3", "j", "space"), ("z",), ("z",),
            ("slash", "ctrl+u"), ("escape",),
        ]  # fmt: skip
        for step in steps:
            await pilot.press(*step)
            for _ in range(3):
                await pilot.pause()
            assert paper.rows == whole(pilot.app.screen), step
        assert paper.parts > len(steps)


async def test_a_pane_that_did_not_change_is_not_asked_for_its_lines(browsing):
    """Every line between a typed letter and the status below would be drawn at every letter."""
    async with browsing() as pilot:
        await pilot.press("slash", "a")
        await pilot.pause()
        asked = []
        for widget in pilot.app.screen._compositor.visible_widgets:
            lines = widget.render_lines
            widget.render_lines = lambda crop, widget=widget, lines=lines: asked.append(widget.id) or lines(crop)
        await pilot.press("b")
        await pilot.pause()
        assert {"search", "results"} <= set(asked)
        assert not {"issues", "links"} & set(asked)


async def test_a_list_that_was_hidden_by_the_matrix_is_drawn_when_it_comes_back(browsing):
    """It was asked for its lines while it went out of sight, and an empty picture of it was kept."""
    async with browsing() as pilot:
        await press(pilot, "issues.show", "cursor.down", "matrix.show", "column.next", "column.next")
        await until(pilot, lambda: "Statements" in screen_of(pilot.app))
        await press(pilot, "entry.open")
        assert pilot.app.screen.state.view.pane == "statements"
        await press(pilot, "entry.open")
        assert "2 Issues" in screen_of(pilot.app)
        assert "Export controls" in "".join(line[:30] for line in lines_of(pilot.app))
