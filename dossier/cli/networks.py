"""`dossier statements` and `dossier network`: who says what, as a table and as a graph."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dossier.cli.narrowing import day_range
from dossier.cli.opening import dossier_option, open_desk, tell_unread
from dossier.cli.saying import say_bytes, say_document, say_json, say_json_list, say_line, tell
from dossier.model.problems import DossierError

if TYPE_CHECKING:
    from dossier.desk.networks import NetworkStatement, NetworkView
    from dossier.model.views import Filters

_Command = Callable[..., None]
_OUTPUT = click.Path(path_type=Path)


def _days(command: _Command) -> _Command:
    """Give a command `--from` and `--to`."""
    first = click.option(
        "--from", "first", metavar="DATE", help="Only statements of this day, month or year, or later."
    )
    last = click.option("--to", "last", metavar="DATE", help="The same, up to this day, month or year, inclusive.")
    return first(last(command))


def _filters(first: str | None, last: str | None) -> "Filters":
    from dossier.model.views import Filters  # noqa: PLC0415  `--help` must not wait for it

    return Filters((), (), *day_range(first, last))


@click.command()
@dossier_option
@click.option("--csv", "form", flag_value="csv", help="Write CSV.")
@click.option("--json", "form", flag_value="json", help="Write JSON.")
@click.option("--xlsx", "form", flag_value="xlsx", help="Write a spreadsheet (extra xlsx); needs -o.")
@click.option("-o", "--output", type=_OUTPUT, help="Write to this file.")
@click.option("--force", is_flag=True, help="Replace the file that is there.")
@_days
def statements(
    path: Path | None, form: str | None, output: Path | None, force: bool, first: str | None, last: str | None
) -> None:
    """List every statement: who says what on which issue, when, and in which words of which article.

    A statement is a quote about an issue, or a link from a delegation or person to one; it has a row for each issue
    and each speaker. In CSV a leading = + - @ is defused by an apostrophe.
    """
    from dossier.desk.networks import Networks  # noqa: PLC0415  `--help` must not wait for it
    from dossier.desk.user.atomic_write import write_bytes  # noqa: PLC0415

    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise DossierError("Name the file to write with -o: a spreadsheet is not for the terminal.")
    filters = _filters(first, last)
    with open_desk(path) as desk:
        tell_unread(desk)
        found = list(Networks(desk).statements(filters))
    if form is None and output is None:
        for one in found:
            _print_statement(one)
        tell(f"{len(found)} statement{'' if len(found) == 1 else 's'}.")
        return
    data = _encode(found, form or _form_of(output))
    if output is not None:
        write_bytes(output, data, force=force)
        tell(f"{len(found)} statements written to {output}.")
    elif form == "json":
        say_json_list(map(_record, found), "statements")
    elif form == "csv":
        say_document(data.decode().replace("\r\n", "\n"))
    else:
        say_bytes(data)


def _form_of(output: Path | None) -> str:
    form = output.suffix.lower().lstrip(".") if output is not None else ""
    if form not in ("csv", "json", "xlsx"):
        raise DossierError(f"{output} ends in none of .csv, .json and .xlsx; say which is meant, such as --csv.")
    return form


def _record(one: "NetworkStatement") -> dict[str, object]:
    from dossier.desk.statement_tables import record  # noqa: PLC0415

    return record(one)


def _encode(found: "list[NetworkStatement]", form: str) -> bytes:
    from dossier.desk.statement_tables import as_csv, as_xlsx  # noqa: PLC0415

    if form == "xlsx":
        return as_xlsx(found)
    if form == "csv":
        return as_csv(found)
    told = {"statements": [_record(one) for one in found]}
    return f"{json.dumps(told, ensure_ascii=False, indent=2)}\n".encode("utf-8", "replace")


def _print_statement(one: "NetworkStatement") -> None:
    who = " of ".join(filter(None, (one.person, one.delegation)))
    told = " · ".join(
        filter(None, (one.date or "undated", who, one.issue, one.relation, one.attribution, one.stance, one.status))
    )
    say_line(told)
    if one.words:
        say_line(f"    “{one.words}”")


@click.command()
@dossier_option
@click.option("--mode", type=click.Choice(["one", "two"]), default="two", show_default=True,
              help="Actors by issues, or actors by actors that share issues.")  # fmt: skip
@click.option("--actors", type=click.Choice(["delegations", "people", "issues"]), default="delegations",
              show_default=True, help="Whose network; that of issues is joined by delegations.")  # fmt: skip
@click.option("--measure", type=click.Choice(["ignore", "subtract", "combine", "congruence", "conflict"]),
              default="ignore", show_default=True, help="How statements for and against are treated.")  # fmt: skip
@click.option("--normalization", type=click.Choice(["no", "average", "activity", "prominence", "jaccard", "cosine"]),
              default="no", show_default=True, help="What numbers are divided by.")  # fmt: skip
@click.option("--duplicates", type=click.Choice(["include", "document", "week", "month", "year", "acrossrange"]),
              default="include", show_default=True, help="Where a repeated statement counts once.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["json", "graphml", "gexf", "table"]), default="table",
              show_default=True, help="How to write it.")  # fmt: skip
@click.option("-o", "--output", type=_OUTPUT, help="Write to this file.")
@click.option("--force", is_flag=True, help="Replace the file that is there.")
@_days
def network(
    path: Path | None,
    form: str,
    output: Path | None,
    force: bool,
    first: str | None,
    last: str | None,
    **how: Any,
) -> None:
    """Show who has what in common: the network of actors and issues that statements make, with the numbers of DNA."""
    from dossier.desk.networks import Networks  # noqa: PLC0415  `--help` must not wait for it
    from dossier.desk.user.atomic_write import write_bytes  # noqa: PLC0415

    filters = _filters(first, last)
    with open_desk(path) as desk:
        tell_unread(desk)
        view = Networks(desk).network(**how, filters=filters)
    for note in view.notes:
        tell(note)
    if output is not None:
        write_bytes(output, _text(view, form).encode("utf-8", "replace"), force=force)
        tell(f"Written to {output}.")
    elif form == "json":
        say_json(_json(view))
    else:
        say_document(_text(view, form))


def _json(view: "NetworkView") -> dict[str, Any]:
    found = view.network
    cells = [[int(cell) if float(cell).is_integer() else cell for cell in row] for row in found.cells]
    return {"rows": list(found.rows), "columns": list(found.columns), "cells": cells}


def _text(view: "NetworkView", form: str) -> str:
    if form == "json":
        return f"{json.dumps(_json(view), ensure_ascii=False, indent=2)}\n"
    if form == "table":
        return _table(view)
    from dossier.export import networks  # noqa: PLC0415

    write = networks.graphml if form == "graphml" else networks.gexf
    return write(view.network, view.titles, view.kinds)


def _table(view: "NetworkView") -> str:
    """The table with numbered columns, whose names stand below: they are long, and terminals are narrow."""
    found = view.network
    if not found.rows:
        return "No statements.\n"
    cells = [[_number(cell) for cell in row] for row in found.cells]
    heads = [str(at + 1) for at in range(len(found.columns))]
    width = max(len(text) for row in (heads, *cells) for text in row)
    name = max(len(view.titles[row]) for row in found.rows)
    name = min(name, 40)
    lines = [" " * name + "".join(f"  {head:>{width}}" for head in heads)]
    for row, numbers in zip(found.rows, cells, strict=True):
        title = " ".join(view.titles[row].split())
        title = title if len(title) <= name else title[: name - 1] + "…"
        lines.append(f"{title:<{name}}" + "".join(f"  {number:>{width}}" for number in numbers))
    lines += ["", *(f"{head:>3}  {' '.join(view.titles[one].split())}"
                    for head, one in zip(heads, found.columns, strict=True))]  # fmt: skip
    return "\n".join(lines) + "\n"


def _number(cell: float) -> str:
    return str(int(cell)) if float(cell).is_integer() else f"{cell:.3f}"
