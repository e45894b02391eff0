"""Among several dossiers each is told by its title; one that is broken must neither hide the others nor keep them waiting."""

import os

import pytest

from dossier.desk.listing import titles
from dossier.desk.listing.titles import title_of

LATE = b"# " + "é".encode() * 9_000 + b"\n"


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (b"title: T\n", "T"),
        (b"# Of whom\nformat: 1\nsummary: >-\n  Long\n  words\ntitle: 'A: B'\nquotes: {q: [}\n", "A: B"),
        (b"\xef\xbb\xbftitle: T\n", "T"),
        (b"title: T\nnotes: *nobody\n", "T"),
        (b'title: "a\\e]0;x\\a\\nb"\n', "a␛]0;x␇ b"),
        (b"title: " + b"x" * 20_000 + b"\n", ""),
        (b"title: T\n" + LATE, "T"),
        (LATE + b"title: T\n", ""),
        (b"format: 1\n", ""),
        (b"title:\n", ""),
        (b"title: [T]\n", ""),
        (b"title: *T\n", ""),
        (b"- title: T\n", ""),
        (b"title: \xff\n", ""),
        (b"\x00\x01\x02" * 99, ""),
        (b"{[" * 5_000, ""),
        (b"", ""),
    ],
)
def test_the_head_of_the_first_file_tells_the_title(tmp_path, data, title):
    (tmp_path / "dossier.yaml").write_bytes(data)
    assert title_of(tmp_path) == title


@pytest.mark.parametrize("kind", ["nothing", "folder", "pipe", "link", "no folder"])
def test_what_is_no_file_has_no_title(tmp_path, kind):
    """A pipe would be waited for."""
    path = tmp_path / "dossier.yaml"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "link":
        path.symlink_to("/dev/zero")
    assert title_of(tmp_path / "nowhere" if kind == "no folder" else tmp_path) == ""


def test_of_a_large_file_only_the_head_is_parsed(tmp_path, monkeypatch):
    (tmp_path / "dossier.yaml").write_bytes(b"format: 1\n" + b"a: {b: c}\n" * 400_000)
    parsed = []
    stream = titles.Stream
    monkeypatch.setattr(titles, "Stream", lambda text, notes: parsed.append(len(text)) or stream(text, notes))
    assert title_of(tmp_path) == ""
    assert 16_000 < parsed[0] <= 16_384
