"""Reading what every key does: the keys of where one was first, then all others; found by words or by key."""

from textual.widget import Widget

from dossier.ui.actions import ACTIONS, SCOPES, Action
from dossier.ui.dialog import Dialog
from dossier.ui.editing import LineEdit
from dossier.ui.geometry import Uneven
from dossier.ui.keys import Keymap, show
from dossier.ui.lines import Drawn, Lines
from dossier.ui.messages import LineTyped
from dossier.ui.text import NOTHING


class KeyList(Lines):
    """The actions under their headings."""

    empty = "No action and no key is called that."

    def __init__(self, keymap: Keymap, scopes: tuple[str, ...], reasons: dict[str, str]) -> None:
        """`reasons` says of each action that does nothing now why that is so."""
        super().__init__(id="keys")
        self._keymap = keymap
        self._scopes = scopes
        self._reasons = reasons
        self._rows: list[Action | str] = []

    def heading(self) -> str:
        """What the list is of."""
        return "Keys"

    def tally(self) -> str:
        """How many actions are shown."""
        return str(sum(not isinstance(row, str) for row in self._rows))

    def narrow(self, text: str) -> None:
        """Shows only what has all the words of `text` in it, or the key that it is."""
        words = text.lower().split()
        self._rows = []
        for heading, actions in (("Here", self._here(here=True)), ("Elsewhere", self._here(here=False))):
            found = [action for action in actions if self._matches(action, text.strip(), words)]
            if found:
                self._rows += [heading, *found]
        self.replace_rows(Uneven([2 if isinstance(row, str) and at else 1 for at, row in enumerate(self._rows)]))

    def _here(self, *, here: bool) -> list[Action]:
        return [action for action in ACTIONS if bool(set(action.scopes) & set(self._scopes)) == here]

    def _matches(self, action: Action, text: str, words: list[str]) -> bool:
        keys = [show(key) for key in self._keymap.keys_of(action.id)]
        if text in keys or text.lower() in (key.lower() for key in keys if len(key) > 1):
            return True
        hay = f"{action.label} {action.says} {action.id} {action.group}".lower()
        return all(word in hay for word in words)

    def rests(self, row: int) -> bool:
        """Headings are passed over."""
        return 0 <= row < len(self._rows) and not isinstance(self._rows[row], str)

    def draw(self, row: int, part: int, width: int) -> Drawn:
        """Keys, what they do, and why they do nothing now."""
        action = self._rows[row]
        if isinstance(action, str):
            last = self.stack.height_of(row) - 1
            return ([(action, self.look("row--heading"))] if part == last else []), []
        keys = ", ".join(show(key) for key in self._keymap.keys_of(action.id))
        reason = self._reasons.get(action.id, "")
        here = set(action.scopes) & set(self._scopes)
        where = "" if here else " · ".join(SCOPES[scope] for scope in action.scopes)
        wide = 22 if width >= 60 else 12
        pieces = [
            (f"{keys:<{wide}} ", self.look("row--key")),
            (action.says, self.look("row--faint") if reason else NOTHING),
        ]
        if reason:
            pieces.append((f"  Now: {reason}", self.look("row--doubt")))
        return pieces, [(where, self.look("row--faint"))] if width >= 60 and where else []

    def chosen(self) -> str:
        """Id of the action under the cursor; empty when there is none."""
        action = self._rows[self.cursor] if self.rests(self.cursor) else ""
        return action if isinstance(action, str) else action.id


class HelpScreen(Dialog):
    """The keys. It is left with the id of an action to do, or with None."""

    def __init__(self, keymap: Keymap, scopes: tuple[str, ...], reasons: dict[str, str]) -> None:
        super().__init__(keymap)
        self._list = KeyList(keymap, scopes, reasons)

    def fields(self) -> list[Widget]:
        """A line to type in, and the list."""
        return [LineEdit("find: ", "a word, or a key", id="filter"), self._list]

    def on_mount(self) -> None:
        """All keys are there at first."""
        self._list.narrow("")

    def on_line_typed(self, message: LineTyped) -> None:
        """Narrows the list."""
        message.stop()
        self._list.narrow(message.text)

    def holds(self, need: str) -> bool:
        """Whether there is a row to choose."""
        return bool(self._list.chosen()) if need in ("row", "hits") else super().holds(need)

    def action_hit_below(self) -> None:
        """Down in the list while typing."""
        self._list.action_cursor_down()

    def action_hit_above(self) -> None:
        """Up in the list while typing."""
        self._list.action_cursor_up()

    def action_hit_open(self) -> None:
        """Does what is under the cursor."""
        self.action_dialog_accept()

    def action_search_browse(self) -> None:
        """From the line into the list."""
        self.set_focus(self._list)

    def action_entry_open(self) -> None:
        """Does what is under the cursor."""
        self.action_dialog_accept()

    def action_dialog_accept(self) -> None:
        """Does what is under the cursor."""
        self.dismiss(self._list.chosen() or None)
