"""Searching in the browser: what was understood, kinds, order, modes, history, and the way back."""

import pytest
from screen_text import lines_of, press, screen_of, until
from textual import events

SIZES = [(120, 40), (100, 30), (60, 20)]


def view(pilot):
    return pilot.app.screen.state.view


async def answered(pilot, query, holds=lambda _answer: True):
    """Waits for the answer to a query."""
    screen = pilot.app.screen
    await until(
        pilot,
        lambda: (
            screen.results.answer is not None
            and not screen.results.busy
            and screen.results.answer.query == query
            and holds(screen.results.answer)
        ),
    )
    await pilot.pause()
    return screen.results.answer


async def search(pilot, text):
    await press(pilot, "search.open")
    await pilot.press(*text)
    return await answered(pilot, text)


def facets(pilot):
    """Kinds with their counts and signs, as the row above the hits says them."""
    return {facet.kind: (facet.sign, facet.count) for facet in pilot.app.screen.results.pane.rows.kinds.all}


def keys(pilot):
    """Return what is listed, row by row."""
    pane = pilot.app.screen.results.pane
    return [pane.rows.key_at(row) for row in range(pane.rows.stack.rows)]


def here(pilot):
    """Return what the row under the cursor is called."""
    pane = pilot.app.screen.results.pane
    return pane.rows.key_at(pane.list.cursor)


def walked(pilot):
    """The hits in the order in which one steps through them."""
    return [hit.key for hit in pilot.app.screen.results.hits]


async def to(pilot, key):
    """Moves the cursor of the results to a row; to the heading of an open kind from its first hit."""
    await press(pilot, "cursor.first")
    row = keys(pilot).index(key)
    while pilot.app.screen.results.pane.list.cursor < row:
        await press(pilot, "cursor.down")
    if pilot.app.screen.results.pane.list.cursor > row:
        await press(pilot, "row.out")
    assert here(pilot) == key


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
        await press(pilot, "search.mode")
        found = await answered(pilot, "besent", lambda answer: answer.total)
        assert view(pilot).mode == "fuzzy"
        assert any(line.startswith(" fuzzy ") for line in lines_of(pilot.app)[-4:])
        assert all("Bessent = Bessent" in hit.why for hit in found.hits if "Scott" not in hit.why)
        assert "matched: Scott Bessent = Bessent" in screen_of(pilot.app)
        await press(pilot, "search.mode")
        await answered(pilot, "besent", lambda answer: not answer.total)
        assert view(pilot).mode == "exact"
        assert pilot.app.screen.query_line.line.text == "besent"


async def test_what_may_have_been_meant_is_said_and_one_key_takes_it(browsing):
    async with browsing() as pilot:
        await search(pilot, "besant")
        await until(pilot, lambda: "Did you mean bessent?" in screen_of(pilot.app))
        await press(pilot, "query.correct")
        assert (await answered(pilot, "bessent")).total > 0
        assert "Did you mean" not in screen_of(pilot.app)


async def test_kinds_are_counted_taken_in_and_left_out(browsing):
    """The counts must stay those of the whole query, or one could not go from one kind to the next."""
    async with browsing() as pilot:
        whole = await search(pilot, "china")
        counts = {kind: count for kind, (_, count) in facets(pilot).items()}
        assert counts == {"": whole.total, **whole.facets}
        await press(pilot, "search.browse")
        await to(pilot, "facets")
        while pilot.app.screen.results.pane.rows.kinds.here.kind != "quote":
            await press(pilot, "row.in")
        await press(pilot, "entry.open")
        text = "china* kind:quote"
        only = await answered(pilot, text)
        assert only.total == counts["quote"]
        assert {hit.kind for hit in only.hits} == {"quote"}
        assert pilot.app.screen.query_line.line.text == text
        assert {kind: count for kind, (_, count) in facets(pilot).items()} == counts
        assert "[+" in screen_of(pilot.app)
        await press(pilot, "entry.open")
        assert (await answered(pilot, "china*")).total == whole.total
        await press(pilot, "facet.exclude")
        without = await answered(pilot, "china* -kind:quote")
        assert without.total == whole.total - counts["quote"]
        await press(pilot, *["row.out"] * 9, "entry.open")
        await answered(pilot, "china*")


