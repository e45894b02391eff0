"""What a reader does from opening a dossier on: follow, come back, find, mark, by keys and by mouse."""

import pytest
from screen_text import lines_of, press, screen_of, until

SIZES = [(120, 40), (100, 30), (60, 20)]


def view(pilot):
    return pilot.app.screen.state.view


async def test_opening_shows_who_what_was_said_and_the_article(browsing):
    async with browsing() as pilot:
        shown = screen_of(pilot.app)
        for words in ("1 Delegations", "United States", "He Lifeng", "2 Issues", "Export controls", "3 Quotes", "“economic expert”",
                      "4 Article ─ US, China hold trade talks in", "5 Links ─ United States", "¶1/15", "? keys"):  # fmt: skip
            assert words in shown


async def test_the_cursor_of_a_list_drives_links_and_reader(browsing):
    async with browsing() as pilot:
        await press(pilot, "quotes.show", "cursor.down", "cursor.down", "cursor.down", "cursor.down", "cursor.down")
        assert view(pilot).entry == "trump-not-easy"
        shown = screen_of(pilot.app)
        assert "said by" in shown
        assert "Donald Trump" in shown
        assert (view(pilot).owner, view(pilot).article) == ("trump-not-easy", "london-day-one")
        framed = pilot.app.screen.the_pane("article").content.framed()
        assert framed.owner == "trump-not-easy"


async def test_enter_goes_to_the_evidence_and_back_to_exactly_where_one_was(browsing):
    async with browsing() as pilot:
        await press(pilot, "quotes.show", "cursor.last", "entry.open")
        assert view(pilot).pane == "article"
        out = pilot.app.screen.state
        shown = screen_of(pilot.app)
        await press(pilot, "evidence.open", "cursor.down", "entry.open", "cursor.down", "entry.open")
        await press(pilot, "view.back", "view.back", "view.back")
        assert pilot.app.screen.state.view.spots == {**pilot.app.screen.state.view.spots}
        assert (view(pilot).pane, view(pilot).entry, view(pilot).owner) == ("article", out.view.entry, out.view.owner)
        assert screen_of(pilot.app).splitlines()[:-2] == shown.splitlines()[:-2]
        await press(pilot, "view.back")
        assert view(pilot).pane == "quotes"
        await press(pilot, "view.forward")
        assert view(pilot).pane == "article"


async def test_five_links_across_panes_and_all_the_way_back(browsing):
    async with browsing() as pilot:
        await press(pilot, "quotes.show", "cursor.down", "entry.open")
        seen = []
        for keys in (["enter"], ["j", "enter"], ["j", "j", "enter"], ["j", "enter"], ["l"]):
            await pilot.press(*keys[:-1])
            await pilot.pause()
            seen.append((screen_of(pilot.app).splitlines()[:-2], view(pilot).entry, view(pilot).pane))
            await pilot.press(keys[-1])
            await pilot.pause()
        assert len(pilot.app.screen.state.past) == 6
        for shown, entry, pane in reversed(seen):
            await press(pilot, "view.back")
            assert (view(pilot).entry, view(pilot).pane) == (entry, pane)
            assert screen_of(pilot.app).splitlines()[:-2] == shown


async def test_stepping_through_the_evidence_selects_what_rests_on_it(browsing):
    async with browsing() as pilot:
        spans = pilot.app.screen.reading.article("london-day-one").evidence
        await press(pilot, "article.show")
        for span in spans[:4]:
            await press(pilot, "evidence.next")
            assert (view(pilot).owner, view(pilot).ordinal, view(pilot).entry) == (span.owner, span.ordinal, span.entry)
        await press(pilot, "evidence.previous")
        assert view(pilot).owner == spans[2].owner


async def test_search_as_one_types_open_at_the_hit_and_step_on(browsing):
    async with browsing() as pilot:
        await press(pilot, "search.open")
        await pilot.press(*"rare ea")
        screen = pilot.app.screen
        await until(pilot, lambda: screen.results.answer is not None and screen.results.answer.query == "rare ea")
        assert "4 Results" in screen_of(pilot.app)
        assert f"{screen.results.answer.total} hits" in screen_of(pilot.app)
        await press(pilot, "hit.below", "hit.below", "hit.open")
        assert view(pilot).pane == "article"
        assert not view(pilot).searching
        assert view(pilot).query == "rare ea"
        assert screen.the_pane("article").content._found()
        assert f"hit 3/{screen.results.answer.total}" in screen_of(pilot.app)
        await press(pilot, "hit.next")
        assert view(pilot).hit == 3
        await press(pilot, "hit.previous", "hit.previous", "hit.previous")
        assert view(pilot).hit == 0
        await press(pilot, "hit.previous")
        assert "first hit" in screen_of(pilot.app)
        await press(pilot, "view.back")
        assert view(pilot).searching


