"""`dossier check` and `dossier index`: is it right, and can it be found."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from dossier.cli.opening import FOLDER, Progress, engine_of, engine_option, open_desk
from dossier.cli.sarif import sarif
from dossier.cli.saying import say, say_each, say_json, tell

if TYPE_CHECKING:
    from dossier.desk.desk import Desk
    from dossier.model.problems import Problem

_NAMED = 12


@click.command()
@click.argument("path", type=FOLDER, required=False)
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", help="How to print problems."
)
@click.option("--lock", is_flag=True, help="Write dossier.lock: where every sound anchor stands, in which bytes.")
@click.option("--accept-moved", is_flag=True, help="With --lock: what moved into other surroundings is right there.")
@click.option("--strict", is_flag=True, help="Take every warning for an error.")
def check(path: Path | None, form: str, lock: bool, accept_moved: bool, strict: bool) -> None:
    """Name every problem of a dossier: file, line, column, rule, what to do.

    Exits with 0 when there is none, with 1 when there are errors, with 2 when it cannot be read.
    """
    with open_desk(path) as desk:
        if lock:
            _lock(desk, accept_moved=accept_moved)
        elif accept_moved:
            raise click.UsageError("--accept-moved goes with --lock.")
        problems, counts = desk.problems(keep=True), desk.anchor_counts()
        if strict:
            problems = [msgspec.structs.replace(problem, severity="error") for problem in problems]
        if form == "json":
            say_json({"problems": [_problem(one) for one in problems], "anchors": counts})
        elif form == "sarif":
            say_json(sarif(problems, desk.root))
        else:
            say_each(map(str, problems))
            _sum_up(counts, len(problems), desk.anchoring.count_unheld())
            _name_open(desk)
    if any(problem.severity == "error" for problem in problems):
        raise SystemExit(1)


def _lock(desk: "Desk", *, accept_moved: bool) -> None:
    """Write the lock and say what that changed."""
    with desk.annotations.exclusive_write():
        done = desk.anchoring.lock(accept_moved=accept_moved)
    told = f"{done.added} new, {done.moved} elsewhere, {done.dropped} dropped"
    left = f"; {done.open} not sound and not held" if done.open else ""
    tell(f"dossier.lock holds {done.held} anchor{'' if done.held == 1 else 's'}: {told}{left}.")
    if done.waiting:
        tell(
            f"{done.waiting} moved into other surroundings and stay held where they were; look at them in the review, "
            "or say --accept-moved."
        )


def _name_open(desk: "Desk") -> None:
    """Say which quotations of which articles need a look."""
    waiting: dict[str, list[str]] = {}
    for one in desk.anchoring.unsound():
        waiting.setdefault(one.evidence.article or "no article", []).append(one.evidence.owner)
    for article, owners in waiting.items():
        names = list(dict.fromkeys(owners))
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        tell(f"To look at in {article}: {', '.join(names[:_NAMED])}{more}")


def _problem(problem: "Problem") -> dict[str, object]:
    place = problem.place
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def _sum_up(counts: dict[str, int], problems: int, unheld: int) -> None:
    anchors = ", ".join(f"{count} {status}" for status, count in counts.items() if count) or "none"
    told = f"{problems} problem{'' if problems == 1 else 's'}" if problems else "No problems"
    lock = f"; the lock does not hold {unheld} of them" if unheld else ""
    tell(f"{told}; anchors: {anchors}{lock}.")


@click.command()
@click.argument("path", type=FOLDER, required=False)
@click.option("--rebuild", is_flag=True, help="Rebuild it, whatever is there.")
@engine_option
def index(path: Path | None, rebuild: bool, engine: str | None) -> None:
    """Build the full-text index, or bring it up to date."""
    from dossier.desk.search.service import larger, too_large  # noqa: PLC0415

    with open_desk(path, engine_of(engine)) as desk:
        early = too_large(desk.engine, desk.finding.catalogue)
        for suggestion in early:
            tell(suggestion)
        count = desk.index(Progress(0), rebuild=rebuild)
        say(f"{count} passages in {desk.home}")
        for suggestion in () if early else larger(desk.engine, count):
            tell(suggestion)
