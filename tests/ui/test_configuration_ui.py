"""One's own keys and looks: what the file says is what the browser does, and what is wrong in it is told."""

import string

import pytest
from click.testing import CliRunner
from driving import driven
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from screen_text import lines_of, screen_of, until
from textual.theme import BUILTIN_THEMES

from dossier.cli import main
from dossier.desk.desk import Desk
from dossier.model.anchors import GLYPHS
from dossier.model.problems import DossierError
from dossier.search.engines.table import ENGINES, INDEXED
from dossier.ui.drawing import text
from dossier.ui.drawing.ascii import ascii_only, has_unicode
from dossier.ui.work.setup import chosen

SIZES = [(120, 40), (100, 30), (60, 20)]


@pytest.fixture
def configured(monkeypatch, tmp_path):
    """The settings that a configuration file gives."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("COLORFGBG", raising=False)
    monkeypatch.delenv("LC_ALL", raising=False)
    (tmp_path / "config" / "dossier").mkdir(parents=True)

    def write(words, **options):
        (tmp_path / "config" / "dossier" / "config.toml").write_text(words)
        return chosen(**options)

    yield write
    text.set_ascii(False)


def running(folder, setup, size=(120, 40)):
    from msgspec.structs import replace

    return driven(folder, size, replace(setup, live=False))


def ground(app):
    """The colour under the article's text."""
    return app.screen.the_pane("article").background_colors[1].hex


async def test_ones_own_key_does_it_and_stands_in_the_footer(configured, seed):
    setup = configured('[keys]\n"search.open" = ["f2", "ctrl+f"]\n')
    async with running(seed, setup) as pilot:
        await pilot.pause()
        assert "F2 search" in lines_of(pilot.app)[-1]
        await pilot.press("slash")
        assert not pilot.app.screen.state.view.searching
        await pilot.press("f2")
        assert pilot.app.screen.state.view.searching


async def test_a_ready_made_keymap_goes_under_ones_own_keys(configured, seed):
    setup = configured('preset = "emacs"\n[keys]\n"cursor.up" = "alt+p"\n')
    async with running(seed, setup) as pilot:
        await pilot.press("ctrl+n", "ctrl+n")
        assert pilot.app.screen.the_pane("delegations").list.cursor == 2
        await pilot.press("alt+p")
        assert pilot.app.screen.the_pane("delegations").list.cursor == 1


async def test_what_is_wrong_is_told_in_one_line_and_the_rest_holds(configured, seed):
    setup = configured('spacing = "roomy"\ntheme = "norf"\n[keys]\n"view.bakc" = "B"\n"search.open" = "f2"\n')
    async with running(seed, setup) as pilot:
        await until(pilot, lambda: "did you mean nord?" in screen_of(pilot.app))
        assert "config.toml:2" in screen_of(pilot.app)
        assert "1 more: see dossier keys" in screen_of(pilot.app)
        assert pilot.app.theme == "dossier"
        assert pilot.app.screen.the_pane("quotes").rows.gap == 1
        await pilot.press("f2")
        assert pilot.app.screen.state.view.searching


def test_the_command_names_every_problem_of_the_file(configured):
    configured('theme = 3\n[keys]\n"view.bakc" = "B"\n')
    result = CliRunner().invoke(main, ["keys"])
    assert "config.toml" in result.output
    assert "view.back" in result.output
    assert "theme" in result.stderr


@pytest.mark.parametrize("theme", [*BUILTIN_THEMES, "dossier"])
async def test_every_theme_works(configured, seed, theme):
    setup = configured(f'theme = "{theme}"\n')
    assert not setup.notice
    async with running(seed, setup) as pilot:
        await pilot.press("3", "j", "enter")
        await pilot.pause()
        assert pilot.app.theme == theme
        assert "4 Article" in screen_of(pilot.app)
        assert pilot.app.current_theme.dark == (theme not in LIGHT)


LIGHT = {name for name, theme in BUILTIN_THEMES.items() if not theme.dark}


async def test_a_light_theme_is_light_from_the_first_screen_on(configured, seed):
    setup = configured('theme = "textual-light"\n')
    async with running(seed, setup) as pilot:
        await pilot.pause()
        assert int(ground(pilot.app)[1:3], 16) > 0xC0


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("spacing", ["compact", "roomy"])
async def test_spacing_changes_the_space_and_cuts_no_line(configured, seed, spacing, size):
    setup = configured(f'spacing = "{spacing}"\n')
    async with running(seed, setup, size) as pilot:
        await pilot.press("3", "j", "j")
        await pilot.pause()
        quotes = pilot.app.screen.the_pane("quotes")
        assert quotes.rows.gap == (spacing == "roomy")
        assert all(cell_len(line) == size[0] for line in lines_of(pilot.app))
        for row in range(quotes.rows.stack.rows):
            last = quotes.rows.stack.line_of(row) + quotes.rows.stack.height_of(row) - 1
            drawn = "".join(segment.text for segment in quotes.content.content_line(last, quotes.size.width - 2))
            assert (not drawn.strip()) == (spacing == "roomy")


