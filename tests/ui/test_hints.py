"""Letters on links: each leads where the link leads, and none is the beginning of another."""

from hypothesis import given
from hypothesis import strategies as st
from screen_text import lines_of, press, screen_of, until

from dossier.ui.widgets.hints import KEYS, labels


@given(st.integers(0, 900))
def test_labels_differ_and_none_begins_another(count):
    found = labels(count)
    assert len(set(found)) == count
    assert not any(other.startswith(one) for one in set(found) for other in found if other != one and len(one) == 1)
    assert count > len(KEYS) or all(len(label) == 1 for label in found)


async def test_one_key_follows_a_link_of_another_pane(browsing):
    async with browsing() as pilot:
        screen = pilot.app.screen
        await press(pilot, "links.hint")
        links = screen.the_pane("links")
        label = next(hint.label for y in sorted(links.hints) for hint in links.hints[y])
        row = links.rows.stack.at(links.top + min(links.hints) - 1)[0]
        other = links.rows.entry_on(row)
        await pilot.press(*label)
        await pilot.pause()
        assert screen.state.view.entry == other
        assert not links.hints
        await press(pilot, "view.back")
        assert screen.state.view.entry == "united-states"


async def test_words_of_the_article_can_be_followed(browsing):
    async with browsing() as pilot:
        screen = pilot.app.screen
        await press(pilot, "article.show", "links.hint")
        article = screen.the_pane("article")
        first = screen.reading.article("london-day-one").evidence[0]
        label = article.hints[1][0].label
        assert article.hints[1][0].x == article.content.margins()[0]  # before the word, not on it
        await pilot.press(*label)
        await pilot.pause()
        assert screen.state.view.entry == first.entry


