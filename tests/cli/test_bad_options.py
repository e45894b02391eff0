"""What cannot narrow a command is refused in one sentence: a script goes by the status, and its user by the sentence."""

import pytest
from click.testing import CliRunner

from dossier.cli import main
from dossier.cli.narrowing import lens_and_filters
from dossier.desk.desk import Desk
from dossier.model.dates import moment_problem
from dossier.model.problems import DossierError

NARROWED = (("search", "tariffs", "-d"), ("export", "--pane", "quotes", "-d"), ("matrix",), ("timeline",))


def run(*words, status=0):
    result = CliRunner().invoke(main, list(map(str, words)))
    assert result.exit_code == status, result.output
    return result


def refused(*words):
    """The one line that is said; no part of a result stands before it."""
    result = run(*words, status=2)
    assert result.stdout == ""
    assert result.stderr.startswith("dossier: ")
    assert result.stderr.count("\n") == 1, result.stderr
    return result.stderr


@pytest.mark.parametrize("command", NARROWED)
@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--lens", ""), "An id that is empty"),
        (("--lens", "Donald Trump"), "no entry Donald Trump; did you mean trump?"),
        (("--lens", "beijing"), "no entry beijing; did you mean china?"),
        (("--lens", "a\nb\x1b[2J"), "no entry a b␛[2J; give one"),
        (("--lens", "a\udcffb"), "no entry a\N{REPLACEMENT CHARACTER}b; give one"),
        (("--lens", "x" * 9_999), f"no entry {'x' * 60}…; give one"),
        (("--from", "2025-02-30"), "2025-02-30 is no date: write 2025, 2025-06 or 2025-06-09."),
        (("--to", "٢٠٢٥"), "٢٠٢٥ is no date"),
        (("--to", "2025\n--\n"), "2025 -- is no date"),
        (("--from", ""), "--from is empty"),
        (("--to", " \t"), "--to is empty"),
        (("--from", "2025-07", "--to", "2025-06-30"), "2025-07 comes after 2025-06-30"),
        (("--from", "2026", "--to", "2025-12"), "2026 comes after 2025-12"),
    ],
)
def test_bad_options_get_one_sentence(seed, command, options, told):
    assert told in refused(*command, seed, *options)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("export", "--pane", "quotes", "--query", " ", "-d"), "--query is empty"),
        (("export", "--pane", "", "-d"), "no pane “” to export"),
        (("search", "", "-d"), "The query is empty"),
        (("matrix", "--as-of", ""), "--as-of is empty"),
        (("matrix", "--json", "--markdown"), "Both --json and --markdown"),
        (("timeline", "--json", "--markdown"), "Both --json and --markdown"),
        (("links", "trump", "--json", "--markdown", "-d"), "Both --json and --markdown"),
        (("show", "a\udcffb", "-d"), "There is no entry"),
    ],
)
def test_other_bad_options_get_one_sentence_too(seed, words, told):
    """An empty variable of a script would else ask for all, and print it as if that had been asked for."""
    assert told in refused(*words, seed)


@pytest.mark.parametrize("dates", [("2025-06", "2025-06"), ("2025", "2025-06"), ("2025-06-10", "2025-06"), (" 2025 ", "2025-06-30")])  # fmt: skip
def test_dates_that_overlap_are_in_order(seed, dates):
    """Of 2025 to 2025-06 something may be: the longer date is not the later one."""
    first, last = dates
    assert "Second day of the talks" in run("timeline", seed, "--from", first, "--to", last).stdout


@pytest.mark.parametrize("command", NARROWED)
def test_what_is_said_thrice_is_said_once(seed, command):
    """A lens of thousands broke the matrix off; the document would name an entry three times."""
    options = ("--lens", "trump", "--attribution", "direct", "--status", "exact")
    assert run(*command, seed, *options * 1_200).stdout == run(*command, seed, *options).stdout


def test_a_lens_of_more_than_can_be_asked_for_is_refused(seed, monkeypatch):
    desk = Desk.open(seed)
    trump = desk.get_or_raise("trump")
    monkeypatch.setattr(desk, "get_or_raise", lambda one: type(trump)(one, trump.kind, one, trump.place))
    with pytest.raises(DossierError, match="The lens has 101 entries; give at most 100"):
        lens_and_filters(desk, tuple(map(str, range(101))), (), (), None, None)
    assert len(lens_and_filters(desk, tuple(map(str, range(100))), (), (), None, None)[0]) == 100
    desk.close()


def test_wanted_entries_that_are_not_shown_are_named(seed):
    """A brief without the entry that it was made for must not look like a whole one."""
    export = ("export", "-d", seed, "--pane", "quotes", "--only")
    assert (
        "Left out, since the chosen panes do not show them when narrowed so: trump, china."
        in run(*export, "trump", "--only", "china", "--only", "trump").stderr
    )
    assert run("export", "-d", seed, "--pane", "delegations", "--only", "trump").stderr == ""
    assert (
        "Left out" in run("export", "-d", seed, "--pane", "delegations", "--only", "trump", "--query", "geneva").stderr
    )
    assert run(*export, "trump", "--pane", "matrix").stderr == ""


def test_an_empty_timeline_says_so(seed):
    assert run("timeline", seed, "--from", "2030").stderr == "Nothing to show.\n"


def test_other_digits_make_no_date():
    """They would sort behind every other date, in a dossier too."""
    assert moment_problem("٢٠٢٥-٠٦")
    assert not moment_problem("2025-06")
