"""An analyst's dossier on top of a published archive: what the archive says stands beside the own, and is not changed."""

import json
import shutil
import subprocess

import pytest
from click.testing import CliRunner
from folder_digests import digests

from dossier.cli import main
from dossier.desk.archive.manifest import NAME, SIGNATURE
from dossier.desk.archive.signing import signers_file
from dossier.desk.desk import Desk
from dossier.desk.evidence.revise import plan
from dossier.desk.user.places import archives_folder, configuration_file
from dossier.model.problems import DossierError

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not on this machine")
MINE = """\
title: Mine
extends: {extends}
issues:
  leverage: {{name: Leverage, parent: export-controls}}
people:
  observer: {{name: An Observer}}
"""
QUOTES = """\
article: london-day-one
quotes:
  mine-relax:
    text: a willingness to relax certain export controls on technology to China
    attribution: paraphrase
    stance: conditional
    speaker: united-states
    issues: [leverage]
links:
  - {from: china, rel: opposes, to: leverage, at: a relaxation of China's restrictions}
"""


@pytest.fixture
def mine(published, tmp_path):
    """The folder of a dossier that extends London, published beside it."""
    published().rename(tmp_path / "trade")
    root = tmp_path / "mine"
    root.mkdir()
    write(root, "trade")
    (root / "quotes.yaml").write_text(QUOTES, "utf-8")
    return root


def write(root, extends):
    (root / "dossier.yaml").write_text(MINE.format(extends=extends), "utf-8")


def run(*words):
    done = CliRunner().invoke(main, [*map(str, words)])
    return done.exit_code, done.output


def told(root):
    desk = Desk.open(root)
    try:
        return [f"{one.severity} {one.place} {one.message}" for one in desk.problems()]
    finally:
        desk.close()


@pytest.fixture
def desk(mine):
    opened = Desk.open(mine)
    yield opened
    opened.close()


def test_entries_articles_and_searches_of_both_are_one_dossier(desk):
    assert desk.problems() == []
    assert desk.title == "Mine"
    assert desk.entry("trump").title == "Donald Trump"
    assert "China" in desk.article("london-day-one").text
    (evidence,) = desk.evidence_of("mine-relax")
    assert (evidence.status, evidence.article) == ("exact", "london-day-one")
    listing = desk.listing("quotes")
    quotes = [listing.id_at(number) for number in range(len(listing.places))]
    assert quotes[0] == "mine-relax"
    assert "economic-expert" in quotes
    found = {(hit.kind, hit.id) for hit in desk.search("willingness").hits}
    assert {("quote", "mine-relax"), ("quote", "us-relax-in-exchange"), ("paragraph", "london-day-one")} <= found


def test_statements_and_the_matrix_weigh_both(mine):
    code, text = run("statements", "-d", mine)
    assert code == 0, text
    assert "united-states · leverage" in text
    assert "united-states · rare-earths" in text
    issues = json.loads(run("matrix", "--json", mine)[1])["issues"]
    assert {"leverage", "rare-earths"} <= set(issues)


def test_a_site_follows_the_lock_of_an_archive_in_which_nothing_else_changes(mine, published, tmp_path):
    article = published.root / "articles/2025-06-10-london.txt"
    run("check", "--lock", published.root)
    words = "the U.S. indicated a willingness to relax certain export controls on technology to China"
    article.write_text(f"{article.read_text('utf-8')}\nOnce more {words}.\n", "utf-8")
    seen = []
    for _ in range(2):
        shutil.rmtree(tmp_path / "trade")
        published().rename(tmp_path / "trade")
        seen.append(published_site(mine, tmp_path / "site"))
        (published.root / "dossier.lock").unlink(missing_ok=True)  # it told which of the two places is meant
    assert seen[0] != seen[1] == published_site(mine, tmp_path / "anew")


def published_site(root, out):
    code, output = run("publish", out, "-d", root)
    assert code == 0, output
    return {path.relative_to(out): path.read_bytes() for path in out.rglob("*.html")}


def test_the_own_lock_holds_the_own_evidence_alone_and_moves_are_told(mine, published, tmp_path):
    code, output = run("check", "--lock", mine)
    assert code == 0, output
    lines = [json.loads(line) for line in (mine / "dossier.lock").read_text("utf-8").splitlines()[1:]]
    assert {line["owner"] for line in lines} == {"mine-relax", "china opposes leverage"}
    article = next((published.root / "articles").glob("*.txt"))
    words = "a willingness to relax certain export controls"
    article.write_text(article.read_text("utf-8").replace(words, "a readiness to relax some export controls"), "utf-8")
    shutil.rmtree(tmp_path / "trade")
    published().rename(tmp_path / "trade")
    (problem,) = [one for one in told(mine) if "mine-relax" in one or "willingness" in one]
    assert "quotes.yaml:4" in problem


