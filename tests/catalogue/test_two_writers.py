"""A catalogue that another program holds: who waits in vain is told so, and a failed seal makes nobody give up at once."""

import sqlite3

import pytest
from click.testing import CliRunner

from dossier.cli import main
from dossier.desk.desk import Desk
from dossier.store.catalogue import catalogue
from dossier.store.files import fingerprints


@pytest.fixture
def held(london, monkeypatch):
    """A dossier that was read, and a connection of a program that writes and does not end."""
    monkeypatch.setattr(fingerprints, "RACY", 0)  # else files just written are read again
    desk = Desk.open(london)
    path = desk.home / "catalogue.sqlite"
    desk.close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield london
    other.close()


def test_a_catalogue_held_by_another_program_is_told_as_such(held, monkeypatch):
    monkeypatch.setattr(catalogue, "_PATIENCE", "PRAGMA busy_timeout = 10")
    with (held / "dossier.yaml").open("a") as file:
        file.write("\n# changed\n")
    result = CliRunner().invoke(main, ["check", str(held)])
    assert result.exit_code == 2
    assert "Another program is writing" in result.output
    assert "make room" not in result.output


def test_reading_does_not_wait_for_a_writer(held, monkeypatch):
    monkeypatch.setattr(catalogue, "_PATIENCE", "PRAGMA busy_timeout = 10")
    result = CliRunner().invoke(main, ["show", "china", "-d", str(held)])
    assert result.exit_code == 0, result.output


def test_what_could_not_be_sealed_still_waits_for_other_writers(london, monkeypatch):
    """A seal on a full disk left a connection that gave up on the first lock of another: “database is locked”."""
    desk = Desk.open(london)
    db = desk.texts.catalogue
    db.run("BEGIN IMMEDIATE")
    db.run("REPLACE INTO state VALUES ('content', x'00')")
    db.run("COMMIT")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(db._seal, "put", full)
    db.settle()
    assert db.value("PRAGMA busy_timeout") == 10_000
    desk.close()
