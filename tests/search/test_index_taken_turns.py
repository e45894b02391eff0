"""An index that another program commits to, or makes anew, while it is opened here: it is never taken for a damaged one."""

import shutil

import pytest

from dossier.desk.desk import Desk
from dossier.model.passages import Passage
from dossier.search.engines.engine import IndexDamaged
from dossier.search.engines.whoosh.codec import Storage
from dossier.search.engines.whoosh.engine import WhooshEngine

ARTICLE = "A quokka spoke of the harbour.\n"


def passages(*numbers):
    return [Passage(f"paragraph:a:{n}", "a", "paragraph", "A", "quokka", paragraph=n, digest=f"{n}") for n in numbers]


@pytest.fixture
def dossier(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "dossier.yaml").write_text("format: 1\ntitle: T\narticles:\n  a: {file: a.txt, title: A}\n")
    (folder / "a.txt").write_text(ARTICLE)
    return folder


def test_a_generation_that_another_program_replaces_while_it_is_opened_is_read_as_the_next(tmp_path, monkeypatch):
    """The list of its segments is removed between the look at the folder and its opening."""
    folder = tmp_path / "index"
    folder.mkdir()
    writer, reader = WhooshEngine(folder), WhooshEngine(folder)
    writer.update(passages(1), [])
    opened, commits = Storage.open_file, [2]

    def open_file(storage, name, **options):
        if storage is reader._store.storage and name.endswith(".toc") and commits:
            writer.update(passages(commits.pop()), [])
        return opened(storage, name, **options)

    monkeypatch.setattr(Storage, "open_file", open_file)
    assert set(reader.digests()) == {"paragraph:a:1", "paragraph:a:2"}
    assert not commits
    writer.close()
    reader.close()


@pytest.mark.parametrize("wait", [True, False])
def test_an_index_that_could_not_be_read_once_is_not_thrown_away(dossier, engine_name, monkeypatch, wait):
    """What cannot be read while another program makes it anew is whole when it is our turn: it stays, and is searched."""
    desk = Desk.open(dossier, engine=engine_name)
    desk.index()
    token = desk.finding.index._token().read_bytes()
    engine = type(desk.finding.index.engine)
    read, failing = engine.languages, [1]

    def languages(self):
        if failing:
            failing.pop()
            raise IndexDamaged("The index is damaged.")
        return read(self)

    monkeypatch.setattr(engine, "languages", languages)
    desk.refresh()
    desk.finding.index._current = -1
    found = desk.search("quokka", wait=wait)
    assert not failing
    assert desk.finding.index._token().read_bytes() == token
    assert desk.notices == []
    assert found.total == 1 or (found.partial and not wait)
    assert desk.search("quokka").total == 1
    desk.close()


def test_an_answer_that_could_not_be_read_is_asked_for_again_before_the_index_is_made_anew(
    dossier, engine_name, monkeypatch
):
    """Twice in a row other programs may be in the way; once we are alone with the index, it is read as it is."""
    desk = Desk.open(dossier, engine=engine_name)
    desk.index()
    token = desk.finding.index._token().read_bytes()
    engine = type(desk.finding.index.engine)
    search, failing = engine.search, [1, 2]

    def failing_search(self, *arguments, **options):
        if failing:
            failing.pop()
            raise IndexDamaged("The index is damaged.")
        return search(self, *arguments, **options)

    monkeypatch.setattr(engine, "search", failing_search)
    assert desk.search("quokka").total == 1
    assert (failing, desk.notices) == ([], [])
    assert desk.finding.index._token().read_bytes() == token
    desk.close()


def test_an_index_made_anew_by_another_program_is_opened_anew(dossier, engine_name):
    """Its newest generation may have the number of the one that is open here, of which nothing is left."""
    ours = Desk.open(dossier, engine=engine_name)
    ours.index()
    assert ours.search("quokka").total == 1
    theirs = Desk.open(dossier, engine=engine_name)
    (dossier / "a.txt").write_text("A numbat spoke.\n" + ARTICLE)
    theirs.refresh()
    theirs.finding.update(rebuild=True)
    theirs.close()
    ours.refresh()
    assert ours.search("numbat").total == 1
    assert ours.notices == []
    ours.close()


def test_a_damaged_index_is_made_anew_with_one_notice(dossier, engine_name):
    desk = Desk.open(dossier, engine=engine_name)
    desk.index()
    desk.finding.index.close()
    folder = desk.finding.index.folder
    copy = shutil.copytree(folder, folder.with_name("copy"))
    for file in copy.iterdir():
        if file.is_file() and file.name != "token":
            (folder / file.name).write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert desk.search("quokka").total == 1
    assert desk.notices == ["The full-text index was damaged: rebuilt the index."]
    desk.close()


def test_an_emptied_index_is_thrown_away_by_who_does_not_wait_for_it(dossier, engine_name):
    """The process behind then makes it anew; it would else find nothing for as long as nothing changes."""
    desk = Desk.open(dossier, engine=engine_name)
    desk.index()
    index = desk.finding.index
    index.close()
    for path in index.folder.iterdir():
        if path.name != "token":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    index._current = -1
    assert desk.search("quokka", wait=False).partial
    assert not index._token().exists()
    assert desk.notices == ["The full-text index was damaged: rebuilt the index."]
    desk.close()


def test_what_tantivy_has_merged_is_read_while_it_merges_more(tmp_path, monkeypatch):
    """Merging took five seconds of 210,000 passages, for which the index seemed to be damaged."""
    tantivy = pytest.importorskip("dossier.search.engines.tantivy.engine")
    writer, reader, meta, read = (
        tantivy.TantivyEngine(tmp_path),
        tantivy.TantivyEngine(tmp_path),
        tmp_path / "meta.json",
        [],
    )

    monkeypatch.setattr(tantivy, "PATIENCE", 60.0)  # a busy machine may take its time to seal it

    class Merging:
        def __init__(self, found):
            self._found = found

        def writer(self, *limits):
            self._writer = self._found.writer(*limits)
            return self

        def __getattr__(self, name):
            return getattr(self._writer, name)

        def wait_merging_threads(self):
            meta.write_bytes(meta.read_bytes() + b"\n")
            read.append(set(reader.digests()))
            self._writer.wait_merging_threads()
            meta.write_bytes(meta.read_bytes() + b"\n")

    opened, writer._open = writer._open, lambda: Merging(opened())
    writer.update(passages(1), [])
    assert read == [{"paragraph:a:1"}]
    assert set(reader.digests()) == {"paragraph:a:1"}
