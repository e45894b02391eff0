"""Small dossiers after public reports on other programs, each with its right result."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.cli import main

CASES = Path(__file__).resolve().parents[1] / "data" / "cases"


def run(*arguments: object, code: int = 0):
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert result.exit_code == code, (result.output, result.exception)
    return result


@pytest.fixture
def case(tmp_path):
    def copy(name: str) -> Path:
        return Path(shutil.copytree(next(CASES.glob(f"{name}-*")), tmp_path / name))

    return copy


def statuses(root: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in json.loads(run("anchors", root, "--json").stdout)["anchors"]:
        found.setdefault(one["entry"], []).append(one["status"])
    return found


def test_a_cut_quote_that_turns_the_sense_is_no_evidence(case):
    root = case("01")
    told = run("matrix", root)
    assert "Lease of the port: 1 piece of evidence needs a look" in told.stdout
    assert "for" not in told.stdout.replace("Lease of the port", "")
    assert json.loads(run("matrix", root, "--json", "--status", "exact").stdout)["cells"] == []
    assert "permitted" not in run("export", "-d", root, "--pane", "quotes", "--status", "exact").stdout
    for shown in (run("export", "-d", root, "--pane", "quotes").stdout, run("show", "a-inverted", "-d", root).stdout):
        assert not [line for line in shown.splitlines() if "✓" in line and "permitted" in line]
    hits = json.loads(run("search", "permitted", "-d", root, "--json").stdout)["hits"]
    assert [hit["status"] for hit in hits if hit["id"] == "a-inverted"] == ["reworded"]
    assert "not" in run("check", root, code=1).stdout


@pytest.mark.parametrize("new", ["correction.txt", "other-mouth.txt"])
def test_words_that_are_now_in_another_mouth_are_reworded_where_they_stood(case, new):
    root = case("02")
    run("check", "--lock", root)
    text = (root / new).read_bytes()
    told = run("revise", "a", root / new, "-d", root, "--yes").stdout
    assert "✓ exact → ≠ reworded" in told
    assert "the old words also stand in ¶" in told
    assert "1 to look at" in told
    assert (root / "a.txt").read_bytes() == text
    run("check", root, code=1)
    assert json.loads(run("matrix", root, "--json").stdout)["cells"][0]["stance"] == []
    (root / "dossier.lock").unlink()
    assert statuses(root) == {"q1": ["reworded"]}, "the kept version tells it too"


def test_words_cut_out_of_longer_ones_by_a_revision_are_reworded(case):
    root = case("03")
    run("check", "--lock", root)
    told = run("revise", "a", root / "new.txt", "-d", root, "--yes").stdout
    assert "3 to look at" in told
    assert [told.count(words) for words in ("non-binding", "can't", "1,000")] == [1, 1, 1] or "reworded" in told
    assert statuses(root) == {one: ["reworded"] for one in ("q1", "q2", "q3")}
    run("check", root, code=1)
    assert all(not cell["stance"] for cell in json.loads(run("matrix", root, "--json").stdout)["cells"])


def test_words_are_found_under_the_markup_of_an_article(case):
    root = case("14")
    run("check", root)
    assert statuses(root) == {f"q{number}": ["exact"] for number in range(1, 7)}
    run("check", "--lock", root)
    assert "lock does not hold" not in run("check", root).stderr
    text = (root / "m.md").read_text()
    (root / "m.md").write_text("A new paragraph *above*.\n\n" + text.replace("**too** high", "**too** low"))
    now = statuses(root)
    assert now.pop("q2") == ["reworded"]
    assert now == {"q1": ["moved"], "q3": ["moved"], "q4": ["exact"], "q5": ["exact"], "q6": ["exact"]}
    brief = root.parent / "brief.md"
    run("check", root, code=1)
    (root / "m.md").write_text(text)
    run("export", "-d", root, "--pane", "quotes", "-o", brief)
    run("verify", brief, "-d", root)


def test_a_quote_in_pieces_is_one_piece_of_evidence_and_a_translation_is_told(case):
    root = case("19")
    sheet = (root / "dossier.yaml").read_text()
    before, translated = sheet.split("  translated:\n")
    assert "text: 港口不会关闭" in translated
    (root / "dossier.yaml").write_text(
        before + "  translated:\n    text: The port will not be closed\n    original: 港口不会关闭\n    speaker: lane\n"
        "    at: {article: zh}\n"
    )
    assert "No problems" in run("check", root).stderr
    assert statuses(root) == {"split": ["exact"], "translated": ["exact"]}
    exported = run("export", "-d", root, "--pane", "quotes").stdout
    assert "**Translation:** The port will not be closed" in exported
    assert "港口不会关闭" in exported
    assert "Ms Lane said" in exported, "what was left out can be seen"
    brief = root.parent / "brief.md"
    brief.write_text(exported)
    run("verify", brief, "-d", root)
    text = (root / "a.txt").read_text()
    (root / "a.txt").write_text(text.replace("as long as it takes", "as long as we can"))
    assert statuses(root)["split"] == ["missing"]