def test_what_is_annotated_goes_into_files_of_the_own_dossier(desk, mine):
    before = digests(archives_folder())
    desk.annotations.write(
        [
            {"kind": "quote", "article": "london-day-one", "text": "trade talks", "attribution": "paraphrase"},
            {"kind": "issue", "name": "Trust"},
            {"kind": "person", "name": "New Person"},
        ]
    )
    assert desk.evidence_of("trade-talks")[0].status in ("exact", "ambiguous")
    assert {path for path in before if before[path] != digests(archives_folder()).get(path)} == set()
    assert "trade-talks" in (mine / "quotes.yaml").read_text("utf-8")
    assert desk.problems() == []


def test_a_first_annotation_of_an_article_of_the_archive_makes_a_file_of_the_own_dossier(desk, mine):
    (mine / "quotes.yaml").unlink()
    desk.refresh()
    desk.annotations.write([{"kind": "event", "article": "london-day-one", "name": "Talks", "when": "2025-06-09"}])
    assert "article: london-day-one" in (mine / "articles/2025-06-10-london.yaml").read_text("utf-8")


def test_entries_of_the_archive_are_refused_editing_with_a_sentence(desk, mine):
    before = digests(archives_folder()), digests(mine)
    annotations = desk.annotations
    for write in (
        lambda: annotations.rename("trump", "donald"),
        lambda: annotations.edit("trump", {"name": "D. Trump"}),
        lambda: annotations.delete("us-relax-in-exchange"),
        lambda: annotations.write([{"kind": "alias", "id": "trump", "alias": "DJT"}]),
        lambda: annotations.write([{"kind": "person", "name": "X Y", "delegation": "china"}]),
        lambda: annotations.move("london-day-one", "articles/x.txt"),
        lambda: desk.anchoring.hold(desk.evidence_of("us-relax-in-exchange")),
        lambda: plan(desk, "london-day-one", b"Other words."),
    ):
        with pytest.raises(DossierError, match="is in the archive that this dossier extends, which is not changed"):
            write()
    assert (digests(archives_folder()), digests(mine)) == before


def test_ids_that_collide_are_told_and_the_archive_is_as_it_was(mine):
    with (mine / "dossier.yaml").open("a") as file:
        file.write("  trump: {name: Somebody Else}\n")
    (problem,) = told(mine)
    assert "error dossier.yaml:7" in problem
    assert "the id trump is already that of the person at .archive/dossier.yaml" in problem
    desk = Desk.open(mine)
    assert desk.entry("trump").title == "Donald Trump"
    desk.close()


def test_an_id_that_the_archive_renamed_is_told(mine, published, tmp_path):
    assert told(mine) == []
    for file in published.root.rglob("*.yaml"):
        file.write_text(file.read_text("utf-8").replace("export-controls", "technology-controls"), "utf-8")
    shutil.rmtree(tmp_path / "trade")
    published().rename(tmp_path / "trade")
    (problem,) = told(mine)
    assert "there is no entry with the id export-controls" in problem


def test_patterns_of_articles_do_not_cross(mine, published, tmp_path):
    with (published.root / "dossier.yaml").open("a") as file:
        file.write("article_files: more/*.md\n")
    (published.root / "more").mkdir()
    (published.root / "more/second.md").write_text("---\ntitle: Second\n---\n\nA zebra.\n", "utf-8")
    shutil.rmtree(tmp_path / "trade")
    published().rename(tmp_path / "trade")
    (mine / "more").mkdir()
    (mine / "more/third.md").write_text("---\ntitle: Third\n---\n\nA gnu.\n", "utf-8")
    desk = Desk.open(mine)
    assert desk.entry("second").title == "Second"
    assert desk.entry("third") is None
    assert desk.article("second").text.endswith("A zebra.\n")
    desk.close()
    with (mine / "dossier.yaml").open("a") as file:
        file.write('article_files: "**/*"\n')
    desk = Desk.open(mine)
    assert desk.entry("third").title == "Third"
    assert desk.entry("2025-06-10-london") is None
    desk.close()


