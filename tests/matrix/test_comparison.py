"""Two sides abreast: a changed wording is shown, word for word, and an unrelated one is not taken for it."""

import pytest

from dossier.desk.desk import Desk
from dossier.model.problems import DossierError

HEAD = """\
format: 1
articles:
  one: {file: one.txt, published: 2025-06-01}
  two: {file: two.txt, published: 2025-06-08}
delegations:
  us: {name: United States, members: {bessent: {name: Scott Bessent}}}
  china: {name: China}
issues:
  controls: {name: Export controls}
quotes:
  first:  {text: we will lift all export controls in June, speaker: us, issues: [controls], at: {article: one}, stance: for}
  second: {text: we may lift some export controls in June, speaker: bessent, issues: [controls], at: {article: two}}
  answer: {text: rare earths are another matter, speaker: china, issues: [controls], at: {article: two}}
  other:  {text: nothing of the kind in June was said, speaker: us, issues: [controls], at: {article: two}}
"""


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "dossier.yaml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "one.txt").write_text("It said: we will lift all export controls in June.\n", encoding="utf-8")
    (tmp_path / "two.txt").write_text(
        "Then: we may lift some export controls in June.\n\nChina: rare earths are another matter.\n\nAnd nothing of the kind in June was said.\n",
        encoding="utf-8",
    )
    desk = Desk.open(tmp_path)
    yield desk
    desk.close()


def test_two_sides_stand_side_by_side_by_date(desk):
    found = desk.weighing.compare("us", "china", "controls")
    assert (found.left.title, found.right.title, found.issue.title) == ("United States", "China", "Export controls")
    assert [(row.date, [one.key for one in row.left], [one.key for one in row.right]) for row in found.rows] == [
        ("2025-06-01", ["first"], []),
        ("2025-06-08", ["second", "other"], ["answer"]),
    ]


def test_a_changed_wording_is_marked_and_another_statement_is_not(desk):
    first, second, other = [one for row in desk.weighing.compare("us", "china", "controls").rows for one in row.left]
    assert first.changes is None
    assert other.changes is None
    assert second.changes.earlier == "first"
    changes = second.changes
    assert [(changes.text[slice(*one.old)], second.text[slice(*one.new)]) for one in changes.differences] == [
        ("will", "may"),
        ("all", "some"),
    ]


def test_a_wrong_id_is_told(desk):
    with pytest.raises(DossierError, match="controls is an issue, not a delegation or a person"):
        desk.weighing.compare("controls", "china", "controls")
    with pytest.raises(DossierError, match="no entry chna"):
        desk.weighing.statements("chna", "controls")