@pytest.mark.parametrize("size", SIZES)
async def test_hits_stand_under_their_kinds_the_kind_of_the_best_hit_first(browsing, size):
    """One long list of paragraphs would bury the two people among them."""
    async with browsing(size=size) as pilot:
        answer = await search(pilot, "china")
        kinds = [key.removeprefix("kind ") for key in keys(pilot) if key.startswith("kind ")]
        assert kinds == list(dict.fromkeys(hit.kind for hit in answer.hits))
        headings = [line.strip(" ┃▌▏█") for line in lines_of(pilot.app) if "▾ 1 delegation" in line]
        assert headings
        for kind in kinds:
            best_first = [hit.key for hit in answer.hits if hit.kind == kind]
            shown = [key for key in keys(pilot) if key in best_first]
            assert shown == best_first[: len(shown)]
            assert len(shown) == answer.counts[kind] or (len(shown) == 5 and f"more {kind}" in keys(pilot))
        assert here(pilot) == answer.hits[0].key


async def test_a_heading_narrows_to_its_kind_leaves_it_out_and_folds(browsing):
    async with browsing() as pilot:
        whole = await search(pilot, "china")
        await press(pilot, "search.browse")
        await to(pilot, "kind quote")
        await press(pilot, "entry.open")
        only = await answered(pilot, "china* kind:quote")
        assert here(pilot) == "kind quote"
        assert only.total == whole.counts["quote"] == len([key for key in keys(pilot) if key.startswith("quote:")])
        assert "only these" in screen_of(pilot.app)
        await press(pilot, "entry.open")
        assert (await answered(pilot, "china*")).total == whole.total
        assert here(pilot) == "kind quote"
        await press(pilot, "row.out")
        assert not [key for key in keys(pilot) if key.startswith("quote:")]
        assert f"▸ {whole.counts['quote']} quotes" in screen_of(pilot.app)
        await press(pilot, "row.in")
        assert [key for key in keys(pilot) if key.startswith("quote:")]
        await press(pilot, "facet.exclude")
        assert (await answered(pilot, "china* -kind:quote")).total == whole.total - whole.counts["quote"]
        assert here(pilot) == "facets"
        await press(pilot, "facet.exclude")
        await answered(pilot, "china*")


async def test_the_rest_of_a_kind_comes_out_under_its_heading_and_the_cursor_on_the_first_of_it(browsing):
    async with browsing() as pilot:
        whole = await search(pilot, "china")
        await press(pilot, "search.browse")
        await to(pilot, "more paragraph")
        left = whole.counts["paragraph"] - 5
        assert f"… {left} more" in screen_of(pilot.app)
        row = pilot.app.screen.results.pane.list.cursor
        await press(pilot, "entry.open")
        await until(pilot, lambda: "more paragraph" not in keys(pilot))
        assert pilot.app.screen.results.pane.list.cursor == row
        assert here(pilot) == [hit.key for hit in whole.hits if hit.kind == "paragraph"][5]


async def test_one_steps_through_hits_in_the_order_in_which_they_are_listed(browsing):
    """Else `3/21` would not be the third of the list, and one could not say where one is."""
    async with browsing() as pilot:
        whole = await search(pilot, "china")
        await press(pilot, "search.browse", "entry.open")
        seen = []
        for number in range(1, whole.total + 1):
            assert f"hit {number}/{whole.total}" in screen_of(pilot.app)
            assert view(pilot).hit == number - 1
            seen.append(here(pilot))
            await press(pilot, "hit.next")
        assert "last hit" in screen_of(pilot.app)
        assert seen == [key for key in keys(pilot) if ":" in key] == walked(pilot)
        assert len(set(seen)) == whole.total
        await press(pilot, "hit.previous")
        assert here(pilot) == seen[-2]


async def test_a_hit_in_a_folded_kind_is_stepped_to_and_unfolds_it(browsing):
    async with browsing() as pilot:
        await search(pilot, "china")
        await press(pilot, "search.browse")
        await to(pilot, "kind issue")
        await press(pilot, "row.out")
        await to(pilot, walked(pilot)[1])
        await press(pilot, "entry.open", "hit.next")
        assert here(pilot).startswith("issue:")
        await press(pilot, "level.leave")
        assert view(pilot).pane == "results"
        assert not [key for key in keys(pilot) if key.startswith("issue:")]


