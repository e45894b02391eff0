"""An edit of many files at once holds few of them in memory: Python does not give back what a moment needed."""

import gc
import weakref

import pytest

from dossier.desk.desk import Desk
from dossier.desk.evidence.anchors import Anchoring
from dossier.model.sheets import FileContents
from dossier.store.sync import checks

ARTICLES = 40
PARAGRAPH = "The delegation left the room before anyone had answered. " * 20
HEAD = """\
title: Talks
issues:
  tariffs: {name: Tariffs}
delegations:
  narnia:
    name: Narnia
    members:
      ada: {name: Ada}
articles:
"""
QUOTE = """\
article: a{0}
quotes:
  q{0}: {{text: "We want tariff {0}.", speaker: ada, issues: [tariffs]}}
"""


@pytest.fixture
def desk(tmp_path):
    articles = [f"  a{n}: {{title: A {n}, file: articles/a{n}.md}}\n" for n in range(ARTICLES)]
    (tmp_path / "dossier.yaml").write_text(HEAD + "".join(articles))
    (tmp_path / "articles").mkdir()
    for n in range(ARTICLES):
        words = f"“We want tariff {n}.”\n\n" + "\n\n".join([PARAGRAPH] * 40)
        (tmp_path / f"articles/a{n}.md").write_text(f"# A {n}\n\n{words}\n")
        (tmp_path / f"articles/a{n}.yaml").write_text(QUOTE.format(n))
    desk = Desk.open(tmp_path)
    assert not desk.problems()
    yield desk
    desk.close()


def test_a_deletion_holds_the_texts_of_few_articles_and_none_once_it_is_done(desk, monkeypatch):
    texts, most = [], 0
    read = Anchoring.text

    def text_of(anchoring, article):
        nonlocal most
        text = read(anchoring, article)
        texts.append(weakref.ref(text))
        most = max(most, sum(one() is not None for one in texts))
        return text

    monkeypatch.setattr(Anchoring, "text", text_of)
    desk.annotations.delete("tariffs", references=True)
    assert len(texts) >= ARTICLES
    assert most < ARTICLES / 2
    gc.collect()
    assert not [one for one in texts if one() is not None]


def test_a_deletion_holds_the_sheets_of_few_files_while_it_is_tried(desk, monkeypatch):
    held = []
    problems = checks.problems

    def problems_of(db, *rest):
        gc.collect()
        held.append(sum(isinstance(one, FileContents) for one in gc.get_objects()))
        return problems(db, *rest)

    monkeypatch.setattr(checks, "problems", problems_of)
    desk.annotations.delete("tariffs", references=True)
    assert held
    assert max(held) < ARTICLES / 2
