"""Paths: without these a dossier from a stranger could show the reader's own files, or hang the program."""

import os
import re
import socket
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.store.files import folder as folders
from dossier.store.files.errors import (
    FileRefused,
    FileTooLarge,
    IsALink,
    MissingFile,
    NotAFile,
    PathOutside,
    TooManyFiles,
    Unreadable,
)
from dossier.store.files.folder import MAX_BYTES, Folder
from dossier.store.files.paths import components

SECRET = b"the reader's own words"


@pytest.fixture
def folder(tmp_path):
    """A dossier's folder with a secret beside it."""
    inside = tmp_path / "inside"
    (inside / "articles").mkdir(parents=True)
    (inside / "dossier.yaml").write_bytes(b"title: x\n")
    (inside / "articles" / "a.md").write_bytes(b"words")
    (tmp_path / "secret.md").write_bytes(SECRET)
    (tmp_path / "secret.yaml").write_bytes(SECRET)
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "b.md").write_bytes(SECRET)
    return inside


OUTSIDE = [
    "/etc/passwd",
    "//etc/passwd",
    "../secret.md",
    "articles/../../secret.md",
    "articles/../a.md",
    "./../secret.md",
    "..",
    "",
    "  ",
    ".",
    "/",
    "./",
    "~/secret.md",
    "~root/x",
    "C:\\secret.md",
    "C:/secret.md",
    "c:secret.md",
    "articles\\..\\..\\secret.md",
    "\\\\server\\share",
    "a\0.md",
    "/proc/self/environ",
    "/dev/zero",
    "a/" * 2_500,
    "x" * 5_000,
    "\ud800.md",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_path_that_leads_out_is_refused_by_name(folder, path, counted):
    for act in (Folder(folder).read, Folder(folder).signature, Folder(folder).glob):
        with pytest.raises(PathOutside) as caught:
            act(path)
        assert caught.value.code == "path-outside"
        assert caught.value.hint
        assert len(str(caught.value)) < 600
    counted["paths that lead out, refused by name"] += 1


@given(st.lists(st.sampled_from(["..", ".", "", "/", "~", "C:", "a", "secret.md", "\\", "\0", "*"]), max_size=6))
def test_components_never_lead_up_or_away(parts):
    """Whatever a path is made of, what is left of it can only lead down."""
    try:
        names = components("/".join(parts))
    except PathOutside:
        return
    assert names
    assert not any(name in ("", ".", "..") or "/" in name or "\0" in name for name in names)


def test_a_link_is_not_followed_wherever_it_leads(folder, counted):
    """To a file or folder outside, inside, to itself, to nowhere: the words behind it are never shown."""
    (folder / "out.md").symlink_to("../secret.md")
    (folder / "in.md").symlink_to("articles/a.md")
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "gone.md").symlink_to("nowhere")
    (folder / "proc.md").symlink_to("/proc/self/environ")
    (folder / "private").symlink_to("../private")
    (folder / "round").symlink_to(".")
    (folder / "linked.yaml").symlink_to("../secret.yaml")
    here = Folder(folder)
    paths = ["out.md", "in.md", "loop.md", "gone.md", "proc.md", "private/b.md", "round/articles/a.md", "linked.yaml"]
    for path in paths:
        for act in (here.read, here.signature):
            with pytest.raises(IsALink):
                act(path)
    listing = here.listing()
    assert list(listing.files) == ["articles/a.md", "dossier.yaml"]
    assert {problem.code for problem in listing.left_out} == {"symbolic-link"}
    assert {problem.place.file for problem in listing.left_out} >= {"linked.yaml", "private", "out.md"}
    assert here.glob("**/*.md") == ["articles/a.md"]
    counted["kinds of links, not followed"] += len(paths)


def test_a_root_that_is_a_link_is_the_folder_behind_it(folder, tmp_path):
    (tmp_path / "door").symlink_to(folder)
    assert Folder(tmp_path / "door").read("articles/a.md") == b"words"


@pytest.mark.parametrize("swapped", ["file", "folder"])
def test_a_link_swapped_in_after_the_check_shows_nothing(folder, tmp_path, swapped, counted):
    """An attacker who keeps turning a file, or a folder above it, into a link wins no race."""
    stop = threading.Event()
    target = folder / "articles" / "b.md"
    target.write_bytes(b"harmless")
    victim = target if swapped == "file" else target.parent
    aside = tmp_path / "aside"
    outside = tmp_path / ("secret.md" if swapped == "file" else "private")

    def swap():
        while not stop.is_set():
            victim.rename(aside)
            victim.symlink_to(outside)
            victim.unlink()
            aside.rename(victim)

    swapper = threading.Thread(target=swap)
    swapper.start()
    seen, here = set(), Folder(folder)
    try:
        for _ in range(3_000):
            try:
                seen.add(here.read("articles/b.md"))
            except FileRefused as refused:
                seen.add(refused.code)
    finally:
        stop.set()
        swapper.join()
    assert seen <= {b"harmless", "symbolic-link", "missing-file", "not-a-file", "unreadable"}
    assert here.read("articles/b.md") == b"harmless"
    counted["readings while links are swapped in"] += 3_000


