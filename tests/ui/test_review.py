"""Reviewing on the screen: what differs is told by signs, a decision is shown as taken once it is on the disk."""

import pytest
from screen_text import press, screen_of, until

from dossier.desk.desk import Desk

SHEET = "articles/2025-06-10-london.yaml"
ARTICLE = "articles/2025-06-10-london.txt"


@pytest.fixture
def revised(london):
    """The London dossier, locked, then with an article that was changed."""

    def change(*changes, lock=True):
        desk = Desk.open(london)
        if lock:
            desk.anchoring.lock()
        text = (london / ARTICLE).read_text()
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (london / ARTICLE).write_text(text)
        desk.refresh()
        desk.close()
        return london

    return change


async def open_review(pilot):
    await press(pilot, "review.open")
    await until(pilot, lambda: hasattr(pilot.app.screen, "review") and "Looking at" not in screen_of(pilot.app))
    return pilot.app.screen


async def test_the_status_line_says_that_something_needs_a_look_and_how_to(browsing, revised):
    root = revised(("not easy", "never easy"))
    async with browsing(root) as pilot:
        await until(pilot, lambda: "pieces of evidence need a look · press !" in screen_of(pilot.app))


async def test_nothing_is_said_of_a_sound_dossier(browsing):
    async with browsing() as pilot:
        assert "need a look" not in screen_of(pilot.app)
        await press(pilot, "review.open")
        assert type(pilot.app.screen).__name__ == "BrowseScreen"
        assert "Nothing needs a look" in screen_of(pilot.app)


async def test_evidence_that_has_only_shifted_opens_no_empty_review(browsing, revised):
    """A reader would look for something to decide where there is nothing."""
    root = revised(("Bloomberg reported, citing", "Bloomberg reported on Monday in the evening, citing"))
    async with browsing(root) as pilot:
        counts = pilot.app.screen.reading.desk.anchor_counts()
        assert counts.get("moved"), "or there is nothing that could have opened it"
        assert not any(counts.get(status) for status in ("reworded", "ambiguous", "missing"))
        await press(pilot, "review.open")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "BrowseScreen")
        await until(pilot, lambda: "Nothing needs a look" in screen_of(pilot.app))


@pytest.mark.parametrize("size", [(120, 40), (100, 30), (60, 20)])
async def test_old_and_new_words_are_told_apart_by_signs_at_every_width(browsing, revised, size):
    root = revised(("not easy", "never easy"))
    async with browsing(root, size) as pilot:
        await open_review(pilot)
        shown = screen_of(pilot.app)
        assert "[-not-]" in shown
        if size[0] >= 100:
            row = next(line for line in shown.splitlines() if "As annotated" in line)
            assert "In the article ¶" in row
        else:
            await press(pilot, "dialog.next", "cursor.last")
            shown = screen_of(pilot.app)
            rows = shown.splitlines()
            assert any("In the article ¶" in row and "As annotated" not in row for row in rows)
        assert "{+never+}" in shown
        assert f"1 of {len(pilot.app.screen.review.order)}" in shown


async def test_the_new_wording_is_in_the_yaml_when_it_is_shown_as_taken_and_can_be_taken_back(browsing, revised):
    root = revised(("not easy", "never easy"))
    before = (root / SHEET).read_bytes()
    lock = (root / "dossier.lock").read_bytes()
    async with browsing(root) as pilot:
        screen = await open_review(pilot)
        count = len(screen.review.order)
        for _ in range(count):
            taken = len(screen.review.decided)
            await press(pilot, "entry.open")
            await until(pilot, lambda taken=taken: len(screen.review.decided) == taken + 1)
            assert "✓ Written:" in screen_of(pilot.app)
        assert not screen.review.open
        assert b"never easy" in (root / SHEET).read_bytes()
        for left in reversed(range(count)):
            await press(pilot, "review.undo")
            await until(pilot, lambda left=left: len(screen.review.decided) == left)
        assert "Taken back" in screen_of(pilot.app)
        assert ((root / SHEET).read_bytes(), (root / "dossier.lock").read_bytes()) == (before, lock)
        await press(pilot, "review.undo")
        assert "no decision to take back" in screen_of(pilot.app)


