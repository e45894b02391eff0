"""A reader of a server's index gets the same answers as from the engine in memory: the contract, on a real node."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from opened_engines import need, opened_engine
from search_worlds import dossiers, queries
from test_engine_contract import MODES, STEPS, agree, check, check_answers, check_changes

from dossier.model.passages import Passage
from dossier.search.engines.opensearch import engine as opensearch_engine
from dossier.search.engines.opensearch import paging
from dossier.search.engines.scan import ScanEngine
from dossier.search.engines.table import ENGINES
from dossier.search.query.parser import parse

FEW = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
"""A request takes some milliseconds: the long form does what the engines in a folder do each time."""


@pytest.fixture(params=[name for name, row in ENGINES.items() if row.remote])
def server_engine(request):
    need(request.param)
    return request.param


@FEW
@given(world=dossiers(), asked=st.lists(queries(), min_size=8, max_size=16))
def test_every_construct_gives_the_same_on_a_server(server_engine, world, asked):
    check(server_engine, world, asked)


@FEW
@given(
    world=dossiers(24),
    asked=st.lists(queries(), min_size=4, max_size=8),
    limit=st.integers(0, 3),
    offset=st.integers(0, 4),
)
def test_pages_and_ties_are_the_same_on_a_server(server_engine, world, asked, limit, offset):
    check(server_engine, world, asked, limit=limit, offset=offset)


@FEW
@given(steps=STEPS, asked=st.lists(queries(), max_size=6))
def test_what_was_changed_answers_like_what_was_built_anew_on_a_server(server_engine, steps, asked):
    check_changes(server_engine, steps, asked)


@FEW
@given(world=dossiers(), asked=st.lists(queries(), max_size=6), mode=MODES, typing=st.booleans())
def test_snippets_marks_and_reasons_are_the_same_on_a_server(server_engine, world, asked, mode, typing):
    check_answers(server_engine, world, asked, mode, typing)


def test_pages_beyond_the_window_follow_each_other(server_engine, tmp_path, monkeypatch):
    for module in (opensearch_engine, paging):
        monkeypatch.setattr(module, "WINDOW", 7)
    world = [
        Passage(
            f"paragraph:a:{at}",
            "a",
            "paragraph",
            "",
            "tariffs " * (at % 4 + 1),
            article="a",
            paragraph=at,
            digest=str(at),
        )
        for at in range(40)
    ]
    with opened_engine(server_engine, tmp_path) as engine:
        scan = ScanEngine()
        for one in (engine, scan):
            one.update(world, [])
        for offset in range(0, 45, 5):
            for sort in ("relevance", "date"):
                agree(engine, scan, parse("tariffs").query, limit=5, offset=offset, sort=sort)
        assert engine.digests() == scan.digests()


@pytest.mark.thorough
def test_the_whole_contract_at_length_on_a_server(server_engine):
    asked = []

    @settings(FEW, max_examples=400)
    @given(world=dossiers(30), queries_of_it=st.lists(queries(), min_size=8, max_size=16))
    def one(world, queries_of_it):
        asked.append(len(queries_of_it))
        check(server_engine, world, queries_of_it)

    one()
    print(f"{server_engine}: {sum(asked):,} queries over {len(asked):,} dossiers as without an index")