async def test_escape_keeps_what_was_typed_for_the_next_search(browsing):
    async with browsing() as pilot:
        await press(pilot, "issues.show", "cursor.down", "search.open")
        await pilot.press(*"tariffs")
        await press(pilot, "search.leave")
        assert view(pilot).pane == "issues"
        assert "4 Article" in screen_of(pilot.app)
        await press(pilot, "search.open")
        assert "/ tariffs" in screen_of(pilot.app)


async def test_letters_typed_into_the_search_do_nothing_else(browsing):
    async with browsing() as pilot:
        await press(pilot, "search.open")
        await pilot.press(*"qxzjR? 123")
        assert pilot.app.screen.query_line.line.text == "qxzjR? 123"
        assert not pilot.app.screen.state.marks
        assert pilot.app.is_running


async def test_only_the_last_answer_is_shown(browsing):
    from dossier.model.passages import Answer
    from dossier.ui.messages import AnswerArrived

    async with browsing() as pilot:
        await press(pilot, "search.open")
        await pilot.press(*"china")
        screen = pilot.app.screen
        await until(pilot, lambda: screen.results.answer is not None and screen.results.answer.query == "china")
        screen.post_message(AnswerArrived(screen.results.searcher.last - 1, Answer("stale", "stale", 9, ()), 0))
        await pilot.pause()
        assert screen.results.answer.query == "china"


async def test_a_failed_search_says_so(browsing, monkeypatch):
    from dossier.desk.search.service import SearchService

    def broken(*_args, **_kwargs):
        raise RuntimeError("disk on fire")

    async with browsing() as pilot:
        monkeypatch.setattr(SearchService, "find", broken)
        await press(pilot, "search.open")
        await pilot.press("a")
        await until(pilot, lambda: "disk on fire" in screen_of(pilot.app))


async def test_marks_are_set_shown_counted_and_taken_away(browsing):
    async with browsing() as pilot:
        await press(pilot, "quotes.show", "cursor.down", "entry.mark")
        assert pilot.app.screen.state.marks == ("us-relax-in-exchange",)
        await pilot.pause()
        assert "◆United States" in screen_of(pilot.app)
        assert "1 marked" in screen_of(pilot.app)
        await press(pilot, "cursor.up", "entry.mark")
        assert pilot.app.screen.state.marks == ()


async def test_folding_hides_what_stands_under_a_row_and_the_cursor_goes_out(browsing):
    async with browsing() as pilot:
        assert "Scott Bessent" in screen_of(pilot.app)
        await press(pilot, "cursor.down", "row.out")
        assert view(pilot).entry == "united-states"
        await press(pilot, "row.out")
        assert "▸ United States" in screen_of(pilot.app)
        left = "\n".join(line[:30] for line in lines_of(pilot.app))
        assert "Bessent" not in left
        await press(pilot, "row.in")
        assert "▾ United States" in screen_of(pilot.app)


async def test_zoom_gives_one_pane_the_screen_and_escape_takes_it_back(browsing):
    async with browsing() as pilot:
        await press(pilot, "quotes.show", "pane.zoom")
        assert "1 Delegations" not in screen_of(pilot.app)
        assert "3 Quotes" in screen_of(pilot.app)
        await press(pilot, "level.leave")
        assert "1 Delegations" in screen_of(pilot.app)


async def test_a_key_that_does_nothing_now_says_why(browsing):
    async with browsing() as pilot:
        for key, why in (("[", "go back to"), ("]", "go forward to"), ("n", "searched for"), ("minus", "go back to")):
            await pilot.press(key)
            await pilot.pause()
            assert why in screen_of(pilot.app)


async def test_gg_and_g_alone_are_told_apart(browsing):
    async with browsing() as pilot:
        await press(pilot, "quotes.show", "cursor.last")
        await pilot.press("g")
        await pilot.pause()
        assert "g …" in screen_of(pilot.app)
        await pilot.press("g")
        assert view(pilot).entry == "economic-expert"
        await pilot.press("g")
        await press(pilot, "cursor.down")
        assert view(pilot).entry == "us-relax-in-exchange"


@pytest.mark.parametrize("size", SIZES)
async def test_every_pane_is_reached_by_its_number_at_every_width(browsing, size):
    async with browsing(size=size) as pilot:
        for key, title in (
            ("1", "1 Delegations"),
            ("2", "2 Issues"),
            ("3", "3 Quotes"),
            ("4", "4 Article"),
            ("5", "5 Links"),
        ):
            await pilot.press(key)
            await pilot.pause()
            frames = [line for line in lines_of(pilot.app) if "┏" in line]
            assert any(f"┏{title}" in line for line in frames)
            assert all(len(line) == size[0] for line in lines_of(pilot.app))


