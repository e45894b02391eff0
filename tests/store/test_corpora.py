"""Files that others wrote to find holes in parsers: without these the next odd file could be the one that crashes."""

import re

import pytest
import yaml

from dossier.store.yaml.loader import read_front_matter, read_sheet

FILES = 351
"""Of the YAML test suite."""


@pytest.fixture(scope="module")
def suite(shared_data, tmp_path_factory):
    """The 351 files of the YAML test suite, each with the YAML that it holds."""
    folder = shared_data("yaml-test-suite", tmp_path_factory.mktemp("suite"))
    files = sorted(folder.rglob("src/*.yaml"))
    assert len(files) == FILES
    found = []
    for path in files:
        found.append((path.name, path.read_bytes()))
        cases = yaml.load(path.read_bytes(), yaml.CBaseLoader)
        found += [(path.stem, plain(case["yaml"]).encode()) for case in cases if "yaml" in case]
    return found


def plain(text):
    """The marks by which the suite makes white space visible, as what they stand for."""
    text = re.sub("—*»", "\t", text).replace("␣", " ").replace("←", "\r").replace("⇔", "\ufeff")
    return text.replace("↵", "").removesuffix("∎\n") if "∎" in text else text.replace("↵", "")


def test_the_yaml_test_suite_gives_sheets_and_places(suite, counted):
    """No traceback, a place for each problem; YAML that the parser refuses is told, YAML that it takes is not broken."""
    refused = 0
    for name, data in suite:
        sheet = read_sheet(name, data)
        lines = re.split("\r\n|\r|\n", data.decode())
        for problem in sheet.problems:
            assert problem.place.line <= len(lines), (name, problem)
            assert problem.place.column <= len(lines[problem.place.line - 1]) + 1, (name, problem)
        codes = {problem.code for problem in sheet.problems}
        if "several-documents" in codes or codes & {"wrong-shape", "control-character"}:
            continue  # not read to its end, or mended before it was parsed
        try:
            for _ in yaml.parse(data, yaml.CSafeLoader):
                pass
        except yaml.YAMLError:
            refused += 1
            assert codes & {"yaml-syntax"}, name
        else:
            assert "yaml-syntax" not in codes, name
    assert refused > 20
    counted["files of the YAML test suite"] += FILES
    counted["inputs in all, with the YAML that they hold"] += len(suite)
    counted["of them no YAML to the parser"] += refused


def test_the_yaml_test_suite_as_front_matter(suite, counted):
    for name, data in suite:
        sheet = read_front_matter("a/b.md", b"---\n" + data + b"\n---\nWords.\n")
        assert [entry.id for entry in sheet.entries] == ["b"], name
    counted["of them as front matter"] += len(suite)


def test_bad_utf8_is_told_at_its_first_byte_and_good_utf8_is_read(shared_data, tmp_path, counted):
    """Overlong forms, surrogates, code points too high: none becomes a character."""
    (path,) = shared_data("utf8tests", tmp_path).rglob("utf8tests.bin")
    places, codes = [], set()
    for line in path.read_bytes().splitlines():
        data = b"title: " + line.replace(b"\\", b"").replace(b"'", b"").replace(b": ", b":") + b"\n"
        sheet = read_sheet("f.yaml", data)
        try:
            data.decode()
        except UnicodeDecodeError as error:
            column = len(data[: error.start].decode()) + 1
            places.append((str(sheet.problems[0].place), f"f.yaml:1:{column}"))
            codes |= {problem.code for problem in sheet.problems}
        else:
            assert "title" in sheet.header, line
    assert codes == {"not-utf-8"}
    assert len(places) > 50
    assert all(told == true for told, true in places)
    counted["lines of bad UTF-8, each told by its column"] += len(places)
