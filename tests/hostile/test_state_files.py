"""What the program keeps for itself may be damaged, lost or planted: no answer is wrong for it, and no code is run."""

import contextlib
import os
import pickle
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from dossier.desk.desk import Desk

QUERIES = ("rare earth", '"export controls"', "trump", "speaker:trump", "lancaster or geneva", "-china london", "econ*")


def damages(name: str, size: int, count: int) -> list[tuple[str, object]]:
    """Return what is done to a file: each gives its bytes another value, or None to remove it."""
    rng = random.Random(f"{name} {size}")
    found: list[tuple[str, object]] = [
        ("halved", lambda data: data[: len(data) // 2]),
        ("emptied", lambda _: b""),
        ("removed", lambda _: None),
    ]
    if count > 1:
        found += [("doubled", lambda data: data * 2), ("zeroed", lambda data: bytes(len(data)))]
    for _ in range(count if size else 0):
        at, bit = rng.randrange(size), 1 << rng.randrange(8)
        found.append(
            (
                f"bit {bit} of byte {at} turned",
                lambda data, at=at, bit=bit: data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :],
            )
        )
    return found


def answers(desk: Desk) -> list[object]:
    """Return what a reader gets: hits, lists, links, evidence, problems."""
    found: list[object] = [[(hit.key, hit.snippet) for hit in desk.search(query).hits] for query in QUERIES]
    for pane in ("delegations", "issues", "quotes", "events", "articles"):
        listing = desk.listing(pane)
        rows = [listing[at] for at in range(len(listing))]
        found.append(rows)
        views = [desk.view(row.id) for row in rows]
        found += [(view.entry, view.evidence, list(view.links)) for view in views]
    found += [desk.article("london-day-one"), desk.problems(), desk.anchor_counts(), desk.title]
    return found


@pytest.fixture(scope="module")
def built(seed, tmp_path_factory):
    """A dossier, its state as a first run leaves it, and the answers of the engine in memory."""
    root = Path(shutil.copytree(seed, tmp_path_factory.mktemp("state") / "london"))
    for file in root.rglob("*"):
        os.utime(file, (1_700_000_000, 1_700_000_000))
    desk = Desk.open(root)
    desk.index()
    home = desk.home
    desk.close()
    scan = Desk.open(root, engine="scan")
    expected = answers(scan)
    scan.close()
    kept = tmp_path_factory.mktemp("kept") / "home"
    shutil.copytree(home, kept)
    return root, home, kept, expected


def restored(built) -> Path:
    _, home, kept, _ = built
    shutil.rmtree(home, ignore_errors=True)
    for left in home.parent.glob(f"{home.name}.aside-*"):
        shutil.rmtree(left)
    shutil.copytree(kept, home)
    return home


@pytest.mark.parametrize("bits", [1, pytest.param(60, marks=pytest.mark.thorough)])
def test_a_damaged_file_changes_no_answer(built, bits):
    """Every file of the index, the catalogue and the mark, each damaged in every way."""
    root, home, kept, expected = built
    files = sorted(path.relative_to(kept) for path in kept.rglob("*") if path.is_file())
    tried = told = 0
    for name in files:
        for what, damage in damages(str(name), (kept / name).stat().st_size, bits):
            restored(built)
            data = damage((home / name).read_bytes())
            if data is None:
                (home / name).unlink()
            else:
                (home / name).write_bytes(data)
            desk = Desk.open(root)
            try:
                assert answers(desk) == expected, f"{name} {what}"
                assert len(desk.notices) <= 1, (name, what, desk.notices)
                told += len(desk.notices)
            finally:
                desk.close()
            again = Desk.open(root)
            again.search(QUERIES[0])
            assert again.notices == [], f"{name} {what} is told twice"
            again.close()
            tried += 1
    assert told > len(files)
    print(f"\n  {tried} damages to {len(files)} files, {told} told; seed is the name of the file")


class _Bomb:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return (open, (str(self.path), "w"))


@pytest.mark.parametrize("name", ["whoosh/_PASSAGES_1.toc", "whoosh/_PASSAGES_9.toc", "whoosh/token", "mark", "catalogue.sqlite",
                                  "whoosh/PASSAGES_x.seg", "catalogue.sqlite-wal", "catalogue.sqlite.seal", "catalogue.sqlite-journal"])  # fmt: skip
def test_a_planted_pickle_is_never_run(built, tmp_path, name):
    """Even inside the folder that is the user's alone."""
    root, _, _, expected = built
    home = restored(built)
    for protocol in (0, 2, 4):
        (home / name).write_bytes(pickle.dumps(_Bomb(tmp_path / "ran"), protocol))
        desk = Desk.open(root)
        assert answers(desk) == expected
        desk.close()
        assert not (tmp_path / "ran").exists()


def test_an_index_planted_with_a_dossier_is_set_aside(built, tmp_path):
    """One that another user's program built, with another user's mark, and a pickle in it."""
    root, _, kept, expected = built
    home = restored(built)
    shutil.rmtree(home)
    shutil.copytree(kept, home)
    (home / "mark").write_text("0" * 64)
    for toc in (home / "whoosh").glob("_*.toc"):
        toc.write_bytes(pickle.dumps(_Bomb(tmp_path / "ran")))
    with sqlite3.connect(home / "catalogue.sqlite") as planted:
        planted.execute("UPDATE entries SET title = 'PLANTED'")
    planted.close()
    desk = Desk.open(root)
    assert answers(desk) == expected
    assert len(desk.notices) == 1
    assert "rebuilt the index" in desk.notices[0]
    desk.close()
    assert not (tmp_path / "ran").exists()
    assert list(home.parent.glob(f"{home.name}.aside-*"))


@pytest.mark.parametrize("how", ["a link to it", "another owner"])
def test_an_index_that_others_can_reach_is_set_aside(built, tmp_path, how):
    """Its mark may be right: whoever owns the folder, or what a link leads to, can change what is in it."""
    root, _, _, expected = built
    home = restored(built)
    if how == "a link to it":
        home.symlink_to(home.rename(tmp_path / "elsewhere"))
    elif os.getuid() == 0:
        os.chown(home, 12_345, -1)
    else:
        pytest.skip("only the superuser may give a folder away")
    with contextlib.closing(Desk.open(root)) as desk:
        assert answers(desk) == expected
        assert len(desk.notices) == 1
        assert "rebuilt the index" in desk.notices[0]
    shutil.rmtree(home)


def test_a_catalogue_with_code_in_it_runs_none(built):
    """A trigger or a view in the schema is SQLite's way to act; a catalogue that was altered from outside is thrown away."""
    root, _, _, expected = built
    home = restored(built)
    with sqlite3.connect(home / "catalogue.sqlite") as planted:
        planted.execute("CREATE TRIGGER t AFTER INSERT ON state BEGIN DELETE FROM entries; END")
        planted.execute("UPDATE entries SET title = 'PLANTED'")
    planted.close()
    desk = Desk.open(root)
    assert answers(desk) == expected
    assert [notice for notice in desk.notices if "catalogue" in notice]
    desk.close()


TAKES_THE_FILE = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)
    except BlockingIOError:
        print("taken")