@pytest.mark.parametrize("outside", ["secret.md", "private", "pipe"])
def test_a_file_swapped_between_check_and_opening_shows_nothing(folder, tmp_path, monkeypatch, outside):
    """The same at the one moment that matters, every time."""
    if outside == "pipe":
        os.mkfifo(tmp_path / "pipe")
    checked = folders._status

    def check_then_swap(descriptor, name, path):
        status = checked(descriptor, name, path)
        (folder / path).unlink()
        (folder / path).symlink_to(tmp_path / outside)
        if outside == "pipe":
            (tmp_path / "pipe").replace(folder / path)
        return status

    monkeypatch.setattr(folders, "_status", check_then_swap)
    with pytest.raises((IsALink, NotAFile)):
        Folder(folder).read("articles/a.md")


def test_what_is_no_file_neither_hangs_nor_is_read(folder, counted):
    """A pipe nobody writes to would stop the program for good."""
    os.mkfifo(folder / "pipe.yaml")
    (folder / "folder.yaml").mkdir()
    here = Folder(folder)
    with socket.socket(socket.AF_UNIX) as listener:
        old = Path.cwd()
        os.chdir(folder)  # the name of a socket is short
        listener.bind("socket.yaml")
        os.chdir(old)
        for path, what in (("pipe.yaml", "a pipe"), ("folder.yaml", "a folder"), ("socket.yaml", "a socket")):
            for act in (here.read, here.signature):
                with pytest.raises(NotAFile, match=what):
                    act(path)
        assert here.yaml_files() == ["dossier.yaml"]
        assert {problem.place.file for problem in here.listing().left_out} == {"pipe.yaml", "socket.yaml"}
    with pytest.raises(Unreadable, match="a file where a folder should be"):
        here.read("dossier.yaml/x")
    counted["things that are no files, not read"] += 3


def test_a_device_is_not_read(folder, counted):
    try:
        os.mknod(folder / "zero.md", 0o600 | 0o020000, os.makedev(1, 5))
    except (PermissionError, OSError):
        pytest.skip("this user may not make devices")
    with pytest.raises(NotAFile, match="a device"):
        Folder(folder).read("zero.md")
    counted["devices, not read"] += 1


def test_a_big_file_is_refused_and_one_at_the_limit_is_not(folder):
    with (folder / "big.md").open("wb") as file:
        file.truncate(MAX_BYTES)
    assert len(Folder(folder).read("big.md")) == MAX_BYTES
    with (folder / "big.md").open("ab") as file:
        file.write(b"x")
    with pytest.raises(FileTooLarge, match=re.escape("the limit is 5 MB")):
        Folder(folder).read("big.md")


def test_a_file_of_a_terabyte_is_refused_unread(folder):
    """Its bytes would not fit into memory."""
    with (folder / "vast.md").open("wb") as file:
        try:
            file.truncate(10**12)
        except OSError:
            pytest.skip("this file system makes no such file")
    with pytest.raises(FileTooLarge):
        Folder(folder).read("vast.md")


def test_a_file_that_is_bigger_than_the_system_says_is_refused():
    """One that grows while it is read; in /proc every file has no size at all."""
    if not Path("/proc/self/status").exists():
        pytest.skip("the system has no such file")
    process = Folder(Path("/proc") / str(os.getpid()))
    assert len(process.read("status")) > 100
    with pytest.raises(FileTooLarge):
        process.read("status", 100)


def test_a_missing_file_is_told_with_the_name_that_is_there(folder, counted):
    """`Articles/A.md` works on a Mac and not elsewhere; so it is told everywhere how the file is spelled."""
    (folder / "caf\u00e9.md").write_text("x")
    cases = {"articles/A.md": "articles/a.md", "cafe\u0301.md": "caf\u00e9.md", "articles/none.md": "", "no/a.md": ""}
    for path, twin in cases.items():
        if (folder / path).exists():
            continue  # this file system takes both for one
        with pytest.raises(MissingFile) as caught:
            Folder(folder).read(path)
        assert (f"“{twin}”" in caught.value.hint) == bool(twin), path
        assert ("accents" in caught.value.hint) == (not path.isascii()), path
        counted["names with or without a twin"] += 1


