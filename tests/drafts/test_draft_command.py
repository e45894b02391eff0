"""`dossier draft`: what it prints, and that a draft is nothing to the dossier until it is accepted."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.cli import main
from dossier.desk.desk import Desk
from dossier.desk.drafting import Drafting

ROOT = Path(__file__).resolve().parents[2]
KEYS = ["id", "kind", "text", "start", "end", "speaker", "attribution", "rule", "tier"]
ARTICLE = """Scott Bessent, the U.S. Secretary of the Treasury, spoke on Monday in London.

“We are doing well with them,” Mr. Bessent said. “It is not easy,” said Nina Lee.

Officials said that the talks would go on.
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "dossier.yaml").write_text(
        "format: 1\ntitle: Talks\nlanguage: en\n"
        "articles:\n  talks: {file: a.txt, title: Talks, published: 2025-06-10}\n"
        "delegations:\n  us:\n    name: United States\n    members:\n      bessent: {name: Scott Bessent}\n"
    )
    return tmp_path


def run(*arguments, code=0):
    result = CliRunner().invoke(main, [*map(str, arguments)])
    assert result.exit_code == code, result.output
    return result


def drafts(folder, *arguments, article="talks"):
    return json.loads(run("draft", article, "-d", folder, "--json", *arguments).stdout)["drafts"]


def the(found, words):
    (one,) = [draft for draft in found if draft["text"].startswith(words)]
    return one


def test_json_has_exactly_the_keys_that_were_promised(folder):
    found = drafts(folder)
    assert {tuple(one) for one in found} == {tuple(KEYS)}
    quote = the(found, "We are")
    assert quote["speaker"] == {
        "id": "bessent",
        "name": "Scott Bessent",
        "start": ARTICLE.index("Bessent said"),
        "end": ARTICLE.index(" said"),
    }
    assert (quote["attribution"], quote["tier"]) == ("direct", "sure")
    assert the(found, "It is")["speaker"] | {"start": 0, "end": 0} == {
        "id": None,
        "name": "Nina Lee",
        "start": 0,
        "end": 0,
    }
    for one in found:
        assert ARTICLE[one["start"] : one["end"]] == one["text"]


def test_details_add_role_date_and_via(folder):
    found = drafts(folder, "--details")
    assert the([one for one in found if one["kind"] == "person"], "Scott")["details"]["role"].endswith("Treasury")
    assert the([one for one in found if one["kind"] == "event"], "Scott")["details"]["when"] == "2025-06-09"


def test_offsets_count_characters_of_the_file_as_it_is(folder):
    text = "\ufeff" + ARTICLE.replace("\n", "\r\n").replace("London", "Łódź 🎉")
    (folder / "a.txt").write_bytes(text.encode())
    read = Desk.open(folder)
    on_disk = read.texts.article("talks").text
    read.close()
    for one in drafts(folder):
        assert on_disk[one["start"] : one["end"]] == one["text"]


def test_the_ten_quotes_of_london_are_found_with_their_speakers(tmp_path):
    shutil.copytree(ROOT / "seeds" / "london-trade-talks", tmp_path / "london")
    found = drafts(tmp_path / "london", article="london-day-one")
    speakers = {
        "economic expert": None,
        "the Trump administration has completed": None,
        "the Trump administration is likely": "experts",
        "We are doing well with China": "trump",
        "China is not easy": "trump",
        "I think we're": "trump",
        "I'm only hearing": "trump",
        "We would like": "trump",
        "China treated the U.S.": "trump",
        "no U.S. president": "trump",
        "China violated": "united-states",
    }
    for words, entry in speakers.items():
        one = the(found, words)
        assert (one["speaker"] or {"id": None})["id"] == entry, words
    assert the(found, "the Trump administration has completed")["attribution"] == "anonymous"
    assert drafts(tmp_path / "london", "--new", article="london-day-one") != found