@pytest.mark.parametrize("size", SIZES)
async def test_tab_visits_every_pane_once(browsing, size):
    async with browsing(size=size) as pilot:
        seen = []
        for _ in range(5):
            seen.append(view(pilot).pane)
            await press(pilot, "pane.next")
        assert sorted(seen) == ["article", "delegations", "issues", "links", "quotes"]
        assert view(pilot).pane == seen[0]
        await press(pilot, "pane.previous")
        assert view(pilot).pane == seen[-1]


async def test_too_small_a_terminal_gets_one_plain_sentence_and_comes_back(browsing):
    async with browsing(size=(39, 20)) as pilot:
        assert "make the window at least 40x10" in " ".join(line.strip() for line in lines_of(pilot.app))
        assert "Delegations" not in screen_of(pilot.app)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: "1 Delegations" in screen_of(pilot.app))


async def test_the_mouse_moves_the_cursor_opens_scrolls_and_presses_footer_keys(browsing):
    async with browsing() as pilot:
        await pilot.click("#quotes", offset=(5, 5))
        assert view(pilot).entry == "us-relax-in-exchange"
        await pilot.click("#quotes", offset=(5, 5), times=2)
        assert view(pilot).pane == "article"
        reader = pilot.app.screen.the_pane("article")
        top = reader.top
        await pilot._post_mouse_events([_scroll_down()], "#article", offset=(5, 5))
        await pilot.pause()
        assert reader.top > top
        footer = lines_of(pilot.app)[-1]
        await pilot.click("Footer", offset=(footer.index("? keys"), 0))
        await pilot.pause()
        assert type(pilot.app.screen).__name__ == "HelpScreen"


def _scroll_down():
    from textual.events import MouseScrollDown

    return MouseScrollDown


async def test_words_dragged_over_in_the_reader_are_the_articles_own(browsing):
    async with browsing() as pilot:
        reader = pilot.app.screen.the_pane("article")
        line = reader.content.page.lines[0]
        left = reader.content.margins()[0] + 1
        await pilot.mouse_down("#article", offset=(left, 1))
        await pilot.hover("#article", offset=(left + 10, 2))
        await pilot.mouse_up("#article", offset=(left + 10, 2))
        await pilot.pause()
        second = reader.content.page.lines[1]
        assert pilot.app.screen.get_selected_text() == reader.content.page.text[line.start : second.start + 11]


async def test_the_help_is_found_by_word_and_by_key_and_does_what_is_chosen(browsing):
    async with browsing() as pilot:
        await press(pilot, "help.open")
        await pilot.press(*"zoom")
        await pilot.pause()
        assert "Give the focused pane the whole screen" in screen_of(pilot.app)
        assert "Search as you type" not in screen_of(pilot.app)
        await pilot.press("ctrl+u", "z")
        await pilot.pause()
        assert "Give the focused pane the whole screen" in screen_of(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.screen.state.zoomed


async def test_the_help_lists_a_key_once_for_what_it_does_here(browsing):
    """Among hits `-` leaves out a kind; that it goes to the previous view elsewhere stands under Elsewhere."""
    async with browsing(size=(120, 60)) as pilot:
        await press(pilot, "search.open")
        await pilot.press(*"trade")
        await until(pilot, lambda: pilot.app.screen.results.hits)
        await press(pilot, "search.browse", "help.open")
        await pilot.press("-")
        await pilot.pause()
        lines = lines_of(pilot.app)
        leave, previous, elsewhere = (
            next(at for at, line in enumerate(lines) if words in line)
            for words in ("Leave out hits of the kind", "Go to the previous view", "Elsewhere")
        )
        assert leave < elsewhere < previous


async def test_the_palette_reaches_entries_by_alias_and_actions_by_word(browsing):
    async with browsing() as pilot:
        await press(pilot, "palette.open")
        await pilot.press(*"何立峰")
        await until(pilot, lambda: "He Lifeng" in screen_of(pilot.app))
        await press(pilot, "hit.open")
        await until(pilot, lambda: view(pilot).entry == "he-lifeng")
        await press(pilot, "palette.open")
        await pilot.press(*"zoom", "enter")
        await until(pilot, lambda: pilot.app.screen.state.zoomed)


async def test_reload_shows_what_was_edited_and_keeps_the_place(browsing, london):
    async with browsing(london) as pilot:
        await press(pilot, "quotes.show", "cursor.down", "cursor.down")
        before = view(pilot).entry
        sheet = london / "articles" / "2025-06-10-london.yaml"
        sheet.write_text(sheet.read_text().replace("  economic-expert:", "  expert-in-economics:"))
        await press(pilot, "dossier.reload")
        assert view(pilot).entry == before
        await press(pilot, "cursor.first")
        assert view(pilot).entry == "expert-in-economics"


async def test_quit_is_one_key_from_the_outermost_level(browsing):
    async with browsing() as pilot:
        await press(pilot, "pane.zoom", "browser.close")
        assert pilot.app.is_running
        await press(pilot, "browser.close")
        assert pilot.app.return_code == 0
