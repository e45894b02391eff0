"""The one way out for the plain commands: results to standard output, all else to standard error, every text inert."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import click

from dossier.model.clean import HOSTILE, clean, clean_line

_END = "]\n}"
"""The end of a mapping whose last value is a list without items."""
_AT_ONCE = 500
"""Lines that are written together."""


_has_progress = False
"""Whether a terminal shows a line of progress."""


def show_progress(text: str, *, terminal: bool) -> None:
    """Show how far a command is, on standard error: in one line of a terminal, which the next output takes away."""
    global _has_progress  # noqa: PLW0603 - there is one terminal
    _has_progress = terminal
    shown = clean_line(text)
    click.echo(f"\r\x1b[K{shown}\r" if terminal else shown, nl=not terminal, err=True)


def clear_progress() -> None:
    """Take the line of progress away: shorter output would leave the end of it behind."""
    global _has_progress  # noqa: PLW0603 - likewise
    if _has_progress:
        _has_progress = False
        click.echo("\x1b[K", nl=False, err=True)


def _print(text: str | bytes, *, nl: bool = True, err: bool = False) -> None:
    clear_progress()
    click.echo(text, nl=nl, err=err)


def say(text: str = "") -> None:
    """A line, or several, of the result."""
    _print(clean(text))


def say_line(text: str) -> None:
    """Exactly one line of the result, whatever breaks its parts hold."""
    _print(clean_line(text))


def say_lines(texts: Iterable[str]) -> None:
    """Lines of the result as by `say_line`, written at once."""
    _print("\n".join(map(clean_line, texts)))


def say_each(texts: Iterable[str]) -> None:
    """Lines of the result as by `say_line`, so many at once that a long result is not written line by line."""
    texts = iter(texts)
    while some := [*islice(texts, _AT_ONCE)]:
        say_lines(some)


def say_document(text: str) -> None:
    """A whole document, which ends as it ends."""
    _print(clean(text), nl=False)


def say_bytes(data: bytes) -> None:
    """A file of another program as the result; only where the output is no terminal."""
    _print(data, nl=False)


def agreed(question: str) -> bool:
    """Ask at the terminal; whether the answer was yes."""
    clear_progress()
    return click.confirm(clean_line(question), err=True)


def inert(error: click.ClickException) -> click.ClickException:
    """A complaint of click's own about a command line, which may quote it."""
    return click.UsageError(clean(error.format_message()), getattr(error, "ctx", None))


def tell(text: str) -> None:
    """Print something that is not the result: a notice, a problem, progress."""
    _print(clean(text), err=True)


def say_json(value: Mapping[str, Any] | Sequence[Any]) -> None:
    """The result as JSON; what could act on a terminal is escaped, so that nothing is lost to who parses it."""
    _print(_inert_json(value))


def say_json_list(items: Iterable[Mapping[str, Any]], name: str, **before: Any) -> None:
    """Print as `say_json` what stands `before` and a list called `name`, whose items are written as they come."""
    whole, alone = _inert_json(before | {name: []}), _inert_json({name: []}).removesuffix(_END)
    items = iter(items)
    parted = whole.removesuffix(_END)
    while some := [*islice(items, _AT_ONCE)]:
        lines = _inert_json({name: some}).removeprefix(alone).removesuffix(f"\n  {_END}")
        _print(parted + lines, nl=False)
        parted = ","
    _print(f"\n  {_END}" if parted == "," else whole)


def _inert_json(value: Mapping[str, Any] | Sequence[Any]) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return HOSTILE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
