"""Dossiers that the search once got wrong, and the right results."""

import shutil
from pathlib import Path

import pytest

from dossier.desk.desk import Desk
from dossier.search.engines.table import ENGINES

CASES = Path(__file__).parents[1] / "data" / "cases"


@pytest.fixture
def opened(tmp_path):
    """Opens a case, or a dossier made of texts by name."""
    desks = []

    def open_one(case="", /, engine="whoosh", **files):
        folder = tmp_path / (case or "made")
        if case:
            shutil.copytree(CASES / case, folder)
        for name, text in files.items():
            folder.mkdir(exist_ok=True)
            (folder / name.replace("__", ".")).write_text(text, "utf-8")
        desks.append(Desk.open(folder, engine=engine))
        return desks[-1]

    yield open_one
    for desk in desks:
        desk.close()


def paragraphs(desk, query, **how):
    return {hit.paragraph for hit in desk.search(query, **how).hits if hit.kind == "paragraph"}


def test_short_names_keep_their_case(opened):
    desk = opened("11-names-that-are-words")
    assert paragraphs(desk, "Tara May") == {1, 3}
    assert paragraphs(desk, "He Lifeng") == {3}
    assert paragraphs(desk, "Xi Ming") == set()


def test_a_name_for_the_search_alone_is_no_mention(opened):
    head = (CASES / "11-names-that-are-words" / "dossier.yaml").read_text("utf-8")
    text = (CASES / "11-names-that-are-words" / "a.txt").read_text("utf-8")
    head = head.replace("aliases: [May, Mrs May]", "aliases: [Mrs May], search_aliases: [May]")
    desk = opened(dossier__yaml=head, a__txt=text)
    assert paragraphs(desk, "Tara May") == {1, 3}
    mentions = [text[one.start : one.end] for one in desk.article("a").mentions if one.entry == "may"]
    assert mentions == ["Mrs May"]
    assert [hit.id for hit in desk.search("May").hits if hit.kind == "person"] == ["may"]
    assert not desk.problems()


@pytest.mark.parametrize("query", ["negotiations", '"the negotiations will continue"', "first offer final"])
def test_words_broken_at_the_end_of_a_line_are_found(opened, query):
    desk = opened("13-word-broken-at-the-line-end")
    assert paragraphs(desk, query) == {1}
    marked = desk.highlights("a", query)
    assert marked
    if query == "negotiations":
        text = desk.article("a").text
        assert [text[first:last] for first, last in marked] == ["negotia-\ntions"]


LINKS = """format: 1
title: T
article: a
articles: {a: {file: a.txt, title: The First Day, published: 2025-03-04}}
delegations: {china: {name: China, members: {li: {name: Li Na}}}, us: {name: US}}
issues: {minerals: {name: Minerals}, rare-earths: {name: Rare earths, parent: minerals}}
links:
  - {from: china, rel: opposes, to: rare-earths, at: will not lift its limits}
  - {from: li, rel: offers, to: rare-earths, at: might lift them, date: 2025-03-01}
  - {from: us, rel: accuses, to: china, note: over the zebra affair}
  - {from: china, rel: opposes, to: minerals, at: never said}
"""


@pytest.mark.parametrize("engine", [name for name, row in ENGINES.items() if not row.remote])
def test_links_are_found_as_statements(opened, engine):
    pytest.importorskip(ENGINES[engine].library or "dossier")
    text = "China will not lift its limits. Li Na said it might lift them."
    desk = opened(dossier__yaml=LINKS, a__txt=text, engine=engine)

    def found(query, **how):
        return {(hit.title, hit.status) for hit in desk.search(query, **how).hits if hit.kind == "link"}

    opposes, offers = ("China opposes Rare earths", "exact"), ("Li Na offers Rare earths", "exact")
    assert found("delegation:china issue:rare-earths") == {opposes, offers}
    assert found("delegation:china issue:minerals stance:against") == {opposes, ("China opposes Minerals", "missing")}
    assert found("kind:link zebra") == {("US accuses China", "")}
    assert found("kind:link limits") == {opposes}
    assert found("kind:link date:2025-03-01") == {offers}
    assert found("kind:link", lens=("rare-earths",)) == {opposes, offers}
    assert found("status:missing") == {("China opposes Minerals", "missing")}
    hit = next(hit for hit in desk.search("kind:link limits").hits)
    assert (hit.id, hit.article, hit.paragraph) == ("china", "a", 1)


def test_a_link_that_changes_is_found_anew(opened):
    text = "China will not lift its limits. Li Na said it might lift them."
    desk = opened(dossier__yaml=LINKS, a__txt=text)
    assert desk.search("kind:link zebra").total == 1
    (desk.root / "dossier.yaml").write_text(
        LINKS.replace("name: US", "name: America").replace("zebra", "lion"), "utf-8"
    )
    desk.refresh()
    assert desk.search("kind:link zebra").total == 0
    assert [hit.title for hit in desk.search("kind:link lion").hits] == ["America accuses China"]


def test_an_article_is_found_by_its_id_and_title(opened):
    desk = opened(dossier__yaml=LINKS, a__txt="One.\n\nTwo.")
    for query in ("article:a", 'article:"the first day"', 'article:"The First Day"'):
        answer = desk.search(f"kind:paragraph {query}")
        assert (answer.total, answer.notes) == (2, ()), query
    assert desk.search("article:b").notes


def test_markdown_is_searched_as_it_is_read(opened):
    head = LINKS.partition("links:")[0].replace("a.txt", "a.md")
    text = 'See [the page](https://ex.org/style "style").\n\n<!-- style\n\nstyle -->\n\n<b class="style">No</b> such thing.'
    desk = opened(dossier__yaml=head, a__md=text)
    assert desk.search("style").total == 0
    assert desk.highlights("a", "style") == ()
    assert paragraphs(desk, "page")
    (one,) = desk.highlights("a", "such")
    assert text[slice(*one)] == "such"
