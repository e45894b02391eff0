"""Copied words arrive where they can be pasted from, say where that is, and command no terminal on the way."""

import base64
from pathlib import Path

from dossier.desk.brief.clipboard import MOST, citation, describe_copy, prepare_copy, source_text
from dossier.desk.desk import Desk

FILE = Path("/home/someone/copied.txt")


def test_a_terminal_takes_them_by_osc_52():
    copy = prepare_copy("US–China", {"TERM": "xterm-256color"}, FILE)
    assert copy.sequence == f"\x1b]52;c;{base64.b64encode('US–China'.encode()).decode()}\a"
    assert copy.path == FILE
    assert describe_copy(copy) == (
        "Sent 8 characters to the terminal's clipboard, which does not answer; also in /home/someone/copied.txt."
    )


def test_tmux_and_screen_pass_them_on():
    inner = f"\x1b]52;c;{base64.b64encode(b'words').decode()}\a"
    copy = prepare_copy("words", {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, FILE)
    assert copy.sequence == "\x1bPtmux;" + inner.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    assert copy.tmux
    assert describe_copy(copy, buffered=True).startswith("Copied 5 characters to tmux: prefix ] pastes.")
    assert "Copied" not in describe_copy(copy, buffered=False)
    long = prepare_copy("x" * 1000, {"TERM": "screen", "STY": "1.pts"}, FILE).sequence
    pieces = [piece.removeprefix("\x1bP") for piece in long.split("\x1b\\") if piece]
    assert all(len(piece) <= 200 for piece in pieces)
    assert base64.b64decode("".join(pieces).split(";")[2].rstrip("\a")) == b"x" * 1000


def test_what_the_terminal_cannot_take_goes_into_a_file_and_says_so():
    for environment, text in (({"TERM": "linux"}, "words"), ({}, "words"), ({"TERM": "xterm"}, "x" * (MOST + 1))):
        copy = prepare_copy(text, environment, FILE)
        assert copy.sequence == ""
        assert copy.path == FILE
        assert copy.text == text
        assert str(FILE) in describe_copy(copy)
        assert "opied" not in describe_copy(copy).replace("copied.txt", "")


def test_words_from_an_article_cannot_act():
    copy = prepare_copy("a\x1b]52;c;ZXZpbA==\ab", {"TERM": "xterm"}, FILE)
    assert "\x1b" not in copy.text
    assert "\x1b" not in base64.b64decode(copy.sequence[7:-1]).decode()


def test_a_citation_names_the_source_and_doubt(seed):
    desk = Desk.open(seed)
    article = desk.entry("london-day-one")
    (evidence,) = desk.evidence_of("trump-not-easy")
    assert citation(evidence.text, article, evidence) == (
        "“China is not easy to deal with.” (US, China hold trade talks in London, 2025-06-10, ¶8)"
    )
    assert citation("so", None) == "“so”"
    assert source_text(article) == "US, China hold trade talks in London, 2025-06-10"
    desk.close()


def test_evidence_that_needs_a_look_says_so_in_its_citation(london):
    path = london / "articles" / "2025-06-10-london.txt"
    path.write_text(
        path.read_text(encoding="utf-8").replace("not easy to deal", "never simple to deal"), encoding="utf-8"
    )
    desk = Desk.open(london)
    (evidence,) = desk.evidence_of("trump-not-easy")
    assert not evidence.sound
    assert citation("China is not easy to deal with.", desk.entry("london-day-one"), evidence).endswith(
        f"; {evidence.status}, not evidence)"
    )
    desk.close()


def test_a_citation_names_the_speaker_and_puts_no_paraphrase_into_their_mouth():
    assert citation("We met.", None, speaker="Scott Bessent", attribution="direct") == "Scott Bessent: “We met.”"
    for attribution in ("paraphrase", "inferred"):
        cited = citation("they had met", None, speaker=f"Scott Bessent, {attribution}", attribution=attribution)
        assert cited == f"Scott Bessent, {attribution}, as the article reports it: they had met"
        assert "“" not in cited