async def test_a_hits_own_kind_is_taken_in_or_left_out_from_the_hit(browsing):
    async with browsing() as pilot:
        first = (await search(pilot, "china")).hits[0]
        await press(pilot, "search.browse", "facet.exclude")
        left = await answered(pilot, f"china* -kind:{first.kind}")
        assert first.kind not in {hit.kind for hit in left.hits}
        await press(pilot, "facet.include")
        only = await answered(pilot, f"china* kind:{left.hits[0].kind}")
        assert {hit.kind for hit in only.hits} == {left.hits[0].kind}


async def test_hits_are_sorted_by_date_and_by_relevance_again(browsing):
    async with browsing() as pilot:
        best = [hit.key for hit in (await search(pilot, "china")).hits]
        await press(pilot, "search.order")
        latest = await answered(pilot, "china", lambda answer: [hit.key for hit in answer.hits] != best)
        dates = [hit.date or "0" for hit in latest.hits]
        assert dates == sorted(dates, reverse=True)
        assert "by date" in screen_of(pilot.app)
        await press(pilot, "search.browse", "order.next")
        await answered(pilot, "china", lambda answer: [hit.key for hit in answer.hits] == best)
        assert "by relevance" in screen_of(pilot.app)


@pytest.fixture
def many(tmp_path):
    """A dossier in which one word is found 300 times, in every one of three articles, and in three quotes."""
    root = tmp_path / "many"
    (root / "articles").mkdir(parents=True)
    lines = ["format: 1", "title: Many", "articles:"]
    for name in "abc":
        words = "\n\n".join(f"The tariff of {name}{number} is what they speak of." for number in range(100))
        (root / "articles" / f"{name}.txt").write_text(words)
        lines.append(
            f"  {name}: {{file: articles/{name}.txt, title: Article {name}, published: 2025-06-0{'abc'.index(name) + 1}}}"
        )
    (root / "dossier.yaml").write_text("\n".join(lines) + "\n")
    for name, quotes in (("a", [f"The tariff of a{number} is" for number in range(3)]), ("b", ["A tariff nobody has"])):
        told = [f"  {name}{at}: {{text: {text}, date: 2025-06-05}}" for at, text in enumerate(quotes)]
        (root / "articles" / f"{name}.yaml").write_text("\n".join([f"article: {name}", "quotes:", *told]) + "\n")
    return root


async def test_more_hits_come_as_one_scrolls_and_their_number_is_exact_at_once(browsing, many, monkeypatch):
    from dossier.ui.screens.browse import results
    from dossier.ui.widgets import fold_state, groups
    from dossier.ui.work import searcher

    for module in (fold_state, groups, searcher, results):
        monkeypatch.setattr(module, "PAGE", 30)
    async with browsing(many) as pilot:
        answer = await search(pilot, "tariff")
        assert answer.total == 304
        assert "304 hits" in screen_of(pilot.app)
        assert len([key for key in keys(pilot) if key.startswith("quote:")]) == 4
        assert "▾ 300 paragraphs" in screen_of(pilot.app)
        assert len([hit for hit in pilot.app.screen.results.hits if hit.kind == "paragraph"]) < 40
        await press(pilot, "search.browse")
        await to(pilot, "more paragraph")
        await press(pilot, "entry.open")
        for _ in range(100):
            if not [key for key in keys(pilot) if key.startswith("more")]:
                break
            await press(pilot, "page.down")
            await until(pilot, lambda: not pilot.app.screen.results.busy)
        found = [key for key in keys(pilot) if key.startswith("paragraph:")]
        assert len(set(found)) == len(found) == 300
        dates = [hit.date for hit in pilot.app.screen.results.hits if hit.kind == "paragraph"]
        assert dates == sorted(dates, reverse=True)


async def test_one_steps_on_into_hits_that_were_not_read_yet(browsing, many):
    async with browsing(many) as pilot:
        await search(pilot, "tariff kind:paragraph")
        await press(pilot, "search.browse", "entry.open")
        for number in range(2, 55):
            await press(pilot, "hit.next")
            await until(pilot, lambda number=number: f"hit {number}/300" in screen_of(pilot.app))
        assert here(pilot) == walked(pilot)[53]
        assert len(set(walked(pilot))) == len(walked(pilot)) >= 54


