"""Files of strangers are read in a process of their own, which cannot take more than a little time and memory."""

import signal
import subprocess
import sys
import threading
from types import TracebackType
from typing import Self

import msgspec

from dossier.intake.document import Document, IntakeOptions, Unfit
from dossier.intake.worker import LARGE_MEMORY, LARGE_SECONDS, MEMORY, SECONDS, Request, WorkerResult

_PATIENCE = 20.0
"""Seconds on the clock beyond the processor time, for a busy machine; the only limit where there is no other."""
_PIECE = 1 << 16


class DocumentReader:
    """Reads documents in a worker process, which is started when needed and serves many files."""

    def __init__(self, *, large: bool = False) -> None:
        """Begin without a process; `large` allows a file a minute and much memory."""
        self._large = large
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def read(self, name: str, data: bytes, options: IntakeOptions, form: str = "") -> tuple[Document, str]:
        """The article in a file, and the name of the format it was read as.

        Raises:
            Unfit: there is none, or the file is broken, encrypted, a trap, or takes too much to read.

        """
        process = self._start()
        seconds = LARGE_SECONDS if self._large else SECONDS
        timer = threading.Timer(seconds + _PATIENCE, process.kill)
        timer.start()
        try:
            answer = self._ask(process, Request(name, len(data), options, form, self._large), data)
        except BaseException:
            process.kill()
            self.close()
            raise
        finally:
            timer.cancel()
        if answer is None:
            code = process.wait()
            self.close()
            raise Unfit(self._reason(code))
        if answer.exhausted:
            self.close()
            raise Unfit(self._too_much())
        if answer.document is None:
            raise Unfit(answer.unfit)
        return answer.document, answer.form

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.close()
        except OSError:
            process.kill()
        process.stdout.close()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            command = [sys.executable, "-P", "-m", "dossier.intake.worker"]
            self._process = subprocess.Popen(  # noqa: S603 - a module of our own
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], request: Request, data: bytes) -> WorkerResult | None:
        """The answer of the process; None when it has ended without one."""
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(msgspec.json.encode(request) + b"\n")
            view = memoryview(data)
            for at in range(0, len(data), _PIECE):
                process.stdin.write(view[at : at + _PIECE])
            process.stdin.flush()
        except OSError:
            return None
        line = process.stdout.readline()
        return msgspec.json.decode(line, type=WorkerResult) if line.endswith(b"\n") else None

    def _reason(self, code: int) -> str:
        """The reason why the process ended: time ends it by SIGPROF or SIGKILL, memory by SIGABRT or an exception."""
        timed = sys.platform != "win32" and -code == signal.SIGPROF
        return self._too_much() if timed or code in (-9, -6, 1) else f"reading it failed (code {code}): it is broken"

    def _too_much(self) -> str:
        if self._large:
            return f"reading it takes more than {LARGE_SECONDS:.0f} s or {LARGE_MEMORY / 1e9:.0f} GB; split it"
        return (
            f"reading it takes more than {SECONDS} s or {MEMORY / 1e6:.0f} MB, as files do that are made to do harm; "
            "if you trust it, say --large"
        )
