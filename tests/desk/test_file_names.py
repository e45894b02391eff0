"""Whatever is typed as the name of a file is written safely or refused with a sentence."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.desk.user.atomic_write import file_target, write_whole
from dossier.model.clean import clean_line
from dossier.model.problems import DossierError

REFUSED = {
    "a tab": "a\tb.md", "a bell": "a\x07.md", "an escape": "\x1b[31m.md", "a line end": "a\n.md", "a NUL": "a\0.md",
    "a turned order": "a\u202edm.exe", "a name too long": "x" * 300 + ".md", "a name too long in bytes": "漢" * 100,
    "a folder": "folder", "a folder with a slash": "folder/", "the folder itself": ".", "the one above": "..", "the root": "/",
    "a device": "/dev/null", "a terminal": "/dev/tty", "a pipe": "pipe", "a link to a folder": "to-folder",
    "a link to a device": "to-device", "a loop of links": "loop", "nobody's home": "~nobody-of-that-name/x.md",
    "no such folder": "none/x.md", "a file taken as a folder": "file/x.md", "a process": "/proc/self/x.md",
    "a path too long": "/".join(["x" * 200] * 30) + "/a.md", "nothing": "",
}  # fmt: skip


@pytest.fixture
def here(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("mine")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "to-folder").symlink_to("folder")
    (tmp_path / "to-device").symlink_to("/dev/null")
    (tmp_path / "loop").symlink_to("loop")
    return tmp_path


def everything(folder: Path) -> dict[str, bytes | None]:
    return {str(one): one.read_bytes() if one.is_file() else None for one in sorted(folder.rglob("*"))}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_name_that_cannot_be_used_is_refused_in_one_sentence_and_nothing_is_touched(here, kind):
    before = everything(here)
    with pytest.raises(DossierError) as refusal:
        write_whole(file_target(REFUSED[kind])[0], "words", force=True)
    said = str(refusal.value)
    assert said.endswith(".")
    assert clean_line(said) == said
    assert everything(here) == before


@given(st.text(max_size=40))
def test_any_name_gives_a_path_or_one_sentence(name):
    said = ""
    try:
        path, _ = file_target(name)
    except DossierError as error:
        said = str(error)
    assert bool(said) or path.name
    assert clean_line(said) == said


def test_a_link_is_followed_to_its_file_and_stays_a_link(here):
    (here / "link.md").symlink_to("file")
    path, there = file_target("link.md")
    assert there
    write_whole(path, "words", force=True)
    assert (here / "link.md").is_symlink()
    assert (here / "file").read_text() == "words"


@pytest.mark.skipif(os.geteuid() == 0 and not hasattr(os, "seteuid"), reason="needs another user")
def test_a_folder_that_may_not_be_written_to_is_told(here):
    (here / "folder").chmod(0o555)
    root = os.geteuid() == 0
    if root:
        here.chmod(0o755)
        os.seteuid(65534)
    try:
        with pytest.raises(DossierError, match="cannot be written"):
            write_whole(Path("folder/out.md"), "words")
    finally:
        if root:
            os.seteuid(0)
    assert list((here / "folder").iterdir()) == []
