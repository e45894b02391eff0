"""A dossier that changes while it is read: what was edited comes up by itself, and the reader's place stays."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from screen_text import lines_of, press, screen_of, until

from dossier.desk.keeper import alone
from dossier.desk.listing.keyed_places import KeyedPlaces
from dossier.desk.open import start
from dossier.desk.watcher import Watcher
from dossier.store.catalogue.catalogue import Catalogue
from dossier.ui.app import DossierApp
from dossier.ui.keys.keymap import Keymap
from dossier.ui.screens.browse.live import LiveController
from dossier.ui.screens.browse.screen import BrowseScreen
from dossier.ui.work.reading import Reading
from dossier.ui.work.setup import Setup

CASES = Path(__file__).resolve().parents[1] / "data" / "cases"
SHEET = "articles/2025-06-10-london.yaml"
ARTICLE = "articles/2025-06-10-london.txt"
PATIENCE = 120
"""Of the looks at what comes from another process, 20 ms apart, on a slow machine."""


@contextlib.asynccontextmanager
async def live_browser(folder, size=(120, 40)):
    """The browse screen on a dossier that is watched, once all that is there has been read and indexed."""
    desk = start(folder)
    app = DossierApp(Reading(desk), setup=Setup(live=True))
    try:
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: app.screen.live.settled, PATIENCE)
            yield pilot
    finally:
        desk.close()


def view(pilot):
    return pilot.app.screen.state.view


def sight(pilot, columns):
    """The part of the screen that lies in some columns."""
    return [line[columns] for line in lines_of(pilot.app)]


def edited(root, old, new, name=SHEET):
    path = root / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


async def test_an_edit_elsewhere_comes_up_and_the_place_stays(london):
    async with live_browser(london) as pilot:
        await pilot.press("3", "j", "j", "j", "j", "j", "j", "j", "j")
        await pilot.pause()
        entry, quotes = view(pilot).entry, pilot.app.screen.the_pane("quotes")
        line = quotes.rows.stack.line_of(quotes.list.cursor) - quotes.top
        edited(
            london,
            "quotes:\n",
            "quotes:\n  brand-new:\n    text: The United States and China held high-level\n    speaker: united-states\n",
        )
        await until(pilot, lambda: quotes.rows.listing.position("brand-new") == 0, PATIENCE)
        assert view(pilot).entry == quotes.rows.key_at(quotes.list.cursor) == entry
        assert quotes.rows.stack.line_of(quotes.list.cursor) - quotes.top == line
        await pilot.press("g", "g")
        assert view(pilot).entry == "brand-new"


async def test_a_list_that_grows_shorter_is_left_where_it_was(london, monkeypatch):
    """A long list is read by pages: asked for the row under the cursor when it is another list already, it had none."""
    monkeypatch.setattr("dossier.desk.listing.lists.FIRST", 4)
    async with live_browser(london) as pilot:
        await pilot.press("3", "G")
        await pilot.pause()
        quotes, last = pilot.app.screen.the_pane("quotes"), view(pilot).entry
        assert isinstance(quotes.rows.listing.places, KeyedPlaces)
        quotes.rows.listing.places._blocks.clear()
        quotes.rows.listing._pages.clear()
        other = start(london)
        first = other.listing("quotes")[0].id
        other.annotations.delete(first, references=True)
        assert other.entry(first) is None
        pilot.app.screen.live.renew()
        await pilot.pause()
        assert view(pilot).entry == quotes.rows.key_at(quotes.list.cursor) == last
        other.close()


def test_a_reading_that_commits_what_it_did_so_far_says_that_something_changed(london, monkeypatch):
    """Whoever looks at that moment would take it for what was there before, and go on with rows that are elsewhere."""
    desk, other = start(london), start(london)
    edited(london, "quotes:\n", "quotes:\n  new: {text: The United States and China held high-level}\n")
    contents = [desk.content]
    publish = Catalogue.publish

    def look(catalogue):
        publish(catalogue)
        contents.append(desk.content)

    monkeypatch.setattr(Catalogue, "publish", look)
    other.refresh()
    contents.append(desk.content)
    assert len(contents) > 2
    assert len(set(contents)) == len(contents)
    desk.close()
    other.close()


async def test_words_put_in_above_move_nothing_in_the_reader(london):
    async with live_browser(london, (120, 24)) as pilot:
        await pilot.press("4", "ctrl+d", "ctrl+d", "ctrl+d")
        await pilot.pause()
        before = sight(pilot, slice(45, 80))[1:-3]
        edited(
            london,
            "The United States and China held",
            "Put in above.\n\nAnd again.\n\nThe United States and China held",
            ARTICLE,
        )
        article = pilot.app.screen.the_pane("article")
        await until(
            pilot, lambda: "Put in above." in article.content.page.text and article.content.page.view.evidence, PATIENCE
        )
        await pilot.pause()
        assert sight(pilot, slice(45, 80))[1:-3] == before
        assert article.top > 0


async def test_a_file_that_is_added_renamed_over_or_removed_is_noticed(london):
    async with live_browser(london) as pilot:
        quotes = pilot.app.screen.the_pane("quotes")
        more = london / "articles" / "more.yaml"
        more.write_text(
            "article: london-day-one\nquotes:\n  added:\n    text: high-level trade talks\n    speaker: china\n"
        )
        await until(pilot, lambda: quotes.rows.listing.position("added") is not None, PATIENCE)
        other = london / "articles" / "more.yaml~new"  # as editors and git do it
        other.write_text(more.read_text().replace("added:", "renamed:"))
        other.replace(more)
        await until(pilot, lambda: quotes.rows.listing.position("renamed") is not None, PATIENCE)
        assert quotes.rows.listing.position("added") is None
        more.unlink()
        await until(pilot, lambda: quotes.rows.listing.position("renamed") is None, PATIENCE)


async def test_a_broken_file_leaves_the_last_good_view_and_a_note_until_it_is_mended(london):
    async with live_browser(london) as pilot:
        await pilot.press("3", "j", "j")
        await pilot.pause()
        text, before = (london / SHEET).read_text(), lines_of(pilot.app)[:-2]
        (london / SHEET).write_text(text[:700] + '\n  half: "written')
        await until(pilot, lambda: "The last good view stays" in screen_of(pilot.app), PATIENCE)
        assert "is broken" in screen_of(pilot.app)
        assert lines_of(pilot.app)[:-2] == before
        await pilot.press("j", "k")
        await pilot.pause()
        assert len(pilot.app.screen.the_pane("quotes").rows.listing) == 14
        assert "is broken" in screen_of(pilot.app)
        (london / SHEET).write_text(text.replace("economic-expert:", "expert-in-economics:"))
        await until(pilot, lambda: "Mended" in screen_of(pilot.app), PATIENCE)
        assert "is broken" not in screen_of(pilot.app)
        assert pilot.app.screen.the_pane("quotes").rows.listing.position("expert-in-economics") is not None


@pytest.mark.parametrize("left", ["", "\0\0\0\0"])
async def test_a_file_cut_short_by_whoever_writes_it_empties_no_pane(london, left):
    async with live_browser(london) as pilot:
        text = (london / SHEET).read_text()
        (london / SHEET).write_text(left)
        await until(pilot, lambda: "The last good view stays" in screen_of(pilot.app), PATIENCE)
        assert len(pilot.app.screen.the_pane("quotes").rows.listing) == 14
        (london / SHEET).write_text(text)
        await until(pilot, lambda: "Mended" in screen_of(pilot.app), PATIENCE)


async def test_reload_shows_a_broken_dossier_as_it_is(london):
    async with live_browser(london) as pilot:
        (london / SHEET).write_text("quotes: [")
        await until(pilot, lambda: "The last good view stays" in screen_of(pilot.app), PATIENCE)
        await pilot.press("R")
        await until(pilot, lambda: "Reloaded" in screen_of(pilot.app), PATIENCE)
        assert len(pilot.app.screen.the_pane("quotes").rows.listing) == 0


async def test_a_folder_that_is_a_dossier_no_longer_leaves_the_last_good_view(london):
    async with live_browser(london, (250, 40)) as pilot:  # the message begins with a path that may be long
        (london / "dossier.yaml").rename(london / "aside")
        await until(pilot, lambda: "holds no dossier.yaml" in screen_of(pilot.app), PATIENCE)
        await pilot.press("3", "j", "j")
        assert view(pilot).entry
        (london / "aside").rename(london / "dossier.yaml")
        edited(london, "economic-expert:", "expert-in-economics:")
        quotes = pilot.app.screen.the_pane("quotes")
        await until(pilot, lambda: quotes.rows.listing.position("expert-in-economics") is not None, PATIENCE)


async def test_a_search_typed_before_there_is_an_index_is_answered_when_there_is(london, monkeypatch):
    async with live_browser(london) as pilot:
        await pilot.press("slash", *"quicksilver")
        screen = pilot.app.screen
        await until(
            pilot, lambda: screen.results.answer is not None and screen.results.answer.query == "quicksilver", PATIENCE
        )
        assert screen.results.answer.total == 0
        edited(london, "The United States and China held", "Quicksilver. The United States and China held", ARTICLE)
        await until(pilot, lambda: screen.results.answer.total == 1, PATIENCE)
        assert screen.query_line.line.text == "quicksilver"
        assert view(pilot).searching


async def test_the_hit_under_the_cursor_stays_when_the_query_is_run_again(london):
    async with live_browser(london) as pilot:
        await pilot.press("slash", *"china")
        screen = pilot.app.screen
        await until(
            pilot,
            lambda: (
                screen.results.answer is not None and screen.results.answer.query == "china" and screen.results.hits
            ),
            PATIENCE,
        )
        await pilot.press("down", "down", "down")
        pane, total = screen.results.pane, screen.results.answer.total
        key = pane.rows.key_at(pane.list.cursor)
        edited(
            london,
            "The United States and China held",
            "China, China, China.\n\nThe United States and China held",
            ARTICLE,
        )
        await until(pilot, lambda: screen.results.answer.total > total, PATIENCE)
        assert pane.rows.key_at(pane.list.cursor) == key or key not in {hit.key for hit in screen.results.hits}


async def test_two_readers_of_one_dossier_both_see_what_changes(london):
    async with live_browser(london) as first, live_browser(london) as second:
        edited(london, "economic-expert:", "expert-in-economics:")
        for pilot in (first, second):
            quotes = pilot.app.screen.the_pane("quotes")
            await until(
                pilot, lambda quotes=quotes: quotes.rows.listing.position("expert-in-economics") is not None, PATIENCE
            )


def test_only_one_program_is_inside_at_a_time(tmp_path):
    lock = tmp_path / "lock"
    with alone(lock) as first, alone(lock) as second:
        assert (first, second) == (True, False)
    with alone(lock) as again:
        assert again


@pytest.fixture
def large(london):
    """A dossier of a thousand articles in a git checkout, with another branch on which all of them differ."""
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not on this machine")

    def run(*arguments):
        subprocess.run(
            [git, "-c", "user.name=a", "-c", "user.email=a@b", *arguments], cwd=london, check=True, capture_output=True
        )

    def write(said):
        for number in range(1_000):
            (london / "articles" / f"n{number}.txt").write_text(f"The talks of day {number} {said}.\n")
            (london / "articles" / f"n{number}.yaml").write_text(
                f"articles:\n  n{number}: {{file: articles/n{number}.txt, title: Day {number} {said}}}\n"
            )

    run("init", "-q", "-b", "main")
    write("began")
    run("add", "-A")
    run("commit", "-q", "-m", "one")
    run("checkout", "-q", "-b", "other")
    write("ended")
    run("commit", "-q", "-a", "-m", "two")
    run("checkout", "-q", "main")
    return run


async def test_a_checkout_of_a_thousand_files_comes_up(london, large):
    start(london).refresh()
    async with live_browser(london) as pilot:
        await pilot.press("3", "j", "j", "j")
        entry = view(pilot).entry
        desk = pilot.app.screen.reading.desk
        assert desk.row("n999").title == "Day 999 began"
        large("checkout", "-q", "other")
        await until(pilot, lambda: all(desk.row(f"n{n}").title.endswith("ended") for n in (0, 500, 999)), PATIENCE)
        assert view(pilot).entry == entry


async def test_a_large_dossier_nobody_has_read_yet_opens_at_once_and_flows_in(london, large, monkeypatch):
    opened = start(london)
    assert opened.content is None, "all of it was read before the first screen"
    assert [row.title for row in opened.listing("delegations")][:1] == ["United States"], "the first list is there"
    assert {status for quote in opened.listing("quotes") for status in [quote.status]} <= {None}, "nothing looked for"
    opened.close()
    async with live_browser(london) as pilot:
        await until(pilot, lambda: pilot.app.screen.reading.desk.content is not None, PATIENCE)
        await until(pilot, lambda: "1 Delegations" in screen_of(pilot.app) and "United States" in screen_of(pilot.app))
        assert view(pilot).entry
        assert view(pilot).article


def test_the_screen_never_reads_what_the_process_behind_reads(london):
    """The first pane asks for an article before the process is started: all new files were read while keys waited."""
    desk = start(london)
    edited(london, "economic-expert:", "expert-in-economics:")
    BrowseScreen(Reading(desk), Keymap(), Setup(live=True))
    assert desk.refresh() is None
    desk.close()


def test_a_known_dossier_opens_without_the_parser_the_watcher_and_the_search(london):
    code = (
        "import sys; from pathlib import Path; from dossier.desk.open import start; import dossier.ui.screens.browse.screen; "
        "start(Path(sys.argv[1])).close(); "
        "print(*{'yaml', 'watchfiles', 'whoosh', 'dossier.search', 'dossier.export'} & set(sys.modules))"
    )
    for known in (False, True):
        run = subprocess.run([sys.executable, "-c", code, str(london)], capture_output=True, text=True, check=True)
        assert run.stdout.split() == ([] if known else ["yaml"])


async def test_when_the_process_behind_dies_it_is_told_and_reload_still_works(london):
    async with live_browser(london) as pilot:
        os.kill(pilot.app.screen.live.watcher.pid, signal.SIGKILL)
        await until(pilot, lambda: "no longer noticed" in screen_of(pilot.app), PATIENCE)
        edited(london, "economic-expert:", "expert-in-economics:")
        await pilot.press("R")
        await until(pilot, lambda: "Reloaded" in screen_of(pilot.app), PATIENCE)
        assert pilot.app.screen.the_pane("quotes").rows.listing.position("expert-in-economics") is not None
        edited(london, "expert-in-economics:", "economic-expert:")
        quotes = pilot.app.screen.the_pane("quotes")
        await until(pilot, lambda: quotes.rows.listing.position("economic-expert") is not None, PATIENCE)


def test_nothing_in_the_dossiers_folder_is_imported(london, monkeypatch):
    (london / "watchfiles.py").write_text("raise SystemExit('owned')")
    (london / "yaml.py").write_text("raise SystemExit('owned')")
    monkeypatch.chdir(london)
    told = []
    keeper = Watcher(london, told.append)
    try:
        deadline = time.monotonic() + PATIENCE
        while not any(report.state == "indexed" for report in told):
            assert time.monotonic() < deadline
            assert not any(report.state in ("ended", "failed") for report in told)
    finally:
        keeper.stop()


async def test_the_foot_line_says_nothing_more_once_a_save_that_changes_nothing_was_read(tmp_path, monkeypatch):
    """Case 20: it went on saying “reading 0/1” until the next change that was one."""
    folder = Path(shutil.copytree(next(CASES.glob("20-*")), tmp_path / "long"))
    states = []
    show = LiveController.on_reported
    monkeypatch.setattr(
        LiveController, "on_reported", lambda self, told: (states.append(told.report.state), show(self, told))
    )
    async with live_browser(folder) as pilot:
        before = lines_of(pilot.app)[-1]
        article = folder / "a.txt"
        article.write_text("New.\n\n" + article.read_text())
        await until(pilot, lambda: "New." in screen_of(pilot.app), PATIENCE)
        await until(pilot, lambda: states[-1] == "settled", PATIENCE)
        states.clear()
        with (folder / "dossier.yaml").open("a") as file:
            file.write("# c\n")
        await until(pilot, lambda: states[-1:] == ["settled"], PATIENCE)
        assert lines_of(pilot.app)[-1] == before


async def test_a_list_that_is_still_being_read_does_not_say_that_there_is_nothing(browsing, tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "dossier.yaml").write_text("title: New\n")
    async with browsing(tmp_path / "new") as pilot:
        quotes = pilot.app.screen.the_pane("quotes")
        assert quotes.rows.empty.startswith("No quotes: ")
        desk = pilot.app.screen.reading.desk
        desk._catalogue.run("DELETE FROM state WHERE name = 'folder'")
        assert quotes.rows.empty == "Still being read …"


@pytest.mark.parametrize("pane", ["timeline", "matrix"])
async def test_the_first_entry_of_a_dossier_leaves_the_focus_where_it_was(tmp_path, pane):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "dossier.yaml").write_text("title: New\n")
    async with live_browser(tmp_path / "new") as pilot:
        await press(pilot, f"{pane}.show")
        edited(tmp_path / "new", "title: New\n", "title: New\ndelegations:\n  norway: {name: Norway}\n", "dossier.yaml")
        await until(pilot, lambda: view(pilot).entry == "norway", PATIENCE)
        assert pilot.app.screen.focused is pilot.app.screen.the_pane(pane)
        assert f" {pane.capitalize()}" in screen_of(pilot.app).split("Links")[0]


async def test_a_timeline_out_of_sight_is_read_anew_when_it_comes_back(london):
    """Rows of a changed file have other numbers; what was listed before would be looked up by the old ones."""
    async with live_browser(london) as pilot:
        await press(pilot, "timeline.show")
        timeline = pilot.app.screen.the_pane("timeline")
        while pilot.app.screen.reading.desk.entry(timeline.selected_entry()).place.file != SHEET:
            await press(pilot, "cursor.down")
        before = timeline.rows.key_at(timeline.list.cursor)
        await press(pilot, "matrix.show")
        quotes = pilot.app.screen.the_pane("quotes")
        more = (
            "quotes:\n  brand-new:\n    text: The United States and China held high-level\n    speaker: united-states\n"
        )
        edited(london, "quotes:\n", more)
        await until(pilot, lambda: quotes.rows.listing.position("brand-new") == 0, PATIENCE)
        assert timeline.selected_entry() == ""
        await press(pilot, "timeline.show")
        assert timeline.rows.key_at(timeline.list.cursor) == before
