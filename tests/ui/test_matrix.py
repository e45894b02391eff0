"""The matrix on the screen: what a cell shows is what it opens to, and nobody loses their place on the way."""

import pytest
from hostile_dossier import write
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from screen_text import lines_of, press, screen_of, until
from textual import events

from dossier.model.clean import HOSTILE
from dossier.model.weighing import CellSummary
from dossier.ui.drawing.grid import fit
from dossier.ui.drawing.stances import short_date, short_tally, sizes
from dossier.ui.messages import CellSelected

SIZES = [(120, 40), (100, 30), (60, 20)]


def view(pilot):
    return pilot.app.screen.state.view


def matrix(pilot):
    return pilot.app.screen.the_pane("matrix")


def box_of(pilot, title):
    """The lines of the pane whose title begins so, without its frame."""
    lines = lines_of(pilot.app)
    at, left = next(
        (number, line.index(edge + title)) for number, line in enumerate(lines) for edge in "┏┌" if edge + title in line
    )
    right = next(x for x in range(left + 1, len(lines[at])) if lines[at][x] in "┓┐")
    found = []
    for line in lines[at + 1 :]:
        if line[left] in "┗└":
            break
        found.append(line[left + 1 : right])
    return found


@pytest.mark.parametrize("size", SIZES)
async def test_six_shows_who_stands_where_and_four_brings_the_article_back(browsing, size):
    async with browsing(size=size) as pilot:
        await press(pilot, "matrix.show")
        assert any("┏6 Matrix" in line for line in lines_of(pilot.app))
        assert any(line.startswith("  ▸ United States") and "○ 4/1" in line for line in box_of(pilot, "6 Matrix"))
        assert all(len(line) == size[0] for line in lines_of(pilot.app))
        await press(pilot, "article.show")
        assert any("┏4 Article" in line for line in lines_of(pilot.app))
        assert "6 Matrix ━" not in screen_of(pilot.app)
        assert (view(pilot).centre, view(pilot).side) == ("article", "quotes")


async def test_every_cell_shows_what_the_desk_weighs_by_sign_and_number(browsing):
    async with browsing() as pilot:
        await press(pilot, "matrix.show")
        shown = screen_of(pilot.app)
        for words in ("Progress of the negotiations", "└ Semiconductor design software", "+±2/1", "± 1/1", "− 1/1", "05-??",
                      "+ for  − against  ± conditional  2/1 statements/origins  ○ no stance  · nothing"):  # fmt: skip
            assert words in shown
        rows = [line for line in box_of(pilot, "6 Matrix") if "▸ " in line and "│" not in line]
        assert [line.split()[1] for line in rows] == ["United", "China"]
        assert len(rows[1].split("▸ China")[1].replace("− 1", "−1").replace("+ ", "+").replace("○ ", "○").split()) == 16


async def test_under_the_rows_the_cell_is_told_in_words_and_its_statements_are_shown(browsing):
    async with browsing() as pilot:
        await press(pilot, "matrix.show", "cursor.down", *["column.next"] * 5)
        shown = screen_of(pilot.app)
        assert "China × Rare-earth exports" in shown
        assert "no stance; 1 statement of 1 origin; last 2025-06-10" in shown
        assert "Statements ─ China × Rare-earth exports" in shown
        row = next(line for line in box_of(pilot, "6 Matrix") if "▸ China" in line)
        above = [line[row.index("▌") + 1] for line in box_of(pilot, "6 Matrix")[:16]]
        assert "".join(above).endswith("▾" + "┃" * 10)
        assert "China's restrictions on rare earth exports to the U.S." in shown


@pytest.mark.parametrize("size", SIZES)
async def test_enter_opens_the_statements_then_the_words_and_escape_leads_all_the_way_back(browsing, size):
    async with browsing(size=size) as pilot:
        await press(pilot, "matrix.show", "cursor.down", *["column.next"] * 5)
        out = screen_of(pilot.app).splitlines()[:-2]
        await press(pilot, "entry.open")
        assert view(pilot).pane == "statements"
        assert view(pilot).owner
        if size[0] > 60:
            assert pilot.app.screen.the_pane("article").content.framed().owner == view(pilot).owner
        await press(pilot, "entry.open")
        assert view(pilot).pane == "article"
        assert view(pilot).article == "london-day-one"
        await press(pilot, "level.leave")
        assert view(pilot).pane == "statements"
        await press(pilot, "level.leave")
        assert view(pilot).pane == "matrix"
        assert screen_of(pilot.app).splitlines()[:-2] == out
        await press(pilot, "view.forward", "view.back")
        assert screen_of(pilot.app).splitlines()[:-2] == out


