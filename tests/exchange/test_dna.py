"""Files of DNA: what they say arrives, the numbers are DNA's own, and no file acts on its reader."""

import gzip
import json
import sqlite3
import time
from collections import Counter
from contextlib import suppress
from itertools import product

import pytest
from click.testing import CliRunner

from dossier.cli import main
from dossier.desk.desk import Desk
from dossier.desk.exporting import export_dossier
from dossier.desk.importing import import_files
from dossier.desk.networks import Networks
from dossier.exchange.dna_schema import tables
from dossier.exchange.dna_time import Clock, seconds_of
from dossier.exchange.records import ImportOptions, Losses
from dossier.model.problems import DossierError
from dossier.model.views import ALL

ACTORS = {"organization": "delegations", "person": "people", "concept": "issues"}
V2 = """
CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT);
CREATE TABLE DOCUMENTS(ID INTEGER NOT NULL PRIMARY KEY, Title TEXT, Text TEXT, Coder INTEGER, Author TEXT, Source TEXT,
    Section TEXT, Notes TEXT, Type TEXT, Date INTEGER);
CREATE TABLE STATEMENTTYPES(ID INTEGER NOT NULL PRIMARY KEY, Label TEXT, Red INTEGER, Green INTEGER, Blue INTEGER);
CREATE TABLE VARIABLES(ID INTEGER NOT NULL PRIMARY KEY, Variable TEXT, DataType TEXT, StatementTypeId INTEGER);
CREATE TABLE STATEMENTS(ID INTEGER NOT NULL PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER,
    Stop INTEGER, Coder INTEGER);
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER, VariableId INTEGER,
    StatementTypeId INTEGER, Value INTEGER);
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER, VariableId INTEGER,
    StatementTypeId INTEGER, Value INTEGER);
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER, VariableId INTEGER,
    StatementTypeId INTEGER, Value TEXT);
CREATE TABLE ATTRIBUTES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER, Value TEXT, Red INTEGER, Green INTEGER,
    Blue INTEGER, Type TEXT, Alias TEXT, Notes TEXT, ChildOf TEXT);
INSERT INTO STATEMENTTYPES VALUES (1, 'DNA Statement', 0, 0, 0);
INSERT INTO VARIABLES VALUES (1, 'person', 'short text', 1), (2, 'organization', 'short text', 1),
    (3, 'concept', 'short text', 1), (4, 'agreement', 'boolean', 1);
"""


def as_v2(source, target):
    """Writes the content of a file of DNA 3 in the tables of DNA 2."""
    old = sqlite3.connect(source)
    new = sqlite3.connect(target)
    new.executescript(V2)
    put = {
        "DOCUMENTS": "SELECT ID, Title, Text, 1, Author, Source, Section, Notes, Type, Date * 1000 - 3600000 FROM DOCUMENTS",
        "STATEMENTS": "SELECT * FROM STATEMENTS",
        "DATABOOLEAN": "SELECT ID, StatementId, VariableId, 1, Value FROM DATABOOLEAN",
        "DATASHORTTEXT": "SELECT D.ID, StatementId, D.VariableId, 1, Value FROM DATASHORTTEXT D JOIN ENTITIES E ON E.ID = Entity",
    }
    for table, sql in put.items():
        for row in old.execute(sql):
            new.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)
    new.commit()
    new.close()
    return target


def made(
    path, statements, texts=("Grün 😀 is good.\nWe want dams and we say so. We want no dams, they said.",), dates=(0,)
):
    """A file of DNA 2: statements are `(document, words, person, organization, concept, agreement)`."""
    db = sqlite3.connect(path)
    db.executescript(V2)
    for number, text in enumerate(texts, 1):
        date = dates[(number - 1) % len(dates)]
        db.execute(
            "INSERT INTO DOCUMENTS VALUES (?, ?, ?, 1, '', '', '', '', '', ?)", (number, f"Doc {number}", text, date)
        )
    for number, (document, words, *names, agreement) in enumerate(statements, 1):
        text = texts[document - 1]
        start = len(text[: text.index(words)].encode("utf-16-le")) // 2
        end = start + len(words.encode("utf-16-le")) // 2
        db.execute("INSERT INTO STATEMENTS VALUES (?, 1, ?, ?, ?, 1)", (number, document, start, end))
        for variable, name in enumerate(names, 1):
            db.execute("INSERT INTO DATASHORTTEXT VALUES (NULL, ?, ?, 1, ?)", (number, variable, name))
        if agreement is not None:
            db.execute("INSERT INTO DATABOOLEAN VALUES (NULL, ?, 4, 1, ?)", (number, agreement))
    db.commit()
    db.close()
    return path


