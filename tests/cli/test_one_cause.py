"""One mistake is one problem, at its place: seventy lines for one colon hide the line that matters."""

import json
import shutil

import pytest
from click.testing import CliRunner

from dossier.cli import main

HEAD, NOTES, ONE, TWO = "dossier.yaml", "notes.yaml", "one.txt", "two.txt"
WORDS = [
    "We will cut tariffs", "The port stays open", "Grain comes first", "Nobody signed it", "Steel is another matter",
    "The lease ends in May", "Fees were dropped twice", "The fleet will return",
]  # fmt: skip
OTHERS = ["Talks went on in Bern", "Customs will be faster", "The quota was refused"]
QUOTES = "".join(
    f"  q{n}:\n    text: {words}\n    speaker: bessent\n    issues: [tariffs]\n" for n, words in enumerate(WORDS)
)
SOUND = {
    HEAD: """\
format: 1
title: Small talks
articles:
  one: {file: one.txt, published: 2025-06-10, title: First day}
  two: {file: two.txt, published: 2025-06-11}
article_files: [more/*.md]
delegations:
  us:
    name: United States
    aliases: [US, Washington]
    members:
      bessent: {name: Scott Bessent, role: Secretary}
  china: {name: China}
issues:
  tariffs: {name: Tariffs}
  quotas: {name: Quotas, parent: tariffs}
relations:
  courts: {inverse: courted by}
""",
    NOTES: f"""\
article: one
quotes:
{QUOTES}\
events:
  day: {{name: First day of talks, when: 2025-06-09, at: in London}}
links:
  - {{from: us, rel: supports, to: tariffs, at: cut tariffs}}
  - {{from: us, rel: supports, to: quotas, at: stays open}}
  - {{from: china, rel: courts, to: us, at: comes first}}
""",
    "others.yaml": "article: two\nquotes:\n"
    + "".join(f"  o{n}:\n    text: {words}\n    speaker: china\n" for n, words in enumerate(OTHERS)),
    ONE: "They met in London.\n\n" + " ".join(f"“{words},” he said." for words in WORDS) + "\n\nGo on. Go on.\n",
    TWO: "\n\n".join(f"“{words},” she said." for words in OTHERS) + "\n",
    "more/three.md": "---\ntitle: Third\npublished: 2025-06-12\n---\n\nNothing more was said.\n",
}

