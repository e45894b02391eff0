"""The rows of the last YAML files that were read, so that an edit makes those of each state of a file once."""

from dossier.model.bounded import MOST_BYTES, CallCache
from dossier.model.sheets import FileContents
from dossier.store.catalogue.rows import Rows, rows_of
from dossier.store.yaml.kept_sheets import SMALL, TIMES, read_known_sheet


def known_rows(file: str, data: bytes) -> tuple[FileContents, Rows]:
    """Return what a file of the dossier itself says, and its rows, without signature and digest, not to be changed."""
    return _kept_rows(file, data) if len(data) <= SMALL else _rows(file, data)


def _rows(file: str, data: bytes) -> tuple[FileContents, Rows]:
    sheet = read_known_sheet(file, data)
    return sheet, rows_of(sheet, "yaml", b"", b"")


_TIMES = TIMES + 12
"""Bytes that rows and their sheet take for each byte of a file of many short entries."""

_kept_rows = CallCache(_rows, 6, MOST_BYTES, lambda _file, data: _TIMES * len(data))
