"""Lines go into the lock at their places and out of it again, and every other line stays as it is."""

from hypothesis import given
from hypothesis import strategies as st

from dossier.model.resolving import Locked
from dossier.store import lock, lock_edits

LINES = st.builds(
    lambda owner, ordinal, start, text: Locked(owner, ordinal, "a", start, start + len(text), text, "", "", "0" * 64),
    st.sampled_from(["a", "ab", "a rel b", "é", "z"]),
    st.integers(0, 3),
    st.integers(0, 99),
    st.text(min_size=1, max_size=5),
)


@given(st.lists(LINES, max_size=8, unique_by=lambda line: lock.order(line)), st.lists(LINES, max_size=4), st.booleans())
def test_added_lines_stand_sorted_and_removed_they_leave_the_first_bytes(held, fresh, crlf):
    known = {lock.order(line) for line in held}
    fresh = list({lock.order(line): line for line in fresh if lock.order(line) not in known}.values())
    text = lock.render(held)
    expected = lock.render([*held, *fresh])
    if crlf:
        text, expected = text.replace("\n", "\r\n"), expected.replace("\n", "\r\n")
    rows = [lock_edits.rendered(line) for line in fresh]
    edited = lock_edits.edit(text, [], rows)
    assert edited == expected
    assert lock_edits.edit(edited, [], rows) == edited
    assert lock_edits.edit(edited, rows, []) == text
    for line in fresh:
        found = lock_edits.matching(edited, lambda one, line=line: one == line, [line.owner])
        assert [one for _, one in found] == [line]


def test_a_lock_without_a_last_line_end_gets_one_where_a_line_follows():
    line = Locked("a", 0, "a", 0, 1, "x", "", "", "0" * 64)
    text = lock.render([]).rstrip("\n")
    assert lock_edits.edit(text, [], [lock_edits.rendered(line)]) == lock.render([line])
