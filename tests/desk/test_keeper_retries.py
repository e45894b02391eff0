"""The process behind, when nothing it tries can be done: it tries more and more rarely, says so once, and holds little."""

from pathlib import Path

import pytest

from dossier.desk import keeper
from dossier.desk.keeper import NOTED, RARELY, RETRY, _Work
from dossier.desk.watcher import KeeperReport
from dossier.model.problems import DossierError


@pytest.fixture
def said(monkeypatch):
    reports: list[KeeperReport] = []
    monkeypatch.setattr(keeper._Voice, "say", lambda _voice, report: reports.append(report))
    return reports


def fails():
    raise DossierError("The disk is full.")


def works():
    return True


def test_what_cannot_be_done_is_tried_more_and_more_rarely_and_told_once(said):
    work = _Work(Path(), "whoosh")
    pauses = [work._carry_out(fails) for _ in range(20)]
    assert pauses[:3] == [RETRY, 2 * RETRY, 4 * RETRY]
    assert pauses == sorted(pauses)
    assert pauses[-1] == RARELY
    assert [one.what for one in said] == ["The disk is full."]


def test_another_work_that_can_be_done_has_it_told_no_second_time(said):
    """Reading and indexing take turns: one may fail while the other does not."""
    work = _Work(Path(), "whoosh")
    work._carry_out(fails)
    assert work._carry_out(works) == 0
    assert work._carry_out(fails) == 2 * RETRY
    assert len(said) == 1


def test_once_it_was_done_the_next_failure_is_told_and_tried_soon(said):
    work, can = _Work(Path(), "whoosh"), iter([False, False, True, False])

    def read():
        return next(can) or fails()

    assert [work._carry_out(read) for _ in range(4)] == [RETRY, 2 * RETRY, 0, RETRY]
    assert len(said) == 2


def test_work_that_another_program_is_at_is_looked_at_again_soon(said):
    work = _Work(Path(), "whoosh")
    assert [work._carry_out(lambda: False) for _ in range(9)] == [RETRY] * 9
    assert said == []


def test_paths_that_change_while_nothing_can_be_read_are_not_heaped_up(said):
    work = _Work(Path(), "whoosh")
    work._changed = set()
    for number in range(3 * NOTED):
        work._note([Path(f"{number}.tmp")])
    assert work._changed is None
