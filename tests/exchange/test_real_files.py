"""Files of other programs are read, or refused with one sentence; what is read passes the check."""

import re

import pytest

from dossier.desk.desk import Desk
from dossier.desk.importing import import_files
from dossier.exchange.records import ImportOptions
from dossier.model.problems import DossierError

FORMATS = {
    "refi": ("interchange", ["interchange/refi/*.q*"], 2),
    "brat": ("interchange", ["interchange/brat/ncbi", "interchange/brat/news"], 2),
    "hypothesis": ("interchange", [], 0),
    "uima": ("interchange", ["interchange/inception/cassis/**/*.xmi", "interchange/inception/cassis/**/data.json",
                             "interchange/inception/tsv3/*/*.xmi"], 45),
    "csl": ("interchange", ["interchange/bib/*.json"], 50),
    "bibtex": ("interchange", ["interchange/bib/*.bib"], 38),
    "w3c": ("w3c-web-annotation", ["w3c-web-annotation/tools/samples/*correct/*.json"], 0),
}  # fmt: skip
"""By format: the archive, which of its files, and how many of them hold something to read."""


def refusal(form, file, target, *beside):
    try:
        import_files(form, [file, *beside], target, ImportOptions())
    except DossierError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "hypothesis"])
def test_every_real_file_is_read_or_refused_with_a_sentence(form, tmp_path, shared_data):
    name, patterns, least = FORMATS[form]
    root = shared_data(name, tmp_path)
    files = sorted(path for pattern in patterns for path in root.glob(pattern) if "typesystem" not in path.name)
    read = 0
    for number, file in enumerate(files):
        target = tmp_path / f"made-{number}"
        said = refusal(form, file, target)
        if said:
            assert said.endswith((".", "?")), said
            assert "\n" not in said
            assert not target.exists()
            continue
        read += 1
        desk = Desk.open(target)
        errors = [str(problem) for problem in desk.problems() if problem.severity == "error"]
        desk.close()
        assert not errors, (file, errors)
    assert files
    assert read >= least, (read, len(files))


def test_samples_of_w3c_are_read_with_their_texts_beside_them(tmp_path, shared_data):
    """None of them comes with a text; a file of the page's name is one."""
    root = shared_data("w3c-web-annotation", tmp_path) / "w3c-web-annotation" / "tools" / "samples"
    read = {"correct": 0, "incorrect": 0}
    for number, file in enumerate(sorted(root.glob("*correct/*.json"))):
        beside = tmp_path / f"beside-{number}"
        beside.mkdir()
        pages = re.findall(r'"(?:https?://[^"#?]*/)?([^"/#?]+)', file.read_text())
        for page in set(pages):
            if page != file.name and len(page) < 100 and "\n" not in page:
                (beside / f"{page}.txt").write_text("This is an annotation of a page of words, and no more than that.")
        said = refusal("w3c", file, tmp_path / f"made-{number}", beside)
        read[file.parent.name] += not said
        assert not said or (said.endswith((".", "?")) and "\n" not in said)
    assert read["correct"] >= 40, "the others are a collection of pages elsewhere, and offsets into other texts"
    assert read["incorrect"] <= 2, "a property that the standard asks for is missing, and nothing depends on it"


def test_annotations_of_hypothesis_find_their_words_on_the_page(tmp_path, shared_data):
    folder = shared_data("interchange", tmp_path) / "interchange" / "hypothesis"
    report = import_files("hypothesis", sorted(folder.glob("wiki*")), tmp_path / "made", ImportOptions())
    assert report.anchors == {"exact": 5}
