"""A search of a dossier whose index was begun and not finished answers from what is there, and says how much that is."""

import pytest

from dossier.cli import main
from dossier.desk.desk import Desk
from dossier.desk.search import index, service
from dossier.store.sync.interruption import Interrupted


@pytest.fixture
def begun(tmp_path, monkeypatch, engine_name):
    """A dossier of eight articles, of whose nine units (the articles and their list) four are indexed."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "dossier"
    folder.mkdir()
    articles = "".join(f"  a{at}: {{file: a{at}.txt, title: T}}\n" for at in range(8))
    (folder / "dossier.yaml").write_text(f"format: 1\ntitle: T\narticles:\n{articles}", "utf-8")
    for at in range(8):
        (folder / f"a{at}.txt").write_text("A quokka spoke.", "utf-8")
    monkeypatch.setattr(index, "_BATCH", 1)
    desk = Desk.open(folder, engine=engine_name)
    looks = []
    with pytest.raises(Interrupted):
        desk.finding.index.update(lambda *_: None, lambda: looks.append(1) or len(looks) > 4)
    desk.close()
    return folder


def test_it_answers_from_what_is_there(begun, monkeypatch, engine_name):
    monkeypatch.setattr(service, "SOON", 2)
    desk = Desk.open(begun, engine=engine_name)
    answer = desk.search("quokka")
    assert 0 < answer.total < 8
    assert answer.partial
    assert answer.notes == ("44 % of the dossier is indexed, and only that was searched; dossier index does the rest.",)
    desk.index()
    answer = desk.search("quokka")
    assert (answer.total, answer.partial, answer.notes) == (8, False, ())
    desk.close()


def test_what_is_soon_done_is_done_first(begun, engine_name):
    desk = Desk.open(begun, engine=engine_name)
    answer = desk.search("quokka")
    assert (answer.total, answer.partial, answer.notes) == (8, False, ())
    desk.close()


def test_an_archive_too_large_for_the_smaller_engine_is_told_before_it_is_indexed(begun, monkeypatch, capsys):
    monkeypatch.setattr(service, "LARGE", 8 * service.PARAGRAPHS)
    told = []
    monkeypatch.setattr(Desk, "index", lambda *_, **__: told.append(capsys.readouterr().err) or 8)
    main.main(["index", str(begun), "--engine", "whoosh"], standalone_mode=False)
    assert service.LARGER in "".join(told).replace("\n", " ")
    assert service.LARGER not in capsys.readouterr().err
