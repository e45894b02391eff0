"""`dossier.lock` can be read by people, merged by git and broken by either; a broken one is told and never believed."""

import json

from hypothesis import given
from hypothesis import strategies as st

from dossier.desk.desk import Desk
from dossier.model.locked import Locked
from dossier.store.sync import lockfile

SHA = "0" * 64


def line(**changes) -> Locked:
    fields = {
        "owner": "q",
        "ordinal": 0,
        "article": "a",
        "start": 3,
        "end": 8,
        "text": "words",
        "before": "in ",
        "after": " of",
    }
    return Locked(**(fields | {"sha256": SHA} | changes))


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(st.lists(st.tuples(TEXT, st.integers(0, 3), TEXT, TEXT, TEXT), max_size=8))
def test_whatever_is_locked_is_read_back_from_one_line_each(rows):
    lines = [
        line(owner=f"{o}{at}", ordinal=n, text=t, end=3 + len(t), before=b, after=a)
        for at, (o, n, t, b, a) in enumerate(rows)
    ]
    text = lockfile.render(lines)
    read, problems = lockfile.read(text.encode())
    assert (set(read), problems) == (set(lines), [])
    assert len(text.splitlines()) == len(lines) + 1, "a line break in a quotation parts a line"
    assert lockfile.render(reversed(lines)) == text, "the order of lines is not settled"


def test_a_line_that_cannot_be_read_costs_only_itself():
    good = lockfile.render([line(), line(owner="r")])
    broken = good + "{not JSON\n" + '{"owner":"s"}\n'
    read, problems = lockfile.read(broken.encode())
    assert {one.owner for one in read} == {"q", "r"}
    assert [(one.place.file, one.place.line) for one in problems] == [("dossier.lock", 4), ("dossier.lock", 5)]


def test_a_merge_that_leaves_two_answers_leaves_none():
    merged = lockfile.render([line(), line(start=10, end=15)])
    read, problems = lockfile.read(merged.encode())
    assert (read, len(problems)) == ([], 1)


def test_the_same_answer_twice_is_one():
    read, problems = lockfile.read(lockfile.render([line(), line(ordinal=1)]).encode())
    assert (len(read), problems) == (1, [])


def test_a_lock_that_is_no_lock_counts_for_nothing():
    for data in (b"\xff\xfe", b"", b"<<<<<<< HEAD\n", b'{"dossier.lock":9}\n' + lockfile.render([line()]).encode()):
        read, problems = lockfile.read(data)
        assert read == []
        assert problems


def test_offsets_that_cannot_be_are_refused():
    for wrong in (line(start=-1, end=4), line(end=9), line(sha256="x"), line(ordinal=-1)):
        read, problems = lockfile.read(lockfile.render([wrong]).encode())
        assert (read, len(problems)) == ([], 1)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(data):
    lockfile.read(lockfile.render([line()]).encode() + data)
    lockfile.read(data)


def test_check_lock_writes_every_sound_anchor_and_the_same_bytes_again(london):
    desk = Desk.open(london)
    done = desk.anchoring.lock()
    text = (london / "dossier.lock").read_text()
    assert done.held == done.added == len(desk.anchoring.all()) == text.count("\n") - 1
    assert all(json.loads(row) for row in text.splitlines())
    assert desk.anchoring.lock().added == 0
    assert (london / "dossier.lock").read_text() == text
    desk.close()


def test_the_lock_of_a_reworded_quotation_is_not_thrown_away(london):
    """Else the next look would say missing, and nobody could see what became of it."""
    desk = Desk.open(london)
    desk.anchoring.lock()
    article = london / "articles/2025-06-10-london.txt"
    article.write_text(article.read_text().replace("not easy", "never easy"))
    desk.refresh()
    reworded = desk.anchor_counts()["reworded"]
    assert reworded
    done = desk.anchoring.lock()
    assert done.dropped == 0
    assert desk.anchor_counts()["reworded"] == reworded
    desk.close()


def test_a_broken_lock_is_told_with_its_line_and_the_rest_holds(london):
    desk = Desk.open(london)
    desk.anchoring.lock()
    path = london / "dossier.lock"
    rows = path.read_text().splitlines()
    rows[4] = rows[4][:50]
    path.write_text("\n".join(rows))
    desk.refresh()
    assert [str(one.place) for one in desk.problems() if one.code == "broken-lock"] == ["dossier.lock:5:1"]
    assert desk.anchor_counts()["exact"] == len(rows) - 1
    path.unlink()
    desk.refresh()
    assert not desk.problems()
    desk.close()


def test_only_the_articles_that_a_change_of_the_lock_touches_are_looked_at_again(london):
    (london / "articles/second.txt").write_text("Second article with words of its own.")
    (london / "more.yaml").write_text(
        "articles: {second: {file: articles/second.txt}}\nevents: {e: {name: E, at: {text: words of its own, article: second}}}\n"
    )
    desk = Desk.open(london)
    desk.anchoring.lock()
    path = london / "dossier.lock"
    rows = path.read_text().splitlines(keepends=True)
    path.write_text("".join(row for row in rows if '"article":"second"' not in row))
    assert desk.refresh().articles == {"second"}
    desk.close()


def test_no_link_leads_the_lock_out_of_the_dossier(london, tmp_path):
    import pytest

    from dossier.model.problems import DossierError

    outside = tmp_path / "outside.txt"
    outside.write_text("mine")
    (london / "dossier.lock").symlink_to(outside)
    desk = Desk.open(london)
    with pytest.raises(DossierError, match="link"):
        desk.anchoring.lock()
    assert outside.read_text() == "mine"
    desk.close()
