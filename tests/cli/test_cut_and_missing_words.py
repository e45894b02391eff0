"""What an author hears of words that were lost or are not there: else evidence is short, or hours are."""

import io
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.cli import main
from dossier.desk.desk import Desk

CASES = Path(__file__).resolve().parents[1] / "data" / "cases"
HEAD = "articles:\n  a: {file: a.txt}\npeople:\n  l: {name: Rita Lane}\n"


@pytest.fixture
def case(tmp_path):
    return lambda name: shutil.copytree(CASES / name, tmp_path / name)


@pytest.fixture
def written(tmp_path):
    """A dossier of one article `a` with a text, and what is written under `quotes` and the like."""

    def write(text, rest, head=HEAD, **others):
        folder = tmp_path / f"d{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        data = text if isinstance(text, bytes) else text.encode()
        (folder / "a.txt").write_bytes(data)
        (folder / "dossier.yaml").write_text(head + rest)
        for name, other in others.items():
            (folder / name.replace("_", ".")).write_text(other)
        return folder

    return write


def told(folder):
    found = json.loads(CliRunner().invoke(main, ["check", str(folder), "--format", "json"]).stdout)
    told = [(p["line"], p["code"], f"{p['message']} ({p['hint']})") for p in found["problems"]]
    return [one for one in told if one[1] != "direct-not-quoted"]  # the texts here have no quotation marks


def statuses(folder):
    found = json.loads(CliRunner().invoke(main, ["check", str(folder), "--format", "json"]).stdout)["anchors"]
    return {status: count for status, count in found.items() if count}


def test_five_values_cut_at_a_hash_are_each_named(case):
    folder = case("04-hash-cuts-the-quote")
    found = told(folder)
    assert [(line, code) for line, code, _ in found] == [(line, "cut-value") for line in (2, 8, 15, 20, 25)]
    assert all("quotation marks" in said and ("comment" in said or "goes on" in said) for _, _, said in found)
    desk = Desk.open(folder)
    assert {e.text for one in ("clause", "rank") for e in desk.evidence_of(one) if e.sound} == {
        "We are ranked #1 and will not sign"
    }


def test_text_between_two_rules_stays_text(case):
    folder = case("06-rule-at-the-top-swallows-text")
    assert told(folder) == []
    desk = Desk.open(folder)
    numbered = dict(desk.texts.paragraphs("a"))
    assert numbered[1].startswith("Rita Lane told")
    assert "A second wire story lies between two rules." in dict(desk.texts.paragraphs("b"))[1]
    assert desk.evidence_of("q1")[0].paragraph == 1
    assert desk.search("wire story").hits


@pytest.mark.parametrize(
    ("name", "block", "is_text"),
    [
        ("a.txt", "title: A\npublished: 2025-03-04", True),  # no Markdown, and not found by a pattern
        ("a.md", "title: A\npublished: 2025-03-04", False),
        ("a.md", "# of the wire\ntitle: A\nauthors:\n- B\n- C", False),
        ("a.md", "The wire has this:\n\nTalks go on.", True),
        ("a.md", "Note: the wire has this\nin two lines.", True),
        ("a.md", "- one thing\n- another", True),
        ("a.md", "Talks go on in London today.", True),
    ],
)
def test_front_matter_is_a_mapping_in_a_markdown_file(written, name, block, is_text):
    head = HEAD.replace("a.txt", name)
    folder = written("", "quotes:\n  q: {text: They go home, speaker: l}\n", head)
    (folder / name).write_text(f"---\n{block}\n---\n\nThey go home.\n")
    desk = Desk.open(folder)
    paragraphs = [text for _, text in desk.texts.paragraphs("a")]
    assert paragraphs[-1] == "They go home."
    assert (len(paragraphs) > 1) is is_text
    assert desk.evidence_of("q")[0].sound


def test_no_break_spaces_are_named_once_and_cost_no_words(case):
    folder = case("22-no-break-spaces-before-a-key")
    ((line, code, said),) = told(folder)
    assert (line, code) == (11, "odd-space")
    assert "U+00A0" in said
    assert "plain spaces" in said
    assert statuses(folder) == {"exact": 1}


@pytest.mark.parametrize("space", ["\u00a0", "\u3000", "\u2003", "\u202f", "\u200b", "\u2060"])
@pytest.mark.parametrize(
    "line", ["{}   text: We go", "    text{}: We go", "    text:{}We go", "    {}text: We go", "  {} text: We go"]
)
def test_every_odd_space_in_the_structure_is_named(written, space, line):
    folder = written("We go.", f"quotes:\n  q:\n    speaker: l\n{line.format(space)}\n")
    found = told(folder)
    assert f"U+{ord(space):04X}" in found[0][2], found
    assert found[0][:2] == (8, "odd-space")


