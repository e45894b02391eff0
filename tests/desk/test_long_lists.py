"""A list of fifty thousand lines opens at once and is the same list as one that was read whole."""

import gc
import weakref

from hypothesis import given
from hypothesis import strategies as st

from dossier.desk.desk import Desk
from dossier.desk.listing.listing import FirstPlaces, Listing

COUNTS = st.integers(0, 30)
PARTS = st.tuples(*[st.none() | st.integers(-35, 35)] * 2, st.none() | st.sampled_from((-3, -2, -1, 1, 2, 3)))


def places(count):
    return [(number, f"e{number}", 0, ()) for number in range(count)]


def first_of(count, known):
    reads = []

    def read():
        reads.append(count)
        return places(count)

    return FirstPlaces(places(count)[:known], count, read), reads


@given(COUNTS, st.integers(0, 30), PARTS)
def test_any_stretch_of_a_list_read_in_part_is_that_of_the_whole(count, known, parts):
    found, reads = first_of(count, known)
    assert found[slice(*parts)] == places(count)[slice(*parts)]
    assert list(found) == places(count)
    assert len(found) == count
    assert len(reads) <= 1


@given(st.integers(1, 30), st.integers(0, 30), st.data())
def test_any_line_of_a_list_read_in_part_is_that_of_the_whole(count, known, data):
    at = data.draw(st.integers(-count, count - 1))
    found, reads = first_of(count, known)
    assert found[at] == places(count)[at]
    assert bool(reads) == (at % count >= known)


def test_an_entry_of_the_first_page_or_of_another_kind_does_not_have_the_list_read():
    found, reads = first_of(30, 10)
    listing = Listing(found, 30, list, lambda entry: entry.startswith("e"))
    assert (listing.position("china"), reads) == (None, [])
    assert (listing.position("e9"), reads) == (9, [])
    assert (listing.position("e20"), reads) == (20, [30])


def test_lists_of_what_was_are_let_go_of_at_once(london):
    """Else a dossier that is edited while it is read takes more memory with every change."""
    desk = Desk.open(london)
    gc.disable()
    try:
        before = weakref.ref(desk.listing("quotes"))
        assert before() is not None
        desk.pin_snapshot()
        assert before() is None
    finally:
        gc.enable()
        desk.close()
