"""A brief that left the house comes back edited: what it quotes must be found, or named as changed, lost or unknown."""

import random
import re
import textwrap

import pytest
from brief_maker import Texts, line, lines, make_brief
from hypothesis import example, given, settings
from hypothesis import strategies as st
from london_brief import SOURCE, TEXT, cited, find_in_london, finder, london_brief, sound_brief
from test_hostile_exports import HOSTILE

from dossier.export.briefs import read_brief
from dossier.export.markdown import render_markdown
from dossier.export.parsed import read_paragraphs
from dossier.export.verdicts import difference, verify
from dossier.model.brief import Brief, Chapter, Table, TableCell
from dossier.model.clean import clean


def render(brief) -> str:
    return render_markdown(brief)


SOUND = render(sound_brief())


def verdicts(text):
    return verify(read_brief(read_paragraphs(text)), find_in_london)


def bad(text):
    """`(line, where, outcome)` of all that was not found."""
    return [(one.line, one.claim.where, one.outcome) for one in verdicts(text) if one.outcome != "found"]


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_a_brief_as_exported_is_found_whole():
    outcomes = verdicts(SOUND)
    assert {one.outcome for one in outcomes} == {"found"}
    kinds = [one.claim.where for one in outcomes]
    assert (kinds.count("footnote"), kinds.count("quotation"), kinds.count("heading")) == (6, 17, 2)
    for one in outcomes:
        assert one.claim.article == SOURCE.id
    block = next(one.claim for one in outcomes if one.claim.entry == "not-easy" and one.claim.where == "quotation")
    assert (block.words, block.paragraph, block.footnote) == ("China is not easy to deal with.", 8, "2")
    assert SOUND.splitlines()[block.line - 1].startswith("> China is not easy")


def test_quotes_that_are_no_evidence_fail_the_check():
    text = render(london_brief())
    assert sorted((where, outcome) for _, where, outcome in bad(text)) == sorted(
        [("heading", "missing"), ("quotation", "missing"), ("footnote", "missing")] * 2
    )


QUOTED = "> China is not easy to deal with.[^2]"
NOTE = next(one for one in SOUND.splitlines() if one.startswith("[^2]: "))

