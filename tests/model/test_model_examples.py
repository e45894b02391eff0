"""The rules of the model by example: what counts as words, as one statement, as a day, as a paragraph."""

import pytest

from dossier.model.anchor_search import locate, occurrences
from dossier.model.anchors import STATUSES, worst
from dossier.model.articles import body_start, paragraph_at, paragraphs
from dossier.model.clean import HOSTILE, clean_line
from dossier.model.dates import moment_problem, span_of
from dossier.model.entries import Anchor, Entry
from dossier.model.folding import Folded, fold
from dossier.model.problems import Place
from dossier.model.weighing import StatementRow, groups, mask_of, weigh
from dossier.model.word_diff import differences


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("He left; she stayed. The heat rose.", "he", []),
        ("an agreement", "agree", []),
        ("an agreement", "ment", []),
        ("disagree, agree", "agree", [10]),
        ("Trade talks resumed.", "Trade talks", [0]),
        ("Trade talks resumed.", "Trade talk", []),
        ("Trade talks resumed.", "rade talks", []),
        ("15 of 150", "15", [0]),
        ("何立峰副总理", "立峰", [1]),
        ("…the end", "", []),
    ],
)
def test_words_are_never_cut_out_of_longer_ones(text, words, found):
    assert occurrences(Folded(text), words) == found


def test_an_anchor_that_is_half_a_word_is_missing_and_says_why():
    found = locate(Folded("No agreement came."), Anchor("agree"))
    assert (found.status, found.spans) == ("missing", ())
    assert "longer words" in found.why


def test_words_that_stand_twice_are_ambiguous_until_something_chooses():
    text = Folded("Talks began. Talks ended. Talks resumed.")
    assert locate(text, Anchor("Talks")).status == "ambiguous"
    assert locate(text, Anchor("Talks", occurrence=2)).spans == ((13, 18),)
    assert locate(text, Anchor("Talks", after="resumed")).spans == ((26, 31),)
    assert locate(text, Anchor("Talks", before="ended.")).spans == ((26, 31),)
    assert locate(text, Anchor("Talks", occurrence=4)).status == "missing"


@pytest.mark.parametrize(
    ("one", "other"),
    [("“a”", '"a"'), ("a\u00a0b", "a  b"), ("it’s", "it's"), ("a–b", "a-b"), ("e\u0301", "é"), ("a\n b", "a b")],
)
def test_spellings_that_match_each_other(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("a", "A"), ("é", "e"), ("ab", "a b"), ("a.", "a")])
def test_spellings_that_do_not(one, other):
    assert fold(one) != fold(other)


def fact(statement, start, end, status="exact", day="2025-06-10", stance="for", anchor=1):
    return StatementRow((statement, ""), day, day, mask_of(stance), statement, anchor, "a", status, start, end)


def test_statements_that_share_words_count_once_and_those_beside_each_other_twice():
    assert weigh([fact("q1", 0, 10), fact("q2", 5, 15)])[0].statements == 1
    assert weigh([fact("q1", 0, 10), fact("q2", 9, 15)])[0].statements == 1
    assert weigh([fact("q1", 0, 10), fact("q2", 10, 15)])[0].statements == 2
    assert weigh([fact("q1", 0, 5), fact("q2", 10, 15), fact("q3", 4, 11)])[0].statements == 1


def test_what_is_not_sound_does_not_count_and_is_told():
    total = weigh([fact("q1", 0, 10, "missing"), fact("q2", 20, 30)])[0]
    assert (total.statements, total.review) == (1, 1)
    assert total.stance == ("for",)
    assert not weigh([fact("q1", -1, -1, "reworded")])[0].stance


def test_sums_grow_day_by_day():
    _, steps = weigh([fact("q1", 0, 5, day="2025-06-09"), fact("q2", 10, 15, stance="against")])
    assert [(step.day, step.statements, step.stance) for step in steps] == [
        ("2025-06-09", 1, ("for",)),
        ("2025-06-10", 2, ("for", "against")),
    ]


def test_groups_are_numbered_by_their_first():
    assert groups([(("a", 0, 5),), (("b", 0, 5),), (("a", 4, 9),)]) == [0, 1, 0]


def test_paragraphs_are_runs_of_lines_between_blank_ones():
    text = "---\ntitle: T\n---\nOne\ntwo.\n \nThree.\r\n\r\nFour."
    found = paragraphs(text, body_start(text))
    assert [text[one.start : one.end] for one in found] == ["One\ntwo.", "Three.", "Four."]
    assert paragraph_at(found, text.index("Three") + 2) == 2


@pytest.mark.parametrize("date", ["2025", "2025-06", "2025-06-09", "2025-06-09T14:00"])
def test_days_that_are_dates(date):
    assert moment_problem(date) == ""


@pytest.mark.parametrize("date", ["2025-02-30", "2025-13", "yesterday", "09.06.2025"])
def test_days_that_are_none(date):
    assert moment_problem(date)


def test_an_interval_has_two_ends():
    assert span_of("2025-06-09/2025-06-10") == ("2025-06-09", "2025-06-10")
    assert span_of("2025-06") == ("2025-06", "")


def test_a_line_is_inert():
    assert not HOSTILE.search(clean_line("a\x1b]52;c;evil\x07\nb\u202e"))


def test_differences_name_the_words_that_changed():
    old, new = "will lift all controls", "may lift all controls"
    (one,) = differences(old, new)
    assert (old[slice(*one.old)], new[slice(*one.new)]) == ("will", "may")


def test_an_entry_tells_its_names_the_name_first():
    entry = Entry("us", "delegation", "United States", Place("dossier.yaml"), {"aliases": ["US", "U.S."]})
    assert entry.names == ["United States", "US", "U.S."]
    assert (entry.text("aliases"), entry.texts("note"), entry.text("note")) == ("US, U.S.", [], "")


@pytest.mark.parametrize("at", range(1, len(STATUSES)))
def test_the_worst_status_is_the_one_furthest_from_certain(at):
    assert worst(["", *STATUSES[: at + 1]]) == worst([*reversed(STATUSES[: at + 1])]) == STATUSES[at]
    assert worst(["", ""]) == ""
