"""The sheets of the last files that were read, so that an edit reads each state of a file once."""

from dossier.model.bounded import MOST_BYTES, CallCache
from dossier.model.sheets import FileContents
from dossier.store.yaml.loader import read_sheet

SMALL = 500_000
"""Bytes of a file whose sheet is kept, at most."""
TIMES = 19
"""Bytes that a sheet takes for each byte of a file of many short entries; of other files it takes less."""


def read_known_sheet(file: str, data: bytes) -> FileContents:
    """The same as `read_sheet`, at no cost for one of the last small files."""
    return _kept_sheet(file, data) if len(data) <= SMALL else read_sheet(file, data)


_kept_sheet = CallCache(read_sheet, 6, MOST_BYTES, lambda _file, data: TIMES * len(data))