def test_an_unreadable_file_is_told(folder):
    (folder / "articles" / "a.md").chmod(0)
    if os.access(folder / "articles" / "a.md", os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(Unreadable):
        Folder(folder).read("articles/a.md")


def test_a_folder_that_is_gone_is_told(tmp_path):
    with pytest.raises(Unreadable):
        Folder(tmp_path / "nowhere").listing()


def test_a_message_about_a_hostile_name_is_inert(folder):
    with pytest.raises(MissingFile) as caught:
        Folder(folder).read("\x1b]52;c;aGk=\x07\n.md")
    assert "\x1b" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_every_yaml_at_any_depth_belongs_but_hidden_and_derived_ones(folder):
    for path in ("z.yaml", "a/b/c/d.yaml", ".git/x.yaml", ".x.yaml", "index/x.yaml", "a/index/y.yaml", "no.yml"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("")
    assert Folder(folder).yaml_files() == [
        "a/b/c/d.yaml",
        "a/index/y.yaml",
        "dossier.yaml",
        "no.yml",
        "z.yaml",
    ]


def test_a_name_that_is_not_utf8_is_left_out_and_told(folder):
    try:
        (folder / os.fsdecode(b"\xff.yaml")).write_text("title: x\n")
    except OSError:
        pytest.skip("this file system takes UTF-8 alone")
    listing = Folder(folder).listing()
    assert listing.yaml_files() == ["dossier.yaml"]
    assert "not UTF-8" in listing.left_out[0].message


GLOBS = {
    "articles/*.md": ["articles/a.md", "articles/é.md"],
    "*": ["c.txt"],
    "*/*": ["articles/a.md", "articles/é.md"],
    "**": ["articles/2021/b.md", "articles/a.md", "articles/é.md", "c.txt"],
    "**/*.md": ["articles/2021/b.md", "articles/a.md", "articles/é.md"],
    "articles/**/b.md": ["articles/2021/b.md"],
    "**/**/**/**/b.*": ["articles/2021/b.md"],
    "articles/[ab].md": ["articles/a.md"],
    "articles/?.md": ["articles/a.md", "articles/é.md"],
    "articles/e\u0301.md": ["articles/é.md"],
    "./articles//a.md": ["articles/a.md"],
    "none/*": [],
    "articles": [],
}


@pytest.mark.parametrize("pattern", GLOBS)
def test_a_pattern_finds_articles(folder, pattern):
    """Articles by the thousand are named by `article_files`; YAML and hidden files are none."""
    for path in ("articles/2021/b.md", "articles/\u00e9.md", "c.txt", "articles/n.yaml", "articles/.hidden.md"):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text("")
    if not (folder / "articles" / "\u00e9.md").exists() or not [*folder.rglob("\u00e9.md")]:
        pytest.skip("this file system spells names its own way")
    assert Folder(folder).glob(pattern) == GLOBS[pattern]


def test_a_signature_tells_a_change_of_the_same_size(folder):
    here, path = Folder(folder), folder / "articles" / "a.md"
    data, before = here.load("articles/a.md")
    assert (data, before) == (b"words", here.signature("articles/a.md"))
    assert here.listing().files["articles/a.md"] == before
    path.with_name("new").write_bytes(b"sword")
    os.utime(path.with_name("new"), ns=(before[0], before[0]))
    path.with_name("new").replace(path)
    assert here.signature("articles/a.md") != before


def test_a_folder_without_end_is_no_dossier(folder):
    (folder / Path(*["d"] * 60)).mkdir(parents=True)
    with pytest.raises(TooManyFiles):
        Folder(folder).listing()


def test_no_descriptor_is_left_open(folder):
    here = Folder(folder)
    if not Path("/proc/self/fd").exists():
        pytest.skip("the system does not list open files")
    before = len([*Path("/proc/self/fd").iterdir()])
    for path in ("articles/a.md", "articles/none", "none/none", "dossier.yaml/x", "../x"):
        for act in (here.read, here.signature):
            try:
                act(path)
            except FileRefused:
                continue
    here.listing()
    assert len([*Path("/proc/self/fd").iterdir()]) == before


def test_files_read_in_passing_are_those_of_the_folder_wherever_they_lie(folder):
    (folder / "other").mkdir()
    (folder / "other" / "a.md").write_bytes(b"other words")
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    with Folder(folder).in_passing() as passing:
        for _ in range(3):
            assert passing.read("articles/a.md") == b"words"
            assert passing.read("other/a.md") == b"other words"
            assert passing.read("dossier.yaml") == b"title: x\n"
            with pytest.raises(MissingFile):
                passing.read("articles/b.md")
        (folder / "articles" / "link.md").symlink_to(folder.parent / "secret.md")
        assert passing.read("articles/a.md") == b"words"
        with pytest.raises(IsALink):
            passing.read("articles/link.md")
    assert not before or len(os.listdir("/proc/self/fd")) == before  # none stays open
