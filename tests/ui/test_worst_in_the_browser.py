"""Of any mixture of anchors the browser shows the worst status wherever it shows the statement: no ✓ beside lost words."""

import asyncio
import sys
import tempfile
from pathlib import Path

import pytest
from driving import driven
from hypothesis import HealthCheck, Phase, given, settings
from screen_text import press

from dossier.desk.state import CellSelection
from dossier.model.anchors import GLYPHS, SOUND, worst
from dossier.ui.messages import CellSelected, EntrySelected

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "weighing"))
from matrix_worlds import place, quote_anchors, worlds, write

WIDTH = 60


def drawn(pane, row, part=0):
    """A line of a pane: what stands at its left, and what at its right end."""
    return tuple("".join(piece[0] for piece in side) for side in pane.rows.draw(row, part, WIDTH))


def shown(status):
    """Return how a status looks at the right end of a line."""
    return GLYPHS[status] if status in SOUND else f"{GLYPHS[status]} {status}"


async def check_quotes_and_links(pilot, wanted, quotes):
    speakers = sorted({one["speaker"] for one in quotes} - {""})
    pane, links = pilot.app.screen.the_pane("quotes"), pilot.app.screen.the_pane("links")
    for name, status in wanted.items():
        assert drawn(pane, pane.rows.row_of(name))[1].split()[0] == GLYPHS[status]
        pane.post_message(EntrySelected(name))
        await pilot.pause()
        rows = [row for row in range(links.rows.stack.rows) if links.rows._items[row].what == "own"]
        told = [drawn(links, row)[1] for row in rows]
        assert worst(next(one for one in GLYPHS if text.startswith(GLYPHS[one])) for text in told) == status
        assert all((status in SOUND) or text for text in told)
    seen = set()
    for side in speakers:
        pane.post_message(EntrySelected(side))
        await pilot.pause()
        for row in range(links.rows.stack.rows):
            link = links.rows._items[row].link
            if links.rows._items[row].what == "link" and link.other in wanted and link.relation == "said":
                seen.add(link.other)
                assert drawn(links, row)[1].startswith(shown(wanted[link.other]))
    assert seen == {one["id"] for one in quotes if one["speaker"] in speakers}


async def check_matrix_and_statements(pilot, wanted, link_statuses):
    await press(pilot, "matrix.show")
    matrix, pane = pilot.app.screen.the_pane("matrix"), pilot.app.screen.the_pane("statements")
    heads = matrix.content.chart.matrix
    for row in heads.delegations:
        for column in heads.issues:
            if not heads.cell(row.id, column.id).tally:
                assert not pilot.app.screen.reading.desk.weighing.statements(row.id, column.id, alone=not row.folded)
                continue
            cell = CellSelection(row.id, column.id, bool(row.children) and not row.folded, column.folded)
            matrix.post_message(CellSelected(cell))
            await pilot.pause()
            counted = 0
            for at, one in enumerate(pane.rows.statements):
                status = wanted[one.entry] if one.kind == "quote" else worst(e.status for e in one.evidence)
                assert one.kind == "quote" or status in link_statuses
                lines = [drawn(pane, at, part) for part in range(len(pane.rows._told(at)))]
                assert lines[0][1].startswith(shown(status)) if status else not lines[0][1]
                sound = not status or status in SOUND
                assert sound != any("does not count" in left for left, _ in lines)
                counted += sound
            tally = heads.cell(row.id, column.id).tally
            assert bool(tally.statements) == bool(counted)


async def check_article_marks(pilot, world):
    for article in ("a1", "a2"):
        view = pilot.app.screen.reading.article(article)
        anchors = [(one["id"], anchor) for one in world["quotes"] for anchor in quote_anchors(one)]
        owners = {one["id"] for one in world["quotes"]}
        marked = {(span.owner, span.start, span.end) for span in view.evidence if span.status in SOUND}
        sound = {
            (owner, *place(anchor)[1:])
            for owner, anchor in anchors
            if anchor[0] == article and place(anchor)[0] == "exact"
        }
        assert {one for one in marked if one[0] in owners} == sound
        named = [anchor for _, anchor in anchors] + [anchor for one in world["links"] for anchor in one["at"]]
        assert view.lost == sum(anchor[0] == article and place(anchor)[1] < 0 for anchor in named)


def check(world):
    async def look():
        wanted = {one["id"]: worst(place(anchor)[0] for anchor in quote_anchors(one)) for one in world["quotes"]}
        link_statuses = {worst(place(anchor)[0] for anchor in one["at"]) for one in world["links"]}
        with tempfile.TemporaryDirectory() as home:
            async with driven(write(world, Path(home) / "world")) as pilot:
                await check_quotes_and_links(pilot, wanted, world["quotes"])
                await check_matrix_and_statements(pilot, wanted, link_statuses)
                await check_article_marks(pilot, world)

    asyncio.run(look())


@given(worlds())
@settings(max_examples=5, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def test_the_browser_shows_the_worst_of_several_anchors(world):
    check(world)


@pytest.mark.thorough
@given(worlds())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_browser_shows_the_worst_of_several_anchors_in_many_worlds(world):
    check(world)


async def test_a_translation_is_marked_among_the_statements(tmp_path):
    (tmp_path / "dossier.yaml").write_text(
        "format: 1\ntitle: T\narticle: a\narticles:\n  a: {file: a.txt}\ndelegations:\n  uk: {name: UK}\n"
        "issues:\n  fees: {name: Fees}\nquotes:\n"
        "  q: {text: We pay, original: Wir zahlen, speaker: uk, issues: [fees], stance: for}\n"
    )
    (tmp_path / "a.txt").write_text("London: „Wir zahlen“.\n")
    async with driven(tmp_path) as pilot:
        await press(pilot, "matrix.show")
        pane = pilot.app.screen.the_pane("statements")
        assert any("translated" in drawn(pane, 0, part)[0] for part in range(len(pane.rows._told(0))))
