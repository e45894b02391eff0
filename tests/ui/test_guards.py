"""What once could be lost from the screen without any test that saw it."""

from driving import driven
from screen_text import press, screen_of
from textual.geometry import Offset
from textual.selection import Selection

DOSSIER = """format: 1
title: T
article: a
articles: {a: {file: a.txt, title: T, published: 2025-03-04}}
people: {ann: {name: Ann Lane, aliases: [Lane], search_aliases: [The Chair]}}
issues: {tariffs: {name: Tariffs}}
quotes:
  q: {text: We will never agree, speaker: ann, issues: [tariffs], stance: against, date: 2025-02-28,
      attribution: inferred, via: [Reuters]}
"""


def small(folder):
    (folder / "dossier.yaml").write_text(DOSSIER, "utf-8")
    (folder / "a.txt").write_text("“We will never agree,” she said.\n\nSecond one.\n\nThird one.", "utf-8")
    return folder


async def test_the_detail_pane_tells_stance_date_attribution_and_chain(tmp_path):
    async with driven(small(tmp_path)) as pilot:
        await press(pilot, "quotes.show")
        shown = screen_of(pilot.app)
        for words in ("· against ·", "2025-02-28", "quote · inferred · via", "Reuters ·"):
            assert words in shown, shown


async def test_a_selection_that_ends_on_an_empty_line_copies_what_was_selected(tmp_path):
    async with driven(small(tmp_path)) as pilot:
        article = pilot.app.screen.the_pane("article")
        rows = [line.start for line in article.content.page.lines]
        blank = rows.index(-1)

        def chosen(first, last):
            found = article.get_selection(Selection(Offset(*first), Offset(*last)))
            return found[0] if found else ""

        assert chosen((0, 0), (5, blank)) == "“We will never agree,” she said."
        assert chosen((3, blank), (6, blank + 1)) == "Second"
        assert chosen((0, blank), (9, blank)) == ""
        assert chosen((0, blank + 1), (0, len(rows) - 2)) == "Second one."
