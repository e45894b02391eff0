"""`dossier new` and `dossier add`: what is written, what is said, and what is left alone."""

import json
import os
import resource
import subprocess
import sys

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from intake.samples import PAGE, PROSE, docx, pdf

from dossier.cli import main
from dossier.store.yaml.insertions import insert_entries
from dossier.store.yaml.source_tree import pieces


def run(*arguments, stdin=None):
    return CliRunner().invoke(main, [str(one) for one in arguments], input=stdin)


@pytest.fixture
def folder(tmp_path):
    done = run("new", tmp_path / "talks", "--title", "Talks: one", "--language", "en")
    assert done.exit_code == 0, done.output
    return tmp_path / "talks"


@pytest.fixture
def page(tmp_path):
    (tmp_path / "page.html").write_text(PAGE)
    return tmp_path / "page.html"


def contents(root):
    return {str(one.relative_to(root)): one.read_bytes() for one in root.rglob("*") if one.is_file()}


def told(done):
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_new_dossier_is_checked_without_a_word_and_not_made_twice(folder):
    first = (folder / "dossier.yaml").read_text()
    assert first.startswith("# yaml-language-server: $schema=dossier.schema.json\n")
    assert "dossier.lock merge=union" in (folder / ".gitattributes").read_text()
    assert run("check", folder).exit_code == 0
    again = run("new", folder, "--title", "Other")
    assert again.exit_code == 2
    assert (folder / "dossier.yaml").read_text() == first


@pytest.mark.parametrize("options", [["--title", " "], ["--title", "x", "--language", "not a code"], []])
def test_a_new_dossier_without_a_title_or_with_no_language_is_not_made(tmp_path, options):
    assert run("new", tmp_path / "other", *options).exit_code == 2
    assert not (tmp_path / "other").exists()


def test_an_article_is_written_with_its_original_and_its_fields(folder, page):
    one = told(run("add", page, "-d", folder, "--json"))
    assert (one["article"], one["title"], one["published"]) == ("talks-stall", "Talks stall", "2024-03-05")
    assert one["guessed"] == []
    assert isinstance(one["warnings"], list)
    assert PROSE in (folder / one["file"]).read_text()
    assert (folder / one["original"]).read_bytes() == page.read_bytes()
    checked = run("check", folder)
    assert checked.exit_code == 0, checked.output
    shown = json.loads(run("show", "talks-stall", "-d", folder, "--json").stdout)
    assert one["sha256"] in json.dumps(shown)


@pytest.mark.parametrize("why", ["same file", "same text", "same address"])
def test_an_article_that_is_there_is_said_and_not_added_twice(folder, page, tmp_path, why):
    first = told(run("add", page, "-d", folder, "--json"))
    before = contents(folder)
    other = tmp_path / "other.txt"
    if why == "same text":
        other.write_bytes((folder / first["file"]).read_bytes())
    elif why == "same address":
        other.write_text("Another text. It is long enough to be one.\n")
    address = ["--url", "http://www.example.org/2024/03/05/talks/#top"] if why == "same address" else []
    again = told(run("add", page if why == "same file" else other, "-d", folder, "--json", *address))
    assert (again["article"], again["added"]) == (first["article"], False)
    assert why in again["warnings"][0]
    assert contents(folder) == before


def test_several_files_make_a_list_and_the_good_ones_are_taken(folder, page, tmp_path):
    (tmp_path / "scan.pdf").write_bytes(pdf([]))
    done = run("add", page, tmp_path / "scan.pdf", "-d", folder, "--json")
    assert done.exit_code == 2
    taken, refused = json.loads(done.stdout)
    assert taken["article"] == "talks-stall"
    assert "no text in it" in refused["error"]
    assert sorted(one.name for one in (folder / "articles").iterdir()) == ["originals", "talks-stall.txt"]


def test_a_folder_is_taken_in_whole_without_hidden_files_and_links(folder, page, tmp_path):
    saved = tmp_path / "saved"
    (saved / "deeper").mkdir(parents=True)
    (saved / "a.txt").write_text("The first text.\n")
    (saved / "deeper" / "b.md").write_text("# B\n\nThe second text.\n")
    (saved / ".hidden.txt").write_text("Hidden.\n")
    (saved / "link.html").symlink_to(page)
    (saved / "picture.png").write_bytes(b"\x89PNG")
    assert len(told(run("add", saved, "-d", folder, "--json"))) == 2
    assert {one.name for one in (folder / "articles").glob("*.*")} == {"a.txt", "b.md"}


