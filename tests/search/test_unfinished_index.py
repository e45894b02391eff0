"""A search of a dossier whose index was begun and not finished answers from what is there, and says how much that is."""

import json

import pytest

from dossier.cli import main, opening
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
    build_part(folder, engine_name, 4)
    return folder


def build_part(folder, engine_name, units):
    """Build the index until so many units are in it."""
    desk = Desk.open(folder, engine=engine_name)
    looks = []
    with pytest.raises(Interrupted):
        desk.finding.index.update(lambda *_: None, lambda: looks.append(1) or len(looks) > units)
    desk.close()


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


@pytest.mark.parametrize("killed", [True, False])
def test_a_large_dossier_of_which_nothing_is_indexed_is_answered_at_once(
    unindexed, monkeypatch, capsys, engine_name, killed
):
    if killed:
        build_part(unindexed, engine_name, 0)
    else:
        monkeypatch.setattr(service, "FIRST", 8)
    monkeypatch.setattr(service, "SOON", 2)
    monkeypatch.setattr(index.Index, "update", lambda *_: pytest.fail("the index is built"))
    ask = ["search", "quokka", "-d", str(unindexed), "--engine", engine_name, "--json"]
    main.main(ask, standalone_mode=False)
    printed = capsys.readouterr()
    answer = json.loads(printed.out)
    assert (answer["total"], answer["partial"]) == (0, True)
    assert " ".join(printed.err.split()).count(service.NOTHING_INDEXED) == 1


@pytest.mark.parametrize(("most", "found"), [(8, (0, True, (service.NOTHING_INDEXED,))), (9, (8, False, ()))])
def test_an_index_of_an_earlier_version_is_not_searched_for_lack_of_another(
    begun, monkeypatch, engine_name, most, found
):
    monkeypatch.setattr(service, "SOON", 2)
    monkeypatch.setattr(service, "FIRST", most)
    monkeypatch.setattr(index, "index_version", lambda _: b"an index")
    desk = Desk.open(begun, engine=engine_name)
    answer = desk.search("quokka")
    assert (answer.total, answer.partial, answer.notes) == found
    desk.index()
    assert desk.search("quokka").total == 8
    desk.close()


def test_a_first_build_by_another_program_is_not_waited_for(unindexed, monkeypatch, engine_name):
    monkeypatch.setattr(service, "SOON", 2)
    monkeypatch.setattr(service.time, "sleep", lambda _: pytest.fail("it waits"))
    desk, another = (Desk.open(unindexed, engine=engine_name) for _ in range(2))
    with another.finding.index.alone():
        answer = desk.search("quokka")
    assert answer.partial
    assert answer.notes == (service.BEING_BUILT,)
    another.close()
    desk.close()


def test_a_share_below_one_percent_is_not_called_none(begun, monkeypatch, engine_name):
    monkeypatch.setattr(service, "SOON", 2)
    monkeypatch.setattr(index.Index, "percent", 0)
    desk = Desk.open(begun, engine=engine_name)
    answer = desk.search("quokka")
    assert answer.total
    assert answer.notes[0].startswith("Less than 1 % of the dossier is indexed, ")
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


@pytest.fixture
def unindexed(begun, monkeypatch):
    """The dossier as on a machine that has not indexed anything of it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(begun.parent / "another"))
    return begun


def test_a_search_that_builds_the_index_tells_how_far_it_is_also_on_a_pipe(unindexed, monkeypatch, capsys, engine_name):
    monkeypatch.setattr(opening, "SELDOM", 0.0)
    main.main(["search", "quokka", "-d", str(unindexed), "--engine", engine_name], standalone_mode=False)
    told = capsys.readouterr().err.splitlines()
    assert [line for line in told if line.startswith("indexing: ") and line.endswith(" %")]
    assert "8 hits" in told


def test_a_search_of_what_is_too_large_for_the_smaller_engine_says_so_before_it_indexes(unindexed, monkeypatch, capsys):
    monkeypatch.setattr(service, "LARGE", 8 * service.PARAGRAPHS)
    told = []
    update = index.Index.update
    monkeypatch.setattr(index.Index, "update", lambda *given: told.append(capsys.readouterr().err) or update(*given))
    ask = ["search", "quokka", "-d", str(unindexed), "--engine", "whoosh"]
    main.main(ask, standalone_mode=False)
    assert service.LARGER in told[0].replace("\n", " ")
    main.main(ask, standalone_mode=False)
    assert service.LARGER not in capsys.readouterr().err.replace("\n", " ")