def test_odd_spaces_within_texts_are_nobodys_mistake(written):
    rest = "quotes:\n  q:\n    speaker: l\n    text: |-\n      We\u00a0go\n      \u00a0 home: now\n"
    assert told(written("We go home: now.", rest)) == []
    assert told(written("We go.", "quotes:\n  q: {text: 'We\n\u00a0\u00a0go', speaker: l}\n")) == []


def test_comments_that_are_plainly_comments_are_none_of_our_business(written):
    rest = (
        "# a remark\nquotes:\n  q:  # the first\n    text: We go home # checked against the print edition\n"
        "    # text: We stay\n    speaker: l  #see below\n    stance: for #1\n    issues: []\n    via: [B, C]  # two\n"
    )
    assert [code for _, code, _ in told(written("We go home tomorrow.", rest))] in ([], ["empty-value"])


@pytest.mark.parametrize("at", ["at: # We go", "at:\n      - # We go"])
def test_a_comment_in_place_of_evidence_is_told(written, at):
    """The link or the inferred quote would stand there without the words that its author believes to be in it."""
    rest = f"quotes:\n  q:\n    text: They leave.\n    attribution: inferred\n    speaker: l\n    {at}\n"
    assert "cut-value" in [code for _, code, _ in told(written("We go home.", rest))]
    open_yet = rest.replace("# We go", "# TO" + "DO: find the words")
    assert "cut-value" not in [code for _, code, _ in told(written("We go home.", open_yet))]


def test_words_behind_a_comma_in_braces_are_not_lost(written):
    article = "“We agree, but only if the fee is dropped, and we said so: never again.”"
    for cut in ("We agree, but only if the fee is dropped", "the fee is dropped, and we said so: never again"):
        folder = written(article, f"quotes:\n  q: {{text: {cut}, speaker: l}}\n")
        assert [code for _, code, _ in told(folder)] == ["cut-value"]
    folder = written(article, "quotes:\n  q: {text: X, attribution: inferred, at: [We agree, but only if the fee]}\n")
    assert [code for _, code, _ in told(folder)] == ["cut-value"]


def test_yml_files_are_read_too(written):
    folder = written("We go.", "", notes_yml="quotes:\n  q: {text: We stay, speaker: l}\n")
    assert [code for _, code, _ in told(folder)] == ["missing-anchor"]


def test_words_broken_at_a_line_end_and_ligatures_are_shown(case):
    found = told(case("13-word-broken-at-the-line-end"))
    assert [code for _, code, _ in found] == ["missing-anchor"] * 2
    assert "negotia-⏎tions" in found[0][2]
    assert "¶ 1" in found[0][2]
    assert "ﬁrst oﬀer was ﬁnal" in found[1][2]


ARTICLE = "The talks began.\n\nMs Lane said: “We will leave the port this year, whatever it costs.”\n\nThey ended.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("we will leave the port", "capital and small letters differ"),
        ("We will leave the port, this year", "marks between the words"),
        ("We will leave the prot this year", "nearest is, in ¶ 2"),
        ("We will never give up our cheese for anything", "nothing like them"),
        ("They went on and on", "they stand in b, ¶ 1"),
        ("e will leave the port", "parts of longer words"),
    ],
)
def test_a_typo_is_told_from_an_invention(written, words, said):
    head = HEAD.replace("  a: {file: a.txt}", "  a: {file: a.txt}\n  b: {file: b.txt}")
    folder = written(ARTICLE, f'article: a\nquotes:\n  q: {{text: "{words}", speaker: l}}\n', head)
    (folder / "b.txt").write_text("They went on and on.\n")
    ((_, code, told_),) = told(folder)
    assert code == "missing-anchor"
    assert said in told_


TWICE = 'He "said" so: we go. They said: we go. Then: we go\\home, we go. “We go,” we go.\n\nwe go. we go.\n'


@pytest.mark.parametrize("own", [True, False])
def test_what_is_offered_for_ambiguous_words_can_be_pasted(written, own):
    """The line that is offered must make the anchor exact, at the place it was offered for."""
    if own:
        rest, place = "quotes:\n  q:\n    speaker: l\n    text: we go\n", "    {}\n"
    else:
        rest, place = "events:\n  e:\n    name: N\n    at: we go\n", "    {}\n"
    ((_, code, said),) = told(written(TWICE, rest))
    assert code == "ambiguous-anchor"
    offered = re.findall(r"for ¶ (\d+): (at: \{.*?\})(?:;|\)$)", said)
    assert len(offered) == 3
    for paragraph, line in offered:
        folder = written(TWICE, (rest if own else rest.replace("    at: we go\n", "")) + place.format(line))
        assert told(folder) == []
        desk = Desk.open(folder)
        assert desk.evidence_of("q" if own else "e")[0].paragraph == int(paragraph)


