"""Random keys, mouse reports, pastes and resizes for as long as one likes: the browser stays whole, quick and small.

A run that fails is cut down to a short list of events, which is printed and can be played again with `Run.play`.

The long forms take half an hour for each of four sizes and an hour for the memory, three hours in all, and less than
two in two processes, on a machine of two processors with nothing else to do:

    python -m pytest tests/terminal/test_soak.py --thorough -k hour -n 2 -rP

One size alone: `-k "half_an_hour and 80x24"`; the hour alone: `-k whole_hour`. `-rP` prints the figures of each run.
"""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from terminal import soak
from terminal.soak import ROOT, Generator, Outcome, Run, files_of, last_events, shortened, told

sys.path.insert(0, str(ROOT))
from benchmarks.generate import ARCHIVE, generate
from dossier.cli import main

SECONDS = 30.0
"""Of each run in the short form: a minute of each dossier, half of it as a flood."""
LONG = 900.0
"""Of each run in the long form: half an hour for a size, one half with each dossier."""
HOUR = 3600.0
"""Of the run after which the memory is that of an hour of use."""
PASTE = 200_000
"""Characters of a large paste."""
MOST_MORE = 30
"""Megabytes by which memory at rest may grow after the first minute."""
SOON = 100.0
"""Milliseconds within which 99 of a hundred keys are answered, where the terminal is not flooded."""
MOST = 110
"""Megabytes that the browser may take at rest after a short run."""


@pytest.fixture(scope="module")
def dossiers(tmp_path_factory) -> dict[str, Path]:
    """London, and, where there is material for them, 300 articles made for the purpose."""
    found = {"london": ROOT / "seeds/london-trade-talks"}
    if ARCHIVE.is_file():
        found["300"] = tmp_path_factory.mktemp("dossiers") / "300"
        generate(found["300"], 300)
    return found


def dossier_named(dossiers: dict[str, Path], name: str) -> Path:
    """The dossier of a name; skips the test, saying so, where there is none."""
    if name not in dossiers:
        pytest.skip("the real material whitehouse-2021 is not on this machine")
    return dossiers[name]


def play_run(
    folder: Path, dossier: Path, seed: int, size: tuple[int, int], seconds: float, events=None, until=10**9, **options
):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copytree(dossier, folder / "dossier")
    run = Run(folder, folder / "dossier", seed, size, paste=PASTE, **options)
    return run.play(seconds, until, events=events)


def errors_in(dossier: Path) -> set[tuple[str, str]]:
    """The errors of a dossier, without the lines they are in, which an annotation may move."""
    told = json.loads(CliRunner().invoke(main, ["check", str(dossier), "--format", "json"]).stdout)["problems"]
    return {(one["code"], one["message"]) for one in told if one["severity"] == "error"}


def assert_endures(tmp_path, dossier, seed, size, seconds, *, stays=False, flood=False, floods=False):
    """Play a run and check it; with `floods`, every fifth minute is a flood, whose keys are not timed."""
    folder, long = tmp_path / "run", seconds >= LONG
    options = {"stays": stays, "flood": flood}
    outcome = play_run(folder, dossier, seed, size, seconds, rest=300, floods=floods, **options)
    if outcome.failure:
        events = last_events(Generator(seed, size, paste=PASTE), outcome.events)
        fails = lambda fewer: bool(play_run(folder, dossier, seed, size, 60, fewer, **options).failure)  # noqa: E731
        short = shortened(events, fails, seconds=90 if fails(events) else 0)
        pytest.fail(f"{outcome.failure}; {told(outcome)} at {size}; {outcome.said[-3000:]!r}; these do it: {short}")
    if long:
        assert outcome.longest <= 2
        assert_holds_little(outcome)
        assert flood or outcome.answered()[0] <= SOON, f"{told(outcome)}; {outcome.slowest}"
    else:
        assert outcome.own <= 2
        assert flood or outcome.longest <= 2
        assert outcome.rests
        assert max(browser for browser, _ in outcome.rests) <= MOST
    before = files_of(dossier)
    after = files_of(folder / "dossier")
    texts = {name for name in before if not name.endswith((".yaml", ".lock"))}  # keys may annotate, and undo
    assert {name: after[name] for name in texts} == {name: before[name] for name in texts}
    assert errors_in(folder / "dossier") <= errors_in(dossier)  # what keys write brings no error with it
    assert {one.name for one in folder.iterdir()} <= {
        "dossier",
        "work",
        "beats",
        "rest",
        "config",
        "cache",
        "state",
        "data",
    }
    print(f"\n  {size[0]}x{size[1]}{' flood' if flood else ''} {told(outcome)}")


def assert_holds_little(outcome: Outcome) -> None:
    """The memory of the browser and of the process behind, each at rest, beside that after the first minute."""
    for first, *later in zip(*outcome.rests, strict=True):
        assert later
        assert max(later) <= first + MOST_MORE, told(outcome)