async def test_an_empty_cell_says_so_and_stays(browsing):
    async with browsing() as pilot:
        await press(pilot, "matrix.show", "cursor.down", "entry.open")
        assert "Nothing was said: China on Progress of the negotiations." in screen_of(pilot.app)
        assert view(pilot).pane == "matrix"


async def test_members_and_sub_issues_fold_out_and_in_and_the_cursor_stays_on_its_cell(browsing):
    async with browsing() as pilot:
        await press(pilot, "matrix.show", "cursor.down", *["column.next"] * 5, "members.fold")
        assert any("▾ China" in line for line in box_of(pilot, "6 Matrix"))
        assert any("He Lifeng" in line for line in box_of(pilot, "6 Matrix"))
        assert "China × Rare-earth exports" in screen_of(pilot.app)
        await press(pilot, "cursor.down", "members.fold", "parts.fold")
        assert not any("He Lifeng" in line for line in box_of(pilot, "6 Matrix"))
        assert not any("U.S. automotive" in line for line in box_of(pilot, "6 Matrix"))
        assert "China × Rare-earth exports" in screen_of(pilot.app)
        assert matrix(pilot).content.crossing().deep


async def test_h_and_l_fold_on_the_names_and_move_on_the_cells(browsing):
    async with browsing() as pilot:
        await press(pilot, "matrix.show", "column.previous")
        assert matrix(pilot).content.cursor == (0, -1)
        await press(pilot, "column.next")
        assert any("Scott Bessent" in line for line in box_of(pilot, "6 Matrix"))
        await press(pilot, "cursor.down", "column.previous")
        assert not any("Scott Bessent" in line for line in box_of(pilot, "6 Matrix"))
        await press(pilot, "column.next", "column.next")
        assert matrix(pilot).content.cursor == (0, 0)


async def test_the_names_stay_in_sight_wherever_one_scrolls(browsing):
    async with browsing(size=(60, 20)) as pilot:
        await press(pilot, "matrix.show", "members.fold", "column.last", "cursor.last")
        inside = box_of(pilot, "6 Matrix")
        assert any("▸ China" in line for line in inside)
        assert "‹" in inside[0]
        assert any("└ 90-day" in line for line in inside)
        assert any("China × 90-day period of the tariff cut" in line for line in inside)
        await press(pilot, "column.first", "cursor.first")
        inside = box_of(pilot, "6 Matrix")
        assert "Progress of the negotiations" in inside[0]
        assert any("▾ United States" in line for line in inside)


async def test_the_dial_shows_a_day_and_what_changed_since_and_escape_lifts_it(browsing):
    async with browsing() as pilot:
        await press(pilot, "matrix.show", "column.next", "dial.earlier")
        day = view(pilot).as_of
        assert day
        shown = screen_of(pilot.app)
        weighing = pilot.app.screen.reading.desk.weighing
        changed = sum(cell.changed for cell in weighing.matrix(since=day).cells.values())
        assert f"as of {day}, {changed} changed since" in shown
        assert "›" in "".join(box_of(pilot, "6 Matrix"))
        await press(pilot, "dial.earlier")
        assert view(pilot).as_of < day
        await press(pilot, "dial.later")
        assert view(pilot).as_of == day
        await press(pilot, "level.leave")
        assert not view(pilot).as_of
        assert view(pilot).pane == "matrix"
        await press(pilot, "dial.later")
        assert "This is all there is." in screen_of(pilot.app)


async def test_gaps_are_listed_and_lead_to_their_cells(browsing):
    async with browsing() as pilot:
        await press(pilot, "matrix.show", "gaps.show")
        gaps = pilot.app.screen.reading.desk.weighing.matrix().gaps()
        assert f"{len(gaps)}/32" in screen_of(pilot.app)
        await press(pilot, *["cursor.down"] * 5)
        assert (view(pilot).cell.delegation, view(pilot).cell.issue) == (gaps[5].delegation, gaps[5].issue)
        await press(pilot, "entry.open")
        assert view(pilot).pane == "matrix"
        assert (matrix(pilot).content.crossing().delegation, matrix(pilot).content.crossing().issue) == (
            gaps[5].delegation,
            gaps[5].issue,
        )


@pytest.mark.parametrize("size", SIZES)
async def test_two_sides_stand_side_by_side_by_date(browsing, size):
    async with browsing(size=size) as pilot:
        await press(pilot, "matrix.show", "column.next", "sides.compare")
        inside = box_of(pilot, "Side by side ─ Export controls")
        assert inside[0].split() == ["United", "States", "│", "China"]
        days = [line.split()[0] for line in inside if "────" in line]
        assert days == sorted(days)
        assert days[0] == "2025-06-09"
        await press(pilot, "entry.open")
        assert view(pilot).pane == "article"
        await press(pilot, "level.leave", "level.leave")
        assert view(pilot).pane == "matrix"
        assert not view(pilot).rival


