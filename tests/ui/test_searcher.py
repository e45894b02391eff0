"""The first hits are drawn before the rest of them takes the processor, and nothing waits for a drawing in vain."""

from queue import SimpleQueue
from types import SimpleNamespace

from dossier.model.passages import Answer, Hit
from dossier.model.search_request import SearchRequest
from dossier.ui.work import searcher as searching
from dossier.ui.work.searcher import Searcher


class Desk:
    """A dossier in which there are better hits of one kind than there are of the other."""

    synced_elsewhere = True

    def __init__(self, log):
        self.log = log
        self.finding = SimpleNamespace(find=self.find)

    def clone(self):
        return self

    def close(self):
        self.log.append("closed")

    def find(self, request, **_options):
        text, kind = request.text, request.kind
        self.log.append(f"find {text} {kind}".strip())
        hits = (Hit(f"{kind or 'quote'}:a", "a", kind or "quote", "A", "", 0, "A", (), 1.0),)
        return Answer(text, text, 2, hits, counts={"quote": 1, "person": 1})


def searched(monkeypatch):
    monkeypatch.setattr(searching, "PATIENCE", 600)
    log, posted = [], SimpleQueue()
    return Searcher(Desk(log), posted.put), log, posted


def test_the_rest_is_looked_for_when_the_first_hits_are_drawn(monkeypatch):
    searcher, log, posted = searched(monkeypatch)
    searcher.ask_groups(SearchRequest("a"), {})
    assert not posted.get(timeout=120).whole
    log.append("drawn")
    searcher.first_drawn()
    assert posted.get(timeout=120).whole
    assert log == ["find a", "drawn", "find a person"]
    searcher.close()


def test_another_question_does_not_wait_for_what_is_not_drawn_any_more(monkeypatch):
    searcher, _log, posted = searched(monkeypatch)
    searcher.ask_groups(SearchRequest("a"), {})
    posted.get(timeout=120)
    last = searcher.ask_groups(SearchRequest("b"), {})
    while (answer := posted.get(timeout=120)).request != last:
        pass
    assert answer.answer.query == "b"
    searcher.first_drawn()
    searcher.close()
