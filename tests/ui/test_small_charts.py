"""Small charts say what they show in words too, leave no month out and never grow beyond their room."""

from hypothesis import given
from hypothesis import strategies as st
from screen_text import press, screen_of

from dossier.ui.drawing.small_charts import bars, bars_line, months, per_month, positions_line


@given(st.lists(st.integers(0, 1000), max_size=60), st.integers(1, 40))
def test_bars_fit_and_the_largest_is_full(counts, width):
    drawn = bars(counts, width) if any(counts) else ""
    assert len(drawn) <= width
    assert not drawn or "█" in drawn


def test_a_month_without_anything_is_a_gap():
    assert per_month([("2025-04-02", 1), ("2025-06", 2), ("2025", 9), ("", 4)]) == {
        "2025-04": 1,
        "2025-05": 0,
        "2025-06": 2,
    }
    assert bars_line([("2025-04-02", 1), ("2025-06", 2)], 80) == "▄ █ 2025-04 to 2025-06, most in 2025-06: 2"
    told = bars_line([("2025-04-02", 1), ("2025-06", 2), ("2025", 9), ("", 4)], 120)
    assert told == "▄ █ 2025-04 to 2025-06, most in 2025-06: 2; 9 with no month; 4 with no date"
    narrow = bars_line([("2025-04-02", 1), ("2025-06", 2), ("2025", 9), ("", 4)], 56)
    assert narrow == "▄ █ 2025-04 to 2025-06; 9 with no month; 4 with no date", "what has no place is never cut off"
    assert bars_line([("", 3)], 80) == ""
    assert months("2024-12", "2025-02") == ["2024-12", "2025-01", "2025-02"]


def test_positions_are_signs_by_month_and_words():
    held = [("2025-05-01", ("for",)), ("2025-06-09", ("against",)), ("2025-06-10", ("against",)), ("", ("for",))]
    assert positions_line(held) == "2025-05 + · 2025-06 − (for to against)"
    assert positions_line(held[:1]) == "2025-05 + (for)"
    assert positions_line([("2025-05", ())]) == ""


async def test_the_timeline_shows_bars_by_month_and_positions_under_a_lens_on_an_issue(browsing):
    async with browsing() as pilot:
        await press(pilot, "timeline.show")
        assert "2025-04 to 2025-06; 1 with no date" in screen_of(pilot.app)
        await press(pilot, "pane.zoom")
        assert "2025-04 to 2025-06, most in 2025-06" in screen_of(pilot.app)
        await press(pilot, "pane.zoom")
        pilot.app.screen.alter(lens=("rare-earths",))
        await pilot.pause()
        assert "United States 2025-06" in screen_of(pilot.app)
