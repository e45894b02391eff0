"""A site brought up to date is the site made anew, whatever changed; and only what changed is made."""

import re
import shutil
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossier.desk.desk import Desk
from dossier.desk.publish import article_pages, entry_pages, evidence, inputs, link_pages, list_pages
from dossier.desk.publish.manifest import MANIFEST
from tests.publish.test_site import files_of, publish_site

HEAD = """format: 1
title: Talks
labels: {quotes: Quotes}
relations: {urges: {inverse: urged by, stance: for}}
article_files: ['*.md']
delegations:
  us: {name: United States, aliases: [USA], members: {kim: {name: Kim Lee, role: Envoy}}}
  eu: {name: European Union}
  un: {name: United Nations}
  who: {name: World Health}
issues:
  trade: {name: Trade}
  steel: {name: Steel, parent: trade}
"""


def article(number):
    words = [f"Sentence {at} of article {number} speaks plainly about the United States." for at in range(4)]
    return f"---\ntitle: Article {number}\npublished: 2025-01-{number + 1:02}\n---\n" + "\n\n".join(words) + "\n"


def annotation(number):
    quotes = "".join(
        f"  q{number}-{at}:\n    text: Sentence {at} of article {number} speaks plainly\n    speaker: {speaker}\n"
        f"    issues: [{issue}]\n    stance: for\n"
        for at, (speaker, issue) in enumerate((("kim", "trade"), ("eu", "trade"), ("kim", "steel")))
    )
    at = f"Sentence 3 of article {number}"
    return f"article: a{number}\nquotes:\n{quotes}links:\n  - {{from: un, rel: urges, to: steel, at: {at}, date: '2025'}}\n"


ACROSS = """links:
  - {from: q0-0, rel: urges, to: steel, at: {article: a1, text: Sentence 3 of article 1}, date: 2024-02}
  - {from: q1-0, rel: urges, to: q2-0}
  - {from: eu, rel: urges, to: trade, at: {article: a0, text: Sentence 1 of article 0 speaks plainly about}}
"""
"""Links between what other files say."""

EDITS = {
    "title of an article": ("a1.md", "title: Article 1", "title: Renamed"),
    "day of an article": ("a1.md", "2025-01-02", "2024-12-31"),
    "words before all evidence": ("a0.md", "Sentence 0", "New words.\n\nSentence 0"),
    "words behind all evidence": (
        "a0.md",
        "Sentence 2 of article 0 speaks plainly about the United States.",
        "Sentence 2 of article 0 speaks plainly about the European Union.",
    ),
    "words that are evidence": ("a2.md", "Sentence 1 of", "Sentence one of"),
    "an article's name in the text": ("a2.md", "about the United States", "about the European Union"),
    "a name": ("dossier.yaml", "name: Kim Lee", "name: Kim Li"),
    "an alias": ("dossier.yaml", "World Health}", "World Health, aliases: [Sentence]}"),
    "a role": ("dossier.yaml", "role: Envoy", "role: Minister"),
    "an issue's parent": ("dossier.yaml", ", parent: trade", ""),
    "a relation's other name": ("dossier.yaml", "inverse: urged by", "inverse: pressed by"),
    "a relation's stance": ("dossier.yaml", "stance: for}", "stance: against}"),
    "the title of the dossier": ("dossier.yaml", "title: Talks", "title: More talks"),
    "a label": ("dossier.yaml", "quotes: Quotes", "quotes: Said"),
    "a member": ("dossier.yaml", "members: {kim", "members: {tom"),
    "a speaker": ("a0.yaml", "speaker: eu", "speaker: un"),
    "a stance": ("a0.yaml", "stance: for", "stance: against"),
    "an issue": ("a1.yaml", "issues: [steel]", "issues: [trade]"),
    "an id": ("a1.yaml", "q1-0", "renamed"),
    "a date of a link": ("a2.yaml", "date: '2025'", "date: '2023'"),
    "the far end of a link": ("a2.yaml", "to: steel", "to: trade"),
    "evidence of a link": ("a2.yaml", "at: Sentence 3 of article 2", "at: Sentence 2 of article 2"),
    "a membership": ("across.yaml", "links:\n", "links:\n  - {from: kim, rel: member of, to: eu}\n"),
    "a quote more": (
        "a3.yaml",
        "quotes:\n",
        "quotes:\n  new:\n    text: Sentence 2 of article 3\n    speaker: un\n    issues: [trade]\n",
    ),
    "a quote less": ("a3.yaml", re.compile("  q3-2:.*?(?=links:)", re.DOTALL), ""),
    "another order": ("a2.yaml", re.compile("(  q2-0:.*?)(  q2-1:.*?)(?=  q2-2:)", re.DOTALL), r"\2\1"),
    "a wording": ("a0.yaml", "text: Sentence 0 of article 0 speaks", "text: Sentence 0 of article 0"),
}


