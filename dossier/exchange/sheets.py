"""Tables: CSV by the standard library, XLSX by python-calamine (extra `xlsx`)."""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO

from dossier.exchange.inputs import LARGEST, LARGEST_TEXT, Archive, Input, decode
from dossier.model.problems import DossierError

_DELIMITERS = ",;\t|"
_MOST_ROWS = 200_000
_FORMULA = re.compile("^[=+\\-@\t\r]")
_DEFUSED = re.compile("^'(?=[=+\\-@\t\r])")

Row = dict[str, str]


def defuse(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula: an apostrophe before a leading `= + - @`."""
    return f"'{text}" if _FORMULA.match(text) else text


def rearm(text: str) -> str:
    """The text that `defuse` was given."""
    return _DEFUSED.sub("", text)


def read_rows(file: Input, encoding: str) -> Iterator[Row]:
    """The rows of a table whose first row names its columns; empty rows are left out.

    Raises:
        DossierError: it is no table, or a column is named twice.

    """
    rows = _xlsx(file) if file.name.lower().endswith(".xlsx") else _csv(file, encoding)
    head: list[str] = []
    for number, row in enumerate(rows, 1):
        if number > _MOST_ROWS:
            raise DossierError(f"{file.name} has more than {_MOST_ROWS:,} rows.")
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if not head:
            head = cells
            named = [name for name in head if name]
            if len(set(named)) < len(named):
                raise DossierError(f"{file.name} has two columns of one name.")
            continue
        yield {name: rearm(cell) for name, cell in zip(head, cells, strict=False) if name}


def _csv(file: Input, encoding: str) -> Iterator[list[str]]:
    text = decode(file.read(), file.name, encoding).removeprefix("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=lambda one: (first.count(one), -_DELIMITERS.index(one)))
    csv.field_size_limit(LARGEST_TEXT)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=False)
    except csv.Error as error:
        raise DossierError(f"{file.name} cannot be read as CSV ({error}).") from None


def _xlsx(file: Input) -> Iterator[list[str]]:
    try:
        from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  an extra
    except ImportError:
        raise DossierError("To read XLSX, install the extra: pip install 'dossier-browser[xlsx]'.") from None
    data = file.read()
    archive = Archive(BytesIO(data), file.name)  # what would burst, or declares entities, never reaches the library
    left = LARGEST
    for name, member in archive.members.items():
        inner = member.read(left)
        left -= len(inner)
        if name.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in inner or b"<!ENTITY" in inner):
            raise DossierError(f"{file.name} is refused: “{name}” in it declares a document type.")
    archive.close()
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        rows = workbook.get_sheet_by_index(0).to_python()
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise DossierError(f"{file.name} cannot be read as XLSX ({error}).") from None
    for row in rows:
        yield [_cell(value) for value in row]


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value.total_seconds()) if isinstance(value, timedelta) else str(value)
