"""The eight jobs of a new user, each in at most so many keys, letters that are typed counted too."""

import json

import pytest
from screen_text import screen_of, until

LONG = 300
"""Articles of the dossier in which one is looked for."""


@pytest.fixture
def many(tmp_path):
    """A dossier of many articles that differ in their titles."""
    root = tmp_path / "many"
    (root / "articles").mkdir(parents=True)
    words = ("harbour", "pension", "tariff", "glacier", "orchard", "railway")
    sheet = ["format: 1", "articles:"]
    for number in range(LONG):
        name = f"a{number:03}"
        title = "Zeppelin mooring mast sold" if number == 217 else f"The {words[number % 6]} file, part {number}"
        (root / "articles" / f"{name}.txt").write_text(f"Words of article {number}.\n")
        sheet += [f"  {name}:", f"    title: {title}", f"    file: articles/{name}.txt", "    published: 2021-01-01"]
    (root / "dossier.yaml").write_text("\n".join(sheet) + "\n")
    return root


async def do(pilot, *keys, most):
    """Press keys, of which there may be so many."""
    assert len(keys) <= most
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def test_the_positions_of_a_side_on_an_issue_with_its_words(browsing):
    async with browsing() as pilot:
        await do(pilot, "6", "j", "&", *"rar", "enter", most=7)
        cell = pilot.app.screen.state.view.cell
        assert (cell.delegation, cell.issue) == ("china", "rare-earths")
        assert "China's restrictions on rare earth" in screen_of(pilot.app)


async def test_a_brief_of_five_quotes_in_the_reader_s_order_under_a_heading(browsing, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with browsing() as pilot:
        await do(pilot, "3", *["space"] * 5, "8", "J", "g", "g", "A", *"Talks", "enter", "x", "enter", most=20)
        await until(pilot, lambda: list(tmp_path.rglob("*.md")))
        written = next(tmp_path.rglob("*.md")).read_text()
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "BrowseScreen")
        marks = pilot.app.screen.state.marks
        assert len(marks) == 6
        assert "## Talks" in written
        desk = pilot.app.screen.reading.desk
        order = sorted(marks[1:], key=lambda one: written.index(desk.entry(one).title[:30]))
        assert order == list(marks[1:])
        assert order != [desk.listing("quotes").id_at(at) for at in range(5)], "J moved one"


async def test_who_claimed_what_anonymously(browsing):
    async with browsing() as pilot:
        await do(pilot, "F", "j", "j", "enter", most=4)
        assert pilot.app.screen.state.view.filters.attributions == ("anonymous",)
        rows = list(pilot.app.screen.the_pane("quotes").rows.listing)
        assert rows
        assert {row.attribution for row in rows} == {"anonymous"}


async def test_two_sides_on_one_issue(browsing):
    async with browsing() as pilot:
        await do(pilot, "2", "j", "|", most=4)
        await until(pilot, lambda: pilot.app.screen.state.view.pane == "comparison")
        assert "Side by side ─ Export controls" in screen_of(pilot.app)


async def test_the_timeline_tells_what_happened_when(browsing):
    async with browsing() as pilot:
        await do(pilot, "7", most=1)
        assert "Trade agreement signed in Geneva" in screen_of(pilot.app)


async def test_the_gaps_tell_what_nobody_has_said(browsing):
    async with browsing() as pilot:
        await do(pilot, "6", "g", "a", most=3)
        gaps = pilot.app.screen.the_pane("gaps")
        heads = [gap for gap in gaps.rows.gaps if not gap.delegation]
        matrix = gaps.rows.matrix
        silent = [
            one.title
            for one in matrix.issues
            if not any((row.id, one.id) in matrix.cells for row in matrix.delegations)
        ]
        assert heads == list(gaps.rows.gaps[: len(heads)])
        assert [gap.text for gap in heads] == [f"Nobody: nothing on {title}" for title in silent]


@pytest.mark.parametrize("key", ["Y", "P"])
async def test_a_quote_with_its_citation_is_copied(browsing, key):
    """In tmux too: see `tests/desk` for what is sent there."""
    async with browsing() as pilot:
        await do(pilot, "3", key, *(["enter"] if key == "P" else []), most=3)
        copied = (pilot.app.screen.reading.desk.home / "copied.txt").read_text()
        assert copied.startswith("Anonymous: “economic expert” (US, China hold trade talks in London, ")


async def test_an_article_among_hundreds_by_a_word_of_its_title(browsing, many):
    async with browsing(many) as pilot:
        await do(pilot, "9", "&", *"zep", "enter", most=6)
        await until(pilot, lambda: pilot.app.screen.state.view.article == "a217")
        assert pilot.app.screen.state.view.pane == "article"
        assert "Words of article 217." in screen_of(pilot.app)


async def test_each_form_of_a_citation_holds_words_speaker_and_source(browsing):
    """What is pasted elsewhere without one of them is no evidence."""
    async with browsing() as pilot:
        await do(pilot, "3", "P", most=2)
        dialog = pilot.app.screen
        for form in dialog._forms:
            text = dialog._cited(form)
            assert "economic expert" in text
            assert "Anonymous" in text
            assert "¶3" in text
            assert "London" in text or "[@" in text
        (item,) = json.loads(dialog._cited("csl-json"))
        assert item["title"] == "US, China hold trade talks in London"
