"""Random keys, mouse reports, pastes and resizes on a pseudo-terminal, seeded and replayable.

`python -m tests.terminal.soak SEED [--seconds N] [--size 120x40] [--dossier PATH]` plays one run by hand and prints its
figures; `--until N` stops after that many events, which is how a failing run is cut down to its last events. There are
two modes: at the pace of the program, where each key is typed once the one before is answered and its own answer is
measured from outside, and a flood (`--flood`), where the terminal is kept as full as it can be. With `--floods` every
fifth minute of a paced run is a flood.
"""

import argparse
import json
import mmap
import os
import random
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.terminal.pseudo import Terminal, children_of

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(__file__).with_name("soak_program.py")
SIZES = ((120, 40), (80, 24), (200, 60), (45, 12), (60, 20), (20, 5))
LETTERS = "abcdefghijklmnoprstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789/:;,.-_+*?!|[]{}()<>'\" é漢🙂"
NAMED = (
    "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~", "\x1b[3~", "\x1b[Z", "\r", "\t",
    "\x7f", "\x1b", "\x1bOP", "\x1b[1;3C", "\x1b[1;3D", "\x0f", "\x04", "\x15", "\x10", "\x13", "\x14", "\x19",
)  # fmt: skip
KITTY = (
    "\x1b[97;1;97u", "\x1b[58;2;58u", "\x1b[::;u", "\x1b[1114112u", "\x1b[97:65;2u", "\x1b[57441;2u", "\x1b[106;5:1u",
    "\x1b[27u", "\x1b[97;1;1114112u", "\x1b[97;;97:98:99u", "\x1b[13;2~", "\x1b[1;2:3A", "\x1b[99999999999u",
)  # fmt: skip
ODD_NAMES = ("a\tb.md", "x" * 300 + ".md", "/", "/dev/null", "..", "/proc/x/y.md", "~nobody/x.md", "nul\x01.md", "")
Event = tuple[str, object]
"""`keys` with bytes, `resize` with a size, or `pause` with seconds."""

SILENT = 150
"""So many looks, two milliseconds apart, at a program at rest that has not taken up a key: it will not."""

WAITING = 64
"""Bytes that may wait in the terminal before the next event."""

EVERY = 5
"""Every so many minutes one is a flood, where a run has floods in between."""

DIGEST = 60.0
"""Seconds that a browser may take, after a flood, until it has carried out all that the terminal still held."""

REST = 25.0
"""Seconds without input after which memory was collected, and given back twice."""

MEANT = {0, 130, 131}
"""Exit statuses of a browser that was told to end (by `q`, by a click on it, by Ctrl+C, by Ctrl+\\ while an editor has the terminal)."""


@dataclass
class Outcome:
    """The result of a run."""

    seed: int
    events: int = 0
    starts: int = 1
    longest: float = 0.0
    """Longest time in seconds the event loop did not turn."""
    own: float = 0.0
    """The same without the time for which the machine ran other programs."""
    slow: list[str] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    """Resident megabytes of the browser, about every second."""
    rests: list[tuple[int, int]] = field(default_factory=list)
    """Megabytes of the browser and of the process behind at rest: after the first minute, and then now and then."""
    answers: list[tuple[float, float]] = field(default_factory=list)
    """For each key that was typed at rest, milliseconds until it was carried out and drawn: by the clock, and without
    those for which the machine ran other programs.
    """
    slowest: list[tuple[float, str]] = field(default_factory=list)
    """The slowest keys: milliseconds of the clock, and the last events up to the key."""
    deep: str = ""
    state: str = ""
    """What the program said of itself last."""
    failure: str = ""
    said: str = ""
    """The last that the terminal got."""
    trace: list[str] = field(default_factory=list)
    """The last events before the failure."""

    def answered(self, share: float = 0.99) -> tuple[float, float]:
        """Milliseconds, by the clock and of its own, within which a share of the keys was carried out."""
        found = [sorted(each) for each in zip(*self.answers, strict=True)] or [[0.0], [0.0]]
        clock, own = (each[min(int(len(each) * share), len(each) - 1)] for each in found)
        return clock, own


