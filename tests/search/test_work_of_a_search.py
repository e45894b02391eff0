"""A plain search of an indexed dossier, counted: neither files nor statements nor passages grow with the dossier."""

import builtins
import io
from collections import Counter

import pytest

from dossier.desk.desk import Desk
from dossier.model.passages import Passage
from dossier.search.engines.tantivy import documents, seal
from dossier.search.engines.whoosh import checksums, reader
from dossier.store.files import fingerprints

LIMIT = 5
STATEMENTS = 7
"""SQL statements of one search, opening and refreshing left out."""


@pytest.fixture
def indexed(tmp_path, monkeypatch, engine_name):
    """Makes and indexes a dossier of so many articles of four paragraphs; each paragraph has the word `quokka`."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(seal, "GRAIN", -1)
    monkeypatch.setattr(fingerprints, "RACY", 0)  # else files just written are read again

    def make(articles):
        folder = tmp_path / f"of{articles}"
        folder.mkdir()
        listed = "".join(f"  a{at}: {{file: a{at}.txt, title: T}}\n" for at in range(articles))
        (folder / "dossier.yaml").write_text(f"format: 1\ntitle: T\narticles:\n{listed}", "utf-8")
        for at in range(articles):
            text = "\n\n".join(f"The quokka number {at} spoke {number} times." for number in range(4))
            (folder / f"a{at}.txt").write_text(text, "utf-8")
        with_index = Desk.open(folder, engine=engine_name)
        with_index.index()
        with_index.search("quokka", limit=LIMIT)
        with_index.close()
        return folder

    return make


@pytest.fixture
def counts(monkeypatch):
    """Return what is done: texts opened, bytes of the index that were checked, passages decoded, statements of SQL."""
    found = Counter()

    def counted(name, inner, size=lambda *_: 1):
        def outer(*given, **named):
            found[name] += size(*given)
            return inner(*given, **named)

        return outer

    def opened(path, *_):
        return str(path).endswith((".txt", ".yaml"))

    monkeypatch.setattr(builtins, "open", counted("texts", builtins.open, opened))
    monkeypatch.setattr(io, "open", counted("texts", io.open, opened))
    monkeypatch.setattr(seal, "_check_footer", counted("bytes", seal._check_footer, lambda path: path.stat().st_size))
    monkeypatch.setattr(checksums.zlib, "crc32", counted("bytes", checksums.zlib.crc32, lambda data, *_: len(data)))
    monkeypatch.setattr(documents, "_decode", counted("passages", documents._decode))
    monkeypatch.setattr(reader, "_passage", counted("passages", reader._passage))
    return found


def searched(folder, engine, counts):
    """The counts of one search by a program that has just opened the dossier."""
    desk = Desk.open(folder, engine=engine)
    statements = []
    desk.finding.catalogue._db.set_trace_callback(statements.append)
    counts.clear()
    answer = desk.search("quokka", limit=LIMIT)
    desk.close()
    assert len(answer.hits) == LIMIT
    return answer.total, counts | {"statements": len(statements)}


def test_a_search_does_no_more_in_a_larger_dossier(indexed, counts, engine_name):
    small, large = indexed(8), indexed(160)
    (few, less), (many, more) = (searched(folder, engine_name, counts) for folder in (small, large))
    assert (few, many) == (8 * 4, 160 * 4)
    assert more["texts"] == less["texts"] == 0
    assert more["statements"] == less["statements"] <= STATEMENTS
    assert more["passages"] <= LIMIT
    if engine_name == "tantivy":
        assert more["bytes"] < 20_000  # the passages that are shown, and the list of segments, but no file
    else:
        assert more["bytes"] < 4 * checksums.BLOCK


def test_the_catalogue_of_a_search_is_read_by_key(indexed, engine_name):
    """No statement of a search of an index that is up to date goes through all entries, articles or anchors."""
    desk = Desk.open(indexed(40), engine=engine_name)
    statements = []
    database = desk.finding.catalogue._db
    database.set_trace_callback(statements.append)
    desk.search("quokka", limit=LIMIT)
    database.set_trace_callback(None)
    assert statements
    whole = []
    for one in statements:
        if one.lstrip().upper().startswith("SELECT"):
            plan = " ".join(row[-1] for row in database.execute(f"EXPLAIN QUERY PLAN {one}"))
            whole += [(one, plan)] if any(f"SCAN {table}" in plan for table in ("anchors", "links", "articles")) else []
    desk.close()
    assert not whole


def test_passages_are_what_is_counted():
    """The counters stand where passages are made: one that is decoded elsewhere would not be counted."""
    assert documents._decode(documents._encode(Passage("k", "i", "quote", "t", "x"))).key == "k"
    assert reader._passage(documents._encode(Passage("k", "i", "quote", "t", "x"))).key == "k"
