"""The list of articles: what its rows tell, how one gets from one article to another, and what a lens on one shows."""

import pytest
from screen_text import lines_of, press, screen_of, until

from dossier.desk.desk import Desk

DOSSIER = """\
title: Three days
delegations:
  us: {name: United States, members: {bessent: {name: Scott Bessent}}}
  cn: {name: China}
issues:
  chips: {name: Chip tools}
  earths: {name: Rare earths}
articles:
  second: {title: Second day of talks, file: articles/b.txt, publisher: Kyodo, published: 2025-06-10}
  first: {title: First day of talks, file: articles/a.txt, publisher: Xinhua, published: 2025-06-09}
  undated: {title: Zinc mines, file: articles/c.txt}
quotes:
  frank:
    speaker: bessent
    attribution: direct
    issues: [chips]
    text: We had a frank meeting.
    at: {article: first}
  lost:
    speaker: bessent
    attribution: direct
    issues: [earths]
    text: Nobody ever wrote this down at all.
    at: {article: second}
links: []
"""


@pytest.fixture
def three_days(tmp_path):
    folder = tmp_path / "three-days"
    (folder / "articles").mkdir(parents=True)
    (folder / "dossier.yaml").write_text(DOSSIER)
    for name, text in (("a", "“We had a frank meeting.”"), ("b", "They left at noon."), ("c", "Long ago.")):
        (folder / "articles" / f"{name}.txt").write_text(f"Headline\n\n{text}\n")
    return folder


def view_of(pilot):
    return pilot.app.screen.state.view


@pytest.mark.parametrize("size", [(120, 40), (100, 30), (60, 20)])
async def test_a_row_tells_date_publisher_title_quotes_and_doubt(browsing, three_days, size):
    async with browsing(three_days, size=size) as pilot:
        await press(pilot, "articles.show")
        shown = screen_of(pilot.app)
        assert "2025-06-09  Xinhua" in shown
        assert "First day of talks" in shown
        assert "no date given" in shown
        line = next(line for line in shown.splitlines() if "2025-06-10  Kyodo" in line)
        assert ("1✗ “1" if size[0] > 60 else "1✗ 1 quote") in line


async def test_a_dossier_opens_on_its_latest_article(browsing, three_days):
    async with browsing(three_days) as pilot:
        assert view_of(pilot).article == "second"


async def test_braces_turn_to_the_next_and_previous_article_in_the_order_of_the_list(browsing, three_days):
    async with browsing(three_days) as pilot:
        await press(pilot, "article.next")
        assert view_of(pilot).article == "first"
        await press(pilot, "article.next", "article.next")
        assert view_of(pilot).article == "undated"
        assert "last article of 3" in screen_of(pilot.app)
        await press(pilot, "article.previous", "article.previous")
        assert view_of(pilot).article == "second"
        await press(pilot, "view.back")
        assert view_of(pilot).article == "first"


async def test_the_sort_of_the_list_is_the_order_of_the_braces(browsing, three_days):
    async with browsing(three_days) as pilot:
        await press(pilot, "articles.show", "order.next", "order.next", "cursor.first")
        assert pilot.app.screen.the_pane("articles").rows.key_at(0) == "first"
        await press(pilot, "article.next")
        assert view_of(pilot).article == "second"


async def test_a_lens_on_an_article_narrows_every_list(browsing, three_days):
    async with browsing(three_days) as pilot:
        await press(pilot, "articles.show", "cursor.down", "lens.set")
        desk = pilot.app.screen.reading.desk
        lens = view_of(pilot).lens
        assert lens == ("first",)
        shown = {pane: [desk.listing(pane, lens).id_at(n) for n in range(len(desk.listing(pane, lens)))]
                 for pane in ("delegations", "issues", "quotes", "articles")}  # fmt: skip
        assert shown == {"delegations": ["us", "bessent"], "issues": ["chips"], "quotes": ["frank"],
                         "articles": ["first"]}  # fmt: skip


async def test_nine_again_leads_back_to_the_quotes(browsing, three_days):
    async with browsing(three_days) as pilot:
        await press(pilot, "articles.show", "articles.show")
        assert (view_of(pilot).pane, view_of(pilot).side) == ("quotes", "quotes")


async def test_a_single_article_has_no_next_one_and_says_so(browsing):
    async with browsing() as pilot:
        await press(pilot, "article.next")
        assert "no other article" in screen_of(pilot.app)


async def test_an_article_is_found_by_a_word_of_its_title_in_six_keys(browsing, three_days):
    async with browsing(three_days) as pilot:
        await press(pilot, "palette.open")
        await pilot.press(*"zinc")
        await until(pilot, lambda: "Zinc mines" in screen_of(pilot.app))
        await press(pilot, "hit.open")
        await until(pilot, lambda: view_of(pilot).article == "undated")


async def test_a_pane_that_is_only_registered_takes_its_turn_beside_the_middle(browsing, monkeypatch):
    from dossier.ui.panes import PANES
    from dossier.ui.widgets.entry_list import EntryList

    class People(EntryList):
        pane = "people"
        number = ""

    monkeypatch.setitem(PANES, "people", People)
    for size in ((120, 40), (100, 30), (60, 20)):
        async with browsing(size=size) as pilot:
            pilot.app.screen.panes.show_pane("people")
            await pilot.pause()
            assert pilot.app.screen.focused is pilot.app.screen.the_pane("people")
            assert "Bessent" in screen_of(pilot.app)


def test_counting_an_article_reads_no_file(three_days):
    desk = Desk.open(three_days)
    (three_days / "articles" / "a.txt").unlink()
    tally = desk.texts.tally("first")
    assert (tally.quotes, tally.doubtful, tally.status) == (1, 0, "exact")
    desk.close()


async def test_the_list_opens_on_the_article_that_is_read(browsing, three_days):
    async with browsing(three_days) as pilot:
        await press(pilot, "article.next", "articles.show")
        assert pilot.app.screen.the_pane("articles").selected_entry() == "first"
        assert view_of(pilot).article == "first"


@pytest.mark.parametrize("size", [(120, 40), (100, 30), (60, 20)])
async def test_titles_are_whole_in_the_narrowest_pane(browsing, size):
    """Titles of one series differ in their last words."""
    async with browsing(size=size) as pilot:
        await press(pilot, "articles.show")
        pane = pilot.app.screen.the_pane("articles")
        lines = [
            pane.rows.draw(0, part, pane.size.width - 5)[0][1][0] for part in range(1, pane.rows.stack.height_of(0))
        ]
        assert " ".join(" ".join(lines).split()) == pane.rows.entry_at(0).title
        assert all(len(line) <= pane.size.width - 7 for line in lines)


async def test_the_footer_names_the_comparison_where_one_weighs_and_not_in_lists(browsing):
    async with browsing() as pilot:
        assert "| compare" not in lines_of(pilot.app)[-1]
        await press(pilot, "matrix.show")
        assert "| compare" in lines_of(pilot.app)[-1]
