"""Which dossier is meant: the wrong one opened is the wrong evidence read."""

import pytest

from dossier.desk.choosing import candidates, choose, examples
from dossier.desk.user.places import derived_folder
from dossier.model.problems import DossierError


def make(folder):
    folder.mkdir(parents=True)
    (folder / "dossier.yaml").write_text("title: T\n")
    return folder


def test_the_nearest_dossier_upwards_comes_first(tmp_path, monkeypatch):
    outer = make(tmp_path / "outer")
    inner = make(outer / "deep" / "inner")
    (inner / "articles").mkdir()
    monkeypatch.chdir(inner / "articles")
    assert choose(None) == inner


def test_several_seeds_are_named_and_none_is_guessed(tmp_path, monkeypatch):
    make(tmp_path / "seeds" / "a")
    make(tmp_path / "seeds" / "b")
    monkeypatch.chdir(tmp_path)
    assert [one.name for one in candidates(None)] == ["a", "b"]
    with pytest.raises(DossierError, match=r"seeds/a.*seeds/b"):
        choose(None)


def test_without_any_nobody_elses_dossier_answers(tmp_path, monkeypatch):
    """Whoever asks in an empty folder must not get figures about London."""
    monkeypatch.chdir(tmp_path)
    assert [one.name for one in examples()] == ["london-trade-talks"]
    with pytest.raises(DossierError, match="no dossier here"):
        choose(None)


def test_the_first_file_may_end_in_yml(tmp_path, monkeypatch):
    (tmp_path / "dossier.yml").write_text("title: T\n")
    monkeypatch.chdir(tmp_path)
    assert choose(None) == choose(tmp_path / "dossier.yml") == tmp_path


@pytest.mark.parametrize("name", ["nothing", "file", "folder", "a\0b", "x" * 5000])
def test_what_is_no_dossier_gets_one_sentence(tmp_path, name):
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    with pytest.raises(DossierError) as error:
        choose(tmp_path / name)
    assert "dossier.yaml" in str(error.value)


def test_dossiers_of_one_name_do_not_share_what_is_derived(tmp_path):
    assert derived_folder(make(tmp_path / "a" / "x")) != derived_folder(make(tmp_path / "b" / "x"))
