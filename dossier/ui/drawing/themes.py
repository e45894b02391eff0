"""The browser's own themes; any of Textual's does as well."""

from collections.abc import Iterable

from textual.theme import Theme

NIGHT = Theme(
    name="dossier",
    primary="#7cafff",
    secondary="#c39bff",
    accent="#ffb454",
    warning="#ffb454",
    error="#ff6b70",
    success="#7fd49a",
    foreground="#d6dae3",
    background="#14171d",
    surface="#1a1e26",
    panel="#20252f",
    dark=True,
    variables={  # its colours were chosen to be read on this page as they are
        "text-primary": "#7cafff",
        "text-secondary": "#c39bff",
        "text-accent": "#feb454",
        "text-warning": "#feb454",
        "text-error": "#fe6b70",
        "text-success": "#7fd49a",
        "faint-share": "58%",
    },
)
"""Dark, with text tinted by what rests on it."""

DAY = Theme(
    name="dossier-light",
    primary="#1a56b0",
    secondary="#6b3fa0",
    accent="#b35c00",
    warning="#b35c00",
    error="#b3202a",
    success="#1c6b3a",
    foreground="#22262e",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e9e6df",
    dark=False,
    variables={
        "text-primary": "#1a56b0",
        "text-secondary": "#6b3fa0",
        "text-accent": "#8a4700",
        "text-warning": "#8a4700",
        "text-error": "#a81c26",
        "text-success": "#1c6b3a",
        "faint-share": "72%",
    },
)
"""Light: ink on paper."""

SIXTEEN = Theme(
    name="dossier-16",
    primary="#55ffff",
    secondary="#55ffff",
    accent="#ffff55",
    warning="#ffff55",
    error="#ffff55",
    success="#55ff55",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables={
        "text-primary": "#55ffff",
        "text-secondary": "#55ffff",
        "text-accent": "#ffff55",
        "text-warning": "#ffff55",
        "text-error": "#ffff55",
        "text-success": "#55ff55",
        "faint-share": "66%",
    },
)
"""For terminals of 16 colours: each of its colours is one of theirs."""

AUTO = "auto"
"""What a configuration says for: light or dark as the terminal is."""

OWN: dict[str, Theme] = {theme.name: theme for theme in (NIGHT, DAY, SIXTEEN)}
"""The browser's own themes by name."""

_TERMINALS_OWN = ("ansi-dark", "ansi-light")
"""Themes of the terminal's own colours: nobody knows these, so nobody can say that text is readable in them."""

DEFAULTS = {"faint-share": "76%"}
"""How much of the foreground is left in faint words, where a theme does not say so."""


def theme_names(builtin: Iterable[str]) -> list[str]:
    """The names of all themes that can be chosen, the browser's own first."""
    return [*OWN, *sorted(name for name in builtin if name not in _TERMINALS_OWN)]
