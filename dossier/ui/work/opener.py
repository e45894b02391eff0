"""An address of the web or of the mail, given to the user's own program for it: a list of arguments, never a shell."""

import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Mapping

from dossier.model.clean import HOSTILE
from dossier.model.problems import DossierError

_OPENED = re.compile(r"(?:https?://[^/\s]\S*|mailto:[^\s/]\S*)", re.IGNORECASE)
"""Nothing else is ever opened; the format refuses other addresses too."""

_IN_TERMINAL = frozenset({"lynx", "w3m", "links", "links2", "elinks", "browsh", "mutt", "neomutt"})
"""Programs that take the terminal while they run."""


def openable(address: str) -> bool:
    """Return whether an address is one of http, https or mailto, and nothing but one."""
    return bool(_OPENED.fullmatch(address)) and not HOSTILE.search(address)


def host(address: str) -> str:
    """The machine an address leads to, in the letters that the network sees; empty for mail."""
    found = re.match(r"https?://(?:[^/?#]*@)?([^/?#@:]*)", address, re.IGNORECASE)
    if not found:
        return ""
    try:
        return found[1].encode("idna").decode()
    except UnicodeError:
        return found[1]


def command(
    address: str,
    environment: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    which: Callable[[str], str | None] = shutil.which,
) -> tuple[list[str], bool]:
    """The arguments that open `address`, and whether the program takes the terminal meanwhile.

    BROWSER is read as other programs read it: several commands parted by colons, of which the first is taken; `%s` in
    one stands for the address.

    Raises:
        DossierError: it is no such address, no program is known, or BROWSER cannot be read.

    """
    if not openable(address):
        raise DossierError("Only http, https and mailto addresses are opened.")
    wanted = environment.get("BROWSER", "").split(os.pathsep)[0]
    try:
        words = shlex.split(wanted)
    except ValueError as error:
        raise DossierError(f"BROWSER cannot be read ({error}): {wanted}") from error
    if words:
        filled = [word.replace("%s", address) for word in words]
        return filled if filled != words else [*words, address], os.path.basename(words[0]) in _IN_TERMINAL  # noqa: PTH119
    screen = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    names = ("open",) if platform == "darwin" else ("wslview", *(("xdg-open",) if screen else ()))
    found = next((name for name in names if which(name)), None)
    if found is None:
        raise DossierError("No program is known that opens addresses: set BROWSER to the one you use.")
    return [found, address], False
