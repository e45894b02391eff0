"""One table of actions: a key that clashes, lies or leads nowhere would be noticed by readers first."""

import subprocess
import sys

import pytest
from msgspec.structs import replace

from dossier.desk.user.keymaps import clashes
from dossier.ui.keys.actions import ACTIONS, BY_ID, NEEDS, SCOPES, keys_page, method
from dossier.ui.keys.keymap import Keymap
from dossier.ui.keys.names import key_name, show


def test_ids_are_unique_and_named_noun_dot_verb():
    assert len(BY_ID) == len(ACTIONS)
    for action in ACTIONS:
        noun, _, verb = action.id.partition(".")
        assert noun.isalpha()
        assert verb.replace("-", "").isalpha()


def test_no_two_actions_share_a_key_where_both_hold():
    assert [str(clash) for clash in clashes(ACTIONS, {})] == []


@pytest.mark.parametrize(
    ("action", "keys", "told"),
    [
        ("entry.mark", ("x",), "is a key of"),
        ("entry.mark", ("g",), "cuts off"),
        ("evidence.next", ("x",), "hides that of brief.export"),
    ],
)
def test_a_clash_is_told(action, keys, told):
    changed = [replace(one, keys=keys) if one.id == action else one for one in ACTIONS]
    assert any(told in str(clash) for clash in clashes(changed, {}))


def test_every_action_is_said_in_a_sentence_and_needs_only_what_is_known():
    for action in ACTIONS:
        assert action.says[0].isupper()
        assert action.says.endswith(".")
        assert action.label
        assert not action.needs or action.needs in NEEDS
        assert set(action.scopes) <= set(SCOPES)


def test_tab_is_never_taken_by_its_other_name_and_ctrl_d_never_deletes():
    keys = {key for action in ACTIONS for key in action.keys}
    assert "ctrl+i" not in keys
    assert not [action for action in ACTIONS if "ctrl+d" in action.keys and "down" not in action.id]


def test_no_letter_does_anything_while_someone_types():
    typing = [key for action in ACTIONS if {"typing", "everywhere"} & set(action.scopes) for key in action.keys]
    assert not [key for key in typing if len(key.split("+")[-1]) == 1 and "ctrl" not in key]


def test_every_action_has_a_method_where_its_keys_hold(seed):
    from dossier.desk.open import start
    from dossier.ui.app import DossierApp
    from dossier.ui.panes import PANES
    from dossier.ui.screens.browse.screen import BrowseScreen
    from dossier.ui.screens.export import ExportScreen
    from dossier.ui.screens.prompt import Prompt
    from dossier.ui.screens.review import ReviewQueue
    from dossier.ui.screens.triage import Triage
    from dossier.ui.widgets.choices import Choices
    from dossier.ui.widgets.dialog import Dialog
    from dossier.ui.widgets.performers import performers
    from dossier.ui.work.reading import Reading

    dialog = Dialog(Keymap())
    browse = BrowseScreen(Reading(start(seed)), Keymap())
    screens = [BrowseScreen, ExportScreen, ReviewQueue, Prompt, Triage, Dialog]
    owners = [DossierApp, *screens, Choices, *(one for pane in PANES.values() for one in performers(pane()))]
    for action in ACTIONS:
        name = method(action.id)
        assert name in browse.actions or name in dialog.actions or any(hasattr(owner, name) for owner in owners), (
            action.id
        )


def test_a_sequence_waits_for_its_second_key():
    keymap = Keymap()
    assert keymap.resolve(("list", "browse"), ("g",)).pending
    assert keymap.resolve(("list", "browse"), ("g", "g")).action == "cursor.first"
    assert keymap.resolve(("list", "browse"), ("g", "j")) == keymap.resolve(("none",), ("j",))


def test_a_keymap_moves_an_action_to_another_key():
    keymap = Keymap({"search.open": ("ctrl+s ctrl+f", "f")})
    assert keymap.resolve(("browse",), ("/",)).action == ""
    assert keymap.resolve(("browse",), ("ctrl+s", "ctrl+f")).action == "search.open"
    assert keymap.shown("search.open") == "Ctrl+S Ctrl+F"


@pytest.mark.parametrize(
    ("key", "character", "name"),
    [("left_square_bracket", "[", "["), ("upper_j", "J", "J"), ("ctrl+d", "\x04", "ctrl+d"), ("space", " ", "space"),
     ("enter", "\r", "enter"), ("question_mark", "?", "?")],
)  # fmt: skip
def test_keys_are_named_as_people_write_them(key, character, name):
    assert key_name(key, character) == name


def test_keys_are_shown_as_people_write_them():
    assert [show(key) for key in ("g g", "ctrl+d", "shift+tab", "alt+left", "J")] == [
        "gg", "Ctrl+D", "Shift+Tab", "Alt+←", "J",
    ]  # fmt: skip


def test_the_keys_page_names_every_action_and_loads_no_textual():
    page = keys_page()
    assert all(action.id in page for action in ACTIONS)
    code = "import sys; from dossier.ui.keys.actions import keys_page; keys_page(); print('textual' in sys.modules, 'rich' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["False", "False"]
