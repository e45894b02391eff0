"""Lens, orders and filters: a reader who narrows must see by how much, through what, and get all of it back."""

import pytest
from screen_text import lines_of, press, screen_of, until


def view(pilot):
    return pilot.app.screen.state.view


def listed(pilot, name):
    pane = pilot.app.screen.the_pane(name)
    return [pane.rows.key_at(row) for row in range(pane.rows.stack.rows)]


async def test_a_lens_narrows_every_list_and_says_through_what_and_by_how_much(browsing):
    async with browsing() as pilot:
        quotes = listed(pilot, "quotes")
        await press(pilot, "cursor.down", "cursor.down", "cursor.down", "cursor.down", "lens.set")
        assert view(pilot).lens == ("trump",)
        assert set(listed(pilot, "quotes")) < set(quotes)
        titles = lines_of(pilot.app)[0]
        assert f"{len(listed(pilot, 'quotes'))}/{len(quotes)}" in titles
        assert "Delegations ─ Donal" in titles
        assert "lens: Donald Trump" in lines_of(pilot.app)[-2]


async def test_a_second_lens_narrows_further_and_escape_lifts_one_after_the_other(browsing):
    async with browsing() as pilot:
        whole = listed(pilot, "issues")
        await press(pilot, "lens.set", "issues.show")
        once = listed(pilot, "issues")
        await press(pilot, "cursor.down", "lens.set")
        assert len(view(pilot).lens) == 2
        twice = listed(pilot, "issues")
        assert set(twice) < set(once) < set(whole)
        await press(pilot, "level.leave")
        assert listed(pilot, "issues") == once
        await press(pilot, "level.leave")
        assert listed(pilot, "issues") == whole


async def test_the_same_key_on_the_same_entry_lifts_the_lens(browsing):
    async with browsing() as pilot:
        whole = listed(pilot, "quotes")
        await press(pilot, "lens.set", "lens.set")
        assert view(pilot).lens == ()
        assert listed(pilot, "quotes") == whole


async def test_going_back_over_a_lens_puts_every_list_where_it_was(browsing):
    async with browsing() as pilot:
        await press(
            pilot, "issues.show", "cursor.last", "quotes.show", "cursor.last", "delegations.show", "cursor.down"
        )
        shown = screen_of(pilot.app).splitlines()[:-2]
        await press(pilot, "lens.set", "cursor.down", "quotes.show", "cursor.last", "view.back")
        assert screen_of(pilot.app).splitlines()[:-2] == shown


async def test_orders_go_round_and_the_title_says_which(browsing):
    async with browsing() as pilot:
        written = listed(pilot, "quotes")
        await press(pilot, "quotes.show", "order.next")
        assert "Quotes by name" in screen_of(pilot.app)
        assert listed(pilot, "quotes") != written
        await press(pilot, "order.next", "order.next")
        assert listed(pilot, "quotes") == written
        await press(pilot, "links.show", "order.next")
        assert "one order only" in screen_of(pilot.app)


async def test_filters_narrow_to_what_was_said_directly_and_go_with_escape(browsing):
    async with browsing() as pilot:
        whole = listed(pilot, "quotes")
        await press(pilot, "quotes.show", "filters.choose", "choice.toggle", "entry.open")
        assert view(pilot).filters.attributions == ("direct",)
        desk = pilot.app.screen.reading.desk
        expected = [one for one in whole if desk.entry(one).text("attribution") in ("", "direct")]
        assert listed(pilot, "quotes") == expected
        assert "only direct" in lines_of(pilot.app)[-2]
        await press(pilot, "level.leave")
        assert listed(pilot, "quotes") == whole


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
async def test_a_date_that_is_none_is_told_and_nothing_is_narrowed(browsing, size):
    async with browsing(size=size) as pilot:
        await press(pilot, "filters.choose", "dialog.next")
        await pilot.press(*"June")
        await press(pilot, "dialog.accept")
        assert "June is no date" in screen_of(pilot.app)
        await press(pilot, "dialog.close")
        assert not view(pilot).filters


async def test_dates_the_wrong_way_round_are_told_and_nothing_is_narrowed(browsing):
    """Every list would be empty, and look as if there were nothing."""
    async with browsing() as pilot:
        await press(pilot, "filters.choose", "dialog.next")
        await pilot.press(*"2026")
        await press(pilot, "dialog.next")
        await pilot.press(*"2025-12")
        await press(pilot, "dialog.accept")
        assert "2026 comes after 2025-12" in screen_of(pilot.app)
        await press(pilot, "dialog.close")
        assert not view(pilot).filters


async def found(pilot, text):
    """Searches and waits for all of the answer."""
    await press(pilot, "search.open")
    await pilot.press(*text)
    return await answered(pilot, lambda answer: answer.query == text)


async def answered(pilot, holds):
    screen = pilot.app.screen
    await until(
        pilot, lambda: screen.results.answer is not None and not screen.results.busy and holds(screen.results.answer)
    )
    await pilot.pause()
    return screen.results.answer


def title(pilot):
    return next(line for line in lines_of(pilot.app) if "4 Results " in line and line[0] in "┏┌")


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
async def test_filters_narrow_what_is_found_and_the_title_says_so(browsing, size):
    """Else the reader who asked for direct words only is given hearsay by the search."""
    async with browsing(size=size) as pilot:
        whole = await found(pilot, "china")
        await press(pilot, "search.browse", "filters.choose", "choice.toggle", "dialog.accept")
        direct = await answered(pilot, lambda answer: answer.total != whole.total)
        assert view(pilot).filters.attributions == ("direct",)
        desk = pilot.app.screen.reading.desk
        expected = {hit.key for hit in whole.hits if hit.kind != "quote"} | {
            hit.key
            for hit in whole.hits
            if hit.kind == "quote" and desk.entry(hit.id).text("attribution") in ("", "direct")
        }
        assert {hit.key for hit in direct.hits} == expected
        assert f"{direct.total} hits" in screen_of(pilot.app)
        assert "Results ─ filtered" in title(pilot)
        await press(pilot, "view.back")
        again = await answered(pilot, lambda answer: answer.total == whole.total)
        assert again.counts == whole.counts
        assert "filtered" not in title(pilot)


async def test_a_lens_narrows_what_is_found_and_the_title_names_it(browsing):
    async with browsing() as pilot:
        await press(pilot, *["cursor.down"] * 4, "lens.set")
        narrowed = await found(pilot, "china")
        assert "Results ─ Donald Trump" in title(pilot)
        quotes = set(listed(pilot, "quotes"))
        assert {hit.id for hit in narrowed.hits if hit.kind == "quote"} <= quotes
        await press(pilot, "search.browse", "facet.include")
        only = await answered(pilot, lambda answer: answer.query != "china")
        assert only.facets == narrowed.facets, "the other kinds can still be chosen"
        await press(pilot, "facet.include")
        await answered(pilot, lambda answer: answer.total == narrowed.total)
        await press(pilot, "level.leave", "lens.set", "search.open")
        assert view(pilot).lens == ()
        await answered(pilot, lambda answer: answer.total > narrowed.total)
        assert "Donald" not in title(pilot)


async def test_nothing_found_through_a_lens_says_that_it_may_be_the_lens(browsing):
    async with browsing() as pilot:
        await press(pilot, *["cursor.down"] * 2, "lens.set")
        assert (await found(pilot, "rare-earth")).total == 0
        assert "Nothing found within the lens and the filters." in screen_of(pilot.app)
