"""Lines go into the lock at their places and out of it again, and every other line stays as it is."""

from hypothesis import given
from hypothesis import strategies as st

from dossier.model.locked import Locked
from dossier.store.sync import lock_edits, lockfile

LINES = st.builds(
    lambda owner, ordinal, start, text: Locked(owner, ordinal, "a", start, start + len(text), text, "", "", "0" * 64),
    st.sampled_from(["a", "ab", "a rel b", "é", "z"]),
    st.integers(0, 3),
    st.integers(0, 99),
    st.text(min_size=1, max_size=5),
)


@given(
    st.lists(LINES, max_size=8, unique_by=lambda line: lockfile.order(line)), st.lists(LINES, max_size=4), st.booleans()
)
def test_added_lines_stand_sorted_and_removed_they_leave_the_first_bytes(held, fresh, crlf):
    known = {lockfile.order(line) for line in held}
    fresh = list({lockfile.order(line): line for line in fresh if lockfile.order(line) not in known}.values())
    text = lockfile.render(held).encode()
    expected = lockfile.render([*held, *fresh]).encode()
    if crlf:
        text, expected = text.replace(b"\n", b"\r\n"), expected.replace(b"\n", b"\r\n")
    rows = [lock_edits.render_line(line) for line in fresh]
    edited = lock_edits.edit(text, [], rows)
    assert edited == expected
    assert lock_edits.edit(edited, [], rows) == edited
    assert lock_edits.edit(edited, rows, []) == text
    both = lock_edits.edit(text, [lock_edits.render_line(line) for line in held], rows)
    bare = lockfile.render(fresh).encode()
    assert both == (bare.replace(b"\n", b"\r\n") if crlf else bare)
    for line in fresh:
        found = lock_edits.matching(edited, lambda one, line=line: one == line, [line.owner])
        assert [one for _, one in found] == [line]


def test_a_lock_without_a_last_line_end_gets_one_where_a_line_follows():
    line = Locked("a", 0, "a", 0, 1, "x", "", "", "0" * 64)
    text = lockfile.render([]).rstrip("\n").encode()
    assert lock_edits.edit(text, [], [lock_edits.render_line(line)]) == lockfile.render([line]).encode()
