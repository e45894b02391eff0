"""The first open of a published archive takes over what its publisher read: nobody waits for the same reading twice."""

import os
import shutil
from pathlib import Path

import pytest

from dossier.desk.archive.installing import install
from dossier.desk.desk import Desk
from dossier.desk.open import start
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.files.folder import Folder

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not on this machine")
VERSION = "articles/versions/2025-06-10-london.2025-06-11.txt"


@pytest.fixture
def work(monkeypatch):
    """The paths of files that were read, and the articles in which anchors were looked for, from now on."""
    read, resolved = [], []
    load, resolve = Folder.load, Catalogue.resolve

    def load_counted(folder, relative, *rest):
        read.append(relative)
        return load(folder, relative, *rest)

    def resolve_counted(catalogue, found):
        resolved.extend(found)
        resolve(catalogue, found)

    monkeypatch.setattr(Folder, "load", load_counted)
    monkeypatch.setattr(Catalogue, "resolve", resolve_counted)
    return read, resolved


def clear(work):
    for counted in work:
        counted.clear()
    return work


@pytest.fixture
def archive(published):
    """London with an older version of its article, published."""
    article = published.root / "articles/2025-06-10-london.txt"
    (published.root / VERSION).parent.mkdir()
    (published.root / VERSION).write_text(article.read_text("utf-8").replace("China", "PRC"), "utf-8")
    return published()


def read_only(archive):
    for file in archive.rglob("*"):
        file.chmod(0o555 if file.is_dir() else 0o444)
    return archive


@pytest.mark.parametrize(
    "move",
    [
        lambda archive: archive,
        lambda archive: Path(shutil.copytree(archive, archive.with_name("stick"))),  # every file has another time
        read_only,
    ],
)
def test_nothing_is_read_or_looked_for_anew(archive, work, move):
    root = install(move(archive))
    read, resolved = clear(work)
    desk = start(root)
    assert not desk._catalogue.unweighed
    assert not desk.refresh()
    assert set(read) <= {"dossier.yaml"}  # whether it extends an archive is looked up on every start
    assert resolved == []
    assert {one.status for one in desk.evidence_of("us-relax-in-exchange")} == {"exact"}
    desk.close()


def test_the_next_open_compares_no_file_although_the_copies_are_seconds_old(archive):
    root = install(archive)
    Desk.open(root).close()
    desk = Desk.open(root, refresh=False)
    assert desk.refresh() is None
    desk.close()


def change(file, old, new):
    status = file.stat()
    file.chmod(0o644)
    file.write_bytes(file.read_bytes().replace(old, new))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    file.chmod(0o444)


def test_a_copy_that_was_changed_before_the_first_open_is_not_shown_as_it_was_read(archive, work):
    root = install(archive)
    clear(work)
    change(root / "articles/2025-06-10-london.txt", b"a willingness to relax", b"a readiness to relaxes")
    desk = Desk.open(root)
    read, resolved = work
    assert "articles/2025-06-10-london.txt" in read
    assert resolved == ["london-day-one"]
    assert "missing-anchor" in {problem.code for problem in desk.problems()}
    desk.close()


@pytest.mark.parametrize("file", ["articles/2025-06-10-london.txt", VERSION])
def test_a_file_that_changed_after_its_publisher_had_read_it_is_read(archive, published, work, monkeypatch, file):
    index = Desk.index

    def index_and_change(desk, *rest):
        index(desk, *rest)
        change(published.root / file, b"a willingness to relax", b"a readiness to relaxes")

    monkeypatch.setattr(Desk, "index", index_and_change)
    root = install(published())
    read, resolved = clear(work)
    desk = Desk.open(root)
    assert "articles/2025-06-10-london.txt" in read
    assert resolved == ["london-day-one"]
    desk.close()
