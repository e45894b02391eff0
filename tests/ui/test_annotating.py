"""Annotating in the browser: words selected by keys, one line to write, and every change can be taken back."""

import pytest
from screen_text import press, screen_of, until

SHEET = "articles/2025-06-10-london.yaml"
ARTICLE = "articles/2025-06-10-london.txt"


@pytest.fixture
def bare(london):
    """The London dossier with nothing annotated in its article."""
    (london / SHEET).write_text("article: london-day-one\n")
    return london


def article(pilot):
    return pilot.app.screen.the_pane("article")


def chosen(pilot):
    span = article(pilot).selected_span()
    return article(pilot).text[span.start : span.end] if span else ""


async def written(pilot):
    """Presses Enter, and waits until the line is gone."""
    browse = pilot.app.screen_stack[0]
    await press(pilot, "prompt.write")
    await until(pilot, lambda: not browse.annotation.writing and pilot.app.screen is browse)


async def select(pilot, words):
    """Goes to words that begin as given, by keys alone; how many keys it took."""
    keys = 1
    if not chosen(pilot):
        await press(pilot, "words.select")
    else:
        keys = 0
    while not chosen(pilot).startswith(words):
        before = chosen(pilot)
        await press(pilot, "words.next")
        keys += 1
        assert chosen(pilot) != before, words
    return keys


async def test_keys_select_widen_and_move_both_edges(browsing, bare):
    async with browsing(bare) as pilot:
        await press(pilot, "article.show", "words.select")
        assert chosen(pilot).startswith("The United States and China held")
        assert "selected" in screen_of(pilot.app)
        await press(pilot, "words.shorter")
        assert chosen(pilot).endswith("control issues")
        await press(pilot, "words.longer", "words.later", "words.later")
        assert chosen(pilot).startswith("States and China")
        await press(pilot, "words.earlier", "sentence.longer")
        assert chosen(pilot).startswith("United States")
        assert chosen(pilot).endswith("meetings.")
        await press(pilot, "sentence.shorter")
        assert chosen(pilot).endswith("issues.")
        await press(pilot, "words.leave")
        assert not chosen(pilot)
        assert pilot.app.screen.state.view.pane == "article"


async def test_next_words_are_quotations_and_sentences_without_one(browsing, bare):
    async with browsing(bare) as pilot:
        await press(pilot, "article.show")
        await select(pilot, "We are doing well with China")
        assert chosen(pilot) == "We are doing well with China"
        await press(pilot, "words.next")
        assert chosen(pilot) == "China is not easy to deal with."
        await press(pilot, "words.previous", "words.widen")
        assert chosen(pilot) == "'We are doing well with China,' although he noted"
        await press(pilot, "words.widen")
        assert chosen(pilot).startswith("President Trump, asked about")
        await press(pilot, "words.widen", "words.widen")
        assert "whole paragraph" in screen_of(pilot.app)


async def test_a_quote_is_written_by_one_line_shown_at_once_and_taken_back(browsing, bare):
    before = (bare / SHEET).read_bytes()
    async with browsing(bare) as pilot:
        await press(pilot, "article.show")
        await select(pilot, "We would like to keep")
        await press(pilot, "words.quote")
        await until(pilot, lambda: "trump" in screen_of(pilot.app).splitlines()[-3])
        assert "direct" in screen_of(pilot.app)
        await press(pilot, "prompt.next")
        await pilot.press(*"mark", "tab", "f")
        await written(pilot)
        state = pilot.app.screen.state.view
        assert state.entry == state.owner
        entry = pilot.app.screen.reading.desk.entry(state.entry)
        assert entry.fields["text"] == "We would like to keep the Chinese market open"
        assert entry.fields["stance"] == "for"
        assert pilot.app.screen.reading.desk.annotations.fields(entry.id)["issues"] == ["market-access"]
        assert pilot.app.screen.reading.desk.annotations.fields(entry.id)["speaker"] == ["trump"]
        assert "✓" in screen_of(pilot.app)
        await press(pilot, "edit.undo")
        await until(pilot, lambda: "Taken back" in screen_of(pilot.app))
        assert (bare / SHEET).read_bytes() == before
        await press(pilot, "edit.redo")
        await until(pilot, lambda: "Written again" in screen_of(pilot.app))
        assert b"keep the Chinese market" in (bare / SHEET).read_bytes()
    async with browsing(bare) as pilot:
        await press(pilot, "edit.undo")
        await until(pilot, lambda: "Taken back" in screen_of(pilot.app))
        assert (bare / SHEET).read_bytes() == before
        await press(pilot, "edit.undo")
        await until(pilot, lambda: "nothing to undo" in screen_of(pilot.app))


