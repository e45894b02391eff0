"""A reader's whole way and back: whoever follows links, narrows, searches and weighs must find the way back unbroken."""

from screen_text import lines_of, press, until

PANES = {"delegations", "issues", "quotes", "article", "links", "results", "matrix", "statements"}


def told(view):
    """All of a view that tells where one is, but for the spots."""
    return {name: getattr(view, name) for name in view.__struct_fields__ if name != "spots"}


async def seen(pilot):
    """Return where one is: the view, where each pane in sight stands, and what the screen shows above its bars."""
    await pilot.pause()
    screen = pilot.app.screen
    in_sight = [pane for pane in screen.panes.mounted() if pane.region.area and pane.pane in PANES]
    spots = {pane.pane: pane.spot() for pane in in_sight}
    return told(screen.state.view), spots, lines_of(pilot.app)[:-4]


async def settled(pilot, search=False):
    screen = pilot.app.screen
    if search:
        await until(
            pilot, lambda: screen.results.answer is not None and screen.results.answer.query == screen.state.view.query
        )
    await pilot.pause()


async def test_nine_steps_out_and_nine_steps_back_are_the_same(browsing):
    async with browsing() as pilot:
        screen = pilot.app.screen
        way = []

        async def step(*keys, search=False):
            """Notes where one is, and goes on."""
            await settled(pilot, search=screen.state.view.searching)
            before = len(screen.state.past)
            way.append(await seen(pilot))
            await pilot.press(*keys)
            await settled(pilot, search=search)
            assert len(screen.state.past) == before + 1, (keys, len(way))

        await press(pilot, "quotes.show", "cursor.down", "cursor.down")
        await step("enter")  # a quote, in the article
        await press(pilot, "evidence.next", "evidence.next", "evidence.next")
        await step("enter")  # what rests on the framed words
        await press(pilot, "cursor.down")
        await step("enter")  # along a link
        await press(pilot, "cursor.down", "cursor.down")
        await step("enter")  # along another
        await press(pilot, "cursor.down")
        await step("l")  # to its words
        await press(pilot, "delegations.show", "cursor.first")
        await step("f")
        await press(pilot, "issues.show", "cursor.down", "cursor.down")
        await step("f")
        assert len(screen.state.view.lens) == 2
        await step("slash", *"export")
        await settled(pilot, search=True)
        await press(pilot, "search.browse", "cursor.down")
        await step("enter")
        assert screen.state.view.pane == "article"
        await press(pilot, "matrix.show")
        await until(pilot, lambda: screen.matrix.pane is not None and screen.matrix.pane.content.chart is not None)
        while not screen.matrix.pane.content.crossing():
            await pilot.press("l")
        await pilot.press("l") if not screen.state.view.cell else None
        await step("enter")
        assert screen.state.view.pane == "statements"
        assert len(way) == 10

        for out in reversed(way[1:]):
            await press(pilot, "view.back")
            await settled(pilot, search=screen.state.view.searching)
            back = await seen(pilot)
            assert back[0] == out[0]
            assert back[1] == out[1]
            assert back[2] == out[2]

        ahead = len(screen.state.future)
        assert ahead == 9
        for _ in range(ahead):
            await press(pilot, "view.forward")
        await pilot.pause()
        assert screen.state.view.pane == "statements"
