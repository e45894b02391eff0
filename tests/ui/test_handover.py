"""Copies and the editor: words must arrive whole, and no file name may become a command."""

import base64
from pathlib import Path

import pytest
from screen_text import press, screen_of

from dossier.model.problems import DossierError
from dossier.ui.work import editor


async def test_a_terminal_that_cannot_copy_gets_a_file_and_says_so(browsing, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    async with browsing() as pilot:
        await press(pilot, "quotes.show", "cursor.down", "words.cite")
        path = pilot.app.screen.reading.desk.home / "copied.txt"
        words = path.read_text()
        assert words.startswith("United States, paraphrase, as the article reports it: a willingness to relax")
        assert "¶4" in words
        assert "This terminal has no clipboard" in screen_of(pilot.app)


async def test_the_terminal_gets_the_words_where_it_can_copy(browsing, monkeypatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.delenv("STY", raising=False)
    async with browsing() as pilot:
        written = []
        monkeypatch.setattr(pilot.app._driver, "write", written.append)
        await press(pilot, "quotes.show", "cursor.down", "words.copy")
        sent = next(text for text in written if text.startswith("\x1b]52;c;"))
        assert base64.b64decode(sent[7:-1]).decode().startswith("a willingness to relax")
        assert "to the terminal's clipboard, which does not answer; also in" in screen_of(pilot.app)


@pytest.mark.parametrize(
    ("setting", "command"),
    [
        ("vim", ["vim", "+7", "/d/a b.yaml"]),
        ("emacs -nw", ["emacs", "-nw", "+7", "/d/a b.yaml"]),
        ("code", ["code", "--wait", "--goto", "/d/a b.yaml:7"]),
        ("/usr/bin/hx", ["/usr/bin/hx", "/d/a b.yaml:7"]),
        ("'my editor' -x", ["my editor", "-x", "+7", "/d/a b.yaml"]),
    ],
)
def test_editors_open_the_line(setting, command):
    assert editor.command(Path("/d/a b.yaml"), 7, {"EDITOR": setting}) == command


def test_a_file_name_stays_one_argument_whatever_it_holds():
    path = Path("/d/$(rm -rf x); `y` && z.yaml")
    assert editor.command(path, 1, {"EDITOR": "vi"})[-1] == str(path)


def test_an_unreadable_setting_is_told():
    with pytest.raises(DossierError, match="EDITOR"):
        editor.command(Path("a"), 1, {"EDITOR": "vi 'open"})
