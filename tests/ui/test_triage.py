"""Drafts one by one: accepted, given another speaker, rejected, taken back; nothing is written before it is shown."""

import pytest
from screen_text import press, screen_of, until

from dossier.desk.desk import Desk

SHEET = "articles/2025-06-10-london.yaml"


@pytest.fixture
def bare(london):
    """The London dossier with nothing annotated in its article."""
    (london / SHEET).write_text("article: london-day-one\n")
    return london


async def open_drafts(pilot):
    await press(pilot, "drafts.open")
    await until(pilot, lambda: not pilot.app.screen.triage.busy)
    return pilot.app.screen


async def settled(pilot, screen):
    await until(pilot, lambda: not screen.triage.busy)


async def to_quote(pilot, screen):
    """Goes on to the next draft of a quote whose speaker is known."""
    while not (screen.triage.draft.kind == "quote" and screen.triage.draft.speaker and screen.triage.draft.speaker.id):
        await press(pilot, "draft.next")


async def test_a_draft_is_accepted_by_one_key_and_taken_back(browsing, bare):
    before = (bare / SHEET).read_bytes()
    async with browsing(bare) as pilot:
        screen = await open_drafts(pilot)
        await to_quote(pilot, screen)
        draft, count = screen.triage.draft, len(screen.triage.drafts)
        shown = screen_of(pilot.app)
        assert draft.rule in shown
        assert draft.tier in shown
        await press(pilot, "draft.accept")
        await settled(pilot, screen)
        assert len(screen.triage.drafts) == count - 1
        assert "✓ Written" in screen_of(pilot.app)
        assert (bare / SHEET).read_bytes() != before
        await press(pilot, "draft.undo")
        await settled(pilot, screen)
        assert screen.triage.draft.id == draft.id
        assert (bare / SHEET).read_bytes() == before


async def test_a_rejected_draft_is_gone_until_that_is_taken_back(browsing, bare):
    before = (bare / SHEET).read_bytes()
    async with browsing(bare) as pilot:
        screen = await open_drafts(pilot)
        draft = screen.triage.draft
        await press(pilot, "draft.reject")
        await settled(pilot, screen)
        assert draft.id not in [one.id for one in screen.triage.drafts]
        await press(pilot, "draft.undo")
        await settled(pilot, screen)
        assert screen.triage.draft.id == draft.id
        await press(pilot, "draft.undo")
        assert "no decision to take back" in screen_of(pilot.app)
    assert (bare / SHEET).read_bytes() == before


async def test_another_speaker_is_named_with_issues_and_stance(browsing, bare):
    async with browsing(bare) as pilot:
        screen = await open_drafts(pilot)
        await to_quote(pilot, screen)
        draft = screen.triage.draft
        await press(pilot, "draft.speaker")
        await pilot.press(*"xi", "tab", *"tar", "tab", "a", "enter")
        await settled(pilot, screen)
        assert pilot.app.screen is screen
    desk = Desk.open(bare)
    (quote,) = [desk.entry(row.id) for row in desk.listing("quotes")]
    fields = desk.annotations.fields(quote.id)
    assert (fields["speaker"], fields["issues"], fields["stance"]) == (["xi"], ["tariffs"], "against")
    assert fields["text"] == draft.text.strip()
    desk.close()


async def test_sure_drafts_are_counted_written_together_and_taken_back_together(browsing, bare):
    before = (bare / SHEET).read_bytes()
    async with browsing(bare) as pilot:
        screen = await open_drafts(pilot)
        sure = [one.id for one in screen.triage.drafts if one.tier == "sure"]
        assert len(sure) > 1
        await press(pilot, "draft.together", "draft.next", "draft.together")
        assert f"{len(sure)} drafts are sure" in screen_of(pilot.app)
        assert (bare / SHEET).read_bytes() == before
        await press(pilot, "draft.together")
        await settled(pilot, screen)
        assert not {one.id for one in screen.triage.drafts} & set(sure)
        await press(pilot, "draft.undo")
        await settled(pilot, screen)
        assert (bare / SHEET).read_bytes() == before
        assert {one.id for one in screen.triage.drafts} >= set(sure)


async def test_what_was_accepted_is_shown_when_the_drafts_are_closed(browsing, bare):
    async with browsing(bare) as pilot:
        screen = await open_drafts(pilot)
        await to_quote(pilot, screen)
        await press(pilot, "draft.accept")
        await settled(pilot, screen)
        await press(pilot, "draft.leave")
        assert "1 decision on drafts" in screen_of(pilot.app)
        assert len(pilot.app.screen.reading.listing("quotes", (), "written")) == 1


@pytest.mark.parametrize("size", [(120, 40), (100, 30), (60, 20)])
async def test_a_draft_is_shown_at_every_width(browsing, bare, size):
    async with browsing(bare, size) as pilot:
        screen = await open_drafts(pilot)
        await to_quote(pilot, screen)
        shown = screen_of(pilot.app)
        assert " of " in shown
        assert " ".join(screen.triage.draft.text.split()[:2]) in shown


async def test_a_quote_in_pieces_is_accepted_without_the_words_of_its_attribution(browsing, london):
    (london / SHEET).write_text("article: london-day-one\n")
    article = next((london / "articles").glob("2025-06-10-london.*t*"))
    article.write_text(article.read_text() + "\n\n“It was,” Donald Trump and NPR said, “a very long day for them.”\n")
    async with browsing(london) as pilot:
        screen = await open_drafts(pilot)
        while not screen.triage.draft.pieces:
            await press(pilot, "draft.next")
        assert [one.name for one in (*screen.triage.draft.joint, screen.triage.draft.speaker)] == [
            "Donald Trump",
            "NPR",
        ]
        await press(pilot, "draft.accept")
        prompt = pilot.app.screen
        assert prompt is not screen
        assert prompt.line.texts[0] == "trump, !!NPR"
        await pilot.press("enter")
        await settled(pilot, screen)
    desk = Desk.open(london)
    (row,) = desk.listing("quotes")
    assert desk.annotations.fields(row.id)["text"] == "It was … a very long day for them."
    assert desk.annotations.fields(row.id)["speaker"] == ["trump", "npr"]
    assert desk.entry("npr").kind == "delegation"
    desk.close()
