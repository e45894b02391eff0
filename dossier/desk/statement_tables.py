"""Statements as CSV, and as a spreadsheet (extra `xlsx`)."""

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO, StringIO

from dossier.desk.networks import NetworkStatement
from dossier.exchange.sheets import defuse
from dossier.model.problems import DossierError

COLUMNS = NetworkStatement.__struct_fields__
"""The names of the columns in order."""
_LONGEST = 32_000  # a cell of a spreadsheet holds 32,767 characters


def record(one: NetworkStatement) -> dict[str, object]:
    """A statement by the names of its columns."""
    return {name: getattr(one, name) for name in COLUMNS}


def as_csv(rows: Sequence[NetworkStatement]) -> bytes:
    """A row for each statement; what a spreadsheet would take for a formula begins with an apostrophe."""
    buffer = StringIO(newline="")
    table = csv.writer(buffer)
    table.writerow(COLUMNS)
    for one in rows:
        values = [getattr(one, name) for name in COLUMNS]
        table.writerow(
            ["" if value is None else defuse(value) if isinstance(value, str) else value for value in values]
        )
    return buffer.getvalue().encode("utf-8", "replace")


def as_xlsx(rows: Sequence[NetworkStatement]) -> bytes:
    """The same as a spreadsheet, whose cells are text and numbers and never formulas."""
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415  an extra
    except ImportError:
        raise DossierError("To write XLSX, install the extra: pip install 'dossier-browser[xlsx]'.") from None
    buffer = BytesIO()
    workbook = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                 "strings_to_numbers": False})  # fmt: skip
    workbook.set_properties({"created": datetime(1980, 1, 1, tzinfo=UTC)})  # the same rows give the same bytes
    sheet = workbook.add_worksheet("Statements")
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(COLUMNS):
        sheet.write_string(0, column, title)
    for number, one in enumerate(rows, 1):
        for column, name in enumerate(COLUMNS):
            value = getattr(one, name)
            if isinstance(value, int):
                sheet.write_number(number, column, value)
            elif value:
                sheet.write_string(number, column, value[:_LONGEST])
    workbook.close()
    return buffer.getvalue()
