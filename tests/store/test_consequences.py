"""One lost line is one problem; two mistakes that have nothing to do with each other stay two."""

import random
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from dossier.desk.desk import Desk
from dossier.model.problems import Place, Problem
from dossier.store.sync.consequences import under_causes

LONDON = Path(__file__).resolve().parents[2] / "seeds" / "london-trade-talks"
NOTES = "articles/2025-06-10-london.yaml"


def problem(line, code, message="m", file="a.yaml", hint=""):
    return Problem(Place(file, line, 1), "error", code, message, hint)


def problems(folder):
    with closing(Desk.open(folder)) as desk:
        return desk.problems()


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("dossier.yaml", "  london-day-one:"), ("dossier.yaml", "delegations:"), ("dossier.yaml", "  talks-progress:"),
        ("dossier.yaml", "    members:"), ("dossier.yaml", "  china:"), (NOTES, "events:"), (NOTES, "links:"),
        (NOTES, "    text: >-"),
    ],
)  # fmt: skip
def test_a_lost_line_of_london_is_one_problem_that_says_how_many_follow(tmp_path, file, line):
    folder = shutil.copytree(LONDON, tmp_path / "london")
    text = (folder / file).read_text()
    (folder / file).write_text(text.replace(f"{line}\n", "", 1))
    (found,) = problems(folder)
    lost = text[: text.index(f"{line}\n")].count("\n") + 1
    assert found.place.file == file
    assert lost <= found.place.line <= lost + 2
    assert "follow" in found.message


def test_of_two_hundred_lines_lost_by_chance_nearly_each_is_one_problem(tmp_path, pytestconfig):
    rng = random.Random(13)
    counts = []
    for number in range(200 if pytestconfig.getoption("--thorough") else 6):
        folder = shutil.copytree(LONDON, tmp_path / str(number))
        file = folder / rng.choice(["dossier.yaml", NOTES])
        lines = file.read_text().splitlines(keepends=True)
        del lines[rng.randrange(len(lines))]
        file.write_text("".join(lines))
        counts.append(len(problems(folder)))
    assert sum(count > 1 for count in counts) <= len(counts) // 10
    assert max(counts) <= 3


def test_mistakes_far_from_each_other_are_each_told():
    apart = [problem(3, "wrong-shape"), problem(40, "wrong-shape", "n"), problem(80, "duplicate-key")]
    assert under_causes(apart) == apart


def test_a_misspelt_id_is_told_beside_a_broken_entry():
    found = [
        problem(3, "duplicate-key"),
        problem(9, "unknown-id", hint="did you mean trump?"),
        problem(12, "unknown-id"),
    ]
    kept = under_causes(found)
    assert [one.place.line for one in kept] == [3, 9]
    assert "1 more problem likely follows from it" in kept[0].message


def test_with_two_causes_no_reference_is_put_to_either():
    found = [problem(3, "duplicate-key"), problem(30, "duplicate-key", "n"), problem(50, "unknown-id")]
    assert under_causes(found) == found


def test_words_that_are_missing_in_a_sound_file_are_told_beside_a_broken_one():
    found = [problem(1, "wrong-shape"), problem(2, "yaml-syntax"), problem(9, "missing-anchor", file="b.yaml")]
    assert [one.code for one in under_causes(found)] == ["yaml-syntax", "missing-anchor"]
