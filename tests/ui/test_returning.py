"""Coming back to a dossier, and to any place on the way: a reader who leaves must not lose where they were."""

import pytest
from screen_text import lines_of, press, screen_of, until

from dossier.desk.user import saved_state
from dossier.ui.work.setup import Setup

KEEPS = Setup(keeps=True)


def told(state):
    """All of a state but how often one moved."""
    views = (*state.past, state.view, *state.future)
    return [{**{name: getattr(view, name) for name in view.__struct_fields__}} for view in views], state.marks


async def leave(pilot):
    await press(pilot, "program.quit")


async def test_what_was_left_is_found_again(browsing, london):
    async with browsing(london, setup=KEEPS) as pilot:
        await press(
            pilot,
            "quotes.show",
            "cursor.last",
            "entry.mark",
            "entry.open",
            "evidence.next",
            "evidence.open",
            "cursor.down",
            "delegations.show",
            "cursor.down",
            "lens.set",
            "article.show",
            "evidence.next",
            "evidence.next",
            "links.show",
            "cursor.down",
            "view.back",
            "view.forward",
        )
        await press(pilot, "basket.show", "mark.note")
        await pilot.press(*"why now")
        await press(pilot, "dialog.accept", "links.show")
        screen = pilot.app.screen
        left = screen.state
        shown = screen_of(pilot.app).splitlines()[:-2]
        await leave(pilot)
    async with browsing(london, setup=KEEPS) as pilot:
        screen = pilot.app.screen
        await until(pilot, lambda: screen_of(pilot.app).splitlines()[:-2] == shown)
        assert screen.state.marks == left.marks
        assert screen.basket.notes == {left.marks[0]: "why now"}
        assert len(screen.state.past) == len(left.past)
        view = screen.state.view
        assert (view.pane, view.entry, view.owner, view.lens) == (
            left.view.pane,
            left.view.entry,
            left.view.owner,
            left.view.lens,
        )
        for _ in left.past:
            await press(pilot, "view.back")
        assert screen.state.view.pane == "quotes"
        assert screen.state.view.lens == ()


async def test_a_search_that_was_left_is_asked_again(browsing, london):
    async with browsing(london, setup=KEEPS) as pilot:
        await press(pilot, "search.open")
        await pilot.press(*"china")
        await until(
            pilot,
            lambda: pilot.app.screen.results.answer is not None and pilot.app.screen.results.answer.query == "china",
        )
        await press(pilot, "search.browse", "cursor.down", "cursor.down")
        key = pilot.app.screen.results.pane.rows.key_at(pilot.app.screen.results.pane.list.cursor)
        await leave(pilot)
    async with browsing(london, setup=KEEPS) as pilot:
        screen = pilot.app.screen
        await until(pilot, lambda: screen.results.pane is not None and screen.results.pane.rows.stack.rows > 2)
        await until(pilot, lambda: screen.results.pane.rows.key_at(screen.results.pane.list.cursor) == key)
        assert "/ china" in screen_of(pilot.app)


@pytest.mark.parametrize("text", [b"{", b"\xff\x00", b'{"version": 99}'])
async def test_a_damaged_file_is_told_in_one_line_and_the_dossier_opens(browsing, london, text):
    path = saved_state.file_of(london.resolve())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text)
    async with browsing(london, setup=KEEPS) as pilot:
        assert "could not be read" in screen_of(pilot.app)
        assert "1 Delegations" in screen_of(pilot.app)
        assert pilot.app.screen.state.view.entry == "united-states"


async def test_what_is_gone_from_the_dossier_is_let_go_and_told(browsing, london):
    async with browsing(london, setup=KEEPS) as pilot:
        await press(pilot, "quotes.show", "cursor.down", "entry.mark", "entry.open")
        marks = pilot.app.screen.state.marks
        await leave(pilot)
    root = london.resolve()
    state = saved_state.load(root)[0].state
    assert state.marks == marks
    from msgspec.structs import replace

    ghost = replace(state, marks=(*state.marks, "nobody"), view=replace(state.view, entry="nobody", article="nothing"))
    assert saved_state.save(root, saved_state.SavedState(state=ghost)) == ""
    async with browsing(london, setup=KEEPS) as pilot:
        assert "no longer in the dossier" in screen_of(pilot.app)
        assert pilot.app.screen.state.marks == marks
        assert pilot.app.screen.state.view.entry == "united-states"


async def test_a_run_that_keeps_nothing_writes_nothing(browsing, london):
    async with browsing(london) as pilot:
        await press(pilot, "quotes.show", "entry.open")
        await leave(pilot)
    assert not saved_state.file_of(london.resolve()).exists()


async def test_the_trail_is_listed_and_jumped_in(browsing):
    async with browsing() as pilot:
        await press(pilot, "trail.show")
        assert "nowhere else yet" in screen_of(pilot.app)
        await press(pilot, "quotes.show", "cursor.down")
        shown = lines_of(pilot.app)[:-2]
        await press(pilot, "entry.open", "evidence.open", "cursor.down", "entry.open")
        here = pilot.app.screen.state
        await press(pilot, "trail.show")
        assert "you are here" in screen_of(pilot.app)
        assert "3 back" in screen_of(pilot.app)
        await press(pilot, "cursor.last", "entry.open")
        assert lines_of(pilot.app)[:-2] == shown
        await press(pilot, "trail.show", "cursor.first", "entry.open")
        assert pilot.app.screen.state.view.entry == here.view.entry