EDITS = {
    "a word changed in the quotation": (
        QUOTED,
        QUOTED.replace("not", "never"),
        [("quotation", "missing"), ("heading", "found")],
    ),
    "a word changed in the footnote": (NOTE, NOTE.replace("not", "never"), [("footnote", "missing")]),
    "a word changed in the heading": (
        "### Donald Trump: “China is not",
        "### Donald Trump: “China is never",
        [("heading", "missing")],
    ),
    "the footnote taken out": (
        NOTE,
        "",
        [("quotation", "unchecked"), ("heading", "unchecked"), ("reference", "unchecked")],
    ),
    "the article's id taken out, its title left": (NOTE, NOTE.replace(" `london-day-one`", ""), []),
    "both taken out": (NOTE, NOTE.partition(" — ")[0], [("footnote", "unchecked"), ("quotation", "unchecked")]),
    "another article named": (
        NOTE,
        NOTE.replace("`london-day-one`", "`geneva`"),
        [("footnote", "unchecked"), ("quotation", "unchecked")],
    ),
    "another paragraph named": (NOTE, NOTE.replace("¶ 8", "¶ 9"), [("footnote", "changed"), ("quotation", "changed")]),
    "the paragraph taken out": (NOTE, NOTE.replace(", ¶ 8", ""), []),
    "no quotation marks in the footnote": (NOTE, NOTE.replace("“", "").replace("”", ""), [("footnote", "unchecked")]),
    "straight quotation marks": (NOTE, NOTE.replace("“", '"').replace("”", '"'), []),
    "hyphens for the dash": (NOTE, NOTE.replace("—", "--"), []),
    "words made bold": (NOTE, NOTE.replace("not easy", "**not** *easy*"), []),
    "words left out at the end": (QUOTED, "> China is not easy …[^2]", []),
    "words left out in the middle": (QUOTED, "> China is … easy to deal with.[^2]", [("quotation", "missing")]),
    "a remark behind the source": (NOTE, f"{NOTE} (*Emphasis added.*)", []),
    "wrapped in the quotation": (QUOTED, "> China is not\n> easy to\ndeal with.[^2]", []),
    "who said it put under it": (QUOTED, f"{QUOTED}\n>\n> — Donald Trump", [("quotation", "unchecked")]),
    "a second quotation without a source": (
        QUOTED,
        f"{QUOTED}\n\nSo it was.\n\n> It is easy.",
        [("quotation", "unchecked")],
    ),
    "prose that quotes without a source": (
        QUOTED,
        f"{QUOTED}\n\nHe added that it is\n“a piece of cake”.",
        [("prose", "unchecked")],
    ),
    "prose that misquotes a source": (
        QUOTED,
        f"{QUOTED}\n\nHe called China “easy to deal by”.[^2]",
        [("prose", "missing")],
    ),
    "prose that quotes a source": (QUOTED, f"{QUOTED}\n\nHe called China *not* “easy to deal with”.[^2]", []),
    "prose without quotations": (QUOTED, f"{QUOTED}\n\nHe said more.[^2] It's 'so'.", []),
    "a list that quotes": (QUOTED, f"{QUOTED}\n\n- one\n- that “nothing is real”", [("prose", "unchecked")]),
    "a quotation as HTML": (QUOTED, f"{QUOTED}\n\n<blockquote>China will yield</blockquote>", [("raw", "unchecked")]),
    "a remark as HTML": (QUOTED, f"{QUOTED}\n\n<!-- China will yield -->", []),
    "a quotation as code": (QUOTED, f"{QUOTED}\n\n```\nChina will yield\n```", [("raw", "unchecked")]),
    "a reference to nowhere": (QUOTED, QUOTED + "[^77]", [("reference", "unchecked")]),
    "an escaped reference": (QUOTED, QUOTED + " \\[^77]", [("quotation", "missing")]),
    "an article's paragraph changed": ("> He went on to say", "> He went on to sing", [("quotation", "missing")]),
    "an article's paragraph under another number": ("> **¶ 9**", "> **¶ 10**", [("quotation", "changed")]),
    "notes edited": ('The article has "the U.S." only.', 'The article has "America" only.', []),
}


@pytest.mark.parametrize("name", EDITS)
def test_edits_by_hand_are_told_where_they_are(name):
    old, new, expected = EDITS[name]
    assert old in SOUND
    text = SOUND.replace(old, new, 1)
    found = verdicts(text)
    for where, outcome in expected:
        assert any((one.claim.where, one.outcome) == (where, outcome) for one in found), (where, outcome)
    if all(outcome == "found" for _, outcome in expected):
        assert bad(text) == []
    for one in found:
        if one.outcome != "found":
            assert one.why
            assert 1 <= one.line <= text.count("\n") + 1


def test_the_line_told_is_the_line_of_the_words():
    text = SOUND.replace(QUOTED, f"{QUOTED}\n\nSome prose that goes\non and says\n“nothing is real” at\nthe end.")
    assert bad(text) == [(line_of(text, "“nothing is real”"), "prose", "unchecked")]
    text = SOUND.replace("> He also stated", "> He also\n> lied")
    assert bad(text) == [(line_of(text, "> He also\n"), "quotation", "missing")]


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("“", '"').replace("”", '"').replace("—", "–"),
        lambda text: text.replace("'", "’"),
        lambda text: re.sub(r"\[\^(\d+)\]", lambda match: f"[^{90 - int(match[1])}]", text),
        lambda text: re.sub(r"\[\^(\d+)\]", r"[^note-\1]", text),
        lambda text: text.replace("China is not", "China\u00a0is  not"),
        lambda text: text.replace("\n\n", "\n\n\n"),
        lambda text: re.sub("(?m)^### ", "# ", text),
    ],
    ids=[
        "CRLF",
        "byte order mark",
        "plain marks",
        "curly apostrophes",
        "renumbered",
        "renamed",
        "spaces",
        "blank lines",
        "levels",
    ],
)
def test_edits_that_change_no_words_change_no_verdict(edit):
    text = edit(SOUND)
    assert text != SOUND
    assert bad(text) == []
    assert len(verdicts(text)) == len(verdicts(SOUND))


