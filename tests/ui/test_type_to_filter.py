"""Narrowing a list by typing, going to a cell of the matrix, and what the matrix says of its numbers and its sides."""

from screen_text import lines_of, press, screen_of, until

from dossier.desk.desk import Desk
from dossier.desk.matrix.agreement import Agreements


def view(pilot):
    return pilot.app.screen.state.view


def ids(pilot, pane):
    listing = pilot.app.screen.the_pane(pane).rows.listing
    return [listing.id_at(at) for at in range(len(listing))]


async def test_a_list_is_narrowed_while_one_types_and_escape_shows_all_again(browsing):
    async with browsing() as pilot:
        whole, base = ids(pilot, "quotes"), pilot.app.screen
        await press(pilot, "quotes.show", "rows.filter")
        await pilot.press(*"market")
        await pilot.pause()
        listing = base.the_pane("quotes").rows.listing
        narrowed = [listing.id_at(at) for at in range(len(listing))]
        assert narrowed == [one for one in whole if "market" in base.reading.row(one).title.casefold()]
        assert narrowed
        assert narrowed != whole
        await pilot.press("escape")
        await pilot.pause()
        assert ids(pilot, "quotes") == whole
        await press(pilot, "rows.filter")
        await pilot.press(*"trump", "enter")
        await pilot.pause()
        rows = [pilot.app.screen.reading.row(one) for one in ids(pilot, "quotes")]
        assert rows
        assert all("Trump" in row.detail + row.title for row in rows)
        assert "“trump”" in lines_of(pilot.app)[0]
        await press(pilot, "level.leave")
        assert ids(pilot, "quotes") == whole


async def test_what_enter_does_with_the_rows_left_is_said_to_the_end_on_60_columns(browsing):
    async with browsing(size=(60, 20)) as pilot:
        await press(pilot, "quotes.show", "rows.filter")
        await pilot.press(*"trump")
        await pilot.pause()
        assert "/14 · Enter keeps them, Esc shows all again " in screen_of(pilot.app)
        await pilot.press(*" like to keep")
        await pilot.pause()
        assert " 1/14 · Enter opens it, Esc shows all again " in screen_of(pilot.app)
        await press(pilot, "dialog.accept")
        assert view(pilot).pane == "article"


async def test_a_search_that_finds_nothing_says_what_may_find_more(browsing):
    async with browsing(size=(60, 20)) as pilot:
        await press(pilot, "search.open")
        await pilot.press(*"zzqq")
        await until(pilot, lambda: "Nothing found: Ctrl+T changes how words match." in screen_of(pilot.app))


async def test_nothing_that_matches_says_so_and_which_key_helps(browsing):
    async with browsing() as pilot:
        await press(pilot, "issues.show", "rows.filter")
        await pilot.press(*"zzz", "enter")
        await pilot.pause()
        pane = pilot.app.screen.the_pane("issues")
        assert pane.rows.empty == "No row here has “zzz”: Escape lifts that."
        assert "lifts that." in screen_of(pilot.app), "all of it can be read in a narrow pane"


async def test_the_matrix_opens_at_what_is_selected_and_types_to_a_column(browsing):
    async with browsing() as pilot:
        quote = next(row for row in pilot.app.screen.reading.desk.listing("quotes") if "keep the" in row.title)
        pilot.app.screen.alter(entry=quote.id, pane="links")
        await pilot.pause()
        await press(pilot, "matrix.show")
        await until(pilot, lambda: view(pilot).cell.issue == "china-market-access" or view(pilot).cell.issue != "")
        issues = [row.other for row in pilot.app.screen.reading.view(quote.id).links if row.relation == "about"]
        cell = pilot.app.screen.the_pane("matrix").content.crossing()
        assert (cell.delegation, cell.issue) == ("united-states", issues[0])
        await press(pilot, "rows.filter")
        await pilot.press(*"gene", "enter")
        await pilot.pause()
        issue = pilot.app.screen.the_pane("matrix").content.crossing().issue
        assert pilot.app.screen.reading.row(issue).title == "Geneva agreement"


def test_rows_and_sum_of_a_cell_agree_or_the_difference_is_told(london):
    desk = Desk.open(london)
    matrix = desk.weighing.matrix()
    for (side, issue), cell in matrix.cells.items():
        assert desk.weighing.statements(side, issue).counted == cell.tally.statements


def test_sides_agree_where_both_have_the_same_clear_stance(london):
    desk = Desk.open(london)
    matrix = desk.weighing.matrix()
    found = Agreements(matrix)
    for left in found.sides:
        for right in found.sides:
            one = found.of(left.id, right.id)
            assert one.agree == found.of(right.id, left.id).agree
            for issue in (*one.agree, *one.differ):
                held = [{"for", "against"} & set(matrix.cell(side.id, issue.id).tally.stance) for side in (left, right)]
                assert all(len(stance) == 1 for stance in held)
                assert (held[0] == held[1]) == (issue in one.agree)
    assert any(found.of(left.id, right.id).agree for left in found.sides for right in found.sides)


async def test_links_follow_the_results_and_the_next_hit_goes_on_from_the_last(browsing):
    async with browsing() as pilot:
        screen = pilot.app.screen
        await press(pilot, "search.open")
        await pilot.press(*"tariffs")
        await until(pilot, lambda: screen.results.answer is not None and not screen.results.busy)
        await press(pilot, "search.browse")
        await pilot.press("j")
        await pilot.pause()
        pane = screen.results.pane
        seen = set()
        for _ in range(12):
            assert pane.rows.row(pane.list.cursor).what in ("hit", "more"), "headings are passed over"
            if pane.selected_entry():
                assert view(pilot).entry == pane.selected_entry()
                seen.add(view(pilot).entry)
            await pilot.press("j")
            await pilot.pause()
        assert len(seen) > 3
        await press(pilot, "entry.open")
        opened = view(pilot).hit
        await press(pilot, "delegations.show", "cursor.down")
        screen.alter(hit=-1)
        await press(pilot, "hit.previous")
        assert view(pilot).hit == opened - 1


async def test_a_range_is_seen_while_it_is_chosen(browsing):
    async with browsing() as pilot:
        await press(pilot, "quotes.show", "cursor.first", "range.mark", "cursor.down", "cursor.down")
        shown = "\n".join(lines_of(pilot.app))
        assert shown.count("◇") == 3
        await press(pilot, "range.mark")
        shown = "\n".join(lines_of(pilot.app))
        assert "◇" not in shown
        assert shown.count("◆") == 3