QUICK = (
    "title of an article", "day of an article", "words before all evidence", "words behind all evidence",
    "words that are evidence", "a speaker", "a stance", "an issue", "an id", "a date of a link",
    "the far end of a link", "evidence of a link", "a quote more", "a quote less", "another order", "a wording",
)  # fmt: skip
"""Edits of what some files say of their own."""


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    """Five articles, their entries in files of their own."""
    folder = tmp_path_factory.mktemp("incremental") / "dossier"
    folder.mkdir()
    (folder / "dossier.yaml").write_text(HEAD)
    for number in range(4):
        (folder / f"a{number}.md").write_text(article(number))
        (folder / f"a{number}.yaml").write_text(annotation(number))
    (folder / "across.yaml").write_text(ACROSS)
    return folder


@pytest.fixture(scope="module", params=["small", "split"])
def site(request, dossier, tmp_path_factory):
    """A site that is brought up to date again and again; in one form its pages hold so little that all are split."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "split":
            for module in (inputs, link_pages, list_pages):
                patch.setattr(module, "ROWS", 3)
            for module in (inputs, evidence):
                patch.setattr(module, "MOST", 3)
            patch.setattr(entry_pages, "LATEST", 2)
        out = tmp_path_factory.mktemp("site") / "out"
        publish_site(dossier, out)
        yield out


def edited(folder: Path, name: str):
    file, old, new = EDITS[name]
    text = (folder / file).read_text()
    (folder / file).write_text(old.sub(new, text) if isinstance(old, re.Pattern) else text.replace(old, new))


def test_after_every_kind_of_change_the_site_is_the_one_made_anew(dossier, site, tmp_path):
    changed = Path(shutil.copytree(dossier, tmp_path / "dossier"))
    for edit in EDITS:
        edited(changed, edit)
        assert publish_site(changed, site).written > 0, edit
        assert_equal_to_new(changed, site, tmp_path / "anew", edit)
    for lost in ("a3.md", "a2.yaml"):
        (changed / lost).unlink()
        publish_site(changed, site)
        assert_equal_to_new(changed, site, tmp_path / "anew", lost)


@pytest.mark.thorough
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(st.sampled_from([*EDITS]), min_size=1, max_size=4))
def test_after_any_changes_the_site_is_the_one_made_anew(dossier, site, tmp_path_factory, edits):
    folder = tmp_path_factory.mktemp("edited")
    changed = Path(shutil.copytree(dossier, folder / "dossier"))
    for edit in edits:
        edited(changed, edit)
    publish_site(dossier, site)
    publish_site(changed, site)
    assert_equal_to_new(changed, site, folder / "anew", edits)


def assert_equal_to_new(dossier, site, anew, edit):
    shutil.rmtree(anew, ignore_errors=True)
    publish_site(dossier, anew)
    made, expected = files_of(site), files_of(anew)
    there, wanted = (msgspec.json.decode(one.pop(Path(MANIFEST)))["files"] for one in (made, expected))
    assert made == expected, edit
    assert there == wanted, edit  # the recorded inputs too


def test_only_the_pages_of_what_changed_are_made(dossier, tmp_path, monkeypatch):
    changed = Path(shutil.copytree(dossier, tmp_path / "dossier"))
    publish_site(changed, tmp_path / "out")
    made = []
    page = article_pages.ArticlePages.page
    monkeypatch.setattr(
        article_pages.ArticlePages, "page", lambda self, entry: made.append(entry.id) or page(self, entry)
    )
    monkeypatch.setattr(entry_pages.EntryPages, "write", lambda _self, entry: pytest.fail(f"{entry.id} was made"))
    assert publish_site(changed, tmp_path / "out").written == 0
    assert made == []
    edited(changed, "words before all evidence")
    (changed / "a0.md").write_text((dossier / "a0.md").read_text() + "\nLast words.\n")
    found = publish_site(changed, tmp_path / "out")
    assert made == ["a0"]
    assert found.written == 2  # its page, and the passages to search


def test_what_changes_in_some_files_is_published_without_reading_all_others(dossier, tmp_path, monkeypatch):
    changed = Path(shutil.copytree(dossier, tmp_path / "dossier"))
    out = tmp_path / "out"
    publish_site(changed, out)
    read = []
    everything = inputs.add_up
    monkeypatch.setattr(inputs, "add_up", lambda *given: read.append(1) or everything(*given))
    assert publish_site(changed, out).written == 0
    for number in range(3):
        text = changed / f"a{number}.md"
        text.write_text(text.read_text() + "\nLast words on the World Health.\n")
    assert publish_site(changed, out).written == 3 + 1
    assert read == []
    assert_equal_to_new(changed, out, tmp_path / "anew", "last words")
    for edit in QUICK:
        read.clear()
        edited(changed, edit)
        assert publish_site(changed, out).written > 0, edit
        assert read == [], edit
        assert_equal_to_new(changed, out, tmp_path / "anew", edit)


def add(folder, file, text):
    (folder / file).write_text(text)


def hide(folder):
    """Return two files say who an entry is: the first holds, until it says so no more."""
    for file in ("b1.yaml", "b2.yaml"):
        add(folder, file, f"events:\n  fair: {{name: Fair of {file}}}\n")
    return lambda: add(folder, "b1.yaml", "events:\n  market: {name: Market}\n")


def name_hidden(folder):
    """A name is looked for in articles, though another file says whose it is."""
    for file in ("b1.yaml", "b2.yaml"):
        add(folder, file, "issues:\n  talk: {name: Plain talk}\n")
    return lambda: add(folder, "b2.yaml", "issues:\n  talk: {name: speaks plainly}\n")


def swap(folder):
    """Return two articles change places, and with them the file of passages that each is in."""
    (folder / "texts").mkdir()
    for file in ("texts/1.txt", "texts/2.txt"):
        add(folder, file, f"What {file} says.\n")
    said = "articles:\n  one: {{title: One, file: texts/{}.txt}}\n  two: {{title: Two, file: texts/{}.txt}}\n"
    add(folder, "b1.yaml", said.format(1, 2))
    return lambda: add(folder, "b1.yaml", said.format(2, 1))


def forget(folder):
    """An earlier version of an article has the words that it has no more."""
    (folder / "versions").mkdir()
    text = (folder / "a0.md").read_text()
    (folder / "a0.md").write_text(text.replace("Sentence 0 of article 0 speaks plainly", "Nobody said this again here"))
    return lambda: add(folder, "versions/a0.2025-01-01.md", text)


@pytest.mark.parametrize("prepare", [hide, name_hidden, swap, forget])
def test_what_files_say_of_the_entries_of_others_is_published(dossier, tmp_path, prepare, monkeypatch):
    monkeypatch.setattr(inputs, "SHARD", 4)
    changed = Path(shutil.copytree(dossier, tmp_path / "dossier"))
    change = prepare(changed)
    publish_site(changed, tmp_path / "out")
    change()
    assert publish_site(changed, tmp_path / "out").written > 0
    assert_equal_to_new(changed, tmp_path / "out", tmp_path / "anew", prepare)


def test_a_lock_that_tells_evidence_otherwise_is_published(dossier, tmp_path):
    changed = Path(shutil.copytree(dossier, tmp_path / "dossier"))
    out = tmp_path / "out"
    desk = Desk.open(changed)
    desk.anchoring.lock()
    desk.close()
    text = changed / "a0.md"
    text.write_text(text.read_text() + "\nSentence 0 of article 0 speaks plainly once more.\n")
    publish_site(changed, out)
    lock = changed / "dossier.lock"
    for old, new in ((lock, changed / "kept.lock"), (changed / "kept.lock", lock)):
        old.rename(new)
        assert publish_site(changed, out).written > 0  # only the lock tells which of the two places is meant
        assert_equal_to_new(changed, out, tmp_path / "anew", new)


@pytest.mark.parametrize(
    "name", ["article/a0.html", "article/a0.jsonld", "entry/q0-0.html", "quotes.html", "search-0.js"]
)
def test_a_page_that_was_changed_by_hand_or_lost_is_made_again(dossier, tmp_path, name):
    publish_site(dossier, tmp_path / "out")
    whole = files_of(tmp_path / "out")
    for damage in (lambda path: path.write_text("changed"), lambda path: path.unlink()):
        damage(tmp_path / "out" / name)
        assert publish_site(dossier, tmp_path / "out").written == 1
        assert files_of(tmp_path / "out") == whole


def test_a_copied_site_is_not_made_again(dossier, tmp_path):
    publish_site(dossier, tmp_path / "out")
    shutil.copytree(tmp_path / "out", tmp_path / "copy", copy_function=shutil.copyfile)
    assert publish_site(dossier, tmp_path / "copy").written == 0
