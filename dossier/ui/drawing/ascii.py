"""Signs for terminals that have but ASCII: one character for each, as wide as what it stands for."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from rich.cells import cell_len

_SIGNS = {
    **dict.fromkeys("┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╭╮╰╯╔╗╚╝", "+"),
    **dict.fromkeys("─╌┄╴╶", "-"),
    **dict.fromkeys("━═", "="),
    **dict.fromkeys("│┆┊╎", "|"),
    **dict.fromkeys("┃║", "#"),
    **dict.fromkeys("█▓▒░▀▄■", "#"),
    **dict.fromkeys("▌▐▶►", ">"),
    **dict.fromkeys("▏▕", "|"),
    **dict.fromkeys("“”„«»″", '"'),
    **dict.fromkeys("‘’‚‹›′", "'"),
    **dict.fromkeys("–—‐‑‒―−", "-"),
    **dict.fromkeys("→▸⇒", ">"),
    **dict.fromkeys("←◂⇐", "<"),
    **dict.fromkeys("↓▾▼", "v"),
    **dict.fromkeys("↑▴▲", "^"),
    **dict.fromkeys("•●◆◈★", "*"),
    **dict.fromkeys("○◇◌", "o"),
    **dict.fromkeys("·…", "."),
    "✓": "+",
    "↷": "~",
    "≠": "!",
    "✗": "x",
    "◷": "@",
    "¶": "P",
    "±": "%",
    "≈": "~",
    "×": "x",
    "▐": "#",
    "▶": ">",
    "\N{REPLACEMENT CHARACTER}": "?",
}
"""The signs of the browser; the statuses of evidence stay apart from one another."""


def ascii_only(text: str) -> str:
    """`text` in ASCII, every character as wide as before: a sign for a sign, a letter without its accents, else `?`."""
    if text.isascii():
        return text
    plain = "".join(map(_plain, text))
    return plain if len(plain) == cell_len(text) else plain.ljust(cell_len(text))[: cell_len(text)]


@lru_cache(maxsize=4_096)
def _plain(character: str) -> str:
    if character.isascii():
        return character
    sign = _SIGNS.get(character)
    if sign:
        return sign
    width = cell_len(character)
    bare = "".join(part for part in unicodedata.normalize("NFKD", character) if part.isascii() and part.isprintable())
    return bare if bare and len(bare) == width else "?" * width


def has_unicode(environment: Mapping[str, str], *, forced: bool) -> bool:
    """Return whether the terminal has more than ASCII, as the locale tells it; without one, it is taken to have.

    `forced` is whether Python went over to UTF-8 by itself: then LC_CTYPE may be of its making (PEP 538).
    """
    own = "" if forced and environment.get("LC_CTYPE") == "C.UTF-8" else environment.get("LC_CTYPE", "")
    locale = environment.get("LC_ALL") or own or environment.get("LANG") or "UTF-8"
    return "utf8" in locale.lower().replace("-", "")