TABLE = [
    # file, what is taken out, what is put in, line, code, what the message or the hint says
    (NOTES, "article: one", "article: onne", 1, "unknown-id", "did you mean one?"),
    (NOTES, "article: one", "article: two", 1, "missing-anchor", "article: one"),
    (NOTES, "article: one\n", "", 3, "no-article", "11 more"),
    (NOTES, "quotes:", "quote:", 2, "unknown-field", "8 entries are not read"),
    (NOTES, "text: We will", "text: We said: will", 4, "yaml-syntax", "quotation marks"),
    (NOTES, "text: We will", "text: [We] will", 4, "yaml-syntax", "begins with ["),
    (NOTES, "text: We will", "text: *We* will", 4, "yaml-syntax", "begin with *"),
    (NOTES, "text: We will", "text: @We will", 4, "yaml-syntax", "begin with @"),
    (NOTES, "text: We will", "text: `We will", 4, "yaml-syntax", "begin with `"),
    (NOTES, "text: We will", "text: %We will", 4, "yaml-syntax", "begin with %"),
    (NOTES, "text: We will", "text: &We will", 4, "cut-value", "&We"),
    (NOTES, "text: We will", "text: ! We will", 4, "cut-value", "tag"),
    (NOTES, "text: We will", "text: !We will", 4, "unknown-tag", "quotation marks"),
    (NOTES, "text: We will", "text: - We will", 4, "yaml-syntax", "dash"),
    (NOTES, "text: We will", "text: > We will", 4, "yaml-syntax", "next line"),
    (NOTES, "text: We will", 'text: "We" will', 4, "yaml-syntax", ">-"),
    (NOTES, "text: We will", "text: 'We will", 4, "yaml-syntax", "close"),
    (NOTES, "We will cut tariffs\n", "We will #1 cut tariffs\n", 4, "cut-value", "#1 cut tariffs"),
    (NOTES, "We will cut tariffs\n", "We will # cut tariffs\n", 4, "cut-value", "goes on"),
    (NOTES, "    text: We will", "\u00a0\u00a0\u00a0 text: We will", 4, "odd-space", "U+00A0"),
    (NOTES, "    text: We will", "\ttext: We will", 4, "yaml-syntax", "spaces"),
    (NOTES, "text: We will", "text:\u00a0We will", 4, "odd-space", "behind the colon"),
    (NOTES, "We will cut tariffs\n", "We will\n    cut tariffs\n", 6, "yaml-syntax", "indent a text that goes on"),
    (NOTES, "We will cut tariffs\n", "We will\n    keep tariffs\n", 6, "yaml-syntax", "1 more problem"),
    (NOTES, "text: We will", "text:\ufeffWe will", 4, "odd-space", "byte order mark"),
    (NOTES, "events:", "\ufeffevents:", 35, "odd-space", "byte order mark"),
    (NOTES, "events:", "%YAML 1.2\nevents:", 35, "yaml-syntax", "directive"),
    (NOTES, "events:", "...\nevents:", 35, "yaml-syntax", "the document ends"),
    (NOTES, "    speaker: bessent", "\tspeaker: bessent", 5, "yaml-syntax", "use spaces"),
    (NOTES, "at: cut tariffs}", "at: cut, # tariffs\n    }", 38, "cut-value", "goes on"),
    (NOTES, "    speaker: bessent", "   speaker: bessent", 5, "yaml-syntax", "spaces"),
    (NOTES, "    speaker: bessent", "      speaker: bessent", 5, "yaml-syntax", "spaces"),
    (NOTES, "    speaker: bessent", "    speaker bessent", 6, "yaml-syntax", "colon"),
    (NOTES, "speaker: bessent", "speaker: tariffs", 5, "wrong-kind", "us"),
    (NOTES, "speaker: bessent", "speaker: Scott Bessent", 5, "unknown-id", "did you mean bessent?"),
    (NOTES, "issues: [tariffs]", "issues: tariffs, quotas", 6, "unknown-id", "[tariffs, quotas]"),
    (NOTES, "speaker: bessent", "speeker: bessent", 5, "unknown-field", "speaker"),
    (NOTES, "cut tariffs\n", "cut all tariffs\n", 4, "missing-anchor", "¶ 2"),
    (NOTES, "in London", "in Bern", 36, "missing-anchor", "two"),
    (NOTES, "in London", "Go on", 36, "ambiguous-anchor", "at: {text: "),
    (NOTES, "rel: courts", "rel: courted by", 40, "unknown-relation", "rel: courts"),
    (NOTES, "  q0:", "<<<<<<< ours\n  q0:\n=======\n  qq:\n>>>>>>> theirs", 3, "merge-conflict", "marks"),
    (NOTES, "  q1:", "  q0:", 7, "duplicate-key", "notes.yaml:3"),
    (NOTES, "events:", "quotes:", 35, "duplicate-key", "notes.yaml:2"),
    (NOTES, "at: in London}", "at: in London", 37, "yaml-syntax", "close"),
    (NOTES, "when: 2025-06-09", "when: 2025-06-31", 36, "bad-date", ""),
    (HEAD, "title: Small talks", "title: Small: talks", 2, "yaml-syntax", "quotation marks"),
    (HEAD, "title: Small talks", "title: Talks #1", 2, "cut-value", "#1"),
    (HEAD, "title: Small talks", "titel: Small talks", 2, "unknown-field", "title"),
    (HEAD, "  one: {file: one.txt,", "  onne: {file: one.txt,", 0, "unknown-id", "did you mean onne?"),
    (HEAD, "{file: one.txt,", "{file: two.txt,", 4, "missing-anchor", "right file"),
    (HEAD, "{file: one.txt,", "{file: oen.txt,", 4, "missing-file", "check the name"),
    (HEAD, "delegations:", "delegation:", 7, "unknown-field", "delegations"),
    (HEAD, "      bessent:", "      besent:", 0, "unknown-id", "did you mean besent?"),
    (HEAD, "      bessent:", "      Bessent:", 12, "bad-id", "bessent"),
    (HEAD, "  tariffs:", "  tarifs:", 0, "unknown-id", "did you mean tarifs"),
    (HEAD, "role: Secretary", "role: Secretary, and envoy", 12, "cut-value", "and envoy"),
    (HEAD, "role: Secretary", "role: Aide #2", 13, "yaml-syntax", "makes its end a comment"),
    (HEAD, "name: China}", "name: China, aliases: [US, Washington]}", 10, "shared-name", "each of"),
    (NOTES, "  q1:\n", "", 7, "duplicate-key", ""),
    (NOTES, "  q1:\n", "   q1:\n", 7, "yaml-syntax", "spaces"),
    (NOTES, "  q1:\n", "  q1\n", 8, "yaml-syntax", "colon"),
    (NOTES, "text: We will", 'text: "We will', 4, "yaml-syntax", "close"),
    (HEAD, "parent: tariffs", "parent: quotas", 16, "circle", "parent"),
    (HEAD, "more/*.md", "moer/*.md", 6, "no-match", "pattern"),
    ("more/three.md", "title: Third", "date: 2025-01-01", 2, "unknown-front-matter", "published"),
    ("more/three.md", "title: Third", "title: Third: day", 2, "yaml-syntax", "quotation marks"),
]


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sound") / "small"
    for name, text in SOUND.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def problems(folder):
    return json.loads(CliRunner().invoke(main, ["check", str(folder), "--format", "json"]).stdout)["problems"]


def test_the_dossier_of_these_tests_is_sound(sound):
    assert problems(sound) == []
    assert len(TABLE) >= 30


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "code", "said"), TABLE, ids=[f"{one[4]}: {one[2].strip()}" for one in TABLE]
)
def test_one_mistake_is_one_problem(sound, tmp_path, file, old, new, line, code, said):
    folder = shutil.copytree(sound, tmp_path / "small")
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    found = problems(folder)
    told = [f"{one['file']}:{one['line']} {one['code']}: {one['message']} ({one['hint']})" for one in found]
    assert len(found) == 1, told
    assert found[0]["code"] == code, told
    assert said in told[0]
    if line:
        assert (found[0]["file"], found[0]["line"]) == (file, line), told


def test_files_that_belong_to_other_programs_are_one_problem_each(sound, tmp_path):
    """A copy of a whole file, a file in another encoding, one that is a PDF."""
    for name, data, code in (
        ("notes-copy.yaml", SOUND[NOTES].encode(), "duplicate-id"),
        (NOTES, SOUND[NOTES].encode("utf-16"), "not-utf-8"),
        (ONE, b"%PDF-1.7\n" + b"\xe2\xe3\xcf\xd3" * 9, "not-plain-text"),
        (ONE, SOUND[ONE].encode("utf-16"), "not-plain-text"),
        (ONE, SOUND[ONE].encode("cp1252", "replace"), "not-utf-8"),
    ):
        folder = shutil.copytree(sound, tmp_path / f"{name}-{code}-{len(data)}")
        (folder / name).write_bytes(data)
        found = problems(folder)
        assert [one["code"] for one in found] == [code], found
