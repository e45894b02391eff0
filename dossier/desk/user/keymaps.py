"""Keys: which are usable, which clash, and the ready-made keymaps. Nothing of a screen is known here.

A key sequence is keys parted by spaces. A key is one printable character or a name, behind `ctrl+`, `alt+` or `shift+`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from msgspec import Struct


class KeyBinding(Protocol):
    """The part of the action table's rows that key maps need."""

    @property
    def id(self) -> str:
        """Stable name, `noun.verb`."""
        ...

    @property
    def keys(self) -> tuple[str, ...]:
        """Its key sequences."""
        ...

    @property
    def scopes(self) -> tuple[str, ...]:
        """The place where they hold."""
        ...


GLOBAL = ("browse", "everywhere")
"""Scopes that hold whatever pane has the focus."""
OWN = ("typing", "searching", "dialog", "review", "selecting", "prompting", "triage")
"""Scopes that have the keyboard for themselves: of the global ones only `everywhere` holds there."""

MEANT = frozenset(
    {
        frozenset({"facet.exclude", "view.previous"}),
        frozenset({"words.select", "range.mark"}),
    }
)
"""Pairs of actions of which one hides the other on purpose: `-` leaves a kind out as in a query, `v` begins a
selection of words in the article and of rows elsewhere."""

_NAMES = frozenset(
    (
        *("enter", "escape", "tab", "space", "backspace", "delete", "insert"),
        *("home", "end", "pageup", "pagedown", "up", "down", "left", "right"),
        *(f"f{number}" for number in range(1, 13)),
    )
)
_MODIFIERS = ("ctrl", "alt", "shift")
_SAME = {
    "ctrl+i": "Tab",
    "ctrl+m": "Enter",
    "ctrl+j": "Enter",
    "ctrl+[": "Escape",
    "ctrl+h": "Backspace",
    "ctrl+space": "Ctrl+@",
}
"""Keys that terminals cannot tell from others."""

PRESETS: dict[str, dict[str, tuple[str, ...]]] = {
    "vim": {
        "page.down": ("ctrl+d", "ctrl+f", "pagedown"),
        "page.up": ("ctrl+u", "ctrl+b", "pageup"),
        "view.back": ("ctrl+o", "[", "alt+left"),
        "view.forward": ("ctrl+y", "]", "alt+right"),
        "hit.below": ("ctrl+n", "down"),
        "hit.above": ("ctrl+p", "up"),
        "brief.export": ("x", "ctrl+s", "Z W"),
        "browser.close": ("q", "Z Z"),
    },
    "emacs": {
        "cursor.down": ("ctrl+n", "j", "down"),
        "cursor.up": ("ctrl+p", "k", "up"),
        "cursor.first": ("alt+a", "g g", "home"),
        "cursor.last": ("alt+e", "G", "end"),
        "page.down": ("ctrl+v", "ctrl+d", "pagedown"),
        "page.up": ("alt+v", "ctrl+u", "pageup"),
        "row.in": ("ctrl+f", "l", "right"),
        "row.out": ("ctrl+b", "h", "left"),
        "reader.follow": ("ctrl+f", "l", "right"),
        "reader.leave": ("ctrl+b", "h", "left"),
        "search.open": ("ctrl+s", "/"),
        "search.leave": ("escape", "ctrl+g"),
        "level.leave": ("escape", "ctrl+g"),
        "brief.export": ("x", "ctrl+x ctrl+s"),
        "entry.edit": ("e", "ctrl+x ctrl+f"),
        "pane.next": ("tab", "ctrl+x o"),
        "palette.open": ("alt+x", ":"),
        "program.quit": ("ctrl+q", "ctrl+x ctrl+c"),
    },
}
"""Ready-made keymaps, by name: what they change of the table's own keys."""


class Clash(Struct, frozen=True, gc=False):
    """Two actions whose keys conflict."""

    keys: str
    """The key sequence of `action`."""
    action: str
    other: str
    kind: str
    """`same` key, `hides` a global one, or `cuts` a longer sequence off."""

    def __str__(self) -> str:
        if self.kind == "same":
            return f"{self.keys} is a key of {self.action} and of {self.other} where both hold"
        if self.kind == "hides":
            return f"{self.keys} of {self.action} hides that of {self.other}, which holds everywhere"
        return f"{self.keys} of {self.action} is the beginning of a longer sequence of {self.other}, which it cuts off"


def key_problem(keys: str, scopes: Iterable[str] = ()) -> str:
    """The reason why a key sequence cannot be used; empty when it can."""
    if not keys.strip():
        return "is empty"
    typing = bool({"typing", "searching", "prompting"} & set(scopes))
    for key in keys.split():
        problem = _one_problem(key)
        if not problem and typing and len(key) == 1:
            problem = "is a letter that is typed here"
        if problem:
            return problem if key == keys else f"holds {key}, which {problem}"
    return ""


def _one_problem(key: str) -> str:
    if len(key) == 1:
        return "" if key.isprintable() else "is no key"
    if key.lower() in _SAME:
        return f"cannot be told from {_SAME[key.lower()]} by a terminal"
    *modifiers, last = key.split("+") if not key.endswith("++") else [*key[:-2].split("+"), "+"]
    if key != key.lower() and (modifiers or last.lower() in _NAMES):
        return f"is written {key.lower()}"
    if any(modifier not in _MODIFIERS for modifier in modifiers) or (last not in _NAMES and len(last) != 1):
        return "is no key"
    if len(modifiers) != len(set(modifiers)):
        return "is no key"
    if len(last) == 1 and "shift" in modifiers:
        return f"is written {last.upper()}" if modifiers == ["shift"] else "cannot be told apart by a terminal"
    return ""


def clashes(actions: Iterable[KeyBinding], keys: Mapping[str, Sequence[str]]) -> list[Clash]:
    """The actions that conflict when those in `keys` have these keys, and the others their own."""
    taken: dict[tuple[str, tuple[str, ...]], str] = {}
    found: dict[tuple[frozenset[str], str], Clash] = {}

    def add(sequence: tuple[str, ...], action: str, other: str, kind: str) -> None:
        found.setdefault((frozenset((action, other)), kind), Clash(" ".join(sequence), action, other, kind))

    for action in actions:
        for scope in action.scopes:
            for sequence in (tuple(key.split()) for key in keys.get(action.id, action.keys)):
                other = taken.setdefault((scope, sequence), action.id)
                if other != action.id:
                    add(sequence, action.id, other, "same")
    for (scope, sequence), action_id in taken.items():
        for outer in (scope, *_enclosing_scopes(scope)):
            for length in range(1, len(sequence) + (outer != scope)):
                other = taken.get((outer, sequence[:length]), action_id)
                if other == action_id or frozenset({action_id, other}) in MEANT:
                    continue
                if length == len(sequence):
                    add(sequence, action_id, other, "hides")
                else:
                    add(sequence[:length], other, action_id, "cuts")
    return list(found.values())


def _enclosing_scopes(scope: str) -> tuple[str, ...]:
    """The global scopes that hold where this one does."""
    if scope in GLOBAL:
        return ()
    return ("everywhere",) if scope in OWN else GLOBAL
