"""The command `dossier search`."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from dossier.cli.narrowing import lens_and_filters, mode_option, narrowing_options, option_value
from dossier.cli.opening import Progress, dossier_option, engine_of, engine_option, open_desk
from dossier.cli.saying import say_json, say_line, tell
from dossier.model.problems import DossierError

if TYPE_CHECKING:
    from dossier.model.anchors import Status
    from dossier.model.passages import Answer, Hit
    from dossier.search.engines.engine import Sort
    from dossier.search.query.names import Mode


@click.command()
@click.argument("query", nargs=-1, required=True)
@dossier_option
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many hits to print.")
@mode_option
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date"]),
    default="relevance",
    show_default=True,
    help="The best hits first, or the latest.",
)
@narrowing_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@engine_option
def search(
    query: tuple[str, ...],
    path: Path | None,
    limit: int,
    mode: "Mode",
    sort: "Sort",
    as_json: bool,
    engine: str | None,
    **narrowed: Any,
) -> None:
    """Search passages, quotes, issues, people and events.

    Words, "phrases", -not, OR, field:value, rare*. Put -- before a query that begins with a minus.
    """
    from dossier.desk.search.service import too_large  # noqa: PLC0415

    text = option_value("The query", " ".join(query))
    with open_desk(path, engine_of(engine)) as desk:
        lens, filters = lens_and_filters(desk, **narrowed)
        for suggestion in () if desk.finding.index.exists else too_large(desk.engine, desk.finding.catalogue):
            tell(suggestion)
        asked = partial(
            desk.search, text, progress=Progress(), limit=limit, mode=mode, sort=sort, lens=lens, filters=filters
        )
        answer = asked()
        if not answer.total and (beginning := asked(typing=True)).total:
            answer = beginning
            tell(f"Nothing has all these words; the last was taken for the beginning of one: {answer.understood}")
        entries = [hit.id for hit in answer.hits if hit.kind not in ("paragraph", "link")]
        statuses = {one: row.status for one in entries if (row := desk.row(one)) and row.status}
    _tell_notes(answer)
    if as_json:
        say_json(_answer(text, answer, statuses))
    else:
        _print_hits(answer, statuses)


def _print_hits(answer: "Answer", statuses: "dict[str, Status]") -> None:
    """Print each hit with its place, its status and why it was found, and their number."""
    from dossier.model.anchors import GLYPHS  # noqa: PLC0415

    for hit in answer.hits:
        where = f" · {hit.article} ¶{hit.paragraph}" if hit.paragraph else ""
        known = _status(hit, statuses)
        what = hit.title if hit.kind == "link" else hit.id
        say_line(f"{hit.kind} {what}{where}{f' · {GLYPHS[known]} {known}' if known else ''}")
        say_line(f"    {hit.snippet or hit.title}")
        if hit.why:
            say_line(f"    ({hit.why})")
    tell(f"{answer.total} hit{'' if answer.total == 1 else 's'}" + (", and perhaps more" if answer.partial else ""))


def _tell_notes(answer: "Answer") -> None:
    """Tell the notes and suggestions of an answer; an error where nothing of the query could be searched for."""
    for note in answer.notes:
        tell(note)
    if answer.suggestions:
        tell(f"Did you mean {' or '.join(answer.suggestions)}?")
    if not answer.understood and answer.notes:
        raise DossierError("Nothing in the query can be searched for.")


def _answer(text: str, answer: "Answer", statuses: "dict[str, Status]") -> dict[str, object]:
    """Return an answer as JSON; `partial` when more may match than was found."""
    hits = [_hit(hit, statuses) for hit in answer.hits]
    return {"query": text, "total": answer.total, "partial": answer.partial, "hits": hits}


def _status(hit: "Hit", statuses: "dict[str, Status]") -> "Status | None":
    """The status of a hit: of a link's own evidence, of an entry's worst; None where it rests on none."""
    if hit.kind == "link":
        return cast("Status", hit.status) if hit.status else None
    return statuses.get(hit.id) if hit.kind != "paragraph" else None


def _hit(hit: "Hit", statuses: "dict[str, Status]") -> dict[str, object]:
    """A hit; its status is that of the entry's worst evidence, null where it rests on none."""
    fields = ("id", "kind", "title", "article", "paragraph", "snippet", "spans", "score", "why")
    return {field: getattr(hit, field) for field in fields} | {"status": _status(hit, statuses)}