@pytest.mark.parametrize("width", [20, 40, 72, 100])
def test_a_rewrapped_brief_is_still_found_whole(width):
    wrapped = []
    for one in SOUND.split("\n"):
        prefix = "> " if one.startswith("> ") else ""
        if one.startswith("#") or not one.removeprefix(prefix):
            wrapped.append(one)
            continue
        wrapped += textwrap.wrap(
            one.removeprefix(prefix),
            width,
            initial_indent=prefix,
            subsequent_indent=prefix,
            break_long_words=False,
            break_on_hyphens=False,
        )
    text = "\n".join(wrapped)
    assert text.count("\n") > SOUND.count("\n") + 20
    assert bad(text) == []


def test_footnotes_moved_under_their_quotations_are_still_theirs():
    text = SOUND.replace(NOTE + "\n\n", "").replace(QUOTED, f"{QUOTED}\n\n{NOTE}")
    assert text != SOUND
    assert bad(text) == []


def test_a_text_that_is_no_brief_is_not_called_found():
    for text in ("", "# Title\n\nSome prose.\n", "\n\n\n"):
        assert [one.outcome for one in verdicts(text)] == ["unchecked"]


def test_the_difference_shows_both_sides_word_by_word():
    assert (
        difference("is not easy to deal with", "is never easy to deal") == "is [-not-] {+never+} easy to deal [-with-]"
    )
    assert difference("a b", "a b") == "a b"


WORDS = [(match.start(), match.end()) for match in re.finditer(r"[A-Za-z]{3,}", SOUND)]


def told_as_quoted() -> list[tuple[int, int]]:
    """Return where words stand that the brief says are the source's, by a reading of the raw text of our own."""
    places = []
    for match in re.finditer(r"(?m)^> (?!\*\*)(.*?)(?:\[\^.*)?$|^\[\^\d+\]: “(.*)” — \*|^### .*?: “(.*?)…?”$", SOUND):
        start, end = next(match.span(group) for group in (1, 2, 3) if match.group(group) is not None)
        places += [(a, b) for a, b in WORDS if start <= a and b <= end]
    return places


def test_no_changed_word_of_a_quotation_passes(pytestconfig):
    """A word is replaced by one that the source has not: the check must not pass, and must name its line."""
    places = told_as_quoted()
    assert len(places) > 300
    if not pytestconfig.getoption("--thorough"):
        places = random.Random(1).sample(places, 60)
    for start, end in places:
        text = f"{SOUND[:start]}zebra{SOUND[end:]}"
        assert any(one == SOUND[:start].count("\n") + 1 for one, _, _ in bad(text)), SOUND[start - 20 : end + 20]
    print(f"\n{len(places)} words changed, each was told")


