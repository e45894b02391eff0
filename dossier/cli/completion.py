"""Completion in the shell: ids of the dossier and names of panes, and the command that prints the script for it."""

import contextlib
from pathlib import Path

import click

from dossier.cli.saying import say_document

MOST = 2_000
"""So many ids of a kind are offered at most."""

_LISTS = ("delegations", "issues", "quotes", "articles")


def complete_ids(ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Ids of the dossier that begin with what was typed; none where there is no dossier that was read before."""
    path = ctx.params.get("path")
    found: list[str] = []
    with contextlib.suppress(Exception):  # whatever is wrong is told by the command, not by a key press
        from dossier.desk.choosing import choose  # noqa: PLC0415
        from dossier.desk.desk import Desk  # noqa: PLC0415

        desk = Desk.open(choose(path if isinstance(path, Path) else None), refresh=False)
        try:
            for pane in _LISTS:
                listing = desk.listing(pane)
                ids = (listing.id_at(at) for at in range(min(len(listing), MOST)))
                found += [one for one in ids if one.startswith(begun)]
        finally:
            desk.close()
    return sorted(set(found))


def complete_panes(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[str]:
    """Names of panes that can be exported."""
    from dossier.desk.brief.builder import EXPORTED, TABLES  # noqa: PLC0415

    return [name for name in (*EXPORTED, *TABLES) if name.startswith(begun)]


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    r"""Print the script that completes commands, options, ids and panes.

    \b
    bash: echo 'eval "$(dossier completion bash)"' >> ~/.bashrc
    zsh:  echo 'eval "$(dossier completion zsh)"' >> ~/.zshrc
    fish: dossier completion fish > ~/.config/fish/completions/dossier.fish
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415

    chosen = get_completion_class(shell)
    assert chosen is not None
    root = click.get_current_context().find_root().command
    say_document(chosen(root, {}, "dossier", "_DOSSIER_COMPLETE").source())
