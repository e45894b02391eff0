"""An index is opened only when this user's program built it: another's could act on its reader."""

import os
import shutil
from pathlib import Path

import pytest

from dossier.desk.user.private_folder import private_folder


@pytest.fixture
def built(tmp_path) -> Path:
    folder, notice = private_folder(tmp_path / "index")
    assert notice == ""
    (folder / "kept").write_text("kept")
    return folder


def test_what_we_built_is_opened_again(built):
    assert private_folder(built) == (built, "")
    assert (built / "kept").exists()
    assert built.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "tamper",
    [
        pytest.param(lambda f: (f / "mark").unlink(), id="without a mark"),
        pytest.param(lambda f: (f / "mark").write_text("0" * 64), id="with a made-up mark"),
        pytest.param(lambda f: f.chmod(0o755), id="readable by others"),
    ],
)
def test_what_others_may_have_built_is_set_aside_not_opened(built, tamper):
    tamper(built)
    folder, notice = private_folder(built)
    assert notice
    assert not (folder / "kept").exists()
    assert list(built.parent.glob("index.aside-*/index/kept")), "nothing is deleted that is not ours"


def test_a_mark_does_not_travel_to_another_folder(built, tmp_path):
    shutil.copytree(built, tmp_path / "planted")
    (tmp_path / "planted").chmod(0o700)
    folder, notice = private_folder(tmp_path / "planted")
    assert notice
    assert not (folder / "kept").exists()


def test_a_link_is_never_followed(built, tmp_path):
    (tmp_path / "link").symlink_to(built)
    folder, notice = private_folder(tmp_path / "link")
    assert notice
    assert not folder.is_symlink()
    assert (built / "kept").exists()


def test_a_key_that_others_can_read_is_replaced(built, _home):
    key = _home / "state" / "dossier" / "key"
    key.chmod(0o644)
    _, notice = private_folder(built)
    assert notice
    assert key.stat().st_mode & 0o077 == 0


def test_where_nothing_can_be_written_the_run_keeps_its_own(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    folder, notice = private_folder(blocked / "index")
    assert folder.is_dir()
    assert os.access(folder, os.W_OK)
    assert "this run" in notice