def test_a_brief_of_an_extended_archive_is_verified(mine, tmp_path):
    brief = tmp_path / "brief.md"
    code, output = run("export", "--pane", "quotes", "-d", mine, "-o", brief)
    assert code == 0, output
    text = brief.read_text("utf-8")
    assert "a willingness to relax certain export controls on technology to China" in text
    assert "economic expert" in text
    code, output = run("verify", brief, "-d", mine)
    assert code == 0, output
    brief.write_text(text.replace("economic expert", "economic export"), "utf-8")
    assert run("verify", brief, "-d", mine)[0] == 1


def spoil(archive):
    file = archive / "dossier/dossier.yaml"
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b"#")


def link(archive):
    archive.rename(archive.with_name("elsewhere"))
    archive.symlink_to("elsewhere")


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (shutil.rmtree, "The archive trade is not opened: there is no archive"),
        (spoil, "dossier/dossier.yaml was changed after it had been signed"),
        (lambda archive: (archive / SIGNATURE).unlink(), "it is not signed"),
        (lambda archive: (archive / NAME).write_text("{}"), "is not opened: it was changed after"),
        (lambda archive: signers_file().unlink(), "you trust no key yet"),
        (link, "is a link; write where the archive is under"),
    ],
)
def test_an_archive_that_cannot_be_opened_is_one_problem(mine, tmp_path, harm, sentence):
    harm(tmp_path / "trade")
    (problem,) = told(mine)
    assert problem.startswith("error dossier.yaml:2")
    assert sentence in problem
    desk = Desk.open(mine)
    assert desk.entry("trump") is None
    assert desk.entry("observer")
    desk.close()


def test_an_archive_that_was_opened_before_is_shown_while_it_is_away(mine, tmp_path):
    assert told(mine) == []
    (tmp_path / "trade").rename(tmp_path / "away")
    (problem,) = told(mine)
    assert problem.startswith("warning")
    assert "which was opened before" in problem
    signers_file().unlink()
    (problem,) = told(mine)
    assert problem.startswith("error")


def test_key_and_version_that_are_named_are_held(mine, keys):
    def fingerprint(name):
        command = ["ssh-keygen", "-l", "-f", keys / f"{name}.pub"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()[1]

    write(mine, f"{{archive: trade, key: '{fingerprint('ours')}'}}")
    assert told(mine) == []
    write(mine, f"{{archive: trade, key: '{fingerprint('theirs')}'}}")
    assert "is expected" in told(mine)[0]
    write(mine, "{archive: trade, version: '0123'}")
    (problem,) = told(mine)
    assert problem.startswith("warning")
    assert "this dossier was written on 0123" in problem


def test_the_configuration_says_where_an_archive_is(mine, tmp_path):
    (tmp_path / "trade").rename(tmp_path / "deep")
    configuration_file().parent.mkdir(parents=True, exist_ok=True)
    configuration_file().write_text(f'[archives]\ntrade = "{tmp_path}/deep"\n', "utf-8")
    assert told(mine) == []


@pytest.mark.parametrize("name", ["../trade", "/etc", "~/trade", "a/b", "..", ".hidden", "[a, b]", '"a\\0b"', "''"])
def test_a_dossier_names_no_place(mine, name, monkeypatch):
    monkeypatch.setattr("dossier.desk.archive.extending._open", lambda *_: pytest.fail("a place was looked at"))
    write(mine, name)
    problems = told(mine)
    assert any(one.startswith(("error dossier.yaml:2", "warning dossier.yaml:2")) for one in problems)


def test_chains_and_circles_are_refused(mine, published, tmp_path, keys):
    code, output = run("archive", "publish", tmp_path / "chain", "--key", keys / "ours", "-d", mine)
    assert (code, "an archive extends no other" in output) == (2, True)
    first = published.root / "dossier.yaml"
    first.write_text(first.read_text("utf-8") + "extends: trade\n", "utf-8")  # as another program may have signed it
    shutil.rmtree(tmp_path / "trade")
    from dossier.desk.archive import publishing

    real = publishing.publish_archive
    desk = Desk.open(published.root)
    desk.extended = type(desk.extended)()
    real(desk, tmp_path / "trade", keys / "ours")
    desk.close()
    (problem,) = told(mine)
    assert "it extends another archive, and a chain is not followed" in problem


def test_extends_counts_in_the_first_file_alone(mine):
    with (mine / "quotes.yaml").open("a") as file:
        file.write("extends: other\n")
    (problem,) = told(mine)
    assert "extends counts in dossier.yaml alone" in problem
