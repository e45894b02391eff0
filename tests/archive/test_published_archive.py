"""A reader of a published archive sees what was signed, or nothing; and cannot change it."""

import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from folder_digests import digests

from dossier.cli import main
from dossier.desk.archive import installing, publishing
from dossier.desk.archive.installing import install
from dossier.desk.archive.manifest import NAME, SIGNATURE
from dossier.desk.archive.publishing import publish_archive
from dossier.desk.archive.signing import sign
from dossier.desk.choosing import choose
from dossier.desk.desk import Desk
from dossier.desk.user.exchanging import exchange
from dossier.desk.user.places import archives_folder
from dossier.model.problems import DossierError
from dossier.search.engines.table import ENGINES, INDEXED

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not on this machine")


def search(root, query, engine="whoosh"):
    desk = Desk.open(root, engine=engine)
    try:
        return desk.search(query)
    finally:
        desk.close()


@pytest.mark.parametrize("engine", INDEXED)
def test_it_is_opened_as_it_was_published_and_nothing_is_indexed_anew(published, monkeypatch, engine):
    pytest.importorskip(ENGINES[engine].library or "dossier")
    archive = published(engine)
    before = digests(archive)
    for file in archive.rglob("*"):
        file.chmod(0o555 if file.is_dir() else 0o444)  # as on a disk that cannot be written to
    expected = search(published.root, "export controls", engine)
    assert expected.total
    root = choose(archive)
    monkeypatch.setattr("dossier.desk.search.index.Index._put", lambda *_: pytest.fail("it is indexed anew"))
    assert search(root, "export controls", engine) == expected
    assert digests(archive) == before
    for file in archive.rglob("*"):
        file.chmod(0o755)
    shutil.rmtree(archive)
    assert search(root, "export controls", engine) == expected


def test_an_archive_in_which_any_file_was_changed_is_not_opened(published, tmp_path):
    archive = published()
    for number, file in enumerate(sorted(digests(archive))):
        for harm in ("bit", "longer", "gone", "link"):
            copy = Path(shutil.copytree(archive, tmp_path / f"{number}-{harm}"))
            target = copy / file.relative_to(archive)
            data = target.read_bytes()
            target.unlink()
            if harm == "bit":
                middle = len(data) // 2
                target.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :] if data else b"x")
            elif harm == "longer" and file.name != SIGNATURE:  # what is behind a signature is none of it
                target.write_bytes(data + b"x")
            elif harm == "link" and file.name not in (NAME, SIGNATURE):
                target.symlink_to(file)
            with pytest.raises(DossierError):
                choose(copy)
    assert not list(archives_folder().rglob("dossier.yaml"))
    assert choose(archive)


def test_only_the_named_keys_count(published, keys, tmp_path, places):
    archive = published()
    other = Path(shutil.copytree(archive, tmp_path / "other"))
    (other / SIGNATURE).unlink()
    with pytest.raises(DossierError, match="not signed"):
        install(other)
    sign(other / NAME, keys / "theirs")
    with pytest.raises(DossierError, match="no key that you trust"):
        install(other)
    (other / SIGNATURE).unlink()
    command = ["ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-f", keys / "ours", other / NAME]
    subprocess.run(command, check=True, capture_output=True)
    with pytest.raises(DossierError, match="not opened"):
        install(other)
    places("another reader")
    with pytest.raises(DossierError, match="you trust no key yet"):
        install(archive)


@pytest.mark.parametrize(
    "path", ["../x", "dossier/../../x", "/etc/x", "dossier", "dossier//x", "dossier/./x", "keys/x", "dossier/a\\u0000b"]
)
def test_a_signed_archive_names_nothing_outside_itself(published, keys, path):
    archive = published()
    manifest = archive / NAME
    text = manifest.read_text("utf-8")
    manifest.write_text(text.replace('"dossier/dossier.yaml"', f'"{path}"'), "utf-8")
    (archive / SIGNATURE).unlink()
    sign(manifest, keys / "ours")
    with pytest.raises(DossierError, match="outside itself"):
        install(archive)


def test_it_is_never_written_to(published):
    root = choose(published())
    before = digests(root)
    desk = Desk.open(root)
    for write in (
        lambda: desk.annotations.rename("trump", "donald"),
        lambda: desk.write("x", root / "dossier.lock", force=True),
        desk.anchoring.lock,
    ):
        with pytest.raises(DossierError, match="published archive, which is never written to"):
            write()
    desk.close()
    assert digests(root) == before


def refuse(*_):
    raise DossierError("no key")


def test_a_new_version_takes_the_place_of_the_last(published, places, monkeypatch):
    archive = published()
    old = choose(archive)
    article = next((published.root / "articles").glob("*.txt"))
    article.write_text(article.read_text("utf-8") + "\n\nA zebra.\n", "utf-8")
    with monkeypatch.context() as broken:
        broken.setattr(publishing, "sign", refuse)
        with pytest.raises(DossierError, match="no key"):
            published()
    places("reader")
    assert search(choose(archive), "zebra").total == 0
    new = choose(published())
    assert new != old
    assert search(new, "zebra").total == 1
    assert search(old, "zebra").total == 0  # a program that shows it goes on
    assert [one.name for one in archive.parent.iterdir() if one.name.endswith(".part")] == []


