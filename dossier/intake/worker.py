"""The process that reads files of strangers: `python -m dossier.intake.worker`, one answer for each request.

A request is a line of JSON, which says how many bytes of a file follow it; an answer is a line of JSON. Before a file
is read, the process limits its own processor time and memory, so that a file made to do harm ends it and nothing else.
"""

import contextlib
import importlib
import os
import signal
import sys
from typing import BinaryIO

import msgspec
from msgspec import Struct

from dossier.intake.document import Document, IntakeOptions, Unfit
from dossier.intake.readers import READERS, read_document, reader_of

SECONDS = 1.2
"""Processor time for one file; starting the process takes about half a second more."""
MEMORY = 180_000_000
"""Bytes of address space of the process."""
LARGE_SECONDS = 60.0
LARGE_MEMORY = 1_000_000_000
_LIBRARIES = {
    "html": ("trafilatura", "resiliparse.parse.html", "resiliparse.extract.html2text"),
    "eml": ("resiliparse.parse.html", "resiliparse.extract.html2text"),
    "epub": ("resiliparse.parse.html", "resiliparse.extract.html2text"),
    "pdf": ("pypdfium2",),
}


class Request(Struct):
    """A file to read, whose bytes follow."""

    name: str
    size: int
    options: IntakeOptions
    form: str = ""
    large: bool = False


class WorkerResult(Struct, omit_defaults=True):
    """The article of a file, or the reason why there is none."""

    document: Document | None = None
    form: str = ""
    unfit: str = ""
    exhausted: bool = False
    """It needs more memory than is allowed; the process ends."""


def main() -> None:
    """Answer requests until there are none."""
    results = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints is no answer
    requests = sys.stdin.buffer
    while line := requests.readline():
        request = msgspec.json.decode(line, type=Request)
        answer = _answer(request, requests)
        results.write(msgspec.json.encode(answer) + b"\n")
        if answer.exhausted:
            return


def _answer(request: Request, requests: BinaryIO) -> WorkerResult:
    data = requests.read(request.size)
    form = request.form or reader_of(request.name, data).name
    for library in _LIBRARIES.get(form, ()):
        with contextlib.suppress(ImportError):  # the reader says what to install
            importlib.import_module(library)
    _limit(request.large)
    try:
        document = read_document(request.name, data, request.options, READERS[form])
    except Unfit as unfit:
        return WorkerResult(unfit=str(unfit))
    except MemoryError:
        return WorkerResult(exhausted=True)
    finally:
        _limit_time(0)
    return WorkerResult(document, form)


def _limit(large: bool) -> None:
    """Limit what reading one file may take, as far as the system knows limits."""
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        return
    for kind, amount in (
        (resource.RLIMIT_AS, LARGE_MEMORY if large else MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(OSError, ValueError):
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (amount if hard == resource.RLIM_INFINITY else min(amount, hard), hard))
    _limit_time(LARGE_SECONDS if large else SECONDS)


def _limit_time(seconds: float) -> None:
    """Let the system end the process after so much processor time from now on; 0 takes the limit away."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


if __name__ == "__main__":
    main()
