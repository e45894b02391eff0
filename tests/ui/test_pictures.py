"""Every screen looks as it was last looked at and found good, at three sizes, with colour and without.

Where a change is meant, `python tests/ui/make_pictures.py` draws the pictures anew; the diff shows what a reader sees.
"""

import shutil

import pytest
from picturing import FOLDER, SCENES, SIZES, draw


@pytest.mark.parametrize("columns", [size[0] for size in SIZES])
@pytest.mark.parametrize("name", SCENES)
async def test_the_screen_looks_as_it_did(name, columns, london, monkeypatch):
    monkeypatch.chdir(london.parent)
    shutil.copytree(london, london.with_name("another"))
    size = next(size for size in SIZES if size[0] == columns)
    path = FOLDER / f"{name}-{columns}.txt"
    drawn = await draw(SCENES[name], size, london)
    assert drawn.splitlines() == path.read_text("utf-8").splitlines(), f"another picture than {path.name}"


def test_no_picture_is_left_of_a_screen_that_is_gone():
    assert {path.name for path in FOLDER.iterdir()} == {
        f"{name}-{columns}.txt" for name in SCENES for columns, _ in SIZES
    }