"""
"""Another program that wants the bytes that SQLite's readers hold: https://sqlite.org/fileformat2.html#the_lock_byte_page."""


@pytest.mark.skipif(os.name != "posix", reason="elsewhere, closing a file lets go of no lock of others")
def test_looking_at_the_seal_lets_go_of_no_lock(built):
    """On POSIX a file that is opened and closed beside SQLite loses SQLite's locks; two programs then damage it."""
    root, _, _, _ = built
    file = restored(built) / "catalogue.sqlite"
    with contextlib.closing(Desk.open(root)) as desk:
        assert desk.title  # with the first look SQLite takes its lock
        os.utime(file)  # another status, so that the next one sums the file up
        other = Desk.open(root, refresh=False)
        file.with_name(f"{file.name}.seal").unlink()
        other.close()  # and seals it
        assert file.with_name(f"{file.name}.seal").exists()
        tried = subprocess.run(
            [sys.executable, "-c", TAKES_THE_FILE, str(file)], capture_output=True, text=True, check=True
        )
        assert tried.stdout == "taken\n", "another program could take the file for its own"


@pytest.mark.parametrize("what", ["halved", "emptied", "removed", "zeroed", "readable by all"])
def test_a_damaged_key_only_costs_a_rebuild(built, _home, what):
    root, _, _, expected = built
    restored(built)
    key = _home / "state" / "dossier" / "key"
    kept = key.read_bytes()
    try:
        if what == "removed":
            key.unlink()
        elif what == "readable by all":
            key.chmod(0o644)
        else:
            key.write_bytes({"halved": kept[:16], "emptied": b"", "zeroed": bytes(32)}[what])
        desk = Desk.open(root)
        assert answers(desk) == expected
        assert len(desk.notices) == 1
        assert key.stat().st_mode & 0o077 == 0
        desk.close()
    finally:
        key.write_bytes(kept)
        key.chmod(0o600)


def lock_damages() -> list[tuple[str, object]]:
    return damages("dossier.lock", 20_000, 6)


@pytest.mark.parametrize("number", range(11), ids=lambda number: lock_damages()[number][0])
def test_a_damaged_lock_is_told_and_no_words_are_wrong(seed, tmp_path, number):
    """Where nothing moved, a lock that cannot be read may not change a single status but by saying so."""
    root = Path(shutil.copytree(seed, tmp_path / "london"))
    desk = Desk.open(root)
    desk.anchoring.lock()
    lock = root / "dossier.lock"
    before = desk.anchor_counts()
    whole = lock.read_bytes()
    damage = lock_damages()[number][1]
    data = damage(whole) if len(whole) > 20_000 else damage(whole.ljust(20_001, b"\n"))
    if data is None:
        lock.unlink()
    else:
        lock.write_bytes(data)
    desk.refresh()
    view = desk.article("london-day-one")
    assert desk.anchor_counts() == before
    for anchored in desk.anchoring.all():
        one = anchored.evidence
        assert view.text[one.start : one.end] == one.text
    assert data == whole or len(desk.problems()) <= 21
    desk.close()