async def test_any_other_key_takes_the_letters_away_and_does_nothing(browsing):
    async with browsing() as pilot:
        shown = lines_of(pilot.app)[:-2]
        await press(pilot, "links.hint")
        assert lines_of(pilot.app)[:-2] != shown
        assert "Press a letter" in screen_of(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert lines_of(pilot.app)[:-2] == shown


def lettered(pilot, name):
    """The letters on a pane from top to bottom: the line and the cell of each, and what to press."""
    pane = pilot.app.screen.the_pane(name)
    return [(y, hint.x, hint.label) for y in sorted(pane.hints) for hint in pane.hints[y]]


async def follow(pilot, label):
    await pilot.press(*label)
    await pilot.pause()


async def found(pilot, text):
    screen = pilot.app.screen
    await press(pilot, "search.open")
    await pilot.press(*text)
    await until(pilot, lambda: screen.results.answer is not None and screen.results.answer.query == text)
    await press(pilot, "search.browse")


async def test_every_list_beside_the_article_has_letters(browsing):
    async with browsing() as pilot:
        await press(pilot, "links.hint")
        for name in ("delegations", "issues", "quotes", "links", "article"):
            assert lettered(pilot, name), name


async def test_hits_have_letters_and_their_kinds_have_none(browsing):
    async with browsing() as pilot:
        await found(pilot, "china")
        await press(pilot, "links.hint")
        screen, letters = pilot.app.screen, lettered(pilot, "results")
        lines = lines_of(pilot.app)
        assert not [y for y, _, _ in letters if "▾" in lines[y] and "┃" in lines[y].split("▾")[0][-4:]]
        await follow(pilot, letters[2][2])
        assert screen.state.view.pane in ("article", "links")
        assert screen.state.view.hit == 2


async def test_searches_that_are_offered_have_letters(browsing):
    async with browsing() as pilot:
        await press(pilot, "search.open", "search.browse", "links.hint")
        name, query = next(iter(pilot.app.screen.reading.desk.searches().items()))
        assert name in screen_of(pilot.app)
        await follow(pilot, lettered(pilot, "results")[0][2])
        assert pilot.app.screen.query_line.line.text == query


async def test_cells_rows_and_columns_of_the_matrix_have_letters(browsing):
    async with browsing() as pilot:
        screen = pilot.app.screen
        await press(pilot, "matrix.show")
        await until(pilot, lambda: screen.matrix.pane is not None and screen.matrix.pane.content.chart is not None)
        pane = screen.matrix.pane
        await press(pilot, "links.hint")
        drawn = [line[pane.region.x :] for line in lines_of(pilot.app)[pane.region.y :]]
        letters = lettered(pilot, "matrix")
        assert all(drawn[y][x : x + len(label)] == label for y, x, label in letters)
        said = sum(bool(cell.tally.statements) for cell in pane.content.chart.matrix.cells.values())
        rows, columns = pane.content.extent()
        assert len(letters) == rows + columns + said
        y = pane.content.grid.shown + 1
        label = next(label for line, x, label in letters if line == y and x > pane.content.grid.head)
        column = next(at for at in range(columns) if pane.content.chart.cell(0, at).tally.statements)
        await follow(pilot, label)
        view = screen.state.view
        assert view.pane == "statements"
        assert (view.cell.delegation, view.cell.issue) == ("united-states", pane.content.chart.matrix.issues[column].id)


async def test_a_cell_that_is_scrolled_to_is_the_one_its_letter_leads_to(browsing):
    async with browsing(size=(60, 20)) as pilot:
        screen = pilot.app.screen
        await press(pilot, "matrix.show")
        await until(pilot, lambda: screen.matrix.pane is not None and screen.matrix.pane.content.chart is not None)
        await press(pilot, "column.last", "cursor.last", "links.hint")
        pane = screen.matrix.pane
        assert pane.content.left > 0
        letters = [one for one in lettered(pilot, "matrix") if one[0] <= pane.content.grid.shown]
        await follow(pilot, letters[0][2])
        assert screen.state.view.entry == pane.content.chart.matrix.issues[pane.content.left].id


async def test_statements_gaps_and_both_sides_of_a_comparison_have_letters(browsing):
    async with browsing() as pilot:
        screen = pilot.app.screen
        await press(pilot, "matrix.show")
        await until(pilot, lambda: screen.matrix.pane is not None and screen.matrix.pane.content.chart is not None)
        await press(pilot, "links.hint")
        statements = screen.the_pane("statements").rows.statements
        await follow(pilot, lettered(pilot, "statements")[0][2])
        assert (screen.state.view.pane, screen.state.view.entry) == ("article", statements[0].entry)
        await press(pilot, "matrix.show", "gaps.show", "matrix.show", "links.hint")
        gap = screen.the_pane("gaps").rows.gaps[1]
        await follow(pilot, lettered(pilot, "gaps")[1][2])
        assert screen.state.view.pane == "matrix"
        side = gap.delegation or screen.matrix.pane.content.matrix.delegations[0].id
        assert (screen.state.view.cell.delegation, screen.state.view.cell.issue) == (side, gap.issue)
        await press(pilot, "column.first")
        while not screen.matrix.pane.content.chart.cell(*screen.matrix.pane.content.cursor).tally.statements:
            await press(pilot, "column.next")
        await press(pilot, "sides.compare", "links.hint")
        pane = screen.the_pane("comparison")
        letters = lettered(pilot, "comparison")
        drawn = [line[pane.region.x :] for line in lines_of(pilot.app)[pane.region.y :]]
        assert all(drawn[y][x : x + len(label)] == label for y, x, label in letters)
        assert len({x for _, x, _ in letters}) == len(
            {side for row in pane.rows.pairs for side in (0, 1) if row.holds(side)}
        )
        wanted = [one.entry for row in pane.rows.pairs for one in row.sides if one]
        await follow(pilot, letters[-1][2])
        assert screen.state.view.pane == "article"
        assert screen.state.view.entry in wanted


async def test_what_happened_and_what_is_marked_has_letters(browsing):
    async with browsing() as pilot:
        screen = pilot.app.screen
        await press(pilot, "timeline.show", "links.hint")
        pane = screen.the_pane("timeline")
        letters = lettered(pilot, "timeline")
        wanted = pane.rows.timeline[1].entry
        await follow(pilot, letters[1][2])
        assert (screen.state.view.pane, screen.state.view.entry) == ("article", wanted)
        await press(pilot, "quotes.show", "entry.mark", "cursor.down", "entry.mark", "basket.show", "links.hint")
        marks = screen.state.marks
        await follow(pilot, lettered(pilot, "basket")[1][2])
        assert (screen.state.view.pane, screen.state.view.entry) == ("article", marks[1])
