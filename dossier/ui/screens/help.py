"""Reading what every key does: the keys of where one was first, then all others; found by words or by key."""

from msgspec import Struct
from textual.widget import Widget

from dossier.ui.drawing.row_layout import UnevenRows
from dossier.ui.drawing.text import NO_STYLE
from dossier.ui.drawing.wrap import wrap
from dossier.ui.keys.action import Action
from dossier.ui.keys.actions import ACTIONS, SCOPES
from dossier.ui.keys.keymap import Keymap
from dossier.ui.keys.names import show
from dossier.ui.messages import LineTyped
from dossier.ui.widgets.dialog import Dialog, typing_actions
from dossier.ui.widgets.line_input import LineEdit
from dossier.ui.widgets.row_list import Drawn, ListBox, Rows

FIRST_STEPS = "What to do here"

LEGEND = (
    "Underlined: evidence. Beside it: “ quote  → link  ◷ event, and how many entries rest on the line.",
    "✓ exact  ↷ moved  ≠ reworded  ? ambiguous  ✗ missing: the last three are no evidence until ! settles them.",
)
"""What the marks of an article mean."""


class Note(Struct, frozen=True):
    """A row to read, on which no cursor rests."""

    text: str
    """What it says."""


class KeyList(Rows):
    """The actions under their headings."""

    empty = "No action and no key is called that."

    def __init__(self, keymap: Keymap, scopes: tuple[str, ...], reasons: dict[str, str]) -> None:
        """`reasons` says of each action that does nothing now why that is so."""
        super().__init__()
        self._keymap = keymap
        self._scopes = scopes
        self._reasons = reasons
        self._rows: list[Action | str | Note] = []
        self._drawn: list[list[Drawn]] = []
        self._width = 0

    def heading(self) -> str:
        """The title of the list."""
        return "Keys"

    def tally(self) -> str:
        """The number of actions shown."""
        return str(sum(isinstance(row, Action) for row in self._rows))

    def narrow(self, text: str) -> None:
        """Show only what has all the words of `text` in it, or the key that it is."""
        words = text.lower().split()
        self.view.cursor = 0
        self._rows = [] if words else [FIRST_STEPS, *self._first_steps()]
        for heading, actions in (("Here", self._here(here=True)), ("Elsewhere", self._here(here=False))):
            found = [action for action in actions if self._matches(action, text.strip(), words)]
            if found:
                self._rows += [heading, *found]
        self._lay_out(draw=True)

    def prepare(self) -> None:
        """Break the lines at another width."""
        if self._width != self.width:
            self._lay_out(draw=False)

    def _lay_out(self, *, draw: bool) -> None:
        self._width = self.width
        width = max((self._width or 80) - 5, 24)
        self._drawn = [self._lines_of(row, width, first=not at) for at, row in enumerate(self._rows)]
        self.view.replace_rows(UnevenRows([len(lines) for lines in self._drawn]), draw=draw)

    def _first_steps(self) -> "list[Note]":
        """The help on the focused pane, and the meaning of the marks of an article."""
        shown = self._keymap.shown
        if "reader" in self._scopes:
            here = (
                f"{shown('evidence.next')} and {shown('evidence.previous')} go from evidence to evidence, "
                f"{shown('evidence.open')} opens what rests on it, {shown('words.cite')} copies it with its source, "
                f"{shown('marks.hide')} hides the marks."
            )
        elif {"matrix", "weighing", "timeline"} & set(self._scopes):
            here = (
                f"{shown('cursor.down')} and {shown('cursor.up')} move, {shown('entry.open')} opens what is under the "
                f"cursor, {shown('view.back')} comes back, {shown('article.show')} shows the article."
            )
        else:
            here = (
                f"Move with {shown('cursor.down')} and {shown('cursor.up')}: article and links follow. "
                f"{shown('entry.open')} goes to the words, {shown('view.back')} comes back, {shown('search.open')} "
                f"searches, {shown('lens.set')} shows only what is linked, {shown('entry.mark')} collects, "
                f"{shown('brief.export')} writes the brief."
            )
        return [Note(here), *map(Note, LEGEND)]

    def _lines_of(self, row: "Action | str | Note", width: int, *, first: bool) -> list[Drawn]:
        """Keys, what they do, and why they do nothing now: none of it is cut off."""
        if isinstance(row, str):
            title: Drawn = ([(row, self.look("row--heading"))], [])
            return [title] if first else [([], []), title]
        if isinstance(row, Note):
            return [([(row.text[start:end], NO_STYLE)], []) for start, end in wrap(row.text, 0, len(row.text), width)]
        reason = self._reasons.get(row.id, "")
        here = self._holds(row)
        where = "" if here or width < 60 else " · ".join(SCOPES[scope] for scope in row.scopes)
        keys = ", ".join(show(key) for key in (self._free(row) if here else self._keymap.keys_of(row.id)))
        column = 22 if width >= 60 else 12
        room = max(width - column - 1 - (len(where) + 2 if where else 0), 16)
        says = self.look("row--faint") if reason else NO_STYLE
        told = [(row.says[start:end], says) for start, end in wrap(row.says, 0, len(row.says), room)]
        now = f"Now: {reason}"
        told += (
            [(now[start:end], self.look("row--doubt")) for start, end in wrap(now, 0, len(now), room)] if reason else []
        )
        if len(keys) > column:
            told.insert(0, ("", NO_STYLE))
        right = [(where, self.look("row--faint"))] if where else []
        indent = " " * (column + 1)
        lines: list[Drawn] = [([(indent, NO_STYLE), piece], []) for piece in told]
        lines[0] = ([(f"{keys:<{column}} ", self.look("row--key")), told[0]], right)
        return lines

    def _here(self, *, here: bool) -> list[Action]:
        return [action for action in ACTIONS if self._holds(action) == here]

    def _holds(self, action: Action) -> bool:
        """Return whether it can be done where one was: not where a pane has taken all its keys for its own use."""
        reached = bool(set(action.scopes) & set(self._scopes))
        return reached and (not self._keymap.keys_of(action.id) or bool(self._free(action)))

    def _free(self, action: Action) -> list[str]:
        """Its keys that mean it where one was."""
        keys = self._keymap.keys_of(action.id)
        return [key for key in keys if self._keymap.resolve(self._scopes, tuple(key.split())).action == action.id]

    def _matches(self, action: Action, text: str, words: list[str]) -> bool:
        keys = [show(key) for key in self._keymap.keys_of(action.id)]
        if text in keys or text.lower() in (key.lower() for key in keys if len(key) > 1):
            return True
        hay = f"{action.label} {action.says} {action.id} {action.group}".lower()
        return all(word in hay for word in words)

    def rests(self, row: int) -> bool:
        """Return whether the cursor may rest on a row: not on a heading."""
        return 0 <= row < len(self._rows) and isinstance(self._rows[row], Action)

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - broken for the width already
        """Return one of the lines of a row."""
        return self._drawn[row][part]

    def chosen(self) -> str:
        """Id of the action under the cursor; empty when there is none."""
        row = self.view.cursor
        action = self._rows[row] if self.rests(row) else None
        return action.id if isinstance(action, Action) else ""


class HelpScreen(Dialog):
    """The keys. It is left with the id of an action to do, or with None."""

    def __init__(self, keymap: Keymap, scopes: tuple[str, ...], reasons: dict[str, str]) -> None:
        super().__init__(keymap)
        self._keys = KeyList(keymap, scopes, reasons)
        self._list = ListBox(self._keys, id="keys")
        self.actions |= typing_actions(self, self._list)
        self.conditions["row"] = self.conditions["hits"] = lambda: bool(self._keys.chosen())

    def fields(self) -> list[Widget]:
        """A line to type in, and the list."""
        return [LineEdit("find: ", "a word, or a key", id="filter"), self._list]

    def on_mount(self) -> None:
        """List all keys at first."""
        self._keys.narrow("")

    def on_line_typed(self, message: LineTyped) -> None:
        """Narrow the list."""
        message.stop()
        self._keys.narrow(message.text)

    def action_dialog_accept(self) -> None:
        """Run what is under the cursor."""
        self.dismiss(self._keys.chosen() or None)
