"""A reader gets the same answer from every engine: the same hits, counts and order as from the one without an index."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opened_engines import opened_engine
from search_worlds import dossiers, names, queries

from dossier.model.passages import Passage
from dossier.search.engines.engine import open_engine
from dossier.search.engines.scan import ScanEngine
from dossier.search.engines.tantivy import engine as tantivy_engine
from dossier.search.finder import Finder
from dossier.search.query.parser import parse

ROOMY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@contextmanager
def fresh_engine(name):
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        opened_engine(name, Path(folder)) as engine,
    ):
        yield engine


def agree(engine, scan, query, **options):
    expected = scan.search(query, seconds=60, **options)
    found = engine.search(query, seconds=60, **options)
    assert not found.partial
    assert [(one.key, one.score) for one in found.ranked] == [(one.key, one.score) for one in expected.ranked]
    assert (found.total, found.facets) == (expected.total, expected.facets)


def check(name, world, asked, *, limit=50, offset=0):
    with fresh_engine(name) as engine:
        scan = ScanEngine()
        for one in (engine, scan):
            one.update(world, [])
        for text in asked:
            query = parse(text).query
            if query is not None:
                for sort in ("relevance", "date"):
                    agree(engine, scan, query, sort=sort, limit=limit, offset=offset)


@ROOMY
@given(world=dossiers(), asked=st.lists(queries(), min_size=8, max_size=16))
def test_every_construct_gives_the_same_hits_counts_and_order(engine_name, world, asked):
    check(engine_name, world, asked)


@ROOMY
@given(
    world=dossiers(),
    asked=st.lists(queries(), min_size=4, max_size=8),
    limit=st.integers(0, 3),
    offset=st.integers(0, 4),
)
def test_pages_of_an_answer_follow_each_other(engine_name, world, asked, limit, offset):
    check(engine_name, world, asked, limit=limit, offset=offset)


@settings(ROOMY, max_examples=60)
@given(
    world=dossiers(24),
    asked=st.lists(queries(), min_size=4, max_size=8),
    limit=st.integers(1, 3),
    offset=st.integers(0, 3),
)
def test_ties_are_settled_however_many_there_are(monkeypatch, engine_name, world, asked, limit, offset):
    monkeypatch.setattr("dossier.search.engines.tantivy.query.AHEAD", 0)
    monkeypatch.setattr("dossier.search.engines.tantivy.query.FAR", 0)
    monkeypatch.setattr("dossier.search.engines.tantivy.query.STRIDE", 1)
    check(engine_name, world, asked, limit=limit, offset=offset)


STEPS = st.lists(st.tuples(dossiers(6), st.sets(st.integers(0, 6))), min_size=2, max_size=5)
MODES = st.sampled_from(("exact", "aliases", "fuzzy"))


def check_changes(name, steps, asked):
    with fresh_engine(name) as engine:
        scan = ScanEngine()
        for added, removed in steps:
            gone = [key for number, key in enumerate(sorted(scan.digests())) if number in removed]
            for one in (engine, scan):
                one.update(added, gone)
            assert engine.digests() == scan.digests()
            for text in asked:
                query = parse(text).query
                if query is not None:
                    agree(engine, scan, query)


@ROOMY
@given(steps=STEPS, asked=st.lists(queries(), max_size=6))
def test_an_index_that_was_changed_answers_like_one_built_anew(engine_name, steps, asked):
    check_changes(engine_name, steps, asked)


def check_answers(name, world, asked, mode, typing):
    with fresh_engine(name) as opened:
        engine, scan = Finder(opened, names()), Finder(ScanEngine(), names())
        for one in (engine, scan):
            one.refresh(world)
        for text in asked:
            options = {"mode": mode, "typing": typing, "within": None, "seconds": 60}
            assert engine.find(text, **options) == scan.find(text, **options)
            lens = frozenset({"trump", "article-1"})
            assert engine.find(text, **options | {"within": lens}) == scan.find(text, **options | {"within": lens})


@ROOMY
@given(world=dossiers(), asked=st.lists(queries(), max_size=6), mode=MODES, typing=st.booleans())
def test_snippets_marks_and_reasons_are_the_same(engine_name, world, asked, mode, typing):
    check_answers(engine_name, world, asked, mode, typing)


@pytest.mark.thorough
def test_every_construct_at_length(engine_name):
    asked = []

    @settings(ROOMY, max_examples=3000)
    @given(world=dossiers(30), queries_of_it=st.lists(queries(), min_size=8, max_size=16))
    def one(world, queries_of_it):
        asked.append(len(queries_of_it))
        check(engine_name, world, queries_of_it)

    one()
    print(f"{engine_name}: {sum(asked):,} queries over {len(asked):,} dossiers as without an index")


def test_what_another_program_takes_out_during_a_search_is_all_there_or_all_gone(monkeypatch, tmp_path):
    """Else words of passages that were taken out would count, and hits come in another order."""
    pytest.importorskip("tantivy")
    reader, writer, scan = open_engine("tantivy", tmp_path), open_engine("tantivy", tmp_path), ScanEngine()
    rare, earth = (
        [Passage(key=f"{text}{at}", id="a", kind="quote", title="", text=text, digest="1") for at in range(40)]
        for text in ("rare", "earth")
    )
    for one in (writer, scan):
        one.update(rare, [])
        one.update(earth, [one.key for one in rare[1:]])
    looks = []

    def newest(engine, look=tantivy_engine.TantivyEngine._newest):
        looks.append(engine is reader)
        if looks.count(True) == 2:
            monkeypatch.undo()
            writer.update([], [rare[0].key])
        return look(engine)

    monkeypatch.setattr(tantivy_engine.TantivyEngine, "_newest", newest)
    agree(reader, scan, parse("rare").query)
    reader.digests()
    scan.update([], [rare[0].key])
    agree(reader, scan, parse("rare").query)
    reader.close()
    writer.close()