async def test_kinds_whose_hits_come_late_have_their_best_ones_too(browsing, many, monkeypatch):
    """A kind must not be an empty heading only because fifty hits of another kind were better."""
    from dossier.ui.work import searcher

    monkeypatch.setattr(searcher, "PAGE", 2)
    monkeypatch.setattr(searcher, "PATIENCE", 600)  # the screen tells that it has drawn the first ones
    async with browsing(many) as pilot:
        await search(pilot, "tariff")
        shown = {
            kind: len([key for key in keys(pilot) if key.startswith(f"{kind}:")]) for kind in ("quote", "paragraph")
        }
        assert shown == {"quote": 4, "paragraph": 5}


async def test_hits_say_how_sound_their_evidence_is_and_which_article_they_are_in(browsing, many):
    """A quotation that is not in its source must not look like the others among the hits."""
    async with browsing(many) as pilot:
        await search(pilot, "nobody kind:quote")
        rows = [line for line in lines_of(pilot.app) if "✗ missing" in line]
        assert len(rows) >= 1
        await pilot.press("ctrl+u")
        await pilot.press(*"a2 kind:quote")
        await answered(pilot, "a2 kind:quote")
        text = screen_of(pilot.app)
        assert "✓ ¶3" in text
        assert "in Article a" in text


async def test_one_comes_back_to_a_list_that_was_opened_far_and_folded_in_part(browsing, many):
    """Coming back through another search must not lose the hundredth hit."""
    async with browsing(many) as pilot:
        await search(pilot, "tariff")
        await press(pilot, "search.browse")
        await to(pilot, "kind quote")
        await press(pilot, "row.out")
        await to(pilot, "more paragraph")
        await press(pilot, "entry.open")
        for _ in range(15):
            await press(pilot, "page.down")
            await until(pilot, lambda: not pilot.app.screen.results.busy, 400)
        before = lines_of(pilot.app)[:-3]
        listed, cursor = keys(pilot), here(pilot)
        assert cursor.startswith("paragraph:")
        await press(pilot, "entry.open", "level.leave")
        assert (keys(pilot), here(pilot), lines_of(pilot.app)[:-3]) == (listed, cursor, before)
        await press(pilot, "entry.open")
        await press(pilot, "search.open")
        await pilot.press("ctrl+u", *"speak")
        await answered(pilot, "speak")
        await press(pilot, "search.leave", "view.back")
        await answered(pilot, "tariff")
        await until(pilot, lambda: here(pilot) == cursor)
        assert keys(pilot) == listed
        assert lines_of(pilot.app)[:-3] == before


async def test_escape_leads_from_the_article_back_to_the_list_as_it_was_left(browsing):
    """Looking at a hit must not cost one's place among the others."""
    async with browsing(size=(100, 30)) as pilot:
        await press(pilot, "issues.show", "cursor.down")
        before = lines_of(pilot.app)[:-2]
        await search(pilot, "china")
        await press(pilot, "search.browse", *["cursor.down"] * 7)
        shown, cursor = lines_of(pilot.app)[1:-6], pilot.app.screen.results.pane.list.cursor
        await press(pilot, "entry.open")
        assert view(pilot).pane == "article"
        await press(pilot, "hit.next", "hit.next", "level.leave")
        assert view(pilot).pane == "results"
        assert pilot.app.screen.results.pane.list.cursor == cursor
        list_now = [line[36:] for line in lines_of(pilot.app)[1:16]]
        assert list_now == [line[36:] for line in shown[:15]]
        await press(pilot, "level.leave")
        assert view(pilot).pane == "issues"
        assert lines_of(pilot.app)[:-2] == before


async def test_queries_asked_before_come_back_with_the_up_arrow(browsing):
    async with browsing() as pilot:
        for text in ("china", "lutnick"):
            await search(pilot, text)
            await press(pilot, "search.leave", "search.open")
            await pilot.press("ctrl+u")
            await press(pilot, "search.leave")
        await press(pilot, "search.open")
        line = pilot.app.screen.query_line.line
        assert line.text == ""
        await press(pilot, "hit.above")
        assert line.text == "lutnick"
        assert (await answered(pilot, "lutnick")).total > 0
        await press(pilot, "hit.above")
        assert line.text == "china"
        await press(pilot, "hit.above")
        assert "before this" in screen_of(pilot.app)
        await press(pilot, "query.newer", "query.newer")
        assert line.text == ""
        await pilot.press(*"china")
        await answered(pilot, "china")
        pane = pilot.app.screen.results.pane
        second = pane.rows.row_of(walked(pilot)[1])
        await press(pilot, "hit.below", "hit.below", "hit.above")
        assert line.text == "china"
        assert pane.list.cursor == second


