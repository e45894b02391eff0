"""What an edit and a lock do, counted: nobody waits for the same work twice."""

import pytest
from annotated_worlds import entries, make

from dossier.desk.annotate import workspace
from dossier.desk.desk import Desk
from dossier.model.locked import Locked
from dossier.store.sync import kept_rows

ANOTHER = {"kind": "quote", "article": "a", "text": "The engine is not built.", "id": "late"}


@pytest.fixture
def desk(tmp_path):
    desk = Desk.open(make(tmp_path, "block"))
    desk.anchoring.lock()
    yield desk
    desk.close()


def counted(monkeypatch, place, name):
    """Arguments of every call of a function from now on."""
    calls, function = [], getattr(place, name)
    monkeypatch.setattr(place, name, lambda *given, **named: calls.append(given) or function(*given, **named))
    return calls


def test_an_edit_tries_each_file_once_and_makes_its_rows_once(desk, monkeypatch):
    desk.annotations.write([{**ANOTHER, "text": "The talks began on Monday", "id": "early"}])
    tried, rows = counted(monkeypatch, workspace, "try_contents"), counted(monkeypatch, kept_rows, "rows_of")
    desk.annotations.write([ANOTHER])
    assert len(tried) == 1
    assert [sheet.file for sheet, *_ in rows] == ["articles/a.yaml"]
    desk.annotations.undo()
    assert len(rows) == 1


def test_a_file_with_an_error_is_tried_as_it_was_too(desk, monkeypatch):
    path = desk.root / "articles/a.yaml"
    path.write_text(path.read_text() + "  - {from: nobody, rel: opposes, to: engine}\n")
    desk.refresh()
    tried = counted(monkeypatch, workspace, "try_contents")
    desk.annotations.write([ANOTHER])
    assert len(tried) == 2
    assert "late" in entries(desk.root)


def test_the_lock_is_written_with_one_key_of_each_line_and_read_with_one(desk, monkeypatch):
    made = []
    key = Locked.anchor.fget
    monkeypatch.setattr(Locked, "anchor", property(lambda line: made.append(line) or key(line)))
    (desk.root / "dossier.lock").unlink()
    desk.refresh()
    done = desk.anchoring.lock()
    assert done.held == done.added == 2
    assert len(made) == 2 * done.held
    desk.anchoring.lock()
    assert len(made) == 3 * done.held