async def test_an_entry_is_changed_in_the_same_line_and_deleted_after_its_references_are_listed(browsing, london):
    before = (london / SHEET).read_bytes()
    async with browsing(london) as pilot:
        desk = pilot.app.screen.reading.desk
        await press(pilot, "quotes.show")
        while pilot.app.screen.state.view.entry != "trump-market-open":
            await press(pilot, "cursor.down")
        await press(pilot, "entry.change", "prompt.next", "prompt.next")
        await pilot.press("a", "g")
        await written(pilot)
        entry = desk.entry("trump-market-open")
        assert entry.fields["stance"] == "against"
        assert desk.annotations.fields(entry.id)["issues"] == ["market-access"]
        assert len((london / SHEET).read_bytes()) == len(before) + len("against") - len("for")
        while pilot.app.screen.state.view.entry != "trump-not-easy":
            await press(pilot, "cursor.up")
        await press(pilot, "entry.delete")
        assert "link of trump-not-easy" in screen_of(pilot.app)
        assert "go with it" in screen_of(pilot.app)
        await press(pilot, "dialog.close")
        assert desk.entry("trump-not-easy") is not None
        await press(pilot, "entry.delete", "dialog.accept")
        await until(pilot, lambda: "deleted" in screen_of(pilot.app))
        assert pilot.app.screen.reading.desk.entry("trump-not-easy") is None
        for _ in range(2):
            await press(pilot, "edit.undo")
            await until(pilot, lambda: not pilot.app.screen.annotation.writing)
    assert (london / SHEET).read_bytes() == before


async def test_new_people_issues_and_names_are_made_on_the_spot(browsing, bare):
    async with browsing(bare) as pilot:
        await press(pilot, "article.show")
        await select(pilot, "China is not easy")
        await press(pilot, "words.quote")
        await pilot.press(*"!Ann Other", "tab", *"!Soy beans", ",", "r", "a", "r", "e")
        await written(pilot)
        desk = pilot.app.screen.reading.desk
        fields = desk.annotations.fields(pilot.app.screen.state.view.entry)
        assert fields["speaker"] == ["other"]
        assert fields["issues"] == ["soy-beans", "rare-earths"]
        assert (desk.entry("other").title, desk.entry("soy-beans").kind) == ("Ann Other", "issue")
        await press(pilot, "edit.undo")
        await until(pilot, lambda: not pilot.app.screen.annotation.writing)
        assert desk.entry("other") is None
        await press(pilot, "words.leave", "name.new")
        await pilot.press(*"Lin Jian", "tab", "p", "tab", *"chi")
        await written(pilot)
        assert pilot.app.screen.reading.desk.entry("jian").owner == "china"


async def test_a_refusal_leaves_the_line_as_it_was(browsing, bare):
    before = (bare / SHEET).read_bytes()
    async with browsing(bare) as pilot:
        await press(pilot, "article.show", "quote.new")
        await pilot.press(*"zzzz")
        assert "No such entry: !zzzz makes a person, !!zzzz a delegation." in screen_of(pilot.app)
        await pilot.press("home", "!")
        assert "A new person: “zzzz”." in screen_of(pilot.app)
        await pilot.press("backspace", "end", "enter")
        assert "is no entry of this dossier: !zzzz makes one" in screen_of(pilot.app)
        await pilot.press("ctrl+u", *"trump")
        text = (bare / ARTICLE).read_text()
        (bare / ARTICLE).write_text(text.replace("held high-level trade talks", "had talks"))
        browse = pilot.app.screen_stack[0]
        await press(pilot, "prompt.write")
        await until(pilot, lambda: not browse.annotation.writing)
        assert pilot.app.screen is not browse
        assert "not in the article" in screen_of(pilot.app)
        assert pilot.app.screen.line.texts[0] == "trump"
        await press(pilot, "prompt.leave")
        assert pilot.app.screen is browse
    assert (bare / SHEET).read_bytes() == before


