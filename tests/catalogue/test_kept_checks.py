"""What a check found is told again while it is true, and never longer: an author would mend what is not broken."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sql_counts import run_counted

from dossier.desk.desk import Desk
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.files import fingerprints
from dossier.store.files.folder import Folder
from dossier.store.sync import checks, kept_checks, lock_checks, sources
from dossier.store.sync.refresh import Refresh

SENTENCES = (
    "The fleet returned on Monday.",
    "The fleet returned on Tuesday.",
    "Prices rose by four per cent.",
    "Nobody expected the minister to leave.",
    "Nobody ex­pected the min-\nister to leave.",
    "A *treaty* was signed.",
)
WORDS = ("The fleet returned on Monday.", "Prices rose by four per cent.", "nobody expected the minister to leave")


def article(folder, name, said):
    (folder / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n" + "\n\n".join(said) + "\n", encoding="utf-8")


def annotate(folder, name, words, note=""):
    quotes = "".join(f"  {name}-q{at}: {{text: '{one}', speaker: s}}\n" for at, one in enumerate(words))
    (folder / f"{name}.yaml").write_text(f"# {note}\narticle: {name}\nquotes:\n{quotes}", encoding="utf-8")


NAMES = [f"a{number}" for number in range(4)]
said = st.lists(st.sampled_from(SENTENCES), max_size=4)
wanted = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)
edits = st.one_of(
    st.tuples(st.just(article), st.sampled_from(NAMES), said),
    st.tuples(st.just(annotate), st.sampled_from(NAMES), wanted),
    st.tuples(st.just(annotate), st.sampled_from(NAMES), wanted, st.just("another line")),
    st.tuples(st.just(lambda folder, name: (folder / f"{name}.md").unlink(missing_ok=True)), st.sampled_from(NAMES)),
)


@pytest.fixture
def root(tmp_path_factory):
    return tmp_path_factory.mktemp("kept")


def told(path: Path, folder: Path):
    db = Catalogue(path)
    try:
        Refresh(db, Folder(folder)).run()
        return [(kept_checks.problems(db, Folder(folder), keep=True), kept_checks.count_unheld(db)) for _ in range(2)]
    finally:
        db.close()


def told_anew(path: Path, folder: Path):
    db = Catalogue(path)
    try:
        Refresh(db, Folder(folder)).run()
        return checks.problems(db, Folder(folder)), lock_checks.count_unheld(db)
    finally:
        db.close()
        for one in path.parent.glob(f"{path.name}*"):
            one.unlink()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=15)
@given(data=st.data())
def test_after_any_edits_a_check_says_what_one_without_memory_says(data, root, monkeypatch):
    monkeypatch.setattr(sources, "MOST_ARTICLES", data.draw(st.sampled_from([1, 2, 200])))
    folder = root / "d"
    shutil.rmtree(folder, ignore_errors=True)
    for path in root.glob("kept*"):
        path.unlink()
    folder.mkdir()
    (folder / "dossier.yaml").write_text("format: 1\narticle_files: ['*.md']\ndelegations: {s: {name: S}}\n")
    for name in NAMES[:3]:
        article(folder, name, data.draw(said))
        annotate(folder, name, data.draw(wanted))
    for _ in range(data.draw(st.integers(1, 4))):
        edit, *values = data.draw(edits)
        edit(folder, *values)
        first, second = told(root / "kept.sqlite", folder)
        assert first == told_anew(root / "anew.sqlite", folder)
        assert second == first


@pytest.fixture
def dossier(tmp_path, monkeypatch):
    """A dossier of three articles whose anchors are missing, one of them for words of another article."""
    monkeypatch.setattr(fingerprints, "RACY", 0)  # else files just written are read again
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "dossier.yaml").write_text("format: 1\narticle_files: ['*.md']\ndelegations: {s: {name: S}}\n")
    for name, text, words in zip(NAMES, SENTENCES[1:4], (WORDS[0], WORDS[2], WORDS[1]), strict=False):
        article(folder, name, [text])
        annotate(folder, name, [words])
    return folder


def read_files(monkeypatch):
    files, read = [], Folder.read

    def reading(folder, file, *most):
        files.append(file)
        return read(folder, file, *most)

    monkeypatch.setattr(Folder, "read", reading)
    return files


def check(folder):
    desk = Desk.open(folder)
    try:
        return desk.problems(keep=True)
    finally:
        desk.close()


def test_a_second_check_reads_no_article_and_weighs_no_rule(dossier, monkeypatch):
    first = check(dossier)
    assert len(first) == 3
    monkeypatch.setattr(checks, "problems", lambda *_, **__: pytest.fail("they were told before"))
    files = read_files(monkeypatch)
    assert check(dossier) == first
    assert files == ["dossier.yaml"], "for the archive that it may extend"


def test_after_an_edit_the_articles_that_it_does_not_touch_are_not_read_again(dossier, monkeypatch):
    check(dossier)
    article(dossier, "a1", [SENTENCES[2], SENTENCES[5]])
    files = read_files(monkeypatch)
    check(dossier)
    assert set(files) == {"dossier.yaml", "a1.md"}


def test_what_is_told_of_a_text_that_changed_meanwhile_is_not_kept(dossier, monkeypatch):
    desk = Desk.open(dossier)
    before = (dossier / "a1.md").stat()
    article(dossier, "a1", [SENTENCES[3], SENTENCES[0]])
    desk.problems(keep=True)
    desk.close()
    article(dossier, "a1", [SENTENCES[2]])
    os.utime(dossier / "a1.md", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert check(dossier) == check(dossier)
    monkeypatch.setattr("dossier.store.sync.explanations.Explanations.keep", lambda _: None)
    assert check(dossier) == told_anew(dossier.parent / "anew.sqlite", dossier)[0]


def test_what_was_told_before_another_program_read_a_change_is_not_kept(dossier, monkeypatch):
    problems = checks.problems

    def problems_before_a_change(db, **options):
        found = problems(db, **options)
        article(dossier, "a1", [SENTENCES[3]])
        Desk.open(dossier).close()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(checks, "problems", problems_before_a_change)
        check(dossier)
    assert check(dossier) == told_anew(dossier.parent / "anew.sqlite", dossier)[0]


def test_a_check_beside_a_program_that_writes_does_not_wait_for_it(dossier):
    check(dossier)
    article(dossier, "a1", [SENTENCES[3]])
    desk, other = Desk.open(dossier), Desk.open(dossier)
    with other.texts.catalogue.transaction():
        found = desk.problems(keep=True)
    assert check(dossier) == found
    desk.close()
    other.close()


def test_a_check_that_is_told_again_asks_little_of_the_catalogue(dossier):
    for name, text in zip(NAMES[:3], SENTENCES[1:4], strict=True):  # else it ends with 1
        annotate(dossier, name, [text])
    counts = [run_counted("check", dossier) for _ in range(2)]
    assert len(counts[1].statements) * 2 < len(counts[0].statements)
    assert counts[1].of("FROM links") == counts[1].of("FROM files") == []
