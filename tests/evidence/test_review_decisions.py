"""A decision of the review is carried out whole, can be taken back, and outlives a program that is killed."""

import json
import shutil
import subprocess
import sys
import weakref
from pathlib import Path

import pytest
import yaml

from dossier.desk.desk import Desk
from dossier.desk.evidence.anchors import Anchoring
from dossier.desk.evidence.review import Review
from dossier.desk.evidence.revise import carry_out, plan
from dossier.model.problems import DossierError
from dossier.store.sync import lockfile

ARTICLE = "articles/2025-06-10-london.txt"
SHEET = "articles/2025-06-10-london.yaml"
HERE = Path(__file__).resolve()


def revised(root: Path, *changes: tuple[str, str]) -> Desk:
    """A desk whose article was locked and then changed."""
    desk = Desk.open(root)
    desk.anchoring.lock()
    text = (root / ARTICLE).read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (root / ARTICLE).write_text(text)
    desk.refresh()
    return desk


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_the_new_wording_becomes_the_quotations_own_and_can_be_taken_back(london):
    desk = revised(london, ("not easy", "never easy"))
    before = files(london)
    review = Review(desk)
    items = review.items()
    assert {item.evidence.status for item in items} == {"reworded"}
    item = items[0]
    assert (item.old, item.candidates[0].text) == (
        "China is not easy to deal with.",
        "China is never easy to deal with.",
    )
    (change,) = item.candidates[0].differences
    assert (item.old[slice(*change.old)], item.candidates[0].text[slice(*change.new)]) == ("not", "never")
    for one in items:
        review.accept_wording(one)
    assert not review.items()
    assert not desk.problems()
    old, new = before[SHEET].decode(), (london / SHEET).read_text()
    assert new == old.replace("not easy", "never easy")
    while review.taken:
        review.undo()
    assert files(london) == before
    assert desk.anchor_counts()["reworded"] == len(items)
    desk.close()


def test_what_moved_in_other_surroundings_can_be_accepted_where_it_is(london):
    desk = revised(london, ("However, the U.S. argued that China violated", "In Bern they said that China violated"))
    review = Review(desk)
    moved = [item for item in review.items() if item.evidence.status == "moved"]
    assert moved
    yaml_before = (london / SHEET).read_bytes()
    for item in moved:
        review.accept_place(item)
    assert not [item for item in review.items() if item.evidence.status == "moved"]
    assert (london / SHEET).read_bytes() == yaml_before
    desk.close()


def test_a_place_is_accepted_where_an_apostrophe_of_the_words_was_changed_too(london):
    """A second line for the same anchor would leave the lock with two that contradict each other, and neither counts."""
    desk = revised(london, ("He went on to say, 'I think we're doing", "In Bern she said, 'I think we’re doing"))
    review = Review(desk)
    moved = [item for item in review.items() if item.evidence.status == "moved"]
    assert moved
    for item in moved:
        review.accept_place(item)
    assert not review.items()
    assert not desk.problems()
    desk.close()


def test_what_has_only_shifted_asks_for_no_decision(london):
    desk = revised(
        london, ("The United States and China held", "Overnight summary.\n\nThe United States and China held")
    )
    review = Review(desk)
    counts = desk.anchor_counts()
    assert (counts["exact"], sum(counts.values())) == (61, 61)
    assert review.items(shifted=True) == []
    desk.close()


def test_one_of_several_places_is_chosen_in_words(london):
    desk = revised(london, ("Ultimately,", "Again he said China is not easy to deal with. Ultimately,"))
    assert desk.evidence_of("trump-not-easy")[0].sound, "the lock still tells the two apart"
    (london / "dossier.lock").unlink()
    desk.refresh()
    item = next(item for item in Review(desk).items() if item.evidence.owner == "trump-not-easy")
    assert item.evidence.status == "ambiguous"
    review = Review(desk)
    review.choose(item, 1)
    read = yaml.safe_load((london / SHEET).read_text())["quotes"]["trump-not-easy"]
    assert set(read["at"]) <= {"before", "after", "occurrence"}
    (found,) = [one for one in desk.evidence_of("trump-not-easy") if one.wanted.text == read["text"]]
    assert (found.status, found.start) == ("exact", item.candidates[1].start)
    (london / "dossier.lock").unlink()
    desk.refresh()
    assert desk.evidence_of("trump-not-easy")[0].start == item.candidates[1].start, (
        "the choice stands in the lock alone"
    )
    desk.close()


def test_words_that_came_to_stand_twice_are_corrected_and_told_apart_at_once(london):
    said = "China is never easy to deal with."
    desk = revised(london, ("China is not easy to deal with.", said), ("Ultimately,", f"{said} Ultimately,"))
    review = Review(desk)
    item = next(item for item in review.items() if item.evidence.owner == "trump-not-easy")
    assert item.evidence.status == "reworded"
    review.accept_wording(item)
    found = desk.evidence_of("trump-not-easy")[0]
    assert (found.status, found.start, found.text) == ("exact", item.candidates[0].start, said)
    desk.close()


def test_a_file_changed_meanwhile_is_not_overwritten(london):
    desk = revised(london, ("not easy", "never easy"))
    review = Review(desk)
    first, second = review.items()[:2]
    review.accept_wording(first)
    (london / SHEET).write_text("# mine\n" + (london / SHEET).read_text())
    with pytest.raises(DossierError, match="changed"):
        review.undo()
    with pytest.raises(DossierError, match="changed"):
        review.accept_wording(second)
    assert (london / SHEET).read_text().startswith("# mine\n")
    desk.close()