def imported(file, target):
    return import_files("dna", [file], target, ImportOptions())


def matrix_of(networks, mode, row, aggregation, normalization, duplicates):
    view = networks.network(mode, ACTORS[row], aggregation, normalization, duplicates, ALL)
    names = [view.titles[one] for one in view.network.rows], [view.titles[one] for one in view.network.columns]
    return (*names, view.network.cells, view.network.statements)


@pytest.mark.parametrize("version", ["3", "2", "ours"])
def test_the_networks_of_the_sample_are_those_that_dna_makes(version, tmp_path, shared_data):
    folder = shared_data("interchange", tmp_path) / "interchange" / "dna"
    file = folder / "sample-v3.dna"
    if version == "2":
        file = as_v2(file, tmp_path / "v2.dna")
    report = imported(file, tmp_path / "made")
    assert report.anchors == {"exact": 40}
    if version == "ours":
        desk = Desk.open(tmp_path / "made")
        (tmp_path / "ours.dna").write_bytes(export_dossier(desk, "dna", Losses()))
        desk.close()
        imported(tmp_path / "ours.dna", tmp_path / "again")
    desk = Desk.open(tmp_path / ("again" if version == "ours" else "made"))
    networks = Networks(desk)
    sums = {}
    count = 0
    for path in sorted(folder.glob("gold*.jsonl.gz")):
        for line in gzip.decompress(path.read_bytes()).decode().splitlines():
            gold = json.loads(line)
            how = gold["aggregation"], gold["normalization"], gold["duplicates"]
            rows, columns, cells, statements = matrix_of(networks, gold["type"][:3], gold["var1"], *how)
            assert rows == gold["rows"], how
            assert columns == (gold["cols"] if gold["type"] == "twomode" else gold["rows"]), how
            assert statements == gold["statements"]
            for row, right in zip(cells, gold["matrix"], strict=True):
                assert row == pytest.approx(right, abs=1e-12), (gold["type"], gold["var1"], how)
            sums[gold["type"], gold["var1"], *how] = sum(map(sum, cells))
            count += 1
    desk.close()
    assert count >= 186
    assert sums["twomode", "organization", "ignore", "no", "include"] == 40
    one_mode = {
        one: sums["onemode", "organization", one, "no", "include"]
        for one in ("ignore", "congruence", "conflict", "subtract")
    }
    assert one_mode == {"ignore": 276, "congruence": 160, "conflict": 116, "subtract": 44}


PERIODS = {
    "week": "strftime('%Y %W', D.Date, 'unixepoch')",
    "year": "strftime('%Y', D.Date, 'unixepoch')",
    "acrossrange": "''",
}
STATEMENTS = """
SELECT DISTINCT A.Value, C.Value, {stance}, {period} FROM STATEMENTS S
JOIN DOCUMENTS D ON D.ID = S.DocumentId JOIN DATABOOLEAN B ON B.StatementId = S.ID
JOIN DATASHORTTEXT X ON X.StatementId = S.ID JOIN ENTITIES A ON A.ID = X.Entity
JOIN VARIABLES V ON V.ID = A.VariableId AND V.Variable = '{actor}'
JOIN DATASHORTTEXT Y ON Y.StatementId = S.ID JOIN ENTITIES C ON C.ID = Y.Entity
JOIN VARIABLES W ON W.ID = C.VariableId AND W.Variable = 'concept'
"""


@pytest.mark.parametrize("version", ["3", "2"])
def test_in_a_week_a_year_and_all_time_a_statement_of_the_sample_counts_once(version, tmp_path, shared_data):
    """The gold in the collection has no such matrices: the database itself counts here."""
    sample = shared_data("interchange", tmp_path) / "interchange" / "dna" / "sample-v3.dna"
    imported(as_v2(sample, tmp_path / "v2.dna") if version == "2" else sample, tmp_path / "made")
    db = sqlite3.connect(sample)
    desk = Desk.open(tmp_path / "made")
    networks = Networks(desk)
    for actor, duplicates, (measure, stance) in product(
        ("person", "organization"), PERIODS, (("ignore", "1"), ("subtract", "2 * B.Value - 1"))
    ):
        rows = db.execute(STATEMENTS.format(stance=stance, period=PERIODS[duplicates], actor=actor)).fetchall()
        right = Counter()
        for row, column, value, _ in rows:
            right[row, column] += value
        names, columns, cells, statements = matrix_of(networks, "two", actor, measure, "no", duplicates)
        found = {(row, column): cell for row, some in zip(names, cells, strict=True)
                 for column, cell in zip(columns, some, strict=True) if cell}  # fmt: skip
        assert found == {one: value for one, value in right.items() if value}, (actor, duplicates, measure)
        assert statements == len(rows)
    desk.close()
    db.close()


