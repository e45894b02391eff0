"""A brief in Markdown: what a reader on GitHub, and one of the raw file, is given."""

import re
from pathlib import Path

import pytest
from london_brief import TEXT, london_brief
from markdown_dialects import DIALECTS

from dossier.export.escaping import inline, line_start, shorten
from dossier.export.markdown import render_markdown
from dossier.export.slugs import Slugs, slug
from dossier.model.anchor_search import occurrences
from dossier.model.brief import Brief, BriefItem, Chapter
from dossier.model.clean import clean_line
from dossier.model.entries import Entry
from dossier.model.folding import Folded, fold
from dossier.model.problems import Place

GOLDEN = Path(__file__).parent / "golden" / "london.md"


def render(brief):
    return render_markdown(brief)


def test_the_document_is_the_one_that_was_read_and_approved():
    """A change of the format shows here, to be looked at; then the file is made anew: `python tests/export/make_golden.py`."""
    assert render(london_brief()) == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_headings_links_and_notes_read_back_as_they_were_meant(dialect):
    events = DIALECTS[dialect](render(london_brief()))
    headings = [(level, text) for kind, level, text in events if kind == "heading"]
    assert headings == [
        ("h1", "US–China trade talks"),
        ("h2", "Delegations"),
        ("h3", "United States"),
        ("h4", "Donald Trump"),
        ("h3", "China"),
        ("h2", "Issues"),
        ("h3", "Export controls"),
        ("h2", "Quotes"),
        ("h3", "Donald Trump: “China is not easy to deal with.”"),
        ("h3", "Anonymous: “the Trump administration has completed…”"),
        ("h3", "Donald Trump: He said that all reports were good"),
        ("h3", "Donald Trump: “China will yield on every point” (missing, not evidence)"),
        ("h3", "Donald Trump: “Everything is going well” (reworded, not evidence)"),
        ("h2", "Events"),
        ("h3", "First day of talks"),
        ("h2", "Articles"),
        ("h3", "US, China hold trade talks in London"),
    ]
    links = [(target, text) for kind, target, text in events if kind == "link"]
    assert ("#export-controls", "Export controls") in links
    assert ("#donald-trump-china-is-not-easy-to-deal-with", "Donald Trump: “China is not easy to deal with.”") in links
    names = {slug(text) for _, text in headings}
    assert {target[1:] for target, _ in links if target.startswith("#")} <= names
    assert {target for target, _ in links if not target.startswith("#")} == {"https://example.org/talks_1"}
    used = [label for kind, label, _ in events if kind == "note" and label]
    defined = [label for kind, label, _ in events if kind == "<footnote>"]
    if defined:  # cmark numbers them itself
        assert list(dict.fromkeys(used)) == defined == [str(number + 1) for number in range(len(defined))]


def test_the_words_of_every_sound_note_are_in_the_article():
    notes = re.findall(r"^\[\^\d+\]: (?!\*\*)“(.*)” — \*", render(london_brief()), re.MULTILINE)
    assert len(notes) >= 6
    for words in notes:
        assert occurrences(Folded(TEXT), fold(words.replace("\\", "")))


def test_who_said_it_and_who_passed_it_on_is_told():
    document = render(london_brief())
    assert "Quote · anonymous, via negotiation officials, then Bloomberg · `ready-to-lift`" in document
    assert "Quote · by [Donald Trump](#donald-trump) · paraphrase · `paraphrased`" in document


def test_an_entry_in_two_chapters_has_one_heading_and_keeps_its_references():
    brief = london_brief()
    again = Brief(brief.title, "", (*brief.chapters, Chapter("Links", brief.chapters[0].items[:1])))
    chapter = render(again).partition("## Links")[2]
    assert chapter.startswith(
        "\n\n[United States](#united-states)\n\n- **offers** [Export controls](#export-controls)[^1]"
    )


def test_two_entries_of_one_name_are_told_apart_by_every_rule_for_names():
    items = tuple(BriefItem(Entry(name, "issue", "???" if name == "c" else "China", Place()), 0) for name in "abc")
    headings = re.findall("^### (.*)$", render(Brief("B", "", (Chapter("I", items),))), re.MULTILINE)
    assert headings == ["China", "China (b)", "??? (c)"]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("I'm doing well — really", "im-doing-well--really"),
        ("U.S. & China", "us--china"),
        ("snake_case and kebab-case", "snake_case-and-kebab-case"),
        ("Ünïcode 中文 Ⅷ ⓐ ½ ²", "ünïcode-中文-ⅷ-ⓐ--"),
        ("é decomposed", "é-decomposed"),
        ("🙂", ""),
        ("no\u00a0break", "nobreak"),
    ],
)
def test_links_lead_to_the_names_that_github_gives(heading, name):
    """Taken from github-slugger's rule; a wrong name is a link to nowhere."""
    assert slug(heading) == name


def test_a_name_given_before_gets_the_next_free_number():
    names = Slugs()
    assert [names.give(heading) for heading in ("foo", "foo", "foo-1", "foo", "", "")] == [
        "foo",
        "foo-1",
        "foo-1-1",
        "foo-2",
        "",
        "-1",
    ]


def test_ordinary_prose_stays_readable_in_the_raw_file():
    for text in (
        'He said: "We\'re doing well" – at 10:30 a.m. (local time), U.S. officials; AT&T up 5%!',
        "F-16 sales, 2019.",
        "50/50 & more?",
        "R&D; AT&T; Marks&Spencer's",
        "the shares of AT&T",
    ):
        assert inline(text) == text
    assert line_start("2019. A year") == "2019\\. A year"
    assert line_start("-5 degrees") == "-5 degrees"


def test_what_a_later_wrapping_could_bring_to_the_start_of_a_line_is_harmless_there():
    text = "one - two + three 1. four > five # six === seven --- eight 1) nine * ten | eleven"
    for dialect, read in DIALECTS.items():
        events = read("> " + inline(text).replace(" ", "\n> ") + "\n")
        assert [event[2] for event in events if event[0] == "text"] == [text], dialect
        assert len(events) == 5, dialect


def test_a_shortened_text_parts_no_word():
    for text in (TEXT, "何" * 100, "x" * 100, "e\u0301" * 100, "👩\u200d🚀" * 60, "short"):
        short = shorten(text)
        assert len(short) <= 49
        if short not in (text, "…"):
            assert short.endswith("…")
            assert occurrences(Folded(clean_line(text)), fold(short[:-1]))
