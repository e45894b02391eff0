"""Each controller of the browse screen by itself, on a screen that is not there: what it is told, and what it answers."""

from functools import partial
from types import SimpleNamespace

import pytest
from textual import events

from dossier.desk.open import start
from dossier.desk.state import BrowseState, CellSelection, Spot, View, go, look
from dossier.desk.watcher import KeeperReport
from dossier.model.passages import Answer, Hit
from dossier.model.problems import Place
from dossier.ui.keys.actions import ACTIONS, NEEDS
from dossier.ui.keys.keymap import Keymap
from dossier.ui.messages import AnswerArrived, EntryOpened, Reported
from dossier.ui.screens.browse.annotation import AnnotationController
from dossier.ui.screens.browse.base import Controller, tables
from dossier.ui.screens.browse.basket import BasketController
from dossier.ui.screens.browse.changes import ChangeController
from dossier.ui.screens.browse.commands import CommandController
from dossier.ui.screens.browse.editing import EditorController
from dossier.ui.screens.browse.filters import FilterController
from dossier.ui.screens.browse.hints import HintController
from dossier.ui.screens.browse.levels import LevelController
from dossier.ui.screens.browse.live import LiveController
from dossier.ui.screens.browse.matrix import MatrixController
from dossier.ui.screens.browse.navigation import NavigationController
from dossier.ui.screens.browse.panes import PaneController
from dossier.ui.screens.browse.query_line import QueryLineController
from dossier.ui.screens.browse.results import ResultsController
from dossier.ui.screens.browse.screen import BrowseScreen
from dossier.ui.screens.browse.selection import SelectionController
from dossier.ui.screens.browse.session import SessionController
from dossier.ui.widgets.groups import Groups, HitGroup
from dossier.ui.widgets.hints import LinkTarget
from dossier.ui.work.annotator import AnnotationFailed
from dossier.ui.work.reading import Reading
from dossier.ui.work.setup import Setup


class FakeScreen:
    """A screen as controllers know it, without Textual, that records what they do."""

    def __init__(self, reading, **view):
        self.reading, self.state, self.keymap, self.setup = reading, BrowseState(View(**view)), Keymap(), Setup()
        self.controllers, self.message, self.focused, self.words = (), ("", ""), None, ""
        self.panes, self.said, self.posted, self.exits = {}, [], [], []
        self.app = SimpleNamespace(exit=lambda return_code: self.exits.append(return_code))

    def alter(self, **changes):
        self.state = look(self.state, **changes)

    def go(self, **changes):
        self.state = go(self.state, **changes)

    def remembered(self):
        return self.state

    def tell(self, text, _style=""):
        self.said.append(text)

    refuse = tell

    def selected(self):
        return self.state.view.entry

    def the_pane(self, name):
        return self.panes.get(name)

    def get_selected_text(self):
        return self.words

    def set_reactive(self, _reactive, state):
        self.state = state

    def clear_selection(self):
        self.words = ""

    def post_message(self, message):
        self.posted.append(message)

    def nothing(self, *_arguments):
        pass

    show_status = draw_at_once = draw_now = set_focus = keys_pending = call_after_refresh = nothing


@pytest.fixture(scope="module")
def reading(tmp_path_factory):
    import shutil
    from pathlib import Path

    folder = tmp_path_factory.mktemp("dossier") / "london"
    shutil.copytree(Path(__file__).parents[2] / "seeds" / "london-trade-talks", folder)
    desk = start(folder)
    yield Reading(desk)
    desk.close()


@pytest.fixture
def screen(reading):
    return FakeScreen(reading)


@pytest.fixture
def panes(screen):
    """Panes that are placed on no board."""
    controller = PaneController(screen)
    controller.place = lambda: None
    return controller


@pytest.fixture
def navigation(screen, panes):
    return NavigationController(screen, panes)


@pytest.fixture
def results(screen, navigation):
    controller = ResultsController(screen, navigation)
    controller._searcher = SimpleNamespace(last=7, drop=lambda: 8, ask_groups=lambda asked, _wanted: asked)
    return controller


