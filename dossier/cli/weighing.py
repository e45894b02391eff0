"""`dossier matrix`, `timeline`, `links`: who stands where, since when, and what is linked with what."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dossier.cli.completion import complete_ids
from dossier.cli.narrowing import lens_and_filters, narrowing_options, option_value, refuse_two_forms
from dossier.cli.opening import FOLDER, dossier_option, open_desk
from dossier.cli.reading import link_record, print_links
from dossier.cli.saying import say, say_document, say_json, say_json_list, say_line, say_lines, tell
from dossier.model.problems import DossierError

if TYPE_CHECKING:
    from dossier.desk.desk import Desk
    from dossier.desk.matrix.timeline import TimeItem
    from dossier.model.brief import Brief, Chapter
    from dossier.model.matrix import Matrix
    from dossier.model.views import Filters

_Command = Callable[..., None]
_json: Callable[[_Command], _Command] = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_markdown: Callable[[_Command], _Command] = click.option(
    "--markdown", is_flag=True, help="Print Markdown, with footnotes."
)


@click.command()
@click.argument("path", type=FOLDER, required=False)
@_json
@_markdown
@click.option("--as-of", metavar="DATE", help="Only what was said by the end of this day or month.")
@click.option("--members", is_flag=True, help="A row for every member, beside that of the delegation.")
@click.option("--parts", is_flag=True, help="Count what the parts of a coalition say with it, and say which.")
@click.option("--gaps", is_flag=True, help="Name the cells without a statement too.")
@narrowing_options
def matrix(
    path: Path | None,
    as_json: bool,
    markdown: bool,
    as_of: str | None,
    members: bool,
    parts: bool,
    gaps: bool,
    **narrowed: Any,
) -> None:
    """Show who stands where: delegations by issues, each cell read off their links and quotes.

    Statements on the same words count once, and so do chains of sources that begin with one origin.
    """
    refuse_two_forms(as_json=as_json, markdown=markdown)
    day = option_value("--as-of", as_of)
    _check_date(day)
    with open_desk(path) as desk:
        lens, filters = lens_and_filters(desk, **narrowed)
        found = desk.weighing.matrix(as_of=day, members=members, parts=parts, lens=lens, filters=filters)
        if as_json:
            say_json(_matrix(found, gaps=gaps))
        elif markdown:
            from dossier.desk.brief.builder import Maker  # noqa: PLC0415  other forms need no sources
            from dossier.desk.matrix.tables import matrix_chapter  # noqa: PLC0415

            _render(desk, matrix_chapter(desk, found, Maker(desk).citations), lens, filters)
        else:
            _print_matrix(found, gaps=gaps)


def _check_date(text: str) -> None:
    from dossier.model.dates import moment_problem  # noqa: PLC0415

    problem = moment_problem(text) if text else ""
    if problem:
        raise DossierError(f"“{text}” {problem}; give a day such as 2025-06-09.")


def _matrix(found: "Matrix", *, gaps: bool) -> dict[str, Any]:
    cells = [
        {
            "delegation": cell.delegation,
            "issue": cell.issue,
            "stance": list(cell.tally.stance),
            "counts": cell.tally.counts,
            "statements": cell.tally.statements,
            "origins": cell.tally.origins,
            "last": cell.tally.last or None,
            "review": cell.tally.review,
        }
        for cell in found.cells.values()
    ]
    delegations, issues = [row.id for row in found.delegations], [column.id for column in found.issues]
    told: dict[str, Any] = {"delegations": delegations, "issues": issues, "cells": cells}
    if any(row.parts for row in found.delegations):
        told["counted_with"] = {row.id: list(row.parts) for row in found.delegations if row.parts}
    if gaps:
        told["gaps"] = [{"delegation": gap.delegation, "issue": gap.issue, "text": gap.text} for gap in found.gaps()]
    return told


def _print_matrix(found: "Matrix", *, gaps: bool) -> None:
    from dossier.desk.matrix.tables import tally_text  # noqa: PLC0415

    missing = found.gaps()
    titles = {row.id: row.title for row in found.delegations}
    for row in found.delegations:
        counted = f" (with {', '.join(titles.get(one, one) for one in row.parts)})" if row.parts else ""
        say_line(f"{'  ' * row.depth}{row.title}{counted}")
        for column in found.issues:
            tally = found.cell(row.id, column.id).tally
            if tally:
                say_line(f"{'  ' * row.depth}  {column.title}: {tally_text(tally)}")
    if gaps:
        say()
        for gap in missing:
            say_line(gap.text)
    tell(f"{len(found.delegations) * len(found.issues) - len(missing)} cells with statements, {len(missing)} without.")
    if found.undated:
        tell(f"Left out because they are not dated: {found.undated}.")


@click.command()
@click.argument("path", type=FOLDER, required=False)
@_json
@_markdown
@narrowing_options
def timeline(path: Path | None, as_json: bool, markdown: bool, **narrowed: Any) -> None:
    """Show what happened and what was said when: events, quotes and dated links in order."""
    refuse_two_forms(as_json=as_json, markdown=markdown)
    with open_desk(path) as desk:
        lens, filters = lens_and_filters(desk, **narrowed)
        found = desk.weighing.timeline(lens=lens, filters=filters)
        if as_json:
            say_json_list(map(_item, found), "items")
        elif markdown:
            from dossier.desk.brief.builder import Maker  # noqa: PLC0415  other forms need no sources
            from dossier.desk.matrix.tables import timeline_chapter  # noqa: PLC0415

            _render(desk, timeline_chapter(desk, found, Maker(desk).citations), lens, filters)
        else:
            from dossier.desk.matrix.tables import when_text  # noqa: PLC0415

            for group in found.groups:
                items = found[group.first : group.first + group.count]
                say_lines([group.label or "Undated", *(_item_line(item, when_text(item)) for item in items)])
            if not found.groups:
                tell("Nothing to show.")


def _item(item: "TimeItem") -> dict[str, Any]:
    when, until = item.when or None, item.until or None
    return {"when": when, "until": until, "id": item.id, "kind": item.kind, "title": item.title}


def _item_line(item: "TimeItem", when: str) -> str:
    told = " · ".join(filter(None, (when, item.kind, item.words, item.detail, item.place)))
    doubt = f" · {item.status}" if item.status not in (None, "exact", "moved") else ""
    return f"  {told}{doubt}"


def _render(desk: "Desk", chapter: "Chapter", lens: tuple[str, ...], filters: "Filters") -> None:
    from dossier.desk.brief.builder import narrowings  # noqa: PLC0415
    from dossier.model.brief import Brief  # noqa: PLC0415

    _print_brief(desk, Brief(desk.title, "", (chapter,), narrowed=tuple(narrowings(desk, lens, filters))))


def _print_brief(desk: "Desk", brief: "Brief") -> None:
    say_document(desk.render(brief))


@click.command()
@click.argument("entry_id", metavar="ID", shell_complete=complete_ids)
@dossier_option
@_json
@_markdown
def links(entry_id: str, path: Path | None, as_json: bool, markdown: bool) -> None:
    """Show the links of an entry both ways, by relation; for a delegation those of its members too."""
    refuse_two_forms(as_json=as_json, markdown=markdown)
    with open_desk(path) as desk:
        view = desk.view(desk.get_or_raise(entry_id).id)
        assert view is not None
        if markdown:
            from dossier.desk.brief.builder import links_brief  # noqa: PLC0415

            _print_brief(desk, links_brief(desk, view))
        elif as_json:
            say_json_list((link_record(row, desk) for row in view.links), "links", id=view.entry.id)
        else:
            print_links(view)
