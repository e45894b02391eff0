import shutil
import subprocess
from pathlib import Path

import pytest

from dossier.desk.archive.publishing import publish_archive
from dossier.desk.archive.signing import trust
from dossier.desk.desk import Desk

LONDON = Path(__file__).parents[2] / "seeds/london-trade-talks"


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    for name in ("ours", "theirs"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    return folder


@pytest.fixture
def places(tmp_path, monkeypatch):
    """Folders of a publisher and a reader who are different people: `places(who)` goes over to one."""

    def go(who):
        for name in ("cache", "state", "config"):
            monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / who / name))

    return go


@pytest.fixture
def published(tmp_path, keys, places):
    """Publishes London as it is now, and goes over to a reader who trusts the key."""
    root = Path(shutil.copytree(LONDON, tmp_path / "london"))

    def publish(engine="whoosh"):
        places("publisher")
        desk = Desk.open(root, engine=engine)
        try:
            publish_archive(desk, tmp_path / "out", keys / "ours")
        finally:
            desk.close()
        places("reader")
        trust(keys / "ours.pub", "desk@paper")
        return tmp_path / "out"

    publish.root = root
    return publish
