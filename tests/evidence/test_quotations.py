"""Quotations in pieces: every piece in order and close, and nothing left out that turns the sense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.model.anchor_search import locate
from dossier.model.anchors import CONDITION_LEFT_OUT, SENTENCE_LEFT_OUT
from dossier.model.articles import paragraphs
from dossier.model.entries import Anchor
from dossier.model.folding import Folded
from dossier.model.markdown_words import as_read
from dossier.model.quotation_marks import QuotedStretches

SOURCE = '"We will stay," Ms Lane said, "as long as it takes." He will resign. The deal with them is final for all.'


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("We will stay, as long as it takes", "exact"),
        ("We will stay … as long as it takes", "exact"),
        ("We will stay ... it takes.", "exact"),
        ("We will stay […] it takes", "exact"),
        ("… stay …", "exact"),
        ("[Lam] will resign", "exact"),
        ("[h]e will resign", "exact"),
        ("The deal [with the South] is final", "exact"),
        ("as long as it takes … We will stay", "missing"),
        ("We will stay … for ever", "missing"),
        ("We will stay, as long as I like", "missing"),
        ("We will … sign", "missing"),
        ("[Lam] will", "ambiguous"),
        ("…", "missing"),
        ("[]", "missing"),
    ],
)
def test_each_piece_stands_in_order(words, status):
    assert locate(Folded(SOURCE), Anchor(words, "a")).status == status


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("the port is … permitted to close", "the port is not permitted to close"),
        ("we … sign", "we can't sign"),
        ("nous … signer", "nous ne voulons pas signer"),
        ("wir werden … unterzeichnen", "wir werden nicht unterzeichnen"),
        ("мы … подпишем", "мы никогда не подпишем"),
        ("the deal [really] is good", "the deal never is good"),
    ],
)
def test_pieces_that_leave_out_a_negation_are_no_evidence(words, source):
    found = locate(Folded(f"He said {source} today."), Anchor(words, "a"))
    assert found.status == "reworded"
    assert "left out" in found.why


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("we will [not] sign", "we will sign"),
        ("we can[not] sign", "we can sign"),
        ("Mr Lam [never] resigns", "Mr Lam resigns"),
        ("wir werden [nicht] unterzeichnen", "wir werden unterzeichnen"),
        ("nous [ne] voulons [pas] signer", "nous voulons signer"),
        ("我们[不]签字", "我们签字"),
    ],
)
def test_a_negation_put_in_between_brackets_is_no_evidence(words, source):
    found = locate(Folded(f"“{source}”"), Anchor(words, "a"))
    assert found.status == "reworded"
    assert "put in" in found.why


def test_a_negation_between_brackets_that_the_source_has_is_evidence():
    assert locate(Folded("Yes, we cannot sign."), Anchor("we can[not] sign", "a")).status == "exact"


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("we … accept the terms", "we refuse to accept the terms"),
        ("he is … honest", "he is far from honest"),
        ("the talks … produce a deal", "the talks failed to produce a deal"),
        ("we … that the army fired", "we deny that the army fired"),
        ("it is … that we will sign", "it is false that we will sign"),
        ("they … endorsing the plan", "they stopped short of endorsing the plan"),
        ("wir haben … unterschrieben", "wir haben kaum unterschrieben"),
        ("firmará … el acuerdo", "firmará tampoco el acuerdo"),
        ("我们…签字", "我们拒绝签字"),
    ],
)
def test_pieces_that_leave_out_words_which_deny_are_no_evidence(words, source):
    assert locate(Folded(f"“{source}”"), Anchor(words, "a")).status == "reworded"


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("We will stay, as long as it takes", '"We will stay," Ms. Lane said, "as long as it takes."'),
        ("We want peace at last", '"We want peace," said U.S. Sen. Max F. Stone, "at last."'),
        ("One, two, three", '"One," she said, "two," she added, "three."'),
        ("We will pay when we can", "‘We will pay,’ said the bank’s head, ‘when we can.’"),
        ("We don’t know what’s next", "‘We don’t know’, she said, ‘what’s next.’"),
        ("Nous resterons longtemps", "« Nous resterons », a-t-elle dit, « longtemps »."),
        ("Wir bleiben so lange es dauert", "»Wir bleiben«, sagte sie, »so lange es dauert.«"),
        ("我们会留下，直到结束。", "「我们会留下，」她说，「直到结束。」"),
        ("我们会走，直到天亮", "“我们会走，”她说，“直到天亮。”"),
        ("Zostaniemy tak długo, jak trzeba", "„Zostaniemy” – mówi – „tak długo, jak trzeba”."),
        ("We must sign … now or then", '"We must," she said, "sign the deal, now or then."'),
        ("We will go. … As soon as we can", '"We will go," she said. "As soon as we can."'),
        ("We will go . . . as we can", '"We will go as soon as we can."'),
        ("我们会留下……结束", "「我们会留下，」她说，「直到结束。」"),
    ],
)
def test_a_quotation_broken_by_who_said_it_is_found_in_the_marks_of_any_language(words, source):
    found = locate(Folded(source), Anchor(words, "a"))
    assert (found.status, found.why.startswith("left out: ")) == ("exact", True)


@pytest.mark.parametrize(
    ("words", "source"),
    [
        ("to stay to pay", 'She promised "to stay" and "to pay".'),
        ("peace trade", 'He spoke of "peace", "trade" and "aid".'),
        ("the workers gain", "the workers' pay and the bosses' gain"),
        ("We stay, Never", '"We stay," she said. "Never," he said.'),
        ("We stay. Never", '"We stay," she said. Stone rose. "Never," he said.'),
    ],
)
def test_fragments_that_no_attribution_joins_are_no_quotation(words, source):
    assert locate(Folded(source), Anchor(words, "a")).status == "missing"


@pytest.mark.parametrize(("title", "ends"), [("Ms. Lane said", False), ("Lane said. She", True)])
def test_a_title_ends_no_sentence(title, ends):
    found = locate(Folded(f'"We stay," {title}, "for good."'), Anchor("We stay … for good", "a"))
    assert (found.status, SENTENCE_LEFT_OUT in found.why) == ("exact", ends)


@pytest.mark.parametrize("left_out", ["am 5. Mai", "le 5 mai", "ni alla", "in denial", "the falsetto"])
def test_words_that_only_look_like_a_denial_may_be_left_out(left_out):
    assert locate(Folded(f"wir {left_out} gehen"), Anchor("wir … gehen", "a")).status == "exact"


def test_pieces_far_from_each_other_are_no_quotation():
    text = "We begin here. " + "Other things were said at length. " * 20 + "We end there."
    assert locate(Folded(text), Anchor("We begin … end there", "a")).status == "missing"


def test_two_speakers_are_not_one_quotation():
    text = '"We will stay," Ms Lane said. "As long as it takes," Mr Stone replied.'
    assert locate(Folded(text), Anchor("We will stay, As long as it takes", "a")).status == "missing"


@pytest.mark.parametrize(
    ("text", "words", "quoted"),
    [
        ("He said “we stay”, and left.", "we stay", True),
        ("He said we stay, and left.", "we stay", False),
        ("Er sagte: „wir bleiben“.", "wir bleiben", True),
        ("Il dit : « nous restons ».", "nous restons", True),
        ("他说：「我们留下」。", "我们留下", True),
        ('He said "stay". They stay "here".', "They stay", False),
        ("He said 'we don't stay' twice.", "we don't stay", True),
        ("“It goes on", "goes on", True),
        ("— Мы остаёмся, — сказал он.", "Мы остаёмся", True),
        ("the workers' rights and the workers' pay", "rights and", False),
    ],
)
def test_words_stand_in_quotation_marks_in_many_languages(text, words, quoted):
    start = text.index(words)
    assert QuotedStretches(text, paragraphs(text)).hold(start, start + len(words)) is quoted


@pytest.mark.parametrize(
    ("text", "words", "quoted"),
    [
        ("&ldquo;we stay&rdquo;, he said.", "we stay", True),
        ("He said &quot;stay&quot;. They stay &#34;here&#34;.", "They stay", False),
        ("Il dit : &laquo; nous restons &raquo;.", "nous restons", True),
        ("He said &lsquo;we don&#39;t stay&rsquo; twice.", "t stay", True),
        ("<blockquote>we stay</blockquote>", "we stay", True),
        ('He said <q lang="en">we stay</q>, and left.', "we stay", True),
        ("He said <q>we</q>, and left.", "and left", False),
        ('See <a href="x">the page</a> of it.', "the page", False),
        ("> we stay", "we stay", True),
    ],
)
def test_words_stand_in_quotation_marks_as_markdown_is_read(text, words, quoted):
    start = text.index(words)
    found = QuotedStretches(text, paragraphs(text), as_read(text)).hold(start, start + len(words))
    assert found is quoted


MARKUP = {
    "this is *not* acceptable": "this is not acceptable",
    "a __very__ _long_ day": "a very long day",
    "snake_case_name and 5 * 3 * 2": "snake_case_name and 5 * 3 * 2",
    "[port fees](https://e.org/a_(b) 'title')": "port fees",
    "![map](x.png) of it": "map of it",
    "[text][ref] and [ref]\n\n[ref]: https://e.org": "text and ref",
    "a \\*star\\* and \\[x\\]": "a *star* and [x]",
    "R&amp;D &copy; 2020 &nosuch;": "R&D © 2020 &nosuch;",
    "> one\n> two": "one two",
    "# Head\n\ntext": "Head text",
    "- one\n- two": "one two",
    "the deal[^1] is final\n\n[^1]: the draft": "the deal is final the draft",
    "`code *x*` and <b>bold</b>": "code *x* and bold",
    "<https://e.org>": "https://e.org",
    "***both*** and **nested *em* here**": "both and nested em here",
    "~~gone~~ now": "gone now",
    "10<sup>6</sup> m<SUP class='x'>-2</SUP> of the 3<sup>rd</sup>": "10⁶ m⁻² of the 3rd",
    "[sic] (he said)": "[sic] (he said)",
}


@pytest.mark.parametrize("text", MARKUP)
def test_markdown_is_matched_as_it_is_read(text):
    assert " ".join(Folded(as_read(text)).text.split()) == MARKUP[text]


@given(st.text(alphabet="ab *_`[]()\\&;<>#~!\n^:1-", max_size=80))
def test_no_text_changes_its_length_or_its_lines_when_read(text):
    read = as_read(text)
    assert len(read) == len(text)
    assert [at for at, c in enumerate(read) if c == "\n"] == [at for at, c in enumerate(text) if c == "\n"]


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ("but only if", True),
        ("provided that", True),
        ("nur wenn", True),
        ("until perhaps", True),
        ("as he said,", False),
        ("iffy and", False),
    ],
)
def test_a_condition_that_is_left_out_is_told(left_out, told):
    found = locate(Folded(f"We agree {left_out} the fee is dropped."), Anchor("We agree … the fee is dropped", "a"))
    assert (found.status, CONDITION_LEFT_OUT in found.why) == ("exact", told)
