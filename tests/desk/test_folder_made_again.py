"""The process behind, when the folder is deleted and made again, changes a thousand times, or stands on a full disk."""

import shutil
import subprocess
import threading
import time
from queue import SimpleQueue

import pytest

from dossier.desk import file_watch, keeper
from dossier.desk.desk import Desk
from dossier.desk.watcher import Watcher


class Told:
    """The reports of a watcher, waited for one after another."""

    def __init__(self):
        self.reports = SimpleQueue()

    def wait(self, state, limit=120.0):
        end = time.monotonic() + limit
        while True:
            report = self.reports.get(timeout=max(end - time.monotonic(), 0.01))
            if report.state == state:
                return report


@pytest.fixture
def watched(london, tmp_path):
    """A copy of a dossier with the process behind it."""
    told = Told()
    watcher = Watcher(london, told.reports.put)
    yield london, told, watcher
    watcher.stop()


def titles(folder):
    desk = Desk.open(folder, refresh=False)
    try:
        return {row.id for row in desk.listing("issues")}
    finally:
        desk.close()


def test_a_folder_that_is_deleted_and_made_again_is_read_again(watched, tmp_path):
    folder, told, _ = watched
    told.wait("settled")
    for number in range(2):  # the second time, what is watched is no longer the first folder
        shutil.copytree(folder, tmp_path / "kept", dirs_exist_ok=True)
        shutil.rmtree(folder)
        assert told.wait("failed").what
        shutil.copytree(tmp_path / "kept", folder)
        (folder / "again.yaml").write_text(f"issues: {{again-{number}: {{title: Again}}}}\n", "utf-8")
        while f"again-{number}" not in titles(folder):
            told.wait("read")


def test_a_folder_is_told_from_another_of_its_name_and_place(tmp_path, monkeypatch):
    """The number of a deleted folder is given to the next one, unless somebody holds the first."""
    folder, made, noted = tmp_path / "d", threading.Event(), SimpleQueue()
    folder.mkdir()
    monkeypatch.setattr(file_watch, "LOOK", 50)
    monkeypatch.setattr(file_watch, "BETWEEN", 0.05)
    follow = lambda: file_watch.follow_folder(folder, noted.put, made.set)  # noqa: E731
    threading.Thread(target=follow, daemon=True).start()
    (folder / "first").touch()
    noted.get(timeout=120)
    for _ in range(3):
        made.clear()
        folder.rmdir() if not any(folder.iterdir()) else shutil.rmtree(folder)
        folder.mkdir()
        assert made.wait(120)
        (folder / "other").touch()
        while (paths := noted.get(timeout=120)) is not None and not any(path.name == "other" for path in paths):
            pass


def test_a_failure_is_tried_again_at_once_when_the_folder_was_made_again(monkeypatch, tmp_path):
    monkeypatch.setattr(keeper._Voice, "say", lambda _voice, _report: None)
    work = keeper._Work(tmp_path, "whoosh")
    for _ in range(8):
        pause = work._carry_out(lambda: 1 / 0)
    assert pause == keeper.RARELY
    work._try_soon()
    assert work._asked.is_set()
    assert work._carry_out(lambda: 1 / 0) == keeper.RETRY


def test_a_thousand_changes_are_followed_to_the_last_and_hold_no_memory(watched):
    folder, told, watcher = watched
    told.wait("settled")
    extra = folder / "extra.yaml"
    for number in range(1_000):
        extra.write_text(f"issues: {{extra-{number}: {{title: Extra}}}}\n", "utf-8")
        if number == 100:
            told.wait("read")
            before = resident(watcher.pid)
    while "extra-999" not in titles(folder):
        told.wait("read")
    assert len([one for one in titles(folder) if one.startswith("extra-")]) == 1
    assert resident(watcher.pid) <= before + 30


def resident(process):
    """The memory of a process, in MB."""
    with open(f"/proc/{process}/status") as file:  # noqa: PTH123 - no file of the disk
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS")) // 1024


def test_a_full_disk_is_told_once_and_the_dossier_read_when_there_is_room(london, tmp_path, monkeypatch):
    """A real small file system, where this user may make one."""
    room = tmp_path / "room"
    room.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(room)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a small file system")
    monkeypatch.setenv("XDG_CACHE_HOME", str(room))
    told = Told()
    watcher = Watcher(london, told.reports.put)
    try:
        assert told.wait("failed").what
        subprocess.run(["mount", "-o", "remount,size=50m", str(room)], check=True)
        watcher.again()
        told.wait("settled")
        assert titles(london)
    finally:
        watcher.stop()
        subprocess.run(["umount", "-l", str(room)], check=True)
