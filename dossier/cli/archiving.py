"""`dossier archive`: what a team publishes for its readers."""

from pathlib import Path

import click

from dossier.cli.opening import Progress, dossier_option, opened
from dossier.cli.saying import say


@click.group()
def archive() -> None:
    """Publish a dossier for a team that reads and searches it."""


@archive.command("publish")
@click.option(
    "--to", type=click.Choice(["opensearch"]), required=True, help="The server of your configuration for this dossier."
)
@dossier_option
def archive_publish(path: Path | None, to: str) -> None:
    """Bring the index on a search server up to date.

    Only articles and files that changed are sent. A run that was broken off is taken up by the next one.
    """
    from dossier.desk.archive.server import publish_to_server, server_to_publish_to  # noqa: PLC0415

    del to
    with opened(path) as desk:
        server = server_to_publish_to(desk.root)
        done = publish_to_server(desk, server, Progress())
    say(f"{server.host}: {done.written} articles and files sent, {done.unchanged} unchanged; {done.passages} passages.")
