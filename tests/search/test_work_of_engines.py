"""What an engine reads for a search and writes for a commit, counted: neither grows with all that is in the index."""

from array import array

import pytest
from test_index_safety import passages

from dossier.model.query import Word
from dossier.search.engines.whoosh import checksums, segment_buffer
from dossier.search.engines.whoosh.heads import Heads


def told(engine, count):
    engine.update(passages(count), [])


def files(folder):
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


def test_a_commit_writes_no_more_for_what_was_there_before(fresh, tmp_path):
    wrote = []
    for count in (300, 3000):
        folder = tmp_path / f"of{count}"
        folder.mkdir()
        engine = fresh(folder)
        told(engine, count)
        before = files(folder)
        engine.update(passages(5, count), [])
        new = [name for name, state in files(folder).items() if before.get(name) != state]
        wrote.append(sum((folder / name).stat().st_size for name in new))
    assert wrote[1] < 1.5 * wrote[0]


@pytest.fixture
def whoosh_only(engine_name):
    if engine_name != "whoosh":
        pytest.skip("of Whoosh's files")


@pytest.mark.usefixtures("whoosh_only")
def test_a_search_reads_and_checks_a_part_of_the_files_and_lists_no_passages(fresh, tmp_path, monkeypatch):
    monkeypatch.setattr(checksums, "BLOCK", 4096)
    folder = tmp_path / "large"
    folder.mkdir()
    told(fresh(folder), 3000)

    def never(_heads):
        raise AssertionError("all heads were read")

    for name in ("all_keys", "all_digests"):
        monkeypatch.setattr(Heads, name, never)
    engine = fresh(folder)
    assert len(engine.search(Word("london"), limit=5).ranked) == 5
    blocks = b"".join(engine._store.storage._right.values())
    assert 0 < sum(blocks) < len(blocks) / 2


def test_the_terms_of_new_passages_alone_are_merged_with_nothing(monkeypatch):
    monkeypatch.setattr(segment_buffer, "merge", None)
    new = {b"a": (array("I", [1]), b"\1", [b"x"]), b"b": (array("I", [1, 2]), b"\1\2", [b"x", b"y"])}
    assert list(segment_buffer.merged_postings("terms", new, [])) == list(new.items())
