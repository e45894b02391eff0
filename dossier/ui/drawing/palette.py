"""The colours of a theme: what a sheet gives each named style, made readable on this terminal."""

from collections.abc import Hashable
from weakref import WeakKeyDictionary

from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.screen import Screen

from dossier.model.bounded import BoundedDict
from dossier.ui.drawing.contrast import AIM, BLACK, GROUNDS, LINE, WHITE, Rgb, contrast, ink, readable
from dossier.ui.drawing.themes import SIXTEEN

NAMES = frozenset({
    "frame--line", "frame--focus", "frame--title", "frame--faint",
    "row--cursor", "row--rest", "row--strong", "row--faint", "row--heading", "row--good", "row--doubt", "row--bad",
    "row--mark", "row--key", "row--dead", "row--tab", "row--hint",
    "words--mention", "words--named", "words--evidence", "words--reworded", "words--framed",
    "words--found", "words--current", "words--selected", "words--new", "words--gone",
    "stance--for", "stance--against", "stance--conditional", "stance--neutral", "stance--silent",
    "mark--quote", "mark--link", "mark--event",
})  # fmt: skip
"""The classes by which style sheets give the named styles."""

UNDER = ("row--cursor", "row--rest")
"""Styles that only colour the ground of a row; other styles stand on them."""

DRAWN = ("frame--line",)
"""Styles of lines, which are no text."""


_ROUNDED_AIM = 5.6
"""The contrast aimed at with 256 colours: on its way to the terminal a grey may be rounded to its neighbour."""


class Palette:
    """The named styles in the colours of a theme, each made when it is first asked for.

    Textual's component classes are matched with all rules whenever a screen is styled; a dialog shows a few of so many.
    """

    def __init__(self, screen: Screen[str]) -> None:
        self._styles: dict[str, Style] = {}
        self._sixteen = screen.app.theme == SIXTEEN.name
        self._rounded = screen.app.console.color_system == "256"
        self._aim = _ROUNDED_AIM if self._rounded else AIM
        self._grey = screen.app.no_color
        self._page = screen.background_colors[1]
        variables = screen.app.theme_variables
        bar = Color.parse(variables["panel"]) if "panel" in variables else self._page
        self._text = self._seen(self._page + Color.parse(variables.get("foreground", "#ffffff")))
        page = self._seen(self._page)
        self._grounds = (
            page,
            self._seen(self._page + bar),
            *(self._background(_rules(screen, name), name) for name in UNDER),
        )

    def named(self, name: str, screen: Screen[str]) -> Style:
        """The style of that name, by the style sheets of a screen: no rule for these names differs between screens."""
        if name not in self._styles:
            self._styles[name] = self._style(_rules(screen, name), name)
        return self._styles[name]

    def _style(self, rules: RenderStyles, name: str) -> Style:
        style = rules.text_style
        if self._page.ansi is not None:
            return style + self._terminal_colours(rules)
        if name in DRAWN:
            line = LINE if self._sixteen else self._seen(self._page + rules.color)
            return style + Style.from_color(_rich(line))
        if rules.has_rule("background"):
            ground = self._background(rules, name)
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

    def _background(self, rules: RenderStyles, name: str) -> Rgb:
        if self._sixteen:
            return GROUNDS[name]
        return self._seen(self._page + rules.background)

    def _seen(self, colour: Color) -> Rgb:
        """A colour as it comes to the screen: without colours, as a shade of grey."""
        return self._nearest_of_256((colour.monochrome if self._grey else colour).rgb)

    def _nearest_of_256(self, colour: Rgb) -> Rgb:
        """The nearest of 256 colours, where there are no more."""
        if not self._rounded:
            return colour
        red, green, blue = _rich(colour).downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
        return red, green, blue


_palettes: WeakKeyDictionary[App[object], BoundedDict[Hashable, Palette]] = WeakKeyDictionary()
"""The palettes of an app, by all that their colours depend on."""


def palette_of(screen: Screen[str]) -> Palette:
    """The palette for the theme and the background of a screen; screens that share both share it."""
    app = screen.app
    colours = frozenset(app.theme_variables.items())
    key = (app.theme, app.no_color, app.console.color_system, screen.background_colors[1], colours)
    known = _palettes.setdefault(app, BoundedDict(8))
    if key not in known:
        known[key] = Palette(screen)
    return known.use(key)


def _rules(screen: Screen[str], name: str) -> RenderStyles:
    """Return the rules that the style sheets set for a name under a screen."""
    if name not in NAMES:
        raise KeyError(name)
    node = DOMNode(classes=name)
    node._attach(screen)  # noqa: SLF001 - as Textual does for component classes
    screen.app.stylesheet.apply(node, animate=False)
    return node.styles


def _rich(colour: Rgb) -> RichColor:
    return RichColor.from_rgb(*colour)
