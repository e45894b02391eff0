"""Random keys, mouse reports, pastes and resizes for as long as one likes: the browser stays whole, quick and small.

A run that fails is cut down to a short list of events, which is printed and can be played again with `Run.play`.
"""

import json
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from terminal.soak import ROOT, Generator, Run, files_of, last_events, shortened

sys.path.insert(0, str(ROOT))
from benchmarks.generate import generate
from dossier.cli import main

SECONDS = 7.0
"""Of each run in the short form."""
LONG = 1800.0
"""Of each run in the long form."""
PASTE = 200_000
"""Characters of a large paste."""
MOST_MORE = 30
"""Megabytes by which memory may grow after the first minute at rest."""
MOST = 110
"""Megabytes that a short run may take at any time."""


@pytest.fixture(scope="module")
def dossiers(tmp_path_factory) -> dict[str, Path]:
    """London, and 300 articles made for the purpose."""
    folder = tmp_path_factory.mktemp("dossiers")
    generate(folder / "300", 300)
    return {"london": ROOT / "seeds/london-trade-talks", "300": folder / "300"}


def played(folder: Path, dossier: Path, seed: int, size: tuple[int, int], seconds: float, events=None, *, stays=False):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copytree(dossier, folder / "dossier")
    run = Run(folder, folder / "dossier", seed, size, paste=PASTE, stays=stays)
    return run.play(seconds, events=events)


def errors_in(dossier: Path) -> set[tuple[str, str]]:
    """The errors of a dossier, without the lines they are in, which an annotation may move."""
    told = json.loads(CliRunner().invoke(main, ["check", str(dossier), "--format", "json"]).stdout)["problems"]
    return {(one["code"], one["message"]) for one in told if one["severity"] == "error"}


def assert_endures(tmp_path, dossier, seed, size, seconds, *, stays=False):
    folder = tmp_path / "run"
    outcome = played(folder, dossier, seed, size, seconds, stays=stays)
    if outcome.failure:
        events = last_events(Generator(seed, size, paste=PASTE, stays=stays), outcome.events)
        fails = lambda fewer: bool(played(folder, dossier, seed, size, 60, fewer).failure)  # noqa: E731
        short = shortened(events, fails, seconds=90 if fails(events) else 0)
        pytest.fail(f"{outcome.failure}; seed {seed} at {size}; {outcome.said[-300:]!r}; these events do it: {short}")
    assert outcome.longest <= 2
    settled = outcome.memory[:60][-1]  # about one a second
    assert max(outcome.memory[-5:]) <= max(settled + MOST_MORE, MOST if seconds < 120 else 0)
    before = files_of(dossier)
    after = files_of(folder / "dossier")
    texts = {name for name in before if not name.endswith((".yaml", ".lock"))}  # keys may annotate, and undo
    assert {name: after[name] for name in texts} == {name: before[name] for name in texts}
    assert errors_in(folder / "dossier") <= errors_in(dossier)  # what keys write brings no error with it
    assert {one.name for one in folder.iterdir()} <= {"dossier", "work", "beats", "config", "cache", "state", "data"}
    print(
        f"\n  seed {seed} at {size[0]}x{size[1]}: {outcome.events} events, {outcome.starts} starts, longest"
        f" {outcome.longest:.2f} s, memory {settled} to {outcome.memory[-1]} MB"
    )


@pytest.mark.parametrize(("name", "size", "seed"), [("london", (120, 40), 7), ("300", (80, 24), 8)])
def test_random_input_leaves_the_browser_whole_quick_and_small(dossiers, tmp_path, name, size, seed):
    assert_endures(tmp_path, dossiers[name], seed, size, SECONDS)


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(120, 40), (80, 24), (200, 60), (45, 12)])
@pytest.mark.parametrize("name", ["london", "300"])
def test_half_an_hour_of_random_input(dossiers, tmp_path, name, size):
    assert_endures(tmp_path, dossiers[name], 1000 + size[0], size, LONG, stays=True)


RECORDED = {
    "an extended key report with a colon": [("keys", b"\x1b[::;u"), ("keys", b"j")],
    "an at sign in a list": [("keys", b"3"), ("keys", b"@"), ("keys", b"5"), ("keys", b"@")],
    "Enter over and over on a file that is there": [
        ("keys", b"x"), ("pause", 1.0), ("keys", b"\r"), ("pause", 1.0), ("keys", b"x" + b"\r" * 60), ("resize", (45, 12)),
        ("keys", b"\r" * 60), ("resize", (200, 60)),
    ],
    "dialogs opened while dialogs open": [("keys", b"x?x?\x10x?" * 30), ("resize", (60, 20)), ("keys", b"\x1b" * 9)],
    "a paste with keys in it": [("keys", b"\x1b[200~" + b"\x1b[A\x1b[<0;3;4M q\r" * 9000 + b"\x1b[201~")],
    "a paste without its end, then keys": [("keys", b"\x1b[200~words"), ("pause", 2.5), ("keys", b"x?j")],
    "odd names for a file": [
        one for name in (b"a\tb.md", b"/dev/null", b"~nobody/x.md", b"x" * 300, b"..", b"/proc/x/y.md")
        for one in (("keys", b"x"), ("pause", 0.3), ("keys", b"\t\t\x15" + name + b"\r"), ("keys", b"\x1b\x1b"))
    ],
}  # fmt: skip


@pytest.mark.parametrize("what", RECORDED)
def test_what_once_ended_the_browser_does_not(dossiers, tmp_path, what):
    outcome = played(tmp_path / "run", dossiers["london"], 1, (120, 40), 60, RECORDED[what])
    assert outcome.failure == ""
    assert outcome.starts == 1
    assert outcome.deep == ""


def test_a_failing_list_of_events_is_cut_down_to_what_it_takes():
    events = [("keys", bytes([n])) for n in range(100)]
    needed = {events[13], events[77]}
    assert shortened(events, lambda fewer: needed <= set(fewer)) == [events[13], events[77]]
