"""Links of one key may stand in two files: each is shown with the words that its own file gives, else evidence is mixed."""

import pytest

from dossier.desk.desk import Desk
from dossier.desk.matrix.tables import timeline_chapter

LINK = "links: [{from: eu, rel: supports, to: fish, at: %s, date: 2025-06-09}]\n"
KEY = "eu supports fish"


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "dossier.yaml").write_text(
        "format: 1\ndelegations: {eu: {name: EU}}\nissues: {fish: {name: Fish}}\n"
        "articles: {one: {file: one.txt}, two: {file: two.txt}}\n"
    )
    for article, words in (("one", "first words"), ("two", "second words")):
        (tmp_path / f"{article}.txt").write_text(f"Here stand {words} of all.\n")
        (tmp_path / f"{article}.yaml").write_text(f"article: {article}\n{LINK % words}")
    desk = Desk.open(tmp_path)
    yield desk
    desk.close()


def test_evidence_is_that_of_the_link_in_its_file(desk):
    assert [one.text for one in desk.evidence_of(KEY, "one.yaml")] == ["first words"]
    assert [one.text for one in desk.evidence_of(KEY, "two.yaml")] == ["second words"]


def test_a_timeline_cites_each_link_by_its_own_words(desk):
    cited = []
    timeline_chapter(desk, desk.weighing.timeline(), lambda found: cited.append([one.text for one in found]) or ())
    assert sorted(cited) == [["first words"], ["second words"]]


def test_a_stretch_of_an_article_names_the_file_of_its_evidence(desk):
    for article, words in (("one", "first words"), ("two", "second words")):
        (span,) = [one for one in desk.article(article).evidence if one.what == "link"]
        assert [one.text for one in desk.evidence_of(span.owner, span.file)] == [words]
