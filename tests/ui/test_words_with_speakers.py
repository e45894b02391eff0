"""Words beside their speakers: a paraphrase is never in quotation marks, and no row repeats what the reader knows."""

import pytest
from screen_text import press
from textual.geometry import Size

from dossier.desk.desk import Desk
from dossier.desk.matrix.tables import timeline_chapter
from dossier.ui.widgets.statement_lines import told


def texts(pane, width=200):
    """All that the rows of a list say, line by line."""
    lines = []
    for row in range(pane.rows.stack.rows):
        for part in range(pane.rows.stack.height_of(row)):
            left, _ = pane.rows.draw(row, part, width)
            lines.append("".join(text for text, _ in left))
    return lines


def paraphrases(desk):
    """The words of the quotes that are told in the article's words."""
    listing = desk.listing("quotes")
    found = [row.title for row in listing if row.attribution in ("paraphrase", "inferred")]
    assert found
    return found


async def test_no_pane_sets_a_paraphrase_in_quotation_marks(browsing):
    """A reader would cite it as what was said word for word."""
    async with browsing(size=(200, 60)) as pilot:
        screen = pilot.app.screen
        reported = paraphrases(screen.reading.desk)
        first_words = [words[:40] for words in reported]
        await press(pilot, "quotes.show", "cursor.first")
        for _ in range(screen.the_pane("quotes").rows.stack.rows):
            await press(pilot, "entry.mark")
        for name in ("quotes", "basket", "timeline", "articles"):
            await press(pilot, f"{name}.show")
            said = " ".join(" ".join(texts(screen.the_pane(name)) + texts(screen.the_pane("links"))).split())
            assert not [words for words in first_words if f"“{words}" in said], name
        assert any(words in said for words in first_words), "the links of the article show its quotes"


def test_neither_statements_nor_the_exported_timeline_do(london):
    desk = Desk.open(london)
    reported = paraphrases(desk)
    matrix = desk.weighing.matrix()
    statements = [one for cell in matrix.cells for one in desk.weighing.statements(*cell)]
    said = "\n".join(text for one in statements for left, _ in told(one, 2000, words=9) for text, _ in left)
    rows = timeline_chapter(desk, desk.weighing.timeline(), lambda _evidence: ()).table.rows
    said += "\n".join(cell.text for row in rows for cell in row)
    assert any(words in said for words in reported)
    assert not [words for words in reported if f"“{words}" in said]
    assert "“We are doing well with China”" in said


async def test_the_links_of_a_person_begin_with_the_words_and_not_with_the_name(browsing):
    async with browsing() as pilot:
        await press(pilot, "delegations.show")
        while pilot.app.screen.state.view.entry != "trump":
            await press(pilot, "cursor.down")
        said = " ".join(" ".join(texts(pilot.app.screen.the_pane("links"))).split())
        assert "← “China is not easy to deal with.”" in said
        assert said.count("Donald Trump") == 1, "as the head of the pane"


async def test_an_article_knows_its_quotes_sides_issues_and_events(browsing):
    """Without them an article of many is a text that leads nowhere."""
    async with browsing(size=(160, 60)) as pilot:
        await press(pilot, "articles.show")
        links = pilot.app.screen.the_pane("links")
        groups = {one.relation: one.count for one in links.rows._view.groups}
        listing = pilot.app.screen.reading.desk.listing
        assert groups["quotes"] == len(listing("quotes")) == 14
        assert groups["events"] == len(listing("events"))
        assert set(groups) == {"quotes", "sides", "issues", "events"}
        head = " ".join(text for text, _ in links.rows._items[0].lines)
        assert head.endswith(" · ".join(f"{count} {name}" for name, count in groups.items()))
        issues = [row for row in links.rows._view.links if row.relation == "issues"]
        assert issues[0].count == max(row.count for row in issues) > 1
        await press(pilot, "links.show", "cursor.last")
        last = links.rows._items[links.list.cursor].link.other
        await press(pilot, "entry.open")
        assert pilot.app.screen.state.view.entry == last


@pytest.mark.parametrize("height", [60, 24])
async def test_quotes_grow_while_there_is_room_and_are_cut_at_a_word_when_there_is_none(browsing, height):
    async with browsing(size=(130, height)) as pilot:
        await press(pilot, "quotes.show")
        quotes = pilot.app.screen.the_pane("quotes")
        await press(pilot, "pane.zoom")
        await pilot.pause()
        rows = [quotes.rows.entry_at(row) for row in range(quotes.rows.stack.rows)]
        said = " ".join(" ".join(texts(quotes)).split())
        assert all(" ".join(row.title.split()).strip("“”") in said for row in rows), "zoomed, all words are there"
        await press(pilot, "pane.zoom")
        await pilot.pause()
        assert quotes.size != Size(130, height)
        cut = [line for line in texts(quotes, quotes.size.width - 5) if line.endswith("…")]
        words = {word for row in rows for word in row.title.split()}
        assert all(line.removesuffix("…").split()[-1].strip("“”,.") in {w.strip("“”,.") for w in words} for line in cut)


async def test_a_lens_tells_quotes_by_from_quotes_about_and_counts_within(browsing):
    async with browsing() as pilot:
        desk = pilot.app.screen.reading.desk
        by_trump = {row.id: row for row in desk.listing("quotes", ("united-states",))}
        about = {row.about for row in by_trump.values()}
        assert "" in about
        assert {one for one in about if one} <= {"United States"}
        assert all("Trump" not in row.detail for row in by_trump.values() if row.about)
        whole = {row.id: row.count for row in desk.listing("issues")}
        within = {row.id: row.count for row in desk.listing("issues", ("china",))}
        assert all(count <= whole[one] for one, count in within.items())
        assert any(count < whole[one] for one, count in within.items())


def test_under_a_lens_a_row_stands_under_its_parent_or_names_it(london):
    """Else an issue under another one reads as one of its own, or as part of the wrong one."""
    desk = Desk.open(london)
    parents = {row.id: row for row in desk.listing("issues")}
    above = {}
    path = []
    for row in parents.values():
        del path[row.depth :]
        above[row.id] = list(path)
        path.append(row.id)
    for lens in [row.id for row in desk.listing("quotes")] + [row.id for row in desk.listing("delegations")]:
        shown = []
        rows = list(desk.listing("issues", (lens,)))
        here = {row.id: row for row in rows}
        for row in rows:
            del shown[row.depth :]
            assert shown == [one for one in above[row.id] if one in here]
            told = " ".join(here[one].detail for one in (*shown, row.id))
            assert all(parents[one].title in told for one in above[row.id] if one not in here)
            shown.append(row.id)
