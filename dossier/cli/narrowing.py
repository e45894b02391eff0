"""Options by which commands are narrowed as the lists of the browser are: by a lens and by filters."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dossier.desk.desk import Desk
    from dossier.model.views import Filters

_Command = Callable[..., None]


def narrowing_options(command: _Command) -> _Command:
    """Give a command `--lens`, `--attribution`, `--status`, `--from` and `--to`; `narrowing` takes what they say."""
    attributions = click.Choice(["direct", "paraphrase", "anonymous", "inferred"])
    statuses = click.Choice(["exact", "moved", "reworded", "ambiguous", "missing"])
    options = (
        click.option("--lens", multiple=True, metavar="ID", help="Only what is linked with this entry; with several, "
                     "with each of them."),
        click.option("--attribution", "attributions", multiple=True, type=attributions, help="Of quotes, only those "
                     "tied so to who said them; may be given several times."),
        click.option("--status", "statuses", multiple=True, type=statuses, help="Of quotes and events, only those with "
                     "such evidence; may be given several times."),
        click.option("--from", "first", default="", metavar="DATE", help="Of what has a date, only what is of this "
                     "day, month or year, or later."),
        click.option("--to", "last", default="", metavar="DATE", help="The same, up to this day, month or year, "
                     "inclusive."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def narrowing(
    desk: "Desk",
    lens: tuple[str, ...],
    attributions: tuple[str, ...],
    statuses: tuple[str, ...],
    first: str,
    last: str,
) -> "tuple[tuple[str, ...], Filters]":
    """The lens and the filters that the options ask for.

    Raises:
        DossierError: an id of the lens is not in the dossier, or a date is none.

    """
    from dossier.desk.extents import day_problem  # noqa: PLC0415  `--help` must not wait for it
    from dossier.model.problems import DossierError  # noqa: PLC0415
    from dossier.model.views import Filters  # noqa: PLC0415

    for problem in map(day_problem, (first, last)):
        if problem:
            raise DossierError(problem)
    return tuple(desk.demand(one).id for one in lens), Filters(attributions, statuses, first, last)
