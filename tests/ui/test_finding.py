"""Searching in the browser: what was understood, kinds, order, modes, history, and the way back."""

import shutil

import pytest
from screen_text import lines_of, screen_of, until

SIZES = [(120, 40), (100, 30), (60, 20)]


def view(pilot):
    return pilot.app.screen.state.view


async def answered(pilot, query, holds=lambda _answer: True):
    """Waits for the answer to a query."""
    screen = pilot.app.screen
    await until(pilot, lambda: screen._answer is not None and screen._answer.query == query and holds(screen._answer))
    await pilot.pause()
    return screen._answer


async def search(pilot, text):
    await pilot.press("slash", *text)
    return await answered(pilot, text)


def facets(pilot):
    """Kinds with their counts and signs, as the row above the hits says them."""
    return {facet.kind: (facet.sign, facet.count) for facet in pilot.app.screen.results()._facets}


@pytest.mark.parametrize("size", SIZES)
async def test_what_was_understood_and_what_was_not_is_said_while_one_types(browsing, size):
    """Else a reader takes the hits of another query for those of his own."""
    async with browsing(size=size) as pilot:
        await search(pilot, '"rare earth" spaeker:trump')
        said = " ".join(line.strip() for line in lines_of(pilot.app)[-4:])
        assert 'read as "rare earth"' in said
        assert "14: There is no field spaeker" in said
        assert "did you mean speaker" in said
        assert all(len(line) == size[0] for line in lines_of(pilot.app))


async def test_one_key_goes_through_exact_aliases_and_fuzzy_and_says_which_is_on(browsing):
    """Without it an alias that is in the way, or a slip of the pen, could not be helped."""
    async with browsing() as pilot:
        assert (await search(pilot, "besent")).total == 0
        assert " aliases " in lines_of(pilot.app)[-3]
        await pilot.press("ctrl+t")
        found = await answered(pilot, "besent", lambda answer: answer.total)
        assert view(pilot).mode == "fuzzy"
        assert any(line.startswith(" fuzzy ") for line in lines_of(pilot.app)[-4:])
        assert all("Bessent = Bessent" in hit.why for hit in found.hits if "Scott" not in hit.why)
        assert "matched: Scott Bessent = Bessent" in screen_of(pilot.app)
        await pilot.press("ctrl+t")
        await answered(pilot, "besent", lambda answer: not answer.total)
        assert view(pilot).mode == "exact"
        assert pilot.app.screen.search_line().text == "besent"


async def test_what_may_have_been_meant_is_said_and_one_key_takes_it(browsing):
    async with browsing() as pilot:
        await search(pilot, "besant")
        await until(pilot, lambda: "Did you mean bessent?" in screen_of(pilot.app))
        await pilot.press("ctrl+y")
        assert (await answered(pilot, "bessent")).total > 0
        assert "Did you mean" not in screen_of(pilot.app)


async def test_kinds_are_counted_taken_in_and_left_out(browsing):
    """The counts must stay those of the whole query, or one could not go from one kind to the next."""
    async with browsing() as pilot:
        whole = await search(pilot, "china")
        counts = {kind: count for kind, (_, count) in facets(pilot).items()}
        assert counts == {"": whole.total, **whole.facets}
        await pilot.press("tab", "k", "l", "l", "l", "enter")
        text = "china* kind:quote"
        only = await answered(pilot, text)
        assert only.total == counts["quote"]
        assert {hit.kind for hit in only.hits} == {"quote"}
        assert pilot.app.screen.search_line().text == text
        assert {kind: count for kind, (_, count) in facets(pilot).items()} == counts
        assert "[+" in screen_of(pilot.app)
        await pilot.press("enter")
        assert (await answered(pilot, "china*")).total == whole.total
        await pilot.press("-")
        without = await answered(pilot, "china* -kind:quote")
        assert without.total == whole.total - counts["quote"]
        await pilot.press("h", "h", "h", "enter")
        await answered(pilot, "china*")


async def test_a_hits_own_kind_is_taken_in_or_left_out_from_the_hit(browsing):
    async with browsing() as pilot:
        first = (await search(pilot, "china")).hits[0]
        await pilot.press("tab", "-")
        left = await answered(pilot, f"china* -kind:{first.kind}")
        assert first.kind not in {hit.kind for hit in left.hits}
        await pilot.press("+")
        only = await answered(pilot, f"china* kind:{left.hits[0].kind}")
        assert {hit.kind for hit in only.hits} == {left.hits[0].kind}


