"""The properties at the head of a note, as Obsidian writes them between two lines of `---`."""

import re

from dossier.export.brief_blocks import Unit

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
_PROPERTY = re.compile(r"([\w-]+):[ \t]*(.*)")


def without_properties(text: str) -> str:
    """A note without what stands at its head."""
    return _FRONT.sub("", text, count=1)


def read_properties(text: str) -> list[Unit]:
    """The properties at the head of a note, a unit each, and one for each item of a list."""
    match = _FRONT.match(text)
    found: list[Unit] = []
    name = ""
    for at, line in enumerate(match[1].splitlines() if match else (), 2):
        named = _PROPERTY.fullmatch(line.rstrip())
        if named:
            name = named[1]
        value = named[2] if named else line.strip().removeprefix("-").strip()
        if value and name != "tags":
            found.append(Unit(f"property {name}", _unquote(value), at))
    return found


def _unquote(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1].replace("''", "'") if value[0] == "'" else value[1:-1]
    return value
