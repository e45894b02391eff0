"""What the program hands to others: a path to an editor, an address to a document, words to a clipboard, a file to a disk."""

import json
import os
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from terminal.pseudo import Terminal

from dossier.desk.brief.scope import BriefScope, brief_within
from dossier.desk.desk import Desk
from dossier.ui.work import editor

NAMES = (
    "two words.yaml", "'quoted'.yaml", '"quoted".yaml', "$(touch pwned).yaml", "`touch pwned`.yaml", "a;touch pwned;.yaml", "a&touch pwned&.yaml",
    "a|touch pwned|.yaml", "a>pwned.yaml", "-c :!touch pwned.yaml", "+:!touch pwned.yaml", "--cmd=x.yaml", "$HOME.yaml", "*.yaml", "a\nb.yaml", "\\n.yaml",
    "%s%n.yaml", "!x.yaml", "#c.yaml", "~root.yaml", "{a,b}.yaml", "é\u0301中.yaml",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_file_name_is_one_argument_to_the_editor_and_no_option(tmp_path, name, counted):
    """Whatever the editor's setting is made of."""
    path = tmp_path / name
    for setting, expected in (
        ("ed", ["ed"]),
        ("'/opt/my editor/ed' --flag 'a b'", ["/opt/my editor/ed", "--flag", "a b"]),
        ("ed; touch pwned", ["ed;", "touch", "pwned"]),
        ("ed $(touch pwned) `touch pwned`", ["ed", "$(touch", "pwned)", "`touch", "pwned`"]),
        ("code", ["code"]),
        ("hx", ["hx"]),
    ):
        command = editor.command(path, 7, {"EDITOR": setting})
        assert command[: len(expected)] == expected
        rest = command[len(expected) :]
        assert sum(str(path) in word for word in rest) == 1
        assert [word for word in rest if word.startswith("-")] in ([], ["--wait", "--goto"])
        assert all(word.startswith(("+7", "/", "--")) for word in rest)
    counted["file names as arguments of an editor"] += 1


@pytest.mark.parametrize("every", [pytest.param(1, marks=pytest.mark.thorough)])
def test_the_editor_is_given_the_very_file_and_nothing_else_happens(tmp_path, every):
    """From the browser, by its key, with names that a shell would act upon."""
    told = tmp_path / "told"
    program = tmp_path / "my editor"
    program.write_text(
        f"#!{sys.executable}\nimport json, sys\nopen({str(told)!r}, 'a').write(json.dumps(sys.argv[1:]) + chr(10))\n"
    )
    program.chmod(0o755)
    folder = tmp_path / "dossier"
    folder.mkdir()
    (folder / "dossier.yaml").write_text("title: Names\n")
    names = [name for name in NAMES if "\\" not in name and name[0] != "~"][::every]  # such are not read
    for number, name in enumerate(names):
        (folder / name).write_text(f"\n\ndelegations: {{d{number:02}: {{name: Side {number:02}}}}}\n")
    home = {
        "HOME": str(tmp_path),
        **{f"XDG_{part}_HOME": str(tmp_path / part) for part in ("STATE", "CACHE", "CONFIG")},
    }
    with Terminal.dossier("browse", str(folder), environment={**home, "EDITOR": f"'{program}' --flag"}) as terminal:
        terminal.until(b"Side 00")
        terminal.settle(0.6)
        for number in range(len(names)):
            terminal.type("e")
            terminal.until(lambda n=number: told.exists() and told.read_text().count("\n") == n + 1)
            terminal.settle(0.3)
            terminal.type("j")
            terminal.settle(0.1)
        terminal.type("\x11")
        terminal.wait()
    given = [json.loads(line) for line in told.read_text().splitlines()]
    assert {tuple(words[:2]) for words in given} == {("--flag", "+3")}
    assert sorted(words[2] for words in given) == sorted(str(folder / name) for name in names)
    assert all(len(words) == 3 for words in given)
    assert not list(tmp_path.rglob("pwned"))
    print(f"\n  {len(names)} names handed to an editor")


ADDRESSES = {
    "https://example.org/a": True, "http://example.org": True, "mailto:a@example.org": True,
    "javascript:alert(1)": False, "JaVaScRiPt:x": False, "data:text/html,x": False, "file:///etc/passwd": False, "vbscript:x": False,
    "ftp://x.org": False, "ssh://-oProxyCommand=x": False, "x-man-page://x": False, "//example.org": False, "http:/\\example.org": False,
    " javascript:x": False, "java\tscript:x": False, "https://\u202eexample.org": False, "\x01http://x": False, "tel:1": False,
}  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_three_kinds_of_address_become_a_link(tmp_path, address, counted):
    """Others are told by `check` and stand in an export as words."""
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "a.txt").write_text("Some words.\n")
    quoted = json.dumps(address).replace("\\u0001", "\\x01")
    (folder / "dossier.yaml").write_text(
        f"articles: {{a: {{file: a.txt, title: T, url: {quoted}}}}}\nquotes: {{q: {{text: Some words, at: Some words}}}}\narticle: a\n"
    )
    desk = Desk.open(folder)
    try:
        codes = {problem.code for problem in desk.problems()}
        assert ("bad-url" not in codes) == ADDRESSES[address], desk.problems()
        document = desk.render(brief_within(desk, ("articles", "quotes"), BriefScope()).brief)
    finally:
        desk.close()
    from markdown_it import MarkdownIt

    links = [
        token.attrs["href"]
        for block in MarkdownIt("commonmark").parse(document)
        for token in block.children or ()
        if token.type == "link_open"
    ]
    outside = [link for link in links if not link.startswith("#")]
    assert bool(outside) <= ADDRESSES[address], outside
    assert all(link.startswith(("http://", "https://", "mailto:")) for link in outside)
    counted[f"addresses that {'may' if ADDRESSES[address] else 'may not'} become links"] += 1


