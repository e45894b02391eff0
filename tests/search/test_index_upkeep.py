"""The index of a dossier is what the dossier says now: whole, of this version of the program, and counted rightly."""

import shutil
from pathlib import Path

import pytest

from dossier.desk.desk import Desk
from dossier.desk.search import index

LONDON = Path(__file__).parents[2] / "seeds/london-trade-talks"


@pytest.fixture
def desk(tmp_path, monkeypatch, engine_name):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    desk = Desk.open(Path(shutil.copytree(LONDON, tmp_path / "london")), engine=engine_name)
    yield desk
    desk.close()


def test_the_count_told_after_indexing_is_that_of_the_passages(desk):
    assert desk.index() == len(desk.finding.index.engine.digests()) > 20


def test_an_index_of_another_version_is_made_anew(desk, monkeypatch):
    desk.index()
    assert desk.finding.index.current
    monkeypatch.setattr(index, "index_version", lambda _: b"else")
    other = desk.clone()
    assert not other.finding.index.current
    assert other.search("export controls").total == desk.search("export controls").total > 0
    assert other.finding.index.current
    other.close()


def test_what_was_changed_since_it_was_finished_is_known_to_be_missing(desk):
    desk.index()
    reader = desk.clone()
    assert reader.finding.index.current
    article = next((desk.root / "articles").glob("*.txt"))
    article.write_text(article.read_text("utf-8") + "\n\nThe quokka spoke.\n", "utf-8")
    desk.refresh()
    assert reader.search("quokka", wait=False).partial
    desk.index()
    answer = reader.search("quokka", wait=False)
    assert (answer.total, answer.partial) == (1, False)
    reader.close()


def test_an_index_that_was_thrown_away_is_missed_at_once(desk):
    desk.index()
    shutil.rmtree(desk.finding.index.folder)
    again = desk.clone()
    assert not again.finding.index.current
    assert again.search("export controls").total > 0
    again.close()