def test_a_browser_that_ends_with_the_last_keys_of_a_flood_is_measured_anew(dossiers, tmp_path, monkeypatch):
    """What was typed last may be read after the last event: a key that ends the browser is no fault and hides none."""
    monkeypatch.setattr(soak, "REST", 0.5)
    measure, measured = Run._rest, []

    def measure_once_ended(run, terminal):
        while not measured and os.waitid(os.P_PID, terminal.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
            run._wait(terminal, 0.01)
        measured.append(terminal.pid)
        return measure(run, terminal)

    monkeypatch.setattr(Run, "_rest", measure_once_ended)
    outcome = play_run(
        tmp_path / "run", dossiers["london"], 1, (80, 24), SECONDS, [("keys", b"q")], rest=300, flood=True, until=1
    )
    assert len(set(measured)) == 2
    assert not outcome.failure
    assert (outcome.starts, len(outcome.rests)) == (2, 1)


def test_what_a_flood_left_is_carried_out_before_the_next_key_is_timed(dossiers, tmp_path, monkeypatch):
    """A key typed behind a flood would else be timed with all keys of the flood that wait before it."""
    monkeypatch.setattr(soak, "REST", 0.5)
    turned = []
    turn = Run._turn_flood

    def turn_flood(run, terminal, flood):
        turned.append((run.flood, flood))
        turn(run, terminal, len(turned) <= 40)
        if len(turned) == 41:
            assert not terminal.untaken()
            assert run.outcome.answers == []

    monkeypatch.setattr(Run, "_turn_flood", turn_flood)
    outcome = play_run(
        tmp_path / "run", dossiers["london"], 1, (80, 24), SECONDS, [("keys", b"3"), *[("keys", b"j")] * 79],
        rest=300, floods=True,
    )  # fmt: skip
    assert not outcome.failure
    assert len(outcome.answers) > 20


@pytest.mark.parametrize("flood", [False, True], ids=["paced", "flood"])
@pytest.mark.parametrize(("name", "size", "seed"), [("london", (120, 40), 7), ("300", (80, 24), 8)])
def test_random_input_leaves_the_browser_whole_quick_and_small(dossiers, tmp_path, name, size, seed, flood):
    assert_endures(tmp_path, dossier_named(dossiers, name), seed, size, SECONDS, flood=flood)


@pytest.mark.thorough
def test_after_a_whole_hour_memory_is_that_after_the_first_minute(dossiers, tmp_path):
    assert_endures(tmp_path, dossier_named(dossiers, "300"), 1200, (80, 24), HOUR, stays=True)


@pytest.mark.thorough
@pytest.mark.parametrize("size", [(120, 40), (80, 24), (200, 60), (45, 12)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_half_an_hour_of_random_input(dossiers, tmp_path, size):
    for name in ("london", "300"):
        dossier = dossier_named(dossiers, name)
        assert_endures(tmp_path, dossier, 1000 + size[0], size, LONG, stays=True, floods=True)


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
    "a long paste that is not marked, into the line of a quote": [
        ("keys", b"3"), ("keys", b"e"), ("pause", 0.5), ("keys", b"words " * 66), ("keys", b"abc, " * 80),
    ],
    "a place in the matrix of a narrower terminal": [
        ("resize", (60, 20)), ("keys", b"6"), ("keys", b"$"), ("keys", b"G"), ("keys", b"4"), ("resize", (120, 40)),
        ("keys", b"6"), ("keys", b"0"), ("keys", b"4"), *[("keys", b"[")] * 9, ("keys", b"6"), *[("keys", b"]")] * 9,
    ],
    "help, notes and palette closed by the keys that open others": [
        ("keys", b"?\x1b?\x1bx\x1bm\x1b:\x1bm?:x\x1b\x1b" * 9), ("resize", (45, 12)), ("keys", b"m\x1b?\x1b" * 20),
    ],
    "odd names for a file": [
        one for name in (b"a\tb.md", b"/dev/null", b"~nobody/x.md", b"x" * 300, b"..", b"/proc/x/y.md")
        for one in (("keys", b"x"), ("pause", 0.3), ("keys", b"\t\t\x15" + name + b"\r"), ("keys", b"\x1b\x1b"))
    ],
}  # fmt: skip


@pytest.mark.parametrize("what", RECORDED)
def test_what_once_ended_the_browser_does_not(dossiers, tmp_path, what):
    outcome = play_run(tmp_path / "run", dossiers["london"], 1, (120, 40), 60, RECORDED[what])
    assert outcome.failure == ""
    assert outcome.starts == 1
    assert outcome.deep == ""


def test_a_failing_list_of_events_is_cut_down_to_what_it_takes():
    events = [("keys", bytes([n])) for n in range(100)]
    needed = {events[13], events[77]}
    assert shortened(events, lambda fewer: needed <= set(fewer)) == [events[13], events[77]]
