"""Filters narrow a search to exactly what they narrow the lists to: else two counts on one screen contradict."""

from itertools import product

import pytest

from dossier.desk.desk import Desk
from dossier.model.views import ALL, Filters
from dossier.search.engines.table import ENGINES

ARTICLES = {"one": "2025-06-01", "two": "2025-06-20", "three": ""}
TEXT = "The tariff stays. They met for a day. The tariff goes. Nobody minds."

ANNOTATION = """
quotes:
  plain: {text: The tariff stays, article: one}
  said: {text: The tariff goes, attribution: paraphrase, date: 2025-06-19}
  gone: {text: The tariff was never here, attribution: anonymous}
  half: {text: the tariff, attribution: direct, at: [The tariff stays, the tariff of nowhere]}
events:
  meeting: {name: A meeting on the tariff, when: 2025-06-01/2025-06-02, at: They met for a day}
  someday: {name: A tariff some day, at: They met for a day}
  other: {name: Another tariff, at: [They met for a day, they never met]}
"""
CHOICES = {
    "attributions": [(), ("direct",), ("direct", "paraphrase"), ("anonymous",)],
    "statuses": [(), ("exact",), ("missing",), ("exact", "missing"), ("moved",)],
    "days": [("", ""), ("2025-06-02", ""), ("", "2025-06-10"), ("2025-06-20", "2025-06-20"), ("2026", "")],
}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    root = tmp_path_factory.mktemp("mixed")
    lines = ["format: 1", "title: Mixed", "articles:"]
    for name, day in ARTICLES.items():
        (root / f"{name}.txt").write_text(TEXT)
        (root / f"{name}.yaml").write_text(f"article: {name}\n" + (ANNOTATION if name == "one" else ""))
        lines.append(f"  {name}: {{file: {name}.txt, title: The tariff {name}{f', published: {day}' if day else ''}}}")
    lines += ["issues:", "  tariffs: {name: The tariff}"]
    (root / "dossier.yaml").write_text("\n".join(lines) + "\n")
    return root


@pytest.mark.parametrize("engine", [name for name, row in ENGINES.items() if not row.remote])
def test_a_search_lets_through_just_what_the_lists_do(mixed, engine):
    pytest.importorskip(ENGINES[engine].library or "dossier")
    desk = Desk.open(mixed, engine=engine)
    narrowed = set()
    try:
        for attributions, statuses, (first, last) in product(*CHOICES.values()):
            filters = Filters(attributions, statuses, first, last)
            answer = desk.search("tariff OR kind:event", filters=filters)
            for pane, kind in (("quotes", "quote"), ("events", "event"), ("articles", "article"), ("issues", "issue")):
                listed = {row.id for row in desk.listing(pane, filters=filters)}
                found = {hit.id for hit in answer.hits if hit.kind == kind}
                assert found == listed, (filters, kind)
                assert answer.counts.get(kind, 0) == len(listed)
                narrowed.add((kind, len(listed)))
            articles = {row.id for row in desk.listing("articles", filters=filters)}
            assert {hit.id for hit in answer.hits if hit.kind == "paragraph"} == articles
            assert answer.total == sum(answer.counts.values()) == len(answer.hits)
    finally:
        desk.close()
    assert {count for kind, count in narrowed if kind == "quote"} > {0, 1, 4}


def test_the_hits_of_one_kind_come_in_the_order_they_have_among_all(mixed):
    """Else what is read on under a heading would repeat some hits and leave others out."""
    desk = Desk.open(mixed)
    try:
        for sort in ("relevance", "date"):
            whole = desk.search("tariff", sort=sort)
            for kind, count in whole.counts.items():
                among_all = [hit.key for hit in whole.hits if hit.kind == kind]
                alone = [desk.search("tariff", sort=sort, kind=kind, offset=at, limit=1) for at in range(count)]
                assert [one.hits[0].key for one in alone] == among_all
                assert {one.total for one in alone} == {count}
    finally:
        desk.close()


def test_a_lens_does_not_hide_the_kinds_that_a_query_leaves_out(mixed):
    """The counts of the other kinds are how one gets back to them."""
    desk = Desk.open(mixed)
    try:
        whole = desk.search("tariff", lens=("one",))
        only = desk.search("tariff kind:quote", lens=("one",), filters=ALL)
        assert only.facets == whole.facets == whole.counts
        assert only.counts == {"quote": whole.counts["quote"]}
    finally:
        desk.close()
