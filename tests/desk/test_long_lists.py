"""A list of fifty thousand lines opens at once and is the same list as one that was read whole."""

import gc
import weakref

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossier.desk.desk import Desk
from dossier.desk.listing.keyed_places import KeyedPlaces
from dossier.desk.listing.listing import FirstPlaces, Listing
from dossier.desk.listing.lists import PANES
from dossier.store.catalogue.list_pages import OrderedEntries, numbers

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


ORDERS = [
    ("quotes", "written"),
    ("events", "written"),
    ("articles", "written"),
    ("articles", "latest"),
    ("people", "written"),
]


@pytest.fixture(scope="module")
def dated(tmp_path_factory):
    """The catalogue of a dossier whose articles have dates that are alike, missing and known in part."""
    folder = tmp_path_factory.mktemp("dated")
    (folder / "dossier.yaml").write_text(
        "format: 1\ndelegations: {s: {name: S, members: {p: {name: P}, q: {name: Q}}}}\nevents: {e: {name: E, when: 2025}}\n"
    )
    dates = ["", "2025-06-09", "2025-06", "2025-06-09", "", "2024~", "2025-06-10T12:00", "2025-06-09", "2025", ""]
    for number, date in enumerate(dates):
        published = f", published: '{date}'" if date else ""
        (folder / f"a{number}.txt").write_text(f"words number {number}\n")
        (folder / f"a{number}.yaml").write_text(
            f"article: a{number}\narticles: {{a{number}: {{file: a{number}.txt{published}}}}}\n"
            f"quotes: {{q{number}: {{text: words number {number}, speaker: p}}}}\n"
        )
    desk = Desk.open(folder)
    yield desk.texts.catalogue
    desk.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.sampled_from(ORDERS), size=st.integers(1, 4), data=st.data())
def test_any_walk_through_a_list_read_by_keys_finds_the_lines_of_the_whole(dated, order, size, data):
    pane, sort = order
    kinds = PANES[pane]
    whole = [(n, one, 0, ()) for n, one in numbers(dated, kinds, sort)]
    found = KeyedPlaces(OrderedEntries(dated, kinds[0], sort), len(whole), size)
    for _ in range(data.draw(st.integers(1, 6))):
        parts = slice(*data.draw(PARTS))
        assert found[parts] == whole[parts]
        at = data.draw(st.integers(0, len(whole) - 1))
        assert found[at] == whole[at]
        assert found[-1] == whole[-1]
        assert found.position(whole[at][1]) == at
    assert list(found) == whole
    assert found.position("s") is None


@pytest.mark.parametrize("order", ORDERS)
def test_a_jump_to_the_end_reads_one_block(dated, order):
    pane, sort = order
    entries = OrderedEntries(dated, PANES[pane][0], sort)
    assert OrderedEntries.exist(PANES[pane], sort)
    asked = []
    entries.first = lambda *_, **__: asked.append("first") or []
    read = entries.last
    entries.last = lambda most, **options: asked.append(most) or read(most, **options)
    found = KeyedPlaces(entries, entries.count(), 2)
    if len(found) > 4:
        assert found[-1] == list(numbers(dated, PANES[pane], sort))[-1] + (0, ())
        assert asked == [2 - len(found) % 2]
