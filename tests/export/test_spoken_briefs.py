"""A brief reads as it would be spoken: who said it, when, and in whose words, without signs of the format."""

import re
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.desk.brief.documents import make_document
from dossier.desk.brief.scope import BriefScope, brief_within
from dossier.desk.desk import Desk
from dossier.desk.evidence.verify import verify_brief, verify_files
from dossier.desk.evidence.verify_folder import brief_files
from dossier.model.brief_options import BriefOptions
from dossier.model.dates import when_problem
from dossier.model.spoken_dates import spoken_date

DOSSIER = """format: 1
title: Talks
articles: {a: {file: a.txt, title: Statement, published: 2019-10-05~, publisher: Post}}
delegations:
  uk: {name: United Kingdom}
  eu: {name: European Union, members: {tusk: {name: Donald Tusk, role: President}}}
issues: {border: {name: Border}}
article: a
quotes:
  both:
    text: We will keep the border open
    speaker: [uk, eu]
    issues: [border]
    date: 2019-10
  told:
    text: the border must stay open
    speaker: tusk
    attribution: paraphrase
    issues: [border]
    date: 2019-10-05?
  meant:
    text: nobody wants a wall
    speaker: uk
    attribution: inferred
    issues: [border]
links:
  - {from: uk, rel: offers, to: border, at: nobody wants a wall, date: 2019-10-17~}
events:
  summit: {name: Summit, when: 2019-10-17/18, place: Brussels}
"""
TEXT = (
    "“We will keep the border open”, both said. Mr Tusk said that the border must stay open, and nobody wants a wall.\n"
)
STYLES = ("brief", "notes", "full")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A joint statement, a paraphrase, an inference, and dates of many forms."""
    folder = tmp_path_factory.mktemp("spoken")
    (folder / "dossier.yaml").write_text(DOSSIER)
    (folder / "a.txt").write_text(TEXT)
    with closing(Desk.open(folder)) as opened:
        yield opened


def made(desk, style, *panes):
    return make_document(desk, brief_within(desk, panes, BriefScope()).brief, style, "markdown", BriefOptions())


def whole(desk, style):
    document = made(desk, style, "delegations", "issues", "quotes", "events", "articles", "links")
    return document if isinstance(document, str) else "\n\n".join(document.values())


@pytest.mark.parametrize("style", STYLES)
def test_words_of_the_article_are_not_set_as_the_speaker_s(desk, style):
    text = whole(desk, style)
    for words in ("the border must stay open", "nobody wants a wall"):
        assert words in text
        assert not re.search(rf"(?m)^> .*{words}", text.partition("**¶")[0])
        assert not re.search(rf"(?m)^(?!\[\^).*[“\"]{words}", text)
    assert "> We will keep the border open" in text


def test_the_full_style_says_whose_words_they_are(desk):
    text = made(desk, "full", "quotes")
    assert "**As the article puts it:** the border must stay open[^" in text
    assert "**As the article puts it:** nobody wants a wall[^" in text


def test_each_speaker_of_a_joint_statement_is_a_link(desk):
    note = made(desk, "notes", "delegations", "quotes")["both.md"]
    assert "**[United Kingdom](uk.md) and [European Union](eu.md), October 2019:**\n\n> We will keep" in note
    assert "speaker:\n  - 'United Kingdom'\n  - 'European Union'\n" in note
    assert "*Speaker:*" not in note
    text = made(desk, "full", "delegations", "quotes")
    assert "Quote · by [United Kingdom](#united-kingdom) and [European Union](#european-union) · direct" in text


def test_a_note_names_its_speaker_once(desk):
    note = made(desk, "notes", "delegations", "quotes")["told.md"].partition("---\n\n")[2]
    assert "**[Donald Tusk](tusk.md), President, perhaps 5 October 2019, paraphrased:** the border must" in note
    assert note.partition("\n\n")[2].count("Donald Tusk") == 1


@pytest.mark.parametrize("style", STYLES)
def test_dates_stand_in_words_outside_of_front_matter(desk, style):
    document = made(desk, style, "delegations", "issues", "quotes", "events", "articles", "links")
    notes = [document] if isinstance(document, str) else document.values()
    text = "\n".join(re.sub(r"\A---\n.*?\n---\n", "", note, flags=re.DOTALL) for note in notes)
    assert not re.search(r"\d{4}-\d", text)
    assert "about 5 October 2019" in text
    assert "17 to 18 October 2019" in text
    assert "about 17 October 2019" in text


@pytest.mark.parametrize("style", STYLES)
def test_verify_finds_all_of_it_and_tells_a_changed_word_of_a_report(desk, style, tmp_path):
    document = made(desk, style, "delegations", "issues", "quotes", "events", "articles", "links")
    for old, new in (("", ""), ("must stay open", "must stay shut"), ("nobody wants a wall", "everybody wants a wall")):
        notes = {"": document} if isinstance(document, str) else document
        changed = {name: text.replace(old, new) for name, text in notes.items()}
        if style == "notes":
            folder = tmp_path / (new or "same")
            folder.mkdir()
            for name, text in changed.items():
                (folder / name).write_text(text)
            told = [one for _, found in verify_files(desk, brief_files(folder)) for one in found.verdicts]
        else:
            told = verify_brief(desk, changed[""]).verdicts
        assert all(one.accepted for one in told) == (old == new), [one for one in told if not one.accepted]


years = st.one_of(
    st.integers(-9999, 9999).map(lambda year: f"{year:05}" if year < 0 else f"{year:04}"),
    st.sampled_from(["201X", "19XX", "-004X", "000X", "Y170000002", "Y-170000002"]),
)
moments = st.builds(
    lambda year, rest, doubt: year + rest + doubt,
    years,
    st.sampled_from(["", "-06", "-21", "-XX", "-06-09", "-06-XX", "-XX-XX", "-06-09T14:00", "-06-09T14:00:30+02:00", "-06-09T24:00Z"]),
    st.sampled_from(["", "~", "?", "%"]),
)  # fmt: skip


@given(
    moments | st.builds("{}/{}".format, moments | st.sampled_from(["..", ""]), moments | st.sampled_from(["..", ""]))
)
def test_no_sign_of_the_format_is_left_of_any_date(text):
    if when_problem(text):
        assert spoken_date(text) == text
        return
    said = spoken_date(text)
    assert not re.search(r"[~?%X/YT]|\.\.|(?<!C)[-]", re.sub(r"UTC[+-]\d\d:\d\d|UTC", "", said)), said
    assert said.strip() == said
