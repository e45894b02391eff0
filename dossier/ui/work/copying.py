"""Handing words to the clipboard: tmux first, which says whether it has them, then the terminal; always a file too."""

import contextlib
import subprocess
from collections.abc import Callable

from dossier.desk.brief.clipboard import Copy, describe_copy

_PATIENCE = 1.0
"""Seconds that tmux has; it takes some thousandths."""

_COMMANDS = (["tmux", "load-buffer", "-w", "-"], ["tmux", "load-buffer", "-"])
"""Into tmux's buffer and on to the terminal's clipboard, since tmux 3.2; only into the buffer, before."""


def carry_out(copy: Copy, write: Callable[[str], object], *, local: bool = True) -> tuple[str, bool]:
    """Copy, and give what to say of it and whether the words are anywhere at all. `write` writes to the terminal.

    Where the reader is not `local`, as behind a web browser, neither a file nor tmux of this machine is written to.
    """
    filed = local and _file(copy)
    buffered = local and copy.tmux and _load(copy.text)
    if copy.sequence and not buffered:
        write(copy.sequence)
    return describe_copy(copy, buffered=buffered, filed=filed), filed or buffered or bool(copy.sequence)


def _file(copy: Copy) -> bool:
    try:
        copy.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        copy.path.write_text(copy.text, encoding="utf-8", errors="replace")
    except OSError:
        return False
    return True


def _load(text: str) -> bool:
    data = text.encode("utf-8", "replace")
    for command in _COMMANDS:
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            done = subprocess.run(command, input=data, capture_output=True, timeout=_PATIENCE, check=False)  # noqa: S603 - no word of a file is in it
            if done.returncode == 0:
                return True
    return False
