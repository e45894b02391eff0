"""A file that was read within its clock's grain is read again: else a second save within it is never seen."""

import time
from pathlib import Path

import msgspec
import pytest

from dossier.desk.desk import Desk
from dossier.store.files import fingerprints
from dossier.store.files.fingerprints import fingerprint, stable
from dossier.store.files.listing import FolderListing

NOW = 1_700_000_000_000_000_000
SECOND = 1_000_000_000


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr(fingerprints.time, "time_ns", lambda: NOW)


@pytest.mark.parametrize("late", [(0, 10), (10, 0), (1.9, 1.9), (-1, 10)])
def test_a_file_that_changed_within_two_seconds_is_not_known(late):
    modified, changed = (NOW - int(ago * SECOND) for ago in late)
    signature = (modified, 10, 1, changed)
    assert stable(signature) == b""
    assert fingerprint(FolderListing({"a.yaml": signature})) == b""


def test_a_file_that_changed_earlier_is_known_by_its_signature():
    signature = (NOW - 3 * SECOND, 10, 1, NOW - 3 * SECOND)
    assert stable(signature) == msgspec.msgpack.encode(signature)
    assert fingerprint(FolderListing({"a.yaml": signature})) != b""


def test_a_second_save_in_the_same_instant_is_seen(london: Path, monkeypatch):
    """A clock that tells seconds alone: times and size are the same, and the words are not."""
    monkeypatch.undo()
    file = london / "dossier.yaml"
    old = file.read_text("utf-8")
    assert "name: United States" in old
    with_time = Desk.open(london)
    status = file.stat()
    file.write_text(old.replace("name: United States", "name: Unitod States", 1), "utf-8")
    moment = (status.st_mtime_ns, status.st_size, status.st_ino, status.st_mtime_ns)
    monkeypatch.setattr("dossier.store.files.folder.signature_of", lambda _status: moment)
    monkeypatch.setattr(fingerprints.time, "time_ns", lambda: status.st_mtime_ns + SECOND)
    assert time.time_ns() == status.st_mtime_ns + SECOND
    with_time.refresh()
    assert with_time.row("united-states").title == "Unitod States"
    with_time.close()
