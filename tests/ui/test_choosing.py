"""Several dossiers: the reader sees which is which before opening one."""

import shutil

import pytest
from screen_text import lines_of, screen_of

from dossier.ui.app import DossierApp
from dossier.ui.screens import choose
from dossier.ui.screens.browse.screen import BrowseScreen


@pytest.fixture
def folders(tmp_path, seed):
    """A sound one, a broken one, and one that has no title."""
    for name, text in (("broken", "{[\n"), ("untitled", "format: 1\n")):
        (tmp_path / "seeds" / name).mkdir(parents=True)
        (tmp_path / "seeds" / name / "dossier.yaml").write_text(text)
    shutil.copytree(seed, tmp_path / "seeds" / "talks")
    return sorted((tmp_path / "seeds").iterdir())


@pytest.mark.parametrize("size", [(120, 40), (100, 30), (60, 20)])
async def test_each_dossier_is_told_by_folder_and_title_in_a_box_that_fits(folders, size):
    app = DossierApp(None, choices=folders)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        lines = [line.strip() for line in lines_of(app)]
        top = next(at for at, line in enumerate(lines) if "Which dossier?" in line)
        assert lines[top].rstrip("━┓ ").endswith(" seeds")
        rows = [line.strip("┃▌ ") for line in lines[top + 1 : top + 4]]
        assert rows == ["broken", "talks     US–China trade talks, London, June 2025", "untitled"]
        assert lines[top + 4].startswith("┗")
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, BrowseScreen)


async def test_more_dossiers_than_lines_scroll_and_only_those_in_sight_are_looked_into(folders, monkeypatch):
    asked = []
    monkeypatch.setattr(choose, "title_of", lambda folder: asked.append(folder.name) or "A title")
    paths = [folders[0].parent / f"d{number}" for number in range(400)]
    app = DossierApp(None, choices=paths)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        assert 10 < len(asked) <= 20
        assert "Esc close" in screen_of(app)
        await pilot.press("G")
        await pilot.pause()
        assert "d399" in screen_of(app)
        assert len(asked) == len(set(asked)) <= 40


async def test_dossiers_of_one_name_are_told_apart_by_where_they_are(folders, tmp_path):
    other = shutil.copytree(folders[1], tmp_path / "older" / "talks")
    app = DossierApp(None, choices=[folders[1], other])
    async with app.run_test(size=(200, 40)) as pilot:
        await pilot.pause()
        rows = [line for line in lines_of(app) if "talks  US–China" in line]
        assert rows[0].strip("┃ ").endswith("seeds")
        assert rows[1].strip("┃ ").endswith("older")