def test_a_later_controller_does_more_for_an_action_and_every_handler_is_called():
    class One(Controller):
        def action_basket_show(self):
            return "one"

        def on_mount(self, _event):
            return "one"

    class Two(One):
        def conditions(self):
            return {"basket": lambda: True}

    actions, handlers, conditions = tables([One(None), Two(None)])
    assert isinstance(actions["action_basket_show"].__self__, Two)
    assert [handle(None) for handle in handlers["on_mount"]] == ["one", "one"]
    assert conditions["basket"]()


def test_every_condition_of_a_browse_action_is_answered_by_some_controller(reading):
    browse = BrowseScreen(reading, Keymap())
    needed = {action.needs for action in ACTIONS if "browse" in action.scopes} - {""}
    assert needed <= browse.conditions.keys() <= NEEDS.keys()


def test_opening_an_entry_goes_to_its_words_and_one_that_is_gone_is_refused(screen, navigation, reading):
    quote = reading.listing("quotes", (), "written").id_at(0)
    navigation.on_entry_opened(EntryOpened(quote))
    assert (screen.state.view.entry, screen.state.view.pane, len(screen.state.past)) == (quote, "article", 1)
    navigation.on_entry_opened(EntryOpened("nobody"))
    assert "no such entry" in screen.said[-1]
    assert screen.state.view.entry == quote


def test_beside_the_matrix_stand_statements_and_beside_the_article_quotes(screen, panes):
    panes.show_pane("matrix")
    assert (screen.state.view.centre, screen.state.view.side) == ("matrix", "statements")
    panes.show_pane("article")
    assert (screen.state.view.centre, screen.state.view.side) == ("article", "quotes")
    screen.alter(searching=True)
    panes.show_pane("article")
    assert screen.state.view.pane == "results"


def hit(number):
    return Hit(f"k{number}", f"e{number}", "quote", "", "", 0, "", (), 1.0)


def test_a_stale_answer_is_dropped_and_the_last_one_counted(screen, results):
    screen.alter(query="tariff")
    answer = Answer("tariff", "tariff", 2, (hit(0), hit(1)))
    groups = Groups([HitGroup("quote", 2, (hit(0), hit(1)))])
    results.on_answer_arrived(AnswerArrived(6, answer, groups))
    assert results.answer is None
    results.on_answer_arrived(AnswerArrived(7, answer, groups))
    assert results.facts() == ["2 hits"]
    assert results.conditions()["hits"]()
    screen.alter(hit=1)
    assert results.facts() == ["hit 2/2"]


class FakeLine:
    """An input line."""

    text = ""

    def fill(self, text):
        self.text = text


def test_older_queries_come_back_and_at_last_what_was_being_typed(screen, panes, navigation, results):
    line = FakeLine()
    screen.query_one = lambda *_: line
    query_line = QueryLineController(screen, panes, navigation, results)
    results.queries = ("china", "tariff")
    line.text = "rar"
    query_line.action_query_older()
    query_line.action_query_older()
    assert (line.text, results.asked.text) == ("tariff", "tariff")
    query_line.action_query_older()
    assert screen.said == ["Nothing was searched for before this."]
    query_line.action_query_newer()
    query_line.action_query_newer()
    assert line.text == "rar"


def test_while_a_file_is_broken_the_last_good_view_stays(screen, panes, navigation, results):
    live = LiveController(screen, panes, navigation, results)
    live.content = b"read"
    renewed = []
    live.renew = lambda **options: renewed.append(options)
    live.on_reported(Reported(KeeperReport("read", broken="/folder/day.yaml: not closed")))
    assert screen.said == ["The last good view stays: /folder/day.yaml: not closed"]
    assert live.facts() == ["✗ day.yaml is broken"]
    assert not renewed
    live.on_reported(Reported(KeeperReport("read")))
    assert (live.facts(), len(renewed)) == ([], 1)


def test_out_of_the_matrix_one_level_at_a_time(screen, panes, navigation):
    matrix = MatrixController(screen, panes, navigation)
    cell = CellSelection("usa", "tariffs")
    screen.alter(pane="matrix", centre="matrix", side="statements", cell=cell, as_of="2025-06-09", rival="china")
    left = []
    while matrix.leave_level():
        left.append((screen.state.view.rival, screen.state.view.as_of, screen.state.view.centre))
    assert left == [("", "2025-06-09", "matrix"), ("", "", "matrix"), ("", "", "article")]


