"""What goes on behind the screen gives way to what a reader waits for."""

import threading

from dossier.desk import background
from dossier.desk.desk import Desk


def test_the_index_stands_still_while_a_changed_file_is_read(london, monkeypatch):
    """Else the change shows seconds later while an archive is indexed for the first time."""
    monkeypatch.setattr(background, "PATIENCE", 60)
    monkeypatch.setattr(background, "RETRY", 0)
    Desk.open(london).close()
    work = background._Work(london, "whoosh")
    reports, begun = [], threading.Event()
    monkeypatch.setattr(work._voice, "say", lambda report: (reports.append(report.state), begun.set()))
    work._at_rest.clear()
    indexing = threading.Thread(target=work._index)
    indexing.start()
    try:
        assert begun.wait(30)
        indexing.join(1)  # it would be done by now
        assert indexing.is_alive()
    finally:
        work._at_rest.set()
        indexing.join(30)
    assert reports[-2:] == ["indexed", "settled"]
