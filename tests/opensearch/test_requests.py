"""A search is one request as a rule, and what the server sends is little more than the passages."""

import pytest

from dossier.search.engines.engine import open_engine
from dossier.search.engines.opensearch import moment
from dossier.search.engines.opensearch.client import Client
from dossier.search.engines.opensearch.common_words import CommonWords
from dossier.search.engines.server import Server
from dossier.search.query.parser import parse


@pytest.fixture
def requests(monkeypatch, team):
    """The paths that are asked for from now on by readers of this index, and how many bytes came for each."""
    found = []
    exchange = Client._exchange

    def counted(self, method, path, *rest):
        status, data = exchange(self, method, path, *rest)
        if self.server.index == team.index:  # a screen of another test may still ask for its own
            found.append((path.partition("?")[0], len(data)))
        return status, data

    monkeypatch.setattr(Client, "_exchange", counted)
    return found


@pytest.fixture
def engine(node, team, monkeypatch):
    team.name(node.url)
    team.publish()
    monkeypatch.setattr(moment, "FRESH", 3600.0)
    opened = open_engine("opensearch", Server(node.url, team.index))
    opened.languages()
    yield opened
    opened.close()


def asked(engine, requests, text, *, typing=False):
    requests.clear()
    query = parse(text, typing=typing).query
    total = engine.search(query, seconds=60).total
    return total, [path for path, _ in requests]


def test_a_search_is_one_request_also_of_new_words(engine, requests):
    assert asked(engine, requests, "contr", typing=True)[1] == ["/_msearch"]
    assert asked(engine, requests, "contr", typing=True)[1] == ["/_search"]
    assert asked(engine, requests, "zebra unicorn") == (0, ["/_msearch"])
    total, paths = asked(engine, requests, "controls")
    assert total
    assert paths == ["/_msearch"]
    assert asked(engine, requests, "controls") == (total, ["/_search"])
    asked(engine, requests, "controls export chi", typing=True)
    assert asked(engine, requests, "controls export chi", typing=True)[1] == ["/_search"]


def test_a_word_that_is_rarer_or_more_common_than_was_likely_takes_one_request_more(engine, requests):
    expected = engine.search(parse("controls china").query, seconds=60)
    engine._moment.having.clear()
    engine._moment.common = CommonWords(["", "controls", "china"], engine._moment.everything)
    requests.clear()
    assert engine.search(parse("controls china").query, seconds=60) == expected
    assert [path for path, _ in requests] == ["/_msearch", "/_search"]


def test_where_nothing_was_published_the_moment_is_kept(engine, requests, monkeypatch, node, team):
    asked(engine, requests, "controls")
    engine._moment.until = 0.0
    total, paths = asked(engine, requests, "controls")
    assert paths == [f"/{team.index}/_mapping", "/_search"]
    article = next((team.root / "articles").glob("*.txt"))
    article.write_text(article.read_text("utf-8") + "\n\nMore controls.\n", "utf-8")
    team.publish()
    engine._moment.until = 0.0
    assert asked(engine, requests, "controls")[0] == total + 1


def test_little_more_than_the_passages_is_sent(engine, requests):
    asked(engine, requests, "controls")
    asked(engine, requests, "controls")
    (passages,) = [size for path, size in requests]
    found = engine.search(parse("controls").query, seconds=60)
    texts = sum(len(one.text.encode()) for one in engine.passages(item.key for item in found.ranked))
    assert passages < texts + 600 * len(found.ranked)
