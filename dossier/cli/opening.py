"""Open the dossier that a command line names."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dossier.cli.saying import show_progress, tell
from dossier.search.engines.table import INDEXED

if TYPE_CHECKING:
    from dossier.desk.desk import Desk

FOLDER = click.Path(path_type=Path)


def dossier_option(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command `-d PATH`, where its arguments are something else."""
    return click.option("-d", "--dossier", "path", type=FOLDER, help="Folder of the dossier.")(command)


def engine_option(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command `--engine NAME`."""
    names = click.Choice(INDEXED)
    return click.option("--engine", type=names, help="The full-text engine; else that of your configuration.")(command)


def engine_of(option: str | None) -> str:
    """The engine asked for, else that of the user's configuration, else Whoosh."""
    from dossier.desk.user.places import configuration_file  # noqa: PLC0415

    if option or not configuration_file().exists():
        return option or "whoosh"
    from dossier.desk.user import configuration  # noqa: PLC0415  few users have one

    return configuration.read(())[0].engine or "whoosh"


@contextmanager
def open_desk(path: Path | None, engine: str = "whoosh") -> "Iterator[Desk]":
    """The dossier that `path` means, brought up to date; its notices go to standard error."""
    from dossier.desk.choosing import choose  # noqa: PLC0415
    from dossier.desk.desk import Desk  # noqa: PLC0415  `--help` must not wait for it

    desk = Desk.open(choose(path), refresh=False, engine=engine)
    try:
        desk.refresh(Progress())
        for notice in desk.notices:
            tell(notice)
        yield desk
    finally:
        desk.close()


def tell_unread(desk: "Desk") -> None:
    """Say which files of the dossier could not be read to their end: what is written lacks what stands there."""
    files = desk.unreadable_files()
    if files:
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        tell(f"{files[0]}{more} cannot be read whole, and what was not read is missing here; see dossier check.")


SELDOM = 10.0
"""Seconds between two lines of progress where standard error is no terminal."""


class Progress:
    """Work in progress, on standard error: in one line of a terminal, or now and then a line in a file or pipe."""

    def __init__(self, patience: float = 0.5) -> None:
        """Show nothing for the first `patience` seconds of a terminal, and the first `SELDOM` elsewhere."""
        self._live = sys.stderr.isatty()
        self._from = time.monotonic() + (patience if self._live else SELDOM)

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show how far it is, at most ten times a second."""
        now = time.monotonic()
        if now >= self._from:
            self._from = now + (0.1 if self._live else SELDOM)
            told = f"{what}: {100 * done // total if total else 100} %"
            show_progress(told, terminal=self._live)
