"""A catalogue brought up to date says what one made anew says: else evidence would be wrong until someone rebuilds."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossier.desk.desk import Desk
from dossier.store.catalogue import header
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.files.fingerprints import unchanged
from dossier.store.files.folder import Folder
from dossier.store.sync import checks
from dossier.store.sync.interruption import Interrupted
from dossier.store.sync.refresh import Refresh

TABLES = {
    "files": "path, role, digest, sheet",
    "entries": "id, kind, file, rank, ord, owner, title, date, moment, since, until, shadow, record",
    "names": "name, entry, kind, file, found",
    "links": "source, relation, target, field, key, file, rank, ord, record",
    "anchors": "owner, ordinal, entry, what, file, given, article, digest, status, start, end, wanted, record",
    "articles": "id, path, digest, problems",
    "stands": "who, side, issue, statement, file, source, mask, attribution, date, since, day, lent, origin, article, status, start, end",
    "sums": "side, issue, total",
    "steps": "side, issue, steps",
    "unweighed": "what, id",
    "link_counts": "entry, count",
    "status_counts": "status, count",
}

WORDS = ["rare earth", "China is not easy to deal with.", "tariffs", "\n\n", "’", "x" * 40]


def dump(db: Catalogue) -> dict[str, list]:
    told = {table: sorted(map(repr, db.rows(f"SELECT {columns} FROM {table}"))) for table, columns in TABLES.items()}
    indexes = sorted(map(repr, db.rows("SELECT name, sql FROM sqlite_master WHERE type = 'index'")))
    return told | {"head": [repr(header.head(db))], "indexes": indexes}


def fresh(folder: Path, where: Path, *, watched: bool = True) -> Catalogue:
    db = Catalogue(where)
    Refresh(db, Folder(folder), watched=watched).run()
    return db


def is_counted_otherwise(db: Catalogue) -> list:
    """The counts that are kept and are not what the rows come to."""
    links = """SELECT c.entry, c.count, (SELECT count(*) FROM links WHERE source = c.entry)
        + (SELECT count(*) FROM links WHERE target = c.entry) AS there FROM link_counts c WHERE c.count <> there"""
    statuses = """SELECT c.status, c.count, (SELECT count(*) FROM anchors a WHERE a.status = c.status) AS there
        FROM status_counts c WHERE c.count <> there"""
    return [*db.rows(links), *db.rows(statuses)]


def edit_text(folder: Path, data) -> None:
    path = data.draw(st.sampled_from(sorted(p for p in folder.rglob("*") if p.is_file())))
    text = path.read_text(encoding="utf-8")
    at = data.draw(st.integers(0, len(text)))
    cut = data.draw(st.integers(0, 60))
    path.write_text(text[:at] + data.draw(st.sampled_from(["", *WORDS])) + text[at + cut :], encoding="utf-8")


def edit_line(folder: Path, data) -> None:
    path = data.draw(st.sampled_from(sorted(folder.rglob("*.yaml")) or [folder / "dossier.yaml"]))
    if not path.exists():
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if lines:
        at = data.draw(st.integers(0, len(lines) - 1))
        action = data.draw(st.sampled_from(["drop", "double", "swap"]))
        if action == "drop":
            del lines[at]
        elif action == "double":
            lines.insert(at, lines[at])
        else:
            lines[at], lines[-1] = lines[-1], lines[at]
    path.write_text("".join(lines), encoding="utf-8")


def add_file(folder: Path, data) -> None:
    name = data.draw(st.sampled_from(["a.yaml", "articles/z.yaml", "articles/new.md", "extra/b.yaml"]))
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        "---\ntitle: New\n---\nrare earth text\n"
        if name.endswith(".md")
        else data.draw(
            st.sampled_from(
                [
                    "article_files: ['articles/*.md']\n",
                    "delegations:\n  china: {name: Again}\n  eu: {name: EU, members: {vdl: {name: Ursula}}}\n",
                    "quotes:\n  q1: {text: China is not easy to deal with., speaker: nobody}\n",
                    "links:\n  - {from: china, rel: supports, to: tariffs, at: tariffs}\n",
                    "articles:\n  other: {file: articles/2025-06-10-london.txt}\n",
                ]
            )
        ),
        encoding="utf-8",
    )


def remove_file(folder: Path, data) -> None:
    path = data.draw(st.sampled_from(sorted(p for p in folder.rglob("*") if p.is_file())))
    if path.name != "dossier.yaml":
        path.unlink()


def move_file(folder: Path, data) -> None:
    path = data.draw(st.sampled_from(sorted(folder.rglob("*.yaml"))))
    if path.name != "dossier.yaml":
        path.rename(folder / data.draw(st.sampled_from(["moved.yaml", "articles/moved.yaml"])))


EDITS = [edit_text, edit_line, add_file, remove_file, move_file]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=30)
@given(data=st.data())
def test_after_any_edits_an_updated_catalogue_equals_a_fresh_one(data, tmp_path_factory, seed):
    base = tmp_path_factory.mktemp("edits")
    folder = base / "london"
    shutil.copytree(seed, folder)
    updated = fresh(folder, base / "updated.sqlite", watched=data.draw(st.booleans()))
    for _ in range(data.draw(st.integers(1, 4))):
        for _ in range(data.draw(st.integers(1, 3))):
            data.draw(st.sampled_from(EDITS))(folder, data)
        watched = data.draw(st.booleans())
        Refresh(updated, Folder(folder), watched=watched).run()
        if not watched and data.draw(st.booleans()):
            continue  # it is weighed another time
        Refresh(updated, Folder(folder)).weigh()
        anew = fresh(folder, Path(tempfile.mkdtemp(dir=base)) / "fresh.sqlite")
        assert dump(updated) == dump(anew)
        assert checks.problems(updated) == checks.problems(anew)
        assert not is_counted_otherwise(updated)
        anew.close()
    updated.close()


@pytest.mark.thorough
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=600)
@given(data=st.data())
def test_after_very_many_edits_too(data, tmp_path_factory, seed):
    test_after_any_edits_an_updated_catalogue_equals_a_fresh_one.hypothesis.inner_test(data, tmp_path_factory, seed)


@pytest.mark.parametrize("watched", [True, False])
def test_an_interrupted_refresh_keeps_what_it_read_and_goes_on_from_there(tmp_path, london, watched):
    for number in range(150):
        (london / f"n{number:03}.yaml").write_text(f"issues:\n  n{number}: {{name: Number {number}}}\n")
    db = Catalogue(tmp_path / "c.sqlite")
    calls = []
    with pytest.raises(Interrupted):
        Refresh(db, Folder(london), cancelled=lambda: calls.append(1) or len(calls) > 2, watched=watched).run()
    kept = db.value("SELECT count(*) FROM files")
    assert 50 <= kept < 152
    Refresh(db, Folder(london)).run()
    anew = fresh(london, tmp_path / "fresh.sqlite")
    assert dump(db) == dump(anew)


def test_what_was_read_for_a_command_and_died_is_whole_for_a_screen(tmp_path, london):
    """A command that is killed while it reads for the first time leaves a catalogue without its indexes."""
    db = Catalogue(tmp_path / "c.sqlite")
    db.drop_indexes()
    db.close()
    db = Catalogue(tmp_path / "c.sqlite")
    Refresh(db, Folder(london)).run()
    assert dump(db) == dump(fresh(london, tmp_path / "fresh.sqlite"))


def test_statements_that_a_command_left_are_weighed_when_somebody_asks(london):
    desk = Desk.open(london)
    assert desk.texts.catalogue.unweighed
    assert desk.weighing.matrix().cells
    assert not desk.weighing.matrix().pending
    desk.close()


def test_a_screen_leaves_weighing_to_the_process_behind(london, monkeypatch):
    """Else its reader would wait for ten thousand articles to be weighed."""
    monkeypatch.setattr("dossier.store.files.fingerprints.RACY", 0)
    desk = Desk.open(london)
    desk.has_ui = True
    assert desk.weighing.matrix().pending
    assert desk.clone().weighing.matrix().pending
    assert desk.refresh() is None  # nothing changed, and what was left is done
    assert not desk.weighing.matrix().pending
    desk.close()


def test_a_change_that_keeps_size_and_time_is_seen(tmp_path, london):
    import os

    article = london / "articles" / "2025-06-10-london.txt"
    db = fresh(london, tmp_path / "c.sqlite")
    status = article.stat()
    article.write_bytes(article.read_bytes().replace(b"not easy", b"now easy"))
    os.utime(article, ns=(status.st_atime_ns, status.st_mtime_ns))
    Refresh(db, Folder(london)).run()
    assert db.counts.statuses()["missing"] >= 1


def test_nothing_changed_means_nothing_is_read(tmp_path, london, monkeypatch):
    import os

    for path in [*london.rglob("*"), london]:
        os.utime(path, (1_700_000_000, 1_700_000_000))
    monkeypatch.setattr("dossier.store.files.fingerprints.RACY", 0)
    db = fresh(london, tmp_path / "c.sqlite")
    monkeypatch.setattr(Folder, "read", lambda *_: pytest.fail("a file was read"))
    assert not Refresh(db, Folder(london)).run()


def test_a_folder_that_looks_the_same_is_not_even_parsed_and_one_that_does_not_is(tmp_path, london, monkeypatch):
    monkeypatch.setattr("dossier.store.files.fingerprints.RACY", 0)
    db = fresh(london, tmp_path / "c.sqlite")
    assert unchanged(db, Folder(london).listing())
    for change in (
        lambda: (london / "new.txt").write_text("x"),
        lambda: (london / "new.txt").unlink(),
        lambda: (london / "dossier.yaml").write_bytes((london / "dossier.yaml").read_bytes()),
        lambda: (london / "link.yaml").symlink_to("dossier.yaml"),
    ):
        change()
        assert not unchanged(db, Folder(london).listing())
        Refresh(db, Folder(london)).run()
        assert unchanged(db, Folder(london).listing())


def test_read_and_weighed_side_by_side_it_is_the_same(tmp_path, london, monkeypatch):
    (london / "more.yaml").write_text("quotes:\n  q1: {text: rare earth, speaker: china, issues: [rare-earths]}\n")
    alone = fresh(london, tmp_path / "alone.sqlite")
    monkeypatch.setattr("dossier.store.sync.process_pool.MANY", 0)
    monkeypatch.setattr("dossier.store.catalogue.matrix_cache._MANY", 0)
    shared = fresh(london, tmp_path / "shared.sqlite")
    assert dump(shared) == dump(alone)
    (london / "more.yaml").unlink()
    Refresh(shared, Folder(london)).run()
    assert dump(shared) == dump(fresh(london, tmp_path / "anew.sqlite"))
    assert shared.value("SELECT count(*) FROM stands")


def test_many_files_are_read_while_a_terminal_interface_has_standard_error(tmp_path, london):
    """Python cannot start its processes then: pressing R in a browser that no longer watches would end it."""
    script = (
        "import sys, types; from pathlib import Path; from dossier.desk.desk import Desk; "
        "import dossier.store.sync.process_pool as pool; pool.MANY = 0; "
        "sys.stderr = types.SimpleNamespace(fileno=lambda: -1, write=len, flush=lambda: None); "
        "print(len(Desk.open(Path(sys.argv[1])).listing('quotes')))"
    )
    run = subprocess.run([sys.executable, "-c", script, str(london)], capture_output=True, text=True, check=True)
    assert int(run.stdout) > 5


def test_a_change_is_read_with_one_look_at_the_folder(london, monkeypatch):
    """Ten thousand articles take a tenth of a second to look at, and a reader waits for what was changed."""
    looks = []
    listing = Folder.listing
    monkeypatch.setattr(Folder, "listing", lambda folder: looks.append(folder) or listing(folder))
    desk = Desk.open(london)
    assert len(looks) == 1
    with (london / "dossier.yaml").open("a") as file:
        file.write("\n# changed\n")
    assert desk.refresh() is not None
    assert len(looks) == 2
    desk.close()