async def test_a_decision_is_not_shown_as_taken_before_it_is_on_the_disk(browsing, revised, monkeypatch):
    from threading import Event

    from dossier.desk.evidence import review

    root = revised(("not easy", "never easy"))
    before = (root / SHEET).read_bytes()
    gate, real = Event(), review.put
    monkeypatch.setattr(review, "put", lambda *given: gate.wait(120) and real(*given))
    async with browsing(root) as pilot:
        screen = await open_review(pilot)
        await press(pilot, "entry.open")
        await until(pilot, lambda: "Writing …" in screen_of(pilot.app))
        assert "✓" not in screen_of(pilot.app).split("Review ─")[1].split("Decide")[0]
        assert (root / SHEET).read_bytes() == before
        await press(pilot, "entry.open")
        assert "still being written" in screen_of(pilot.app)
        await press(pilot, "dialog.close")
        assert pilot.app.screen is screen
        gate.set()
        await until(pilot, lambda: "✓ Written:" in screen_of(pilot.app))
        assert (root / SHEET).read_bytes() != before
        assert len(screen.review.decided) == 1


async def test_one_of_several_places_is_chosen(browsing, revised):
    root = revised(("Ultimately,", "Again he said China is not easy to deal with. Ultimately,"), lock=False)
    async with browsing(root) as pilot:
        screen = await open_review(pilot)
        assert screen.review.item.evidence.status == "ambiguous"
        await press(pilot, "cursor.down")
        second = screen.review.item.candidates[1]
        assert f"In the article ¶{second.paragraph}" in screen_of(pilot.app)
        await press(pilot, "entry.open")
        await until(pilot, lambda: len(screen.review.decided) == 1)
        desk = Desk.open(root)
        owner = screen.review.items[screen.review.order[0]].evidence.owner
        found = desk.evidence_of(owner)[0]
        assert (found.status, found.start) == ("exact", second.start)
        desk.close()


async def test_moved_evidence_is_accepted_in_its_new_place_without_touching_the_yaml(browsing, revised):
    root = revised(("However, the U.S. argued that China violated", "In Bern they said that China violated"))
    before = (root / SHEET).read_bytes()
    async with browsing(root) as pilot:
        screen = await open_review(pilot)
        while screen.review.item.evidence.status != "moved":
            await pilot.press("n")
        key = screen.review.item.key
        await press(pilot, "entry.open")
        await until(pilot, lambda: key in screen.review.decided)
        assert (root / SHEET).read_bytes() == before
        assert key not in screen.review.open


async def test_what_is_left_open_stays_open_and_changes_nothing(browsing, revised):
    root = revised(("not easy", "never easy"))
    before = (root / SHEET).read_bytes()
    async with browsing(root) as pilot:
        screen = await open_review(pilot)
        await press(pilot, "cursor.down", "entry.open")
        assert screen.review.at == 1
        await press(pilot, "review.previous", "review.previous")
        assert "first one" in screen_of(pilot.app)
        await press(pilot, "dialog.close")
        assert "need a look" in screen_of(pilot.app)
    assert (root / SHEET).read_bytes() == before


async def test_the_browser_shows_what_was_decided_and_keeps_the_place(browsing, revised):
    root = revised(("not easy", "never easy"))
    async with browsing(root) as pilot:
        await press(pilot, "quotes.show", "cursor.down", "cursor.down", "cursor.down")
        cursor = pilot.app.screen.state.view.entry
        screen = await open_review(pilot)
        for number in range(len(screen.review.order)):
            await press(pilot, "entry.open")
            await until(pilot, lambda number=number: len(screen.review.decided) == number + 1)
        await press(pilot, "dialog.close")
        assert "written; 0 left open" in screen_of(pilot.app)
        assert "never easy" in screen_of(pilot.app)
        assert pilot.app.screen.state.view.entry == cursor
        await press(pilot, "cursor.down")
        assert "need a look" not in screen_of(pilot.app)


async def test_a_file_changed_meanwhile_is_told_and_not_overwritten(browsing, revised):
    root = revised(("not easy", "never easy"))
    async with browsing(root) as pilot:
        screen = await open_review(pilot)
        (root / SHEET).write_text("# mine\n" + (root / SHEET).read_text())
        await press(pilot, "entry.open")
        await until(pilot, lambda: "changed meanwhile" in screen_of(pilot.app))
        assert not screen.review.decided
    assert (root / SHEET).read_text().startswith("# mine\n")
    assert "never easy" not in (root / SHEET).read_text()
