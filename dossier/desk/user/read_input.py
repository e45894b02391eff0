"""Files that the user names: read whole, but not whatever a name may lead to."""

import os
import stat
from pathlib import Path

from dossier.model.problems import DossierError

_OPENED = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_PIECE = 1 << 20

MOST = 50_000_000
"""Bytes of a file that a command is given."""


def read_input_file(path: Path, most: int = MOST) -> bytes:
    """The bytes of a regular file, of which there may be `most`. A pipe nobody writes to is not waited for.

    Raises:
        DossierError: there is no such file, it is no regular one, or it is too large.

    """
    try:
        descriptor = os.open(path, _OPENED)
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise DossierError(f"{path} is not an ordinary file; give the path of one.")
            data = bytearray()
            while len(data) <= most and (piece := file.read(_PIECE)):
                data += piece
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name cannot be used"
        raise DossierError(f"{path} cannot be read: {reason}.") from error
    if len(data) > most:
        raise DossierError(f"{path} has more than {most:,} bytes; that is too much.")
    return bytes(data)
