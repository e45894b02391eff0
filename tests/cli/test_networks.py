"""`dossier statements` and `dossier network`: every form is read by the programs it is for."""

import csv
import io
import json

import networkx as nx
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.cli import main
from dossier.desk.networks import NetworkStatement
from dossier.desk.statement_tables import as_csv, as_xlsx
from dossier.export.networks import gexf, graphml
from dossier.model.network import AGAINST, FOR, MEASURES, NORMALIZATIONS, OTHER, ActorStatement, network


def run(*arguments):
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_statements_are_the_same_in_every_form(seed, tmp_path):
    rows = json.loads(run("statements", "--json", "-d", seed))["statements"]
    table = list(csv.DictReader(io.StringIO(run("statements", "--csv", "-d", seed))))
    assert len(rows) == len(table) > 30
    assert [row["id"] for row in table] == [row["id"] for row in rows]
    assert set(rows[0]) == {"id", "date", "person", "delegation", "issue", "relation", "attribution", "stance", "article",
                            "start", "end", "words", "status", "url"}  # fmt: skip
    assert all(bool(row["relation"]) != bool(row["attribution"]) for row in rows)
    run("statements", "--xlsx", "-d", seed, "-o", tmp_path / "s.xlsx")
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(tmp_path / "s.xlsx").get_sheet_by_index(0).to_python()
    assert [row[0] for row in sheet[1:]] == [row["id"] for row in rows]


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_taken_for_a_formula(words):
    row = NetworkStatement("a", "", "", "", "b", "", "direct", "", "", None, None, words, "", "")
    written = list(csv.reader(io.StringIO(as_csv([row]).decode(), newline="")))[1]
    assert written[-3].startswith("'")
    assert b"<f>" not in as_xlsx([row])


def test_one_file_of_statements_is_the_same_bytes_twice():
    row = NetworkStatement("a", "", "", "", "b", "", "direct", "", "", None, None, "words", "", "")
    assert as_xlsx([row]) == as_xlsx([row])


@pytest.mark.parametrize("mode", ["one", "two"])
@pytest.mark.parametrize("actors", ["delegations", "people", "issues"])
def test_networkx_reads_what_is_written_with_the_numbers_of_the_table(mode, actors, seed, tmp_path):
    for measure in MEASURES[mode]:
        for normalization in NORMALIZATIONS[mode]:
            how = (
                "network",
                "-d",
                seed,
                "--mode",
                mode,
                "--actors",
                actors,
                "--measure",
                measure,
                "--normalization",
                normalization,
            )
            table = json.loads(run(*how, "--format", "json"))
            assert set(table) == {"rows", "columns", "cells"}
            for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
                run(*how, "--format", form, "-o", tmp_path / "n", "--force")
                graph = read(tmp_path / "n")
                assert set(graph) == {*table["rows"], *table["columns"]}
                for row, cells in zip(table["rows"], table["cells"], strict=True):
                    for column, cell in zip(table["columns"], cells, strict=True):
                        edge = graph.get_edge_data(row, column)
                        assert (edge["weight"] if edge else 0) == pytest.approx(cell)
                        assert not edge or edge["net"] == edge["for"] - edge["against"]
            if normalization == "no" and mode == "two" and measure == "ignore":
                assert "1" in run(*how)


def test_a_measure_of_the_other_mode_is_refused_with_what_there_is(seed):
    result = CliRunner().invoke(main, ["network", "-d", str(seed), "--mode", "two", "--measure", "conflict"])
    assert result.exit_code == 2
    assert "choose ignore, subtract, combine" in result.output


NAMES = st.text(max_size=12)
SAID = st.lists(st.builds(
    ActorStatement, st.sampled_from("abc"), st.sampled_from("xyz"), st.sampled_from([FOR, AGAINST, OTHER])), max_size=12)  # fmt: skip


@settings(max_examples=60)
@given(SAID, NAMES, st.sampled_from(["one", "two"]))
def test_any_names_make_graphs_that_networkx_reads(said, name, mode):
    found = network(said, mode, "ignore", "no", str)
    titles = dict.fromkeys((*found.rows, *found.columns), name)
    for write, read in ((graphml, nx.read_graphml), (gexf, nx.read_gexf)):
        graph = read(io.BytesIO(write(found, titles, titles).encode()))
        assert set(graph) == set(titles)
        assert graph.number_of_edges() == len(found.edges)


@settings(max_examples=100)
@given(SAID)
def test_congruence_and_conflict_part_what_is_said_for_and_against(said):
    plain = [one for one in said if one.stance != OTHER]
    sums = {one: sum(map(sum, network(plain, "one", one, "no", str).cells)) for one in MEASURES["one"]}
    assert sums["ignore"] == sums["congruence"] + sums["conflict"]
    assert sums["subtract"] == sums["congruence"] - sums["conflict"]


def test_json_counts_stances_and_names_keys_relations_and_days(seed):
    cells = json.loads(run("matrix", seed, "--json"))["cells"]
    for cell in cells:
        assert {one for one, count in cell["counts"].items() if count} == set(cell["stance"])
        assert all(count <= cell["statements"] for count in cell["counts"].values())
    anchors = json.loads(run("anchors", seed, "--json"))["anchors"]
    assert all(one["key"] for one in anchors)
    assert any(one["relation"] and one["target"] for one in anchors)
    links = json.loads(run("links", "china", "-d", seed, "--json"))["links"]
    assert {piece["day"] for link in links for piece in link["evidence"]} == {"2025-06-10"}
