"""`dossier annotate`, `undo`, `redo`, `rename` and `mv`: what the browser writes, written by a command."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from dossier.cli.opening import dossier_option, open_desk
from dossier.cli.saying import say_json, say_line, tell
from dossier.model.problems import DossierError

_MOST = 50_000_000


@click.command()
@dossier_option
@click.option(
    "--json",
    "source",
    required=True,
    type=click.Path(path_type=Path, allow_dash=True),
    help="The entries; - reads them.",
)
def annotate(path: Path | None, source: Path) -> None:
    """Write quotes, events, links, people, delegations, issues and aliases, given as a JSON list, all or none.

    Each entry has a kind and the fields of the format; words are checked against the article. Prints as JSON which ids
    were written, into which files and lines.
    """
    entries = _entries(_read(source))
    with open_desk(path) as desk:
        written = desk.annotations.write(entries)
    say_json({"written": [{"id": one.id, "file": one.file, "line": one.line} for one in written]})


def _read(source: Path) -> bytes:
    from dossier.desk.user.read_input import read_input_file  # noqa: PLC0415

    if str(source) != "-":
        return read_input_file(source)
    data = sys.stdin.buffer.read(_MOST + 1)
    if len(data) > _MOST:
        raise DossierError(f"Standard input has more than {_MOST:,} bytes; that is too much.")
    return data


def _entries(data: bytes) -> list[dict[str, Any]]:

    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        where = ""
        if isinstance(error, json.JSONDecodeError):
            where = f" (line {error.lineno}, column {error.colno}: {error.msg})"
        raise DossierError(f"The entries are not JSON in UTF-8{where}; give a list of entries.") from error
    if isinstance(found, dict) and isinstance(found.get("entries"), list):
        found = found["entries"]
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise DossierError("The entries must be a list of mappings, each with a kind and its fields.")
    return found


@click.command()
@dossier_option
def undo(path: Path | None) -> None:
    """Take back what was last written to a dossier, here or in the browser, as far back as you like.

    Refused when a file was changed since.
    """
    with open_desk(path) as desk:
        tell(f"Undone: {desk.annotations.undo()}.")


@click.command()
@dossier_option
def redo(path: Path | None) -> None:
    """Do again what was undone last."""
    with open_desk(path) as desk:
        tell(f"Done again: {desk.annotations.redo()}.")


@click.command()
@click.argument("old")
@click.argument("new")
@dossier_option
def rename(old: str, new: str, path: Path | None) -> None:
    """Give an entry another id, wherever it is named: in the YAML (never in words), the lock, your places and marks."""
    with open_desk(path) as desk:
        desk.annotations.rename(old, new)
    tell(f"{old} is now {new}.")


@click.command()
@click.argument("article")
@click.argument("target", required=False, default="")
@dossier_option
def mv(article: str, target: str, path: Path | None) -> None:
    """Move the file of an article to another path in the dossier, and say so in the YAML.

    Of a file that was moved by other means, only the YAML is changed; without a path, the file is found by its hash in
    the lock.
    """
    with open_desk(path) as desk:
        moved = desk.annotations.move(article, target)
    say_line(moved)