def test_a_folder_that_is_no_archive_is_left_alone(published, keys):
    desk = Desk.open(published.root)
    other = published.root.parent / "other"
    other.mkdir()
    with pytest.raises(DossierError, match="holds no published archive"):
        publish_archive(desk, other, keys / "ours")
    with pytest.raises(DossierError, match="inside the dossier"):
        publish_archive(desk, published.root / "out", keys / "ours")
    with pytest.raises(DossierError, match="cannot be signed"):
        publish_archive(desk, published.root.parent / "out", keys / "none")
    desk.close()
    assert not (published.root.parent / "out").exists()


def test_commands_publish_trust_and_search_an_archive(published, keys, tmp_path, places):
    def run(*words):
        done = CliRunner().invoke(main, [*map(str, words)])
        return done.exit_code, done.output

    assert run("archive", "publish", tmp_path / "out", "-d", published.root)[0] == 2
    assert run("archive", "publish", "-d", published.root)[0] == 2
    code, told = run("archive", "publish", tmp_path / "out", "--key", keys / "ours", "-d", published.root)
    assert (code, "signed" in told) == (0, True)
    code, told = run("search", "china", "-d", tmp_path / "out")
    assert (code, "dossier archive trust KEY.pub" in told) == (2, True)
    assert run("archive", "trust", keys / "ours")[0] == 2
    assert run("archive", "trust", keys / "ours.pub")[0] == 0
    assert run("search", "china", "-d", tmp_path / "out")[0] == 0


def test_two_programs_that_open_an_archive_for_the_first_time_at_once_both_answer(published, monkeypatch):
    """Else who opens it in two terminals is told that it cannot be copied."""
    archive = published()
    together = threading.Barrier(2, timeout=1)
    copy_file = installing._copy_file

    def copy_together(*arguments):
        with suppress(threading.BrokenBarrierError):  # one waits until the other is done
            together.wait()
        copy_file(*arguments)

    monkeypatch.setattr(installing, "_copy_file", copy_together)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(install, [archive, archive])
    assert first == second
    assert search(first, "tariffs").hits


KILLED = """
import os, sys
from pathlib import Path
from dossier.desk.archive import publishing
from dossier.desk.desk import Desk
if sys.argv[4] == "before":
    publishing.exchange = lambda *_: os._exit(9)
else:
    publishing.shutil.rmtree = lambda *_, **__: os._exit(9)
publishing.publish_archive(Desk.open(Path(sys.argv[1])), Path(sys.argv[2]), Path(sys.argv[3]))
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_publisher_that_is_killed_leaves_the_old_version_or_the_new_one(published, places, keys, when):
    archive = published()
    article = next((published.root / "articles").glob("*.txt"))
    article.write_text(article.read_text("utf-8") + "\n\nA zebra.\n", "utf-8")
    places("publisher")
    command = [sys.executable, "-c", KILLED, published.root, archive, keys / "ours", when]
    assert subprocess.run(command, check=False).returncode == 9
    places("reader")
    assert search(choose(archive), "zebra").total == (when == "after")
    assert search(choose(published()), "zebra").total == 1
    assert [one.name for one in archive.parent.iterdir() if one.name.endswith(".part")] == []


def test_there_is_no_moment_without_an_archive(tmp_path):
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / NAME).write_text(name)
    missing, done = [], threading.Event()

    def look():
        while not done.is_set():
            missing.extend([1] * (not (tmp_path / "old" / NAME).exists()))

    looking = threading.Thread(target=look)
    looking.start()
    for _ in range(2_000):
        exchange(tmp_path / "new", tmp_path / "old")
    done.set()
    looking.join()
    assert not missing
    exchange(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old" / NAME).read_text() == "new"


def test_where_names_cannot_be_exchanged_in_one_step_it_takes_two(tmp_path, monkeypatch):
    monkeypatch.setattr("dossier.desk.user.exchanging._EXCHANGE", 1 << 20)  # which no system knows
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / NAME).write_text(name)
    exchange(tmp_path / "new", tmp_path / "old")
    assert [(tmp_path / name / NAME).read_text() for name in ("old", "new")] == ["new", "old"]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["new", "old"]


def test_a_reader_who_copies_while_a_new_version_comes_has_the_new_one(published, monkeypatch):
    """Else who opens it at that moment is told that a file was changed after it had been signed."""
    archive = published()
    copy_file, begun = installing._copy_file, []

    def copy_replaced(*arguments):
        if not begun:
            begun.append(1)
            article = next((published.root / "articles").glob("*.txt"))
            article.write_text(article.read_text("utf-8") + "\n\nA zebra.\n", "utf-8")
            published()
        copy_file(*arguments)

    monkeypatch.setattr(installing, "_copy_file", copy_replaced)
    assert search(install(archive), "zebra").total == 1
