"""The colours of one screen: what a sheet gives each named style, made readable on this terminal."""

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style
from textual.color import Color
from textual.css.styles import RenderStyles
from textual.screen import Screen

from dossier.ui.drawing.contrast import AIM, BLACK, GROUNDS, LINE, WHITE, Rgb, contrast, ink, readable
from dossier.ui.drawing.themes import SIXTEEN

UNDER = ("row--cursor", "row--rest")
"""Styles that only colour the ground of a row; other styles stand on them."""

DRAWN = ("frame--line",)
"""Styles of lines, which are no text."""


_ROUNDED_AIM = 5.6
"""The contrast aimed at with 256 colours: on its way to the terminal a grey may be rounded to its neighbour."""


class Palette:
    """Makes the styles of a screen. It is made anew when the theme changes."""

    def __init__(self, screen: Screen[str]) -> None:
        self._screen = screen
        self._sixteen = screen.app.theme == SIXTEEN.name
        self._rounded = screen.app.console.color_system == "256"
        self._aim = _ROUNDED_AIM if self._rounded else AIM
        self._grey = screen.app.no_color
        self._page = screen.background_colors[1]
        variables = screen.app.theme_variables
        bar = Color.parse(variables["panel"]) if "panel" in variables else self._page
        self._text = self._seen(self._page + Color.parse(variables.get("foreground", "#ffffff")))
        page = self._seen(self._page)
        self._grounds = (page, self._seen(self._page + bar), *(self._background(name) for name in UNDER))

    def named(self, name: str) -> Style:
        """The style of that name."""
        rules = self._screen.get_component_styles(name)
        style = rules.text_style
        if self._page.ansi is not None:
            return style + self._terminal_colours(rules)
        if name in DRAWN:
            line = LINE if self._sixteen else self._seen(self._page + rules.color)
            return style + Style.from_color(_rich(line))
        if rules.has_rule("background"):
            ground = self._background(name)
            if rules.auto_color or self._sixteen:
                front = max((BLACK, WHITE), key=lambda colour: contrast(colour, ground))
            else:
                wanted = self._seen(self._page + rules.color) if rules.has_rule("color") else self._text
                front = readable(wanted, [ground], self._nearest_of_256, self._aim)
            return style + Style.from_color(_rich(front), _rich(ground))
        if not rules.has_rule("color"):
            return style
        wanted = self._seen(self._page + rules.color)
        return style + Style.from_color(
            _rich(ink(wanted) if self._sixteen else readable(wanted, self._grounds, self._nearest_of_256, self._aim))
        )

    def _terminal_colours(self, rules: RenderStyles) -> Style:
        """Colours as the sheet has them, in a theme of the terminal's own colours: nobody knows how these look."""
        ground = self._page + rules.background
        front = ground.get_contrast_text(1) if rules.auto_color else self._page + rules.color
        return Style.from_color(
            front.rich_color if rules.has_rule("color") or rules.auto_color else None,
            ground.rich_color if rules.has_rule("background") else None,
        )

    def _background(self, name: str) -> Rgb:
        if self._sixteen:
            return GROUNDS[name]
        return self._seen(self._page + self._screen.get_component_styles(name).background)

    def _seen(self, colour: Color) -> Rgb:
        """A colour as it comes to the screen: without colours, as a shade of grey."""
        return self._nearest_of_256((colour.monochrome if self._grey else colour).rgb)

    def _nearest_of_256(self, colour: Rgb) -> Rgb:
        """The nearest of 256 colours, where there are no more."""
        if not self._rounded:
            return colour
        red, green, blue = _rich(colour).downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
        return red, green, blue


def _rich(colour: Rgb) -> RichColor:
    return RichColor.from_rgb(*colour)