def docx():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    return data.getvalue()


MAIL = b"From: a@b.c\r\nTo: d@e.f\r\nSubject: Talks\r\nDate: Mon, 1 Jan 2024 10:00:00 +0000\r\n\r\nWe go.\r\n"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
        (docx(), "a Word file"),
        (b"<!DOCTYPE html>\n<html><body>We go.</body></html>", "a web page"),
        (MAIL, "a mail"),
        ("We go.\n".encode("utf-16"), "a UTF-16 text"),
        ("We go home in the evening.\n".encode("utf-16-le"), "a UTF-16 text"),
        (b"{\\rtf1 We go.}", "an RTF file"),
        (b"PK\x03\x04 broken", "a zip archive"),
    ],
)
def test_a_file_of_another_kind_is_named_with_what_to_do(written, data, kind):
    found = told(written(data, "quotes:\n  q: {text: We go, speaker: l}\n"))
    assert [code for _, code, _ in found] == ["not-plain-text"]
    assert kind in found[0][2]
    assert "dossier add a.txt" in found[0][2]


def test_a_command_in_an_empty_folder_answers_with_nobody_elses_dossier(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for command in (["check"], ["search", "tariffs"], ["matrix"], ["export", "--pane", "quotes"], ["show", "china"]):
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.count("\n") == 1
        assert "no dossier here" in result.stderr


@pytest.mark.parametrize(
    "name",
    ["Washington, D.C.", "Washington, DC", "Hank Lee, Jr.", "Lee, Inc.", "Minister, and friend", "Henry, VIII, III"],
)
@pytest.mark.parametrize("field", ["aliases", "search_aliases"])
def test_a_comma_that_parts_a_name_in_brackets_is_told(written, name, field):
    def folder(value):
        return written("Rita Lane spoke.", f"delegations:\n  d: {{name: D, {field}: {value}}}\n")

    ((line, code, said),) = told(folder(f"[Beijing, {name}]"))
    assert (line, code) == (6, "cut-value")
    assert name.rpartition(", ")[2] in said
    assert "quotation marks" in said
    assert told(folder(f'[Beijing, "{name}"]')) == []


@pytest.mark.parametrize(
    "value", ["[United States, US, U.S.]", "[China, PRC, Beijing]", "[IV Group, III Corps]", "[MP, DC]"]
)
def test_short_names_of_their_own_are_not_taken_for_parts(written, value):
    found = told(written("Rita Lane spoke.", f"delegations:\n  d: {{name: D, aliases: {value}}}\n"))
    assert [code for _, code, _ in found] == (["cut-value"] if "DC" in value else [])


@pytest.mark.parametrize(
    ("aliases", "text", "cut"),
    [
        ("[Paris, Texas]", "Talks in Paris, Texas, went on.", True),
        ("[Paris, Texas]", "Talks in Texas went on, and in Paris.", False),
        ('["Paris, Texas", Lone Star]', "Talks in Paris, Texas, went on.", False),
        ("\n      - Paris\n      - Texas", "Talks in Paris, Texas, went on.", False),
    ],
)
def test_a_name_that_a_comma_parts_in_brackets_is_told_when_an_article_has_it_whole(tmp_path, aliases, text, cut):
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "dossier.yaml").write_text(
        f"format: 1\narticles: {{a: {{file: a.txt}}}}\ndelegations:\n  us:\n    name: Us\n    aliases: {aliases}\n"
    )
    assert [code for _, code, _ in told(tmp_path)] == ["cut-value"] * cut


TWO = "articles:\n  a: {file: a.txt}\n  b: {file: b.txt}\narticle: a\npeople:\n  l: {name: Rita Lane}\n"


@pytest.mark.parametrize(
    "rest",
    [
        "quotes:\n  q: {text: we go home, speaker: l}\n",
        "events:\n  e: {name: Day, when: 2025-03-04, at: we go home}\n",
    ],
)
def test_the_article_that_has_the_words_is_offered_as_it_may_be_pasted(written, rest):
    folder = written("Nothing was said.", rest, TWO, b_txt="She said: we go home.")
    [(_, code, said)] = told(folder)
    assert code == "missing-anchor"
    at = re.search(r"at: (\{article: b.*\})\)", said)[1]
    sheet = folder / "dossier.yaml"
    pasted = rest.replace("at: we go home", f"at: {at}") if "at:" in rest else rest.replace("speaker: l", f"at: {at}")
    sheet.write_text(TWO + pasted)
    assert told(folder) == []