WORDS = """format: 1
articles:
  one: {file: one.txt, published: 2025-01-10}
  two: {file: two.txt, published: 2025-02-10}
delegations: {red: {name: Red}, blue: {name: Blue}, gold: {name: Gold}}
issues: {fish: {name: Fishing}}
quotes:
  r1: {text: We allow forty boats this year., speaker: red, issues: [fish], stance: for, at: {article: one, text: We allow forty boats this year.}}
  r2: {text: We allow twelve boats this year., speaker: red, issues: [fish], stance: for, at: {article: two, text: We allow twelve boats this year.}}
  b1: {text: It is nowhere., speaker: blue, issues: [fish], at: {article: two, text: It is nowhere.}}
"""


@pytest.fixture
def fishing(tmp_path):
    (tmp_path / "dossier.yaml").write_text(WORDS)
    (tmp_path / "one.txt").write_text("We allow forty boats this year.")
    (tmp_path / "two.txt").write_text("We allow twelve boats this year.")
    return tmp_path


async def test_changed_words_of_one_side_are_marked_without_colour(browsing, fishing):
    async with browsing(fishing) as pilot:
        await press(pilot, "matrix.show", "sides.compare")
        assert "Red beside" in screen_of(pilot.app)
        assert any(line.lstrip(" ▌").startswith("|Red") for line in box_of(pilot, "6 Matrix"))
        await press(pilot, "cursor.down", "sides.compare")
        shown = screen_of(pilot.app)
        assert "{+twelve+}" in shown
        assert "[-forty-]" in shown
        assert "as worded 2025-01-10" in shown


async def test_what_needs_a_look_is_marked_and_does_not_count(browsing, fishing):
    async with browsing(fishing) as pilot:
        await press(pilot, "matrix.show", "cursor.down")
        inside = box_of(pilot, "6 Matrix")
        assert any(line.split()[:2] == ["Blue", "▌·!"] for line in inside)
        assert any("1 piece of evidence needs a look" in line for line in inside)
        await press(pilot, "entry.open")
        assert "does not count" in " ".join(screen_of(pilot.app).split())


async def test_the_matrix_follows_the_lens(browsing):
    from msgspec.structs import replace

    async with browsing() as pilot:
        screen = pilot.app.screen
        await press(pilot, "matrix.show")
        screen.state = replace(screen.state, view=replace(screen.state.view, lens=("rare-earths",)))
        await pilot.pause()
        assert "6 Matrix ─ Rare-earth exports" in screen_of(pilot.app)
        assert len(matrix(pilot).content.matrix.issues) < 16
        await press(pilot, "level.leave")
        assert len(matrix(pilot).content.matrix.issues) == 16


async def test_a_reload_keeps_the_cell_and_what_is_folded(browsing, london):
    async with browsing(london) as pilot:
        await press(pilot, "matrix.show", "members.fold", "cursor.down", *["column.next"] * 6, "dossier.reload")
        assert view(pilot).pane == "matrix"
        assert any("Scott Bessent" in line and "▌·" in line for line in box_of(pilot, "6 Matrix"))
        assert (matrix(pilot).content.crossing().delegation, matrix(pilot).content.cursor) == ("bessent", (1, 6))


async def test_the_mouse_comes_to_a_cell_and_opens_it(browsing):
    async with browsing() as pilot:
        await press(pilot, "matrix.show")
        lines = lines_of(pilot.app)
        y = next(number for number, line in enumerate(lines) if "▸ China" in line)
        x = lines[y].index("−")
        await pilot.click("#matrix", offset=(x, y))
        assert matrix(pilot).content.crossing().issue == "export-controls"
        await pilot.click("#matrix", offset=(x, y), times=2)
        await pilot.pause()
        assert view(pilot).pane == "statements"


tallies = st.builds(CellSummary, mask=st.integers(0, 15), statements=st.integers(0, 500), origins=st.integers(1, 50), review=st.integers(0, 3))  # fmt: skip


@given(tallies, st.integers(1, 4), st.integers(2, 14))
def test_a_cell_never_overflows_and_never_loses_its_mark(tally, field, room):
    text = short_tally(tally, field, room)
    assert len(text) <= room
    assert text.endswith("!") == bool(tally.review)
    if sizes(tally, field)[1] <= room and tally.statements:
        assert str(tally.statements) in text


@given(st.dates(), st.sampled_from([4, 7, 10]), st.integers(0, 12), st.sampled_from(["2025", "1999"]))
def test_a_short_date_says_nothing_else_than_the_date(date, precision, room, year):
    text = date.isoformat()[:precision]
    told = short_date(text, room, year)
    assert len(told) <= room or told == text
    assert told in text or (text.startswith(year) and told[:2] == text[5:7])


