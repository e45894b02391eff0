"""The user's keys and preferences: one TOML file. Mistakes in it are reported; defaults are used instead."""

import difflib
import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from dossier.desk.user.keymaps import PRESETS, KeyBinding, clashes, key_problem
from dossier.desk.user.places import ARCHIVES, configuration_file
from dossier.desk.user.servers import TABLE, table_problems
from dossier.model.problems import Place, Problem
from dossier.search.engines.table import INDEXED

SPACINGS = ("compact", "roomy")
LAYOUTS = ("lists", "article", "matrix", "timeline")
"""What a dossier opens with: all panes, or one of these on the whole middle."""
CITATIONS = ("plain", "markdown", "key", "csl-json", "bibtex")
"""The forms of a citation, see `dossier.desk.brief.citations`."""
MOST_BYTES = 100_000

_AT = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_HEADING = re.compile(r"\s*\[\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"""(\s*)((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")


class Configuration(Struct, frozen=True):
    """The user's preferences for the browser."""

    keys: dict[str, tuple[str, ...]] = {}
    """Key sequences by action id, where they are not those of the table."""
    theme: str = ""
    """Name of a theme; empty for the browser's own."""
    spacing: str = "compact"
    """One of `SPACINGS`."""
    layout: str = "lists"
    """One of `LAYOUTS`."""
    engine: str = ""
    """One of `dossier.search.engines.table.INDEXED`; empty for the one that fits."""
    citation: str = CITATIONS[0]
    """One of `CITATIONS`: the form in which words are copied with their source."""


def path() -> Path:
    """The file: `config.toml` in the user's configuration folder."""
    return configuration_file()


def read(actions: Sequence[KeyBinding], themes: Collection[str] | None = None) -> tuple[Configuration, list[Problem]]:
    """The user's configuration, and its problems. Without a file, the defaults.

    `actions` is the action table; `themes` the themes there are, None when that is not known here.
    """
    try:
        file = path()
        with file.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, RuntimeError):  # no home folder: no configuration
        return Configuration(), []
    except OSError as error:
        return Configuration(), [_unread(file, "unreadable", f"it cannot be read: {error.strerror}")]
    if len(data) > MOST_BYTES:
        return Configuration(), [_unread(file, "too-large", f"it is larger than {MOST_BYTES} bytes")]
    return parse(data.decode("utf-8", "replace"), actions, themes, str(file))


def parse(
    text: str, actions: Sequence[KeyBinding], themes: Collection[str] | None = None, name: str = "config.toml"
) -> tuple[Configuration, list[Problem]]:
    """The configuration that `text` gives; every problem with the place it was written at."""
    try:
        given = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        message = str(error)
        at = _AT.search(message)
        line, column = (int(at[1]), int(at[2])) if at and at[1] else (text.count("\n") + 1, 1)
        told = _AT.sub("", message).strip().rstrip(".") or "it is no TOML"
        hint = "see https://toml.io; until then all is as it comes"
        return Configuration(), [Problem(Place(name, line, column), "error", "no-toml", told, hint)]

    reader = _Reader(text, name, given)
    choices = {"spacing": SPACINGS, "layout": LAYOUTS, "engine": INDEXED, "citation": CITATIONS, "theme": themes}
    chosen = {field: reader.choice(field, offered) for field, offered in choices.items() if field in given}
    keys = reader.keys(actions)
    if TABLE in given:
        for key, message in table_problems(given[TABLE]):
            reader.tell(key, "wrong-server", f"{key} {message}", "until then no server is asked")
    if ARCHIVES in given and not _is_table_of_texts(given[ARCHIVES]):
        reader.tell(
            ARCHIVES, "wrong-type", f"{ARCHIVES} is to be a table of paths", f"write [{ARCHIVES}] and NAME = PATH"
        )
    reader.unknown((*choices, "preset", "keys", TABLE, ARCHIVES))
    values: dict[str, Any] = {field: value for field, value in chosen.items() if value is not None}
    return Configuration(keys, **values), sorted(reader.problems, key=lambda one: (one.place.line, one.place.column))


class _Reader:
    """Reads the settings of a parsed file."""

    def __init__(self, text: str, name: str, given: dict[str, Any]) -> None:
        self.name = name
        self.given = given
        self.problems: list[Problem] = []
        self.places = _places(text, name)

    def tell(self, key: str, code: str, message: str, hint: str) -> None:
        """Record a problem at the place of a key, such as `theme` or `keys.view.back`."""
        place = self.places.get(key) or self.places.get(key.partition(".")[0]) or Place(self.name)
        self.problems.append(Problem(place, "error", code, message, hint))

    def choice(self, field: str, offered: Collection[str] | None) -> str | None:
        """Return one of several words; None, with a problem, when it is none of them."""
        value = self.given[field]
        if not isinstance(value, str):
            self.tell(field, "wrong-type", f"{field} is to be a text", f'write {field} = "…"')
            return None
        if offered is not None and value not in offered:
            self.tell(field, f"unknown-{field}", f"there is no {field} “{value}”", _nearest(value, offered))
            return None
        return value

    def unknown(self, known: Collection[str]) -> None:
        """Report unknown keys."""
        for key in self.given.keys() - set(known):
            self.tell(key, "unknown-setting", f"there is no setting {key}", _nearest(key, known))

    def keys(self, actions: Sequence[KeyBinding]) -> dict[str, tuple[str, ...]]:
        """The keymap: that of the preset, and over it the user's own as far as it can be used."""
        preset = self.choice("preset", PRESETS) if "preset" in self.given else None
        table = {action.id: action for action in actions}
        base = {one: keys for one, keys in PRESETS.get(preset or "", {}).items() if one in table}
        given = self.given.get("keys", {})
        if not isinstance(given, dict):
            self.tell("keys", "wrong-type", "keys is to be a table", "write [keys], and under it an action a line")
            return base
        own: dict[str, tuple[str, ...]] = {}
        for one, value in _flat(given):
            keys = self._usable(one, value, table)
            if keys is not None:
                own[one] = keys
        return self._without_clashes(actions, base, own)

    def _usable(self, one: str, value: Any, table: dict[str, KeyBinding]) -> tuple[str, ...] | None:
        key = f"keys.{one}"
        if one not in table:
            self.tell(key, "unknown-action", f"there is no action {one}", _nearest(one, table))
            return None
        keys = [value] if isinstance(value, str) else value
        if not isinstance(keys, list) or not all(isinstance(each, str) for each in keys):
            self.tell(
                key, "wrong-type", f"{one} is to have a key, or a list of keys", f'write "{one}" = ["b", "alt+left"]'
            )
            return None
        for each in keys:
            problem = key_problem(each, table[one].scopes)
            if problem:
                hint = f"until then {one} keeps {' or '.join(table[one].keys)}"
                self.tell(key, "unusable-key", f"{one}: the key “{each}” {problem}", hint)
                return None
        return tuple(" ".join(each.split()) for each in keys)

    def _without_clashes(
        self, actions: Sequence[KeyBinding], base: dict[str, tuple[str, ...]], own: dict[str, tuple[str, ...]]
    ) -> dict[str, tuple[str, ...]]:
        """The keymap without those of the user's keys that get in another's way; the later written one gives way."""
        order = list(own)
        while True:
            found = [clash for clash in clashes(actions, base | own) if clash.action in own or clash.other in own]
            if not found:
                return base | own
            clash = found[0]
            loser = max((one for one in (clash.action, clash.other) if one in own), key=order.index)
            codes = {"same": "key-taken", "hides": "key-hides", "cuts": "key-cut-off"}
            hint = f"give one of them another key; until then {loser} keeps its own"
            self.tell(f"keys.{loser}", codes[clash.kind], str(clash), hint)
            del own[loser]


def _is_table_of_texts(given: Any) -> bool:
    return isinstance(given, dict) and all(isinstance(value, str) for value in given.values())


def _flat(given: dict[str, Any], above: str = "") -> Iterable[tuple[str, Any]]:
    """`view.back = …` without quotes is a table in a table to TOML; both ways of writing mean the same."""
    for key, value in given.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def _places(text: str, name: str) -> dict[str, Place]:
    """The line of each key, by its full name. TOML's parser does not tell; a line of a text may deceive this."""
    found: dict[str, Place] = {}
    above = ""
    for number, line in enumerate(text.splitlines(), 1):
        heading = _HEADING.match(line)
        if heading and "=" not in line.partition("#")[0]:
            above = f"{_plain(heading[1])}."
            found.setdefault(above[:-1], Place(name, number, line.index("[") + 1))
            continue
        match = _KEY.match(line)
        if match:
            found.setdefault(above + _plain(match[2]), Place(name, number, len(match[1]) + 1))
    return found


def _plain(key: str) -> str:
    return re.sub(r"""\s*\.\s*""", ".", key).replace('"', "").replace("'", "")


def _nearest(wrong: str, known: Iterable[str]) -> str:
    known = list(known)
    near = difflib.get_close_matches(wrong, known, n=1, cutoff=0.5)
    return f"did you mean {near[0]}?" if near else f"there is {', '.join(sorted(known)[:12])}"


def _unread(file: Path, code: str, message: str) -> Problem:
    return Problem(Place(str(file)), "error", code, message, "until then all is as it comes")
