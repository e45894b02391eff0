"""A team's index on a server holds what the dossier holds, whatever was killed, changed or updated on the way."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dossier.desk.archive.publishing import publish_archive
from dossier.desk.archive.server import publish_to_server, server_to_publish_to
from dossier.desk.archive.signing import trust
from dossier.desk.archive.versions import commit_of
from dossier.desk.choosing import choose
from dossier.model.problems import DossierError
from dossier.search.engines.engine import IndexBusy, IndexUnavailable, open_engine
from dossier.search.engines.opensearch import engine as engine_module
from dossier.search.engines.opensearch import publisher
from dossier.search.engines.server import Server

QUERIES = (
    "china",
    "export controls",
    '"export controls"',
    "speaker:trump",
    "kind:quote",
    "rare ea*",
    "besent",
    "-china us",
)


def digests(node, index):
    engine = open_engine("opensearch", Server(node.url, index))
    found = engine.digests()
    engine.close()
    return found


def test_the_server_answers_as_the_index_of_this_machine(node, team):
    here = [team.search(query) for query in QUERIES]
    team.name(node.url)
    team.publish()
    desk = team.open()
    assert [desk.search(query) for query in QUERIES] == here
    lens = desk.search("china", lens=("united-states",))
    team.unname()
    assert team.search("china", lens=("united-states",)) == lens


def test_only_what_changed_is_sent_and_what_is_gone_is_taken_out(node, team):
    team.name(node.url)
    first = team.publish()
    assert first.unchanged == 0
    again = team.publish()
    assert (again.written, again.passages) == (0, first.passages)
    article = next((team.root / "articles").glob("*.txt"))
    text = article.read_text("utf-8")
    article.write_text(text + "\n\nA zebra.\n", "utf-8")
    changed = team.publish()
    assert changed.written < first.written
    assert (changed.passages, team.search("zebra").total) == (first.passages + 1, 1)
    article.write_text(text, "utf-8")
    assert team.publish().passages == first.passages
    assert team.search("zebra").total == 0


@pytest.mark.parametrize("most", [1, 2])
def test_more_units_than_an_answer_can_tell_are_known(node, team, monkeypatch, most):
    """Else an archive of over 60,000 articles and files would be sent whole at each publish."""
    team.name(node.url)
    first = team.publish()
    asked = []
    monkeypatch.setattr(publisher, "MANY_UNITS", most)
    monkeypatch.setattr(publisher.Client, "ask", counted(publisher.Client.ask, asked))
    again = team.publish()
    assert (again.written, again.passages) == (0, first.passages)
    assert sum(path.endswith("/_search") for path in asked) >= first.written // most


def counted(ask, asked):
    """The same, and each path that is asked for noted."""

    def ask_and_note(self, method, path, *args, **options):
        asked.append(path)
        return ask(self, method, path, *args, **options)

    return ask_and_note


def test_what_went_from_one_file_to_another_is_kept(node, team, monkeypatch):
    monkeypatch.setattr(publisher, "TOGETHER", 1)
    team.name(node.url)
    team.publish()
    before = {hit.key for hit in team.search("kind:quote").hits}
    assert before
    for file in (team.root / "articles").glob("*.yaml"):
        file.rename(file.with_name(f"a-{file.name}"))
    team.publish()
    assert {hit.key for hit in team.search("kind:quote").hits} == before


def test_a_reader_of_another_version_is_told_both(node, team):
    team.name(node.url)
    team.publish()
    article = next((team.root / "articles").glob("*.txt"))
    article.write_text(article.read_text("utf-8") + "\n\nA zebra.\n", "utf-8")
    (team.root / ".git").mkdir()
    (team.root / ".git" / "HEAD").write_text("0123456789abcdef0123456789abcdef01234567\n")
    note = team.search("china").notes[-1]
    assert "has what was published on" in note
    assert "this copy is 0123456789" in note
    team.publish()
    assert not team.search("china").notes


KILLED = """
import os, sys
from pathlib import Path
from dossier.desk.archive.publishing import publish_archive
from dossier.desk.archive.server import publish_to_server, server_to_publish_to
from dossier.desk.desk import Desk
from dossier.search.engines.opensearch import publisher, writer
publisher.TOGETHER = 7
send, sent = writer.ServerWriter.send, []
def dying(self, lines, cancelled=None):
    sent.append(1)
    if len(sent) == int(sys.argv[2]):
        send(self, list(lines)[:4])
        os._exit(9)
    send(self, lines, cancelled)
