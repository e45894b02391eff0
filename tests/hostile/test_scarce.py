"""A full disk, a home that cannot be written to, no home, two programs at once: reading goes on, or one sentence says why not."""

import os
import resource
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

DOSSIER = [sys.executable, "-P", "-m", "dossier"]
UNLISTED = [
    sys.executable, "-P", "-c",
    "import pwd\ndef unknown(*_):\n    raise KeyError('no such user')\npwd.getpwuid = unknown\nfrom dossier.cli import main\nmain()",
]  # fmt: skip
"""A user who is in no list of users, as in many a container."""
LONG = pytest.mark.thorough
COMMANDS = (["check"], ["search", "rare earth", "-d"], ["show", "trump", "-d"], ["export", "--pane", "quotes", "-d"])


def run(arguments, environment, program=DOSSIER, **options):
    return subprocess.run(
        [*program, *arguments], env=environment, capture_output=True, text=True, check=False, timeout=300, **options
    )


def homeless(**changes) -> dict[str, str]:
    """The environment without any folder of the user's."""
    kept = {name: value for name, value in os.environ.items() if name != "HOME" and not name.startswith("XDG_")}
    return {**kept, **changes}


def assert_one_line_or_right(done, expected) -> None:
    assert "Traceback" not in done.stderr, done.stderr
    if done.returncode:
        assert done.returncode == 2, done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert done.stdout == ""
    else:
        assert done.stdout == expected


@pytest.fixture(scope="module")
def expected(seed):
    return {tuple(command): run([*command, str(seed)], dict(os.environ)).stdout for command in COMMANDS}


HOMES = {
    "read-only": lambda tmp: homeless(HOME="/proc/home"),
    "a file": lambda tmp: homeless(HOME=str(tmp / "file")),
    "none": lambda tmp: homeless(),
    "empty": lambda tmp: homeless(HOME=""),
    "relative": lambda tmp: homeless(HOME="home", XDG_CACHE_HOME="cache", XDG_STATE_HOME="state"),
}


@pytest.mark.parametrize(
    "home", [pytest.param(home, marks=() if home in ("none", "read-only") else LONG) for home in HOMES]
)
def test_without_a_home_everything_is_read_all_the_same(seed, tmp_path, expected, home):
    """And nothing is written into the folder one happens to be in."""
    (tmp_path / "file").write_text("")
    here = tmp_path / "here"
    here.mkdir()
    (tmp_path / "tmp").mkdir()
    for command in COMMANDS[1::2]:
        environment = HOMES[home](tmp_path) | {"TMPDIR": str(tmp_path / "tmp")}
        done = run([*command, str(seed)], environment, UNLISTED, cwd=here)
        assert done.returncode == 0, done.stderr
        assert done.stdout == expected[tuple(command)]
        assert sum("kept in" in line for line in done.stderr.splitlines()) <= 1
        assert list(here.iterdir()) == []
    assert list((tmp_path / "tmp").iterdir()) == [], "the index of one run is left behind"


@pytest.mark.parametrize(
    "most",
    [
        0,
        pytest.param(100, marks=LONG),
        4_096,
        pytest.param(40_000, marks=LONG),
        150_000,
        pytest.param(300_000, marks=LONG),
    ],
)
def test_a_disk_that_fills_up_costs_one_sentence_and_harms_nothing(seed, tmp_path, expected, most):
    """No file may grow beyond `most` bytes; afterwards there is room again and all is as it should be."""
    environment = homeless(HOME=str(tmp_path / "home"))
    for command in COMMANDS[:2]:
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))  # noqa: E731
        done = run([*command, str(seed)], environment, preexec_fn=limit)
        assert_one_line_or_right(done, expected[tuple(command)])
        done = run([*command, str(seed)], environment)
        assert done.stdout == expected[tuple(command)], done.stderr


def test_a_full_file_system_costs_one_sentence_and_harms_nothing(seed, tmp_path, expected):
    """A real one of 200 kB, where this user may make one."""
    room = tmp_path / "room"
    room.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(room)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a small file system")
    try:
        for command in COMMANDS:
            done = run([*command, str(seed)], homeless(HOME=str(room)))
            assert_one_line_or_right(done, expected[tuple(command)])
        subprocess.run(["mount", "-o", "remount,size=20m", str(room)], check=True)
        for command in COMMANDS:
            done = run([*command, str(seed)], homeless(HOME=str(room)))
            assert done.stdout == expected[tuple(command)], done.stderr
    finally:
        subprocess.run(["umount", str(room)], check=True)


def test_an_export_to_a_full_disk_leaves_the_old_file(seed, tmp_path):
    out = tmp_path / "brief.md"
    out.write_text("old")
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))  # noqa: E731
    run(["check", str(seed)], dict(os.environ))
    big = [
        "export",
        "--pane",
        "quotes",
        "--pane",
        "links",
        "--pane",
        "articles",
        "-d",
        str(seed),
        "-o",
        str(out),
        "--force",
    ]
    room = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))  # noqa: E731
    done = run(big, dict(os.environ), preexec_fn=room)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert out.read_text() == "old"
    assert os.listdir(tmp_path) == ["brief.md"]
    assert run(big, dict(os.environ), preexec_fn=limit).returncode == 0


@pytest.mark.parametrize("rounds", [1, pytest.param(20, marks=pytest.mark.thorough)])
def test_many_programs_at_once_from_nothing_agree(seed, tmp_path, expected, rounds):
    """The first run makes key, folder, catalogue and index; here eight first runs come at once."""
    for number in range(rounds):
        environment = homeless(HOME=str(tmp_path / f"home-{number}"))
        with ThreadPoolExecutor(8) as pool:
            runs = list(
                pool.map(lambda command: (tuple(command), run([*command, str(seed)], environment)), COMMANDS * 2)
            )
        for command, done in runs:
            assert done.returncode == 0, (command, done.stderr)
            assert done.stdout == expected[command], (command, done.stderr)
            assert "rebuilt the index" not in done.stderr
            assert "damaged" not in done.stderr
        left = [
            path.name
            for path in (tmp_path / f"home-{number}").rglob("*")
            if ".part" in path.name or "aside" in path.name
        ]
        assert left == []
    print(f"\n  {rounds} times 8 programs at once")


def test_one_dossier_written_by_two_programs_is_found_by_both(seed, tmp_path):
    """A reader in one program sees what another has indexed, and neither loses a passage."""
    from dossier.desk.desk import Desk

    root = Path(shutil.copytree(seed, tmp_path / "london"))
    one, other = Desk.open(root), Desk.open(root)
    try:
        assert one.search("zanzibar").total == other.search("zanzibar").total == 0
        (root / "more.yaml").write_text("quotes:\n  new: {text: zanzibar tariff, attribution: inferred}\n")
        one.refresh()
        assert one.search("zanzibar").total == 1
        other.refresh()
        assert other.search("zanzibar").total == 1
        (root / "more.yaml").unlink()
        other.refresh()
        assert other.search("zanzibar").total == 0
        assert one.search("zanzibar").total == 0
    finally:
        one.close()
        other.close()
