"""Someone who types must see exactly what was typed, and nothing pasted may act on the terminal."""

from hypothesis import given
from hypothesis import strategies as st

from dossier.model.clean import HOSTILE
from dossier.ui.widgets.line_input import MOST, LineState, insert, press

KEYS = ["left", "right", "home", "end", "backspace", "delete", "ctrl+a", "ctrl+e", "ctrl+w", "ctrl+u", "ctrl+k"]


@given(
    st.lists(
        st.one_of(
            st.sampled_from(KEYS).map(lambda key: ("key", key)), st.text(max_size=5).map(lambda text: ("text", text))
        )
    )
)
def test_the_cursor_stays_in_the_text_and_the_text_stays_inert(events):
    typed = LineState()
    for what, value in events:
        typed = insert(typed, value) if what == "text" else press(typed, value) or typed
        assert 0 <= typed.at <= len(typed.text) <= MOST
        assert not HOSTILE.search(typed.text)
        assert "\n" not in typed.text


@given(st.text("ab ", max_size=12), st.integers(0, 12), st.text("xy", max_size=4))
def test_what_is_typed_stands_at_the_cursor(text, at, more):
    typed = insert(LineState(text, min(at, len(text))), more)
    assert typed.text == text[:at] + more + text[at:]
    for _ in more:
        typed = press(typed, "backspace")
    assert typed == LineState(text, min(at, len(text)))


def test_a_word_is_deleted_with_the_space_behind_it():
    assert press(LineState("one two ", 8), "ctrl+w") == LineState("one ", 4)
    assert press(LineState("one", 3), "ctrl+w") == LineState("", 0)


@given(st.text("ab ", min_size=1, max_size=8), st.sampled_from(KEYS) | st.text("xy", min_size=1, max_size=3))
def test_a_text_chosen_as_a_whole_gives_way_to_what_is_typed_and_is_kept_by_a_key_that_moves(text, pressed):
    """As in every line that offers what was typed before: else the new query is appended to the old one."""
    chosen = LineState(text, len(text), whole=True)
    if pressed in KEYS:
        moves = pressed in ("left", "right", "home", "end", "ctrl+a", "ctrl+e")
        after = press(chosen, pressed)
        assert after.text == (text if moves else "")
        assert not after.whole
        assert press(chosen, "left").at == 0
        assert press(chosen, "right").at == len(text)
    else:
        assert insert(chosen, pressed) == LineState(pressed, len(pressed))


def test_other_keys_are_left_to_the_screen():
    assert press(LineState("a", 1), "escape") is None
