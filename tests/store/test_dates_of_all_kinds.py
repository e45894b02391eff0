"""Dates of historians and of several time zones: read, refused and sorted as what they mean."""

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.cli import main
from dossier.desk.desk import Desk
from dossier.model.dates import first_day, last_day, moment_problem, sort_key, when_problem
from dossier.store.sync import checks
from dossier.store.yaml.loader import read_front_matter

CASES = Path(__file__).parent.parent / "data" / "cases"


def opened(name, tmp_path):
    return Desk.open(Path(shutil.copytree(CASES / name, tmp_path / name)))


def test_times_in_several_zones_come_as_instants(tmp_path):
    with closing(opened("08-times-in-several-zones", tmp_path)) as desk:
        order = [item.id for item in desk.weighing.timeline()]
        told = [(one.code, one.place.line) for one in checks.problems(desk.texts.catalogue)]
    assert order[:4] == ["seoul", "london", "new-york", "zulu"]
    assert told == [("bad-date", 13), ("bad-date", 14), ("bad-date", 15)]


def test_the_dates_of_historians_are_dates(tmp_path):
    with closing(opened("23-dates-of-historians", tmp_path)) as desk:
        assert not checks.problems(desk.texts.catalogue)
        assert [item.id for item in desk.weighing.timeline()] == ["e1", "e2", "e3", "e4", "e5"]
        found = {hit.id for hit in desk.search("date:-0050..0100 kind:event").hits}
        assert found == {"e1"}
        folder = tmp_path / "23-dates-of-historians"
    told = json.loads(CliRunner().invoke(main, ["timeline", str(folder), "--json", "--to", "-0043"]).stdout)
    assert [item["id"] for item in told["items"]] == ["e1"]


@pytest.mark.parametrize("text", [
    "2025-02-29", "1900-02-29", "-0000", "2025-13", "2025-06-09T24:01", "2025-06-09T14:00+14:30", "2025-06-09T14:00-12:01",
    "2025-06-09T14:00+99:00", "199u", "2025/06", "2025-06-09/05", "../..", "/", "2025-06/2025-05-31", "-0043/-0044",
    "2025-06-09T14:00Z/13:00", "2025-06-09T22:00Z/2025-06-09T23:00+02:00",
])  # fmt: skip
def test_what_is_no_date_is_refused(text):
    assert when_problem(text)


@pytest.mark.parametrize(("text", "first", "last"), [
    ("2024-02-29", "2024-02-29", "2024-02-29"), ("201X", "2010-01-01", "2019-12-31"), ("2004-XX", "2004-01-01", "2004-12-31"),
    ("2001-21", "2001-03-01", "2001-05-31"), ("1984~", "1984-01-01", "1984-12-31"), ("2025-06-09/11", "2025-06-09", "2025-06-11"),
    ("2025-06/08", "2025-06-01", "2025-08-31"), ("2025-06-09/..", "2025-06-09", "~"), ("../2025", "", "2025-12-31"),
    ("2025-06-09T24:00", "2025-06-09", "2025-06-09"), ("2025-06-09T00:00+14:00", "2025-06-09", "2025-06-09"),
    ("2025-06-09T00:00-12:00", "2025-06-09", "2025-06-09"), ("2025-06-09/2025-06", "2025-06-09", "2025-06-30"),
])  # fmt: skip
def test_the_days_that_a_date_may_mean(text, first, last):
    assert not when_problem(text)
    assert (first_day(text), last_day(text)) == (first, last)


def test_moments_sort_as_they_came():
    order = ["Y-17000", "-0044", "-0043", "-0043-03-15", "0000", "0012", "1984~", "2025-06?", "2025-06-09T05:00+09:00",
             "2025-06-08T21:00z", "2025-06-09", "2025-06-09T14:00-12:00", "2025-06-10T03:00", "Y17000"]  # fmt: skip
    assert not any(map(moment_problem, order))
    assert sorted(order, key=sort_key) == [*order[:8], *order[8:]]


@pytest.mark.parametrize(("written", "field", "value"), [
    ("date: 2025-03-04T14:00:00.000Z", "published", "2025-03-04T14:00:00.000Z"),
    ("date: 2025-03-04 14:00:00 +0100", "published", "2025-03-04 14:00:00+0100"), ("date: 2025/03/04", "published", "2025-03-04"),
    ("source: https://example.org/a", "url", "https://example.org/a"), ("source: Reuters", "publisher", "Reuters"),
    ("URL: https://example.org/a", "url", "https://example.org/a"), ("authors: [Ann, Bob]", "author", "Ann, Bob"),
    ('author: ["[[Jane Doe]]"]', "author", "Jane Doe"), ("author: {name: Jane}", "author", "Jane"),
    ("author: [{given: Jane, family: Doe}, {literal: WHO}]", "author", "Jane Doe, WHO"), ("lang: de", "language", "de"),
    ("published: 2025\ndate: 2024", "published", "2025"),
])  # fmt: skip
def test_front_matter_as_others_write_it(written, field, value):
    sheet = read_front_matter("a.md", f"---\n{written}\ntags: [x]\n---\nWords\n".encode())
    assert sheet.entries[0].text(field) == value


def contradicted(folder, rest):
    folder.mkdir()
    (folder / "a.txt").write_text("we will never agree to this. Talks.\n")
    (folder / "dossier.yaml").write_text(
        "format: 1\narticle: a\narticles: {a: {file: a.txt}}\nissues: {i: {name: I}}\n"
        "delegations: {us: {name: US, members: {m: {name: M}}}, cn: {name: CN}}\n" + rest
    )
    with closing(Desk.open(folder)) as desk:
        found = [one.code for one in checks.problems(desk.texts.catalogue)]
        return [one for one in found if one != "direct-not-quoted"]  # the texts here have no quotation marks


def test_contradictions_are_told(tmp_path):
    words = "text: we will never agree to this"
    two = f"quotes:\n  q1: {{{words}, speaker: us}}\n  q2: {{{words}, speaker: %s}}\n"
    assert contradicted(tmp_path / "1", two % "cn") == ["two-speakers"]
    assert contradicted(tmp_path / "2", two % "m") == []
    both = f"quotes:\n  q1: {{{words}, issues: [i], stance: for}}\n  q2: {{{words}, issues: [i], stance: against}}\n"
    assert contradicted(tmp_path / "3", both) == ["opposite-stances"]
    events = "events:\n  e1: {name: First day, when: 2025-06-09}\n  e2: {name: first day, when: %s}\n"
    assert contradicted(tmp_path / "4", events % "2025-06") == ["same-event"]
    assert contradicted(tmp_path / "5", events % "2026") == []


@pytest.mark.parametrize(
    ("when", "advice"),
    [("2025-06-09T22:00/02:00", "the day on which it ends"), ("2025-06-09/2025-06-08", "give the earlier one first")],
)
def test_an_interval_that_ends_before_it_begins_is_refused_with_what_to_write(tmp_path, when, advice):
    (tmp_path / "dossier.yaml").write_text(f"events:\n  night: {{name: Night session, when: '{when}'}}\n")
    told = json.loads(CliRunner().invoke(main, ["check", str(tmp_path), "--format", "json"]).stdout)["problems"]
    assert [(one["code"], advice in one["hint"]) for one in told] == [("bad-date", True)]
