"""Every screen of the browser as a text that can be read in a review: its words, and how each cell looks.

A picture is of one screen at one size. It holds the words once; then, for colours and for `NO_COLOR`, a letter for the
look of each cell, with a table of what the letters stand for; only the table where the letters are the same.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from screen_text import lines_of, until
from settling import JOBS

from dossier.desk.desk import Desk
from dossier.ui.app import DossierApp
from dossier.ui.keys.actions import BY_ID
from dossier.ui.work.reading import Reading
from dossier.ui.work.setup import Setup

FOLDER = Path(__file__).parent / "pictures"
SIZES = ((120, 40), (100, 30), (60, 20))
LETTERS = ".abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&*+<=>?@^~"


@dataclass(frozen=True)
class Scene:
    """A screen, and how one comes to it."""

    steps: tuple[str, ...] = ()
    """Ids of actions; or `type` and what is typed, or `see` and words that have to appear."""

    theme: str = ""
    """Another theme than the browser's own."""

    revised: bool = False
    """Whether an article was revised since its evidence was locked."""

    choose: bool = False
    """Whether two dossiers are there to choose from."""


SCENES = {
    "browse": Scene(),
    "quotes": Scene(("quotes.show", "cursor.down", "cursor.down")),
    "reader": Scene(("quotes.show", "cursor.down", "entry.open", "evidence.next")),
    "links": Scene(("delegations.show", "links.show", "cursor.down")),
    "zoomed": Scene(("article.show", "pane.zoom")),
    "hints": Scene(("links.hint",)),
    "lens": Scene(("delegations.show", "lens.set")),
    "results": Scene(("search.open", "type rare earth", "see hits")),
    "mistaken-query": Scene(("search.open", "type rare (earth", "see (")),
    "hits-in-the-reader": Scene(("search.open", "type rare earth", "see hits", "hit.open")),
    "query-language": Scene(("search.open", "query.help")),
    "matrix": Scene(("matrix.show", "cursor.down", "column.next")),
    "matrix-as-of-a-day": Scene(("matrix.show", "dial.earlier")),
    "gaps": Scene(("matrix.show", "gaps.show")),
    "comparison": Scene(("matrix.show", "column.next", "sides.compare")),
    "timeline": Scene(("timeline.show", "cursor.down")),
    "basket": Scene(("quotes.show", "entry.mark", "cursor.down", "entry.mark", "basket.show")),
    "note": Scene(("quotes.show", "entry.mark", "basket.show", "mark.note", "type as said in London")),
    "filters": Scene(("filters.choose",)),
    "trail": Scene(("quotes.show", "entry.open", "links.show", "entry.open", "trail.show")),
    "export": Scene(("brief.export",)),
    "nothing-to-review": Scene(("review.open", "see Nothing needs")),
    "review": Scene(("review.open", "see 1 of"), revised=True),
    "revised": Scene(("quotes.show",), revised=True),
    "palette": Scene(("palette.open", "type lon")),
    "keys": Scene(("help.open",)),
    "refusal": Scene(("view.back",)),
    "selecting": Scene(("article.show", "words.select", "words.next", "words.longer")),
    "prompt": Scene(("article.show", "words.select", "words.quote", "type chi")),
    "drafts": Scene(("drafts.open", "see 1 of")),
    "undone": Scene(
        (
            "article.show",
            "words.select",
            "words.quote",
            "type china",
            "prompt.write",
            "see ✓ china-",
            "edit.undo",
            "see Taken back",
        )
    ),
    "choose": Scene(choose=True),
    "browse-light": Scene(theme="textual-light"),
    "matrix-light": Scene(("matrix.show", "cursor.down", "column.next"), theme="textual-light"),
}
"""Every screen, and the states of the browse screen that look different."""


async def act(pilot, step: str) -> None:
    """Do one step of a scene."""
    kind, _, words = step.partition(" ")
    if kind == "type":
        await pilot.press(*("space" if letter == " " else letter for letter in words))
        await until(pilot, lambda: _answered(pilot.app.screen))
    elif kind == "see":
        await until(pilot, lambda: any(words in line for line in lines_of(pilot.app)))
    else:
        await pilot.press(*BY_ID[kind].keys[0].split())
    await pilot.pause()


def _answered(screen) -> bool:
    """Return whether what was typed last is answered to the end, where something is searched for at all."""
    if JOBS.in_work():  # what the palette searches, it adds to its list
        return False
    results = getattr(screen, "results", None)
    if results is None or not results.asked.text:
        return True
    return results.answer is not None and not results.busy and results.answer.query == results.asked.text


async def draw(scene: Scene, size: tuple[int, int], folder: Path) -> str:
    """The picture of a scene on the dossier in `folder`."""
    if scene.revised:
        _revise(folder)
    words, cells, looks = await _drawn(scene, size, folder, colour=True)
    plain_words, plain_cells, plain_looks = await _drawn(scene, size, folder, colour=False)
    assert words == plain_words, "without colour the screen says something else"
    assert {len(line) for line in cells} == {size[0]}, "a line is shorter or longer than the screen"
    plain = [] if plain_cells == cells else plain_cells
    parts = (words, ["== in colour"], cells, looks, ["== without colour"], plain, plain_looks)
    return "\n".join(line.rstrip() for part in parts for line in part) + "\n"


def _revise(folder: Path) -> None:
    desk = Desk.open(folder)
    desk.anchoring.lock()
    desk.close()
    article = folder / "articles" / "2025-06-10-london.txt"
    article.write_text(article.read_text("utf-8").replace("not easy", "never easy"), "utf-8")


async def _drawn(scene: Scene, size: tuple[int, int], folder: Path, *, colour: bool) -> tuple[list[str], ...]:
    os.environ.pop("NO_COLOR", None)
    if not colour:
        os.environ["NO_COLOR"] = "1"
    desk = Desk.open(folder)
    setup = Setup(theme=scene.theme) if scene.theme else Setup()
    choices = (Path("london"), Path("another")) if scene.choose else ()
    app = DossierApp(None if choices else Reading(desk), choices=choices, setup=setup)
    try:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            for step in scene.steps:
                await act(pilot, step)
            await pilot.pause()
            return (lines_of(app), *_looks(app))
    finally:
        desk.close()
        os.environ.pop("NO_COLOR", None)


def _looks(app) -> tuple[list[str], list[str]]:
    """A letter for each cell, and what the letters stand for."""
    letters: dict[str, str] = {}
    lines = []
    for strip in app.screen._compositor.render_strips():
        line = ""
        for segment in strip:
            look = _named(segment.style)
            letter = letters.setdefault(look, LETTERS[len(letters)])
            line += letter * segment.cell_length
        lines.append(line)
    return lines, [f"{letter} {look}" for look, letter in letters.items()]


def _named(style) -> str:
    """A style in words, without what does not show."""
    if style is None:
        return "nothing"
    marks = [name for name in ("bold", "dim", "italic", "underline", "reverse", "strike") if getattr(style, name)]
    front, ground = (
        colour.get_truecolor().hex if colour is not None else "-" for colour in (style.color, style.bgcolor)
    )
    return " ".join((front, "on", ground, *marks))
