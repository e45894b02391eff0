"""The links of a large entry are counted and read when shown: the same links in the same order as read at once."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sql_counts import count_sql

from dossier.desk.desk import Desk
from dossier.store.catalogue import link_places, link_queries

HEAD = """format: 1
title: T
relations: {urges: {inverse: pressed by}, presses: {inverse: pressed by}, backs: {inverse: backed by}}
articles: {a: {file: a.txt, title: A, date: 2020-05-01}}
issues: {i: {name: I}, j: {name: J, parent: i}}
delegations:
  reds: {name: Reds, members: {smith: {name: Smith}, weber: {name: Weber}}}
  blues: {name: Blues, members: {lee: {name: Lee}}}
people:
  moved: {name: M, memberships: [{delegation: reds, until: 2020-03}, {delegation: blues, from: 2020-03}]}
"""
ENTRIES = ["reds", "blues", "smith", "weber", "moved", "lee", "i", "j", "q0", "q1"]
LINKS = st.lists(
    st.tuples(
        st.sampled_from(ENTRIES), st.sampled_from(["urges", "presses", "backs", "related to"]), st.sampled_from(ENTRIES)
    ),
    min_size=1,
    max_size=25,
    unique=True,
)
QUOTES = st.lists(
    st.tuples(
        st.sampled_from(["smith", "weber", "moved", "lee"]), st.sampled_from(["2020-01-01", "2020-03", "2020-04-01"])
    ),
    min_size=2,
    max_size=8,
)


def write(root: Path, links, quotes) -> None:
    (root / "a.txt").write_text("".join(f"Line {n} is here.\n\n" for n in range(len(quotes))))
    said = [
        f"  q{n}: {{text: Line {n} is here, at: {{article: a}}, speaker: {who}, date: {day}, issues: [i]}}\n"
        for n, (who, day) in enumerate(quotes)
    ]
    told = [f"  - {{from: {one}, rel: {relation}, to: {other}}}\n" for one, relation, other in links]
    (root / "dossier.yaml").write_text(HEAD + "quotes:\n" + "".join(said))
    (root / "links.yaml").write_text("links:\n" + "".join(told))


def views(desk: Desk, many: int) -> dict:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(link_queries, "MANY", many)
        return {one: view for one in ENTRIES if (view := desk.view(one)) is not None}


@settings(max_examples=60)
@given(LINKS, QUOTES, st.randoms(use_true_random=False))
def test_counted_links_are_those_that_are_read_at_once(links, quotes, random):
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(link_places, "_BLOCK", 3)
        write(Path(name), links, quotes)
        desk = Desk.open(Path(name))
        try:
            counted = views(desk, -1)
            for one, view in views(desk, 10**9).items():
                places, other = view.links.places, counted[one].links.places
                assert counted[one].groups == view.groups
                assert list(other) == list(places) == other[:]
                for at in random.sample(range(len(places)), len(places)):
                    assert counted[one].links.places[at] == places[at]
                    assert other[at : at + 5] == places[at : at + 5]
                assert list(counted[one].links) == list(view.links)
                assert sum(group.count for group in view.groups) == len(view.links)
        finally:
            desk.close()


def test_a_delegation_with_many_links_is_shown_from_some_of_them(tmp_path, monkeypatch):
    """To read them all takes a tenth of a second for each key in a list of delegations, at 100,000 articles."""
    monkeypatch.setattr(link_queries, "MANY", 200)
    links, rows = [("reds", "related to", "i"), ("blues", "backs", "i")], []
    for number in (400, 800):
        root = tmp_path / str(number)
        root.mkdir()
        write(root, links, [("smith", "2020-01-01")] * number)
        Desk.open(root).close()
        with count_sql() as counts:
            desk = Desk.open(root, refresh=False)
            view = desk.view("reds")
            assert len(view.links[:20]) == 20
            assert max(group.count for group in view.groups) == number
            desk.close()
        rows.append(counts.rows)
    assert rows[0] == rows[1]
