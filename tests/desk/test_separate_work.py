"""Documents and problems of a large dossier, from a process of its own: the same as here, and no process left."""

import subprocess
import sys

import pytest

from dossier.desk import separate
from dossier.desk.brief.requests import SHOWN, DocumentRequest, carry_out, make_beside
from dossier.desk.brief.scope import BriefScope
from dossier.desk.desk import Desk
from dossier.desk.separate import CancellationToken
from dossier.model.brief_options import BriefOptions
from dossier.model.problems import DossierError

WAITED = CancellationToken()
"""Work that somebody waits for to its end."""

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
    made = make_beside(desk, request_for(style=style, whole=True), WAITED)
    assert made == carry_out(desk, request_for(style=style, whole=True))
    assert made.length > 10_000
    assert len(started) == 1


def test_a_preview_carries_the_beginning_alone_and_the_file_has_all(beside, tmp_path, monkeypatch):
    desk, _ = beside
    monkeypatch.chdir(tmp_path)
    made = make_beside(desk, request_for(path="out.md"), WAITED)
    text = (tmp_path / "out.md").read_text()
    assert (made.length, made.text) == (len(text), text[:SHOWN])
    assert made.length > SHOWN


def test_marked_entries_and_a_refusal_are_as_here(beside, tmp_path):
    desk, started = beside
    quote = desk.listing("quotes")[0].id
    assert make_beside(desk, request_for("marked", marks=(quote,)), WAITED) == carry_out(
        desk, request_for("marked", marks=(quote,))
    )
    (tmp_path / "there.md").write_text("mine")
    for refused in (request_for(path=str(tmp_path / "there.md")), request_for(style="notes", form="html")):
        with pytest.raises(DossierError) as here:
            carry_out(desk, refused)
        with pytest.raises(DossierError) as told:
            make_beside(desk, refused, WAITED)
        assert str(told.value) == str(here.value)
    assert (tmp_path / "there.md").read_text() == "mine"
    assert len(started) == 3


def test_problems_are_those_that_are_found_here(beside):
    desk, started = beside
    (desk.root / "more.yaml").write_text("quotes:\n  q: {text: nowhere, at: {article: gone}, speaker: nobody}\n")
    desk.refresh()
    problems = desk.problems()
    assert len(problems) > 1
    assert separate.problems_of(desk, WAITED) == problems
    assert len(started) == 1


def test_where_nothing_can_be_kept_the_process_reads_what_is_known_here(london, tmp_path, monkeypatch):
    """A dossier read into a temporary folder, on a disk that is full or read-only, would else seem to be empty."""
    monkeypatch.setattr(separate, "LARGE", 0)
    (home := tmp_path / "temporary").mkdir()
    desk = Desk(london, home)
    try:
        desk.refresh()
        assert make_beside(desk, request_for(whole=True), WAITED) == carry_out(desk, request_for(whole=True))
        (london / "more.yaml").write_text("quotes:\n  q: {text: nowhere, at: {article: gone}, speaker: nobody}\n")
        desk.refresh()
        assert len(desk.problems()) > 1
        assert separate.problems_of(desk, WAITED) == desk.problems()
    finally:
        desk.close()


def test_a_process_that_is_ended_is_told_in_a_sentence(beside, monkeypatch):
    desk, _ = beside
    monkeypatch.setattr(separate.sys, "executable", "/bin/false")
    with pytest.raises(DossierError, match="was ended before it was done"):
        make_beside(desk, request_for(), WAITED)


def test_it_ends_with_the_one_who_asked(london):
    """Whoever closes the terminal while a document is made leaves no process behind."""
    waiting = (
        "import sys, time; from dossier.desk import separate_process as one\n"
        "one.answer_to = lambda task: print(flush=True) or time.sleep(600)\none.main()"
    )
    task = separate.line_of(separate.WorkRequest(str(london), "", "whoosh", separate.DOCUMENT, request_for()))
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
        assert make_beside(desk, request_for(), WAITED).length > 10_000
    finally:
        desk.close()
