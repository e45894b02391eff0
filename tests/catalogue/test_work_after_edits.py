"""What an edit makes to be done again does not grow with the dossier: counted, so that no machine decides it."""

import pytest
from sql_counts import run_counted

from dossier.desk.desk import Desk
from dossier.store.catalogue import matrix_cache
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.files import fingerprints

SIDES, ISSUES = 4, 3


def dossier(folder, articles):
    folder.mkdir()
    sides = "".join(f"  s{n}: {{name: Side {n}, members: {{p{n}: {{name: Person {n}}}}}}}\n" for n in range(SIDES))
    issues = "".join(f"  i{n}: {{name: Issue {n}}}\n" for n in range(ISSUES))
    (folder / "dossier.yaml").write_text(f"format: 1\ndelegations:\n{sides}issues:\n{issues}")
    for number in range(articles):
        (folder / f"a{number}.txt").write_text(f"words number {number} of all\n")
        links = "".join(
            f"  - {{from: {who}{number % SIDES}, rel: supports, to: i{number % ISSUES}, at: words number}}\n"
            for who in "sp"
        )
        (folder / f"a{number}.yaml").write_text(
            f"article: a{number}\narticles: {{a{number}: {{file: a{number}.txt}}}}\nlinks:\n{links}"
        )
    return folder


@pytest.fixture
def counted(monkeypatch):
    """Return what is weighed: units, and cells added up."""
    done = {"units": [], "cells": []}
    replace, add_up = matrix_cache._replace, matrix_cache._add_up

    def counting_replace(db, units, rows):
        done["units"] += units
        return replace(db, units, rows)

    def counting_add_up(db, changed, workers):
        done["cells"] += changed
        add_up(db, changed, workers)

    monkeypatch.setattr(matrix_cache, "_replace", counting_replace)
    monkeypatch.setattr(matrix_cache, "_add_up", counting_add_up)
    return done


def weigh(folder):
    desk = Desk.open(folder)
    try:
        return {key: cell.tally.statements for key, cell in desk.weighing.matrix().cells.items()}
    finally:
        desk.close()


@pytest.mark.parametrize("articles", [12, 60])
def test_an_edit_of_one_file_weighs_its_links_and_the_cells_they_are_in(articles, tmp_path, counted):
    folder = dossier(tmp_path / "d", articles)
    before = weigh(folder)
    file = folder / "a5.yaml"
    file.write_text(file.read_text().replace("{from: p1, rel: supports", "{from: p1, rel: opposes"))
    counted["units"].clear()
    counted["cells"].clear()
    assert weigh(folder) == before, "as many statements, one of them against"
    assert sorted(counted["units"]) == [("a5", ""), ("p1", "a5.yaml"), ("s1", "a5.yaml")]
    assert counted["cells"] == [("s1", "i2")]
    file.unlink()
    counted["units"].clear()
    counted["cells"].clear()
    after = weigh(folder)
    assert sorted(counted["units"]) == [("a5", ""), ("p1", "a5.yaml"), ("s1", "a5.yaml")]
    assert counted["cells"] == [("s1", "i2")]
    assert after != before


def test_a_second_look_weighs_nothing(tmp_path, counted):
    folder = dossier(tmp_path / "d", 12)
    weigh(folder)
    counted["units"].clear()
    weigh(folder)
    assert counted["units"] == []


@pytest.mark.parametrize("options", [[], ["--as-of", "2030"], ["--gaps"]])
def test_a_matrix_that_was_weighed_is_read_from_its_sums(tmp_path, monkeypatch, options):
    monkeypatch.setattr(fingerprints, "RACY", 0)  # else files just written are read again
    asked = []
    for articles in (12, 60):
        folder = dossier(tmp_path / f"d{articles}", articles)
        weigh(folder)
        counts = run_counted("matrix", folder, "--json", *options)
        assert [one for one in counts.of("FROM stands") if "count(" not in one] == []
        asked.append((len(counts.statements), counts.rows))
    assert asked[0] == asked[1], "as much, however many statements there are"


PAGE = 4096
"""Bytes that SQLite writes at least."""


def test_an_edit_of_one_file_writes_as_many_bytes_in_any_dossier(tmp_path, monkeypatch):
    """To the catalogue, of which a page in each table and index that the edit touches is written."""
    monkeypatch.setattr(fingerprints, "RACY", 0)  # else files just written are read again
    settle, written = Catalogue.settle, []

    def measuring_settle(db):
        journal = db.path.with_name(f"{db.path.name}-wal")
        written.append(journal.stat().st_size if journal.exists() else 0)
        settle(db)

    sizes = []
    for articles in (60, 300):
        folder = dossier(tmp_path / f"d{articles}", articles)
        weigh(folder)
        file = folder / "a5.yaml"
        file.write_text(file.read_text().replace("{from: p1, rel: supports", "{from: p1, rel: opposes"))
        with monkeypatch.context() as patch:
            patch.setattr(Catalogue, "settle", measuring_settle)
            written.clear()
            weigh(folder)
        sizes.append(max(written))
    assert 0 < sizes[1] - sizes[0] <= 20 * PAGE, "for five times the articles some of the 30 trees are a page deeper"