async def test_hits_are_sorted_by_date_and_by_relevance_again(browsing):
    async with browsing() as pilot:
        best = [hit.key for hit in (await search(pilot, "china")).hits]
        await pilot.press("ctrl+r")
        latest = await answered(pilot, "china", lambda answer: [hit.key for hit in answer.hits] != best)
        dates = [hit.date or "0" for hit in latest.hits]
        assert dates == sorted(dates, reverse=True)
        assert "by date" in screen_of(pilot.app)
        await pilot.press("tab", "s")
        await answered(pilot, "china", lambda answer: [hit.key for hit in answer.hits] == best)
        assert "by relevance" in screen_of(pilot.app)


async def test_more_hits_come_as_one_scrolls_and_their_number_is_exact_at_once(browsing, monkeypatch):
    from dossier.ui import searching

    monkeypatch.setattr(searching, "PAGE", 5)
    async with browsing() as pilot:
        total = (await search(pilot, "china")).total
        assert len(pilot.app.screen._hits) == 5 < total
        assert f"{total} hits" in screen_of(pilot.app)
        await pilot.press("tab")
        while len(pilot.app.screen._hits) < total:
            had = len(pilot.app.screen._hits)
            await pilot.press("j")
            await until(pilot, lambda had=had: len(pilot.app.screen._hits) > had)
        keys = [hit.key for hit in pilot.app.screen._hits]
        assert len(set(keys)) == len(keys) == total


async def test_escape_leads_from_the_article_back_to_the_list_as_it_was_left(browsing):
    """Looking at a hit must not cost one's place among the others."""
    async with browsing(size=(100, 30)) as pilot:
        await pilot.press("2", "j")
        before = lines_of(pilot.app)[:-2]
        await search(pilot, "china")
        await pilot.press("tab", *"jjjjjjj")
        await pilot.pause()
        shown, cursor = lines_of(pilot.app)[1:-6], pilot.app.screen.results().cursor
        await pilot.press("enter")
        assert view(pilot).pane == "article"
        await pilot.press("n", "n", "escape")
        await pilot.pause()
        assert view(pilot).pane == "results"
        assert pilot.app.screen.results().cursor == cursor
        list_now = [line[36:] for line in lines_of(pilot.app)[1:16]]
        assert list_now == [line[36:] for line in shown[:15]]
        await pilot.press("escape")
        await pilot.pause()
        assert view(pilot).pane == "issues"
        assert lines_of(pilot.app)[:-2] == before


async def test_queries_asked_before_come_back_with_the_up_arrow(browsing):
    async with browsing() as pilot:
        for text in ("china", "lutnick"):
            await search(pilot, text)
            await pilot.press("escape", "slash", "ctrl+u", "escape")
        await pilot.press("slash")
        line = pilot.app.screen.search_line()
        assert line.text == ""
        await pilot.press("up")
        assert line.text == "lutnick"
        assert (await answered(pilot, "lutnick")).total > 0
        await pilot.press("up")
        assert line.text == "china"
        await pilot.press("up")
        assert "before this" in screen_of(pilot.app)
        await pilot.press("alt+down", "alt+down")
        assert line.text == ""
        await pilot.press(*"china")
        await answered(pilot, "china")
        await pilot.press("down", "down", "up")
        assert line.text == "china"
        assert pilot.app.screen.results().cursor == 2


@pytest.fixture
def with_searches(seed, tmp_path):
    root = tmp_path / "kept"
    shutil.copytree(seed, root)
    with (root / "dossier.yaml").open("a") as file:
        file.write("\nsearches:\n  Said against: stance:against kind:quote\n")
    return root


async def test_searches_of_the_dossier_are_offered_in_an_empty_line_and_in_the_palette(browsing, with_searches):
    async with browsing(with_searches) as pilot:
        await pilot.press("slash")
        await pilot.pause()
        assert "Said against" in screen_of(pilot.app)
        await pilot.press("enter")
        found = await answered(pilot, "stance:against kind:quote")
        assert {hit.kind for hit in found.hits} == {"quote"}
        await pilot.press("ctrl+u")
        await pilot.pause()
        assert "Said against" in screen_of(pilot.app)
        await pilot.press("escape", ":", *"said ag", "enter")
        await pilot.pause()
        assert pilot.app.screen.search_line().text == "stance:against kind:quote"
        assert view(pilot).searching


@pytest.mark.parametrize("size", SIZES)
async def test_the_query_language_is_shown_while_one_types(browsing, size):
    async with browsing(size=size) as pilot:
        await pilot.press("slash", "?")
        await pilot.pause()
        assert "What can be searched for" in screen_of(pilot.app)
        assert all(len(line) == size[0] for line in lines_of(pilot.app))
        await pilot.press("escape")
        await pilot.press(*"china", "f1")
        await pilot.pause()
        await pilot.press("G", "k", "k", "enter")
        await pilot.pause()
        assert pilot.app.screen.search_line().text == "china stance:against"
