"""The common part of the controllers of the browse screen, and their view of the screen."""

from collections.abc import Sequence
from typing import ClassVar

from textual.reactive import var
from textual.widget import Widget

from dossier.desk.state import BrowseState, View, go, look, remember
from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.bars import Status
from dossier.ui.widgets.board import Board
from dossier.ui.widgets.layouts import breadth
from dossier.ui.widgets.line_input import LineEdit
from dossier.ui.widgets.pane import Pane
from dossier.ui.widgets.performers import Actions, actions_of
from dossier.ui.widgets.screen import Conditions, DossierScreen, Handlers
from dossier.ui.work.reading import Reading
from dossier.ui.work.setup import Setup


class Controller:
    """A part of what can be done on the browse screen.

    Its `action_*` methods do actions of the action table, and its `on_*` methods handle messages, as if they were
    methods of the screen. It knows the screen's base class, and other controllers only if it is given them.
    """

    def __init__(self, screen: "BrowseBase") -> None:
        self.screen = screen
        """The screen it belongs to."""

    @property
    def keymap(self) -> Keymap:
        """The keys of each action."""
        return self.screen.keymap

    @property
    def view(self) -> View:
        """The current view of the screen's state."""
        return self.screen.state.view

    @property
    def reading(self) -> Reading:
        """The dossier as the panes read it."""
        assert self.screen.reading is not None
        return self.screen.reading

    def actions(self) -> Actions:
        """The actions it does: its methods that are named so."""
        return actions_of(self)

    def conditions(self) -> Conditions:
        """Conditions of actions that this controller can answer."""
        return {}

    def facts(self) -> list[str]:
        """Texts for the right end of the status line."""
        return []

    def headline(self) -> tuple[str, str]:
        """Text and style of what comes before the title in the status line; empty when there is nothing."""
        return "", ""

    def scopes(self, scopes: tuple[str, ...]) -> tuple[str, ...]:
        """The scopes in which keys are looked up, the innermost first, given those of the focused widget."""
        return scopes

    def leave_level(self) -> bool:
        """Leave the innermost level that this controller has open; False when it has none."""
        return False

    def state_changed(self, before: BrowseState, after: BrowseState) -> None:
        """Follow a change of the state."""

    def reading_changed(self, before: Reading | None, after: Reading | None) -> None:
        """Follow a dossier that was reloaded."""

    def panes_placed(self) -> None:
        """Update what depends on which panes are mounted."""

    def status_shown(self) -> None:
        """Update what is shown beside the status line."""

    def leaving(self) -> None:
        """Save what must be saved before the program ends."""


class BrowseBase(DossierScreen):
    """State, panes and bars, and what reaches the controllers."""

    SCOPES: ClassVar[tuple[str, ...]] = ("browse", "everywhere")

    state: var[BrowseState] = var(BrowseState(), init=False)
    """Where the reader is. The panes are bound to it; only the screen and its controllers set it."""

    reading: var[Reading | None] = var(None, init=False)
    """The dossier to read. The panes are bound to it."""

    def __init__(self, reading: Reading, keymap: Keymap, setup: Setup | None = None) -> None:
        super().__init__(keymap)
        self.setup = setup or Setup()
        """The user's settings."""
        self.message: tuple[str, str] = ("", "")
        """Text and style of what the status line shows instead of the headline; an empty text when there is none."""
        self.controllers: Sequence[Controller] = ()
        """All controllers, in the order in which their facts are shown and their hooks are called."""
        self.set_reactive(BrowseBase.state, BrowseState(first_view(reading)))
        self.set_reactive(BrowseBase.reading, reading)

    def the_pane(self, name: str) -> Pane | None:
        """The pane of that name; None while it is not mounted."""
        panes = self.query_one(Board).children
        return next((pane for pane in panes if isinstance(pane, Pane) and pane.pane == name), None)

    def watch_state(self, before: BrowseState, after: BrowseState) -> None:
        """Let every controller follow the state, then update the status line."""
        if self.is_mounted:
            for controller in self.controllers:
                controller.state_changed(before, after)

    def watch_reading(self, before: Reading | None, after: Reading | None) -> None:
        """Let every controller follow a dossier that was reloaded."""
        for controller in self.controllers:
            controller.reading_changed(before, after)

    def scopes(self) -> tuple[str, ...]:
        """The scope of the focus; while the user types, no letter does anything else."""
        scopes = ("typing", "everywhere") if isinstance(self.focused, LineEdit) else super().scopes()
        for controller in self.controllers:
            scopes = controller.scopes(scopes)
        return scopes

    def where(self) -> Widget:
        """The widget that keys are meant for; the pane of the state while the terminal itself has no focus."""
        return self.focused or self.the_pane(self.state.view.pane) or self

    def alter(self, **changes: object) -> None:
        """Change the current view in place."""
        self.state = look(self.state, **changes)

    def go(self, **changes: object) -> None:
        """Go to another view, from which one can come back."""
        self.state = go(self.remembered(), **changes)

    def remembered(self) -> BrowseState:
        """The state with the current position of each pane in its view."""
        panes = [pane for pane in self.query_one(Board).children if isinstance(pane, Pane)]
        return remember(self.state, {pane.pane: pane.spot() for pane in panes})

    def selected(self) -> str:
        """Id of what the focused pane has under its cursor, else of the selected entry."""
        pane = self.the_pane(self.state.view.pane)
        return (pane.selected_entry() if pane is not None else "") or self.state.view.entry

    def tell(self, message: str, style: str = "row--strong") -> None:
        """Show a message in the status line until something else happens."""
        self.message = (message, style)
        self.show_status()

    def refuse(self, reason: str) -> None:
        """Say why an action does nothing."""
        self.tell(reason, "row--doubt")

    def keys_pending(self, keys: str) -> None:
        """Show the beginning of a key sequence; a new key takes the last message away."""
        message = (f"{keys} …", "row--key") if keys else ("", "")
        if message != self.message:
            self.message = message
            self.show_status()

    def show_status(self) -> None:
        """Bring the status line and the footer up to date."""
        title = self.reading.desk.title if self.reading and not self.state.view.searching else ""
        text, style = self.message
        if not text:
            before, style = next((line for c in self.controllers if (line := c.headline())[0]), ("", "row--faint"))
            text = " · ".join(filter(None, (before, title)))
        crowded = self.message[0] and breadth(self.size.width, self.size.height) == "narrow"
        facts = [] if crowded else [fact for controller in self.controllers for fact in controller.facts()]
        self.query_one(Status).show(text, " · ".join(facts), style)
        self.show_keys()
        for controller in self.controllers:
            controller.status_shown()

    def leaving(self) -> None:
        """Let every controller save what must be saved."""
        for controller in self.controllers:
            controller.leaving()


def tables(controllers: Sequence[Controller]) -> tuple[Actions, Handlers, Conditions]:
    """The actions, the message handlers and the conditions of controllers."""
    actions: Actions = {}
    handlers: Handlers = {}
    conditions: Conditions = {}
    for controller in controllers:
        actions |= controller.actions()
        conditions |= controller.conditions()
        for name in dir(type(controller)):
            if name.startswith("on_"):
                handlers.setdefault(name, []).append(getattr(controller, name))
    return actions, handlers, conditions


def first_view(reading: Reading) -> View:
    """The view in which a dossier is opened for the first time."""
    delegations = reading.listing("delegations", (), "written")
    entry = delegations.id_at(0) if len(delegations) else ""
    articles = reading.listing("articles", (), "latest")
    article = articles.id_at(0) if len(articles) else ""
    return View(entry=entry, article=article)
