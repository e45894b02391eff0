"""The commands that write to a dossier, as a script sees them; two of them at once, and no room to write."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from annotated_worlds import content, entries, make

DOSSIER = [sys.executable, "-P", "-m", "dossier"]


def run(*arguments, given="", **options):
    return subprocess.run(
        [*DOSSIER, *map(str, arguments)],
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        **options,
    )


@pytest.fixture
def root(tmp_path):
    return make(tmp_path, "block")


def quotes(*words):
    return json.dumps([{"kind": "quote", "article": "a", "text": one} for one in words])


def test_entries_come_in_as_json_and_what_was_written_goes_out_as_json(root):
    first = content(root)
    done = run("annotate", "-d", root, "--json", "-", given=quotes("She left.", "The engine is not built."))
    assert done.returncode == 0, done.stderr
    written = json.loads(done.stdout)["written"]
    assert [set(one) for one in written] == [{"id", "file", "line"}] * 2
    for one in written:
        assert f"{one['id']}:" in (root / one["file"]).read_text().splitlines()[one["line"] - 1]
    assert run("check", root).returncode == 0
    second = content(root)
    assert run("undo", "-d", root).returncode == 0
    assert content(root) == first
    assert run("redo", "-d", root).returncode == 0
    assert content(root) == second
    assert run("rename", "ada", "lovelace", "-d", root).returncode == 0
    assert run("mv", "a", "texts/a.txt", "-d", root).stdout == "texts/a.txt\n"
    assert run("check", root).returncode == 0
    for _ in range(3):
        assert run("undo", "-d", root).returncode == 0
    assert content(root) == first
    nothing = run("undo", "-d", root)
    assert (nothing.returncode, nothing.stderr) == (2, "dossier: There is nothing to undo.\n")


def test_the_example_of_the_documentation_is_written_to_london(london):
    page = (Path(__file__).resolve().parents[2] / "docs" / "annotating.md").read_text("utf-8")
    example = page.split("```json\n")[1].split("```")[0]
    done = run("annotate", "-d", london, "--json", "-", given=example)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["written"]) == len(json.loads(example))
    assert run("check", london).returncode == 0


@pytest.mark.parametrize(
    "given",
    ["", "{", "[1]", '"x"', "null", "[]", '[{"kind": "quote"}]', '[{"kind": ["quote"]}]', "[" * 100_000, "\udcff"],
)
def test_what_is_no_list_of_entries_is_refused_in_one_sentence(root, given):
    before = content(root)
    done = run("annotate", "-d", root, "--json", "-", given=given, errors="surrogateescape")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert content(root) == before


def test_of_two_that_write_at_once_both_are_there(root):
    words = ["She left.", "The engine is not built.", "It is a cut", "said Ada Lovelace", "Mr. Babbage told reporters"]
    with ThreadPoolExecutor(5) as pool:
        done = list(pool.map(lambda one: run("annotate", "-d", root, "--json", "-", given=quotes(one)), words))
    told = [one for one in done if one.returncode]
    assert not [one for one in told if len(one.stderr.splitlines()) != 1]
    said = {str(entry.get("text")) for entry in entries(root).values()}
    assert {one for one, outcome in zip(words, done, strict=True) if not outcome.returncode} <= said
    assert len(told) < len(words)
    assert run("check", root).returncode == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="to root nothing is read-only")
def test_a_folder_that_cannot_be_written_to_keeps_what_it_has(root):
    before = content(root)
    (root / "articles").chmod(0o500)
    try:
        done = run("annotate", "-d", root, "--json", "-", given=quotes("She left."))
    finally:
        (root / "articles").chmod(0o700)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert content(root) == before


def test_where_no_more_can_be_written_nothing_is_half_written(root):
    before = content(root)
    size = max(map(len, before.values()))
    code = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "from dossier.desk.desk import Desk; from pathlib import Path; import sys;"
        f"desk = Desk.open(Path({str(root)!r})); resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}));"
        "desk.annotations.write([{'kind': 'person', 'delegation': 'makers', 'name': 'N' * 3000}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=300)
    assert "DossierError" in done.stderr
    assert content(root) == before
    assert run("check", root).returncode == 0


def test_a_link_in_the_place_of_a_file_is_not_written_through(root, tmp_path):
    outside = tmp_path / "outside.yaml"
    outside.write_text("article: a\n")
    (root / "articles/a.yaml").unlink()
    (root / "articles/a.yaml").symlink_to(outside)
    done = run("annotate", "-d", root, "--json", "-", given=quotes("She left."))
    assert done.returncode == 2
    assert Path(outside).read_text() == "article: a\n"
