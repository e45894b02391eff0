"""A list that counts its lines wrongly shows the wrong row under the cursor."""

from hypothesis import given
from hypothesis import strategies as st

from dossier.ui.drawing.row_layout import EvenRows, Folds, RowRuns, UnevenRows


@given(st.lists(st.integers(1, 5), max_size=30))
def test_rows_of_many_heights_stand_where_a_pile_of_them_would(heights):
    stack = UnevenRows(heights)
    pile = [(row, part) for row, height in enumerate(heights) for part in range(height)]
    assert stack.lines == len(pile)
    for line, place in enumerate(pile):
        assert stack.at(line) == place
    for row, height in enumerate(heights):
        assert pile[stack.line_of(row)] == (row, 0)
        assert stack.height_of(row) == height


@given(st.integers(1, 40), st.integers(1, 4), st.integers(-5, 200))
def test_even_rows_are_uneven_rows_of_one_height(rows, height, line):
    even, uneven = EvenRows(rows, height), UnevenRows([height] * rows)
    assert even.lines == uneven.lines
    assert even.at(line) == uneven.at(line)


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 4)), max_size=8), st.integers(-5, 200))
def test_runs_of_rows_are_uneven_rows_with_their_heights(runs, line):
    heights = [height for count, height in runs for _ in range(count)]
    in_runs, uneven = RowRuns(runs), UnevenRows(heights)
    assert (in_runs.rows, in_runs.lines) == (uneven.rows, uneven.lines)
    assert in_runs.at(line) == uneven.at(line)
    assert [in_runs.line_of(row) for row in range(len(heights) + 1)] == [
        uneven.line_of(row) for row in range(len(heights) + 1)
    ]
    assert [*map(in_runs.height_of, range(len(heights)))] == heights


@given(st.integers(0, 40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5))
def test_folded_rows_are_skipped_and_lead_to_the_row_they_are_folded_into(total, ranges):
    ranges = [(max(start, 1), min(end, total)) for start, end in ranges]
    ranges = [(start, end) for start, end in ranges if start < end]
    hidden = {index for start, end in ranges for index in range(start, end)}
    folds = Folds(total, ranges)
    seen = [index for index in range(total) if index not in hidden]
    assert folds.count == len(seen)
    assert [folds.index_at(place) for place in range(folds.count)] == seen
    for index in range(total):
        place = folds.place_of(index)
        expected = index if index not in hidden else max(one for one in seen if one < index)
        assert seen[place] == expected
