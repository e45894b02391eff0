"""What the commands say of evidence: the promised JSON, the promised exit codes, and nothing written unasked."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.cli import main

ARTICLE = "articles/2025-06-10-london.txt"


def run(*arguments: object, code: int = 0):
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert result.exit_code == code, (result.output, result.exception)
    return result


def revise_by_hand(root: Path, old: str, new: str) -> None:
    text = (root / ARTICLE).read_text()
    assert old in text
    (root / ARTICLE).write_text(text.replace(old, new))


def test_every_anchor_is_listed_with_its_offsets_on_disk(london):
    run("check", "--lock", london)
    revise_by_hand(london, "not easy", "never easy")
    revise_by_hand(london, "no U.S. president had the guts to confront China before he imposed tariffs", "")
    anchors = json.loads(run("anchors", london, "--json").stdout)["anchors"]
    text = (london / ARTICLE).read_text()
    fields = ("entry", "article", "start", "end", "text", "wanted", "status", "why", "key", "relation", "target")
    assert {tuple(one) for one in anchors} == {fields}
    for one in anchors:
        if one["status"] == "missing":
            assert (one["start"], one["end"], one["text"]) == (None, None, "")
        else:
            assert text[one["start"] : one["end"]] == one["text"]
        assert (one["text"] == one["wanted"]) == (one["status"] in ("exact", "moved"))
    assert {one["status"] for one in anchors} == {"exact", "moved", "reworded", "missing"}


def test_the_list_for_people_shows_old_and_new_words(london):
    run("check", "--lock", london)
    revise_by_hand(london, "not easy", "never easy")
    told = run("anchors", london).stdout
    assert "≠ reworded quote trump-not-easy · london-day-one" in told
    assert "“China is not easy to deal with.”" in told
    assert "now “China is never easy to deal with.”" in told


def test_no_command_but_check_lock_writes_the_lock(london):
    for arguments in (("check",), ("anchors",)):
        run(*arguments, london)
    run("show", "trump-not-easy", "-d", london)
    run("export", "-d", london, "--pane", "quotes")
    assert not (london / "dossier.lock").exists()
    run("check", "--lock", london)
    assert (london / "dossier.lock").exists()


def test_a_revised_article_is_named_with_the_quotations_it_hits(london):
    run("check", "--lock", london)
    revise_by_hand(london, "not easy", "never easy")
    result = run("check", london, code=1)
    assert "articles/2025-06-10-london.yaml:58:11: error reworded-anchor" in result.stdout
    assert re.search(r"To look at in london-day-one: trump-not-easy\b", result.stderr)


def test_revise_shows_first_and_changes_nothing_where_nobody_can_be_asked(london, tmp_path):
    new = tmp_path / "new.txt"
    new.write_text((london / ARTICLE).read_text().replace("not easy", "never easy"))
    before = (london / ARTICLE).read_bytes()
    result = run("revise", "london-day-one", new, "-d", london, code=2)
    assert "✓ exact → ≠ reworded" in result.stdout
    assert "old “China is [-not-] easy to deal with.”" in result.stdout
    assert "new “China is {+never+} easy to deal with.”" in result.stdout
    assert "--yes" in result.stderr
    assert (london / ARTICLE).read_bytes() == before
    run("revise", "london-day-one", new, "-d", london, "--yes")
    assert (london / ARTICLE).read_bytes() == new.read_bytes()
    (kept,) = (london / "articles/versions").iterdir()
    assert re.fullmatch(r"2025-06-10-london\.\d{4}-\d\d-\d\d\.txt", kept.name)
    assert kept.read_bytes() == before
    run("revise", "london-day-one", new, "-d", london, "--yes")
    assert len(list(kept.parent.iterdir())) == 1, "the same text again is no new version"


def test_revise_asks_at_a_terminal_and_takes_no_for_an_answer(london, tmp_path, monkeypatch):
    new = tmp_path / "new.txt"
    new.write_text("All new.\n")
    before = (london / ARTICLE).read_bytes()
    monkeypatch.setattr("dossier.cli.evidence._can_ask", lambda: True)
    result = CliRunner().invoke(main, ["revise", "london-day-one", str(new), "-d", str(london)], input="n\n")
    assert result.exit_code == 1
    assert (london / ARTICLE).read_bytes() == before
    result = CliRunner().invoke(main, ["revise", "london-day-one", str(new), "-d", str(london)], input="y\n")
    assert result.exit_code == 0
    assert (london / ARTICLE).read_text() == "All new.\n"


@pytest.mark.parametrize(
    ("article", "data", "told"),
    [
        ("nobody", b"x", "There is no entry nobody"),
        ("trump", b"x", "not an article"),
        ("london-day-one", b"\xff", "UTF-8"),
    ],
)
def test_revise_refuses_what_it_cannot_do(london, tmp_path, article, data, told):
    new = tmp_path / "new.txt"
    new.write_bytes(data)
    assert told in run("revise", article, new, "-d", london, "--yes", code=2).stderr


def test_a_brief_is_held_against_any_copy_of_the_dossier(london, tmp_path):
    brief = tmp_path / "brief.md"
    run("export", "-d", london, "--pane", "quotes", "--pane", "events", "-o", brief)
    assert not (london / "dossier.lock").exists()
    run("verify", brief, "-d", london)
    text = brief.read_text()
    at = text.index("China is not easy")
    brief.write_text(text[:at] + "China is really easy" + text[at + len("China is not easy") :])
    result = run("verify", brief, "-d", london, code=1)
    line = text[:at].count("\n") + 1
    assert f"{brief}:{line}: changed" in result.stdout
    assert "[-not-] {+really+}" in result.stdout
    told = json.loads(run("verify", brief, "-d", london, "--json", code=1).stdout)
    assert told["counts"]["changed"] == 1
    assert [one["line"] for one in told["verdicts"] if one["outcome"] != "found"] == [line]


def test_a_brief_quoting_what_the_source_no_longer_says_fails(london, tmp_path):
    brief = tmp_path / "brief.md"
    run("export", "-d", london, "--pane", "quotes", "-o", brief)
    revise_by_hand(london, "'I'm only hearing positive reports from the negotiation team.'", "nothing at all")
    result = run("verify", brief, "-d", london, code=1)
    assert re.search(r": missing footnote", result.stdout)


def test_a_text_without_quotations_is_not_passed_as_sound(london, tmp_path):
    brief = tmp_path / "brief.md"
    brief.write_text("Nothing to see.\n")
    assert "unchecked" in run("verify", brief, "-d", london, code=1).stdout


def test_sarif_is_what_code_scanning_reads(london):
    revise_by_hand(london, "not easy", "never easy")
    told = json.loads(run("check", "--format", "sarif", london, code=1).stdout)
    assert told["version"] == "2.1.0"
    (one,) = told["runs"]
    rules = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
    assert one["tool"]["driver"]["name"] == "dossier"
    assert one["results"]
    for result in one["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("error", "warning")
        assert result["message"]["text"]
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert not place["artifactLocation"]["uri"].startswith(("/", ".."))
        assert min(place["region"]["startLine"], place["region"]["startColumn"]) >= 1


def test_sarif_names_files_from_where_the_check_runs(london, monkeypatch):
    revise_by_hand(london, "not easy", "never easy")
    monkeypatch.chdir(london.parent)
    told = json.loads(run("check", "--format", "sarif", "london", code=1).stdout)
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in told["runs"][0]["results"]}
    assert uris == {"london/articles/2025-06-10-london.yaml"}


def test_sarif_of_a_sound_dossier_is_a_run_without_results(london):
    assert json.loads(run("check", "--format", "sarif", london).stdout)["runs"][0]["results"] == []


def test_reworded_words_are_shown_as_no_evidence_everywhere(london):
    run("check", "--lock", london)
    revise_by_hand(london, "not easy", "never easy")
    shown = json.loads(run("show", "trump-not-easy", "-d", london, "--json").stdout)
    assert shown["evidence"][0]["status"] == "reworded"
    assert "≠ reworded" in run("show", "trump-not-easy", "-d", london).stdout
    brief = run("export", "-d", london, "--pane", "quotes", "--only", "trump-not-easy").stdout
    assert "reworded, not evidence" in brief.lower()
    assert "China is never easy to deal with." in brief
    hits = json.loads(run("search", "easy to deal", "-d", london, "--json").stdout)["hits"]
    assert {hit["status"] for hit in hits if hit["id"] == "trump-not-easy"} == {"reworded"}
    assert {hit["status"] for hit in hits if hit["kind"] == "paragraph"} <= {None}
