"""The commands `dossier show`, `export` and `keys`: what the browser shows, without a screen."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dossier.cli.completion import complete_ids, complete_panes
from dossier.cli.exchanging import form_by_name, format_option, whole_export
from dossier.cli.narrowing import lens_and_filters, mode_option, narrowing_options, option_value
from dossier.cli.opening import dossier_option, engine_of, engine_option, open_desk, tell_unread
from dossier.cli.saying import say, say_json, say_line, tell
from dossier.cli.styles import style_options, write_styled
from dossier.export.formats import FORMATS

if TYPE_CHECKING:
    from dossier.desk.desk import Desk
    from dossier.model.anchors import Evidence
    from dossier.model.views import EntryView, LinkRow
    from dossier.search.query.names import Mode


@click.command()
@click.argument("entry_id", metavar="ID", shell_complete=complete_ids)
@dossier_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(entry_id: str, path: Path | None, as_json: bool) -> None:
    """Show an entry: its fields, its links both ways, and its evidence with the status of it."""
    with open_desk(path) as desk:
        view = desk.view(desk.get_or_raise(entry_id).id)
        assert view is not None
        if as_json:
            say_json(_entry(view, desk))
        else:
            _print_entry(view)


def _entry(view: "EntryView", desk: "Desk") -> dict[str, object]:
    entry = view.entry
    return {
        "id": entry.id,
        "kind": entry.kind,
        "title": entry.title,
        "file": entry.place.file,
        "line": entry.place.line,
        "fields": entry.fields,
        "evidence": [_evidence(one, desk) for one in view.evidence],
        "links": [link_record(row, desk) for row in view.links],
    }


def link_record(row: "LinkRow", desk: "Desk") -> dict[str, object]:
    """A cross-reference for JSON."""
    return {
        "relation": row.relation,
        "outward": row.outward,
        "here": row.here,
        "other": row.other,
        "title": row.other_title,
        "kind": row.other_kind,
        "date": row.date,
        "credibility": row.credibility or None,
        "note": row.note,
        "evidence": [_evidence(one, desk) for one in row.evidence],
    }


def _evidence(evidence: "Evidence", desk: "Desk") -> dict[str, object]:
    placed = evidence.start >= 0
    article = desk.entry(evidence.article)
    return {
        "article": evidence.article,
        "day": (article.text("published") if article else "") or None,
        "start": evidence.start if placed else None,
        "end": evidence.end if placed else None,
        "paragraph": evidence.paragraph or None,
        "text": evidence.text,
        "wanted": evidence.wanted.text,
        "status": evidence.status,
        "why": evidence.why,
    }


def _print_entry(view: "EntryView") -> None:
    entry = view.entry
    say_line(f"{entry.kind} {entry.id}")
    say_line(f"  {entry.title}")
    for name in entry.fields:
        if entry.text(name) != entry.title:
            say_line(f"  {name}: {entry.text(name)}")
    say_line(f"  written at: {entry.place}")
    for one in view.evidence:
        _print_evidence(one, "  ")
    print_links(view)


def print_links(view: "EntryView") -> None:
    """The cross-references of an entry, by relation."""
    from dossier.model.dates import span_of, span_text  # noqa: PLC0415  `--help` must not wait for it

    relation = ""
    for row in view.links:
        if row.relation != relation:
            relation = row.relation
            say_line(f"{relation}:")
        through = f" (by {row.here})" if row.here != view.entry.id else ""
        lasted = f" · {span_text(*span_of(row.date))}" if row.date and not row.evidence else ""
        say_line(f"  {row.other} · {row.other_title}{through}{lasted}")
        for one in row.evidence:
            _print_evidence(one, "    ")


def _print_evidence(evidence: "Evidence", indent: str) -> None:
    from dossier.model.anchors import GLYPHS  # noqa: PLC0415

    where = f" ¶{evidence.paragraph}" if evidence.paragraph else ""
    why = f": {evidence.why}" if evidence.why else ""
    say_line(f"{indent}{GLYPHS[evidence.status]} {evidence.status} {evidence.article}{where}{why}")
    say_line(f"{indent}  “{evidence.text or evidence.wanted.text}”")


@click.command()
@dossier_option
@click.option(
    "--pane",
    "panes",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_panes,
    help="A pane to export as a document; several are told in turn. A brief and notes have the quotes without it.",
)
@format_option
@click.option(
    "--only",
    "ids",
    multiple=True,
    metavar="ID",
    shell_complete=complete_ids,
    help="Only this entry; may be given several times.",
)
@click.option("--query", metavar="Q", help="Only what this search finds.")
@mode_option
@narrowing_options
@style_options
@click.option(
    "-o", "--output", "output", type=click.Path(path_type=Path), help="The file to write; else standard output."
)
@click.option("--force", is_flag=True, help="Replace the file if there is one.")
@engine_option
def export(
    path: Path | None,
    panes: tuple[str, ...],
    ids: tuple[str, ...],
    query: str | None,
    mode: "Mode",
    output: Path | None,
    force: bool,
    engine: str | None,
    form: str | None,
    **said: Any,
) -> None:
    """Write chosen panes as Markdown, a page or a Word file, with a footnote for every piece of evidence.

    What a query, a lens and filters leave is what the browser would show, and the document says what it was narrowed
    to. Filters touch only what has what they ask about; `attribution:`, `status:` and `date:` in a query ask for it.
    Text has dates in words; tables keep them as in 2025-06-09, so that they sort.
    """
    from dossier.desk.brief.scope import BriefScope, brief_within  # noqa: PLC0415

    asked = option_value("--query", query)
    narrowed = {name: said.pop(name) for name in ("lens", "attributions", "statuses", "first", "last")}
    form = form or ("" if panes else form_by_name(output))
    if form and form not in FORMATS:
        if panes or ids or query or any(narrowed.values()):
            raise click.UsageError(f"The format {form} takes the whole dossier: leave out what chooses from it.")
        whole_export(path, form, output, force=force)
        return
    panes = panes or _default_panes(said["style"])
    with open_desk(path, engine_of(engine)) as desk:
        tell_unread(desk)
        lens, filters = lens_and_filters(desk, **narrowed)
        taken = brief_within(desk, panes, BriefScope(ids or None, asked, mode, lens=lens, filters=filters))
        for note in taken.notes:
            tell(note)
        write_styled(desk, taken.brief, output, force=force, form=form or None, **said)
    if output is not None:
        tell(f"Written to {output}.")


def _default_panes(style: str) -> tuple[str, ...]:
    """Panes of a document for which none was named: what was quoted, if it is a brief or notes.

    Raises:
        click.UsageError: the full style has no such choice.

    """
    if style == "full":
        raise click.UsageError(
            "Missing option '--pane': name one, as in --pane quotes; or add --style brief, which takes the quotes; "
            "or name the --format of another program."
        )
    return ("quotes",)


@click.command()
def keys() -> None:
    """Print the keys of the browser, and the file in which you may give it your own."""
    from dossier.desk.user import configuration  # noqa: PLC0415  `--help` must not wait for it
    from dossier.ui.keys.actions import ACTIONS, keys_page  # noqa: PLC0415  the action table, which needs no Textual

    say(keys_page().rstrip("\n"))
    say(f"\nYour own keys and looks: {configuration.path()}")
    for problem in configuration.read(ACTIONS)[1]:
        tell(str(problem))