def test_one_article_that_cannot_be_read_keeps_no_other_back(tmp_path):
    """It is named in the export, with the reason; the others are there in full."""
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "a.txt").write_text("Words that are there.\n")
    (folder / "dossier.yaml").write_text(
        "articles:\n  gone: {file: gone.txt, title: Gone}\n  a: {file: a.txt, title: There}\n  up: {file: ../up.txt, title: Up}\n"
    )
    desk = Desk.open(folder)
    try:
        document = desk.render(brief_within(desk, ("articles",), BriefScope()).brief)
    finally:
        desk.close()
    assert "Words that are there" in document
    assert "cannot be read" in document


def places(tmp_path: Path) -> dict[str, Path]:
    """Return where an export may be told to go, and should not, or not unasked."""
    (tmp_path / "victim").write_text("kept")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("victim")
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "into-pipe").symlink_to("pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        before = Path.cwd()
        os.chdir(tmp_path)
        listener.bind("socket")
        os.chdir(before)
    found = {
        name: tmp_path / name
        for name in ("victim", "folder", "pipe", "link", "dangling", "loop", "into-pipe", "socket")
    }
    found |= {
        "a device": Path("/dev/full"), "the terminal": Path("/dev/tty"), "null": Path("/dev/null"), "/proc": Path("/proc/self/comm"),
        "nul": Path(str(tmp_path / "a\0b")), "5,000 characters": tmp_path / ("x" * 5_000), "a deep one": tmp_path / ("a/" * 2_500 + "b"),
        "no folder": tmp_path / "none" / "b.md", "through a file": tmp_path / "victim" / "b.md", "up": tmp_path / "none" / ".." / "b.md",
        "surrogate": tmp_path / "a\ud800.md",
    }  # fmt: skip
    return found


PLACES = ("victim", "folder", "pipe", "link", "dangling", "loop", "into-pipe", "socket", "a device", "the terminal", "null", "/proc", "nul",
          "5,000 characters", "a deep one", "no folder", "through a file", "up", "surrogate")  # fmt: skip


@pytest.mark.parametrize("force", [False, True], ids=["asked", "forced"])
@pytest.mark.parametrize("name", PLACES)
def test_an_export_goes_to_an_ordinary_file_or_nowhere(seed, tmp_path, name, force, counted):
    """Within two seconds of the processor and without waiting, with one sentence; what is there stays, but for an ordinary file that may be replaced."""
    from dossier.model.problems import DossierError

    path = places(tmp_path)[name]
    before = {one.name: stat.S_IFMT(one.lstat().st_mode) for one in tmp_path.iterdir()}
    desk = Desk.open(seed)
    start = time.monotonic()
    try:
        if force and name in ("victim", "link"):
            desk.write("new", path, force=True)
            assert (tmp_path / "victim").read_text() == "new"
        else:
            with pytest.raises(DossierError) as told:
                desk.write("new", path, force=force)
            assert "\n" not in str(told.value)
            assert (tmp_path / "victim").read_text() == "kept"
    finally:
        desk.close()
    assert time.monotonic() - start < 2
    assert {one.name: stat.S_IFMT(one.lstat().st_mode) for one in tmp_path.iterdir()} == before, (
        "something was made, or changed its kind"
    )
    counted[f"places for an export, {'to be replaced' if force else 'unasked'}"] += 1


@pytest.mark.parametrize("given", ["pipe", "folder", "a device", "loop", "nul", "5,000 characters", "socket", "/proc"])
@pytest.mark.parametrize("command", ["verify", "revise"])
def test_a_file_that_a_command_is_given_is_an_ordinary_one(seed, tmp_path, command, given, counted):
    """A pipe is not waited for, and a device without end is not read."""
    path = {"a device": "/dev/zero"}.get(given) or str(places(tmp_path)[given])
    if "\0" in path:
        pytest.skip("no program can be given such an argument")
    arguments = [path] if command == "verify" else ["london-day-one", path]
    run = subprocess.run(
        [sys.executable, "-P", "-m", "dossier", command, *arguments, "-d", str(seed)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode in (1, 2)
    assert given != "a device" or "not an ordinary file" in run.stderr, "a device was read"
    assert "Traceback" not in run.stderr
    assert len(run.stderr.splitlines()) <= 2
    counted["things given to a command in place of a file"] += 1


@pytest.mark.parametrize("times", [300, pytest.param(5_000, marks=pytest.mark.thorough)])
def test_a_link_swapped_in_while_an_export_is_written_is_not_followed(seed, tmp_path, times, counted):
    """Someone who keeps putting a link where the file is to go wins no race: the link's target stays as it is."""
    import contextlib
    import threading

    from dossier.desk.user.atomic_write import write_whole
    from dossier.model.problems import DossierError

    victim, path = tmp_path / "victim", tmp_path / "out" / "brief.md"
    path.parent.mkdir()
    victim.write_text("kept")
    stop = threading.Event()

    def swap() -> None:
        while not stop.is_set():
            with contextlib.suppress(OSError):
                path.symlink_to(victim)
            with contextlib.suppress(OSError):
                path.unlink()

    swapper = threading.Thread(target=swap)
    swapper.start()
    try:
        for _ in range(times):
            with contextlib.suppress(DossierError):
                write_whole(path, "new")
    finally:
        stop.set()
        swapper.join()
    assert victim.read_text() == "kept"
    assert {one.name for one in path.parent.iterdir()} <= {"brief.md"}
    counted["exports while links are swapped in"] += times
