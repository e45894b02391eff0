"""Files that a careless colleague made: what cannot be read as it was meant is told, and no evidence is another."""

import pytest
import yaml
from click.testing import CliRunner

from dossier.cli import main
from dossier.desk.importing import import_files
from dossier.exchange.records import ImportOptions
from dossier.model.problems import DossierError

TEXT = "Alice said the deal is dead. Bob said no. Later Alice said yes and Bob left.\n"


def brought(folder, form, files):
    """The report of an import of these files, and all that it wrote, by section."""
    (folder / "in").mkdir()
    for name, data in files.items():
        (folder / "in" / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    report = import_files(form, sorted((folder / "in").iterdir()), folder / "out", ImportOptions())
    sections = {}
    for file in sorted((folder / "out" / "imports").rglob("*.yaml")):
        for name, section in yaml.safe_load(file.read_text()).items():
            if isinstance(section, dict):
                sections.setdefault(name, {}).update(section)
            elif isinstance(section, list):
                sections.setdefault(name, []).extend(section)
    return report, sections


def brat(*lines):
    return {"a.txt": TEXT, "a.ann": "".join(f"{line}\n" for line in lines)}


@pytest.mark.parametrize(
    ("fragments", "words"),
    [
        ("11 27;15 19", "the deal is dead"),
        ("20 27;11 19", "the deal is dead"),
        ("15 27;11 19", "the deal is dead"),
        ("33 40;11 19", "the deal […] said no"),
    ],
)
def test_fragments_of_a_span_in_any_order_are_all_of_its_words(fragments, words, tmp_path):
    told = " ".join(TEXT[slice(*map(int, one.split(" ")))] for one in fragments.split(";"))
    report, sections = brought(tmp_path, "brat", brat("T1\tPerson 0 5\tAlice", f"T2\tQuote {fragments}\t{told}"))
    assert [quote["text"] for quote in sections["quotes"].values()] == [words]
    assert report.anchors["missing"] == 0


@pytest.mark.parametrize(
    "lines",
    [
        ("T1\tPerson 0 5\tAlice", "T1\tPerson 29 32\tBob"),
        ("T1\tPerson 0 5\tAlice", "T2\tStatement 6 10\tsaid", "E1\tStatement:T2 Speaker:T1", "E1\tStatement:T2"),
        ("T1\tPerson 0 5\tAlice", "T2\tPerson 29 32\tBob", "R1\tKnows Arg1:T1 Arg2:T2", "R1\tHates Arg1:T1 Arg2:T2"),
    ],
)
def test_two_annotations_of_one_name_are_refused_by_their_line(lines, tmp_path):
    with pytest.raises(DossierError, match=rf"a\.ann:{len(lines)}: there is another {lines[-1][:2]} before it; give"):
        brought(tmp_path, "brat", brat(*lines))
    assert not (tmp_path / "out").exists()
