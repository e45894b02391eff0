"""The matrix is what the files say, however they are written: else a reader would weigh what nobody said."""

import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st
from matrix_worlds import PARENTS, PUBLISHED, SIDES, below, facts, last_day, tally, worlds, write

from dossier.desk.desk import Desk
from dossier.model.anchors import worst
from dossier.model.views import Filters

ROWS = {"d1": ["d1", "m1", "m2"], "d2": ["d2", "m3"], "d3": ["d3"]}


def summed(tally):
    counts = (tally.statements, tally.origins, tally.last, tally.review, tally.bare)
    return (tally.stance, *counts, tuple(tally.counts.values()))


def told(matrix):
    return {key: summed(cell.tally) for key, cell in matrix.cells.items()}


def expected(world, rows, columns, keep=lambda fact: fact, limit=""):
    kept = [left for fact in facts(world) if (left := keep(fact))]
    cells = {}
    for row, sides in rows.items():
        for column, issues in columns.items():
            found = tally([fact for fact in kept if fact["who"] in sides and fact["issue"] in issues], limit)
            if found[1] or found[4]:
                cells[row, column] = found
    return cells


OWN = {issue: [issue] for issue in PARENTS}


@given(worlds(), st.sampled_from(["2024", "2025-05-11", "2025-05", "2025-06-10", "2030"]))
@settings(max_examples=50)
def test_the_matrix_is_that_of_a_reader_with_pencil_and_paper(world, day):
    with tempfile.TemporaryDirectory() as home, closing(Desk.open(write(world, Path(home) / "world"))) as desk:
        see = desk.weighing.matrix
        assert told(see()) == expected(world, ROWS, OWN)
        alone = {one: [one] for one in SIDES if one != "p1"}
        assert told(see(members=True)) == expected(world, alone, OWN)
        mixed = {"d1": ["d1"], "m1": ["m1"], "m2": ["m2"], "d2": ROWS["d2"], "d3": ["d3"]}
        assert told(see(unfolded={"d1"})) == expected(world, mixed, OWN)
        assert told(see(folded={"i1"})) == expected(world, ROWS, {"i1": below("i1"), "i4": ["i4"]})
        assert told(see(folded={"i2"})) == expected(world, ROWS, {"i1": ["i1"], "i2": ["i2", "i3"], "i4": ["i4"]})
        assert told(see(as_of=day)) == expected(world, ROWS, OWN, limit=last_day(day))
        before = expected(world, ROWS, OWN, limit=last_day(day))
        for key, cell in see(since=day).cells.items():
            assert summed(cell.before) == before.get(key, ((), 0, 0, "", 0, 0, (0, 0, 0, 0)))


@given(worlds())
@settings(max_examples=30)
def test_filters_and_lens_leave_just_the_statements_they_name(world):
    def of_status(status):
        def keep(fact):
            return fact if worst(anchor[4] for anchor in fact["anchors"]) == status else None

        return keep

    def in_article(fact):
        left = [anchor for anchor in fact["anchors"] if anchor[3] == "a1"]
        return fact | {"anchors": left, "worst": worst(anchor[4] for anchor in fact["anchors"])} if left else None

    def in_spring(fact):
        date = fact["date"]
        return fact if date and date[:7] <= "2025-05" and last_day(date) >= "2025-03" else None

    with tempfile.TemporaryDirectory() as home, closing(Desk.open(write(world, Path(home) / "world"))) as desk:
        see = desk.weighing.matrix
        direct = Filters(("direct",))
        assert told(see(filters=direct)) == expected(
            world, ROWS, OWN, lambda f: f if f["attribution"] == "direct" else None
        )
        assert told(see(filters=Filters((), ("missing",)))) == expected(world, ROWS, OWN, of_status("missing"))
        assert told(see(filters=Filters(first="2025-03", last="2025-05"))) == expected(world, ROWS, OWN, in_spring)
        assert told(see(lens=("m1",))) == expected(world, ROWS, OWN, lambda f: f if f["who"] == "m1" else None)
        assert told(see(lens=("i1", "d1"))) == expected(
            world, ROWS, OWN, lambda f: f if f["who"] in ROWS["d1"] and f["issue"] in below("i1") else None
        )
        assert told(see(lens=("a1",))) == expected(world, ROWS, OWN, in_article)


@given(worlds(), worlds())
@settings(max_examples=25)
def test_a_changed_dossier_is_weighed_as_if_it_were_new(first, second):
    """Only what a change touches is weighed anew; what that leaves out would stay wrong for good."""
    with tempfile.TemporaryDirectory() as home:
        folder = write(first, Path(home) / "world")
        with closing(Desk.open(folder)) as desk:
            write(second, folder)
            desk.refresh()
            assert told(desk.weighing.matrix()) == expected(second, ROWS, OWN)
            text = (folder / "dossier.yaml").read_text()
            (folder / "dossier.yaml").write_text(
                text.replace('"stance": "neutral"', '"stance": "against"').replace(
                    '"published": "2025-06-10"', '"published": "2025-05-12"'
                )
            )
            desk.refresh()
            again = desk.weighing.matrix()
            days = desk.weighing.matrix(as_of="2025-05-12")
            fresh = Path(home) / "fresh"
            folder.rename(fresh)
            with closing(Desk.open(fresh)) as other:
                assert told(again) == told(other.weighing.matrix())
                assert told(days) == told(other.weighing.matrix(as_of="2025-05-12"))


def quote(name, own, *at):
    """A quote of one side about one issue."""
    free = {"attribution": "direct", "via": [], "stance": "", "date": ""}
    return {"id": name, "own": own, "at": list(at), "speaker": "d1", "issues": ["i1"], **free}


BRIDGE = quote("q2", ("a1", 0, 0), ("a2", 0, 0), ("a1", "dup"))
"""A quote that shares words with two others, and has other words that stand in several places."""


@given(worlds())
@example({"quotes": [quote("q0", ("a2", 0, 0)), quote("q1", ("a1", 0, 0)), BRIDGE], "links": []})
@settings(max_examples=25)
def test_a_cell_opens_to_the_statements_it_counts(world):
    with tempfile.TemporaryDirectory() as home, closing(Desk.open(write(world, Path(home) / "world"))) as desk:
        for (row, column), cell in desk.weighing.matrix().cells.items():
            statements = desk.weighing.statements(row, column)
            counted = [one for one in statements if one.counted]
            assert len({one.same for one in counted}) == cell.tally.statements
            assert {stance for one in counted for stance in one.stance} == set(cell.tally.stance)
            assert sum(not e.sound for e in {e for one in statements for e in one.evidence}) == cell.tally.review
            assert [one.date for one in statements] == sorted(
                (one.date for one in statements), key=lambda date: (not date, date)
            )
        assert set(PUBLISHED) == {one.id for one in desk.listing("articles")}
