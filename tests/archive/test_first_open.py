"""The first open of a published archive takes over what its publisher read: nobody waits for the same reading twice."""

import os
import shutil
from pathlib import Path

import pytest

from dossier.desk.archive.extending import ExtendedArchive
from dossier.desk.archive.installing import install
from dossier.desk.desk import Desk
from dossier.desk.open import start
from dossier.desk.user.places import derived_folder
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.files.folder import Folder

pytestmark = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not on this machine")
VERSION = "articles/versions/2025-06-10-london.2025-06-11.txt"


@pytest.fixture
def work(monkeypatch):
    """The paths of files that were read, and the articles in which anchors were looked for, from now on."""
    read, resolved = [], []
    load, resolve = Folder.load, Catalogue.resolve

    def load_counted(folder, relative, *rest):
        read.append(relative)
        return load(folder, relative, *rest)

    def resolve_counted(catalogue, found):
        resolved.extend(found)
        resolve(catalogue, found)

    monkeypatch.setattr(Folder, "load", load_counted)
    monkeypatch.setattr(Catalogue, "resolve", resolve_counted)
    return read, resolved


def clear(work):
    for counted in work:
        counted.clear()
    return work


@pytest.fixture
def archive(published):
    """London with an older version of its article, published."""
    article = published.root / "articles/2025-06-10-london.txt"
    (published.root / VERSION).parent.mkdir()
    (published.root / VERSION).write_text(article.read_text("utf-8").replace("China", "PRC"), "utf-8")
    return published()


def read_only(archive):
    for file in archive.rglob("*"):
        file.chmod(0o555 if file.is_dir() else 0o444)
    return archive


@pytest.mark.parametrize(
    "move",
    [
        lambda archive: archive,
        lambda archive: Path(shutil.copytree(archive, archive.with_name("stick"))),  # every file has another time
        read_only,
    ],
)
def test_nothing_is_read_or_looked_for_anew(archive, work, move):
    root = install(move(archive))
    read, resolved = clear(work)
    desk = start(root)
    assert not desk._catalogue.unweighed
    assert not desk.refresh()
    assert set(read) <= {"dossier.yaml"}  # whether it extends an archive is looked up on every start
    assert resolved == []
    assert {one.status for one in desk.evidence_of("us-relax-in-exchange")} == {"exact"}
    desk.close()


def dossier_on_top(folder, text="title: Mine\nextends: out\n"):
    root = folder / "mine"
    root.mkdir(exist_ok=True)
    (root / "dossier.yaml").write_text(text, "utf-8")
    return root


def contents(desk):
    """All rows of the catalogue but their numbers and the state."""
    db = desk._catalogue
    found = {}
    for table in (
        "files",
        "entries",
        "names",
        "links",
        "anchors",
        "locked",
        "archive_locked",
        "articles",
        "stands",
        "sums",
    ):
        columns = [name for _, name, *_ in db.rows(f"PRAGMA table_info({table})") if name not in ("n", "anchor")]
        found[table] = sorted(db.rows(f"SELECT {', '.join(columns)} FROM {table}"), key=repr)
    return found


@pytest.fixture
def annotated(archive, published):
    """The same with another article in the archive that has no older version, and lines about it in its lock."""
    root = published.root
    (root / "articles/notes.md").write_text(
        "---\nid: notes\ntitle: Notes\npublisher: Blog\n---\n\nMore of it was said.\n"
    )
    (root / "articles/notes.yaml").write_text(
        "article: notes\nrelations:\n  hints at: {inverse: is hinted at by}\n"
        "quotes:\n  note-more: {text: More of it was said., speaker: united-states, issues: [export-controls]}\n"
        "  note-lost: {text: What nobody ever said., speaker: china}\n"
        "links:\n  - {from: china, rel: opposes, to: export-controls, at: of it was}\n"
    )
    (root / "articles/broken.yaml").write_text("quotes:\n  a-slip: {text: More of it, speeker: china}\n")
    header = root / "dossier.yaml"
    header.write_text(header.read_text() + "\narticle_files: articles/*.md\n")
    desk = Desk.open(root)
    desk.anchoring.lock()
    desk.close()
    return published()


