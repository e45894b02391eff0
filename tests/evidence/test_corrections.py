"""A review offers what an author would accept: no other passage of the old text, and no words cut short."""

from pathlib import Path

import pytest
from test_cases import run

from dossier.desk.desk import Desk
from dossier.desk.evidence.review import Review


def made(folder: Path, text: str, words: str) -> Path:
    folder.mkdir()
    (folder / "dossier.yaml").write_text(
        "format: 1\ntitle: T\narticle: a\narticles:\n  a: {file: a.txt}\n"
        f"quotes:\n  q: {{text: '{words}', attribution: paraphrase}}\n"
    )
    (folder / "a.txt").write_text(text)
    return folder


def offered(root: Path) -> list[str]:
    desk = Desk.open(root)
    try:
        return [one.words for item in Review(desk).items() for one in item.candidates]
    finally:
        desk.close()


OLD = (
    "The first envoy said that the port will be closed to all ships, and sat down again.\n\n"
    "The second envoy said that the port will be open to all ships, and the talks went on until late.\n"
)


def test_after_a_deletion_another_passage_of_the_old_text_is_not_offered(tmp_path):
    root = made(tmp_path / "a", OLD, "the port will be closed to all ships")
    run("check", "--lock", root)
    new = tmp_path / "new.txt"
    new.write_text(OLD.split("\n\n")[1])
    run("revise", "a", new, "-d", root, "--yes")
    assert offered(root) == []
    (root / "a.txt").write_text("The envoy now said that the port will be closed to most ships.\n")
    assert offered(root) == ["the port will be closed to most ships"]


def test_words_with_an_insertion_in_the_middle_are_offered_whole(tmp_path):
    text = "He said that the port will, as everyone in this room has known for a long time, be closed to all ships."
    root = made(tmp_path / "a", text, "the port will be closed to all ships")
    assert offered(root) in ([], [text[text.index("the port") : -1]])
    text = "He said that the port will surely be closed to all ships."
    (root / "a.txt").write_text(text)
    assert offered(root) == ["the port will surely be closed to all ships"]


def test_a_near_miss_of_words_that_were_never_locked_is_offered_in_whole_words(tmp_path):
    root = made(
        tmp_path / "a", "She wanted a non-binding agreement on all port fees.", "binding agreement on port fees"
    )
    assert offered(root) == ["non-binding agreement on all port fees"]


LOCKED = 'Rita Lane told reporters after the first session: "the lease must end now", and left.\n\nMax Stone of the South was silent.\n'
DENIED = [
    LOCKED.split("\n\n", maxsplit=1)[0].replace('"the', '"never: the'),
    LOCKED.replace(
        'the lease must end now", and left', 'we shall see", and left. "The South says the lease must end now"'
    ),
    LOCKED.replace("the lease must end now", "").replace("was silent", "says the lease must end now"),
]


@pytest.mark.parametrize("revised", DENIED)
def test_other_words_between_what_stood_next_to_a_quote_are_told_though_the_rest_changed(tmp_path, revised):
    root = made(tmp_path / "a", LOCKED, "the lease must end now")
    run("check", "--lock", root)
    (root / "a.txt").write_text(revised)
    assert "anchor" in run("check", root, code=1).output
