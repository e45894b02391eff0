"""States in which a newcomer asks how to go on: the screen says it, whole, and keeps the focus."""

import pytest
from screen_text import lines_of, press, screen_of, until

from dossier.ui.drawing.text import cells
from dossier.ui.run import _EXAMPLE

ARTICLE = "articles/2025-06-10-london.txt"
SHEET = "articles/2025-06-10-london.yaml"


@pytest.fixture
def empty(tmp_path):
    """A dossier as `dossier new` begins it."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "dossier.yaml").write_text("format: 1\ntitle: The talks\n")
    return tmp_path / "empty"


def words_of(pilot, pane=""):
    """What is read on the screen or in a pane, frames and line breaks aside."""
    x, width = pilot.app.screen.the_pane(pane).region[::2] if pane else (0, None)
    shown = " ".join(line[x : x + width if width else None] for line in lines_of(pilot.app))
    return " ".join(shown.translate(str.maketrans("┃│┌┐└┘┏┓┗┛━─▐", " " * 13)).split())


def footer_of(pilot):
    """The keys below a dialog."""
    return [(button.key, button.label) for button in pilot.app.screen.buttons()]


@pytest.mark.parametrize("size", [(120, 40), (100, 30), (60, 20)])
async def test_every_list_of_an_empty_dossier_says_how_it_is_filled(browsing, empty, size):
    async with browsing(empty, size) as pilot:
        for pane, says in (
            ("delegations", "No delegations: M makes one."),
            ("issues", "No issues: M makes one."),
            ("quotes", "No quotes: v in the article makes one, d proposes some."),
            ("article", "No article is open: 9 lists them, dossier add FILE takes one in."),
            ("articles", "No articles: dossier add FILE takes one in."),
        ):
            await press(pilot, f"{pane}.show", *(["pane.zoom"] if size[0] > 60 else []))
            assert says in words_of(pilot)
            await press(pilot, *(["pane.zoom"] if size[0] > 60 else []))


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
async def test_why_an_article_cannot_be_read_is_said_to_the_end(browsing, london, size):
    (london / ARTICLE).unlink()
    async with browsing(london, size) as pilot:
        await press(pilot, "article.show")
        assert "The article london-day-one cannot be read: there is no file" in words_of(pilot, "article")
        assert f"“{ARTICLE}” in the dossier." in words_of(pilot, "article")


async def test_links_and_events_that_need_a_look_are_not_counted_as_quotations(browsing, london):
    (london / ARTICLE).unlink()
    async with browsing(london) as pilot:
        await until(pilot, lambda: "61 pieces of evidence need a look · press !" in screen_of(pilot.app))


async def test_a_file_that_cannot_be_read_is_told_with_its_key_on_a_narrow_screen(browsing, london):
    with (london / SHEET).open("a") as file:
        file.write("quotes: [\n")
    async with browsing(london, (60, 20)) as pilot:
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "ProblemsScreen")
        await press(pilot, "dialog.close")
        assert "✗ press gp: …/2025-06-10-london.yaml cannot be read whole" in screen_of(pilot.app)
        assert pilot.app.screen.live.headline()[1] == "row--bad"


async def test_the_footer_of_the_problems_says_that_enter_opens_an_editor(browsing, london):
    (london / ARTICLE).unlink()
    async with browsing(london) as pilot:
        await press(pilot, "problems.show")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "ProblemsScreen")
        assert ("Enter", "edit the file") in footer_of(pilot)


async def test_the_footer_of_a_deletion_says_that_enter_deletes(browsing, london):
    async with browsing(london) as pilot:
        await press(pilot, "quotes.show", "entry.delete")
        await until(pilot, lambda: type(pilot.app.screen).__name__ == "DeleteScreen")
        assert ("Enter", "delete") in footer_of(pilot)


async def test_evidence_that_has_no_place_to_choose_is_told_where_to_go_on(browsing, london):
    (london / ARTICLE).unlink()
    async with browsing(london) as pilot:
        await press(pilot, "review.open")
        await until(pilot, lambda: "1 of 61" in screen_of(pilot.app))
        assert "No place to choose: gp in the browser says what to write." in words_of(pilot)


async def test_a_reload_says_by_which_key_the_problems_are_listed(browsing, london):
    (london / ARTICLE).unlink()
    async with browsing(london) as pilot:
        await press(pilot, "dossier.reload")
        await until(pilot, lambda: "Reloaded: 1 problem · press gp" in screen_of(pilot.app))


async def test_a_comparison_of_two_silent_sides_names_them_and_the_way_back(browsing):
    async with browsing() as pilot:
        await press(pilot, "matrix.show", "gaps.show", "sides.compare")
        assert "Neither United States nor China said anything on it: Escape goes back." in words_of(pilot)


@pytest.mark.parametrize(
    ("actions", "says"),
    [
        (("article.show", "words.select"), "22 words selected · Enter quote · h/l end, H/L begin"),
        (("links.hint",), "Press a letter to go there; any other key ends it."),
        (("filters.choose",), "Enter: the ticked, else this one · 2025-04 to 2025-06-10"),
    ],
)
async def test_what_can_be_done_here_is_said_to_the_end_on_60_columns(browsing, actions, says):
    async with browsing(size=(60, 20)) as pilot:
        await press(pilot, *actions)
        assert f" {says} " in screen_of(pilot.app)


def test_what_is_said_of_the_example_fits_a_terminal_of_80_columns():
    assert cells(_EXAMPLE) <= 78


async def test_a_message_about_a_file_says_what_is_wrong_with_it_before_where_it_lies(browsing, london):
    """On 60 columns `articles/` took the room of what was done about it."""
    async with browsing(london, (60, 20)) as pilot:
        browse = pilot.app.screen
        await press(pilot, "article.show", "words.select", "words.quote")
        await pilot.press(*"trump")
        await press(pilot, "prompt.write")
        await until(pilot, lambda: not browse.annotation.writing and pilot.app.screen is browse)
        with (london / SHEET).open("a") as file:
            file.write("# by another hand\n")
        await press(pilot, "words.leave", "edit.undo")
        await until(pilot, lambda: "…/2025-06-10-london.yaml was changed since; nothing was…" in screen_of(pilot.app))
