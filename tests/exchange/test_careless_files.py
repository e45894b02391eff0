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


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ('q1,"the deal is dead,Alice,a\nq2,Bob said no,Bob,a\n', 2),
        ('q1,the deal is dead,Alice,a\nq2,"Bob said no,Bob,a', 3),
        ('q1,"the deal is dead,Alice,a\nq2,"Bob said no",Bob,a\n', 2),
    ],
)
def test_a_quotation_mark_left_open_in_a_table_is_told_by_its_line(rows, line, tmp_path):
    with pytest.raises(DossierError, match=rf"q\.csv:{line}: a quotation mark opens a cell there and is not closed"):
        brought(tmp_path, "csv", {"a.txt": TEXT, "q.csv": f"id,text,speaker,article\n{rows}"})
    assert not (tmp_path / "out").exists()


def test_marks_within_a_line_and_line_ends_within_a_cell_are_read(tmp_path):
    rows = 'id,text,speaker,article\nq1,"the deal" is dead,Alice,a\nq2,"Bob\nsaid no","B. ""Bob"" Jones",a\n'
    _, sections = brought(tmp_path, "csv", {"a.txt": TEXT, "q.csv": rows})
    assert [quote["text"] for quote in sections["quotes"].values()] == ["the deal is dead", "Bob said no"]
    assert [person["name"] for person in sections["people"].values()] == ["Alice", 'B. "Bob" Jones']


def test_two_columns_that_fit_one_field_are_refused_until_one_is_named(tmp_path):
    table = {"a.txt": TEXT, "q.csv": "Text;Speaker;article;speaker\nthe deal is dead;Alice;a;Bob\n"}
    with pytest.raises(DossierError, match=r"several columns for “speaker” \(Speaker, speaker\); name one: --column"):
        brought(tmp_path, "csv", table)
    files = sorted((tmp_path / "in").iterdir())
    import_files("csv", files, tmp_path / "out", ImportOptions(columns={"speaker": "Speaker"}))
    assert "Alice" in (tmp_path / "out" / "imports" / "csv-a" / "shared.yaml").read_text()


def test_a_table_of_ours_keeps_marks_and_attributions_and_tells_of_names_that_part(tmp_path):
    from dossier.desk.desk import Desk
    from dossier.desk.exporting import export_dossier
    from dossier.exchange.records import Losses

    home = tmp_path / "home"
    home.mkdir()
    (home / "a.txt").write_text("She said '@POTUS is wrong' and sat down.\n")
    (home / "dossier.yaml").write_text(
        "format: 1\ntitle: T\narticles:\n  a: {file: a.txt}\npeople:\n  s: {name: Smith; Jones}\narticle: a\nquotes:\n"
        "  q1: {text: \"'@POTUS is wrong'\", speaker: s}\n  q2: {text: sat down}\n"
    )
    losses = Losses()
    desk = Desk.open(home)
    try:
        table = export_dossier(desk, "csv", losses)
    finally:
        desk.close()
    assert losses.counts["names with a semicolon, which part into several"] == 1
    _, sections = brought(tmp_path, "csv", {"a.txt": (home / "a.txt").read_text(), "q.csv": table})
    said = [(quote["text"], quote["attribution"]) for quote in sections["quotes"].values()]
    assert said == [("'@POTUS is wrong'", "direct"), ("sat down", "direct")]
