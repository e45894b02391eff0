"""The terminal's background: told by the environment at once, or by the terminal a moment after it was asked.

The question is OSC 11. Nothing waits for the answer: the first screen is drawn without it, and a terminal that does not
answer is left alone.
"""

import re
import time
from collections.abc import Mapping

from dossier.ui.drawing.contrast import luminance
from dossier.ui.drawing.themes import DAY, NIGHT, SIXTEEN

QUESTION = "\x1b]11;?\x1b\\"
"""Asks for the colour of the background."""

PATIENCE = 1.5
"""Seconds after the question in which an answer is looked for in what is typed."""

_MUTE = ("dumb", "linux", "unknown", "")
_PART = r"([0-9a-fA-F]{1,4})"
_ANSWER = re.compile(rf"\x1b\]11;rgba?:{_PART}/{_PART}/{_PART}[^\x07\x1b]{{0,8}}(?:\x07|\x1b\\)")
_BEGUN = re.compile(r"\x1b(?:\](?:1(?:1(?:;[^\x07\x1b]{0,40}\x1b?)?)?)?)?\Z")
_LIGHT = 0.4
"""The luminance above which a background is called light."""


class BackgroundProbe:
    """Takes the terminal's answer out of what is read from it."""

    def __init__(self) -> None:
        self._until = 0.0
        self._held = ""

    def asked(self) -> None:
        """Look for an answer from now on."""
        self._until = time.monotonic() + PATIENCE

    def feed(self, data: str) -> tuple[str, bool | None]:
        """`data` without the answer, and whether the background is light; None while that is not known."""
        if not self._until:
            return data, None
        data, self._held = self._held + data, ""
        found = _ANSWER.search(data)
        if found:
            self._until = 0.0
            return data[: found.start()] + data[found.end() :], is_light(found.groups())
        begun = _BEGUN.search(data)
        if begun and time.monotonic() < self._until:
            self._held = data[begun.start() :]
            return data[: begun.start()], None
        if time.monotonic() >= self._until:
            self._until = 0.0
        return data, None

    def tick(self) -> str:
        """Deliver what was held back for an answer that did not come; to be called while nothing is read."""
        if not self._held:
            return ""
        if self._held == "\x1b":  # the key Escape: what follows it in an answer comes at once
            self._held = ""
            return "\x1b"
        if time.monotonic() < self._until:
            return ""
        self._until, held, self._held = 0.0, self._held, ""
        return held


def is_light(parts: tuple[str, ...]) -> bool:
    """Return whether a colour given by hexadecimal parts of any length is light."""
    red, green, blue = (round(int(part, 16) * 255 / (16 ** len(part) - 1)) for part in parts)
    return luminance((red, green, blue)) > _LIGHT


def answers(environment: Mapping[str, str]) -> bool:
    """Return whether a terminal may be asked."""
    return environment.get("TERM", "") not in _MUTE


def fitting_theme(environment: Mapping[str, str], wanted: str = "") -> tuple[str, bool]:
    """The theme to begin with, and whether the terminal's answer may change it.

    Where there are 16 colours, the theme of these stands in for any other.
    """
    term = environment.get("TERM", "")
    many = environment.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit") or "256color" in term
    many = many or term.partition("-")[2] in ("direct", "truecolor") or term in ("xterm-kitty", "alacritty", "foot")
    if not many and term not in _MUTE[:1] and not wanted.startswith("ansi-"):
        return SIXTEEN.name, False
    if wanted:
        return wanted, False
    ground = environment.get("COLORFGBG", "").rpartition(";")[2]
    return (DAY.name if ground in ("7", "15") else NIGHT.name), answers(environment)
