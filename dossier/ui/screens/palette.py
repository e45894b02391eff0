"""Finding any action and any entry by its name."""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from textual.widget import Widget

from dossier.model.search_request import SearchRequest
from dossier.model.views import Row
from dossier.ui.drawing.row_layout import EvenRows
from dossier.ui.drawing.text import NO_STYLE
from dossier.ui.keys.action import Action
from dossier.ui.keys.actions import ACTIONS
from dossier.ui.keys.keymap import Keymap
from dossier.ui.messages import AnswerArrived, LineTyped, SearchFailed
from dossier.ui.widgets.dialog import Dialog, typing_actions
from dossier.ui.widgets.line_input import LineEdit
from dossier.ui.widgets.row_list import Drawn, ListBox, Rows
from dossier.ui.work.reading import Reading
from dossier.ui.work.searcher import Searcher

_LISTS = ("delegations", "issues", "quotes", "events", "articles")
_ORDER = ("action", "search", "delegation", "person", "issue", "event", "article", "quote")
_QUICK = 300
"""Entries looked through by name at once; more come from the search a moment later."""


class Command(Struct, frozen=True):
    """A row of the palette."""

    kind: str
    """`action`, `search`, or the kind of an entry."""
    id: str
    """Of the action or the entry; for a search, its query."""
    label: str
    """What it is called."""
    says: str = ""
    """What it does, or the entry's detail."""
    key: str = ""
    """Its key as people write it."""
    why_not: str = ""
    """The reason why an action does nothing now."""


class CommandList(Rows):
    """The commands that fit what was typed."""

    empty = "No action and no entry is called that."

    def __init__(self) -> None:
        super().__init__()
        self.commands: list[Command] = []
        """What is shown."""

    def heading(self) -> str:
        """The title of the list."""
        return "Commands and entries"

    def tally(self) -> str:
        """The number of rows."""
        return str(len(self.commands))

    def show(self, commands: Sequence[Command]) -> None:
        """Show other commands, the cursor on the first."""
        self.commands = list(commands)
        self.view.cursor, self.view.frame.top = 0, 0
        self.view.replace_rows(EvenRows(len(self.commands)))

    def draw(self, row: int, part: int, width: int) -> Drawn:  # noqa: ARG002 - one line, cut by the caller
        """The kind, the name, what it does; its key at the right."""
        command = self.commands[row]
        style = self.look("row--faint") if command.why_not else NO_STYLE
        says = command.why_not or command.says
        left = [
            (f"{command.kind:<11}", self.look("row--heading")),
            (command.label, style),
            (f"  {says}" if says else "", self.look("row--faint")),
        ]
        return left, [(command.key, self.look("row--key"))] if command.key else []


class PaletteScreen(Dialog):
    """The palette. It is left with `action ID`, `entry ID` or `search QUERY`, or with None."""

    def __init__(self, keymap: Keymap, reading: Reading, reasons: dict[str, str]) -> None:
        """`reasons` says of each action that does nothing now why that is so."""
        super().__init__(keymap)
        self._reading = reading
        self._actions = [_command(action, keymap, reasons.get(action.id, "")) for action in _offered()]
        searches = reading.desk.searches().items()
        self._entries = [Command("search", query, name, query) for name, query in searches] + list(_entries(reading))
        self._commands = CommandList()
        self._list = ListBox(self._commands, id="commands")
        self.actions |= typing_actions(self, self._list)
        self._searcher = Searcher(reading.desk, self.post_message)

    def fields(self) -> list[Widget]:
        """A line to type in, and the list."""
        return [LineEdit(": ", "an action, a person, an issue …", id="filter"), self._list]

    def on_mount(self) -> None:
        """List all actions at first."""
        self._commands.show(self._actions)

    def on_unmount(self) -> None:
        """Let the searching thread end."""
        self._searcher.close()

    def on_line_typed(self, message: LineTyped) -> None:
        """Show what has all the words in its name; the search adds entries of other names."""
        message.stop()
        self._commands.show(matching_commands([*self._actions, *self._entries], message.text))
        if message.text.strip():
            self._searcher.ask(SearchRequest(message.text, typing=True))

    def on_answer_arrived(self, message: AnswerArrived) -> None:
        """Add what the search knows under other names."""
        message.stop()
        if message.request == self._searcher.last:
            known = {(command.kind, command.id) for command in self._commands.commands}
            found = [
                Command(hit.kind, hit.id, hit.title, hit.why)
                for hit in message.answer.hits
                if hit.kind not in ("paragraph", "link") and (hit.kind, hit.id) not in known
            ]
            cursor = self._list.list.cursor
            self._commands.show([*self._commands.commands, *found])
            self._list.list.move_to(cursor, tell=False)

    def on_search_failed(self, message: SearchFailed) -> None:
        """Say why the search added nothing."""
        message.stop()
        self.refuse(message.why)

    def action_dialog_accept(self) -> None:
        """Run or open what is under the cursor."""
        if not self._commands.commands:
            self.refuse("Nothing is called that.")
            return
        command = self._commands.commands[self._list.list.cursor]
        what = command.kind if command.kind in ("action", "search") else "entry"
        self.dismiss(f"{what} {command.id}")


def matching_commands(commands: Iterable[Command], text: str) -> list[Command]:
    """The commands whose name holds all the words of `text`, by kind, those that begin with it first."""
    words = text.casefold().split()
    found = []
    for command in commands:
        name = command.label.casefold()
        hay = f"{name} {command.id}" if command.kind != "action" else f"{name} {command.id} {command.says.casefold()}"
        if all(word in hay for word in words):
            rank = 0 if words and name.startswith(words[0]) else 1 if words and words[0] in name else 2
            found.append(((_ORDER.index(command.kind) if command.kind in _ORDER else 9, rank), command))
    return [command for _, command in sorted(found, key=lambda pair: pair[0])]


def _offered() -> list[Action]:
    return [action for action in ACTIONS if "browse" in action.scopes or "everywhere" in action.scopes]


def _command(action: Action, keymap: Keymap, why: str) -> Command:
    return Command("action", action.id, action.label, action.says, keymap.shown(action.id), why)


def _entries(reading: Reading) -> Iterable[Command]:
    """The first entries of every list."""
    for name in _LISTS:
        listing = reading.listing(name, (), "written")
        for at in range(min(len(listing), _QUICK)):
            row: Row = listing[at]
            yield Command(row.kind, row.id, row.title, row.detail)
