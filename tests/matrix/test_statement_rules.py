"""The rules by which statements are counted, each at its edge."""

import json
from contextlib import closing

from dossier.desk.desk import Desk
from dossier.model.dates import last_day
from dossier.model.weighing import CellSummary, StatementRow, groups, weigh


def fact(name, *, day="2025-06-10", start=0, end=5, status="exact", anchor=1, mask=1, origin="us"):
    return StatementRow((name, ""), day, day, mask, origin, anchor, "one", status, start, end)


def test_words_that_touch_are_not_words_that_overlap():
    assert groups([(("a", 0, 5),), (("a", 5, 9),), (("a", 4, 6),)]) == [0, 0, 0]
    assert groups([(("a", 0, 5),), (("a", 5, 9),)]) == [0, 1]
    assert groups([(("a", 0, 5),), (("b", 0, 5),)]) == [0, 1]
    assert groups([(("a", 0, 5), ("b", 0, 2)), (("b", 1, 3),), ((),)[:0]]) == [0, 0, 2]


def test_nothing_weighs_nothing():
    assert weigh([]) == (CellSummary(), ())


def test_a_statement_whose_words_are_gone_gives_neither_stance_nor_date():
    total, steps = weigh([fact("q", status="reworded"), fact("r", status="missing", anchor=2)])
    assert (total.mask, total.statements, total.origins, total.last, total.review) == (0, 0, 0, "", 2)
    assert [step.day for step in steps] == ["2025-06-10"]


def test_a_statement_is_as_sure_as_the_worst_of_its_anchors():
    total, _ = weigh([fact("q"), fact("q", status="ambiguous", anchor=2), fact("r", start=10, end=12, anchor=3)])
    assert (total.statements, total.review, total.bare) == (1, 1, 0)


def test_what_needs_a_look_counts_where_it_is_left_out_itself():
    from msgspec.structs import replace

    total, _ = weigh([replace(fact("q"), worst="missing")])
    assert (total.statements, total.review) == (0, 1)


def test_a_link_without_words_counts_and_says_that_it_has_none():
    total, _ = weigh([fact("q", status="", anchor=0, start=-1, end=-1)])
    assert (total.statements, total.review, total.bare) == (1, 0, 1)


def test_what_has_no_day_is_in_the_whole_and_in_no_step():
    total, steps = weigh([fact("q", day=""), fact("r", start=10, end=12)])
    assert total.statements == 2
    assert [(step.day, step.statements) for step in steps] == [("2025-06-10", 1)]


def test_the_last_day_a_date_may_mean():
    days = {"2024-02": "2024-02-29", "2025-02": "2025-02-28", "1900-02": "1900-02-28", "2000-02": "2000-02-29"}
    days |= {"2025": "2025-12-31", "2025-04": "2025-04-30", "2025-06-09T14:00/2025-06-10T10:00": "2025-06-10", "": ""}
    days |= {f"2025-{month:02}": f"2025-{month:02}-31" for month in (1, 3, 5, 7, 8, 10, 12)}
    assert {text: last_day(text) for text in days} == days


def dossier(folder, relations, quote="q"):
    (folder / "dossier.yaml").write_text(json.dumps({
        "format": 1,
        "delegations": {"us": {"name": "US", "members": {"b": {"name": "B"}}}},
        "issues": {"i": {"name": "I"}},
    }))  # fmt: skip
    (folder / "sources.yaml").write_text('{"articles": {"one": {"file": "one.txt"}}}')
    (folder / "one.txt").write_text("It may be so.\n")
    (folder / "quotes.yaml").write_text(json.dumps({
        "quotes": {quote: {"text": "may be so", "speaker": "b"}},
        "links": [{"from": quote, "rel": "leans to", "to": "i"}],
    }))  # fmt: skip
    (folder / "relations.yaml").write_text(json.dumps({"relations": {"leans to": relations}}))
    return folder


def test_a_relation_declared_anew_turns_the_cells_that_rest_on_it(tmp_path):
    """The file that changed names no statement; those that depend on it must be found all the same."""
    with closing(Desk.open(dossier(tmp_path, {"inverse": "leaned to by", "stance": "for"}))) as desk:
        assert desk.weighing.matrix().cell("us", "i").tally.stance == ("for",)
        assert desk.weighing.matrix(members=True).cell("b", "i").tally.stance == ("for",)
        dossier(tmp_path, {"inverse": "leaned to by", "stance": "against"})
        desk.refresh()
        assert desk.weighing.matrix().cell("us", "i").tally.stance == ("against",)
        assert desk.weighing.matrix(members=True).cell("b", "i").tally.stance == ("against",)


def test_a_dossier_without_delegations_has_an_empty_matrix(tmp_path):
    (tmp_path / "dossier.yaml").write_text("format: 1\nissues: {i: {name: I}}\n")
    with closing(Desk.open(tmp_path)) as desk:
        matrix = desk.weighing.matrix()
        assert (matrix.delegations, len(matrix.issues), matrix.cells, matrix.gaps()) == ((), 1, {}, ())
        assert desk.weighing.dial() == ()
        assert len(desk.weighing.timeline()) == 0


def test_what_changes_in_one_file_reaches_the_statements_of_another(tmp_path):
    """An issue, a speaker, a membership: each is written in a file that holds no statement."""
    dossier(tmp_path, {"inverse": "leaned to by", "stance": "for"})
    head = tmp_path / "dossier.yaml"
    whole = json.loads(head.read_text())

    def cells(**changes):
        head.write_text(json.dumps(whole | changes))
        desk.refresh()
        return {key: cell.tally.statements for key, cell in desk.weighing.matrix().cells.items()}

    head.write_text(json.dumps(whole | {"issues": {}}))
    with closing(Desk.open(tmp_path)) as desk:
        assert cells() == {("us", "i"): 1}
        assert cells(issues={}) == {}
        assert cells() == {("us", "i"): 1}
        assert cells(delegations={"us": {"name": "US"}}) == {}
        assert cells(delegations={"us": {"name": "US"}, "eu": {"name": "EU", "members": {"b": {"name": "B"}}}}) == {
            ("eu", "i"): 1
        }
        assert cells() == {("us", "i"): 1}
        assert cells(people={"b": {"name": "B"}}, delegations={"us": {"name": "US"}}) == {}


def test_an_article_s_day_and_words_reach_the_statements_that_borrow_them(tmp_path):
    dossier(tmp_path, {"inverse": "leaned to by", "stance": "for"})
    with closing(Desk.open(tmp_path)) as desk:
        assert desk.weighing.matrix().cell("us", "i").tally.last == ""
        assert desk.weighing.matrix(as_of="2030").undated == 1
        (tmp_path / "sources.yaml").write_text("articles: {one: {file: one.txt, published: 2025-06-10}}")
        desk.refresh()
        assert desk.weighing.matrix().cell("us", "i").tally.last == "2025-06-10"
        (tmp_path / "one.txt").write_text("Nothing of the kind.\n")
        desk.refresh()
        tally = desk.weighing.matrix().cell("us", "i").tally
        assert (tally.statements, tally.review) == (0, 1)
