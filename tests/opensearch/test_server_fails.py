"""When the server fails, a reader gets one sentence and the index of this machine, and never waits long."""

import time

import pytest
from relay import tls

from dossier.desk.search import remote
from dossier.desk.user.servers import PASSWORD, table_problems
from dossier.search.engines.engine import IndexUnavailable, open_engine
from dossier.search.engines.opensearch import client
from dossier.search.engines.server import Server, address_problem
from dossier.search.query.parser import parse

LOCAL = "The index on this machine answers instead."
TARIFFS = parse("tariffs").query


def told(team):
    """The note of an answer that came from this machine."""
    answer = team.search("china")
    assert answer.total == team.total
    assert answer.notes[0].endswith(LOCAL)
    return answer.notes[0]


def test_a_server_that_is_gone_is_told(indexed, relay):
    gone = relay()
    gone.close()
    indexed.name(gone.url.replace("localhost", "127.0.0.1"))
    assert "cannot be reached (Connection refused)" in told(indexed)


def test_without_an_index_here_it_says_how_to_make_one(team, relay):
    gone = relay()
    gone.close()
    team.name(gone.url)
    (note,) = team.search("china").notes
    assert note.endswith("There is no index on this machine to answer instead; dossier index builds one.")


@pytest.mark.parametrize(
    ("canned", "sentence"),
    [
        (b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n", "another address, which is not followed"),
        (b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", "refuses who gives no user"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>", "does not answer as OpenSearch does"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]", "does not answer as OpenSearch does"),
        (b'HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n{"x":{"y":1}', "does not answer as OpenSearch does"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", "does not answer in time"),
        (b"SSH-2.0-OpenSSH_9.9\r\n", "cannot be reached"),
    ],
)  # fmt: skip
def test_an_answer_that_is_none(indexed, relay, monkeypatch, canned, sentence):
    monkeypatch.setattr(remote, "SECONDS", 0.3)
    indexed.name(relay(canned=canned).url)
    assert sentence in told(indexed)


def test_an_answer_without_end_is_not_read_to_its_end(indexed, relay, monkeypatch):
    monkeypatch.setattr(client, "MOST_BYTES", 1_000_000)
    monkeypatch.setattr(remote, "SECONDS", 20.0)
    server = relay(canned=b"HTTP/1.1 200 OK\r\n\r\n", endless=True)
    indexed.name(server.url)
    assert "cannot be reached" in told(indexed)


def test_a_silent_server_is_given_up_in_time_and_not_asked_at_each_letter(indexed, relay, monkeypatch):
    monkeypatch.setattr(remote, "SECONDS", 0.3)
    server = relay()
    indexed.name(server.url)
    desk = indexed.open()
    for letters in ("c", "ch", "chi"):
        answer = desk.search(letters, typing=True)
        assert answer.notes[0].endswith(LOCAL)
        assert "does not answer in time" in answer.notes[0]
    assert server.connections == 1


def test_a_search_that_nobody_waits_for_ends_at_once(relay):
    engine = open_engine("opensearch", Server(relay().url, "x"))
    began = time.monotonic()
    found = engine.search(TARIFFS, seconds=60, cancelled=lambda: time.monotonic() - began > 0.1)
    assert found.partial
    engine.close()


def test_a_node_that_stops_during_a_search(node, indexed, relay):
    between = relay(node.port)
    indexed.name(between.url)
    indexed.publish()
    desk = indexed.open()
    assert not desk.search("china").notes
    between.cut = True
    assert desk.search("tariffs").notes[0].endswith(LOCAL)


def test_a_node_that_stops_while_it_is_published_to(node, team, relay):
    between = relay(node.port)
    team.name(between.url)
    between.cut = True
    with pytest.raises(IndexUnavailable, match=r"cannot be reached|does not answer"):
        team.publish()
    between.cut = False
    assert team.publish().passages == team.search("kind:paragraph OR -kind:paragraph").total


def test_a_slow_server_answers_once_it_is_quick_again(node, indexed, relay, monkeypatch):
    monkeypatch.setattr(remote, "AGAIN", 0.0)
    between = relay(node.port)
    indexed.name(between.url)
    indexed.publish()
    desk = indexed.open()
    monkeypatch.setattr(remote, "SECONDS", 0.3)
    between.held.set()
    assert "does not answer in time" in desk.search("china").notes[0]
    between.held.clear()
    monkeypatch.setattr(remote, "SECONDS", 60.0)
    assert not desk.search("china").notes


def test_tls_with_the_teams_own_ca(node, indexed, relay, certificates):
    between = relay(node.port, tls=tls(certificates))
    indexed.name(between.url, ca=certificates / "ca.pem")
    indexed.publish()
    assert not indexed.search("china").notes
    indexed.name(between.url, ca=certificates / "other.pem")
    assert "the certificate of localhost" in told(indexed)
    indexed.name(between.url)
    assert "is not trusted" in told(indexed)
    indexed.name(between.url.replace("localhost", "127.0.0.1"), ca=certificates / "ca.pem")
    assert "is not trusted" in told(indexed)
    indexed.name(between.url, ca=certificates / "none.pem")
    assert "cannot be read" in told(indexed)


def test_a_server_may_ask_for_a_client_certificate(node, indexed, relay, certificates):
    between = relay(node.port, tls=tls(certificates, client_needed=True))
    own = {name: certificates / f"client.{end}" for name, end in (("certificate", "pem"), ("key", "key"))}
    indexed.name(between.url, ca=certificates / "ca.pem", **own)
    indexed.publish()
    assert not indexed.search("china").notes
    indexed.name(between.url, ca=certificates / "ca.pem")
    assert "cannot be reached" in told(indexed)


def test_a_wrong_password_is_refused(node, indexed, relay, monkeypatch, tmp_path):
    between = relay(node.port, login=("reader", "söcret"))
    indexed.name(between.url, user="reader")
    assert "refuses the user reader" in told(indexed)
    monkeypatch.setenv(PASSWORD, "wrong")
    assert "refuses the user reader" in told(indexed)
    monkeypatch.setenv(PASSWORD, "söcret")
    indexed.publish()
    assert not indexed.search("china").notes
    monkeypatch.delenv(PASSWORD)
    file = tmp_path / "password"
    file.write_text("söcret\n", "utf-8")
    file.chmod(0o640)
    indexed.name(between.url, user="reader", password_file=file)
    assert "can be read by others: chmod 600" in told(indexed)
    file.chmod(0o600)
    assert not indexed.search("china").notes
    indexed.name(between.url, user="reader", password_file=tmp_path / "none")
    assert "password_file" in told(indexed)


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("https://search.example.org:9200", True),
        ("https://search.example.org/behind/", True),
        ("http://127.0.0.1:9200", True),
        ("http://[::1]:9200", True),
        ("http://localhost:9200", True),
        ("http://search.example.org:9200", False),
        ("http://10.0.0.1:9200", False),
        ("https://user:secret@example.org", False),
        ("https://example.org/?a=b", False),
        ("ftp://example.org", False),
        ("https://", False),
        ("https://example.org:99999", False),
        ("https://exa mple.org", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_the_addresses_that_can_be_named(url, right):
    assert (address_problem(url) == "") is right
    if not right:
        with pytest.raises(IndexUnavailable, match="The address of the search server"):
            open_engine("opensearch", Server(url, "x"))


def test_what_is_wrong_in_the_configuration_is_told_and_the_index_here_answers(indexed):
    indexed.name("http://example.org")
    assert "plain http is for this machine alone" in told(indexed)
    assert table_problems({"url": "https://a", "archives": {"/x": "Upper"}})
    assert table_problems({"url": "https://a", "password": "p", "archives": {}}) == [
        ("opensearch.password", "is no setting")
    ]
    assert table_problems({"url": 3}) == [("opensearch.url", "is to be a text")]
    assert table_problems({"url": "https://a", "archives": {"/x": "trade"}}) == []
    assert table_problems([]) == [("opensearch", "is to be a table: write [opensearch]")]


def test_a_dossier_can_name_no_server(team, relay):
    """What is written in a dossier, in any file and under any name, makes nobody connect."""
    server = relay()
    lines = f'\nopensearch: {{url: "{server.url}", archives: {{"{team.root}": x}}}}\nengine: opensearch\n'
    first = team.root / "dossier.yaml"
    first.write_text(first.read_text("utf-8") + lines, "utf-8")
    (team.root / "config.toml").write_text(
        f'[opensearch]\nurl = "{server.url}"\n[opensearch.archives]\n"{team.root}" = "x"\n'
    )
    assert team.search("china").total
    assert server.connections == 0


def test_another_dossier_is_not_searched_on_the_server(team, relay):
    server = relay()
    team.name(server.url)
    team.root = team.root.rename(team.root.with_name("another"))
    assert team.search("china").total
    assert server.connections == 0
