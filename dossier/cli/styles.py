"""`dossier export --style`: how a brief is written, and as what."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dossier.cli.narrowing import option_value, with_options
from dossier.cli.saying import say_document
from dossier.export.formats import FORMATS, format_by_ending
from dossier.model.problems import DossierError

if TYPE_CHECKING:
    from dossier.desk.desk import Desk
    from dossier.model.brief import Brief
    from dossier.model.brief_options import BriefOptions, Style

_Command = Callable[..., None]


def style_options(command: _Command) -> _Command:
    """Give a command `--style` and what an author says about a brief; `write_styled` takes it."""
    options = (
        click.option("--style", type=click.Choice(["brief", "notes", "full"]), default="full", show_default=True,
                     help="A brief to send, a folder of linked notes (-o names it), or all that the dossier says."),
        click.option("--title", metavar="TEXT", help="For brief and notes: a title instead of the dossier's."),
        click.option("--author", metavar="NAME", help="For brief and notes: who signs it."),
        click.option("--date", metavar="DATE", help="For brief and notes: its date; none is made up."),
        click.option("--heading", "headings", multiple=True, metavar="ID=TEXT",
                     help="For a brief: a heading of your own above an entry; may be given several times."),
        click.option("--with-notes", is_flag=True, help="For brief and notes: with the editor's notes."),
        click.option("--citations", metavar="STYLE.csl", type=click.Path(path_type=Path),
                     help="For brief and notes: cite in this CSL style; needs the extra `citations`."),
    )  # fmt: skip
    return with_options(command, options)


def write_styled(
    desk: "Desk", brief: "Brief", output: Path | None, *, force: bool, style: "Style", form: str | None, **said: Any
) -> None:
    """Write a brief in the style and format that the options ask for, to a file, a folder or standard output.

    Raises:
        DossierError: the options do not go together, an id is not in the dossier, or the place cannot be written to.

    """
    from dossier.desk.brief.documents import make_document, write_document  # noqa: PLC0415

    options = _options(desk, style, **said)
    by_ending = format_by_ending(output.name if output is not None and style != "notes" else "")
    chosen = form if form in FORMATS else by_ending
    if output is None and (style == "notes" or not FORMATS[chosen].preview):
        raise DossierError("Notes go into a folder: name it with -o." if style == "notes" else "Name the file with -o.")
    document = make_document(desk, brief, style, chosen, options)
    if output is None:
        assert isinstance(document, str)
        say_document(document)
        return
    write_document(document, output, force=force)


def _options(
    desk: "Desk",
    style: "Style",
    title: str | None,
    author: str | None,
    date: str | None,
    headings: tuple[str, ...],
    with_notes: bool,
    citations: Path | None,
) -> "BriefOptions":
    from dossier.desk.user.read_input import read_input_file  # noqa: PLC0415
    from dossier.model.brief_options import BriefOptions  # noqa: PLC0415

    told = {"--title": title, "--author": author, "--date": date}
    if style == "full" and (headings or with_notes or citations or any(one is not None for one in told.values())):
        raise DossierError("The full style takes none of what an author says of a brief: add --style brief.")
    own: dict[str, str] = {}
    for one in headings:
        entry, _, text = one.partition("=")
        own[desk.get_or_raise(entry.strip()).id] = option_value("--heading", text)
    csl = ""
    if citations is not None:
        try:
            csl = read_input_file(citations, 5_000_000).decode()
        except UnicodeDecodeError as error:
            raise DossierError(f"{citations} cannot be read: it is not text in UTF-8.") from error
    title, author, date = (option_value(name, text) for name, text in told.items())
    return BriefOptions(title, author, date, with_notes, own, csl)
