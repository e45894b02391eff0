"""`dossier import`, and `dossier export` in the formats of other programs."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dossier.cli.opening import FOLDER, open_desk, tell_unread
from dossier.cli.saying import say_bytes, say_json, say_line, tell
from dossier.exchange.tables import EXPORTERS, IMPORTERS
from dossier.export.formats import FORMATS
from dossier.model.problems import DossierError

if TYPE_CHECKING:
    from dossier.exchange.records import Losses
    from dossier.exchange.reports import ImportReport

_TOLD = 20
"""Anchors, and remarks, that are told one by one."""

_HELP = f"""Bring files of other programs into a dossier.

FORMAT is one of {", ".join(IMPORTERS)}; csv reads XLSX too. Files may be folders or zips. How the offsets of a file
count is found out from all of them; when it cannot be told, nothing is written.
"""


@click.command(name="import", help=_HELP)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(IMPORTERS)))
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("-d", "--dossier", "target", type=FOLDER, required=True, help="The dossier; made when there is none.")
@click.option("--offsets", default="", metavar="HOW", help="How the files count offsets, such as “UTF-16 units”.")
@click.option("--encoding", default="", metavar="NAME", help="Encoding of texts; UTF-8 unless said.")
@click.option("--column", "columns", multiple=True, metavar="FIELD=NAME", help="For tables: the column of a field.")
@click.option("--report", "report_file", type=click.Path(path_type=Path), help="Write the report there, as JSON.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_(
    form: str,
    files: tuple[Path, ...],
    target: Path,
    offsets: str,
    encoding: str,
    columns: tuple[str, ...],
    report_file: Path | None,
    as_json: bool,
) -> None:
    """Import files of other programs into a dossier, and print what became of their annotations."""
    from dossier.desk.importing import import_files  # noqa: PLC0415  `--help` must not wait for it
    from dossier.desk.user.atomic_write import write_whole  # noqa: PLC0415
    from dossier.exchange.records import ImportOptions  # noqa: PLC0415

    chosen = {field: name for field, _, name in (column.partition("=") for column in columns)}
    if not all(chosen.values()):
        raise DossierError("--column is given as FIELD=NAME, such as --column text=Statement.")
    if report_file is not None and report_file.exists():
        raise DossierError(f"{report_file} exists already; give another name for the report.")
    if report_file is not None and not report_file.parent.is_dir():
        raise DossierError(f"There is no folder {report_file.parent} for the report; make it first.")
    try:
        report = import_files(form, files, target, ImportOptions(offsets, encoding, chosen))
    except DossierError as error:
        raise DossierError(_shorten(str(error))) from error
    if report_file is not None:
        write_whole(report_file, json.dumps(report.as_dict(), ensure_ascii=False, indent=2) + "\n")
    if as_json:
        say_json(report.as_dict())
    else:
        _say(report)


def _say(report: "ImportReport") -> None:
    entries = ", ".join(f"{number} {kind}" for kind, number in sorted(report.entries.items()))
    say_line(f"Imported: {entries or 'nothing new'}.")
    say_line(f"Anchors: {report.sentence()}.")
    if report.losses.convention:
        say_line(f"Offsets: {report.losses.convention}.")
    if report.articles_known:
        say_line(f"Already articles of the dossier: {', '.join(report.articles_known)}.")
    for trouble in report.troubles[:_TOLD]:
        why = f"{trouble.owner} in {trouble.article}: {trouble.why}: “{trouble.words}”"
        tell(_shorten(f"{trouble.outcome}: {why}"))
    if len(report.troubles) > _TOLD:
        tell(f"{len(report.troubles) - _TOLD} more are not exact; --report FILE has them all.")
    tell_losses(report.losses)


def tell_losses(losses: "Losses") -> None:
    """Print what was left out, to standard error."""
    for note in losses.notes[:_TOLD]:
        tell(_shorten(note))
    if len(losses.notes) > _TOLD:
        more = f"There are {len(losses.notes) - _TOLD} more remarks of this kind"
        tell(f"{more}; an import has all of them in --report FILE.")
    if losses.counts:
        tell(f"Left out: {', '.join(_shorten(f'{n} {what}', 200) for what, n in sorted(losses.counts.items()))}.")


def _shorten(text: str, most: int = 600) -> str:
    """A text without its middle where it quotes a file at length; what to do stands at its end."""
    return text if len(text) <= most else f"{text[: most - most // 3]} … {text[-most // 3 :]}"


def whole_export(path: Path | None, form: str, output: Path | None, *, force: bool) -> None:
    """Write the whole dossier in the format of another program."""
    from dossier.desk.exporting import export_dossier  # noqa: PLC0415
    from dossier.desk.user.atomic_write import write_bytes  # noqa: PLC0415
    from dossier.exchange.records import Losses  # noqa: PLC0415

    losses = Losses()
    if output is None and sys.stdout.isatty():
        raise DossierError("Name the file to write with -o: these formats are not for the terminal.")
    with open_desk(path) as desk:
        tell_unread(desk)
        data = export_dossier(desk, form, losses)
    if output is None:
        say_bytes(data)
    else:
        write_bytes(output, data, force=force)
        tell(f"Written to {output}.")
    tell_losses(losses)


def form_by_name(output: Path | None) -> str:
    """The format of other programs that the name of a file means; empty when it means none."""
    from dossier.desk.exporting import form_of  # noqa: PLC0415

    return form_of(output.name) if output is not None else ""


def format_option(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command `--format NAME`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice([*FORMATS, *EXPORTERS]),
        help="A document of chosen panes (docx needs Pandoc), or the whole dossier for another program; else by the "
        "file's ending.",
    )(command)
