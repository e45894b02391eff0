"""Of any mixture of anchors the worst status counts everywhere, and a brief verifies as long as nobody changed it."""

import sys
import tempfile
from contextlib import closing
from pathlib import Path

from hypothesis import given, settings

from dossier.desk.brief.scope import BriefScope, brief_within
from dossier.desk.desk import Desk
from dossier.desk.evidence.verify import verify_brief
from dossier.model.anchors import SOUND, worst

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "weighing"))
from matrix_worlds import place, quote_anchors, worlds, write


@given(worlds())
@settings(max_examples=25)
def test_the_worst_of_several_anchors_counts_everywhere(world):
    with tempfile.TemporaryDirectory() as home, closing(Desk.open(write(world, Path(home) / "world"))) as desk:
        wanted = {one["id"]: worst(place(anchor)[0] for anchor in quote_anchors(one)) for one in world["quotes"]}
        found: dict[str, list[str]] = {}
        for one in desk.anchoring.all():
            found.setdefault(one.evidence.owner, []).append(one.evidence.status)
        rows = {row.id: row.status for row in desk.listing("quotes")}
        hits = {hit.id for hit in desk.search("kind:quote status:exact", limit=1000).hits if hit.kind == "quote"}
        exported = desk.render(brief_within(desk, ("quotes",), BriefScope()).brief)
        for one in world["quotes"]:
            status = wanted[one["id"]]
            assert worst(found[one["id"]]) == rows[one["id"]] == status
            assert (one["id"] in hits) == (status == "exact")
            (heading,) = [part for part in exported.split("\n### ")[1:] if f"`{one['id']}`" in part.split("\n\n- ")[0]]
            assert ("not evidence" in heading.splitlines()[0]) == (status not in SOUND)
        matrix = desk.weighing.matrix(members=True)
        for row in matrix.delegations:
            for column in matrix.issues:
                for one in desk.weighing.statements(row.id, column.id):
                    if one.kind == "quote":
                        assert one.counted == (wanted[one.entry] in SOUND)


def test_words_that_a_brief_calls_missing_are_those_of_the_dossier_all_the_same(tmp_path):
    (tmp_path / "dossier.yaml").write_text(
        "format: 1\ntitle: T\narticle: a\narticles:\n  a: {file: a.txt}\nquotes:\n  q: {text: we never said this}\n"
    )
    (tmp_path / "a.txt").write_text("Nobody spoke of anything at all.\n")
    with closing(Desk.open(tmp_path)) as desk:
        text = desk.render(brief_within(desk, ("quotes",), BriefScope()).brief)
        assert "missing, not evidence" in text
        assert verify_brief(desk, text).sound
        assert not verify_brief(desk, text.replace("never said this", "often said this")).sound


def test_a_word_broken_at_a_line_end_is_shown_as_it_stands(tmp_path):
    (tmp_path / "dossier.yaml").write_text(
        "format: 1\ntitle: T\narticle: a\narticles:\n  a: {file: a.txt}\n"
        "quotes:\n  q: {text: the negotiations will continue}\n"
    )
    (tmp_path / "a.txt").write_text("Rita Lane said “the negotia-\ntions will continue”.\n")
    with closing(Desk.open(tmp_path)) as desk:
        verified = verify_brief(desk, desk.render(brief_within(desk, ("quotes",), BriefScope()).brief))
    assert {one.difference for one in verified.verdicts} == {"the [-negotia- tions-] {+negotiations+} will continue"}
