import shutil
import subprocess
from itertools import count
from pathlib import Path

import pytest
from relay import Relay

from dossier.desk.archive.server import publish_to_server, server_to_publish_to
from dossier.desk.desk import Desk
from dossier.desk.search import remote
from dossier.search.engines.opensearch import engine
from tools import opensearch

ROOT = Path(__file__).resolve().parents[2]
_numbers = count()


@pytest.fixture(scope="session")
def node():
    """A real node, for all tests of this process."""
    if why := opensearch.lacking():
        pytest.skip(why)
    return opensearch.shared_node()


@pytest.fixture
def relay():
    """Starts servers between the program and a node, and ends them."""
    begun = []

    def begin(*given, **how):
        begun.append(Relay(*given, **how))
        return begun[-1]

    yield begin
    for one in begun:
        one.close()


class Team:
    """The London dossier of a user whose configuration can name a server for it."""

    def __init__(self, folder: Path) -> None:
        self.root = Path(shutil.copytree(ROOT / "seeds/london-trade-talks", folder / "london"))
        self.index = f"team-{next(_numbers)}"
        self._config = folder / "config" / "dossier" / "config.toml"
        self._config.parent.mkdir(parents=True)
        self._desks = []

    def name(self, url, **more):
        """Name a server in the configuration."""
        lines = "".join(f'{key} = "{value}"\n' for key, value in {"url": url, **more}.items())
        self._config.write_text(
            f'[opensearch]\n{lines}[opensearch.archives]\n"{self.root}" = "{self.index}"\n', "utf-8"
        )

    def unname(self):
        self._config.unlink(missing_ok=True)

    def open(self):
        desk = Desk.open(self.root)
        self._desks.append(desk)
        return desk

    def publish(self):
        desk = self.open()
        return publish_to_server(desk, server_to_publish_to(desk.root))

    def search(self, text, **how):
        return self.open().search(text, **how)

    def close(self):
        for desk in self._desks:
            desk.close()


@pytest.fixture
def team(tmp_path, monkeypatch):
    for name in ("cache", "state", "config"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / name))
    monkeypatch.setattr(remote, "SECONDS", 60.0)  # this machine may be busy; tests of the limit set one
    monkeypatch.setattr(engine, "PATIENCE", 60.0)
    one = Team(tmp_path)
    yield one
    one.close()


@pytest.fixture
def indexed(team):
    """The team's dossier with an index on this machine too, and what that finds."""
    team.open().index()
    team.total = team.search("china").total
    assert team.total
    return team


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    """A CA, the certificate of localhost by it, and that of a client."""
    folder = tmp_path_factory.mktemp("certificates")

    def run(*command):
        subprocess.run(["openssl", *command], cwd=folder, check=True, capture_output=True)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    for name in ("ca", "other"):
        run("req", "-x509", *key, "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", "2", "-subj", f"/CN={name}")
    (folder / "names").write_text("subjectAltName=DNS:localhost")
    for name in ("server", "client"):
        run("req", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        run("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-extfile", "names", "-out", f"{name}.pem")  # fmt: skip
    return folder
