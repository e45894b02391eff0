"""The built wheel is the whole program: else it works for us alone, in the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The wheel's contents in a folder of their own, as an install lays them out."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = folder.glob("dossier_browser-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def dossier(installed: Path, *arguments: str, cwd: Path):
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, "-m", "dossier", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_the_shipped_dossier_and_the_styles_are_in_it(installed):
    assert (installed / "dossier/_shipped/seeds/london-trade-talks/dossier.yaml").is_file()
    assert (installed / "dossier/_shipped/styles/tokens.tcss").is_file()
    assert not list(installed.rglob("*.sqlite"))


def test_it_works_from_any_folder(installed, tmp_path):
    london = str(installed / "dossier/_shipped/seeds/london-trade-talks")
    check = dossier(installed, "check", london, cwd=tmp_path)
    assert check.returncode == 0, check.stderr
    found = dossier(installed, "search", "rare earths", "-d", london, cwd=tmp_path)
    assert "rare-earths" in found.stdout, found.stderr
    assert dossier(installed, "keys", cwd=tmp_path).stdout


def test_it_writes_nothing_beside_the_program_or_the_dossier(installed, tmp_path):
    before = sorted(installed.rglob("*.[!p]*"))
    london = str(installed / "dossier/_shipped/seeds/london-trade-talks")
    assert dossier(installed, "search", "tariffs", "-d", london, cwd=tmp_path).returncode == 0
    assert sorted(installed.rglob("*.[!p]*")) == before
    assert list(tmp_path.iterdir()) == []
