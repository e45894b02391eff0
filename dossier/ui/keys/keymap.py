"""The keymap from keys to actions: a table of key sequences by scope, with nothing of Textual in it."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from dossier.ui.keys.actions import ACTIONS
from dossier.ui.keys.names import show


class Resolved(Struct, frozen=True):
    """The meaning of a sequence of keys at present."""

    action: str = ""
    """Id of the action; empty when there is none."""
    pending: bool = False
    """Whether more keys could make it one."""


class Keymap:
    """The keys of each action, by scope."""

    def __init__(self, keys: Mapping[str, Sequence[str]] | None = None) -> None:
        """Take keys in place of the table's own, by action id; they must have been checked."""
        changed = keys or {}
        self._keys = {action.id: tuple(changed.get(action.id, action.keys)) for action in ACTIONS}
        self._table: dict[str, dict[tuple[str, ...], str]] = {}
        for action in ACTIONS:
            for scope in action.scopes:
                table = self._table.setdefault(scope, {})
                for keys_ in self._keys[action.id]:
                    table[tuple(keys_.split())] = action.id

    def keys_of(self, action: str) -> tuple[str, ...]:
        """The key sequences of an action, as in the table: `g g`, `ctrl+d`."""
        return self._keys[action]

    def shown(self, action: str) -> str:
        """The first key of an action as people write it; empty when it has none."""
        keys = self._keys[action]
        return show(keys[0]) if keys else ""

    def resolve(self, scopes: Iterable[str], pressed: tuple[str, ...]) -> Resolved:
        """The meaning of `pressed` where `scopes` apply, the innermost first."""
        pending = False
        for scope in scopes:
            table = self._table.get(scope, {})
            if pressed in table:
                return Resolved(table[pressed])
            pending = pending or any(keys[: len(pressed)] == pressed for keys in table)
        return Resolved(pending=pending)
