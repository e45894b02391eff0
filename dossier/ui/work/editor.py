"""The user's editor, opened on a file at a line: a list of arguments, never a shell."""

import os
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path

from dossier.model.problems import DossierError

_COLON = frozenset({"code", "codium", "code-insiders", "subl", "hx", "helix", "zed", "cursor"})
"""Editors that take `file:line`; the others take `+line file`, as POSIX has it for vi."""

_GOTO = frozenset({"code", "codium", "code-insiders", "cursor"})
"""Those of them that want `--goto` before it, and `--wait` to come back when the file is closed."""


def command(path: Path, line: int, environment: Mapping[str, str] = os.environ) -> list[str]:
    """The arguments that open `path` at `line` in the editor of VISUAL or EDITOR, else in vi or nano.

    Raises:
        DossierError: there is no editor, or the variable cannot be read.

    """
    wanted = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        words = shlex.split(wanted)
    except ValueError as error:
        raise DossierError(f"EDITOR cannot be read ({error}): {wanted}") from error
    if not words:
        found = next((name for name in ("vi", "nano") if shutil.which(name)), "")
        if not found:
            raise DossierError("No editor is known: set EDITOR to the one you use.")
        words = [found]
    name = Path(words[0]).name.removesuffix(".exe")
    target = str(path.absolute())
    if name in _GOTO:
        return [*words, "--wait", "--goto", f"{target}:{line}"]
    if name in _COLON:
        return [*words, f"{target}:{line}"]
    return [*words, f"+{line}", target]