def test_a_revision_shows_all_it_hits_and_keeps_the_old_text(london):
    desk = Desk.open(london)
    old = (london / ARTICLE).read_bytes()
    before = files(london)
    revision = plan(desk, "london-day-one", old.replace(b"not easy", b"never easy"))
    assert files(london) == before, "looking changes nothing"
    hit = {one.anchored.entry for one in revision.anchors if one.needs_a_look}
    assert hit == {"trump-not-easy"}
    kept = carry_out(desk, revision)
    assert (london / kept).read_bytes() == old
    shown = {(one.old.owner, one.old.ordinal): (one.new.status, one.new.text) for one in revision.anchors}
    now = {
        (one.evidence.owner, one.evidence.ordinal): (one.evidence.status, one.evidence.text)
        for one in desk.anchoring.all()
    }
    assert now == shown, "what was shown is not what came of it"
    assert not (london / "dossier.lock").exists(), "only a check or a decision writes the lock"
    again = plan(desk, "london-day-one", old.replace(b"not easy", b"seldom easy"))
    assert carry_out(desk, again) != kept
    assert {one.evidence.status for one in desk.anchoring.all()} == {"exact", "reworded"}
    desk.close()


def test_a_kept_version_is_no_article(london):
    head = (london / "dossier.yaml").read_text()
    (london / "notes").mkdir()
    (london / "notes/one.md").write_text("---\ntitle: One\n---\nFirst words of it.\n")
    (london / "dossier.yaml").write_text(head + "\narticle_files: ['notes/**/*.md', 'notes/*']\n")
    desk = Desk.open(london)
    kept = carry_out(desk, plan(desk, "one", b"Second words of it.\n"))
    assert (london / kept).is_file()
    assert (london / "notes/one.md").read_text() == "---\ntitle: One\n---\nSecond words of it.\n", (
        "the front matter is lost"
    )
    assert {row.id for row in desk.listing("articles")} == {"london-day-one", "one"}
    assert not desk.problems()
    desk.close()


@pytest.mark.parametrize("what", ["lock", "revise", "review"])
def test_killed_at_any_operation_every_file_is_whole_and_no_decision_is_lost(what, london, tmp_path):
    if what == "review":
        revised(london, ("not easy", "never easy")).close()
    run = subprocess.run(
        [sys.executable, str(HERE.parent / "decisions.py"), str(london), str(tmp_path), what],
        capture_output=True, text=True, check=True, cwd=HERE.parents[2], env=environment(),
    )  # fmt: skip
    deaths = [json.loads(row) for row in run.stdout.splitlines()]
    assert sum(death["code"] == 9 for death in deaths) > 4, run.stderr
    assert {death["code"] for death in deaths} == {0, 9}, run.stderr
    old = files(london)
    for death in deaths:
        whole(Path(death["root"]), old, what, death["said"])
        shutil.rmtree(death["root"])


def environment() -> dict[str, str]:
    import os

    return dict(os.environ) | {"PYTHONPATH": str(HERE.parents[2])}


def whole(root: Path, old: dict[str, bytes], what: str, said: list[str]) -> None:
    now = {name: data for name, data in files(root).items() if "/." not in f"/{name}"}
    if "dossier.lock" in now:
        assert lockfile.read(now["dossier.lock"])[1] == []
    elif what == "lock":
        assert said == []
    text, sheet = now[ARTICLE], now[SHEET].decode()
    kept = [data for name, data in now.items() if "versions/" in name]
    if what == "revise":
        assert text in (old[ARTICLE], old[ARTICLE].replace(b"not easy", b"never easy"))
        assert text == old[ARTICLE] or kept == [old[ARTICLE]], "the old text is gone"
        assert not said or text != old[ARTICLE], "a revision shown as done is lost"
    else:
        assert text == old[ARTICLE]
    taken = said.count("taken") if what == "review" else 0
    done = sheet.count("never easy")
    assert sheet.replace("never easy", "not easy") == old[SHEET].decode()
    if "undone" not in said:
        assert done in ((taken, taken + 1) if taken < 2 else (1, 2))
    else:
        assert done == 1


def test_a_review_holds_one_text_at_a_time_and_keeps_the_order_written(tmp_path, monkeypatch):
    """The texts of all articles with lost evidence were held at once, taken apart: 25 times the size of their files."""
    articles = "".join(f"  a{number}: {{file: a{number}.txt, title: A{number}}}\n" for number in range(5))
    quotes = "".join(
        f"  q{number}: {{text: Nobody wrote this {number}, speaker: l, at: {{article: a{number % 5}}}}}\n"
        for number in range(15)
    )
    people = "people:\n  l: {name: Lane}\n"
    (tmp_path / "dossier.yaml").write_text(f"format: 1\narticles:\n{articles}{people}quotes:\n{quotes}")
    for number in range(5):
        (tmp_path / f"a{number}.txt").write_text(f"Lane said that nobody ever wrote number {number}.")
    living, most, read = weakref.WeakSet(), [], Anchoring.text

    def text(anchoring, article):
        living.add(found := read(anchoring, article))
        most.append(len(living))
        return found

    monkeypatch.setattr(Anchoring, "text", text)
    desk = Desk.open(tmp_path)
    try:
        assert [item.evidence.owner for item in Review(desk).items()] == [f"q{number}" for number in range(15)]
    finally:
        desk.close()
    assert len(most) == 5
    assert max(most) <= 2  # the one before is let go of once the next is there
