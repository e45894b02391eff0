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
)
"""Dark, with text tinted by what rests on it."""
