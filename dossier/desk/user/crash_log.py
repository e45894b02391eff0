"""Record an unforeseen failure: where it arose, without any text of the dossier."""

import errno
import os
import sqlite3
import traceback

from dossier.desk.user.places import user_folder
from dossier.store.catalogue.database_file import discard_damaged

_DISCARDED = " The catalogue of this dossier was damaged and has been thrown away; do this once more."


def log_failure(error: BaseException) -> str:
    """Write where the error arose, without what it says: an error may quote an article. Tell where that is.

    Where a damaged catalogue was the cause, it is thrown away, and that is told.
    """
    lines, damaged = [], False
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        damaged = damaged or type(cause) is sqlite3.DatabaseError
        lines.append(f"{type(cause).__module__}.{type(cause).__name__}\n")
        lines += [
            f"  {frame.filename}:{frame.lineno} in {frame.name}\n"
            for frame in traceback.extract_tb(cause.__traceback__)
        ]
        wrapped = getattr(cause, "error", None)  # as Textual has it of what went wrong in a worker
        cause = wrapped if isinstance(wrapped, BaseException) else cause.__cause__ or cause.__context__
    discarded = _DISCARDED if damaged and discard_damaged() else ""
    path = user_folder("log") / "crash.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as log:
            log.writelines(lines)
    except OSError as refused:
        return f"No log could be written: {os.strerror(refused.errno or errno.EIO)}.{discarded}"
    return f"Where it did is in {path}.{discarded}"