@given(
    st.integers(1, 200),
    st.integers(0, 80),
    st.integers(1, 300),
    st.integers(1, 300),
    st.integers(1, 60),
    st.integers(1, 12),
)
def test_the_grid_fits_its_room_and_always_shows_a_cell(width, page, rows, columns, longest, need):
    grid = fit((width, page), rows, columns, longest, need)
    assert 1 <= grid.shown <= columns
    assert grid.column >= 1
    if width >= 20:
        assert grid.head + grid.shown * grid.column <= width
    if page >= 8:
        assert grid.shown + grid.foot < page
        assert rows * grid.height <= grid.body(page) or grid.height == 1


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_and_words_are_inert_in_all_that_is_weighed(browsing, tmp_path, size):
    write(tmp_path / "hostile")
    async with browsing(tmp_path / "hostile", size=size) as pilot:
        for keys in (["6"], ["m"], ["enter"], ["escape"], ["|"], ["j", "|"], ["6", "g", "a"], ["6", "<"], ["7"], ["m"]):
            await pilot.press(*keys)
            await pilot.pause()
            for line in lines_of(pilot.app):
                assert not HOSTILE.search(line), repr(line)
                assert cell_len(line) == size[0]
        assert pilot.app.is_running


async def test_late_news_of_a_focus_or_a_cell_does_not_close_the_comparison(browsing):
    """A matrix that is only being mounted tells both after the comparison has opened."""
    async with browsing() as pilot:
        screen = pilot.app.screen
        await press(pilot, "issues.show", "cursor.down", "sides.compare")
        await until(pilot, lambda: screen.state.view.pane == "comparison")
        before = screen.state.view
        screen.post_message(events.DescendantFocus(screen.matrix.pane))
        screen.post_message(CellSelected(screen.matrix.pane.content.crossing()))
        await pilot.pause()
        assert screen.state.view == before


async def test_a_narrow_list_of_gaps_names_side_and_issue_whole(browsing):
    async with browsing() as pilot:
        await press(pilot, "matrix.show", "gaps.show")
        gaps = pilot.app.screen.the_pane("gaps")
        row = next(
            at for at, gap in enumerate(gaps.rows.gaps) if gap.text == "China: nothing on Chemical and nuclear sectors"
        )
        said = {width: "".join(text for text, _ in gaps.rows.draw(row, 0, width)[0]) for width in (60, 40)}
        assert said == {60: gaps.rows.gaps[row].text, 40: "China: Chemical and nuclear sectors"}


async def test_the_meaning_of_the_signs_takes_the_empty_line_above_it_before_it_is_cut(browsing):
    async with browsing(size=(60, 19)) as pilot:
        await press(pilot, "matrix.show", "members.fold")
        inside = [line.strip("┃▐ ") for line in lines_of(pilot.app)[-7:-3]]
        assert inside[0] == "United States × Progress of the negotiations"
        assert inside[2:] == ["+ for  − against  ± conditional  2/1", "statements/origins  ○ no stance  · nothing"]


async def test_the_footer_cuts_no_key_at_any_width(browsing):
    async with browsing(size=(110, 30)) as pilot:
        await press(pilot, "matrix.show", "gaps.show")
        for width in range(94, 104):
            await pilot.resize_terminal(width, 30)
            await pilot.pause()
            assert "…" not in lines_of(pilot.app)[-1]


async def test_a_matrix_put_back_while_it_is_hidden_stands_within_its_columns(browsing):
    """A soak of 11 minutes ended with an IndexError: the place was one of a narrower terminal."""
    async with browsing(size=(60, 20)) as pilot:
        await press(pilot, "matrix.show", "column.last")
        narrow = matrix(pilot).spot()
        await press(pilot, "article.show")
        await pilot.resize_terminal(120, 40)
        await press(pilot, "matrix.show", "column.first", "article.show")
        assert narrow.left > 0
        matrix(pilot).restore(narrow)
        await press(pilot, "matrix.show")
        content = matrix(pilot).content
        assert content.left + content.grid.shown <= content.extent()[1]
        assert "6 Matrix" in screen_of(pilot.app)


async def test_the_statements_are_those_of_the_cell_that_a_lens_and_an_earlier_day_leave_under_the_cursor(browsing):
    async with browsing() as pilot:
        await press(pilot, "delegations.show", "lens.set", "matrix.show")
        pane, statements = pilot.app.screen.the_pane("matrix"), pilot.app.screen.the_pane("statements")
        before = pane.content.crossing()
        await press(pilot, "dial.earlier")
        assert pane.content.crossing() != before, "or the column did not go"
        assert pilot.app.screen.state.view.cell == pane.content.crossing()
        assert "United States × Export controls" in statements.rows.heading()
        assert statements.rows.statements
