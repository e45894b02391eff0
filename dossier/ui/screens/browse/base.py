"""The ground of the browse screen: the panes on their board, the state they follow, and the bars around them."""

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size
from textual.reactive import var
from textual.widget import Widget

from dossier.desk.state import BrowseState, Spot, View, back, focus, forward, go, look, previous, remember
from dossier.model.problems import DossierError
from dossier.ui.keys.keymap import Keymap
from dossier.ui.panes import PANES
from dossier.ui.widgets.bars import Button, Footer, Status, Tabs, TooSmall
from dossier.ui.widgets.board import Board
from dossier.ui.widgets.layouts import LISTS, Box, breadth, plan
from dossier.ui.widgets.line_input import LineEdit
from dossier.ui.widgets.pane import Pane
from dossier.ui.widgets.query_line import Understood
from dossier.ui.widgets.screen import DossierScreen
from dossier.ui.work.reading import Reading

BARS = 2
"""Lines under the panes: status and keys."""

FIRST = ("delegations", "issues", "quotes", "article", "links")
"""The panes that are there from the start; the others come when they are first wanted."""


class Ground(DossierScreen):
    """Panes, state and bars; what one does with them is in the classes made from this one."""

    SCOPES: ClassVar[tuple[str, ...]] = ("browse", "everywhere")

    state: var[BrowseState] = var(BrowseState(), init=False)
    """Where the reader is. The panes are bound to it; only the screen sets it."""

    reading: var[Reading | None] = var(None, init=False)
    """What there is to read. The panes are bound to it."""

    def __init__(self, reading: Reading, keymap: Keymap) -> None:
        super().__init__(keymap)
        self._open_list = LISTS[0]
        self._message: tuple[str, str] = ("", "")
        self.set_reactive(Ground.state, BrowseState(first_view(reading)))
        self.set_reactive(Ground.reading, reading)

    def compose(self) -> ComposeResult:
        """Bars, and those panes that every layout shows sooner or later."""
        self.classify(self.app.size, update=False)
        yield Tabs()
        with Board(self.boxes):
            for name, cls in PANES.items():
                if name in FIRST:
                    yield cls().data_bind(Ground.state, Ground.reading)
        with Horizontal(id="bottom"):
            yield LineEdit("/ ", "words, “phrases”, -not, speaker:name", id="search")
            yield Status()
        yield Understood()
        yield Footer()
        yield TooSmall()

    def on_mount(self) -> None:
        """The first pane has the focus."""
        self.place()
        self.show_status()

    def panes(self) -> list[Pane]:
        """The panes that are there, in the order of their numbers."""
        return [pane for pane in self.query_one(Board).children if isinstance(pane, Pane)]

    def the_pane(self, name: str) -> Pane | None:
        """The pane of that name, if it is there."""
        return next((pane for pane in self.panes() if pane.pane == name), None)

    def boxes(self, size: Size) -> Mapping[str, Box]:
        """Where each pane stands on a board of `size`."""
        view = self.state.view
        total = self.size
        kind = breadth(total.width, total.height)
        centre = "results" if view.searching else view.centre
        return plan(
            (size.width, size.height), kind, view.pane, self._open_list, centre, self.needs(size),
            zoomed=self.state.zoomed, side=view.side,
        )  # fmt: skip

    def needs(self, size: Size) -> dict[str, int]:  # noqa: ARG002 - others' needs go by the breadth of the board
        """How many lines some panes would take, frames included."""
        return {name: self._lines_of(name) + 2 for name in LISTS[:2]}

    def _lines_of(self, name: str) -> int:
        listing = self.reading.listing(name, (), "written") if self.reading else ()
        return len(listing)

    def place(self) -> None:
        """Puts the panes where the state wants them, and the focus on the one that has it."""
        view = self.state.view
        if view.pane in LISTS:
            self._open_list = view.pane
        self.set_class(view.searching, "-searching")
        self.query_one(Board).replan()
        pane = self.the_pane(view.pane)
        if pane is not None and not isinstance(self.focused, LineEdit):
            self.set_focus(pane, scroll_visible=False)
        self.query_one(Tabs).show(self._tabs())

    def _tabs(self) -> list[Button]:
        view = self.state.view
        found = []
        for name, cls in sorted(PANES.items(), key=lambda pane: pane[1].number):
            if name == ("article" if view.searching else "results") or not cls.number:
                continue
            action = f"{'article' if name == 'results' else name}.show"
            label = self.reading.desk.label(name) if self.reading and name != "results" else name.capitalize()
            found.append(Button(action, cls.number, label, current=name == self.tab()))
        return found

    def tab(self) -> str:
        """Name of the pane whose tab is the current one."""
        return self.state.view.pane

    def on_resize(self, _event: events.Resize) -> None:
        """Another size may want another layout."""
        self.place()

    def watch_state(self, before: BrowseState, after: BrowseState) -> None:
        """Follows the state with layout, focus and status."""
        if not self.is_mounted:
            return
        old, new = before.view, after.view
        if (old.pane, old.searching, before.zoomed) != (new.pane, new.searching, after.zoomed):
            self.place()
        self.show_status()

    def scopes(self) -> tuple[str, ...]:
        """While one types, no letter does anything else."""
        return ("typing", "everywhere") if isinstance(self.focused, LineEdit) else super().scopes()

    def where(self) -> Widget:
        """The widget that keys are meant for; the pane of the state while the terminal itself has no focus."""
        return self.focused or self.the_pane(self.state.view.pane) or self

    def spots(self) -> dict[str, Spot]:
        """Where each pane stands now."""
        return {pane.pane: pane.spot() for pane in self.panes()}

    def alter(self, **changes: object) -> None:
        """Changes the view in place."""
        self.state = look(self.state, **changes)

    def go(self, **changes: object) -> None:
        """Goes on to another view, from which one can come back."""
        self.state = go(remember(self.state, self.spots()), **changes)

    def action_view_back(self) -> None:
        """To the view before."""
        self.state = back(remember(self.state, self.spots()))

    def action_view_forward(self) -> None:
        """To the view one came back from."""
        self.state = forward(remember(self.state, self.spots()))

    def action_view_previous(self) -> None:
        """To the previous view, and back again."""
        self.state = previous(remember(self.state, self.spots()))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The state knows which pane has the focus, however it came there."""
        if isinstance(event.widget, Pane):
            self.state = focus(self.state, event.widget.pane)
        self.show_keys()

    def tell(self, message: str, look: str = "row--strong") -> None:
        """Shows a message in the status line until something else happens."""
        self._message = (message, look)
        self.show_status()

    def refuse(self, reason: str) -> None:
        """Says why an action does nothing."""
        self.tell(reason, "row--doubt")

    def keys_pending(self, keys: str) -> None:
        """Shows the beginning of a key sequence; a new key takes the last message away."""
        message = (f"{keys} …", "row--key") if keys else ("", "")
        if message != self._message:
            self._message = message
            self.show_status()

    def show_status(self) -> None:
        """Brings the status line and the footer up to date."""
        message, look = self._message
        left = (message, look) if message else (self.headline(), self.headline_look())
        self.query_one(Status).show(left[0], " · ".join(self.facts()), left[1])
        self.show_keys()

    def headline(self) -> str:
        """What the status line says while there is nothing else to say."""
        return self.reading.desk.title if self.reading and not self.state.view.searching else ""

    def headline_look(self) -> str:
        """The style of the headline."""
        return "row--faint"

    @property
    def message(self) -> str:
        """What is said in the place of the headline; empty when nothing is."""
        return self._message[0]

    def facts(self) -> list[str]:
        """What the right end of the status line says."""
        found = []
        if self.state.marks:
            found.append(f"{len(self.state.marks)} marked")
        if self.state.view.lens and self.reading:
            rows = map(self.reading.row, self.state.view.lens)
            found.append(f"lens: {' + '.join(row.title for row in rows if row)}")
        if self.state.zoomed:
            found.append("zoomed")
        return found

    def condition_met(self, need: str) -> bool:
        """Whether what an action needs is there."""
        pane = self.the_pane(self.state.view.pane)
        match need:
            case "past":
                return bool(self.state.past)
            case "future":
                return bool(self.state.future)
            case "row":
                return pane is not None and pane.line_count() > 0
            case "entry" | "place" | "words":
                return bool(self.selected())
            case "evidence":
                return self.reading is not None and has_evidence(self.reading, self.state.view.article)
        return True

    def selected(self) -> str:
        """Id of what the focused pane has under its cursor, else of the selected entry."""
        pane = self.the_pane(self.state.view.pane)
        return (pane.selected_entry() if pane is not None else "") or self.state.view.entry


def first_view(reading: Reading) -> View:
    """What is selected and open when a dossier is opened for the first time."""
    delegations = reading.listing("delegations", (), "written")
    entry = delegations.id_at(0) if len(delegations) else ""
    articles = reading.listing("articles", (), "latest")
    article = articles.id_at(0) if len(articles) else ""
    return View(entry=entry, article=article)


def has_evidence(reading: Reading, article: str) -> bool:
    """Whether anything in an article is annotated."""
    try:
        return bool(article and reading.article(article).evidence)
    except DossierError:
        return False
