"""A theme is seen before it is chosen, kept when it is, and gone again when it is not."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screen_text import press, screen_of, until

from dossier.desk.user.preferences import with_theme


async def open_themes(pilot):
    screen = pilot.app.screen
    await press(pilot, "theme.choose")
    await until(pilot, lambda: pilot.app.screen is not screen)


async def test_moving_shows_a_theme_and_escape_takes_it_back(browsing):
    async with browsing() as pilot:
        await open_themes(pilot)
        await pilot.press("j")
        await until(pilot, lambda: pilot.app.theme == "dossier-light")
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.theme == "dossier"


async def test_enter_keeps_the_theme_for_the_next_time(browsing, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    async with browsing() as pilot:
        await open_themes(pilot)
        await pilot.press("j", "enter")
        await until(pilot, lambda: pilot.app.theme == "dossier-light")
        assert "Theme dossier-light, kept in" in screen_of(pilot.app)
    assert tomllib.loads((tmp_path / "dossier" / "config.toml").read_text()) == {"theme": "dossier-light"}


LINES = st.lists(
    st.sampled_from(['spacing = "roomy"', "# a remark", "", 'layout="matrix"', "  # theme = 3"]), unique=True
)


@given(LINES, st.booleans(), st.booleans())
def test_all_else_in_the_file_stays(lines, themed, tabled):
    lines = [*lines, *(['theme = "nord"'] if themed else []), *(["[keys]", '"view.back" = "B"'] if tabled else [])]
    text = "\n".join(lines)
    changed = with_theme(text, "dracula")
    assert tomllib.loads(changed) == {**tomllib.loads(text), "theme": "dracula"}
    kept = [line for line in changed.splitlines() if not line.startswith("theme = ")]
    assert kept == [line for line in text.splitlines() if not line.startswith("theme = ")]


def test_a_file_that_is_no_toml_is_left_alone():
    with pytest.raises(ValueError, match=r"line 1|end of"):
        with_theme("theme = ", "nord")
