"""What is exported is whole or not there, and never in the place of something else."""

import os
import stat

import pytest

from dossier.desk.user.atomic_write import write_whole
from dossier.model.problems import DossierError


def test_a_file_is_never_replaced_unasked(tmp_path):
    path = tmp_path / "brief.md"
    write_whole(path, "one")
    with pytest.raises(DossierError, match="exists already"):
        write_whole(path, "two")
    assert path.read_text() == "one"
    write_whole(path, "two", force=True)
    assert path.read_text() == "two"
    assert os.listdir(tmp_path) == ["brief.md"]


@pytest.mark.parametrize("name", ["", "folder", "none/brief.md", "a\0b", "x" * 300, "pipe"])
def test_a_place_that_cannot_be_written_gets_one_sentence_and_no_litter(tmp_path, name):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    before = sorted(os.listdir(tmp_path))
    for force in (False, True):
        with pytest.raises(DossierError) as error:
            write_whole(tmp_path / name, "text", force=force)
        assert "\n" not in str(error.value)
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize("step", ["fsync", "link", "chmod"])
def test_a_full_disk_leaves_the_old_file_and_no_litter(tmp_path, monkeypatch, step):
    path = tmp_path / "brief.md"

    def fail(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(DossierError, match="No space left"):
        write_whole(path, "text")
    assert os.listdir(tmp_path) == []


def test_the_mode_of_a_replaced_file_stays(tmp_path):
    path = tmp_path / "brief.md"
    path.write_text("old")
    path.chmod(0o640)
    write_whole(path, "new", force=True)
    assert path.stat().st_mode & 0o777 == 0o640


def test_what_is_written_is_on_the_disk_before_its_name_and_its_name_before_it_is_said(tmp_path, monkeypatch):
    """A system that dies a moment after "written" does not take the brief with it, as far as its disk keeps its word."""
    forced = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (forced.append(stat.S_ISDIR(os.fstat(file).st_mode)), fsync(file)))
    write_whole(tmp_path / "brief.md", "words")
    assert forced == [False, True]
