"""Documents of a large dossier, made in a process of their own: the same bytes, the same refusals, and no process left."""

import subprocess
import sys

import pytest

from dossier.desk.brief import separate
from dossier.desk.brief.scope import BriefScope
from dossier.desk.brief.separate import DocumentRequest, carry_out, make_beside
from dossier.desk.desk import Desk
from dossier.model.brief_options import BriefOptions
from dossier.model.problems import DossierError

PANES = ("delegations", "issues", "quotes", "links")


def request_for(scope="all", style="full", form="markdown", **fields):
    shown = BriefScope(query="tariffs", lens=("us-delegation",)) if scope == "shown" else BriefScope()
    marks = fields.pop("marks", ())
    return DocumentRequest(
        PANES, scope, shown, marks, {}, style, form, BriefOptions(author="\ud800 A. Writer"), **fields
    )


@pytest.fixture
def beside(london, monkeypatch):
    """London as a large dossier, and the processes that were started for it."""
    monkeypatch.setattr(separate, "LARGE", 0)
    started = []

    class Watched(subprocess.Popen):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    desk = Desk.open(london)
    yield desk, started
    desk.close()
    assert [process.poll() is None for process in started] == [False] * len(started)


@pytest.mark.parametrize("style", ["full", "brief", "notes"])
def test_a_process_makes_what_would_be_made_here(beside, style):
    desk, started = beside
    made = make_beside(desk, request_for(style=style, whole=True))
    assert made == carry_out(desk, request_for(style=style, whole=True))
    assert made.length > 10_000
    assert len(started) == 1


def test_a_preview_carries_the_beginning_alone_and_the_file_has_all(beside, tmp_path, monkeypatch):
    desk, _ = beside
    monkeypatch.chdir(tmp_path)
    made = make_beside(desk, request_for(path="out.md"))
    text = (tmp_path / "out.md").read_text()
    assert (made.length, made.text) == (len(text), text[: separate.SHOWN])
    assert made.length > separate.SHOWN


def test_marked_entries_and_a_refusal_are_as_here(beside, tmp_path):
    desk, started = beside
    quote = desk.listing("quotes")[0].id
    assert make_beside(desk, request_for("marked", marks=(quote,))) == carry_out(
        desk, request_for("marked", marks=(quote,))
    )
    (tmp_path / "there.md").write_text("mine")
    for refused in (request_for(path=str(tmp_path / "there.md")), request_for(style="notes", form="html")):
        with pytest.raises(DossierError) as here:
            carry_out(desk, refused)
        with pytest.raises(DossierError) as told:
            make_beside(desk, refused)
        assert str(told.value) == str(here.value)
    assert (tmp_path / "there.md").read_text() == "mine"
    assert len(started) == 3


def test_a_process_that_is_ended_is_told_in_a_sentence(beside, monkeypatch):
    desk, _ = beside
    monkeypatch.setattr(separate.sys, "executable", "/bin/false")
    with pytest.raises(DossierError, match="its process was ended"):
        make_beside(desk, request_for())


def test_it_ends_with_the_one_who_asked(london, monkeypatch):
    """Whoever closes the terminal while a document is made leaves no process behind."""
    waiting = (
        "import sys, time; from dossier.desk.brief import separate\n"
        "separate._answer = lambda task: print(flush=True) or time.sleep(600)\nseparate.main()"
    )
    task = separate._line_of(separate._Task(str(london), "whoosh", request_for()))
    with subprocess.Popen(
        [sys.executable, "-c", waiting], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            process.stdin.write(f"{task}\n")
            process.stdin.flush()
            assert process.stdout.readline() == "\n"
            process.stdin.close()
            assert process.wait(60) == 0
        finally:
            process.kill()


def test_a_small_dossier_starts_no_process(london, monkeypatch):
    desk = Desk.open(london)
    try:
        monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a process is started"))
        assert make_beside(desk, request_for()).length > 10_000
    finally:
        desk.close()
