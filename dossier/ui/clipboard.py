"""Copying words: by the terminal where it can, into a file where it cannot; which it was is said."""

import base64
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from dossier.model.clean import clean

MOST = 74_000
"""Bytes that terminals take by OSC 52, before base64 (the lowest of the known limits)."""


def sequence(text: str, environment: Mapping[str, str]) -> str:
    """What makes a terminal copy `text` (OSC 52); inside tmux or screen, wrapped so that it is passed on."""
    code = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    plain = f"\x1b]52;c;{code}\a"
    if environment.get("TMUX"):
        return "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if environment.get("STY"):
        return "".join(f"\x1bP{plain[at : at + 200]}\x1b\\" for at in range(0, len(plain), 200))
    return plain


def copies(environment: Mapping[str, str]) -> bool:
    """Whether the terminal may be expected to copy at all."""
    return environment.get("TERM", "dumb") not in ("dumb", "linux", "unknown", "")


def copy(text: str, write: Callable[[str], object], fallback: Path) -> str:
    """Copies `text` and says how: handed to the terminal, or written to the file `fallback`.

    Raises:
        OSError: the file cannot be written.

    """
    text = clean(text)
    if copies(os.environ) and len(text.encode("utf-8", "replace")) <= MOST:
        write(sequence(text, os.environ))
        through = " through tmux" if os.environ.get("TMUX") else ""
        return f"Handed to the terminal{through} for copying: {len(text)} characters."
    fallback.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fallback.write_text(text, encoding="utf-8", errors="replace")
    return f"This terminal cannot copy; the words are in {fallback}."
