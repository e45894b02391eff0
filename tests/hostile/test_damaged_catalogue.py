"""A catalogue that lost half of itself beside a journal, as at a power failure: it breaks one start and not all."""

import shutil
import sqlite3

import pytest

from dossier.desk.desk import Desk
from dossier.desk.open import start
from dossier.desk.user.crash_log import log_failure


@pytest.fixture
def damaged(london, tmp_path):
    """A dossier whose catalogue is damaged where no look at its opening sees it."""
    desk, reader = Desk.open(london), Desk.open(london)
    reader.pin_snapshot()
    (london / "more.yaml").write_text("quotes:\n  q: {text: A word., speaker: trump}\n")
    desk.refresh()
    catalogue, journal = (desk.home / f"catalogue.sqlite{ending}" for ending in ("", "-wal"))
    kept = [shutil.copy(path, tmp_path) for path in (catalogue, journal)]
    for one in (reader, desk):
        one.close()
    for path in desk.home.glob("catalogue.sqlite*"):
        path.unlink()
    for copy, path in zip(kept, (catalogue, journal), strict=True):
        shutil.move(copy, path)
    assert journal.stat().st_size
    with catalogue.open("r+b") as file:
        file.truncate(catalogue.stat().st_size // 2)
    return london


def failure(desk) -> BaseException | None:
    """Read all that a screen may show, and return the error that it would break off with."""
    try:
        for pane in ("delegations", "issues", "quotes", "events", "articles"):
            list(desk.listing(pane))
    except sqlite3.DatabaseError as error:
        return error
    finally:
        desk.close()
    return None


def test_a_browser_that_breaks_off_throws_its_damaged_catalogue_away(damaged):
    """Each start would break off at the same place, and no sentence would say what to delete."""
    error = failure(start(damaged))
    assert error is not None
    assert log_failure(error).endswith("damaged and has been thrown away; do this once more.")
    assert failure(start(damaged)) is None


def test_a_sound_catalogue_stays_when_something_else_breaks_off(london):
    desk = Desk.open(london)
    assert "thrown away" not in log_failure(sqlite3.DatabaseError("not of this catalogue"))
    assert failure(Desk(london, desk.home)) is None
    assert (desk.home / "catalogue.sqlite").is_file()
    desk.close()