def test_the_lens_goes_before_the_filters(screen, results, reading):
    filters = FilterController(screen, results)
    screen.alter(entry=reading.listing("delegations", (), "written").id_at(0), pane="delegations")
    filters.action_lens_set()
    screen.go(filters=type(screen.state.view.filters)(attributions=("direct",)))
    assert [fact.split(":")[0] for fact in filters.facts()] == ["only direct", "lens"]
    assert filters.leave_level()
    assert (screen.state.view.lens, bool(screen.state.view.filters)) == ((), True)
    assert filters.leave_level()
    assert not filters.leave_level()


def test_a_letter_follows_its_link_and_another_key_takes_the_letters_away(screen, panes):
    followed, drawn = [], []

    class FakePane:
        pane, leads, letter = "links", True, staticmethod(drawn.append)

        def links_in_sight(self):
            return [LinkTarget(1, y, partial(followed.append, y)) for y in (1, 2)]

    pane = FakePane()
    panes.mounted, panes.boxes = lambda: [pane], lambda _size: {"links": None}
    screen.query_one = lambda _cls: SimpleNamespace(size=None)
    hints = HintController(screen, panes)
    for key in ("a", "?"):
        hints.action_links_hint()
        label = next(iter(hints._links))
        event = events.Key(label if key == "a" else "question_mark", label if key == "a" else "?")
        hints.on_key(event)
        assert event._no_default_action
        assert drawn[-1] == {}
    assert followed == [1]
    event = events.Key("j", "j")
    hints.on_key(event)
    assert not event._no_default_action


def test_marks_are_put_on_and_taken_off(screen, panes):
    basket = BasketController(screen, panes)
    screen.alter(entry="he-lifeng")
    basket.action_entry_mark()
    assert screen.state.marks == ("he-lifeng",)
    assert basket.conditions()["basket"]()
    basket.action_entry_mark()
    assert (screen.state.marks, screen.said[-1]) == ((), "No longer marked.")


def test_where_one_was_is_there_the_next_time(reading, panes, results):
    first = FakeScreen(reading, pane="quotes", spots={"quotes": Spot(index=3)})
    first.setup, first.is_mounted, first.is_attached = Setup(keeps=True), True, False
    basket = BasketController(first, panes)
    session = SessionController(first, panes, results, basket)
    first.state = BrowseState(View(pane="quotes", spots={"quotes": Spot(index=3)}))
    basket.notes, results.queries = {"he-lifeng": "ask him"}, ("tariff",)
    session.leaving()
    second = FakeScreen(reading)
    second.setup, results.queries = Setup(keeps=True), ()
    basket = BasketController(second, panes)
    SessionController(second, panes, results, basket)
    assert second.state.view.spot("quotes").index == 3
    assert (dict(basket.notes), results.queries) == ({"he-lifeng": "ask him"}, ("tariff",))


def test_words_selected_with_the_mouse_are_the_innermost_level(screen, navigation):
    selection = SelectionController(screen)
    levels = LevelController(screen, [selection, navigation])
    screen.words = "not easy"
    levels.action_level_leave()
    assert (screen.words, screen.said) == ("", [])
    levels.action_level_leave()
    assert "outermost level" in screen.said[-1]
    levels.action_browser_close()
    assert screen.exits == [0]


def test_what_could_not_be_written_is_said_and_nothing_else_is_written_meanwhile(screen):
    selection = SelectionController(screen)
    annotation = AnnotationController(screen, selection, None)
    changes = ChangeController(screen, selection, annotation)
    annotation.writing = True
    changes.action_edit_undo()
    assert screen.said == ["The last change is still being written."]
    annotation.on_annotation_failed(AnnotationFailed("The disk is full."))
    assert (screen.said[-1], annotation.writing) == ("The disk is full.", False)


def test_the_selected_words_go_before_those_of_the_entry(screen, panes, reading):
    commands = CommandController(screen, panes, None, None)
    quote = reading.listing("quotes", (), "written").id_at(0)
    assert commands.words(quote)[0] == reading.own_evidence(quote).text
    screen.words = "by mouse"
    assert commands.words(quote)[0] == "by mouse"
    screen.words = ""
    commands.action_program_interrupt()
    assert screen.exits == [130]


def test_a_file_outside_the_dossier_is_not_opened(screen):
    EditorController(screen, None).edit(Place("../elsewhere.yaml", 1, 1))
    assert screen.said == ["That file lies outside the dossier."]
