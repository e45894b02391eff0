"""Back means back: a reader who follows links must find everything as it was left."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dossier.desk.state import (
    BrowseState,
    Spot,
    View,
    back,
    fit_to_dossier,
    forward,
    go,
    jump,
    look,
    narrow,
    previous,
    remember,
    toggle_mark,
    widen,
)

IDS = st.sampled_from(["trump", "china", "tariffs", "a-quote"])
SPOTS = st.dictionaries(
    st.sampled_from(["quotes", "issues"]), st.builds(Spot, IDS, st.integers(0, 9), st.integers(0, 99))
)
CHANGES = st.fixed_dictionaries(
    {}, optional={"entry": IDS, "pane": st.sampled_from(["quotes", "article"]), "query": st.text(max_size=3)}
)


@given(st.lists(st.tuples(SPOTS, CHANGES), max_size=12))
def test_every_view_on_the_way_back_equals_the_one_on_the_way_out(steps):
    state = BrowseState()
    seen = []
    for spots, changes in steps:
        state = remember(state, spots)
        onward = go(state, **changes)
        if onward.view != state.view:
            seen.append(state.view)
        state = onward
    last = state.view
    while state.past:
        state = back(state)
        assert state.view == seen[len(state.past)]
    for expected in [*seen[1:], *([last] if seen else [])]:
        state = forward(state)
        assert state.view == expected


@given(st.lists(CHANGES, max_size=8), st.integers(-9, 9))
def test_a_jump_is_as_many_steps(steps, by):
    state = BrowseState()
    for changes in steps:
        state = go(state, **changes)
    middle = state
    for _ in range(len(steps) // 2):
        middle = back(middle)
    stepped = middle
    for _ in range(abs(by)):
        stepped = forward(stepped) if by > 0 else back(stepped)
    assert jump(middle, by).view == stepped.view


def test_a_new_branch_cuts_off_what_lay_ahead():
    state = go(go(BrowseState(), entry="a"), entry="b")
    state = go(back(state), entry="c")
    assert state.future == ()
    assert [view.entry for view in state.past] == ["", "a"]


def test_moving_a_cursor_is_no_stop_on_the_way():
    assert look(BrowseState(), entry="a").past == ()


def test_previous_goes_to_and_fro():
    state = go(go(BrowseState(), entry="a"), entry="b")
    there = previous(state)
    assert there.view.entry == "a"
    assert previous(there).view.entry == "b"
    assert previous(previous(previous(there))).view.entry == "b"


@given(st.lists(IDS, unique=True), IDS)
def test_marking_twice_leaves_no_mark_and_keeps_the_order_of_the_others(marks, entry):
    state = BrowseState(marks=tuple(mark for mark in marks if mark != entry))
    marked = toggle_mark(state, [entry])
    assert marked.marks == (*state.marks, entry)
    assert toggle_mark(marked, [entry]) == state


def test_a_second_lens_narrows_further_and_the_same_one_again_lifts_it():
    state = narrow(narrow(BrowseState(), "china"), "tariffs")
    assert state.view.lens == ("china", "tariffs")
    assert narrow(state, "tariffs").view.lens == ("china",)
    assert widen(state).view.lens == ("china",)


def test_what_is_gone_from_a_dossier_is_let_go_everywhere():
    state = go(BrowseState(View(entry="gone", lens=("gone", "here")), marks=("gone", "here")), entry="here")
    fitted = fit_to_dossier(state, {"here"})
    assert fitted.view.entry == "here"
    assert fitted.past[0] == replace(state.past[0], entry="", lens=("here",))
    assert fitted.marks == ("here",)