async def test_words_selected_with_the_mouse_count_the_same(browsing, bare):
    from textual.geometry import Offset
    from textual.selection import Selection

    async with browsing(bare) as pilot:
        await press(pilot, "article.show")
        pane = article(pilot)
        pilot.app.screen.selections = {pane: Selection(Offset(6, 0), Offset(16, 0))}
        await pilot.pause()
        assert chosen(pilot) == "United States"
        await press(pilot, "words.longer")
        assert chosen(pilot) == "United States and"


async def test_hostile_text_stays_inert_in_the_line_and_in_names(browsing, bare):
    path = bare / "dossier.yaml"
    path.write_text(path.read_text().replace("name: Scott Bessent", 'name: "Evil \\e[31m[b]\\u202eName"'))
    async with browsing(bare) as pilot:
        await press(pilot, "article.show", "quote.new")
        await pilot.press(*"evil")
        assert "\x1b" not in screen_of(pilot.app)
        assert "\u202e" not in screen_of(pilot.app)
        pilot.app.screen.line.fill("!\x1b]0;x\x07[red]no[/]")
        pilot.app.screen.line.offer()
        await pilot.pause()
        assert "\x1b" not in screen_of(pilot.app)
        await written(pilot)
    assert "\x1b" not in path.read_text()


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20)])
async def test_the_words_and_the_whole_line_are_in_sight_at_every_width(browsing, bare, size):
    async with browsing(bare, size) as pilot:
        await press(pilot, "article.show")
        await select(pilot, "We would like")
        await press(pilot, "words.quote")
        shown = screen_of(pilot.app)
        assert "We would like" in shown
        assert "▸ market-access ▸ stance" in shown  # “the Chinese market” stands in the words
        assert "write" in shown.splitlines()[-1]
        await press(pilot, "prompt.leave", "words.leave")


async def test_a_quote_written_while_the_process_behind_watches_is_there_at_once(bare):
    from dossier.desk.open import start
    from dossier.ui.app import DossierApp
    from dossier.ui.work.reading import Reading
    from dossier.ui.work.setup import Setup

    desk = start(bare)
    app = DossierApp(Reading(desk), setup=Setup(live=True))
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            await until(pilot, lambda: app.screen.live.content is not None and app.screen.state.view.article, 1_500)
            await press(pilot, "article.show", "quote.new")
            await pilot.press(*"china")
            await written(pilot)
            entry = app.screen.state.view.entry
            assert app.screen.reading.desk.entry(entry).kind == "quote"
            assert app.screen.the_pane("quotes").rows.listing.position(entry) == 0
            await press(pilot, "edit.undo")
            await until(pilot, lambda: not app.screen.annotation.writing)
            assert app.screen.reading.desk.entry(entry) is None
    finally:
        desk.close()


async def test_the_link_under_the_cursor_is_changed_and_not_the_entry_it_leads_to(browsing, london):
    async with browsing(london) as pilot:
        await press(pilot, "quotes.show", "links.show")
        browse = pilot.app.screen
        for _ in range(60):
            if browse.state.view.owner and browse.reading.desk.entry(browse.state.view.owner) is None:
                break
            await press(pilot, "cursor.down")
        key = browse.state.view.owner
        source, rest = key.split(" ", 1)
        await press(pilot, "entry.change")
        assert pilot.app.screen.line.texts[0] == source
        assert rest.endswith(pilot.app.screen.line.texts[2])
        await press(pilot, "prompt.leave", "entry.delete", "dialog.accept")
        await until(pilot, lambda: "deleted" in screen_of(pilot.app))
        assert not browse.reading.desk.annotations.fields(key)
        assert browse.reading.desk.entry(source) is not None
