"""The timeline on the screen: in order, complete, and honest about what is not known of a date."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screen_text import lines_of, press, screen_of

from dossier.ui.drawing.row_layout import GroupedRows

SIZES = [(120, 40), (100, 30), (60, 20)]


def view(pilot):
    return pilot.app.screen.state.view


def timeline(pilot):
    return pilot.app.screen.the_pane("timeline")


@pytest.mark.parametrize("size", SIZES)
async def test_seven_shows_what_was_when_and_enter_goes_to_the_words(browsing, size):
    async with browsing(size=size) as pilot:
        await press(pilot, "timeline.show")
        assert any("┏7 Timeline by day" in line for line in lines_of(pilot.app))
        assert "April 2025" in screen_of(pilot.app)
        assert "◷ U.S. announces reciprocal tariffs" in screen_of(pilot.app)
        await press(pilot, "cursor.down", "entry.open")
        assert view(pilot).pane == "article"
        assert pilot.app.screen.the_pane("article").content.framed() is not None
        assert view(pilot).owner == timeline(pilot).rows.timeline.id_at(1)
        await press(pilot, "level.leave")
        assert view(pilot).pane == "timeline"
        assert timeline(pilot).rows.key_at(timeline(pilot).list.cursor) == timeline(pilot).rows.timeline.id_at(1)


async def test_every_item_is_there_once_in_the_order_of_the_desk(browsing):
    async with browsing() as pilot:
        await press(pilot, "timeline.show")
        found = pilot.app.screen.reading.desk.weighing.timeline()
        seen = []
        for _ in range(len(found)):
            seen.append(timeline(pilot).rows.key_at(timeline(pilot).list.cursor))
            await press(pilot, "cursor.down")
        assert seen == [item.id for item in found]


async def test_undated_items_come_last_and_lent_dates_say_whose_they_are(browsing):
    async with browsing() as pilot:
        await press(pilot, "timeline.show", "cursor.last")
        shown = screen_of(pilot.app)
        assert "Undated  no date given" in shown
        assert shown.index("Undated") < shown.index("Trump speaks of the talks at a White")
        assert "≈ the article's day · Donald Trump" in shown
        assert "◷ Second day of the talks (scheduled)" in shown
        assert "10:00 · Lancaster House, London" in shown


async def test_months_put_days_together_and_the_cursor_stays_on_its_item(browsing):
    async with browsing() as pilot:
        await press(pilot, "timeline.show", "cursor.last", "cursor.up")
        before = timeline(pilot).rows.key_at(timeline(pilot).list.cursor)
        await press(pilot, "timeline.group")
        assert "7 Timeline by month" in screen_of(pilot.app)
        assert timeline(pilot).rows.key_at(timeline(pilot).list.cursor) == before
        assert [group.label for group in timeline(pilot).rows.timeline.groups] == ["2025-04", "2025-05", "2025-06", ""]
        assert "2025-06-10 10:00" in screen_of(pilot.app)


async def test_the_lens_narrows_the_timeline_and_the_title_says_so(browsing):
    from msgspec.structs import replace

    async with browsing() as pilot:
        screen = pilot.app.screen
        await press(pilot, "timeline.show")
        screen.state = replace(screen.state, view=replace(screen.state.view, lens=("trump",)))
        await pilot.pause()
        assert "7 Timeline by day ─ Donald Trump" in screen_of(pilot.app)
        assert f"{len(timeline(pilot).rows.timeline)}/32" in screen_of(pilot.app)
        assert 0 < len(timeline(pilot).rows.timeline) < 32
        await press(pilot, "level.leave")
        assert len(timeline(pilot).rows.timeline) == 32


@given(st.lists(st.integers(1, 6), max_size=12), st.integers(1, 3))
def test_groups_stand_where_a_pile_of_lines_would(counts, height):
    stack = GroupedRows(counts, height)
    pile, items, row = [], [], 0
    for group, count in enumerate(counts):
        pile += [(row, part) for part in range(2 if group else 1)]
        row += 1
        for _ in range(count):
            pile += [(row, part) for part in range(height)]
            items.append(row)
            row += 1
    assert (stack.rows, stack.lines) == (row, len(pile))
    for number, place in enumerate(pile):
        assert stack.at(number) == place
    for row in range(stack.rows):
        assert pile[stack.line_of(row)] == (row, 0)
        assert stack.height_of(row) == sum(place[0] == row for place in pile)
        assert stack.is_heading(row) == (row not in items)
    assert [stack.row_of(item) for item in range(len(items))] == items
    assert [stack.item_of(row) for row in items] == list(range(len(items)))
