"""What the format's second round added goes out and comes in again, or its loss is told; each speaks for its side of a day."""

import csv
import io
import json
import sqlite3

import pytest
from click.testing import CliRunner
from exchange_worlds import ENDINGS, carried, said

from dossier.cli import main
from dossier.desk.desk import Desk
from dossier.desk.exporting import export_dossier
from dossier.exchange.records import Losses

TEXT = """\
The joint statement said: “We want lower fees, and we want them now.” Smith told reporters.

Weber said: “Wir wollen niedrigere Gebühren.” He added “nothing [more] today”. The end of it all came late.
"""
DOSSIER = """\
format: 1
title: Rich
article: a
articles:
  a: {file: articles/a.txt, title: A, published: 2020-01, sha256: "ab", guessed: [title], reliability: B, note: art note}
delegations:
  g7: {name: G7}
  uk: {name: UK, part_of: [g7], members: {jones: {name: Jones, role: minister}}}
  reds: {name: Reds}
  blues: {name: Blues}
people:
  smith: {name: Smith, memberships: [{delegation: reds, role: Deputy, until: 2020-03}, {delegation: blues, from: 2020-03}]}
  weber: {name: Weber, memberships: [{delegation: reds}, {delegation: uk}]}
issues:
  fees: {name: Fees, search_aliases: [charges], mentions: false}
quotes:
  joint: {text: "We want lower fees, and we want them now.", speaker: [smith, uk], issues: [fees], stance: for, date: 2020-04-02T10:00Z}
  tr: {text: We want lower charges., original: Wir wollen niedrigere Gebühren., speaker: weber, issues: [fees], stance: for, date: "2020?"}
  pieces: {text: "We want lower fees … now.", speaker: jones, via: [press office, BBC], attribution: direct, date: "202X"}
  br: {text: "nothing today", speaker: weber, attribution: paraphrase, at: "nothing [more] today"}
  two: {text: "We want lower fees, and we want them now.", at: ["We want lower fees", "we want them now"], attribution: paraphrase, speaker: jones, note: two places}
events:
  ev: {name: Late end, when: "2019-11/2020-02~", place: London, participants: [smith, uk], issues: [fees], at: The end of it all came late}
links:
  - {from: smith, rel: opposes, to: fees, at: Smith told reporters, date: "2020-02?", credibility: 2, note: hm}
  - {from: smith, rel: member of, to: g7, date: 2021}
  - {from: uk, rel: praises, to: blues}
relations:
  praises: {inverse: praised by, stance: for}
"""


@pytest.fixture
def rich(tmp_path):
    """Joint statements, people of several delegations and for a time, EDTF, a translation, quotes in pieces."""
    folder = tmp_path / "rich"
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "a.txt").write_text(TEXT)
    (folder / "dossier.yaml").write_text(DOSSIER)
    assert not said(folder)[3]
    return folder


def exported(folder, form):
    desk = Desk.open(folder)
    losses = Losses()
    try:
        return export_dossier(desk, form, losses), losses.counts
    finally:
        desk.close()


@pytest.mark.parametrize("form", sorted(ENDINGS))
def test_everything_comes_back(form, rich, tmp_path):
    carried(rich, form, tmp_path / "copy")
    for before, after in zip(said(rich), said(tmp_path / "copy"), strict=True):
        assert after == before


def test_a_table_names_every_speaker_and_the_side_of_the_day_and_tells_what_is_lost(rich):
    data, lost = exported(rich, "csv")
    rows = {row["id"] or row["relation"]: row for row in csv.DictReader(io.StringIO(data.decode(), newline=""))}
    assert {one: (row["speaker"], row["delegation"]) for one, row in rows.items()} == {
        "joint": ("Smith", "Blues; UK"), "tr": ("Weber", "Reds; UK"), "pieces": ("Jones", "UK"),
        "br": ("Weber", "Reds; UK"), "two": ("Jones", "UK"), "opposes": ("Smith", "Reds"),
    }  # fmt: skip
    assert {name: lost[name] for name in ("originals of translated quotes", "times of memberships", "“when” of events")} == {
        "originals of translated quotes": 1, "times of memberships": 2, "“when” of events": 1,
    }  # fmt: skip


def test_a_database_of_dna_has_a_statement_for_each_speaker_and_side_of_the_day(rich, tmp_path):
    data, lost = exported(rich, "dna")
    (tmp_path / "r.dna").write_bytes(data)
    db = sqlite3.connect(tmp_path / "r.dna")
    found = db.execute(
        "SELECT p.Value, o.Value, b.Value FROM STATEMENTS s JOIN DATASHORTTEXT dp ON dp.StatementId = s.ID AND dp.VariableId = 1"
        " JOIN ENTITIES p ON p.ID = dp.Entity JOIN DATASHORTTEXT d ON d.StatementId = s.ID AND d.VariableId = 2"
        " JOIN ENTITIES o ON o.ID = d.Entity JOIN DATABOOLEAN b ON b.StatementId = s.ID"
    ).fetchall()
    db.close()
    assert sorted(found) == [
        ("", "UK", 1), ("Smith", "Blues", 1), ("Smith", "Reds", 0), ("Weber", "Reds", 1), ("Weber", "UK", 1),
    ]  # fmt: skip
    assert lost["times and roles of memberships"] == 2
    assert lost["originals of translated quotes"] == 1


@pytest.mark.parametrize("form", ["csl", "bibtex"])
def test_a_bibliography_tells_every_field_that_it_leaves_out(form, rich):
    lost = exported(rich, form)[1]
    assert {"“sha256” of articles", "“guessed” of articles", "“reliability” of articles"} <= lost.keys()


def test_a_person_counts_in_the_network_for_the_delegation_of_the_day(rich):
    how = ["-d", str(rich), "--json"]
    rows = json.loads(CliRunner().invoke(main, ["statements", *how]).stdout)["statements"]
    assert sorted((row["person"], row["delegation"], row["stance"]) for row in rows) == [
        ("", "uk", "for"), ("smith", "blues", "for"), ("smith", "reds", "against"), ("weber", "reds, uk", "for"),
    ]  # fmt: skip
    run = CliRunner().invoke(
        main, ["network", "-d", str(rich), "--mode", "two", "--measure", "subtract", "--format", "json"]
    )
    found = json.loads(run.stdout)
    assert dict(zip(found["rows"], found["cells"], strict=True)) == {"blues": [1], "reds": [0], "uk": [2]}
