"""One's own keys: a mistake in them is told with its place, and never takes a key or the program away."""

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from dossier.cli import main
from dossier.desk.user import configuration
from dossier.desk.user.configuration import Configuration, parse
from dossier.desk.user.keymaps import PRESETS, clashes, key_problem
from dossier.ui.keys.actions import ACTIONS

IDS = {action.id for action in ACTIONS}


def told(text, themes=None):
    found, problems = parse(text, ACTIONS, themes)
    return found, [(one.place.line, one.place.column, one.code, one.message, one.hint) for one in problems]


def test_everything_that_can_be_said_is_understood():
    found, problems = told(
        'theme = "nord"\nspacing = "roomy"\nlayout = "matrix"\nengine = "tantivy"\n'
        '[keys]\n"view.back" = ["C", "alt+left"]\nview.forward = "W"\nsearch.open = []\n',
        {"nord"},
    )
    assert problems == []
    assert found == Configuration(
        {"view.back": ("C", "alt+left"), "view.forward": ("W",), "search.open": ()},
        "nord",
        "roomy",
        "matrix",
        "tantivy",
    )


def test_an_unknown_action_is_told_with_the_nearest():
    found, ((line, column, code, _, hint),) = told('[keys]\n\n  "view.bakc" = "C"\n')
    assert (line, column, code, hint) == (3, 3, "unknown-action", "did you mean view.back?")
    assert found.keys == {}


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("ctrl+i", "cannot be told from Tab by a terminal"),
        ("ctrl+m", "cannot be told from Enter by a terminal"),
        ("hyper+x", "is no key"),
        ("Ctrl+X", "is written ctrl+x"),
        ("shift+a", "is written A"),
        ("foo", "is no key"),
        ("", "is empty"),
        ("g ctrl+i", "holds ctrl+i, which cannot be told from Tab by a terminal"),
    ],
)
def test_an_unusable_key_is_told(key, why):
    found, ((line, _, code, message, _),) = told(f'[keys]\n"view.back" = "{key}"\n')
    assert (line, code) == (2, "unusable-key")
    assert why in message
    assert found.keys == {}


def test_a_letter_is_not_taken_from_who_types():
    _, ((_, _, code, message, _),) = told('[keys]\n"search.leave" = "q"\n')
    assert code == "unusable-key"
    assert "typed here" in message


def test_two_actions_on_one_key_are_told_and_the_later_gives_way():
    found, ((line, _, code, message, _),) = told('[keys]\n"view.back" = "C"\n"view.forward" = "C"\n')
    assert (line, code) == (3, "key-taken")
    assert "view.back" in message
    assert "view.forward" in message
    assert found.keys == {"view.back": ("C",)}


def test_a_key_of_another_action_is_not_lost():
    found, ((_, _, code, message, _),) = told('[keys]\n"view.back" = "z"\n')
    assert code == "key-taken"
    assert "pane.zoom" in message
    assert found.keys == {}


def test_two_keys_may_be_swapped():
    found, problems = told('[keys]\n"view.back" = "]"\n"view.forward" = "["\n')
    assert problems == []
    assert found.keys == {"view.back": ("]",), "view.forward": ("[",)}


def test_a_pane_key_that_hides_a_global_one_is_told():
    found, ((_, _, code, message, _),) = told('[keys]\n"row.in" = "x"\n')
    assert code == "key-hides"
    assert "brief.export" in message
    assert found.keys == {}


def test_a_key_that_cuts_a_sequence_off_is_told():
    found, ((_, _, code, message, _),) = told('[keys]\n"view.back" = "g"\n')
    assert code == "key-cut-off"
    assert "cursor.first" in message
    assert found.keys == {}


@pytest.mark.parametrize("preset", PRESETS)
def test_the_ready_made_keymaps_fit_the_action_table(preset):
    keymap = PRESETS[preset]
    assert set(keymap) <= IDS
    assert [str(clash) for clash in clashes(ACTIONS, keymap)] == []
    scopes = {action.id: action.scopes for action in ACTIONS}
    assert [key for one, keys in keymap.items() for key in keys if key_problem(key, scopes[one])] == []
    found, problems = told(
        f'preset = "{preset}"\n[keys]\n"pane.zoom" = "Z"\n' if preset != "vim" else f'preset = "{preset}"\n'
    )
    assert problems == []
    assert found.keys.items() >= keymap.items()


def test_the_table_itself_has_no_clash_and_only_usable_keys():
    assert [str(clash) for clash in clashes(ACTIONS, {})] == []
    assert [(a.id, key) for a in ACTIONS for key in a.keys if key_problem(key, a.scopes)] == []


def test_wrong_words_and_settings_are_told_at_their_place():
    found, problems = told(
        'theme = "nrod"\nspacing = 3\nspacin = "roomy"\npreset = "vi"\n[keys]\n"view.back" = 7\n', {"nord", "gruvbox"}
    )
    assert found == Configuration()
    assert [(line, code) for line, _, code, _, _ in problems] == [
        (1, "unknown-theme"), (2, "wrong-type"), (3, "unknown-setting"), (4, "unknown-preset"), (6, "wrong-type"),
    ]  # fmt: skip
    assert problems[0][4] == "did you mean nord?"


def test_broken_toml_is_told_where_it_breaks():
    found, ((line, column, code, _, _),) = told('theme = "nord"\nspacing = \n')
    assert found == Configuration()
    assert (line, column, code) == (2, 11, "no-toml")


@given(
    st.text(max_size=200)
    | st.sampled_from(["[keys]\n", "keys = 3", "[[keys]]", "[keys.view]\nback = {a = 1}", "a=" * 50])
)
def test_no_file_stops_the_program(text):
    found, problems = parse(text, ACTIONS, {"nord"})
    assert isinstance(found, Configuration)
    assert all(one.place.line >= 1 for one in problems)


def test_the_file_is_read_from_the_users_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert configuration.read(ACTIONS) == (Configuration(), [])
    assert configuration.path() == tmp_path / "dossier" / "config.toml"
    configuration.path().parent.mkdir()
    configuration.path().write_text('spacing = "roomy"\n', encoding="utf-8")
    assert configuration.read(ACTIONS)[0].spacing == "roomy"
    configuration.path().write_bytes(b"#" * 200_000)
    assert [one.code for one in configuration.read(ACTIONS)[1]] == ["too-large"]
    configuration.path().unlink()
    configuration.path().mkdir()
    assert [one.code for one in configuration.read(ACTIONS)[1]] == ["unreadable"]


def test_the_command_names_the_file_and_what_is_wrong_in_it(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    configuration.path().parent.mkdir()
    configuration.path().write_text('[keys]\n"view.bakc" = "B"\n', encoding="utf-8")
    result = CliRunner().invoke(main, ["keys"])
    assert result.exit_code == 0
    assert result.stdout.endswith(f"Your own keys and looks: {configuration.path()}\n")
    assert (
        f"{configuration.path()}:2:1: error unknown-action: there is no action view.bakc (did you mean view.back?)"
        in (result.stderr)
    )
