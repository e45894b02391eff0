"""Joint statements, people of several delegations or for a time, coalitions: each counts where it was said, once."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.cli import main
from dossier.desk.desk import Desk
from dossier.desk.search.passages import Describer
from dossier.store.catalogue import memberships
from dossier.store.sync import checks

CASES = Path(__file__).parent.parent / "data" / "cases"


def case(name, tmp_path):
    return Path(shutil.copytree(CASES / name, tmp_path / name))


def run(*words):
    result = CliRunner().invoke(main, list(map(str, words)))
    assert result.exit_code in (0, 1), result.output
    return result.stdout


def cells(folder, *options):
    found = json.loads(run("matrix", folder, "--json", *options))
    return {(one["delegation"], one["issue"]): one["statements"] for one in found["cells"]}


def hits(folder, query, *options):
    found = json.loads(run("search", "-d", folder, "--json", query, *options))
    return {hit["id"] for hit in found["hits"]}


def problems(folder):
    with closing(Desk.open(folder)) as desk:
        found = [(one.code, one.place.line) for one in checks.problems(desk.texts.catalogue)]
        return [one for one in found if one[0] != "direct-not-quoted"]  # the texts here have no quotation marks


def test_a_joint_statement_counts_once_in_the_row_of_each(tmp_path):
    folder = case("17-joint-statement", tmp_path)
    assert problems(folder) == []
    assert cells(folder) == {("uk", "fees"): 1, ("wto", "fees"): 1}
    assert hits(folder, "speaker:uk kind:quote") == hits(folder, "speaker:wto kind:quote") == {"joint"}
    assert "United Kingdom and WTO" in run("timeline", folder)
    assert "United Kingdom and WTO" in run("export", "-d", folder, "--pane", "quotes")
    links = json.loads(run("links", "joint", "-d", folder, "--json"))["links"]
    assert [one["other"] for one in links if one["relation"] == "said by"] == ["uk", "wto"]


def test_speakers_named_twice_or_unknown_are_told(tmp_path):
    folder = case("17-joint-statement", tmp_path)
    text = (folder / "dossier.yaml").read_text()
    (folder / "dossier.yaml").write_text(text.replace("[uk, wto]", "[uk, uk, nobody]"))
    assert [code for code, _ in problems(folder)] == ["repeated-value", "unknown-id"]
    assert cells(folder) == {("uk", "fees"): 1}


@pytest.mark.parametrize("written", ["link", "memberships"])
def test_a_person_of_two_delegations_counts_in_both_everywhere(tmp_path, written):
    folder = case("15-one-person-two-sides", tmp_path)
    if written == "memberships":
        path = folder / "dossier.yaml"
        text = path.read_text().replace("links:\n  - {from: smith, rel: member of, to: wto}\n", "")
        path.write_text(text.replace("role: minister", "role: minister, memberships: [{delegation: wto}]"))
    assert problems(folder) == []
    assert cells(folder) == {("uk", "fees"): 1, ("wto", "fees"): 1}
    assert cells(folder, "--lens", "wto") == {("wto", "fees"): 1}
    assert hits(folder, "delegation:wto kind:quote") == hits(folder, "delegation:uk kind:quote") == {"q1"}
    assert hits(folder, "fees", "--lens", "wto") >= {"q1"}
    assert "smith" in run("show", "wto", "-d", folder)
    with closing(Desk.open(folder)) as desk:
        assert [one.text for one in desk.weighing.statements("wto", "fees")] == ["we want lower fees"]
        assert {row.id for row in desk.listing("quotes", ("wto",))} == {"q1"}


@pytest.mark.parametrize(("link", "code"), [
    ("{from: uk, rel: member of, to: wto}", "wrong-kind"), ("{from: smith, rel: member of, to: fees}", "wrong-kind"),
])  # fmt: skip
def test_a_membership_that_cannot_count_is_refused(tmp_path, link, code):
    folder = case("15-one-person-two-sides", tmp_path)
    path = folder / "dossier.yaml"
    path.write_text(path.read_text().replace("{from: smith, rel: member of, to: wto}", link))
    assert [one for one, _ in problems(folder)] == [code]


MOVED = (
    "{name: Smith, memberships: [{delegation: reds, role: Deputy, until: 2020-03}, {delegation: blues, from: 2020-03}]}"
)


def moved(folder, date, person=MOVED):
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text("we want lower fees\n")
    told = f", date: {date}" if date else ""
    (folder / "dossier.yaml").write_text(
        "format: 1\narticle: a\narticles: {a: {file: a.txt}}\n"
        f"delegations: {{reds: {{name: Reds}}, blues: {{name: Blues}}}}\npeople: {{smith: {person}}}\n"
        "issues: {fees: {name: Fees}}\n"
        f"quotes: {{q: {{text: we want lower fees, speaker: smith, issues: [fees], stance: for{told}}}}}\n"
    )
    return folder


@pytest.mark.parametrize(("date", "unclear"), [("", True), ("2020", True), ("2019-05-01", False)])
@pytest.mark.parametrize("at", ["", ", at: we want lower fees"])
def test_a_link_whose_date_does_not_tell_the_side_counts_for_none_and_is_told(tmp_path, date, unclear, at):
    folder = moved(tmp_path / "d", "2019")
    told = f", date: {date}" if date else ""
    with (folder / "dossier.yaml").open("a") as file:
        file.write(f"links:\n  - {{from: smith, rel: supports, to: fees{told}{at}}}\n")
    assert [code for code, _ in problems(folder)] == (["membership-unclear"] if unclear else [])


@pytest.mark.parametrize(("date", "side", "unclear"), [
    ("2019", "reds", False), ("2020-02-29", "reds", False), ("2021-05-01T10:00Z", "blues", False),
    ("2020-04", "blues", False), ("", "", True), ("2020", "", True), ("2020-03-15", "", True), ("202X", "", True),
    ("-0043", "reds", False),
])  # fmt: skip
def test_a_statement_counts_for_the_side_of_its_day(tmp_path, date, side, unclear):
    folder = moved(tmp_path / "d", date)
    assert [code for code, _ in problems(folder)] == (["membership-unclear"] if unclear else [])
    assert cells(folder) == ({(side, "fees"): 1} if side else {})
    for one in ("reds", "blues"):
        assert hits(folder, f"delegation:{one} kind:quote") == ({"q"} if one == side else set())
        assert ("q ·" in run("links", one, "-d", folder)) == (one == side)
        with closing(Desk.open(folder)) as desk:
            assert {row.id for row in desk.listing("quotes", (one,))} == ({"q"} if one == side else set())
    assert "until 2020-03" in run("show", "smith", "-d", folder)


def test_outside_of_every_membership_a_person_speaks_alone(tmp_path):
    person = "{name: Smith, memberships: [{delegation: reds, until: 2020}]}"
    folder = moved(tmp_path / "d", "2024", person)
    assert problems(folder) == []
    assert cells(folder) == {}
    assert cells(folder, "--members") == {("smith", "fees"): 1}


def test_a_membership_that_ends_before_it_begins_is_an_error(tmp_path):
    folder = moved(tmp_path / "d", "2024", "{name: S, memberships: [{delegation: reds, from: 2021, until: 2020-12}]}")
    assert [code for code, _ in problems(folder)] == ["bad-date"]


def test_one_person_in_two_blocks_is_told_what_to_write(tmp_path):
    folder = moved(tmp_path / "d", "2024")
    (folder / "more.yaml").write_text("delegations: {greens: {name: Greens, members: {smith: {name: Smith}}}}\n")
    with closing(Desk.open(folder)) as desk:
        told = [str(one) for one in checks.problems(desk.texts.catalogue)]
    assert any("duplicate-id" in one and "memberships:" in one for one in told)


def test_a_coalition_says_what_it_says_and_its_parts_on_request(tmp_path):
    folder = tmp_path / "g"
    folder.mkdir()
    (folder / "a.txt").write_text("lower fees now. higher fees please. no fees at all.\n")
    (folder / "dossier.yaml").write_text(
        "format: 1\narticle: a\narticles: {a: {file: a.txt}}\ndelegations:\n  g77: {name: G77}\n"
        "  in: {name: India, part_of: [g77], members: {m: {name: M}}}\n  cn: {name: China, part_of: g77}\n"
        "issues: {fees: {name: Fees}}\nquotes:\n"
        "  q1: {text: lower fees now, speaker: g77, issues: [fees]}\n"
        "  q2: {text: higher fees please, speaker: m, issues: [fees]}\n"
        "  q3: {text: no fees at all, speaker: [in, cn], issues: [fees]}\n"
    )
    assert problems(folder) == []
    assert cells(folder) == {("g77", "fees"): 1, ("in", "fees"): 2, ("cn", "fees"): 1}
    assert cells(folder, "--parts") == {("g77", "fees"): 3, ("in", "fees"): 2, ("cn", "fees"): 1}
    assert json.loads(run("matrix", folder, "--json", "--parts"))["counted_with"] == {"g77": ["in", "cn"]}
    assert "G77 (with India, China)" in run("matrix", folder, "--parts")
    assert cells(folder, "--lens", "g77") == {("g77", "fees"): 1}
    text = (folder / "dossier.yaml").read_text()
    (folder / "dossier.yaml").write_text(text.replace("{name: G77}", "{name: G77, part_of: [in]}"))
    assert [code for code, _ in problems(folder)] == ["circle"]
    assert cells(folder, "--parts")["g77", "fees"] == 3


dates = st.sampled_from(["", "2018", "2019-05", "2020-03-15", "2021-07-01", "2022"])
edits = st.fixed_dictionaries({
    "memberships": st.lists(st.fixed_dictionaries(
        {"delegation": st.sampled_from(["d1", "d2", "nobody"])}, optional={"from": st.sampled_from(["2019", "2020-03"]),
                                                                 "until": st.sampled_from(["2020-03", "2021"])}), max_size=3),
    "link": st.booleans(), "dates": st.tuples(dates, dates), "speakers": st.sets(st.sampled_from(["p", "m", "d2"])),
    "published": st.sampled_from(["", "2019-02"]), "part": st.booleans(),
})  # fmt: skip


def write(folder, world):
    folder.mkdir(exist_ok=True)
    (folder / "a.txt").write_text("one two three. four five six.\n")
    part = {"part_of": ["d1"]} if world["part"] else {}
    (folder / "people.yaml").write_text(
        json.dumps({"people": {"p": {"name": "P", "memberships": world["memberships"]}}})
    )
    (folder / "dossier.yaml").write_text(json.dumps({
        "format": 1, "article": "a",
        "articles": {"a": {"file": "a.txt"} | ({"published": world["published"]} if world["published"] else {})},
        "delegations": {"d1": {"name": "D1", "members": {"m": {"name": "M"}}}, "d2": {"name": "D2", **part}},
        "issues": {"i": {"name": "I"}},
        "links": [{"from": "m", "rel": "member of", "to": "d2"}] if world["link"] else [],
    }))  # fmt: skip
    quotes = {
        f"q{at}": {"text": words, "issues": ["i"]} | ({"date": date} if date else {})
        | ({"speaker": sorted(world["speakers"])} if world["speakers"] else {})
        for at, (words, date) in enumerate(zip(["one two three", "four five six"], world["dates"], strict=True))
    }  # fmt: skip
    (folder / "quotes.yaml").write_text(json.dumps({"article": "a", "quotes": quotes}))
    return folder


def seen(desk):
    """All that depends on who speaks for whom: cells, what search is given, lists under a lens, problems."""
    db = desk.texts.catalogue
    matrix = desk.weighing.matrix(parts=True)
    described = Describer(db, "en")
    return (
        {key: cell.tally for key, cell in desk.weighing.matrix().cells.items()},
        {key: cell.tally for key, cell in matrix.cells.items()},
        {one: described.passage(desk.entry(one)).delegation for one in ("p", "m", "q0", "q1")},
        {one: [row.id for row in desk.listing("quotes", (one,))] for one in ("d1", "d2")},
        checks.problems(db),
    )


@given(edits, edits)
@settings(max_examples=25, deadline=None)
def test_a_changed_membership_is_weighed_as_if_it_were_new(tmp_path_factory, first, second):
    home = tmp_path_factory.mktemp("worlds")
    with closing(Desk.open(write(home / "one", first))) as desk:
        desk.weighing.matrix()
        write(home / "one", second)
        desk.refresh()
        with closing(Desk.open(write(home / "two", second))) as other:
            assert seen(desk) == seen(other)
        matrix = desk.weighing.matrix()
        for (row, issue), cell in matrix.cells.items():
            assert (
                len({one.same for one in desk.weighing.statements(row, issue) if one.counted}) == cell.tally.statements
            )
            found = {hit.id for hit in desk.search(f"delegation:{row} kind:quote").hits}
            assert len(found) == cell.tally.statements
            assert found == set(dict.fromkeys(x.id for x in desk.listing("quotes", (row,)))) or row == "d1"


def lines(folder, pane, *lens):
    with closing(Desk.open(folder)) as desk:
        listing = desk.listing(pane, lens)
        return [(row.depth, row.title, row.detail) for row in map(listing.__getitem__, range(len(listing)))]


def test_a_person_of_two_delegations_is_listed_under_both_with_the_time_in_each(tmp_path):
    folder = moved(tmp_path / "d", "2019")
    both = [
        (0, "Reds", ""), (1, "Smith", "Deputy until 2020-03"), (0, "Blues", ""), (1, "Smith", "2020-03 and after"),
    ]  # fmt: skip
    assert lines(folder, "delegations") == both
    with closing(Desk.open(folder)) as desk:
        assert [desk.listing("delegations")[at].children for at in (0, 2)] == [1, 1]
        assert desk.listing("delegations").position("smith") == 1
    exported = run("export", "-d", folder, "--pane", "delegations")
    assert exported.count("# Smith") == 1
    assert "until 2020-03) — Deputy" in exported
    assert "2020-03 and after" in exported
    assert "Smith (Reds, Blues)" in run("matrix", folder, "--members")
    run("export", "-d", folder, "--pane", "delegations", "--style", "notes", "-o", tmp_path / "notes")
    note = (tmp_path / "notes" / "smith.md").read_text()
    assert (note.count("Member of"), "(until 2020-03)" in note) == (1, True)
    assert "changed" not in run("verify", tmp_path / "notes", "-d", folder)


def test_under_a_lens_everybody_stands_under_their_own_or_names_what_was_left_out(tmp_path):
    folder = moved(tmp_path / "d", "2019")
    assert lines(folder, "delegations", "q") == [
        (0, "Smith", "Deputy until 2020-03, of Reds"), (0, "Smith", "2020-03 and after, of Blues"),
    ]  # fmt: skip
    path = folder / "dossier.yaml"
    path.write_text(
        path.read_text().replace("blues: {name: Blues}", "blues: {name: Blues, members: {ann: {name: Ann}}}").replace(
            "issues: {fees: {name: Fees}}", "issues: {trade: {name: Trade}, fees: {name: Fees, parent: trade}}"
        )
        + "links:\n  - {from: reds, rel: supports, to: q}\n  - {from: ann, rel: opposes, to: q}\n"
    )  # fmt: skip
    assert lines(folder, "delegations", "q") == [
        (0, "Reds", ""), (1, "Smith", "Deputy until 2020-03"), (0, "Ann", "of Blues"),
    ]  # fmt: skip
    assert lines(folder, "issues", "q") == [(0, "Fees", "part of Trade")]


def test_the_links_of_a_delegation_need_the_memberships_of_its_own_members_alone(tmp_path, monkeypatch):
    people = "".join(f"      p{n}: {{name: Person {n}}}\n" for n in range(40))
    (tmp_path / "dossier.yaml").write_text(
        "title: Many\ndelegations:\n  few:\n    name: Few\n    members:\n      ann: {name: Ann}\n"
        f"  many:\n    name: Many\n    members:\n{people}"
    )
    with closing(Desk.open(tmp_path)) as desk:
        db = desk.texts.catalogue
        everyone = memberships.memberships(db)
        assert len(everyone) == 41
        assert memberships.memberships(db, ["ann", "p3"]) == {one: everyone[one] for one in ("ann", "p3")}
        read, membership = [], memberships.membership
        monkeypatch.setattr(memberships, "membership", lambda link: read.append(link.source) or membership(link))
        assert desk.view("few").links
        assert read == ["ann"]
