"""When a file of a tantivy index is taken for right without being read, and that what is shown is right even then."""

import os

import pytest
from test_index_safety import answers, passages

from dossier.search.engines.engine import IndexDamaged, open_engine
from dossier.search.engines.tantivy import documents, seal

pytest.importorskip("tantivy")


@pytest.fixture
def reads(monkeypatch):
    """The names of files that were read whole."""
    found = []
    check = seal._check_footer
    monkeypatch.setattr(seal, "_check_footer", lambda path: found.append(path.name) or check(path))
    return found


@pytest.fixture
def index(tmp_path, monkeypatch, reads):
    """A settled index whose files were all read and noted, and the answers it gives."""
    monkeypatch.setattr("dossier.search.engines.tantivy.engine.PATIENCE", 0)
    monkeypatch.setattr(seal, "GRAIN", -1)
    engine = open_engine("tantivy", tmp_path)
    engine.update(passages(40), [])
    right = ask(tmp_path)
    assert {path.suffix for path in map(tmp_path.joinpath, reads)} > {".store", ".term", ".idx", ".pos"}
    reads.clear()
    return tmp_path, right


def ask(folder):
    engine = open_engine("tantivy", folder)
    try:
        return answers(engine)
    finally:
        engine.close()


def test_a_noted_file_is_not_read_again(index, reads):
    folder, right = index
    assert ask(folder) == right
    assert reads == []


@pytest.mark.parametrize("ending", ["store", "term", "idx", "pos", "fast", "fieldnorm"])
def test_a_changed_byte_is_noticed_also_where_the_time_of_change_is_set_back(index, ending):
    folder, _ = index
    (path,) = folder.glob(f"*.{ending}")
    status, data = path.stat(), bytearray(path.read_bytes())
    data[20 if ending == "store" else 0] ^= 1
    with path.open("r+b") as file:
        file.write(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_mtime_ns == status.st_mtime_ns
    with pytest.raises(IndexDamaged):
        ask(folder)


@pytest.mark.parametrize("later", [seal.DAY, -3600 * 10**9])
def test_after_a_day_or_by_a_clock_that_was_set_back_all_is_read_again(index, reads, monkeypatch, later):
    folder, right = index
    noted = seal.decode((folder / seal.CHECKED).read_bytes())["files"]
    now = seal.time_ns
    monkeypatch.setattr(seal, "time_ns", lambda: now() + later)
    assert ask(folder) == right
    assert sorted(reads) == sorted(noted)


def test_after_the_machine_was_started_again_all_is_read_again(index, reads, monkeypatch):
    folder, right = index
    monkeypatch.setattr(seal, "_boot", lambda: "another")
    assert ask(folder) == right
    assert reads
    reads.clear()
    ask(folder)
    assert reads == []


def test_what_was_written_within_the_clocks_grain_is_not_noted(index, reads, monkeypatch):
    folder, right = index
    monkeypatch.setattr(seal, "GRAIN", 3600 * 10**9)
    (folder / seal.CHECKED).unlink()
    assert ask(folder) == right
    reads.clear()
    assert ask(folder) == right
    assert reads


def test_a_passage_that_is_not_as_it_was_stored_is_never_shown(tmp_path, monkeypatch):
    """As by a bit that turned on the disk after its file was found right."""
    monkeypatch.setattr("dossier.search.engines.tantivy.engine.PATIENCE", 0)
    engine = open_engine("tantivy", tmp_path)
    with_sum = documents.with_sum

    def turned(data):
        whole = bytearray(with_sum(data))
        at = whole.find(b"export")
        if at >= 0:
            whole[at] ^= 1
        return bytes(whole)

    monkeypatch.setattr(documents, "with_sum", turned)
    engine.update(passages(10), [])
    with pytest.raises(IndexDamaged):
        answers(engine)
    engine.close()
