"""Copies and the editor: words must arrive whole, and no file name may become a command."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.model.clean import HOSTILE, clean
from dossier.model.problems import DossierError
from dossier.ui import clipboard, editor


@given(st.text(max_size=300))
def test_a_terminal_gets_the_words_and_no_other_control_sequence(text):
    plain = clipboard.sequence(clean(text), {"TERM": "xterm"})
    assert plain.startswith("\x1b]52;c;")
    assert plain.endswith("\a")
    body = plain[7:-1]
    assert not HOSTILE.search(body)
    assert base64.b64decode(body).decode() == clean(text)


def test_tmux_passes_the_sequence_on():
    wrapped = clipboard.sequence("a", {"TMUX": "/tmp/x"})
    assert wrapped == "\x1bPtmux;\x1b" + clipboard.sequence("a", {}) + "\x1b\\"


@pytest.mark.parametrize("term", ["dumb", "linux", ""])
def test_a_terminal_that_cannot_copy_gets_a_file_and_says_so(tmp_path, monkeypatch, term):
    monkeypatch.setenv("TERM", term)
    written = []
    said = clipboard.copy("words", written.append, tmp_path / "home" / "copied.txt")
    assert not written
    assert (tmp_path / "home" / "copied.txt").read_text() == "words"
    assert str(tmp_path / "home" / "copied.txt") in said


def test_words_too_long_for_a_terminal_go_into_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    written = []
    clipboard.copy("x" * (clipboard.MOST + 1), written.append, tmp_path / "copied.txt")
    assert not written
    assert (tmp_path / "copied.txt").stat().st_size == clipboard.MOST + 1


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
