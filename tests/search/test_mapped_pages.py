"""The pages of a mapped index count as the browser's memory: at rest they are given back, and searches go on."""

import sys
from pathlib import Path

import pytest
from test_index_safety import answers, passages

from dossier.model.mapped_files import map_file, release_mapped_pages
from dossier.search.engines.engine import open_engine

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="pages are counted on Linux alone")


def kilobytes_in_memory(folder):
    """Kilobytes of the files of a folder that are in the memory of this process."""
    counted, found = False, 0
    for line in Path("/proc/self/smaps").read_text().splitlines():
        if line[0] in "0123456789abcdef":
            counted = f"{folder}/" in line
        elif counted and line.startswith("Rss:"):
            found += int(line.split()[1])
    return found


def test_pages_of_a_mapped_file_are_given_back_and_read_again(tmp_path):
    path = tmp_path / "words"
    path.write_bytes(b"words " * 200_000)
    mapped, closed = map_file(path), map_file(path)
    closed.close()
    assert mapped[:] == path.read_bytes()
    assert kilobytes_in_memory(tmp_path) > 1_000
    release_mapped_pages()
    assert kilobytes_in_memory(tmp_path) == 0
    assert mapped[:] == path.read_bytes()
    mapped.close()


def test_an_index_whose_pages_were_given_back_answers_as_before(tmp_path):
    engine = open_engine("whoosh", tmp_path)
    engine.update(passages(40), [])
    right = answers(engine)
    assert kilobytes_in_memory(tmp_path) > 0
    release_mapped_pages()
    assert kilobytes_in_memory(tmp_path) == 0
    assert answers(engine) == right
    engine.close()