writer.ServerWriter.send = dying
desk = Desk.open(Path(sys.argv[1]))
publish_to_server(desk, server_to_publish_to(desk.root))
"""


@pytest.mark.parametrize("at", [1, 3])
def test_a_killed_publish_repeats_itself_to_the_same_index(node, team, at):
    team.name(node.url)
    done = subprocess.run([sys.executable, "-c", KILLED, team.root, str(at)], check=False)
    assert done.returncode == 9
    killed = team.index
    team.publish()
    team.index += "-whole"
    team.name(node.url)
    team.publish()
    assert digests(node, killed) == digests(node, team.index)
    assert len(digests(node, killed)) > 20


def test_one_publishes_at_a_time(node, team):
    team.name(node.url)
    desk = team.open()
    server = server_to_publish_to(desk.root)
    other = publisher.Client(server)
    with publisher.WritingLock(other, f"{server.index}-lock"), pytest.raises(IndexBusy, match="publishing"):
        publish_to_server(desk, server)
    other.close()
    assert publish_to_server(desk, server).passages


def test_a_new_analyzer_makes_a_new_index_and_moves_the_alias(node, team, monkeypatch):
    team.name(node.url)
    team.publish()
    monkeypatch.setattr(publisher, "FORMAT", "99.1")
    assert team.publish().index == f"{team.index}-v99.1"
    assert list(json.loads(node.ask("GET", f"/_alias/{team.index}"))) == [f"{team.index}-v99.1"]
    note = team.search("china").notes[0]  # this reader is older
    assert f"another version of the analyzer (99.1; this program has {engine_module.FORMAT})" in note
    monkeypatch.setattr(engine_module, "FORMAT", "99.1")
    assert team.search("china").total


def test_a_full_disk_is_told_and_readers_read_on(node, team):
    team.name(node.url)
    team.publish()
    total = team.search("china").total
    article = next((team.root / "articles").glob("*.txt"))
    article.write_text(article.read_text("utf-8") + "\n\nA zebra.\n", "utf-8")
    block = b'{"index.blocks.read_only_allow_delete": %s}'
    node.ask("PUT", f"/{team.index}/_settings", block % b"true")
    with pytest.raises(IndexUnavailable, match=r"takes nothing in.*disk is full"):
        team.publish()
    assert team.search("china").total == total
    node.ask("PUT", f"/{team.index}/_settings", block % b"null")
    team.publish()
    assert team.search("zebra").total == 1


def test_an_index_of_somebody_else_is_left_alone(node, team):
    team.name(node.url)
    node.ask("PUT", f"/{team.index}", b"{}")
    with pytest.raises(IndexUnavailable, match="this program did not make"):
        team.publish()


def test_without_a_server_nothing_is_published(team):
    with pytest.raises(DossierError, match="names no index for this dossier"):
        team.publish()


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not on this machine")
def test_an_archive_in_a_folder_is_searched_on_the_server(node, team, tmp_path):
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    (team.root / ".git").mkdir()
    (team.root / ".git" / "HEAD").write_text("0123456789abcdef0123456789abcdef01234567\n")
    out = tmp_path / "out"
    publish_archive(team.open(), out, key)
    expected = team.search("china")
    trust(Path(f"{key}.pub"))
    team.root = out
    team.name(node.url)
    team.root = choose(out)
    team.publish()
    assert team.search("china") == expected
    node.ask("DELETE", f"/{team.index}-v{publisher.FORMAT}")
    assert "There is no index" in team.search("china").notes[0]
    assert commit_of(team.root).startswith("0123456789")
