"""What the lock holds does not disappear unseen, and what moved is not taken for settled unasked."""

import json
from pathlib import Path

import pytest
from test_cases import run

SHEET = """\
article: one
quotes:
  first: {text: the lease must end now, speaker: lane}
  second: {text: nobody asked us, speaker: lane}
"""
TEXT = (
    "Rita Lane of the North told reporters after the session: “the lease must end now”, and left the hall.\n\n"
    "Later she added in the corridor that “nobody asked us” and that it was late.\n"
)


@pytest.fixture
def root(tmp_path) -> Path:
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "dossier.yaml").write_text(
        "format: 1\ntitle: Kept\narticles:\n  one: {file: one.txt}\npeople:\n  lane: {name: Rita Lane}\n"
    )
    (folder / "one.txt").write_text(TEXT)
    (folder / "one.yaml").write_text(SHEET)
    run("check", "--lock", folder)
    return folder


def problems(root: Path, *options: str, code: int = 0) -> list[tuple[str, str, str]]:
    found = json.loads(run("check", root, "--format", "json", *options, code=code).stdout)["problems"]
    return [(one["code"], one["severity"], one["message"]) for one in found]


def test_an_entry_that_is_gone_is_told_and_strict_refuses_it(root):
    (root / "one.yaml").write_text(SHEET.replace("  second: {text: nobody asked us, speaker: lane}\n", ""))
    ((code, severity, message),) = problems(root)
    assert (code, severity) == ("gone-from-lock", "warning")
    assert "second, “nobody asked us”" in message
    assert problems(root, "--strict", code=1)[0][1] == "error"
    run("check", "--lock", root)
    assert problems(root) == []


def test_a_renamed_entry_is_told_as_renamed(root):
    (root / "one.yaml").write_text(SHEET.replace("second:", "zweite:"))
    ((_, _, message),) = problems(root)
    assert "is now called zweite" in message


def test_a_renamed_article_is_told_once(root):
    (root / "one.yaml").write_text(SHEET.replace("article: one", "article: uno"))
    (root / "dossier.yaml").write_text((root / "dossier.yaml").read_text().replace("  one:", "  uno:"))
    ((_, _, message),) = problems(root)
    assert message == "the article one, with 2 anchors in the lock, is now called uno"


def test_words_that_were_changed_by_hand_are_told(root):
    (root / "one.yaml").write_text(SHEET.replace("the lease must end now", "the lease must end"))
    assert any("no longer rests on “the lease must end now”" in message for _, _, message in problems(root))


def test_check_says_how_many_anchors_the_lock_does_not_hold(root):
    assert "the lock does not hold" not in run("check", root).stderr
    (root / "one.yaml").write_text(SHEET + "  third: {text: and left the hall, attribution: paraphrase}\n")
    assert "the lock does not hold 1 of them" in run("check", root).stderr
    run("check", "--lock", root)
    assert "the lock does not hold" not in run("check", root).stderr


def test_what_moved_into_other_surroundings_is_not_settled_unasked(root):
    (root / "one.txt").write_text("A wholly new report says here: “the lease must end now”. So much for that.\n")
    assert "moved" in run("anchors", root).stdout
    lock = (root / "dossier.lock").read_bytes()
    told = run("check", "--lock", root, code=1).stderr
    assert "--accept-moved" in told
    assert (root / "dossier.lock").read_bytes() == lock
    assert "moved" in run("anchors", root).stdout
    run("check", "--lock", "--accept-moved", root, code=1)
    assert "moved" not in run("anchors", root).stdout


def test_unchanged_paragraphs_are_exact_whatever_changed_above_them(root):
    (root / "one.txt").write_text("A new beginning.\n\n" + TEXT)
    assert "2 exact" in run("anchors", root).stderr


def test_a_direct_quote_outside_quotation_marks_is_a_warning(root):
    (root / "one.yaml").write_text(SHEET + "  third: {text: and left the hall, speaker: lane}\n")
    assert [(code, severity) for code, severity, _ in problems(root)] == [("direct-not-quoted", "warning")]
    (root / "one.yaml").write_text(SHEET + "  third: {text: and left the hall, attribution: paraphrase}\n")
    assert problems(root) == []


@pytest.mark.parametrize(
    ("old", "new", "status"),
    [
        ("Rita Lane of the North told reporters after the session", "Max Stone of the South shouted at them", "moved"),
        (", and left the hall", ", Max Stone shouted", "exact"),
    ],
)
def test_somebody_else_beside_unchanged_words_is_told(root, old, new, status):
    (root / "one.txt").write_text(TEXT.replace(old, new))
    told = problems(root)
    assert [(code, severity) for code, severity, _ in told] == [("other-surroundings", "warning")]
    assert "the lease must end now" in told[0][2]
    found = json.loads(run("anchors", root, "--json").stdout)["anchors"]
    assert [one["status"] for one in found if one["entry"] == "first"] == [status]
    run("check", "--lock", "--accept-moved", root)
    assert problems(root) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("“We stay,” Ms Lane said on Monday.", "“We stay,” Mr Stone said on Monday."),
        (
            "Talks began. “We stay,” she said on Monday in London.",
            "Talks began. “We stay,” he said on Monday in London.",
        ),
        ("On Monday Ms Lane said: “We stay.”", "On Monday Mr Stone said: “We stay.”"),
        ("On Monday Ms Lane said: “We stay.”", "On Monday Ms Lane denied saying: “We stay.”"),
        ("莱恩女士说：“We stay”。", "莱恩女士否认说过：“We stay”。"),
    ],
)
def test_another_attribution_beside_unchanged_words_is_told(tmp_path, old, new):
    (tmp_path / "dossier.yaml").write_text(
        "article: a\narticles:\n  a: {file: a.txt}\npeople:\n  lane: {name: Rita Lane}\n"
        "quotes:\n  q: {text: We stay, speaker: lane}\n"
    )
    (tmp_path / "a.txt").write_text(f"{old} The talks went on.\n\nMore was said.\n")
    run("check", "--lock", tmp_path)
    (tmp_path / "a.txt").write_text(f"{old} The talks went on then.\n\nMuch was said.\n")
    assert problems(tmp_path) == [], "the sentence is the same"
    (tmp_path / "a.txt").write_text(f"{new} The talks went on.\n\nMore was said.\n")
    assert [(code, severity) for code, severity, _ in problems(tmp_path)] == [("other-surroundings", "warning")]


def test_marks_of_a_merge_in_the_lock_are_one_problem_and_cost_no_line(root):
    lock = root / "dossier.lock"
    head, first, second = lock.read_text().splitlines(keepends=True)
    lock.write_text(f"\ufeff{head}<<<<<<< HEAD\n{first}||||||| base\n=======\n{first}>>>>>>> other\n{second}")
    told = problems(root, code=1)
    assert [(code, "git could not merge" in message) for code, _, message in told] == [("broken-lock", True)]
    assert "lock does not hold" not in run("check", root, code=1).stderr
