"""A catalogue that is deleted while it is open, as a cache may be: what is made in its place is read."""

import shutil

import pytest

from dossier.desk.desk import Desk

QUOTE = "quotes:\n  brand-new: {text: A word., speaker: donald-trump}\n"


@pytest.fixture
def ours(london):
    """A desk that another process keeps up to date; its cache was deleted, and the dossier edited."""
    desk = Desk.open(london)
    desk.synced_elsewhere = True
    before = desk.generation
    shutil.rmtree(desk.home)
    (london / "more.yaml").write_text(QUOTE)
    yield desk, before
    desk.close()


@pytest.mark.parametrize("pinned", [True, False])
def test_what_is_made_in_its_place_is_read(ours, pinned):
    desk, before = ours
    if pinned:
        desk.pin_snapshot()
    Desk.open(desk.root).close()
    if pinned:
        assert desk.entry("brand-new") is None, "a snapshot stays until the next is pinned"
        desk.pin_snapshot()
    assert desk.generation != before
    assert desk.entry("brand-new") is not None


def test_what_is_known_stays_until_its_successor_was_read_to_its_end(ours):
    desk, before = ours
    assert desk.generation == before
    Desk.open(desk.root, refresh=False).close()
    assert desk.generation == before
    desk.pin_snapshot()
    assert desk.entry("donald-trump") or desk.listing("quotes")[0]
    assert desk.content is not None
