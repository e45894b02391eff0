"""The process that does one piece of work on a large dossier; see `dossier.desk.separate`."""

import os
import sys
import threading
from pathlib import Path

import msgspec

from dossier.desk.archive.extending import extended_by
from dossier.desk.brief.requests import DocumentRequest, carry_out
from dossier.desk.desk import Desk
from dossier.desk.separate import DOCUMENT, WorkRequest, WorkResult, line_of, read_line
from dossier.model.problems import DossierError


def answer_to(task: WorkRequest) -> WorkResult:
    """Carry out a task; whatever goes wrong is told in the answer."""
    try:
        root = Path(task.root)
        desk = Desk(root, Path(task.home), engine=task.engine, extended=extended_by(root))
        try:
            if task.kind == DOCUMENT:
                return WorkResult(carry_out(desk, msgspec.convert(task.request, DocumentRequest)))
            return WorkResult(desk.problems())
        finally:
            desk.close()
    except DossierError as error:
        return WorkResult(failure=str(error))
    except Exception as error:  # noqa: BLE001 - told to the reader
        return WorkResult(failure=f"Something went wrong: {type(error).__name__}: {error}")


def _end_with_parent() -> None:
    """End once the one who asked has ended or let go: nothing more comes from it."""
    sys.stdin.buffer.read()
    os._exit(0)


def main() -> None:
    """Carry out the one task that stands on standard input."""
    task = read_line(sys.stdin.buffer.readline(), WorkRequest)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    print(line_of(answer_to(task)), flush=True)  # noqa: T201 - standard output is the wire to the one who asked
    os._exit(0)  # the thread that reads would else be waited for


if __name__ == "__main__":
    main()
