"""The browse screen: the panes and bars of one dossier, put together from its controllers."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from dossier.ui.keys.keymap import Keymap
from dossier.ui.screens.browse.annotation import AnnotationController
from dossier.ui.screens.browse.base import BrowseBase, tables
from dossier.ui.screens.browse.basket import BasketController
from dossier.ui.screens.browse.changes import ChangeController
from dossier.ui.screens.browse.commands import CommandController
from dossier.ui.screens.browse.editing import EditorController
from dossier.ui.screens.browse.filters import FilterController
from dossier.ui.screens.browse.hints import HintController
from dossier.ui.screens.browse.levels import LevelController
from dossier.ui.screens.browse.list_filter import ListFilterController
from dossier.ui.screens.browse.live import LiveController
from dossier.ui.screens.browse.matrix import MatrixController
from dossier.ui.screens.browse.navigation import NavigationController
from dossier.ui.screens.browse.panes import PaneController
from dossier.ui.screens.browse.query_line import QueryLineController
from dossier.ui.screens.browse.results import ResultsController
from dossier.ui.screens.browse.selection import SelectionController
from dossier.ui.screens.browse.session import SessionController
from dossier.ui.widgets.bars import Footer, Status, Tabs, TooSmall
from dossier.ui.widgets.board import Board
from dossier.ui.widgets.line_input import LineEdit
from dossier.ui.widgets.query_line import Understood
from dossier.ui.work.reading import Reading
from dossier.ui.work.setup import Setup


class BrowseScreen(BrowseBase):
    """The screen with the panes. What can be done on it is in its controllers."""

    def __init__(self, reading: Reading, keymap: Keymap, setup: Setup | None = None) -> None:
        super().__init__(reading, keymap, setup)
        self.panes = PaneController(self)
        self.navigation = NavigationController(self, self.panes)
        self.results = ResultsController(self, self.navigation)
        self.query_line = QueryLineController(self, self.panes, self.navigation, self.results)
        self.live = LiveController(self, self.panes, self.navigation, self.results)
        self.matrix = MatrixController(self, self.panes, self.navigation)
        self.filters = FilterController(self, self.results)
        self.list_filter = ListFilterController(self)
        self.hints = HintController(self, self.panes)
        self.basket = BasketController(self, self.panes)
        self.editor = EditorController(self, self.live)
        self.commands = CommandController(self, self.panes, self.query_line, self.basket)
        self.session = SessionController(self, self.panes, self.results, self.basket)
        self.selection = SelectionController(self)
        self.annotation = AnnotationController(self, self.selection, self.live)
        self.changes = ChangeController(self, self.selection, self.annotation)
        searching = (self.results, self.query_line)
        levels = (self.selection, self.basket, self.list_filter, self.filters, self.matrix, *searching, self.navigation)
        self.controllers = (
            *(self.panes, self.basket, self.matrix, *searching, self.navigation, self.session, self.live, self.filters),
            *(self.list_filter, self.hints, self.editor, self.commands, self.selection, self.annotation, self.changes),
            LevelController(self, levels),
        )
        self.actions, self.handlers, self.conditions = tables(self.controllers)

    def compose(self) -> ComposeResult:
        """Bars, and those panes that every layout shows sooner or later."""
        self.classify(self.app.size, update=False)
        yield Tabs()
        with Board(self.panes.boxes):
            yield from self.panes.first_panes()
        with Horizontal(id="bottom"):
            yield LineEdit("/ ", "words, “phrases”, -not, speaker:name", id="search")
            yield Status()
        yield Understood()
        yield Footer()
        yield TooSmall()

    def on_mount(self, _event: events.Mount) -> None:
        """Place the panes for the first time."""
        self.set_class(self.setup.roomy, "-roomy")
        self.panes.place()
        self.show_status()
