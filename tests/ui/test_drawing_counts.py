"""What a key makes to be drawn and written to the terminal, counted: as much in a large dossier as in a small one."""

from textual._compositor import CompositorUpdate
from textual.widget import Widget

from dossier.ui.widgets.framed import Framed

STEPS = {
    "move in quotes": ("3", "j", 5, 9_500),
    "page in quotes": ("3", "ctrl+d", 5, 12_000),
    "open an entry": ("3", "enter", 5, 10_000),
    "move in the article": ("4", "ctrl+d", 3, 7_000),
    "move in the matrix": ("6", "j", 5, 8_200),
    "move in the timeline": ("7", "j", 5, 6_300),
    "type a letter": ("slash", "w", 8, 15_400),
}
"""By name: the key that leads there, the key that is counted, how many widgets it has to draw (the list, what hangs on
its cursor, the line of hints), and a tenth more than the bytes that these took when this was written.
"""


def write_dossier(folder, articles):
    """A dossier of so many articles with a quote and a link each, which look alike in every size."""
    folder.mkdir()
    sides = "".join(f"  s{n}: {{name: Side {n}, members: {{p{n}: {{name: Person {n}}}}}}}\n" for n in range(9))
    issues = "".join(f"  i{n}: {{name: Issue {n}}}\n" for n in range(9))
    (folder / "dossier.yaml").write_text(f"format: 1\ndelegations:\n{sides}issues:\n{issues}")
    for number in range(articles):
        words = f"words number {number:03} of all"
        paragraphs = "\n\n".join(f"Paragraph {one}, with more words." for one in range(60))
        (folder / f"a{number:03}.txt").write_text(f"“{words}”\n\n{paragraphs}\n")
        (folder / f"a{number:03}.yaml").write_text(
            f"article: a{number:03}\n"
            f"articles: {{a{number:03}: {{file: a{number:03}.txt, published: 2025-06-{number % 28 + 1:02}}}}}\n"
            f"quotes: {{q{number:03}: {{text: {words}, speaker: p{number % 9}, issues: [i{number % 9}]}}}}\n"
            f"links:\n  - {{from: s{number % 9}, rel: supports, to: i{(number + 1) % 9}, at: {words}}}\n"
        )
    return folder


class Counts:
    """The widgets that were asked for lines, and the bytes that a terminal would have been sent."""

    def __init__(self, monkeypatch):
        self.drawn, self.written = set(), 0
        for owner in (Widget, Framed):
            monkeypatch.setattr(owner, "render_lines", self._counting(owner.render_lines))

    def _counting(self, render_lines):
        def counted(widget, crop):
            self.drawn.add(widget)
            return render_lines(widget, crop)

        return counted

    def listen(self, app):
        """Count what the app shows from here on."""
        display = app._display

        def shown(screen, update):
            if isinstance(update, CompositorUpdate):
                self.written += len(update.render_segments(app.console).encode())
            return display(screen, update)

        app._display = shown

    async def of(self, pilot, key):
        """The widgets drawn and the bytes written for a key."""
        self.drawn, self.written = set(), 0
        await pilot.press(key)
        for _ in range(3):
            await pilot.pause()
        return len(self.drawn), self.written


async def count_steps(browsing, folder, counts):
    found = {}
    async with browsing(folder) as pilot:
        counts.listen(pilot.app)
        for name, (there, key, *_) in STEPS.items():
            await pilot.press(there)
            await pilot.pause()
            found[name] = await counts.of(pilot, key)
    return found


async def test_a_key_draws_and_writes_as_much_in_any_dossier(browsing, tmp_path, monkeypatch):
    counts = Counts(monkeypatch)
    sizes = [await count_steps(browsing, write_dossier(tmp_path / f"d{size}", size), counts) for size in (40, 160)]
    for name, (_, _, widgets, most) in STEPS.items():
        small, large = (steps[name] for steps in sizes)
        assert small[0] == large[0] <= widgets, f"{name}: widgets drawn"
        assert abs(small[1] - large[1]) <= small[1] / 10, f"{name}: bytes written to the terminal"
        assert 0 < large[1] <= most, f"{name}: bytes written to the terminal"
