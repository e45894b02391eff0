"""The marks of the reader: quiet where all is sound, loud where words need a look, gone when one wants to read."""

from screen_text import press, screen_of

from dossier.ui.panes.article import word_at


async def test_missing_evidence_is_told_in_the_frame_and_the_status_line(browsing, london):
    path = london / "articles" / "2025-06-10-london.txt"
    path.write_text(path.read_text().replace("China is not easy to deal with", "Nothing of the kind was said"))
    async with browsing(london) as pilot:
        await pilot.pause()
        shown = screen_of(pilot.app)
        lost = pilot.app.screen.reading.article("london-day-one").lost
        assert lost > 0
        assert f"✗ {lost} piece" in shown
        assert "need a look" in shown or "needs a look" in shown
        assert pilot.app.screen.live.headline()[1] == "row--doubt"


async def test_a_key_hides_all_marks_and_brings_them_back(browsing):
    async with browsing() as pilot:
        pane = pilot.app.screen.the_pane("article")
        await press(pilot, "article.show")
        marked = [pane.content.content_line(number, 60) for number in range(8)]
        await press(pilot, "marks.hide")
        plain = [pane.content.content_line(number, 60) for number in range(8)]
        assert not any(segment.style.underline for line in plain for segment in line if segment.style)
        assert any(segment.style.underline for line in marked for segment in line if segment.style)
        assert "marks hidden" in screen_of(pilot.app)
        await press(pilot, "marks.hide")
        assert [pane.content.content_line(number, 60) for number in range(8)] == marked


async def test_words_jumped_to_stand_a_third_down(browsing):
    async with browsing() as pilot:
        await press(pilot, "quotes.show", "cursor.last", "entry.open")
        await pilot.pause()
        pane = pilot.app.screen.the_pane("article")
        span = pane.content.framed()
        line = pane.content.page.line_at(span.start) - pane.top
        assert 0 < line < pane.page
        assert line == pane.page // 3 or pane.top == pane.content.line_count() - pane.page


async def test_a_double_click_takes_the_word_and_escape_lets_go(browsing):
    async with browsing() as pilot:
        await press(pilot, "article.show")
        pane = pilot.app.screen.the_pane("article")
        x = pane.content.margins()[0] + 1 + 5
        await pilot.click("#article", offset=(x, 1), times=2)
        await pilot.pause()
        assert pilot.app.screen.get_selected_text() == "United"
        assert "6 characters selected: y copies them" in screen_of(pilot.app)
        await press(pilot, "level.leave")
        assert not pilot.app.screen.get_selected_text()
        assert pilot.app.screen.state.view.pane == "article"


def test_a_word_keeps_its_apostrophe_and_hyphen():
    text = "China's rare-earth exports, 90 days"
    assert text[slice(*word_at(text, 6))] == "China's"
    assert text[slice(*word_at(text, 9))] == "rare-earth"
    assert word_at(text, text.index(",")) == (26, 27)
