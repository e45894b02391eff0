"""The sheets of the last files that were read, so that an edit reads each state of a file once."""

from functools import lru_cache

from dossier.model.sheets import FileContents
from dossier.store.yaml.loader import read_sheet

SMALL = 500_000
"""Bytes of a file whose sheet is kept, at most."""


def read_known_sheet(file: str, data: bytes) -> FileContents:
    """The same as `read_sheet`, at no cost for one of the last small files."""
    return _kept_sheet(file, data) if len(data) <= SMALL else read_sheet(file, data)


_kept_sheet = lru_cache(maxsize=6)(read_sheet)
