"""Statements that are links: marked, cited and exported as themselves, never as the side that makes them."""

import shutil

import pytest
from screen_text import lines_of, press, until

from dossier.desk.brief.builder import outline_of
from dossier.desk.desk import Desk

CELL = ("united-states", "export-controls")
LINK = "united-states offers to relax export-controls"
WORDS = "the U.S. indicated a willingness to relax certain export controls on technology to China"


async def to_link(pilot):
    """Put the cursor on the statement that is the link."""
    screen = pilot.app.screen
    await press(pilot, "issues.show", "cursor.down", "matrix.show")
    await until(pilot, lambda: screen.matrix.pane is not None and screen.matrix.pane.content.chart is not None)
    while screen.state.view.cell is None or (screen.state.view.cell.delegation, screen.state.view.cell.issue) != CELL:
        await press(pilot, "column.next")
    await press(pilot, "entry.open")
    pane = screen.the_pane("statements")
    pane.list.move_to(pane.rows.row_of(LINK))
    await pilot.pause()
    return pane


async def test_a_link_is_marked_and_stands_in_the_basket_with_its_words(browsing):
    """Marking the side instead would bring all of its links into the brief, and lose which one was meant."""
    async with browsing() as pilot:
        screen = pilot.app.screen
        pane = await to_link(pilot)
        await press(pilot, "entry.mark")
        assert screen.state.marks == (LINK,)
        assert pane.rows.marked(pane.rows.row_of(LINK))
        await press(pilot, "basket.show")
        shown = " ".join(" ".join(lines_of(pilot.app)).replace("│", " ").replace("┃", " ").split())
        assert "offers to relax Export" in shown
        assert "the U.S. indicated" in shown
        await press(pilot, "entry.open")
        assert screen.state.view.pane == "article"
        assert screen.state.view.owner == LINK


async def test_a_cited_link_says_who_does_what_and_that_the_words_are_the_article_s(browsing):
    async with browsing() as pilot:
        copied = pilot.app.screen.reading.desk.home / "copied.txt"
        await to_link(pilot)
        await press(pilot, "words.cite")
        await until(pilot, copied.exists)
        text = copied.read_text()
        assert text.startswith("United States offers to relax Export controls, as the article reports it: ")
        assert WORDS in text
        assert "“" not in text
        assert "¶5" in text or "¶4" in text
        await press(pilot, "entry.mark", "basket.show", "words.copy")
        assert WORDS in copied.read_text()


def test_the_outline_tells_the_link_alone(london):
    desk = Desk.open(london)
    brief = outline_of(desk, (LINK,), {LINK: "the offer"})
    (item,) = brief.chapters[0].items
    assert [(one.relation, one.other) for one in item.references] == [("offers to relax", "export-controls")]
    assert item.references[0].citations[0].evidence.text.startswith("the U.S. indicated")
    assert item.remark == "the offer"
    written = desk.render(brief)
    assert "offers to relax" in written
    others = {row.relation for row in desk.view("united-states").links} - {"offers to relax"}
    assert not [one for one in others if f"**{one}**" in written]
    desk.close()


@pytest.fixture
def sheets(seed, tmp_path):
    """The YAML files of a copy of the shipped dossier."""
    shutil.copytree(seed, tmp_path / "copy")
    return sorted((tmp_path / "copy").glob("**/*.yaml"))


async def test_a_marked_link_that_is_no_longer_written_is_let_go(browsing, sheets, tmp_path):
    async with browsing(tmp_path / "copy") as pilot:
        await to_link(pilot)
        await press(pilot, "entry.mark")
        for sheet in sheets:
            sheet.write_text(sheet.read_text().replace("offers to relax", "asks for"))
        await press(pilot, "dossier.reload")
        await until(pilot, lambda: pilot.app.screen.state.marks == ())


async def test_a_name_is_never_cited_as_a_quotation_of_the_open_article(browsing):
    """Y on an issue or a side gave its title in quotation marks, with the article that happened to be open."""
    async with browsing() as pilot:
        copied = pilot.app.screen.reading.desk.home / "copied.txt"
        copied.unlink(missing_ok=True)
        for pane in ("delegations", "issues"):
            await press(pilot, f"{pane}.show", "words.cite")
            assert not copied.exists()
            assert "There are no words to copy here" in lines_of(pilot.app)[-2]
        await press(pilot, "articles.show", "words.cite")
        assert copied.read_text().startswith("US, China hold trade talks in London, ")


async def test_a_row_of_the_links_is_cited_by_the_words_under_it(browsing):
    async with browsing() as pilot:
        copied = pilot.app.screen.reading.desk.home / "copied.txt"
        await press(pilot, "delegations.show", "cursor.first", "links.show")
        links = pilot.app.screen.the_pane("links")
        assert links.rows._items[links.list.cursor].link.other == "export-controls"
        await press(pilot, "words.cite")
        await until(pilot, copied.exists)
        text = copied.read_text()
        assert text.startswith("United States offers to relax Export controls, as the article reports it: the U.S.")
