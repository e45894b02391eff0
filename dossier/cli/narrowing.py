"""Options by which commands are narrowed as the lists of the browser are: by a lens and by filters."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from dossier.cli.completion import complete_ids
from dossier.model.problems import DossierError

if TYPE_CHECKING:
    from dossier.desk.desk import Desk
    from dossier.model.views import Filters

_Command = Callable[..., None]

mode_option: Callable[[Callable[..., None]], Callable[..., None]] = click.option(
    "--mode",
    type=click.Choice(["exact", "aliases", "fuzzy"]),
    default="aliases",
    show_default=True,
    help="Words as they are; names by all their aliases; or words one letter off as well.",
)
"""The option `--mode` of commands that search."""

_LENS = 100
"""Most entries of a lens: more than a reader sets, fewer than a question to the catalogue can name."""


def narrowing_options(command: _Command) -> _Command:
    """Give a command the options `--lens`, `--attribution`, `--status`, `--from` and `--to`, for `lens_and_filters`."""
    attributions = click.Choice(["direct", "paraphrase", "anonymous", "inferred"])
    statuses = click.Choice(["exact", "moved", "reworded", "ambiguous", "missing"])
    options = (
        click.option("--lens", multiple=True, metavar="ID", shell_complete=complete_ids,
                     help="Only what is linked with this entry; with several, with each of them."),
        click.option("--attribution", "attributions", multiple=True, type=attributions, help="Of quotes, only those "
                     "with this attribution; may be given several times."),
        click.option("--status", "statuses", multiple=True, type=statuses, help="Of quotes and events, only those "
                     "whose evidence has this status; may be given several times."),
        click.option("--from", "first", metavar="DATE", help="Of entries with a date, only those of "
                     "this day, month or year, or later."),
        click.option("--to", "last", metavar="DATE", help="The same, up to this day, month or year, "
                     "inclusive."),
    )  # fmt: skip
    return with_options(command, options)


def with_options(command: _Command, options: Sequence[Callable[[_Command], _Command]]) -> _Command:
    """Give a command some options, told in this order by its `--help`."""
    for option in reversed(options):
        command = option(command)
    return command


def day_range(first: str | None, last: str | None) -> tuple[str, str]:
    """Return the dates of `--from` and `--to`, empty where they are not given.

    Raises:
        DossierError: one is no date, or no day is within the two.

    """
    days = option_value("--from", first), option_value("--to", last)
    if any(days):
        from dossier.desk.brief.scope import day_problem, order_problem  # noqa: PLC0415  few commands have dates

        for problem in (*map(day_problem, days), order_problem(*days)):
            if problem:
                raise DossierError(problem)
    return days


def lens_and_filters(
    desk: "Desk",
    lens: tuple[str, ...],
    attributions: tuple[str, ...],
    statuses: tuple[str, ...],
    first: str | None,
    last: str | None,
) -> "tuple[tuple[str, ...], Filters]":
    """The lens and the filters that the options ask for.

    Raises:
        DossierError: an id of the lens is not in the dossier, there are too many of them, a date is none, or no date
            is within the two.

    """
    from dossier.model.views import Filters  # noqa: PLC0415

    days = day_range(first, last)
    ids = tuple(dict.fromkeys(desk.get_or_raise(one).id for one in lens))
    if len(ids) > _LENS:
        raise DossierError(f"The lens has {len(ids)} entries; give at most {_LENS}.")
    return ids, Filters(tuple(dict.fromkeys(attributions)), tuple(dict.fromkeys(statuses)), *days)


def option_value(option: str, text: str | None) -> str:
    """The value of an option, without blanks around it; empty where it was left out.

    Raises:
        DossierError: it was given, and says nothing: most often a variable of a script that was never set.

    """
    if text is not None and not text.strip():
        raise DossierError(f"{option} is empty; leave it out, or say what it is to be.")
    return (text or "").strip()


def refuse_two_forms(*, as_json: bool, markdown: bool) -> None:
    """Refuse to print in two forms at once.

    Raises:
        DossierError: JSON and Markdown are both asked for.

    """
    if as_json and markdown:
        raise DossierError("Both --json and --markdown are given; leave one out.")
