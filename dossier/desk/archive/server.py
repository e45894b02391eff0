"""Publishing a dossier to a search server."""

from datetime import UTC, datetime
from pathlib import Path

from dossier.desk.archive.versions import commit_of, contents_digest
from dossier.desk.desk import Desk
from dossier.desk.search.units import Units
from dossier.desk.user.places import configuration_file
from dossier.desk.user.servers import server_of
from dossier.model.problems import DossierError
from dossier.model.progress import Progress, say_nothing
from dossier.search.engines.opensearch.publisher import Publisher, PublishResult
from dossier.search.engines.server import Server


def server_to_publish_to(root: Path) -> Server:
    """Return the server of the user's configuration for the dossier in `root`; raises `DossierError` without one."""
    server = server_of(root)
    if server is None:
        lines = f'[opensearch.archives] and "{root}" = "NAME"'
        raise DossierError(f"{configuration_file()} names no index for this dossier; write {lines} there.")
    return server


def publish_to_server(desk: Desk, server: Server, progress: Progress = say_nothing) -> PublishResult:
    """Bring an index on a server to hold what is known of a dossier; only articles and files that changed are sent.

    Raises:
        IndexBusy: another program publishes to it.
        IndexUnavailable: the server does not answer or refuses; what was sent stays, and the next run goes on from it.

    """
    units = Units(desk, desk.texts.catalogue, desk.texts)
    meta = {
        "title": desk.title,
        "commit": commit_of(desk.root),
        "contents": contents_digest(desk.texts.catalogue),
        "published": datetime.now(UTC).isoformat(timespec="seconds"),
    }

    def report(done: int, total: int) -> None:
        progress("publishing", done, total)

    return Publisher(server).publish(units.stamps(), units.passages, meta, report)
