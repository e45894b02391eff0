"""What a plain command reads of the catalogue, counted: a reader waits for what is shown and for nothing else."""

import re
import sys

from sql_counts import run_counted

from dossier.desk.matrix.timeline import Timeline
from dossier.model.clean import _BREAKS, _UNWANTED
from dossier.store.files import fingerprints


def dossier(folder, articles):
    folder.mkdir()
    (folder / "dossier.yaml").write_text("format: 1\ndelegations:\n  s: {name: S, members: {p: {name: P}}}\n")
    for number in range(articles):
        (folder / f"a{number}.txt").write_text(f"words number {number} of all, and more words\n")
        (folder / f"a{number}.yaml").write_text(
            f"article: a{number}\narticles: {{a{number}: {{file: a{number}.txt, published: 2025-06-09}}}}\n"
            f"quotes: {{q{number}: {{text: words number {number}, speaker: p}}}}\n"
            f"links:\n  - {{from: s, rel: supports, to: p, at: more words, date: 2025-06-10}}\n"
        )
    return folder


def test_a_timeline_asks_the_same_of_every_page(tmp_path, monkeypatch):
    monkeypatch.setattr(fingerprints, "RACY", 0)  # else files just written are read again
    monkeypatch.setattr(Timeline, "page_size", 10)
    asked = []
    for articles in (20, 40):
        folder = dossier(tmp_path / f"d{articles}", articles)
        run_counted("check", folder)
        counts = run_counted("timeline", folder)
        asked.append((len(counts.statements), counts.rows))
    pages = 4
    assert asked[1][0] - asked[0][0] <= 7 * pages, "a question of each sort a page, none an item"
    assert asked[1][1] - asked[0][1] <= 20 * 8, "some rows an item: itself, its speaker, its status, two titles"


def test_text_that_needs_no_cleaning_is_told_by_its_characters():
    unwanted = re.compile(f"{_UNWANTED.pattern}|{_BREAKS.pattern}")
    harmless = "".join(one for one in map(chr, range(sys.maxunicode + 1)) if one.isprintable())
    assert unwanted.search(harmless) is None
