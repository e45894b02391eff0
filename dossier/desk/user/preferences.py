"""Writing one setting into the user's configuration, every other character of the file staying as it is."""

import re
import tomllib

from dossier.desk.user.atomic_write import write_whole
from dossier.desk.user.places import configuration_file
from dossier.model.problems import DossierError

_TABLE = re.compile(r"^\s*\[", re.MULTILINE)


def save_theme(name: str) -> str:
    """Keep a theme for the next time, and give the path of the file it was written to.

    Raises:
        DossierError: the file cannot be read or written, or is no TOML.

    """
    path = configuration_file()
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        changed = with_theme(text, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, changed, force=True)
    except (OSError, ValueError) as error:
        raise DossierError(f"The theme could not be kept in {path}: {error}.") from error
    return str(path)


def with_theme(text: str, name: str) -> str:
    """The text of a configuration with another theme in it.

    Raises:
        ValueError: the text is no TOML, or its theme stands where it cannot be changed.

    """
    tomllib.loads(text)
    table = _TABLE.search(text)
    top = text[: table.start()] if table else text
    line = f'theme = "{name}"'
    here = re.search(r"^[ \t]*theme[ \t]*=[^\n]*", top, re.MULTILINE)
    changed = text[: here.start()] + line + text[here.end() :] if here else f"{line}\n{text}"
    if tomllib.loads(changed).get("theme") != name:
        raise ValueError("change the line theme = … by hand")
    return changed
