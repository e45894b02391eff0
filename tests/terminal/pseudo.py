"""A pseudo-terminal with a program in it: what it writes, byte by byte, and how it leaves the terminal."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path

_MODE = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")
_KEYPAD = re.compile(rb"\x1b\[([<>=])([0-9;]*)u")
_SEQUENCE = re.compile(
    rb"\x1b(?:\[(?P<parameters>[0-?]*)(?P<middle>[ -/]*)(?P<final>[@-~])"
    rb"|\](?P<osc>[^\x07\x1b\x9c]*)(?:\x07|\x1b\\)|(?P<other>.?))",
    re.DOTALL,
)
_SHAPES = {b"22;default", b"22;pointer", b"22;text", b"11;?"}
"""Shapes of the pointer, and the question for the colour of the background."""
_COLOUR = re.compile(rb"[34]8;(?:2;\d+;\d+;\d+|5;\d+)")
"""Colours, whose numbers may be any; the weapons of the tests set style 77, which there is not."""
_STYLE = re.compile(rb"(?:\d{1,3}(?:;\d{1,3})*)?")
_OUT_OF_PLACE = re.compile("[\x00-\x06\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

_ELSEWHERE = {"COLUMNS", "LINES", "TMUX", "STY"}
"""Variables that speak of another terminal."""

SHOWN_FROM_THE_START = {25, 7}
"""The modes that a terminal has on before any program: the cursor is shown, lines wrap."""

PATIENCE = 120.0
"""Seconds within which a program does what is waited for, on a machine that is busy with other things."""

_LOOK = 0.02
"""Seconds between two looks at whether a program is at rest."""


def strange(output: bytes, *, tells: bool = False) -> list[str]:
    """The sequences sent to a terminal that the program has no cause to send; with `tells`, any sequence at all.

    The program moves the cursor, sets styles, asks for and switches modes, and sets the shape of the pointer. Whatever
    else begins with ESC, any other control character, and any turning of the reading order is strange.
    """
    found = []

    def look(match: re.Match[bytes]) -> bytes:
        final, parameters = match["final"] or b"", match["parameters"] or b""
        fine = (
            (final == b"H" and re.fullmatch(rb"\d{1,3};\d{1,3}", parameters))
            or (
                final == b"m" and _STYLE.fullmatch(parameters) and b"77" not in _COLOUR.sub(b"", parameters).split(b";")
            )
            or (final in b"hl" and final and parameters != b"?7777")
            or (final == b"p" and parameters in (b"?2026", b"?2048"))
            or (final == b"u" and re.fullmatch(rb"[<>=]\d*", parameters))
            or match["osc"] in _SHAPES
        )
        if tells or not fine:
            found.append(repr(match[0]))
        return b""

    text = _SEQUENCE.sub(look, output)
    try:
        found += [f"U+{ord(c):04X}" for c in _OUT_OF_PLACE.findall(text.decode())]
    except UnicodeDecodeError as error:
        found.append(str(error))
    return [*found, *(["a bell"] if b"\x07" in text else ()), *(["a return"] if re.search(rb"\r(?!\n)", text) else ())]


def children_of(pid: int) -> list[int]:
    """Return the processes that a process has begun and that run; none once it has ended."""
    try:
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    except OSError:
        return []


def threads_of(pid: int) -> list[Path]:
    """Return the folders of `/proc` about the threads of a process; none once it has ended."""
    try:
        return list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return []


def seconds_in_line(*pids: int) -> float:
    """Return for how long the threads of some processes have stood in line for a processor that others had."""
    waited = 0
    for pid in pids:
        for thread in threads_of(pid):
            with suppress(OSError, ValueError, IndexError):  # a thread that has just ended
                waited += int((thread / "schedstat").read_text().split()[1])
    return waited / 1e9


class Terminal:
    """A program running in a pseudo-terminal of its own session."""

    def __init__(self, *argv: str, cwd=None, size=(120, 40), environment=None):
        self.output = bytearray()
        self.status = None
        self.in_line = 0.0
        """Seconds that the program, and who waits for it, stood in line for a processor while its end was waited for."""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:  # the child: a real program with a controlling terminal
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
                kept = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
                kept |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "ESCDELAY": "10", **(environment or {})}
                if cwd:
                    os.chdir(cwd)
                os.execve(argv[0], argv, kept)  # not what C libraries have put into the environment behind our back
            finally:
                os._exit(127)
        self.cooked = termios.tcgetattr(self.fd)

    @classmethod
    def dossier(cls, *arguments: str, **options):
        return cls(sys.executable, "-P", "-m", "dossier", *arguments, **options)

    def resize(self, width: int, height: int) -> None:
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def read(self, seconds: float = 0.05) -> bool:
        """Take what there is within `seconds`; False once the program has closed the terminal."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.output += data
        return bool(data)

    def until(self, condition, limit: float = PATIENCE) -> None:
        """Wait for bytes to appear, or for a condition on this terminal to hold."""
        holds = condition if callable(condition) else lambda: condition in self.output
        end = time.monotonic() + limit
        while not holds():
            assert time.monotonic() < end, f"{condition!r} did not come; the last was {bytes(self.output[-600:])!r}"
            if not self.read() and not holds():
                self.wait()
                raise AssertionError(f"ended with {self.status} before {condition!r}: {bytes(self.output[-900:])!r}")

    def untaken(self) -> int:
        """The number of bytes that were typed and that the program has not yet read; 0 once it has ended."""
        try:
            slave = os.open(f"/proc/{self.pid}/fd/0", os.O_RDWR | os.O_NOCTTY)
        except OSError:
            return 0
        try:
            return struct.unpack("i", fcntl.ioctl(slave, termios.FIONREAD, b"\0" * 4))[0]
        finally:
            os.close(slave)

    def settle(self, quiet: float = 0.3, limit: float = PATIENCE) -> None:
        """Wait until the program has been at rest for `quiet` seconds: all is read, no thread works, nothing is written.

        Moments for which this process itself was not let run count little of it.
        """
        end = looked = time.monotonic()
        end, before, calm = end + limit, len(self.output), 0.0
        while calm < quiet and looked < end:
            self.read(min(quiet - calm, _LOOK))
            now = time.monotonic()
            at_rest = len(self.output) == before and not self.untaken() and not self._works()
            calm = calm + min(now - looked, 2 * _LOOK) if at_rest else 0.0
            before, looked = len(self.output), now

    def _works(self) -> bool:
        """Return whether a thread of the program runs, stands in line for a processor or waits for the disk."""
        for thread in threads_of(self.pid):
            with suppress(OSError, IndexError):  # a thread that has just ended
                if (thread / "stat").read_text().rpartition(") ")[2][0] in "RD":
                    return True
        return False

    def type(self, keys: str | bytes) -> None:
        os.write(self.fd, keys.encode() if isinstance(keys, str) else keys)

    def kill(self, number: int) -> None:
        os.kill(self.pid, number)

    def stop(self) -> None:
        """Have it stopped as by Ctrl+Z, and wait until it is."""
        self.kill(signal.SIGTSTP)
        self.until(lambda: os.waitid(os.P_PID, self.pid, os.WSTOPPED | os.WNOHANG) is not None)

    def wait(self, limit: float = PATIENCE) -> int:
        """Read to the end; the exit status as a shell tells it."""
        end = time.monotonic() + limit
        family = (self.pid, os.getpid(), *children_of(self.pid))
        before = seconds_in_line(*family)
        while self.status is None and time.monotonic() < end:
            self.in_line = max(self.in_line, seconds_in_line(*family) - before)
            self.read(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                code = os.waitstatus_to_exitcode(status)
                self.status = code if code >= 0 else 128 - code
        assert self.status is not None, f"still running after {limit} s"
        while self.read(0.05) and select.select([self.fd], [], [], 0)[0]:
            pass
        return self.status

    def modes_left_on(self) -> set[str]:
        """The private modes that were switched and not switched back."""
        state: dict[int, bool] = {}
        for numbers, letter in _MODE.findall(bytes(self.output)):
            for number in numbers.split(b";"):
                state[int(number)] = letter == b"h"
        left = {f"?{mode}" for mode, on in state.items() if on != (mode in SHOWN_FROM_THE_START)}
        depth = 0
        for sign, _ in _KEYPAD.findall(bytes(self.output)):
            depth += {b">": 1, b"<": -1}.get(sign, 0)
        return left | ({"kitty keys"} if depth > 0 else set())

    def is_cooked(self) -> bool:
        """Return whether line discipline is as the program found it."""
        return termios.tcgetattr(self.fd)[:4] == self.cooked[:4]

    def close(self) -> None:
        for ending in (signal.SIGTERM, signal.SIGKILL):
            if self.status is None:
                try:
                    os.kill(self.pid, ending)
                    self.wait(3)
                except (ProcessLookupError, ChildProcessError, AssertionError):
                    continue
        os.close(self.fd)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