def test_offsets_are_java_units_even_where_one_statement_alone_tells(tmp_path):
    file = made(tmp_path / "a.dna", [(1, "We want dams", "Ann", "Greens", "Dams", 1)])
    assert imported(file, tmp_path / "made").anchors == {"exact": 1}
    desk = Desk.open(tmp_path / "made")
    assert [one.evidence.text for one in desk.anchoring.all()] == ["We want dams"]
    assert not [one for one in desk.problems() if one.severity == "error"]
    desk.close()


def test_what_a_statement_leaves_empty_is_still_read(tmp_path):
    file = made(tmp_path / "a.dna", [
        (1, "We want dams", "", "Greens", "Dams", 0),
        (1, "we say so", "Ann", "", "Dams", 1),
        (1, "We want no dams", "Ann", "Greens", "", 1),
        (1, "they said", "Ann", "Reds", "Dams", None),
    ])  # fmt: skip
    report = imported(file, tmp_path / "made")
    assert report.entries == {"articles": 1, "delegations": 2, "people": 3, "issues": 1, "links": 2, "quotes": 2}
    desk = Desk.open(tmp_path / "made")
    rows = list(Networks(desk).statements(ALL))
    assert Counter((one.person != "", one.delegation, one.stance) for one in rows) == {
        (False, "greens", "against"): 1,
        (True, "", "for"): 1,
        (True, "reds", ""): 1,
    }
    view = Networks(desk).network("two", "people", "ignore", "no", "include", ALL)
    assert len(view.network.rows) == 1, "a person who speaks for two organizations is one person"
    assert any("Taken for one person" in note for note in view.notes)
    desk.close()


def test_weeks_and_months_know_their_year_and_a_tie_keeps_its_edge(tmp_path):
    day = 86_400_000
    file = made(
        tmp_path / "a.dna",
        [(1, "We want dams", "Ann", "Greens", "Dams", 1), (2, "We want dams", "Ann", "Greens", "Dams", 1),
         (3, "We want dams", "Ann", "Greens", "Dams", 0)],
        ["One: We want dams, and no more.", "Two: We want dams, and no more.", "Three: We want dams, and no more."],
        [0, 365 * day, 365 * day],
    )  # fmt: skip
    imported(file, tmp_path / "made")
    desk = Desk.open(tmp_path / "made")
    networks = Networks(desk)
    for duplicates, left in (("week", 3), ("month", 3), ("year", 3), ("acrossrange", 2), ("document", 3)):
        found = networks.network("two", "delegations", "subtract", "no", duplicates, ALL).network
        assert found.statements == left, duplicates
    tie = networks.network("two", "delegations", "subtract", "no", "acrossrange", ALL).network
    assert tie.cells == ((0.0,),)
    assert [(one.weight, one.positive, one.negative) for one in tie.edges] == [(0.0, 1, 1)]
    desk.close()


def test_a_date_of_dna_2_is_the_day_on_the_coders_clock():
    midnight = 1_106_697_600
    for shift in (-11 * 3600, -5 * 3600, 0, 3600, 2 * 3600, 12 * 3600 - 900):
        clock = Clock([1000 * (midnight - shift)] * 3, milliseconds=True)
        assert clock.moment(1000 * (midnight - shift)) == "2005-01-26"
    assert Clock([midnight], milliseconds=False).moment(midnight + 3660) == "2005-01-26T01:01"
    assert Clock([None], milliseconds=False).moment(10**30) == ""
    assert seconds_of("2005-01-26T01:01") == midnight + 3660


