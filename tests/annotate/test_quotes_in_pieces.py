"""Quotes that their attribution breaks, and quotes of several speakers: never words that nobody said."""

import fcntl
import os
from pathlib import Path

import pytest
import yaml

from dossier.desk.desk import Desk
from dossier.desk.drafting import Drafting
from dossier.desk.evidence.review import Review
from dossier.model.problems import DossierError

ARTICLE = """“What is sad for me,” Ada Lovelace said, “is not seeing it done.”

“We will act,” Ada Lovelace and Bob May said in a joint statement.
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "dossier.yaml").write_text(
        "format: 1\ntitle: T\nlanguage: en\narticles:\n  a: {file: a.txt, title: A}\n"
        "people:\n  ada: {name: Ada Lovelace}\n  bob: {name: Bob May}\n"
    )
    return tmp_path


@pytest.fixture
def desk(root):
    desk = Desk.open(root)
    desk.anchoring.lock()
    yield desk
    desk.close()


def quotes(root):
    return yaml.safe_load((root / "a.yaml").read_text())["quotes"]


def draft_of(desk, words):
    (draft,) = [one for one in Drafting(desk).propose("a") if one.text.startswith(words)]
    return draft


def test_an_accepted_draft_in_pieces_holds_no_word_of_its_attribution(desk, root):
    (written,) = Drafting(desk).accept("a", [draft_of(desk, "What is").id])
    quote = quotes(root)[written.id]
    assert quote == {"text": "What is sad for me … is not seeing it done.", "speaker": "ada", "attribution": "direct"}
    (evidence,) = desk.evidence_of(written.id)
    assert evidence.status == "exact"
    assert not desk.problems()


@pytest.mark.parametrize(
    "given",
    [
        {"pieces": [[1, 20], [42, 64]]},
        {"text": "What is sad for me ... is not seeing it done."},
        {"text": "What is sad for me, is not seeing it done."},
    ],
)
def test_pieces_are_given_by_offsets_or_by_words(desk, root, given):
    desk.annotations.write([{"kind": "quote", "article": "a", "id": "sad", "speaker": "ada", **given}])
    assert quotes(root)["sad"]["text"] == "What is sad for me … is not seeing it done."
    assert quotes(root)["sad"]["attribution"] == "direct"
    assert desk.evidence_of("sad")[0].status == "exact"


@pytest.mark.parametrize(
    "pieces", [[[1, 20]], [[42, 64], [1, 20]], [[1, 9999], [2, 3]], "ab", [[1, "2"], [3, 4]], None]
)
def test_pieces_that_are_none_are_refused(desk, root, pieces):
    with pytest.raises(DossierError):
        desk.annotations.write([{"kind": "quote", "article": "a", "speaker": "ada", "pieces": pieces}])
    assert not (root / "a.yaml").exists()


def test_a_joint_statement_has_all_its_speakers(desk, root):
    draft = draft_of(desk, "We will act")
    assert [one.id for one in (*draft.joint, draft.speaker)] == ["ada", "bob"]
    (written,) = Drafting(desk).accept("a", [draft.id])
    assert quotes(root)[written.id]["speaker"] == ["ada", "bob"]
    assert not desk.problems()


def test_a_joint_statement_is_not_given_to_one_while_the_other_is_no_entry(root):
    head = (root / "dossier.yaml").read_text()
    (root / "dossier.yaml").write_text(head.replace("  ada: {name: Ada Lovelace}\n", ""))
    desk = Desk.open(root)
    draft = draft_of(desk, "We will act")
    with pytest.raises(DossierError, match="Ada Lovelace"):
        Drafting(desk).accept("a", [draft.id])
    (written,) = Drafting(desk).accept("a", [draft.id], "bob")
    assert quotes(root)[written.id]["speaker"] == "bob"
    desk.close()


def test_an_edit_that_makes_an_entry_is_one_step(desk, root):
    (written,) = Drafting(desk).accept("a", [draft_of(desk, "We will act").id])
    before = {path: path.read_bytes() for path in (root / "a.yaml", root / "dossier.yaml")}
    person = {"kind": "person", "id": "cy", "name": "Cy Young"}
    desk.annotations.edit(written.id, {"speaker": "cy"}, first=[person])
    assert quotes(root)[written.id]["speaker"] == "cy"
    desk.annotations.undo()
    assert {path: path.read_bytes() for path in before} == before
    with pytest.raises(DossierError):
        desk.annotations.edit(written.id, {"speaker": "nobody"}, first=[person | {"id": "dy"}])
    assert {path: path.read_bytes() for path in before} == before


def test_a_review_keeps_other_writers_out(desk, root, monkeypatch):
    Drafting(desk).accept("a", [draft_of(desk, "We will act").id])
    desk.anchoring.lock()
    (root / "a.txt").write_text(ARTICLE.replace("We will act", "We shall act"))
    desk.refresh()
    held = []

    def put(folder: Path, relative: str, text: str | bytes) -> None:
        descriptor = os.open(root, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held.append(False)
        except BlockingIOError:
            held.append(True)
        finally:
            os.close(descriptor)
        (folder / relative).write_bytes(text if isinstance(text, bytes) else text.encode())

    monkeypatch.setattr("dossier.desk.evidence.review.put", put)
    review = Review(desk)
    item = next(one for one in review.items() if one.candidates)
    review.accept_wording(item)
    review.undo()
    assert held
    assert all(held)
