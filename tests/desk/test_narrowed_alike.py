"""What is narrowed on the screen is narrowed alike at the command line and in a brief; a brief never lacks a part unsaid."""

import json

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from dossier.cli import main
from dossier.desk.brief.scope import BriefScope, brief_within
from dossier.desk.desk import Desk
from dossier.model.problems import DossierError
from dossier.model.views import Filters

LISTED = ("delegations", "issues", "quotes", "events", "articles")
DIRECT = Filters(("direct",))


@pytest.fixture(scope="module")
def desk(seed):
    desk = Desk.open(seed)
    yield desk
    desk.close()


def run(*words, status=0):
    result = CliRunner().invoke(main, list(map(str, words)))
    assert result.exit_code == status, result.output
    return result


def ids(brief):
    return [item.entry.id for chapter in brief.chapters for item in chapter.items]


@pytest.mark.parametrize("lens", [(), ("trump",), ("trump", "market-access")])
@pytest.mark.parametrize(
    "filters", [Filters(), DIRECT, Filters((), ("missing",)), Filters(first="2025-06-10"), Filters(last="2025-05")]
)
def test_a_brief_holds_what_the_lists_show(desk, lens, filters):
    brief = brief_within(desk, LISTED, BriefScope(lens=lens, filters=filters)).brief
    assert ids(brief) == [row.id for pane in LISTED for row in desk.listing(pane, lens, filters=filters)]


@pytest.mark.parametrize("mode", ["exact", "aliases", "fuzzy"])
@pytest.mark.parametrize(
    ("query", "begun"), [("washington", False), ("tarif", True), ("tarif", False), ("marcet", False)]
)
def test_a_brief_holds_what_the_search_shows(desk, query, begun, mode):
    """Words are taken as the reader has them taken, the one that is being typed too."""
    found = desk.search(query, limit=1_000, typing=begun, mode=mode, lens=("trump",), filters=DIRECT)
    extent = BriefScope(None, query, mode, begun, ("trump",), DIRECT)
    assert set(ids(brief_within(desk, LISTED, extent).brief)) == {hit.id for hit in found.hits}


def test_tables_weigh_what_the_screen_weighs(desk):
    extent = BriefScope(lens=("trump",), filters=DIRECT)
    matrix, timeline = brief_within(desk, ("matrix", "timeline"), extent).brief.chapters
    shown = desk.weighing.matrix(lens=("trump",), filters=DIRECT)
    assert [row[0].text for row in matrix.table.rows] == [column.title for column in shown.issues]
    assert len(timeline.table.rows) == len(desk.weighing.timeline(lens=("trump",), filters=DIRECT))
    whole = brief_within(desk, ("matrix", "timeline"), BriefScope()).brief
    assert len(whole.chapters[0].table.rows) > len(matrix.table.rows)
    assert len(whole.chapters[1].table.rows) > len(timeline.table.rows)


def test_the_document_says_what_it_was_narrowed_to(seed):
    text = run("export", "-d", seed, "--pane", "quotes", "--query", "tariffs", "--lens", "trump",
               "--attribution", "direct", "--attribution", "paraphrase", "--status", "exact",
               "--from", "2025-06", "--to", "2025-07").stdout  # fmt: skip
    assert "**Search:** tariffs\n" in text
    assert (
        "**Narrowed to:** linked with Donald Trump · quotes direct or paraphrase · evidence exact · from 2025-06 · to 2025-07\n"
        in text
    )
    assert "before he imposed tariffs" in text
    for command in ("matrix", "timeline"):
        assert (
            "**Narrowed to:** linked with Donald Trump\n" in run(command, seed, "--markdown", "--lens", "trump").stdout
        )
    assert "Narrowed" not in run("export", "-d", seed, "--pane", "quotes", "--query", "tariffs").stdout


def test_filters_leave_what_they_do_not_ask_about(seed):
    """The difference to a field of the query, which finds only what has it."""
    export = ("export", "-d", seed, "--pane", "delegations", "--pane", "quotes")
    filtered, asked = (
        run(*export, *more).stdout for more in (("--attribution", "direct"), ("--query", "attribution:direct"))
    )
    assert "### China\n" in filtered
    assert "### China\n" not in asked
    assert filtered[filtered.index("## Quotes") :].count("\n> ") == asked[asked.index("## Quotes") :].count("\n> ") > 0


def test_searching_weighing_and_the_timeline_are_narrowed_by_the_same_options(desk, seed):
    narrow = ("--lens", "trump", "--attribution", "direct")
    hits = json.loads(run("search", "kind:quote", "-d", seed, "--json", *narrow).stdout)
    assert hits["total"] == len(desk.listing("quotes", ("trump",), filters=DIRECT)) > 0
    cells = json.loads(run("matrix", seed, "--json", *narrow).stdout)["cells"]
    assert len(cells) == len(desk.weighing.matrix(lens=("trump",), filters=DIRECT).cells) > 0
    items = json.loads(run("timeline", seed, "--json", *narrow).stdout)["items"]
    assert len(items) == len(desk.weighing.timeline(lens=("trump",), filters=DIRECT)) > 0


@pytest.mark.parametrize(
    "command", [("search", "tariffs", "-d"), ("export", "--pane", "quotes", "-d"), ("matrix",), ("timeline",)]
)
@pytest.mark.parametrize(
    ("options", "told"),
    [(("--lens", "chna"), "did you mean china?"), (("--from", "June"), "June is no date"), (("--to", "2025-06-09T10:00"), "is no date")],
)  # fmt: skip
def test_what_cannot_narrow_is_refused(seed, command, options, told):
    assert told in run(*command, seed, *options, status=2).stderr


def test_a_mistake_in_the_query_and_an_empty_search_are_told(seed):
    export = ("export", "-d", seed, "--pane", "quotes", "--query")
    told = run(*export, "speakr:trump nothing").stderr
    assert "did you mean speaker:?" in told
    assert "The search finds nothing." in told
    assert "Did you mean" in run(*export, "tarifs").stderr
    assert "Nothing in the query can be searched for: 1: This parenthesis" in run(*export, "(", status=2).stderr


def test_a_search_that_was_cut_short_makes_no_brief(desk, monkeypatch):
    """Else a brief on a large dossier, or one that is being indexed elsewhere, would lack quotes and not say so."""
    answer = desk.search("tariffs")
    monkeypatch.setattr(Desk, "search", lambda *_, **__: replace(answer, partial=True, notes=("Time ran out.",)))
    with pytest.raises(DossierError, match=r"would miss some: Time ran out\."):
        brief_within(desk, ("quotes",), BriefScope(query="tariffs"))