HOSTILE = {
    "a view for a table": (("DROP TABLE DOCUMENTS; CREATE VIEW DOCUMENTS AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL "
                           "SELECT x + 1 FROM c) SELECT x AS ID FROM c;"), "no plain table"),
    "a computed column": (("DROP TABLE DATABOOLEAN; CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY, StatementId, "
                          "VariableId, Value GENERATED ALWAYS AS (hex(zeroblob(900000000))));"), "no plain table"),
    "a virtual table": (("DROP TABLE DATASHORTTEXT; CREATE VIRTUAL TABLE DATASHORTTEXT USING fts5(ID, StatementId, "
                        "VariableId, Value);"), "no plain table"),
    "no documents": ("DROP TABLE DOCUMENTS;", "no table DOCUMENTS"),
    "a NUL": ("UPDATE DOCUMENTS SET Text = 'a' || char(0) || 'b';", "NUL"),
    "a text that is none": ("UPDATE DOCUMENTS SET Title = CAST(x'ff41' AS TEXT);", "no UTF-8"),
    "a huge text": ("UPDATE DOCUMENTS SET Text = printf('%.*c', 6000000, 'a');", "5,000,000"),
    "offsets of another text": ("UPDATE STATEMENTS SET Start = Start + 900, Stop = Stop + 900;", "offsets"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_one_sentence_and_leaves_nothing(name, tmp_path):
    sql, told = HOSTILE[name]
    file = made(tmp_path / "a.dna", [(1, "We want dams", "Ann", "Greens", "Dams", 1)])
    db = sqlite3.connect(file)
    db.executescript(sql)
    db.commit()
    db.close()
    started = time.monotonic()
    run = CliRunner().invoke(main, ["import", "dna", str(file), "-d", str(tmp_path / "made")])
    assert run.exit_code == 2, run.output
    assert told in run.output
    assert run.output.strip().count("\n") == 0
    assert not (tmp_path / "made").exists()
    assert time.monotonic() - started < 20


@pytest.mark.parametrize(
    "data", [b"", b"SQLite format 3\0", b"SQLite format 3\0" + b"\xff" * 5000, b"<?xml version='1.0'?>", b"no"]
)
def test_what_is_no_database_is_refused(data, tmp_path):
    (tmp_path / "a.dna").write_bytes(data)
    with pytest.raises(DossierError, match=r"a\.dna"):
        imported(tmp_path / "a.dna", tmp_path / "made")


def test_a_database_cut_anywhere_is_read_or_refused(tmp_path):
    data = made(tmp_path / "a.dna", [(1, "We want dams", "Ann", "Greens", "Dams", 1)]).read_bytes()
    for at in range(100, len(data), 2 * 4096 - 7):
        (tmp_path / "cut.dna").write_bytes(data[:at] + b"\xfe" * 40 + data[at + 40 :])
        target = tmp_path / f"made{at}"
        with suppress(DossierError):
            imported(tmp_path / "cut.dna", target)
            assert (target / "dossier.yaml").is_file()


def test_triggers_and_views_beside_the_tables_are_told_and_not_run(tmp_path):
    file = made(tmp_path / "a.dna", [(1, "We want dams", "Ann", "Greens", "Dams", 1)])
    db = sqlite3.connect(file)
    db.executescript(
        "CREATE TRIGGER t AFTER UPDATE ON DOCUMENTS BEGIN DELETE FROM STATEMENTS; END; CREATE VIEW v AS SELECT 1;"
    )
    db.close()
    before = file.read_bytes()
    report = imported(file, tmp_path / "made")
    assert {one: number for one, number in report.losses.counts.items() if "not run" in one} == {
        "triggers of the database, which were not run": 1,
        "views of the database, which were not run": 1,
    }
    assert file.read_bytes() == before


def test_changes_that_lie_beside_the_file_are_not_passed_over(tmp_path):
    file = made(tmp_path / "a.dna", [(1, "We want dams", "Ann", "Greens", "Dams", 1)])
    (tmp_path / "a.dna-wal").write_bytes(b"x")
    with pytest.raises(DossierError, match="close the program"):
        imported(file, tmp_path / "made")


def test_statements_for_and_against_come_back_from_our_own_file(london, tmp_path):
    desk = Desk.open(london)
    (tmp_path / "ours.dna").write_bytes(data := export_dossier(desk, "dna", Losses()))
    assert data == export_dossier(desk, "dna", Losses())
    before = Counter((one.delegation, one.stance, one.start, one.end) for one in Networks(desk).statements(ALL)
                     if one.stance in ("for", "against") and (one.person or one.delegation) and one.start is not None)  # fmt: skip
    desk.close()
    imported(tmp_path / "ours.dna", tmp_path / "made")
    desk = Desk.open(tmp_path / "made")
    after = Counter((one.delegation, one.stance, one.start, one.end) for one in Networks(desk).statements(ALL))
    desk.close()
    assert after == before


def test_the_tables_are_those_of_dna_3(tmp_path, shared_data):
    sample = shared_data("interchange", tmp_path) / "interchange" / "dna" / "sample-v3.dna"
    ours, theirs = sqlite3.connect(":memory:"), sqlite3.connect(sample)
    for sql in tables():
        ours.execute(sql)
    names = {name for (name,) in theirs.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    columns = {
        db: {name: [row[1] for row in db.execute(f"PRAGMA table_info({name})")] for name in names}
        for db in (ours, theirs)
    }
    assert columns[ours] == columns[theirs]
    theirs.close()
