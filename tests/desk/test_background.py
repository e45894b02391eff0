"""What goes on behind the screen gives way to what a reader waits for."""

import threading

from dossier.desk import keeper
from dossier.desk.desk import Desk


def test_the_index_stands_still_while_a_changed_file_is_read(london, monkeypatch):
    """Else the change shows seconds later while an archive is indexed for the first time."""
    monkeypatch.setattr(keeper, "PATIENCE", 60)
    monkeypatch.setattr(keeper, "RETRY", 0)
    Desk.open(london).close()
    work = keeper._Work(london, "whoosh")
    reports, begun = [], threading.Event()
    monkeypatch.setattr(work._voice, "say", lambda report: (reports.append(report.state), begun.set()))
    work._at_rest.clear()
    indexing = threading.Thread(target=work._index)
    indexing.start()
    try:
        assert begun.wait(120)
        indexing.join(1)  # it would be done by now
        assert indexing.is_alive()
    finally:
        work._at_rest.set()
        indexing.join(120)
    assert reports[-2:] == ["indexed", "settled"]


def test_what_a_watcher_does_not_tell_of_is_read_a_little_later(london, monkeypatch):
    """A watcher looks at the files it tells of alone; what it lost would be missing for ever."""
    monkeypatch.setattr(keeper, "DOUBT", 0.01)
    work = keeper._Work(london, "whoosh")
    read = threading.Semaphore(0)
    monkeypatch.setattr(work._voice, "say", lambda report: report.state == "read" and read.release())
    monkeypatch.setattr(work, "_watch", lambda: None)
    monkeypatch.setattr(work, "_listen", lambda: None)
    monkeypatch.setattr(work, "_indexing", lambda: None)
    threading.Thread(target=work.run, daemon=True).start()
    assert read.acquire(timeout=120)
    told, lost = london / "told.yaml", london / "lost.yaml"
    lost.write_text("issues: {lost: {title: Lost}}\n", "utf-8")
    told.write_text("issues: {told: {title: Told}}\n", "utf-8")
    work._note([told])
    assert read.acquire(timeout=120)
    desk = Desk.open(london, refresh=False)
    while desk.entry("told") is None or desk.entry("lost") is None:
        assert read.acquire(timeout=120)
    desk.close()


def test_a_second_look_that_finds_nothing_says_nothing(london, monkeypatch):
    """Else the foot line shows "reading 0/1" until the next change: nothing tells it that the work is done."""
    work = keeper._Work(london, "whoosh")
    reports = []
    monkeypatch.setattr(work._voice, "say", reports.append)
    monkeypatch.setattr(keeper, "_SPEAK", 0)
    assert work._read()
    assert [one.state for one in reports[-1:]] == ["read"]
    reports.clear()
    file = london / "dossier.yaml"
    file.touch()  # so that it is read again, and is found to be the same
    work._unasked = True
    assert work._read()
    assert reports == []


def test_a_file_that_is_saved_unchanged_leaves_no_sign_of_work(london, monkeypatch):
    work = keeper._Work(london, "whoosh")
    reports = []
    monkeypatch.setattr(work._voice, "say", reports.append)
    monkeypatch.setattr(keeper, "_SPEAK", 0)
    monkeypatch.setattr(keeper, "RETRY", 0)
    for _ in range(2):
        (london / "dossier.yaml").touch()
        work._note([london / "dossier.yaml"])
        assert work._read()
        assert work._index()
        assert reports[-1].state == "settled"
