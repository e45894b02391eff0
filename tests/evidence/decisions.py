"""Decides on a dossier in a process that is killed at a chosen operation on the file system. Run by a test.

`python decisions.py SOURCE WORK JOB`: for each number of operations, in a fresh copy of SOURCE, in a child process: do
the JOB, say `taken` when it is done, and die just before that operation. Prints a line of JSON per death.
"""

import json
import os
import shutil
import sys
from pathlib import Path

from dossier.desk.desk import Desk
from dossier.desk.evidence.review import Review
from dossier.desk.evidence.revise import carry_out, plan

OPERATIONS = ("fsync", "replace", "rename", "link", "unlink", "mkdir", "chmod", "open")


def arm(deadly: int) -> None:
    """Let the process die just before the `deadly`th operation that changes a file, counted from now."""
    seen = 0

    def wrap(name, real):
        def call(*args, **kwargs):
            nonlocal seen
            seen += name != "open" or bool(args[1] & os.O_CREAT)
            if seen == deadly:
                os._exit(9)
            return real(*args, **kwargs)

        return call

    for name in OPERATIONS:
        setattr(os, name, wrap(name, getattr(os, name)))


def job(root: Path, what: str, pipe: int, deadly: int) -> None:
    desk = Desk.open(root)
    write = os.write
    if what == "revise":
        data = (root / "articles/2025-06-10-london.txt").read_bytes().replace(b"not easy", b"never easy")
        revision = plan(desk, "london-day-one", data)
        arm(deadly)
        carry_out(desk, revision)
        write(pipe, b"taken\n")
    elif what == "lock":
        arm(deadly)
        desk.anchoring.lock()
        write(pipe, b"taken\n")
    else:
        review = Review(desk)
        items = [item for item in review.items() if item.evidence.status == "reworded"][:2]
        arm(deadly)
        for item in items:
            review.accept_wording(item)
            write(pipe, b"taken\n")
        review.undo()
        write(pipe, b"undone\n")
    os._exit(0)


def main() -> None:
    source, work, what = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    root = work / what
    for deadly in range(1, 2_000):
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(source, root)
        if deadly == 1:
            Desk.open(root).close()
        receiving, sending = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                job(root, what, sending, deadly)
            finally:
                os._exit(3)
        os.close(sending)
        with os.fdopen(receiving) as pipe:
            said = pipe.read().split()
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        left = root.rename(work / f"{what}-{deadly}")
        print(json.dumps({"root": str(left), "code": code, "said": said}), flush=True)
        if code != 9:
            break


if __name__ == "__main__":
    main()
