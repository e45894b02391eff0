"""Someone who types must see exactly what was typed, and nothing pasted may act on the terminal."""

from hypothesis import given
from hypothesis import strategies as st

from dossier.model.clean import HOSTILE
from dossier.ui.editing import MOST, Typed, insert, press

KEYS = ["left", "right", "home", "end", "backspace", "delete", "ctrl+a", "ctrl+e", "ctrl+w", "ctrl+u", "ctrl+k"]


@given(
    st.lists(
        st.one_of(
            st.sampled_from(KEYS).map(lambda key: ("key", key)), st.text(max_size=5).map(lambda text: ("text", text))
        )
    )
)
def test_the_cursor_stays_in_the_text_and_the_text_stays_inert(events):
    typed = Typed()
    for what, value in events:
        typed = insert(typed, value) if what == "text" else press(typed, value) or typed
        assert 0 <= typed.at <= len(typed.text) <= MOST
        assert not HOSTILE.search(typed.text)
        assert "\n" not in typed.text


@given(st.text("ab ", max_size=12), st.integers(0, 12), st.text("xy", max_size=4))
def test_what_is_typed_stands_at_the_cursor(text, at, more):
    typed = insert(Typed(text, min(at, len(text))), more)
    assert typed.text == text[:at] + more + text[at:]
    for _ in more:
        typed = press(typed, "backspace")
    assert typed == Typed(text, min(at, len(text)))


def test_a_word_is_deleted_with_the_space_behind_it():
    assert press(Typed("one two ", 8), "ctrl+w") == Typed("one ", 4)
    assert press(Typed("one", 3), "ctrl+w") == Typed("", 0)


def test_other_keys_are_left_to_the_screen():
    assert press(Typed("a", 1), "escape") is None
