"""`dossier archive`: what a team publishes for its readers."""

from pathlib import Path

import click

from dossier.cli.opening import FOLDER, Progress, dossier_option, engine_of, engine_option, open_desk
from dossier.cli.saying import say


@click.group()
def archive() -> None:
    """Publish a dossier for a team that reads and searches it."""


@archive.command("publish")
@click.argument("out", type=FOLDER, required=False)
@click.option("--key", type=FOLDER, help="The private SSH key that signs the folder OUT.")
@click.option("--to", type=click.Choice(["opensearch"]), help="The server of your configuration for this dossier.")
@engine_option
@dossier_option
def archive_publish(path: Path | None, out: Path | None, key: Path | None, to: str | None, engine: str | None) -> None:
    """Publish into the folder OUT, or bring the index on a search server up to date.

    OUT holds the dossier with its catalogue and index, signed: copying it is all that a reader needs, and `dossier
    browse OUT` opens it. To a server only articles and files that changed are sent. A run that was broken off is taken
    up by the next one.
    """
    if (out is None) is (to is None):
        raise click.UsageError("Name a folder OUT, or a server with --to opensearch.")
    if to:
        _publish_to_server(path)
        return
    if out is None or key is None:
        raise click.UsageError("An archive is signed: name a private SSH key with --key.")
    from dossier.desk.archive.publishing import publish_archive  # noqa: PLC0415  `--help` must not wait for it

    with open_desk(path, engine_of(engine)) as desk:
        made = publish_archive(desk, out, key, Progress())
    say(f"{out}: version {made.version}, {len(made.files)} files, signed.")


@archive.command("trust")
@click.argument("key", type=FOLDER)
@click.option("--name", default="", help="What to call its owner; else the name of the file.")
def archive_trust(key: Path, name: str) -> None:
    """Open archives that are signed with the SSH key of which the file KEY holds the public half.

    Name a key only when its owner has given it to you by a way that you trust.
    """
    from dossier.desk.archive.signing import signers_file, trust  # noqa: PLC0415  `--help` must not wait for it

    say(f"Archives signed by {trust(key, name)} are opened from now on; {signers_file()} holds the keys.")


def _publish_to_server(path: Path | None) -> None:
    from dossier.desk.archive.server import publish_to_server, server_to_publish_to  # noqa: PLC0415

    with open_desk(path) as desk:
        server = server_to_publish_to(desk.root)
        done = publish_to_server(desk, server, Progress())
    say(f"{server.host}: {done.written} articles and files sent, {done.unchanged} unchanged; {done.passages} passages.")
