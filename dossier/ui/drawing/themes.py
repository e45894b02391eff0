"""The browser's own colours; any of Textual's themes does as well."""

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
        "faint-share": "52%",
    },
)
"""Dark, with text tinted by what rests on it."""

DEFAULTS = {"faint-share": "76%"}
"""How much of the foreground is left in faint words, where a theme does not say so: in Solarized, where foreground and
page are closest, this leaves 3 to 1, which the W3C asks of large text.
"""