@given(st.lists(HOSTILE, min_size=1, max_size=3))
@settings(max_examples=60)
@example(["a” — *b*, “c” — *d*", "“a” — *b"])
def test_words_come_back_as_they_left(texts):
    brief = make_brief(Texts(texts))
    claims = read_brief(read_paragraphs(render(brief))).claims
    assert {claim.where for claim in claims} <= {"footnote", "quotation", "heading", "prose", "report"}
    said = brief.chapters[-1].table.rows[1][2]
    in_table = [" ".join(claim.words.split()) for claim in claims if claim.where == "prose"]
    assert in_table in ([], [" ".join(line(said.text)[1:-1].split())])
    assert in_table or said.text != clean(said.text) or not line(said.text)[1:-1].strip()
    items = {item.entry.id: item for chapter in brief.chapters for item in chapter.items}
    notes = [claim for claim in claims if claim.where == "footnote"]
    cited = {}
    for item in reversed(items.values()):
        for citation in (*item.citations, *(c for reference in item.references for c in reference.citations)):
            evidence = citation.evidence
            words = evidence.text if evidence.sound and line(evidence.text) else evidence.wanted.text
            cited[evidence.status] = (" ".join(line(words).split()), citation.source.id, evidence.paragraph)
    own = said.citations[0].evidence
    cited["in the table"] = (" ".join(line(own.text if line(own.text) else own.wanted.text).split()), "day-one", 1)
    assert sorted(cited.values()) == sorted(
        (" ".join(one.words.split()) if not one.trouble else "", one.article, one.paragraph) for one in notes
    )
    for claim in claims:
        if claim.where in ("quotation", "report") and claim.entry.startswith("quote"):
            own = " ".join(" ".join(part) for part in lines(items[claim.entry].entry.text("text")))
            assert " ".join(claim.words.split()) in " ".join(own.split())


@given(HOSTILE)
@settings(max_examples=100)
def test_any_text_can_be_read_and_judged(text):
    """A file that someone hands in is never a traceback, and whatever it quotes gets a verdict."""
    find = finder(TEXT, "x")
    for document in (text, f"# A\n\n{text}\n\n## B\n\n> {text}[^1]\n\n[^1]: “{text}” — *x*. `x`\n"):
        told = verify(read_brief(read_paragraphs(document)), find)
        assert told
        assert all(one.outcome == "found" or one.why for one in told)


def test_a_quotation_in_a_table_is_checked_and_other_cells_are_not_taken_for_one():
    words = "China is not easy to deal with."
    rows = (
        (TableCell("2025-06-10"), TableCell(f"“{words}”", (cited(words),))),
        (TableCell("2025-06-09"), TableCell('The "first" day of “talks”', (cited("Lancaster House"),))),
    )
    brief = Brief(
        "T", "", (Chapter("Timeline", (), Table(("When", "What “happened”"), rows), ('Nothing on "tariffs".',)),)
    )
    document = render(brief)
    assert '| 2025-06-09 | The \\"first\\" day of &ldquo;talks&rdquo;[^2] |' in document
    assert bad(document) == []
    assert [one.claim.where for one in verdicts(document)] == ["prose", "footnote", "footnote"]
    edited = (
        document.replace("| “China is not", "| “China is never")
        + "\n| a | b |\n| --- | --- |\n| “nothing is real” | c |\n"
    )
    assert bad(edited) == [
        (line_of(edited, "| “China"), "prose", "missing"),
        (line_of(edited, "| “nothing"), "prose", "unchecked"),
    ]


def test_notes_of_entries_that_no_file_can_be_called_by_are_found(tmp_path):
    from click.testing import CliRunner

    from dossier.cli import main

    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "a.txt").write_text("Alice said one. Bob said two. Carl said three.\n")
    quotes = {"con": "Alice said one", "nul": "Bob said two", "x" * 150: "Carl said three"}
    told = "".join(f"  {name}: {{text: {words}, attribution: paraphrase}}\n" for name, words in quotes.items())
    head = "format: 1\ntitle: T\narticles:\n  a: {file: a.txt}\narticle: a\nquotes:\n"
    (tmp_path / "d" / "dossier.yaml").write_text(head + told)
    for command in (["export", "--style", "notes", "-o"], ["verify"]):
        result = CliRunner().invoke(main, [*command, str(tmp_path / "n"), "-d", str(tmp_path / "d")])
        assert result.exit_code == 0, result.output
    assert "3 found" in result.output
    assert "con.md" not in {path.name for path in (tmp_path / "n").iterdir()}