@pytest.mark.parametrize(
    ("layout", "pane"),
    [("lists", "delegations"), ("article", "article"), ("matrix", "matrix"), ("timeline", "timeline")],
)
async def test_a_dossier_opens_with_what_one_wants_first(configured, seed, layout, pane):
    setup = configured(f'layout = "{layout}"\n')
    async with running(seed, setup) as pilot:
        await until(pilot, lambda: pilot.app.screen.state.view.pane == pane)
        assert not pilot.app.screen.state.past


def test_the_engine_of_the_command_line_goes_before_that_of_the_file(configured):
    pytest.importorskip("tantivy")
    assert configured('engine = "tantivy"\n').engine == "tantivy"
    assert configured('engine = "tantivy"\n', engine="whoosh").engine == "whoosh"
    assert configured("").engine == "whoosh"


def test_an_engine_that_is_not_installed_is_told(configured, monkeypatch):
    monkeypatch.setattr("dossier.ui.work.setup.find_spec", lambda _name: None)
    setup = configured('engine = "tantivy"\n')
    assert setup.engine == "whoosh"
    assert "not installed" in setup.notice
    with pytest.raises(DossierError, match="not installed"):
        configured("", engine="tantivy")


@pytest.mark.parametrize("engine", INDEXED)
def test_commands_take_the_engine_of_the_option_or_of_the_file(configured, london, engine):
    pytest.importorskip(ENGINES[engine].library or "dossier")
    run = CliRunner()
    configured("")
    assert run.invoke(main, ["index", str(london), "--engine", engine]).exit_code == 0
    asked = run.invoke(main, ["search", "rare", "-d", str(london), "--engine", engine])
    configured(f'engine = "{engine}"\n')
    assert run.invoke(main, ["search", "rare", "-d", str(london)]).stdout == asked.stdout
    home = Desk.open(london)
    assert (home.home / engine).is_dir()
    home.close()


def test_the_larger_engine_is_suggested_to_who_has_many_passages_and_to_nobody_else(london, monkeypatch, configured):
    configured("")
    assert "tantivy" not in CliRunner().invoke(main, ["index", str(london)]).stderr
    monkeypatch.setattr("dossier.desk.search.service.LARGE", 10)
    assert "--engine tantivy" in CliRunner().invoke(main, ["index", str(london)]).stderr


@pytest.mark.parametrize(
    ("environment", "forced", "unicode"),
    [
        ({}, True, True),
        ({"LANG": "C.UTF-8"}, False, True),
        ({"LANG": "de_DE.utf8"}, False, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True, False),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False, True),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, True, False),
        ({"LANG": "en_US.ISO-8859-1", "LC_CTYPE": "C.UTF-8"}, True, False),
    ],
)
def test_the_locale_tells_what_the_terminal_has(environment, forced, unicode):
    assert has_unicode(environment, forced=forced) is unicode


@given(st.text() | st.text(alphabet="┌─┐│━✓↷≠?✗“”…¶é李何ｱ́\u200d👩‍🚀" + string.printable))
def test_plain_text_is_ascii_and_as_wide_as_before(words):
    plain = ascii_only(words)
    assert plain.isascii()
    assert len(plain) == cell_len(words) or words.isascii()


def test_the_states_of_evidence_stay_apart_in_ascii():
    assert len({ascii_only(glyph) for glyph in GLYPHS.values()}) == len(GLYPHS)


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_but_ascii_goes_to_a_terminal_that_has_no_more(seed, size, monkeypatch, configured):
    monkeypatch.setenv("LC_ALL", "C")
    setup = configured("")
    assert setup.ascii
    async with running(seed, setup, size) as pilot:
        for keys in ("3", "4", "5", "6", "7", "?"):
            await pilot.press(keys)
            await pilot.pause()
            assert screen_of(pilot.app).isascii()
            assert all(len(line) == size[0] for line in lines_of(pilot.app))


@pytest.mark.parametrize("size", SIZES)
async def test_without_colour_the_place_is_still_told(seed, size, monkeypatch, configured):
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(seed, configured(""), size) as pilot:
        await pilot.press("3", "j")
        await pilot.pause()
        lines = lines_of(pilot.app)
        assert any("┏3 Quotes" in line for line in lines)
        assert any("▌" in line for line in lines)
