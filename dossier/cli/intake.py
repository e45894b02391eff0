"""`dossier new`, `add`, `schema` and `relations`: begin a dossier, and take articles in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from dossier.cli.opening import Progress, dossier_option, open_desk
from dossier.cli.saying import agreed, say_document, say_json, say_line, tell
from dossier.intake.formats import FORMATS
from dossier.model.problems import DossierError

if TYPE_CHECKING:
    from dossier.desk.intake import AddedArticle, Intake
    from dossier.desk.sources import IntakeSource
    from dossier.intake.document import Document, IntakeOptions

_FORM = click.Choice(sorted(FORMATS))
_SHOWN = 8


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--title", help="What the dossier is called; asked for when not given.")
@click.option("--language", help="BCP 47 code of its articles, such as en.")
def new(folder: Path, title: str | None, language: str | None) -> None:
    """Make an empty dossier: dossier.yaml, articles/, and what git and editors need."""
    from dossier.desk.founding import new_dossier  # noqa: PLC0415

    if title is None:
        if not sys.stdin.isatty():
            raise DossierError("A dossier needs a title; give one with --title.")
        title = click.prompt("Title", err=True)
        language = language or click.prompt("Language of the articles", default="en", err=True)
    new_dossier(folder, title, language or "")
    tell(f"{folder} is a dossier; add articles to it with: dossier add FILE -d {folder}")


@click.command()
@click.argument("files", metavar="FILE...|-", nargs=-1, required=True)
@dossier_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON: an object for one file, a list for several.")
@click.option("--dry-run", is_flag=True, help="Print the text and what was decided; write nothing.")
@click.option("--format", "form", type=_FORM, help="The format of the files; else it is found out.")
@click.option("--id", "wanted", help="The id of the article; else it is made of the title.")
@click.option("--url", default="", help="Where it can be read.")
@click.option("--title", default="", help="The title; else what the file says.")
@click.option("--published", default="", help="The day of publication; else what the file says.")
@click.option("--publisher", default="", help="Who published it; else what the file says.")
@click.option("--author", default="", help="Who wrote it; else what the file says.")
@click.option("--language", default="", help="BCP 47 code; else what the file says.")
@click.option("--unwrap", is_flag=True, help="Join lines that were broken at a fixed width.")
@click.option("--strip-replies", is_flag=True, help="Take reply marks (>) off the beginnings of lines.")
@click.option(
    "--hyphens",
    type=click.Choice(["ask", "join", "keep"]),
    default="ask",
    help="Words broken at a line end whose spelling the document does not show.",
)
@click.option(
    "--reading",
    type=click.Choice(["both", "first", "second", "whole"]),
    default="both",
    help="Which reading of a web page is the article; whole is every word of the page.",
)
@click.option("--large", is_flag=True, help="Allow each file a minute and 1 GB, not 1.2 seconds and 180 MB.")
def add(files: tuple[str, ...], path: Path | None, as_json: bool, dry_run: bool, large: bool, **options: Any) -> None:
    """Take articles in: web pages, PDF, DOCX, EPUB, e-mails, Markdown, text, folders of them, or standard input.

    The original is kept, the text is plain, and every decision about its words is told. Exits with 2 when a file was
    not taken in; the others are.
    """
    run = _Run(as_json, dry_run, options)
    paths = _paths(files)
    run.only(len(paths))
    with open_desk(path) as desk:
        from dossier.desk.intake import Intake  # noqa: PLC0415

        run.all(Intake(desk, large=large), paths)
        desk.refresh()
    if as_json:
        say_json(run.told[0] if run.single and run.told else run.told)
    if run.refused:
        raise SystemExit(2)


def _paths(files: tuple[str, ...]) -> list[Path]:
    from dossier.desk.sources import found_files  # noqa: PLC0415

    return [one for name in files for one in ([Path("-")] if name == "-" else found_files(Path(name)))]


class _Run:
    """A run of `dossier add`."""

    def __init__(self, as_json: bool, dry_run: bool, options: dict[str, Any]) -> None:
        from dossier.intake.document import IntakeOptions  # noqa: PLC0415

        self.json, self.dry_run = as_json, dry_run
        self.told: list[dict[str, object]] = []
        self.refused = 0
        self.single = False
        self._form: str = options.pop("form") or ""
        self._id: str = options.pop("wanted") or ""
        self._options = IntakeOptions(**{name: options.pop(name) for name in IntakeOptions.__struct_fields__})
        self._given: dict[str, str] = options
        self._ask = sys.stdin.isatty() and not as_json

    def only(self, count: int) -> None:
        """Hold what is said of one article against the number of files."""
        from dossier.model.dates import moment_problem  # noqa: PLC0415

        self.single = count == 1
        one = [name for name in ("title", "url") if self._given[name]] + ["id"] * bool(self._id)
        if one and count > 1:
            raise DossierError(f"--{one[0]} is for one article, and {count} files were given.")
        problem = moment_problem(self._given["published"]) if self._given["published"] else ""
        if problem:
            raise DossierError(f"--published {self._given['published']} {problem}.")

    def all(self, intake: "Intake", paths: list[Path]) -> None:
        """Take the files in, one after the other; the entries of all are written at the end, or when interrupted."""
        progress = Progress()
        try:
            for number, path in enumerate(paths, 1):
                progress("taking in", number, len(paths))
                try:
                    self._add_one(intake, path)
                except DossierError as error:
                    if self.single:
                        raise
                    self.refused += 1
                    tell(str(error).replace("\n", " "))
                    self.told.append({"source": str(path), "error": str(error)})
        finally:
            intake.close()
            intake.finish()

    def _add_one(self, intake: "Intake", path: Path) -> None:
        from dossier.desk.sources import IntakeSource, read_source  # noqa: PLC0415

        source = IntakeSource("-", _standard_input(), self._form) if str(path) == "-" else read_source(path, self._form)
        taken = intake.known(source, self._given["url"])
        if taken is None:
            document = self._ask_offers(intake, source, self._options)
            if self.dry_run:
                self._show(source.name, document)
                return
            taken = intake.add(source, document, self._id)
        self._tell(source.name, taken)

    def _ask_offers(self, intake: "Intake", source: "IntakeSource", options: "IntakeOptions") -> "Document":
        """The document with those of its offers that the user agrees to."""
        document = intake.read(source, options, self._given)
        if not self._ask or self.dry_run:
            return document
        for offer in document.offers:
            tell(f"{source.name}: {offer.sample}")
            if agreed(offer.question):
                options = replace(options, **{offer.option: "join" if offer.option == "hyphens" else True})
        return document if options == self._options else intake.read(source, options, self._given)

    def _show(self, name: str, document: "Document") -> None:
        if self.json:
            self.told.append({"source": name, "text": document.text, **_describe(document)})
            return
        say_document(document.text)
        _tell_decisions(document)

    def _tell(self, name: str, taken: "AddedArticle") -> None:
        document = taken.document
        described = _describe(document) if document else {"guessed": [], "warnings": [_describe_known(taken)]}
        self.told.append(
            {
                "article": taken.article,
                "file": taken.file,
                "title": taken.title,
                "published": taken.published or None,
                "original": taken.original or None,
                "sha256": taken.sha256 or None,
                "added": document is not None,
                "source": name,
                **described,
            }
        )
        if self.json:
            return
        if document is None:
            tell(f"{name}: {_describe_known(taken)}")
        doubt = " (guessed)" if "published" in described["guessed"] else ""  # type: ignore[operator]
        published = f"{taken.published}{doubt}" if taken.published else "no date"
        say_line(f"{taken.article} · {taken.file} · {taken.title or 'no title'} · {published}")
        if document is not None:
            _tell_decisions(document)


def _describe_known(taken: "AddedArticle") -> str:
    return f"It is in the dossier already, as {taken.article} ({taken.already}); it was not added again."


def _describe(document: "Document") -> dict[str, object]:
    offers = [f"{offer.question} Agree with {offer.flag}." for offer in document.offers]
    return {
        "guessed": list(document.guessed),
        "warnings": [*document.warnings, *offers],
        "decisions": [
            {"kind": one.kind, "words": one.words, "taken": one.taken, "became": one.became or None}
            for one in document.decisions
        ],
        "offers": [{"flag": offer.flag, "sample": offer.sample} for offer in document.offers],
    }


def _tell_decisions(document: "Document") -> None:
    from dossier.intake.document import shorten  # noqa: PLC0415

    if document.guessed:
        tell(f"  guessed, so check it: {', '.join(document.guessed)}")
    for warning in document.warnings:
        tell(f"  {warning}")
    for offer in document.offers:
        tell(f"  {offer.question} Agree with {offer.flag}; it would read: {offer.sample}")
    by_kind: dict[tuple[str, bool], list[str]] = {}
    for one in document.decisions:
        became = f" → {one.became}" if one.became and one.became != one.words else ""
        by_kind.setdefault((one.kind, one.taken), []).append(shorten(f"{one.words}{became}", 100))
    for (kind, taken), words in by_kind.items():
        tell(f"  {kind}, {'in' if taken else 'not in'} the article: {len(words)}")
        for line in words[:_SHOWN]:
            tell(f"    {line}")
        if len(words) > _SHOWN:
            tell(f"    … and {len(words) - _SHOWN} more; --json tells all")


def _standard_input() -> bytes:
    from dossier.desk.user.read_input import MOST  # noqa: PLC0415

    if sys.stdin.isatty():
        raise DossierError("Nothing comes from standard input; pipe a page into it, as in: curl … | dossier add -")
    data = sys.stdin.buffer.read(MOST + 1)
    if len(data) > MOST:
        raise DossierError(f"Standard input has more than {MOST:,} bytes; that is too much.")
    return data


@click.command()
def schema() -> None:
    """Print the JSON Schema of a dossier's YAML files, for editors.

    Save it beside dossier.yaml as dossier.schema.json, and begin each YAML file with
    # yaml-language-server: $schema=dossier.schema.json
    """
    from dossier.desk.founding import schema_page  # noqa: PLC0415

    say_document(schema_page())


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def relations(path: Path | None, as_json: bool) -> None:
    """List the relations a link may have, built-in and the dossier's own, with inverse and stance."""
    with open_desk(path) as desk:
        found = sorted(desk.relations().values(), key=lambda one: (bool(one.place.file), one.name))
    if as_json:
        say_json(
            {
                "relations": [
                    {
                        "name": one.name,
                        "inverse": one.inverse,
                        "stance": one.stance,
                        "own": bool(one.place.file),
                        "note": one.note,
                    }
                    for one in found
                ]
            }
        )
        return
    for one in found:
        own = f" · {one.place}" if one.place.file else ""
        say_line(f"{one.name} ↔ {one.inverse}{f' · {one.stance}' if one.stance else ''}{own}")
