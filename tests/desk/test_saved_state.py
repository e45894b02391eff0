"""Leaving and coming back finds the same place; a damaged memory costs one line, never the program."""

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.desk.state import BrowseState, Spot, View, go, look, toggle_mark
from dossier.desk.user import saved_state
from dossier.desk.user.saved_state import (
    SavedState,
    add_query,
    change_note,
    encode_state,
    file_of,
    fit,
    load,
    move_mark,
    named_ids,
    save,
)
from dossier.model.views import Filters


@pytest.fixture(autouse=True)
def _state(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def walk() -> SavedState:
    state = look(BrowseState(), entry="china", spots={"quotes": Spot("q1", 3, 1, ("x",))})
    state = go(
        state, pane="article", article="london", lens=("china",), filters=Filters(("direct",)), as_of="2025-05-31"
    )
    state = go(state, query="rare earth", searching=True, hit=2, sorts=(("quotes", "date"),))
    state = toggle_mark(state, ["china", "gone"])
    return SavedState(state=state, notes={"china": "ask", "gone": "?"}, queries=("rare earth",))


def test_what_was_kept_is_found_again(tmp_path):
    assert load(tmp_path) == (SavedState(root=str(tmp_path)), "")
    kept = walk()
    assert save(tmp_path, kept) == ""
    found, notice = load(tmp_path)
    assert notice == ""
    assert found == msgspec.structs.replace(kept, root=str(tmp_path))
    assert file_of(tmp_path).stat().st_mode & 0o777 == 0o600
    assert load(tmp_path / "other") == (SavedState(root=str(tmp_path / "other")), "")


def test_the_last_of_two_programs_wins_whole(tmp_path):
    save(tmp_path, walk())
    other = SavedState(root=str(tmp_path), state=toggle_mark(BrowseState(), ["xi"]))
    assert save(tmp_path, other) == ""
    assert load(tmp_path)[0] == other
    assert [path.name for path in file_of(tmp_path).parent.iterdir()] == [file_of(tmp_path).name], "no litter"


@given(st.data())
def test_a_damaged_file_is_left_aside_with_one_line(data):
    root = Path("/somewhere/dossier")
    save(root, walk())
    path = file_of(root)
    whole = path.read_bytes()
    at = data.draw(st.integers(0, len(whole)))
    change = data.draw(st.sampled_from([b"", b"\x00", b"}", b'"', b"9" * 30, b"[" * 5000, b"\xff"]))
    path.write_bytes(whole[:at] + change + whole[at + data.draw(st.integers(1, len(whole))) :])
    kept, notice = load(root)
    if notice:
        assert kept == SavedState(root=str(root))
        assert "\n" not in notice
    else:
        assert kept.root == str(root)
        assert isinstance(kept.state, BrowseState)


def test_another_dossiers_file_and_a_newer_program_s_are_not_taken(tmp_path):
    save(tmp_path, walk())
    told = json.loads(file_of(tmp_path).read_bytes())
    for change in ({"root": "/elsewhere"}, {"version": 9}):
        file_of(tmp_path).write_text(json.dumps(told | change), encoding="utf-8")
        kept, notice = load(tmp_path)
        assert kept == SavedState(root=str(tmp_path))
        assert "starts afresh" in notice


def test_what_no_longer_fits_is_let_go():
    kept, notice = fit(walk(), {"china", "london"})
    assert kept.state.marks == ("china",)
    assert kept.notes == {"china": "ask"}
    assert kept.state.view.lens == ("china",)
    assert notice == "1 entry that was marked is no longer in the dossier."
    assert named_ids(walk()) == {"china", "gone", "london"}
    empty, _ = fit(walk(), set())
    assert (empty.state.view.entry, empty.state.view.article, empty.state.view.lens) == ("", "", ())


def test_the_file_is_bounded_and_the_latest_of_the_trail_stays(monkeypatch):
    state = BrowseState()
    for number in range(300):
        state = go(state, entry=f"e{number}", query="x" * 50)
    kept = SavedState(state=state, queries=tuple(f"query {n}" for n in range(1000)))
    found = msgspec.json.decode(encode_state(kept), type=SavedState)
    assert found.state.past == state.past[-saved_state.TRAIL :]
    assert found.queries == kept.queries[: saved_state.QUERIES]
    monkeypatch.setattr(saved_state, "MOST_BYTES", 3000)
    small = encode_state(kept)
    assert len(small) <= 3000
    lean = msgspec.json.decode(small, type=SavedState)
    assert lean.state.view == state.view
    assert 0 < len(lean.state.past) < saved_state.TRAIL
    assert lean.state.past == state.past[-len(lean.state.past) :]


def test_marks_that_cannot_be_kept_are_told(monkeypatch, tmp_path):
    monkeypatch.setattr(saved_state, "MOST_BYTES", 400)
    many = SavedState(state=toggle_mark(BrowseState(view=View(entry="china")), [f"mark-{n}" for n in range(100)]))
    assert "more marks" in save(tmp_path, many)
    assert load(tmp_path)[0].state.view.entry == "china"


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    file_of(tmp_path).parent.parent.parent.mkdir(exist_ok=True)
    file_of(tmp_path).parent.parent.write_text("in the way")
    assert save(tmp_path, walk()).startswith("Where you are could not be kept for the next time: ")
    assert load(tmp_path)[0] == SavedState(root=str(tmp_path))


def test_the_basket_is_ordered_by_hand():
    marks = ("a", "b", "c", "d")
    assert move_mark(marks, "b", 1) == ("a", "c", "b", "d")
    assert move_mark(marks, "b", -5) == ("b", "a", "c", "d")
    assert move_mark(marks, "a", 99) == ("b", "c", "d", "a")
    assert move_mark(marks, "z", 1) == marks
    assert change_note({"a": "x"}, "b", "y") == {"a": "x", "b": "y"}
    assert change_note({"a": "x"}, "a", "  ") == {}
    assert add_query(("one", "two"), "two") == ("two", "one")
    assert add_query(("one",), " ") == ("one",)