async def test_searches_of_the_dossier_are_offered_in_an_empty_line_and_in_the_palette(browsing):
    async with browsing() as pilot:
        kept = pilot.app.screen.reading.desk.searches()
        assert len(kept) >= 2
        await press(pilot, "search.open")
        for name, query in kept.items():
            assert f"{name}  {query}"[:44] in screen_of(pilot.app)
        await press(pilot, "hit.open")
        await answered(pilot, next(iter(kept.values())))
        await pilot.press("ctrl+u")
        await pilot.pause()
        assert "What China said" in screen_of(pilot.app)
        await press(pilot, "search.leave", "palette.open")
        await pilot.press(*"china said")
        await press(pilot, "hit.open")
        assert pilot.app.screen.query_line.line.text == kept["What China said"] == "kind:quote delegation:china"
        assert view(pilot).searching


async def test_every_search_that_is_kept_in_the_shipped_dossier_finds_something(browsing):
    async with browsing() as pilot:
        desk = pilot.app.screen.reading.desk
        found = {name: desk.search(query) for name, query in desk.searches().items()}
        assert all(answer.total > 1 and not answer.notes for answer in found.values())
        assert {hit.kind for hit in found["What China said"].hits} == {"quote"}


@pytest.mark.parametrize("size", SIZES)
async def test_the_query_language_is_shown_while_one_types(browsing, size):
    async with browsing(size=size) as pilot:
        await press(pilot, "search.open")
        await pilot.press("?")
        await pilot.pause()
        assert "What can be searched for" in screen_of(pilot.app)
        assert all(len(line) == size[0] for line in lines_of(pilot.app))
        await press(pilot, "dialog.close")
        await pilot.press(*"china")
        await press(pilot, "query.help")
        await press(pilot, "cursor.last", "cursor.up", "cursor.up", "entry.open")
        assert pilot.app.screen.query_line.line.text == "china reliability:A"


async def test_what_is_not_all_is_said_in_words_and_hits_that_come_later_put_the_cursor_on_the_best(browsing):
    """`12+` tells nobody that time ran out; and Enter must open a hit, not choose a kind."""
    from msgspec.structs import replace

    from dossier.model.passages import Answer
    from dossier.ui.messages import AnswerArrived
    from dossier.ui.widgets.groups import group_hits

    async with browsing() as pilot:
        whole = await search(pilot, "china")
        screen = pilot.app.screen
        await press(pilot, "search.browse")
        number = screen.results.searcher.last
        note = "Time ran out: there may be more."
        screen.post_message(AnswerArrived(number, Answer("china", "china*", 0, (), partial=True, notes=(note,))))
        await pilot.pause()
        assert "at least 0 hits" in screen_of(pilot.app)
        assert "Nothing found so far." in screen_of(pilot.app)
        some = replace(whole, partial=True, notes=(note,))
        screen.post_message(AnswerArrived(number, some, group_hits(some)))
        await pilot.pause()
        assert f"at least {whole.total}━" in screen_of(pilot.app)
        assert f"at least {whole.total} hits" in screen_of(pilot.app)
        assert note in screen_of(pilot.app)
        assert here(pilot) == whole.hits[0].key


async def test_another_query_takes_the_place_of_the_one_before_and_that_one_comes_back(browsing):
    """Typed behind an old query it would be a third one that nobody asked."""
    async with browsing() as pilot:
        await search(pilot, "tariff")
        await press(pilot, "search.leave")
        await search(pilot, "chips")
        assert pilot.app.screen.query_line.line.text == "chips"
        await press(pilot, "search.leave", "search.open", "hit.above")
        assert pilot.app.screen.query_line.line.text == "tariff"
        await press(pilot, "search.leave", "search.open")
        await pilot.press("end", "s")
        assert pilot.app.screen.query_line.line.text == "tariffs"


async def test_what_is_pasted_while_the_search_opens_is_not_lost(browsing):
    async with browsing() as pilot:
        await pilot.pause()
        pilot.app.post_message(events.Key("slash", "/"))
        pilot.app.post_message(events.Paste("rare earth"))
        await until(pilot, lambda: pilot.app.screen.query_line.line.text == "rare earth")
