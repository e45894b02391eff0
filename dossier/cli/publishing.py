"""`dossier publish` and `serve`: the dossier for those who have a web browser and no terminal."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from dossier.cli.narrowing import lens_and_filters, narrowing_options
from dossier.cli.opening import FOLDER, Progress, dossier_option, open_desk, tell_unread
from dossier.cli.saying import tell
from dossier.model.problems import DossierError


@click.command()
@click.argument("out", type=FOLDER)
@dossier_option
@click.option("--only", "ids", multiple=True, metavar="ID", help="Only this entry; may be given several times.")
@click.option(
    "--without-text", "without_text", multiple=True, metavar="ID", help="Of this article only the words that are "
    "evidence; `all` for every article. May be given several times.",
)  # fmt: skip
@narrowing_options
def publish(out: Path, path: Path | None, ids: tuple[str, ...], without_text: tuple[str, ...], **narrowed: Any) -> None:
    """Write the dossier as a static web site into the folder OUT.

    It needs no server and asks nothing of any other place. Of OUT only what an earlier run wrote is replaced. Of an
    article that was not chosen but bears out what was, only the words of evidence are published.
    """
    _need("jinja2", "publish")
    from dossier.desk.publish.scope import PublicationScope  # noqa: PLC0415  `--help` must not wait for it
    from dossier.desk.publish.site import publish as write  # noqa: PLC0415

    with open_desk(path) as desk:
        tell_unread(desk)
        lens, filters = lens_and_filters(desk, **narrowed)
        site = write(desk, out, PublicationScope(ids, lens, filters, without_text), Progress())
    tell(f"{out}: {site.written} files written, {site.unchanged} unchanged, {site.removed} removed. Open index.html.")


@click.command()
@dossier_option
@click.option("--host", default="localhost", show_default=True, help="The address to listen at.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen at.")
@click.option(
    "--most", default=8, show_default=True, type=click.IntRange(1, 1000), help="Browsers at once, a process each."
)
def serve(path: Path | None, host: str, port: int, most: int) -> None:
    """Show the browser in a web browser, read-only, to whoever has the address with its token.

    It listens at this machine alone unless --host names another address.
    """
    _need("textual_serve", "web")
    from dossier.desk.choosing import choose  # noqa: PLC0415  `--help` must not wait for it
    from dossier.ui.web.server import serve as run  # noqa: PLC0415

    run(choose(path), host, port, tell, most)


def _need(module: str, extra: str) -> None:
    if find_spec(module) is None:
        raise DossierError(f"This needs more than is installed: pip install 'dossier-browser[{extra}]'.")