class Rest:
    """The state of its event loop that the program shares, see `soak_program._share_rest`."""

    def __init__(self, path: Path) -> None:
        path.write_bytes(bytes(48))
        with path.open("r+b") as file:
            self._cells = memoryview(mmap.mmap(file.fileno(), 48)).cast("d")

    @property
    def keys(self) -> float:
        """The number of keys that are answered."""
        return self._cells[0]

    @property
    def taken(self) -> float:
        """The number of keys that the app has taken up."""
        return self._cells[5]

    @property
    def at(self) -> tuple[float, float, float]:
        """Seconds until the last of them was answered: by the clock, of the processor, and waiting for a processor."""
        return self._cells[1], self._cells[2], self._cells[4]

    @property
    def now(self) -> bool:
        """Return whether the loop is at rest."""
        return bool(self._cells[3])


class Generator:
    """Makes events; the same seed makes the same ones."""

    def __init__(self, seed: int, size: tuple[int, int], *, paste: int = 1_000_000) -> None:
        self.random = random.Random(seed)
        self.size = size
        self.paste = paste

    def event(self) -> Event:
        """Return one event: `keys` with bytes, or `resize` with a size."""
        pick = self.random.random
        kind = pick()
        if kind < 0.62:
            return "keys", self.random.choice(LETTERS).encode()
        if kind < 0.80:
            return "keys", self.random.choice(NAMED).encode()
        if kind < 0.84:
            return "keys", self.random.choice(KITTY).encode()
        if kind < 0.93:
            return "keys", self._mouse()
        if kind < 0.95:
            return "keys", self._paste()
        if kind < 0.96:
            return "keys", bytes(self.random.randrange(256) for _ in range(self.random.randrange(1, 30)))
        if kind < 0.975:
            self.size = self.random.choice(SIZES)
            return "resize", self.size
        if kind < 0.985:
            name = self.random.choice(ODD_NAMES).replace("\x01", "")
            return "keys", b"x" + b"\t" * self.random.randrange(3) + name.encode() + b"\r"
        return "pause", self.random.random() * 0.3

    def _mouse(self) -> bytes:
        width, height = self.size
        x, y = self.random.randrange(1, width + 3), self.random.randrange(1, height + 3)
        button = self.random.choice((0, 0, 0, 2, 32, 35, 64, 65))
        end = self.random.choice("Mm")
        down = f"\x1b[<{button};{x};{y}M"
        return (down + (f"\x1b[<{button};{x};{y}{end}" if button < 3 else "")).encode()

    def _paste(self) -> bytes:
        inside = self.random.choice(("words ", "q\r", "\x1b[A\x1b[<0;3;4M", "\x1b", "é漢\n", ":quit\r", "\x00"))
        large = self.random.random() < 0.05
        size = self.paste if large else self.random.randrange(2000)
        body = inside * (size // len(inside) + 1)
        if self.random.random() < 0.2 and not large:
            return body[:400].replace("q", "w").encode()  # a terminal that does not mark pastes
        end = "\x1b[201~" if self.random.random() < 0.95 else ""
        return f"\x1b[200~{body}{end}".encode()


class Run:
    """A browser on a pseudo-terminal, started again when it was told to end."""

    def __init__(
        self,
        folder: Path,
        dossier: Path,
        seed: int,
        size: tuple[int, int],
        *,
        paste: int = 1_000_000,
        stays: bool = False,
        flood: bool = False,
        floods: bool = False,
        rest: float = 0.0,
    ) -> None:
        """`flood` makes all of it a flood, `floods` every fifth minute; with `stays` the browser never quits.

        `rest` are seconds between two looks at the memory at rest, the first after a minute; none when it is 0.
        """
        self.flood, self.floods, self.rest, self.stays = flood, floods, rest, stays
        self.folder = folder
        self.dossier = dossier
        self.size = size
        self.generator = Generator(seed, size, paste=paste)
        self.outcome = Outcome(seed)
        self.beats = folder / "beats"
        self.work = folder / "work"
        self.work.mkdir(exist_ok=True)
        self._started = 0.0
        self._read_to = 0

    def environment(self) -> dict[str, str]:
        """A home of its own, and harmless programs for what the browser hands out."""
        homes = {f"XDG_{name}_HOME": str(self.folder / name.lower()) for name in ("CONFIG", "CACHE", "STATE", "DATA")}
        return {
            **homes, "HOME": str(self.folder), "EDITOR": "true", "VISUAL": "true", "BROWSER": "true",
            "SOAK_BEATS": str(self.beats), "SOAK_REST": str(self.folder / "rest"), "SOAK_STAYS": "1" if self.stays else "",
            "PYTHONPATH": str(ROOT),
        }  # fmt: skip

    def start(self) -> Terminal:
        """A new browser, its first screen drawn."""
        self.beats.write_text("")
        self._loop = Rest(self.folder / "rest")
        self._read_to = 0
        terminal = Terminal(
            sys.executable, str(PROGRAM), "browse", str(self.dossier),
            cwd=self.work, size=self.generator.size, environment=self.environment(),
        )  # fmt: skip
        terminal.until(lambda: self._beat() is not None, limit=60)
        self._started = time.monotonic()
        return terminal

    def _beat(self) -> dict[str, object] | None:
        """The last line that the program wrote about itself."""
        lines = self.beats.read_text().splitlines()
        for line in lines[self._read_to :]:
            try:
                beat = json.loads(line)
            except ValueError:
                continue
            if beat.get("depth", 0) > 5 and not self.outcome.deep:
                self.outcome.deep = f"{beat} after {self.outcome.trace[-12:]}"
            if beat["late"] > 1 and self._read_to > 0:
                self.outcome.slow = [*self.outcome.slow[-3:], str(beat)]
            if self._read_to > 0:
                self.outcome.longest = max(self.outcome.longest, beat["late"])
                self.outcome.own = max(self.outcome.own, beat["own"])
        if lines:
            self.outcome.state = lines[-1]
        self._read_to = max(len(lines) - 1, 0)
        return json.loads(lines[-1]) if lines else None

    def play(self, seconds: float, until: int = 10**9, events: Sequence[Event] | None = None) -> Outcome:
        """Play events for a time, or up to a number of them, or those given; stops at the first failure."""
        out = self.outcome
        terminal = self.start()
        begun = time.monotonic()
        end = begun + seconds
        measured, rested = 0.0, time.monotonic() + 60 - self.rest
        source = iter(events) if events is not None else iter(self.generator.event, None)
        while time.monotonic() < end and out.events < until and not out.failure:
            if self.floods:
                self._turn_flood(terminal, int(time.monotonic() - begun) // 60 % EVERY == EVERY - 1)
            event = next(source, None)
            if event is None:
                self._wait(terminal, 1.5)  # the last event may take its time to do harm
                self._beat()
                source = iter(())
                self._judge()
                end = 0.0
                event = ("pause", 0.0)
            what, value = event
            out.events += 1
            out.trace = [*out.trace[-30:], f"{what} {value if not isinstance(value, bytes) else value[:24]!r}"]
            if what == "resize":
                terminal.resize(*value)
            elif what == "pause":
                self._wait(terminal, value)
            elif self.flood or not is_key(value):
                self._send(terminal, value)
            else:
                self._type(terminal, value)
            self._wait(terminal, 0.004)
            if not self.flood:
                self._keep_pace(terminal)
            if self.rest and time.monotonic() - rested > self.rest:
                self._rest(terminal)
                rested = time.monotonic()
            if time.monotonic() - measured > 1:
                measured = time.monotonic()
                self._beat()
                self._remember(terminal)
                self._judge()
            if self._has_ended(terminal):
                if out.failure:
                    return out
                terminal = self._start_again()
        if self.floods:
            self._turn_flood(terminal, False)
        while self.rest and not out.failure and not self._rest(terminal):
            while not self._has_ended(terminal):
                time.sleep(0.01)
            if out.failure:  # what it took in last broke it
                return out
            terminal = self._start_again()  # a flood is read for a while yet, and a key that ends the browser is in it
        self._finish(terminal)
        return out

    def _turn_flood(self, terminal: Terminal, flood: bool) -> None:
        """Begin a flood, or end one: what it has left is carried out before a key is typed and measured again."""
        if self.flood and not flood:
            end = time.monotonic() + DIGEST
            while (terminal.untaken() or not self._loop.now) and time.monotonic() < end:
                self._wait(terminal, 0.01)
            self._beat()
            self._judge()
        self.flood = flood

    def _has_ended(self, terminal: Terminal) -> bool:
        """Return whether the browser has ended, which closes its terminal; a failure where it was not told to."""
        pid, status = os.waitpid(terminal.pid, os.WNOHANG)
        if not pid:
            return False
        code = os.waitstatus_to_exitcode(status)
        if code not in MEANT:
            self.outcome.failure = f"ended with {code}"
            while terminal.read(0.1) and select.select([terminal.fd], [], [], 0)[0]:
                pass
            logs = [log.read_text() for log in self.folder.glob("state/dossier/log/crash.log")]
            self.outcome.said = "".join(logs) or bytes(terminal.output[-1500:]).decode(errors="replace")
        os.close(terminal.fd)
        return True

    def _start_again(self) -> Terminal:
        """Start the browser anew after it was told to end; what was measured at rest was of the one before."""
        self.outcome.starts += 1
        self.outcome.rests.clear()
        return self.start()

    def _judge(self) -> None:
        """Fail where an answer took over two seconds; in a flood of its own, or over ten by the clock."""
        if (self.outcome.own if self.flood else self.outcome.longest) > 2 or self.outcome.longest > 10:
            where = self.outcome.slow[-1:]
            self.outcome.failure = (
                f"no answer for {self.outcome.longest:.1f} s ({self.outcome.own:.1f} s of its own) {where}"
            )

    def _rest(self, terminal: Terminal) -> bool:
        """Type nothing until memory was given back, and note how much there is; False where the browser is ending."""
        self._wait(terminal, REST)
        own, behind = _megabytes(terminal.pid), sum(map(_megabytes, children_of(terminal.pid)))
        if own:
            self.outcome.rests.append((own, behind))
        return own > 0

    def _remember(self, terminal: Terminal) -> None:
        try:
            status = Path(f"/proc/{terminal.pid}/status").read_text()
        except OSError:
            return
        for line in status.splitlines():
            if line.startswith("VmRSS"):
                self.outcome.memory.append(int(line.split()[1]) // 1024)

    def _keep_pace(self, terminal: Terminal) -> None:
        """Wait until the program has taken nearly all that was typed; a failure when it takes none of it for 10 s.

        A terminal holds four kilobytes, thousands of keys, and takes no more until nearly all of them are read.
        """
        before, changed = terminal.untaken(), time.monotonic()
        while before > WAITING:
            self._wait(terminal, 0.005)
            now = terminal.untaken()
            if now != before:
                before, changed = now, time.monotonic()
            elif time.monotonic() - changed > 10:
                self.outcome.failure = "input was not taken for 10 s"
                return

    def _type(self, terminal: Terminal, key: bytes) -> None:
        """Type a key once the program is at rest, and note how long it took until that was carried out and drawn.

        What the terminal keeps for itself, or the program cannot use, gets no answer and is not noted.
        """
        rest, end = self._loop, time.monotonic() + 10
        while (terminal.untaken() or not rest.now) and time.monotonic() < end:
            self._wait(terminal, 0.001)
        keys, before, typed = rest.keys, rest.at, time.monotonic()
        self._send(terminal, key)
        silent = 0
        while rest.keys == keys and time.monotonic() < end and silent < SILENT:
            self._wait(terminal, 0.002)
            silent = silent + 1 if rest.now and not terminal.untaken() else 0
        if rest.keys != keys:
            after = rest.at
            took, spent, waited = (
                1000 * (after[0] - typed),
                1000 * (after[1] - before[1]),
                1000 * (after[2] - before[2]),
            )
            self.outcome.answers.append((took, max(took - waited, min(spent, took))))
            self.outcome.slowest = sorted(
                [
                    *self.outcome.slowest,
                    (
                        round(took),
                        f"{took - waited:.0f} ms of its own, {spent:.0f} of the processor: "
                        + " ".join(self.outcome.trace[-4:]),
                    ),
                ]
            )[-12:]

    def _send(self, terminal: Terminal, data: bytes) -> None:
        """Write all of it while the program reads, however large; a failure when it takes none of it for 10 s.

        A full terminal takes no more until nearly all of it is read, and holds 64 kilobytes that it does not count: how
        many keys were taken up tells, too, that the program reads.
        """
        before, taken = (terminal.untaken(), self._loop.taken), time.monotonic()
        view = memoryview(data)
        os.set_blocking(terminal.fd, False)
        while view:
            readable, writable, _ = select.select([terminal.fd], [terminal.fd], [], 0.5)
            if readable and not terminal.read(0):
                return
            del terminal.output[:-4000]
            count = 0
            if writable:
                try:
                    count = os.write(terminal.fd, view[:4096])
                except BlockingIOError:
                    pass
                except OSError:
                    return
                view = view[count:]
            now = terminal.untaken(), self._loop.taken
            if count or now != before:
                before, taken = now, time.monotonic()
            if time.monotonic() - taken > 10:
                self.outcome.failure = "input was not taken for 10 s"
                return

    def _wait(self, terminal: Terminal, seconds: float) -> None:
        end = time.monotonic() + seconds
        while True:
            if not terminal.read(max(end - time.monotonic(), 0)):
                break
            if time.monotonic() >= end:
                break
        del terminal.output[:-4000]

    def _finish(self, terminal: Terminal) -> None:
        """Close the terminal: the browser must have ended within two seconds."""
        os.close(terminal.fd)
        end = time.monotonic() + 2
        while time.monotonic() < end:
            pid, _status = os.waitpid(terminal.pid, os.WNOHANG)
            if pid:
                break
            time.sleep(0.01)
        else:
            self.outcome.failure = self.outcome.failure or "still running 2 s after its terminal was closed"
            os.kill(terminal.pid, 9)
            os.waitpid(terminal.pid, 0)


def is_key(data: bytes) -> bool:
    """Return whether an event is one press of a key."""
    return data in _KEYS


_KEYS = {one.encode() for one in (*LETTERS, *NAMED)}


def _megabytes(process: int | str) -> int:
    """Return the memory of a process, with its share of what it has in common with others; 0 once it has ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0) // 1024


def shortened(events: list[Event], fails: Callable[[list[Event]], bool], *, seconds: float = 60.0) -> list[Event]:
    """A shorter list of events that fails as well: pieces are left out as long as it does (delta debugging).

    Stops after about `seconds`; what it has then fails, but may have more in it than it takes.
    """
    end = time.monotonic() + seconds
    size = max(len(events) // 2, 1)
    while time.monotonic() < end:
        at, before = 0, len(events)
        while at < len(events) and time.monotonic() < end:
            fewer = events[:at] + events[at + size :]
            if fewer and fails(fewer):
                events = fewer
            else:
                at += size
        if size == 1 and len(events) == before:
            break
        size = max(size // 2, 1)
    return events


def last_events(generator: Generator, count: int, most: int = 400) -> list[Event]:
    """The last of the first `count` events of a generator."""
    return [generator.event() for _ in range(count)][-most:]


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def told(outcome: Outcome) -> str:
    """The figures of a run in a line."""
    (clock, own), (half, _) = outcome.answered(), outcome.answered(0.5)
    return (
        f"seed {outcome.seed}: {outcome.events:,} events, {outcome.starts} starts; longest without an answer"
        f" {outcome.longest:.2f} s ({outcome.own:.2f} s of its own); {len(outcome.answers):,} keys, p50 {half:.0f} ms, p99 {clock:.0f} ms"
        f" ({own:.0f} ms of the processor); memory {outcome.memory[:1]} to {outcome.memory[-1:]} MB, most"
        f" {max(outcome.memory, default=0)}; at rest {outcome.rests}"
    )


def main() -> None:
    """Play one run by hand."""
    parser = argparse.ArgumentParser()
    parser.add_argument("seed", type=int)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--size", default="120x40")
    parser.add_argument("--stays", action="store_true", help="let no key end the browser")
    parser.add_argument("--flood", action="store_true", help="do not wait until the program has taken what was typed")
    parser.add_argument("--floods", action="store_true", help="make every fifth minute a flood")
    parser.add_argument("--rest", type=float, default=0, help="seconds between two looks at the memory at rest")
    parser.add_argument("--until", type=int, default=10**9)
    parser.add_argument("--dossier", type=Path, default=ROOT / "seeds/london-trade-talks")
    arguments = parser.parse_args()
    width, height = map(int, arguments.size.split("x"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        dossier = folder / "dossier"
        shutil.copytree(arguments.dossier, dossier)
        run = Run(folder, dossier, arguments.seed, (width, height), stays=arguments.stays,
                  flood=arguments.flood, floods=arguments.floods, rest=arguments.rest)  # fmt: skip
        outcome = run.play(arguments.seconds, arguments.until)
        print(f"{arguments.size} {told(outcome)}")
        print(" ", outcome.state, outcome.deep, *outcome.slowest, sep="\n")
        if outcome.failure:
            print(*outcome.slow[-1:], sep="\n")
            print(repr(outcome.said))
            print("FAILED:", outcome.failure, *outcome.trace, sep=" ")
            logs = subprocess.run(
                ["find", name, "-name", "*crash*"], capture_output=True, text=True, check=False
            ).stdout.split()
            for log in logs:
                print(log, Path(log).read_text()[-900:] if Path(log).is_file() else "")
            sys.exit(1)


if __name__ == "__main__":
    main()
