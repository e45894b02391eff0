"""Bad input gets one sentence, in bounded time and memory; nothing is run, nothing outside is read or written."""

import io
import json
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.cli import main
from dossier.exchange.formats import Library  # noqa: F401  the protocol that every importer is given
from dossier.exchange.sheets import defuse, rearm
from dossier.exchange.tables import EXPORTERS, IMPORTERS

BOMB = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><Project name="&b;"/>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><Project name="&x;"/>'
PROJECT = b'<Project xmlns="urn:QDA-XML:project:1.0" name="p"><Sources><TextSource guid="1" name="t" plainTextPath="internal://t.txt"/></Sources></Project>'


def packed(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def link(name, target):
    buffer = io.BytesIO(packed(**{"project.qde": PROJECT}))
    with zipfile.ZipFile(buffer, "a") as archive:
        member = zipfile.ZipInfo(name)
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(member, target)
    return buffer.getvalue()


BAD = {
    "an entity bomb": ("refi", "p.qde", BOMB),
    "an entity of a file": ("refi", "p.qde", OUTSIDE),
    "an entity bomb in a zip": ("refi", "p.qdpx", packed(**{"project.qde": BOMB})),
    "an entity of a file in XMI": ("uima", "p.xmi", OUTSIDE.replace(b"Project", b"XMI")),
    "a name that leads out": ("refi", "p.qdpx", packed(**{"project.qde": PROJECT, "../t.txt": "out"})),
    "an absolute name": ("refi", "p.qdpx", packed(**{"project.qde": PROJECT, "/tmp/t.txt": "out"})),
    "a name of another system": ("refi", "p.qdpx", packed(**{"project.qde": PROJECT, "..\\t.txt": "out"})),
    "a link": ("refi", "p.qdpx", link("sources/t.txt", "/etc/hostname")),
    "a zip bomb": ("refi", "p.qdpx", packed(**{"project.qde": b" " * 60_000_000})),
    "a bomb among texts": ("refi", "p.qdpx", packed(**{"project.qde": PROJECT, "sources/t.txt": b" " * 60_000_000})),
    "a bomb in a table": ("csv", "p.xlsx", packed(**{"xl/workbook.xml": b" " * 60_000_000})),
    "a zip cut short": ("refi", "p.qdpx", packed(**{"project.qde": PROJECT})[:60]),
    "no zip": ("refi", "p.qdpx", b"PK\x03\x04 not really"),
    "an empty file": ("refi", "p.qde", b""),
    "deep XML": ("refi", "p.qde", b"<a>" * 5000),
    "deep JSON": ("w3c", "p.json", b"[" * 200_000),
    "many lists": ("w3c", "p.json", b"[" + b"[]," * 2_000_000 + b"[]]"),
    "JSON of numbers": ("hypothesis", "p.json", b'{"rows": [1, 2, {"uri": 3}]}'),
    "a table with NULs": ("csv", "p.csv", b"text,article\n\x00\x00,a\n"),
    "a text in UTF-16 without a mark": ("csv", "p.csv", "text,article\nso,a\n".encode("utf-16-le")),
    "a table in cp1252": ("csv", "p.csv", "text,article\ncaf\u00e9,a\n".encode("cp1252")),
    "a line that is none of brat's": ("brat", "p.ann", b"T1 Person 0 3 Tom\n"),
    "annotations without their text": ("brat", "p.ann", b"T1\tPerson 0 3\tTom\n"),
    "BibTeX of braces": ("bibtex", "p.bib", b"@article{" + b"{" * 50_000),
    "an element of many attributes": (
        "refi",
        "p.qde",
        b"<Project " + b" ".join(b'a%d="1"' % n for n in range(30_000)) + b"/>",
    ),
    "a name of Windows that leads out": (
        "refi",
        "p.qdpx",
        packed(**{"project.qde": PROJECT, "sources\\..\\..\\t.txt": "out"}),
    ),
    "a name with a drive": ("refi", "p.qdpx", packed(**{"project.qde": PROJECT, "C:\\t.txt": "out"})),
    "annotations without number": ("brat", "p.ann", b"T1\tPerson 0 3\tTom\n" * 60_000),
    "offsets beyond all numbers": ("brat", "p.ann", b"T1\tPerson 0 99999999999999999999\tTom\n"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_gets_one_sentence_and_leaves_nothing(case, tmp_path):
    form, name, data = BAD[case]
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / name
    file.write_bytes(data)
    before = sorted(tmp_path.rglob("*"))
    result = CliRunner().invoke(main, ["import", form, str(file), "-d", str(tmp_path / "out")])
    assert result.exit_code == 2, result.output
    assert name in result.output or "p.txt" in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert "Traceback" not in result.output
    assert sorted(tmp_path.rglob("*")) == before


def measured(arguments):
    """The exit code of a command in a process of its own, and the peak of its memory in kB."""
    script = (
        "import sys; from click.testing import CliRunner; from dossier.cli import main;"
        "run = CliRunner().invoke(main, sys.argv[1:]);"
        "peak = next(line for line in open('/proc/self/status') if line.startswith('VmHWM')).split()[1];"
        "print(run.exit_code, peak)"
    )
    words = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=300)
    code, kilobytes = done.stdout.split()
    return int(code), int(kilobytes)


HEAVY = {
    "elements": ("refi", "p.qde", lambda: PROJECT[:-21] + b'<a b="1"/>' * 2_000_000 + b"</Project>"),
    "attributes": ("refi", "p.qde", lambda: b"<Project " + b" ".join(b'a%d="%d"' % (n, n) for n in range(1_000_000)) + b"/>"),
    "lists": ("w3c", "p.json", lambda: b"[" + b"[]," * 8_000_000 + b"[]]"),
    "texts": ("csl", "p.json", lambda: b"[" + b",".join(b'"a%d"' % n for n in range(2_500_000)) + b"]"),
    "mappings": ("hypothesis", "p.json", lambda: b'{"rows":[' + b",".join([b'{"a":1,"b":2,"c":3,"d":4}'] * 1_000_000) + b"]}"),
}  # fmt: skip


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")
@pytest.mark.parametrize("case", HEAVY)
def test_what_would_not_fit_into_memory_is_refused_before_it_is_there(case, tmp_path):
    form, name, make = HEAVY[case]
    (tmp_path / name).write_bytes(make())
    code, kilobytes = measured(["import", form, str(tmp_path / name), "-d", str(tmp_path / "out")])
    assert code == 2
    assert kilobytes < 200_000


TEXT = "Words of a document go on and on. \r\n" * 60_000
LONG = {
    "of the same text in brat": (
        "brat", lambda: {"p.txt": TEXT, "p.ann": "".join(f"T{n}\tA {n % 2} {len(TEXT) - 6}\tWords of a document\n" for n in range(1_000))}),
    "that REFI-QDA codes": (
        "refi", lambda: {"t.txt": TEXT, "p.qde": (
            '<Project name="p"><CodeBook><Codes><Code guid="c" name="C"/></Codes></CodeBook><Sources><TextSource guid="1" name="t"'
            ' plainTextPath="relative://t.txt">' + "".join(
                f'<PlainTextSelection guid="{n}" startPosition="0" endPosition="{40_000 + n}"><Coding guid="k">'
                '<CodeRef targetGUID="c"/></Coding></PlainTextSelection>' for n in range(100))
            + "</TextSource></Sources></Project>")}),
}  # fmt: skip


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")
@pytest.mark.parametrize("case", LONG)
def test_many_selections_of_a_whole_text_are_refused_before_they_fill_memory(case, tmp_path):
    form, make = LONG[case]
    files = []
    for name, text in make().items():
        files.append(str(tmp_path / name))
        (tmp_path / name).write_bytes(text.encode())
    counted = ["--offsets", "code points"] if form == "refi" else []
    code, kilobytes = measured(["import", form, *files, *counted, "-d", str(tmp_path / "out")])
    assert code == 2
    assert kilobytes < 200_000
    assert not (tmp_path / "out").exists()


def test_a_selection_of_nearly_a_whole_text_codes_the_text(tmp_path):
    files = LONG["that REFI-QDA codes"][1]()
    files["p.qde"] = (
        files["p.qde"]
        .replace('endPosition="40000"', f'endPosition="{len(TEXT) - 6}"')
        .partition('<PlainTextSelection guid="1"')[0]
        + "</TextSource></Sources></Project>"
    )
    for name, text in files.items():
        (tmp_path / name).write_bytes(text.encode())
    words = [
        "import",
        "refi",
        *(str(tmp_path / name) for name in files),
        "--offsets",
        "code points",
        "-d",
        str(tmp_path / "d"),
    ]
    run = CliRunner().invoke(main, words)
    assert "1 links" in run.output
    assert "1 selections of more than 50,000 characters" in run.output


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from /proc")
@pytest.mark.parametrize("form", ["w3c", "csv", "brat"])
def test_memory_holds_a_document_and_not_all_of_them(form, tmp_path):
    peaks = []
    for number in (2, 10):
        home = tmp_path / str(number)
        home.mkdir()
        rows, targets = ["article,quote"], []
        for at in range(number):
            (home / f"{at}.txt").write_text(f"Text {at} begins. " + TEXT[:1_500_000])
            rows.append(f"{at},Text {at} begins.")
            if form == "brat":
                (home / f"{at}.ann").write_text(f"T1\tA 0 {12 + len(str(at))}\tText {at} begins\n")
            selectors = [{"type": "TextPositionSelector", "start": 0, "end": 12 + len(str(at))},
                         {"type": "TextQuoteSelector", "exact": f"Text {at} begins"}]  # fmt: skip
            targets.append({"type": "Annotation", "target": {"source": f"http://x.org/{at}", "selector": selectors}})
        (home / "t.csv").write_text("\n".join(rows)) if form == "csv" else None
        (home / "a.json").write_text(json.dumps(targets)) if form == "w3c" else None
        code, kilobytes = measured(["import", form, str(home), "-d", str(tmp_path / f"out-{number}")])
        assert code == 0
        peaks.append(kilobytes)
    assert peaks[1] < peaks[0] + 6_000, "eight texts more are 12 MB"


def test_latex_of_a_bibliography_is_read_and_what_is_too_much_of_it_is_left_as_written(tmp_path):
    entries = [
        r"@article{a, title={{\'E}tude \"{o}f \v{s}, 5\% -- \o ne}, url={http://x.org/%7Ea_b?c=1&d=2}}",
        "@article{b, title={" + r"\textbf{b} " * 4_000 + "}}",
    ]
    (tmp_path / "b.bib").write_text("\n".join(entries))
    run = CliRunner().invoke(main, ["import", "bibtex", str(tmp_path / "b.bib"), "-d", str(tmp_path / "d")])
    assert run.exit_code == 0, run.output
    assert "1 macros of LaTeX" in run.output
    written = (tmp_path / "d/imports/bibtex-b/a.yaml").read_text()
    assert "Étude öf š, 5% – øne" in written
    assert "http://x.org/%7Ea_b?c=1&d=2" in written


def test_a_failed_import_into_a_dossier_leaves_it_as_it_was(london):
    bad = london.parent / "bad.json"
    bad.write_text(
        json.dumps({"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation", "target": "http://x/y"})
    )
    before = {path: path.read_bytes() for path in london.rglob("*") if path.is_file()}
    result = CliRunner().invoke(main, ["import", "w3c", str(bad), "-d", str(london)])
    assert result.exit_code == 2
    assert "was not given" in result.output
    assert {path: path.read_bytes() for path in london.rglob("*") if path.is_file()} == before


def test_nothing_is_written_through_a_link_in_the_dossier(london, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (london / "imports").symlink_to(outside)
    table = tmp_path / "q.csv"
    table.write_text("text,article\nChina is not easy to deal with.,london-day-one\n")
    result = CliRunner().invoke(main, ["import", "csv", str(table), "-d", str(london)])
    assert result.exit_code == 2, result.output
    assert not list(outside.iterdir())


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(1)",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\n=1",
        "＝1",
        "＠SUM(A1)",
        "plain",
        "'quoted",
        "'@me'",
        "''-1",
        "",
    ],
)
def test_a_cell_is_no_formula_and_comes_back(text):
    assert defuse(text)[:1] not in ("=", "+", "-", "@", "\t", "\n", "＝", "＠")
    assert rearm(defuse(text)) == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_text_in_an_encoding_that_is_named_or_marked_is_read(encoding, tmp_path):
    (tmp_path / "t.csv").write_bytes("text,body\ncaf\u00e9 talks,The caf\u00e9 talks went on.\n".encode(encoding))
    options = ["--encoding", "cp1252"] if encoding == "cp1252" else []
    result = CliRunner().invoke(main, ["import", "csv", str(tmp_path / "t.csv"), "-d", str(tmp_path / "d"), *options])
    assert result.exit_code == 0, result.output
    assert "1 exact" in result.output


def test_every_format_has_a_page_that_the_overview_leads_to():
    pages = Path(__file__).parents[2] / "docs" / "exchange"
    overview = (pages / "README.md").read_text()
    for row in (line for line in overview.splitlines() if line.startswith("| `")):
        page = (pages / row.rpartition("](")[2].removesuffix(") |")).read_text()
        names = row.split("|")[1].replace("`", "").replace(",", " ").split()
        assert all(f"dossier import {name} " in page for name in names), row
        assert all(f"--format {name}" in page for name in names if name in EXPORTERS), row
    named = "".join(line.split("|")[1] for line in overview.splitlines() if line.startswith("| `"))
    assert sorted(named.replace("`", "").replace(",", " ").split()) == sorted(IMPORTERS)