def test_a_dossier_on_top_takes_over_what_is_known_of_the_archive(annotated, work):
    root = dossier_on_top(annotated.parent)
    read, _ = clear(work)
    desk = Desk.open(root)
    assert {path for path in read if path.startswith(".archive/")} == {
        ".archive/articles/broken.yaml",  # what is wrong with it names its path
        ".archive/articles/2025-06-10-london.txt",  # it has an older version
        f".archive/{VERSION}",
        ".archive/dossier.lock",
    }
    assert {one.status for one in desk.evidence_of("note-more")} == {"exact"}
    assert {one.status for one in desk.evidence_of("note-lost")} == {"missing"}
    desk.close()


def test_what_is_taken_over_is_what_reading_it_gives(annotated, monkeypatch):
    root = dossier_on_top(annotated.parent)
    desk = Desk.open(root)
    desk.weigh()
    taken = contents(desk)
    desk.close()
    shutil.rmtree(derived_folder(root))
    monkeypatch.setattr(ExtendedArchive, "catalogue", None)
    desk = Desk.open(root)
    desk.weigh()
    assert contents(desk) == taken
    desk.close()


def test_own_evidence_in_an_article_of_the_archive_is_looked_for(annotated, work):
    quote = "article: notes\nquotes:\n  mine: {text: it was said, speaker: china}\n  lost: {text: never there, speaker: china}\n"
    root = dossier_on_top(annotated.parent)
    (root / "quotes.yaml").write_text(quote)
    clear(work)
    desk = Desk.open(root)
    assert ".archive/articles/notes.md" in work[0]
    assert "notes" in work[1]
    assert {one.status for one in desk.evidence_of("mine")} == {"exact"}
    assert {one.status for one in desk.evidence_of("lost")} == {"missing"}
    desk.close()


def test_a_quote_that_was_changed_in_the_copy_is_looked_for_anew(annotated):
    root = dossier_on_top(annotated.parent)
    change(install(annotated) / "articles/notes.yaml", b"text: More of it", b"text: Less of it")
    desk = Desk.open(root)
    assert {one.status for one in desk.evidence_of("note-more")} == {"missing"}
    desk.close()


def test_a_damaged_catalogue_of_the_archive_is_not_used(annotated):
    root = dossier_on_top(annotated.parent)
    (derived_folder(install(annotated)) / "catalogue.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 9_000)
    desk = Desk.open(root)
    assert {one.status for one in desk.evidence_of("note-more")} == {"exact"}
    desk.close()


def test_a_copy_that_was_changed_is_not_taken_over(annotated, work):
    root = dossier_on_top(annotated.parent)
    copy = install(annotated)
    change(copy / "articles/notes.md", b"More of it was said", b"Less of it was said")
    change(copy / "articles/notes.yaml", b"is hinted at by", b"is hunted at by")
    clear(work)
    desk = Desk.open(root)
    assert {".archive/articles/notes.md", ".archive/articles/notes.yaml"} <= set(work[0])
    assert {one.status for one in desk.evidence_of("note-more")} == {"missing"}
    desk.close()


def test_the_next_open_compares_no_file_although_the_copies_are_seconds_old(archive):
    root = install(archive)
    Desk.open(root).close()
    desk = Desk.open(root, refresh=False)
    assert desk.refresh() is None
    desk.close()


def change(file, old, new):
    status = file.stat()
    file.chmod(0o644)
    file.write_bytes(file.read_bytes().replace(old, new))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    file.chmod(0o444)


def test_a_copy_that_was_changed_before_the_first_open_is_not_shown_as_it_was_read(archive, work):
    root = install(archive)
    clear(work)
    change(root / "articles/2025-06-10-london.txt", b"a willingness to relax", b"a readiness to relaxes")
    desk = Desk.open(root)
    read, resolved = work
    assert "articles/2025-06-10-london.txt" in read
    assert resolved == ["london-day-one"]
    assert "missing-anchor" in {problem.code for problem in desk.problems()}
    desk.close()


@pytest.mark.parametrize("file", ["articles/2025-06-10-london.txt", VERSION])
def test_a_file_that_changed_after_its_publisher_had_read_it_is_read(archive, published, work, monkeypatch, file):
    index = Desk.index

    def index_and_change(desk, *rest):
        index(desk, *rest)
        change(published.root / file, b"a willingness to relax", b"a readiness to relaxes")

    monkeypatch.setattr(Desk, "index", index_and_change)
    root = install(published())
    read, resolved = clear(work)
    desk = Desk.open(root)
    assert "articles/2025-06-10-london.txt" in read
    assert resolved == ["london-day-one"]
    desk.close()