def test_an_article_beside_the_words_of_a_quote_is_led_to_its_place(written):
    [(_, code, said)] = told(written("We go.", "quotes:\n  q: {text: We go, article: a, at: {article: a}}\n"))
    assert code == "unknown-field"
    assert "at: {article: …}" in said


def test_the_places_of_ambiguous_pieces_are_offered_to_be_pasted(written):
    rest = "article: a\nquotes:\n  q: {text: we … home}\n"
    folder = written("First we go home today. Then we drive home again.", rest)
    [(_, code, said)] = told(folder)
    assert code == "ambiguous-anchor"
    offered = re.findall(r"at: (\{[^}]*\})", said)
    assert len(offered) == 2
    for at in offered:
        (folder / "dossier.yaml").write_text(HEAD + rest.replace("home}", f"home, at: {at}}}"))
        assert told(folder) == []


@pytest.mark.parametrize(
    ("key", "said"), [("txt:", "“txt” is no field: write `text: …`"), ("text:We", "put a space behind the colon")]
)
def test_a_key_that_was_meant_for_a_missing_field_is_named(written, key, said):
    [(_, code, message)] = told(written("We go.", f"quotes:\n  q: {{{key} We go, at: {{article: a}}}}\n"))
    assert code == "missing-field"
    assert said in message


def test_words_of_markup_alone_are_told_as_that(tmp_path):
    (tmp_path / "m.md").write_text("---\ntitle: M\n---\nSee [the page](https://example.org/fees) now.\n")
    (tmp_path / "dossier.yaml").write_text(
        "article: m\narticle_files: [m.md]\nquotes:\n  q: {text: 'example.org/fees', attribution: paraphrase}\n"
    )
    [(_, _, said)] = told(tmp_path)
    assert "markup" in said
    assert "write" not in said


@pytest.mark.parametrize(
    ("text", "words", "between"),
    [
        ("«Мы останемся, — сказала она, — сколько надо».", "Мы останемся, сколько надо", ", — сказала она, —"),
        ("—Nos quedaremos —dijo ella— el tiempo necesario.", "Nos quedaremos el tiempo necesario", "—dijo ella—"),
        ("“We will stay,” she said. “As long as we can.”", "We will stay. As long as we can.", ",” she said. “"),
        ("「私たちは残る」と彼女は言った。「必要な限り。」", "私たちは残る。必要な限り。", "」と彼女は言った。「"),
    ],
)
def test_words_that_only_an_elision_bridges_are_offered_with_it(written, text, words, between):
    """The words that are offered must make the quote exact."""
    quote = 'article: a\nquotes:\n  q: {{text: "{}", speaker: l}}\n'
    [(_, code, said)] = told(written(text, quote.format(words)))
    assert code == "missing-anchor"
    assert f"broken by “{between}”" in said
    offered = said.rpartition(': "')[2].removesuffix('")')
    assert statuses(written(text, quote.format(offered))) == {"exact": 1}


def test_words_with_a_word_left_out_are_no_quotation_that_an_attribution_breaks(written):
    [(_, _, said)] = told(
        written("We will not - as I said - go.", "quotes:\n  q: {text: We will go, at: {article: a}}\n")
    )
    assert "…" not in said


@pytest.mark.parametrize(
    "words", ["We pay 50%, not more, today", "We pay 50%, not more: today, or never", "“We pay 50%, not more, today”"]
)
def test_words_behind_a_second_comma_in_braces_are_lost_with_the_first(written, words):
    """No evidence may be shown for words that their author wrote longer."""
    folder = written(f"She said: {words}.", f"article: a\nquotes:\n  q: {{text: {words}, speaker: l}}\n")
    assert [code for _, code, _ in told(folder)] == ["cut-value"]
    (evidence,) = Desk.open(folder).evidence_of("q")
    assert evidence.wanted.text == words


def test_words_that_the_article_has_struck_through_are_told(tmp_path):
    (tmp_path / "m.md").write_text(
        'He said "~~we sign~~ we do not sign". "a ~~ b ~~ c". "We <del>stay</del> go", he said. "We pay ~~now~~."\n'
    )
    (tmp_path / "dossier.yaml").write_text(
        "article: m\narticle_files: [m.md]\nquotes:\n  a: {text: we sign}\n  b: {text: we do not sign}\n"
        "  c: {text: a ~~ b}\n  d: {text: We stay go}\n  e: {text: We pay}\n"
    )
    assert [(line, code) for line, code, _ in told(tmp_path)] == [(4, "struck-through"), (7, "struck-through")]
    shown = CliRunner().invoke(main, ["export", "-d", str(tmp_path), "--pane", "quotes"]).stdout
    assert shown.count("the article has struck the words through") == 2