def test_standard_input_is_taken_in_with_its_address(folder):
    one = told(run("add", "-", "-d", folder, "--json", "--url", "https://example.org/x", stdin=PAGE))
    assert one["article"] == "talks-stall"
    assert "https://example.org/x" in (folder / "dossier.yaml").read_text()


def test_what_the_user_says_is_no_guess_and_a_dry_run_writes_nothing(folder, tmp_path):
    (tmp_path / "a.txt").write_text(f"A title\n\n{PROSE}\n")
    before = contents(folder)
    assert told(run("add", tmp_path / "a.txt", "-d", folder, "--json", "--dry-run"))["guessed"] == ["title"]
    assert contents(folder) == before
    one = told(run("add", tmp_path / "a.txt", "-d", folder, "--json", "--title", "Mine", "--id", "mine"))
    assert (one["article"], one["title"], one["guessed"]) == ("mine", "Mine", [])
    assert run("add", tmp_path / "a.txt", "-d", folder, "--published", "yesterday").exit_code == 2


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("scan.pdf", pdf([]), "no text in it"),
        ("secret.pdf", pdf(["x"], encrypted=True), "encrypted"),
        ("page.html", b"<html><body><nav>Home</nav></body></html>", "no article"),
        ("empty.txt", b" \n", "empty"),
        ("note.docx", docx(""), "no text in it"),
        ("data.xml", b"<?xml version='1.0'?><a/>", "XML"),
    ],
)
def test_a_refusal_is_one_sentence_and_writes_nothing(folder, tmp_path, name, data, why):
    before = contents(folder)
    (tmp_path / name).write_bytes(data)
    done = run("add", tmp_path / name, "-d", folder)
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert why in done.stderr
    assert name in done.stderr
    assert contents(folder) == before


def limited(folder, page, most):
    """`dossier add` where no file may grow beyond so many bytes, as on a full disk."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    command = [sys.executable, "-P", "-m", "dossier", "add", str(page), "-d", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, preexec_fn=limit)


def test_a_full_disk_leaves_the_dossier_as_it_was(folder, page):
    before = contents(folder)
    for most in (0, 400):
        done = limited(folder, page, most)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert contents(folder) == before
        assert not (folder / "articles" / "originals").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder_is_said_and_stays_as_it_was(folder, page):
    before = contents(folder)
    (folder / "articles").chmod(0o500)
    done = run("add", page, "-d", folder)
    (folder / "articles").chmod(0o700)
    assert done.exit_code == 2
    assert contents(folder) == before


def test_links_are_not_followed_out_of_the_dossier(folder, page, tmp_path):
    (tmp_path / "outside").mkdir()
    (folder / "articles" / "originals").symlink_to(tmp_path / "outside")
    assert run("add", page, "-d", folder).exit_code == 2
    assert not list((tmp_path / "outside").iterdir())


def test_relations_and_the_schema_are_printed(folder):
    found = json.loads(run("relations", folder, "--json").stdout)["relations"]
    assert {"name", "inverse", "stance", "own", "note"} <= set(found[0])
    assert json.loads(run("schema").stdout) == json.loads((folder / "dossier.schema.json").read_text())


KEYS = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
VALUES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=30)
HEADS = st.sampled_from(
    ["", "# a note\n", "format: 1\ntitle: T  # kept\n", "title: 'T'\r\n\r\n", "people:\n  a: {name: A}\n"]
)
SECTIONS = st.sampled_from(
    [
        "",
        "articles:\n",
        "articles: {}\n",
        "articles: {x: {file: a.txt}}  # end\n",
        "articles:\n    x:\n        file: a.txt # one\n\n",
    ]
)


@settings(max_examples=60)
@given(
    HEADS,
    SECTIONS,
    st.dictionaries(KEYS, VALUES, min_size=1, max_size=3),
    st.sampled_from(["", "events: {}\n# last\n"]),
)
def test_an_entry_is_put_in_and_every_other_character_stays(head, section, fields, after):
    text = head + section + after
    made = insert_entries(text, "articles", {"new-one": fields})
    left = iter(made)
    if section != "articles: {}\n":
        assert all(character in left for character in text), "the old text is what remains without the new"
    data = pieces(made).data()
    assert data["articles"].pop("new-one") == fields
    said = [line for line in text.splitlines() if line and not line.startswith("#")]
    before = pieces(text).data() if said else {}
    assert {**data, "articles": data["articles"] or None} == {**before, "articles": before.get("articles") or None}