def test_accepting_writes_one_entry_that_can_be_undone(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    quote = the(drafts(folder), "We are")
    written = json.loads(run("draft", "talks", "-d", folder, "--json", "--accept", quote["id"]).stdout)["written"]
    assert len(written) == 1
    with_entry = json.loads(run("show", written[0]["id"], "-d", folder, "--json").stdout)
    assert "We are doing well with them" in json.dumps(with_entry, ensure_ascii=False)
    run("check", folder)
    assert quote["id"] not in {one["id"] for one in drafts(folder, "--new")}
    run("undo", "-d", folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.name in before} == before


def test_several_are_accepted_all_or_none(folder):
    found = drafts(folder)
    both = ["--accept", the(found, "We are")["id"], "--accept", the(found, "It is")["id"]]
    refused = run("draft", "talks", "-d", folder, *both, code=2)
    assert "Nina Lee" in refused.output
    assert "no entry yet" in refused.output
    assert "quotes" not in "".join(path.read_text() for path in folder.rglob("*.yaml"))


def test_who_speaks_can_be_given(folder):
    quote = the(drafts(folder), "It is")
    run("draft", "talks", "-d", folder, "--accept", quote["id"], "--speaker", "bessent")
    assert "speaker: bessent" in "".join(path.read_text() for path in folder.rglob("*.yaml"))


def test_a_nameless_source_is_anonymous_and_named_in_via(folder):
    quote = the(drafts(folder), "the talks would")
    assert quote["attribution"] == "anonymous"
    run("draft", "talks", "-d", folder, "--accept", quote["id"])
    assert "attribution: anonymous" in "".join(path.read_text() for path in folder.rglob("*.yaml"))


def test_people_and_events_are_accepted_too(folder):
    found = drafts(folder)
    event = the([one for one in found if one["kind"] == "event"], "Scott")
    run("draft", "talks", "-d", folder, "--accept", event["id"])
    assert "when: 2025-06-09" in "".join(path.read_text() for path in folder.rglob("*.yaml"))
    run("check", folder)
    (folder / "a.txt").write_text(ARTICLE + "\nThe talks were led by Vice Premier He Lifeng.\n")
    person = the(drafts(folder, "--new"), "Vice Premier")
    run("draft", "talks", "-d", folder, "--accept", person["id"])
    written = "".join(path.read_text() for path in folder.rglob("*.yaml"))
    assert "He Lifeng" in written
    assert "Vice Premier" in written
    run("check", folder)


def test_what_was_rejected_stays_away_by_its_words(folder):
    quote = the(drafts(folder), "We are")
    run("draft", "talks", "-d", folder, "--reject", quote["id"])
    assert quote["id"] not in {one["id"] for one in drafts(folder)}
    (folder / "a.txt").write_text("In front.\n\n" + ARTICLE.replace("“We are doing", "“We  are\ndoing"))
    assert not any(one["text"].startswith("We") for one in drafts(folder))


def test_a_draft_that_is_none_any_more_is_named(folder):
    assert "q-0000" in run("draft", "talks", "-d", folder, "--accept", "q-0000", code=2).output
    assert "not both" in run("draft", "talks", "-d", folder, "--accept", "a", "--reject", "b", code=2).output
    assert "--accept" in run("draft", "talks", "-d", folder, "--speaker", "bessent", code=2).output
    assert "nothing" in run("draft", "nothing", "-d", folder, code=2).output


def test_a_language_without_rules_is_said(folder):
    head = folder / "dossier.yaml"
    head.write_text(head.read_text().replace("language: en", "language: sv"))
    assert "“sv”" in run("draft", "talks", "-d", folder, code=2).output


def test_nothing_of_the_dossier_knows_of_drafts(folder):
    """Search, matrix, export, lock and check give the same bytes before and after."""

    def all_told():
        commands = [("check", folder), ("matrix", folder), ("search", "talks", "-d", folder), ("anchors", folder)]
        return [CliRunner().invoke(main, [*map(str, one), "--json"]).stdout for one in commands]

    before = all_told()
    files = sorted(path.name for path in folder.iterdir())
    assert drafts(folder)
    assert all_told() == before
    assert sorted(path.name for path in folder.iterdir()) == files


def test_drafts_are_made_once_for_one_text(folder, monkeypatch):
    from dossier.desk import drafting

    first = drafts(folder)
    calls = []
    monkeypatch.setattr(drafting, "draft_article", lambda article: calls.append(article) or [])
    assert drafts(folder) == first
    assert calls == []
    monkeypatch.setattr(drafting, "RULES", -1)
    assert drafts(folder) == []
    assert len(calls) == 1


def test_a_damaged_cache_is_made_again(folder):
    first = drafts(folder)
    desk = Desk.open(folder)
    for path in (desk.home / "drafts").iterdir():
        path.write_bytes(b"{")
    assert len(Drafting(desk).propose("talks")) == len(first)
    desk.close()
