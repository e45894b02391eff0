"""What a plain command reads of the catalogue, counted: a reader waits for what is shown and for nothing else."""

import re
import subprocess
import sys

import pytest
from sql_counts import count_sql, run_counted

from dossier.desk import open as open_dossier
from dossier.desk.listing import listing, lists
from dossier.desk.matrix.timeline import Timeline
from dossier.model.clean import _BREAKS, HOSTILE
from dossier.store.catalogue.list_pages import OrderedEntries
from dossier.store.files import fingerprints
from dossier.store.files.folder import Folder

ROWS_AN_ARTICLE = 6


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


@pytest.fixture
def sizes(tmp_path, monkeypatch):
    """Return two dossiers, one twice as large as the other, both read before."""
    monkeypatch.setattr(fingerprints, "RACY", 0)  # else files just written are read again
    folders = [dossier(tmp_path / f"d{articles}", articles) for articles in (20, 40)]
    for folder in folders:
        run_counted("check", folder)
    read = Folder.read

    def reading(folder, file, *most):
        assert file == "dossier.yaml", "the first file alone is looked into, for the archive that it may extend"
        return read(folder, file, *most)

    monkeypatch.setattr(Folder, "read", reading)
    return folders


@pytest.mark.parametrize("words", [("show", "q3"), ("show", "a3"), ("relations",)])
def test_a_command_that_shows_one_thing_asks_the_same_of_any_dossier(words, sizes):
    command, *rest = words
    where = ("-d",) if rest else ()
    asked = [run_counted(command, *rest, *where, folder) for folder in sizes]
    assert len(asked[0].statements) == len(asked[1].statements)
    assert asked[0].rows == asked[1].rows


def test_a_check_reads_a_row_an_article_and_what_is_wrong(sizes):
    """Not its quotes, links and evidence: of a sound dossier nothing is told of them."""
    asked = [run_counted("check", folder) for folder in sizes]
    assert len(asked[0].statements) == len(asked[1].statements)
    assert asked[1].rows - asked[0].rows <= ROWS_AN_ARTICLE * 20
    assert asked[1].of("SELECT record FROM entries WHERE kind = 'quote'") == []


def test_what_only_shows_loads_no_patterns_of_markup_and_boundaries(sizes):
    """They take longer to compile than it takes to look up an entry."""
    script = """import sys
from dossier.cli import main
from dossier.store.catalogue.list_pages import OrderedEntries
from dossier.store.files import fingerprints
fingerprints.RACY = 0
main(sys.argv[1:], standalone_mode=False)
heavy = ("markdown_words", "quotations", "word_boundaries", "similarity")
print("loaded:", [one for one in heavy if f"dossier.model.{one}" in sys.modules])"""
    command = [sys.executable, "-c", script, "show", "q3", "-d", str(sizes[0])]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "loaded: []" in shown.stdout


def test_text_that_needs_no_cleaning_is_told_by_its_characters():
    unwanted = re.compile(f"\r\n|\t|{HOSTILE.pattern}|{_BREAKS.pattern}")
    harmless = "".join(one for one in map(chr, range(sys.maxunicode + 1)) if one.isprintable())
    assert unwanted.search(harmless) is None


@pytest.mark.parametrize(("head", "alone"), [("delegations: {s: {name: S}}", True), ("issues: {}", False)])
def test_a_first_screen_waits_for_the_file_with_the_delegations(head, alone, tmp_path, monkeypatch):
    """What else a large dossier has is read behind it; without delegations there, some more files are looked into."""
    folder = dossier(tmp_path / "d", open_dossier.SMALL // 2 + 1)
    (folder / "dossier.yaml").write_text(f"format: 1\n{head}\n")
    files, read = [], Folder.read

    def reading(folder, file, *most):
        files.append(file)
        return read(folder, file, *most)

    monkeypatch.setattr(Folder, "read", reading)
    monkeypatch.setattr(open_dossier, "BEFORE", sum(file.stat().st_size for file in sorted(folder.glob("*0.yaml"))))
    desk = open_dossier.start(folder)
    shown = len(desk.listing("delegations"))
    desk.close()
    opened = files[1:]  # the first look is for the archive that it may extend
    assert opened[0] == "dossier.yaml"
    assert (len(opened) == 1) == alone
    assert shown == alone


def test_a_first_screen_loads_nothing_that_looks_for_anchors(tmp_path):
    folder = dossier(tmp_path / "d", open_dossier.SMALL // 2 + 1)
    script = """import sys
from pathlib import Path
from dossier.desk.open import start
start(Path(sys.argv[1])).close()
heavy = ("model.resolving", "model.quotations", "store.sync.anchor_scan", "store.sync.refresh")
print("loaded:", [one for one in heavy if f"dossier.{one}" in sys.modules])"""
    shown = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=True)
    assert "loaded: []" in shown.stdout


def test_a_first_screen_looks_at_the_same_of_any_dossier(sizes, monkeypatch):
    """Not at the links of each side and the anchors of each status, to say how many there are."""
    monkeypatch.setattr(lists, "FIRST", 10)
    monkeypatch.setattr(listing.Listing, "page_size", 10)
    asked = []
    for folder in sizes:
        with count_sql() as counts:
            desk = open_dossier.start(folder)
            for pane in ("delegations", "issues", "quotes", "events"):
                list(desk.listing(pane)[:10])
            list(desk.listing("articles", sort="latest")[:10])
            assert desk.anchor_counts()["exact"]
            assert desk.unreadable_files() == []
            desk.close()
        asked.append((len(counts.statements), counts.rows, counts.steps))
    assert asked[0] == asked[1]


@pytest.mark.parametrize(("kind", "sort"), [("quote", "written"), ("article", "written"), ("article", "latest")])
def test_a_page_of_a_list_looks_at_the_same_of_any_dossier(kind, sort, sizes):
    """The one behind another, by its key, and the last one."""
    asked = []
    for folder in sizes:
        with count_sql() as counts:
            desk = open_dossier.start(folder)
            entries = OrderedEntries(desk.texts.catalogue, kind, sort)
            key, steps = entries.first(5)[-1][2], []
            for read in (lambda key=key: entries.first(5, after=key), lambda: entries.last(5)):
                before = counts.steps
                assert len(read()) == 5
                steps.append(counts.steps - before)
            desk.close()
        asked.append(steps)
    assert asked[0] == asked[1]
