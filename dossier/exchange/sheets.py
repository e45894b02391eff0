"""Tables: CSV by the standard library, XLSX by python-calamine (extra `xlsx`)."""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from itertools import zip_longest

from dossier.exchange.inputs import LARGEST, LARGEST_TEXT, Input, ZipInput, decode
from dossier.exchange.records import Losses
from dossier.model.problems import DossierError

_DELIMITERS = ",;\t|"
_MOST_ROWS = 200_000
_MOST_CELLS = 3_000_000  # the library holds a sheet from its first cell to its last, the empty ones as well
_OLD = b"\xd0\xcf\x11\xe0"  # the compound files of Excel before 2007, and of encrypted ones since
_SEPARATOR = re.compile('"?sep=([,;\t|])"?\r?\n', re.IGNORECASE)
_QUOTED = re.compile('"[^"]*"')
_REFERENCE = re.compile(rb"[\s\"':]r?=?[\"']?([A-Z]{1,3})(\d{1,7})[\"']")
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")  # as OWASP lists them, those of full width among them

Row = dict[str, str]


def defuse(text: str) -> str:
    """`text` as a cell that no spreadsheet takes for a formula: an apostrophe before a leading `= + - @`.

    What begins like that itself gets another, so that `rearm` gives back what was there.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def rearm(text: str) -> str:
    """The text that `defuse` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def read_rows(file: Input, encoding: str, losses: Losses) -> Iterator[tuple[int, Row]]:
    """The rows of a table whose first row names its columns, with their numbers from 1; empty rows are left out.

    Raises:
        DossierError: it is no table, or a column is named twice.

    """
    rows = _xlsx(file, losses) if file.name.lower().endswith(".xlsx") else enumerate(_csv(file, encoding), 1)
    head: list[str] = []
    for count, (number, row) in enumerate(rows):
        if count == _MOST_ROWS:
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
        unnamed = [cell for at, cell in enumerate(cells) if cell and (at >= len(head) or not head[at])]
        losses.lose("cells in columns without a name", len(unnamed))
        yield number, {name: rearm(cell) for name, cell in zip_longest(head, cells[: len(head)], fillvalue="") if name}


def _csv(file: Input, encoding: str) -> Iterator[list[str]]:
    text = decode(file.read(), file.name, encoding).removeprefix("\ufeff")
    named = _SEPARATOR.match(text)  # as Excel writes and obeys it
    if named:
        text = text[named.end() :]
        delimiter = named[1]
    else:
        first = _QUOTED.sub("", text.lstrip("\r\n").partition("\n")[0])
        delimiter = max(_DELIMITERS, key=lambda one: (first.count(one), -_DELIMITERS.index(one)))
    csv.field_size_limit(LARGEST_TEXT)
    _check_marks(text, delimiter, file.name)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=False)
    except csv.Error as error:
        raise DossierError(f"{file.name} cannot be read as CSV ({error}).") from None


def _check_marks(text: str, delimiter: str, name: str) -> None:
    """Refuse a table in which a quotation mark opens a cell that takes in what follows it, because it is not closed."""
    rows = csv.reader(StringIO(f"{text}\n\n", newline=""), delimiter=delimiter, strict=True)
    line = 0
    while True:
        try:
            if next(rows, None) is None:
                return
        except csv.Error:
            if rows.line_num > line + 1:
                raise DossierError(
                    f"{name}:{line + 1}: a quotation mark opens a cell there and is not closed, so that the cells and"
                    " rows behind it would be part of that cell; close it, or write each mark within the cell twice."
                ) from None
        line = rows.line_num


def _xlsx(file: Input, losses: Losses) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet that is not hidden, with their numbers; each cell of a merged range has its value."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum  # noqa: PLC0415  an extra
    except ImportError:
        raise DossierError("To read XLSX, install the extra: pip install 'dossier-browser[xlsx]'.") from None
    data = file.read()
    if data.startswith(_OLD):
        raise DossierError(f"{file.name} has a password, or is of an older Excel; save it as .xlsx without a password.")
    _check_members(data, file.name)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        shown = [one.name for one in workbook.sheets_metadata if one.visible is SheetVisibleEnum.Visible]
        losses.lose("further sheets of the table", len(workbook.sheet_names) - 1)
        sheet = workbook.get_sheet_by_name(shown[0]) if shown else workbook.get_sheet_by_index(0)
        rows = sheet.to_python()
        (top, left), merged = sheet.start or (0, 0), sheet.merged_cell_ranges or []
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise DossierError(f"{file.name} cannot be read as XLSX ({error}).") from None
    values = [[_cell(value) for value in row] for row in rows]
    for (first, start), (last, end) in merged:
        for row in values[max(first - top, 0) : last - top + 1]:
            if first >= top and start >= left:
                row[start - left : end - left + 1] = [values[first - top][start - left]] * (end - start + 1)
    yield from enumerate(values, top + 1)


def _check_members(data: bytes, name: str) -> None:
    """Refuse a spreadsheet that would burst, declares entities or spans too many cells, before the library sees it."""
    archive = ZipInput(BytesIO(data), name)
    left = LARGEST
    for inner, member in archive.members.items():
        content = member.read(left)
        left -= len(content)
        if inner.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
            raise DossierError(f"{name} is refused: “{inner}” in it declares a document type.")
        columns = rows = 1
        for column, row in _REFERENCE.findall(content) if "/worksheets/" in inner else ():
            columns, rows = max(columns, 26 ** (len(column) - 1) * (column[0] - 64)), max(rows, int(row))
        if columns * rows > _MOST_CELLS:
            raise DossierError(f"{name} is refused: “{inner}” in it spans more than {_MOST_CELLS:,} cells.")
    archive.close()


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="minutes")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value.total_seconds()) if isinstance(value, timedelta) else str(value)
