"""A pseudo-terminal with the browser in it: what it writes, how it ends, and how it leaves the terminal."""

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

START = "import sys; from pathlib import Path; from dossier.ui.run import browse; sys.exit(browse(Path(sys.argv[1])))"
MODES = (b"1049", b"1000", b"1003", b"1006", b"2004", b"1004")


class Terminal:
    """One run of the browser on a dossier."""

    def __init__(self, folder, code=START, size=(120, 40), ready=b"Delegations"):
        self.written = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            os.execv(sys.executable, [sys.executable, "-c", code, str(folder)])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        if ready:
            self.wait_for(ready)

    def drain(self, seconds=0.05):
        """Reads what is there; whether there may be more."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            chunk = os.read(self.fd, 65536)
        except OSError:
            return False
        self.written += chunk
        return bool(chunk)

    def wait_for(self, what, seconds=20):
        """Waits until the program has written `what` since the last time."""
        end = time.monotonic() + seconds
        while what not in self.written:
            assert time.monotonic() < end, f"{what!r} never came; the end of it: {self.written[-800:]!r}"
            self.drain()

    def forget(self):
        """Lets go of what was written until now."""
        while select.select([self.fd], [], [], 0.2)[0] and self.drain():
            pass
        self.written = b""

    def type(self, keys: bytes):
        """Presses keys."""
        os.write(self.fd, keys)

    def end(self, seconds=10):
        """Waits for the end; `(exit status, seconds it took)`."""
        start = time.monotonic()
        while time.monotonic() - start < seconds:
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                took = time.monotonic() - start
                while self.fd >= 0 and select.select([self.fd], [], [], 0.1)[0] and self.drain():
                    pass
                return os.waitstatus_to_exitcode(status), took
            if self.fd >= 0:
                self.drain()
            else:
                time.sleep(0.05)
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        raise AssertionError("the browser did not end")

    def cooked(self):
        """Whether the terminal echoes and edits lines again."""
        flags = termios.tcgetattr(self.fd)[3]
        return bool(flags & termios.ICANON and flags & termios.ECHO and flags & termios.ISIG)

    def modes_left_on(self):
        """The modes whose last word was `on`."""
        return [
            mode for mode in MODES if self.written.rfind(b"\x1b[?%sh" % mode) > self.written.rfind(b"\x1b[?%sl" % mode)
        ]
