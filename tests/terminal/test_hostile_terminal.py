"""What a stranger's file says reaches the terminal as marks and letters: it can command nothing, and lies about nothing."""

import os
import re
import sys
from pathlib import Path

import pytest
from hostile.hostile_folder import NASTY, SURVIVORS, WEAPONS, write
from terminal.pseudo import Terminal, strange

from dossier.ui.keys.actions import ACTIONS

LEFT_OUT = {"program.quit", "browser.close", "program.interrupt"}
SIZES = {"wide": (120, 40), "medium": (100, 30), "narrow": (60, 24)}
KEYS = {
    "enter": "\r", "escape": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ", "up": "\x1b[A", "down": "\x1b[B",
    "left": "\x1b[D", "right": "\x1b[C", "home": "\x1b[H", "end": "\x1b[F", "pageup": "\x1b[5~", "pagedown": "\x1b[6~",
    "alt+left": "\x1b[1;3D", "alt+right": "\x1b[1;3C", "f1": "\x1bOP", "backspace": "\x7f", "delete": "\x1b[3~",
    "question_mark": "?", "slash": "/",
}  # fmt: skip
_COPIED = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The hostile dossier, in a folder of a hostile name."""
    path = tmp_path_factory.mktemp("hostile") / "d \x1b]0;PWNPWN\x07\u202e\x9b7;77m"
    write(path)
    return path


@pytest.fixture(scope="module")
def short(tmp_path_factory) -> Path:
    """The same with so little of it everywhere that nothing is cut before it is seen."""
    path = tmp_path_factory.mktemp("short") / "d \x1b[7;77m\u202e\x9b7;77m"
    write(path, "\x1b[7;77m\x07\x9b7;77m\u202e" + SURVIVORS[0])
    return path


def pressed(key: str) -> str:
    """Return what a terminal sends for a key of the action table, or for several in turn."""
    parts = key.split(" ") if len(key) > 1 else [key]
    return "".join(KEYS.get(part) or (chr(ord(part[-1]) - 96) if part.startswith("ctrl+") else part) for part in parts)


def own(output: bytes) -> bytes:
    """Return what was written but for copies handed over on a key, which hold letters alone."""
    return _COPIED.sub(b"", output)


def assert_inert(output: bytes) -> None:
    assert strange(own(output)) == []


class Walk:
    """A reader who goes everywhere."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self.visited = 0

    def press(self, keys: str) -> None:
        self.terminal.type(keys)
        self.terminal.settle(0.07 if keys.endswith("\x1b") else 0.03)  # Escape is told from Alt by a pause
        self.visited += 1

    def leave(self) -> None:
        """Presses Escape, and surely not Alt with what comes next."""
        self.press("\x1b")
        self.terminal.settle(0.4)

    def expect(self, keys: str, text: bytes) -> None:
        """Presses keys and waits for what must come of them."""
        before = len(self.terminal.output)
        self.terminal.type(keys)
        self.terminal.until(lambda: text in self.terminal.output[before:])
        self.terminal.settle(0.1)
        self.visited += 1

    def everything(self, *, at_length: bool) -> None:
        """Every action in every pane that there is, by its key; what opens is looked through and closed again."""
        panes = [action for action in ACTIONS if action.id.endswith(".show")]
        others = [
            a
            for a in ACTIONS
            if a.id not in LEFT_OUT and a not in panes and set(a.scopes) & {"list", "reader", "browse"}
        ]
        for number, pane in enumerate(panes):
            self.press(pressed(pane.keys[0]))
            self.press("jjj")
            for action in others if at_length or not number else ():
                for key in action.keys if at_length and not number else action.keys[:1]:
                    self.press(pressed(key))
                    if "browse" in action.scopes:
                        self.look_around()
                    self.press("\x1b")
                    self.press(pressed(pane.keys[0]))
            for key in ("\r", "J", "l", "G", "\x1b"):
                self.press(key)

    def look_around(self) -> None:
        """Whatever is open now: through its rows and fields, and typing into it."""
        self.press("\x1b[B\t\x1b[B")
        self.press("\x1b")

    def searches(self) -> None:
        """Typed, pasted and wrong queries; hits, steps, and what is copied."""
        for text in (
            "minister",
            f"minister {NASTY}",
            NASTY,
            'speaker:person "',
            "speaker:nobody",
            "zzz\u202e",
            "-",
            "(",
        ):
            self.press("/\x15")
            self.press(
                f"\x1b[200~{text}\x1b[201~" if "\x1b" not in text else f"\x1b[200~{text.replace(chr(27), '')}\x1b[201~"
            )
            self.press("\x1b[B")
            self.press("\r")
            self.press("nnN")
            self.press("\x1b")
            self.press("\x1b")
        for key in "1 y Y 3 y Y 4 J y Y 5 y".split():
            self.press(key)

    def dialogs(self, file: Path) -> None:
        """The export with its preview and over a file of a hostile name, the palette, the help."""
        for answer in (b"Written to", b"Replace it"):
            self.leave()
            self.expect("x", b"File: ")
            self.press("\t\t")
            self.press("\x15")
            self.press(f"\x1b[200~{file}\x1b[201~")
            self.expect("\r", answer)
        self.leave()
        self.leave()
        for opened in (":", "?"):
            self.press(opened)
            for text in ("i", "side", "person", "zzz", f"{NASTY.replace(chr(27), '')}"):
                self.press("\x15")
                self.press(f"\x1b[200~{text}\x1b[201~")
            self.press("\x1b\x1b")

    def mouse(self, size: tuple[int, int]) -> None:
        """The pointer over everything, and clicks everywhere."""
        for y in range(1, size[1], 2):
            for x in range(2, size[0], 9):
                self.terminal.type(f"\x1b[<35;{x};{y}M\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m")
            self.terminal.settle(0.03)
        self.visited += 1


RUNS = {
    "wide, short": ("wide", "short", False, False),
    "wide, long, all": ("wide", "folder", True, True),
    "medium, short, all": ("medium", "short", True, True),
    "narrow, long, all": ("narrow", "folder", True, True),
}
"""Size, dossier, whether every action is done, and whether in every pane by each of its keys."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.thorough if RUNS[name][3] else ()) for name in RUNS]
)
def test_nothing_of_a_hostile_dossier_reaches_the_terminal(request, tmp_path, name):
    """Through every pane, screen, title, status line, message and input, by every key there is and with the mouse."""
    size, kind, everything, at_length = RUNS[name]
    folder = request.getfixturevalue(kind)
    export = tmp_path / "brief \u200d[b].md"
    with Terminal.dossier(
        "browse", str(folder), cwd=tmp_path, size=SIZES[size], environment={"EDITOR": "' PWN\x1b]0;PWN\x07"}
    ) as terminal:
        terminal.until(b"quit")
        walk = Walk(terminal)
        walk.searches()
        walk.dialogs(export)
        if everything:
            walk.everything(at_length=at_length)
        walk.mouse(SIZES[size])
        for other in SIZES.values():
            terminal.resize(*other)
            terminal.settle(0.1)
        walk.press("\x1b" * 3)
        terminal.type("\x11")
        assert terminal.wait() == 0, bytes(terminal.output[-600:])
        output = bytes(terminal.output)
    assert_inert(output)
    text = output.decode()
    for mark in "␛␇\N{REPLACEMENT CHARACTER}":
        assert mark in text, "what was taken out leaves no mark"
    for survivor in SURVIVORS if kind == "folder" else SURVIVORS[:1]:
        assert survivor in text, survivor
    assert export.exists(), "the walk did not come to the export"
    copies = _COPIED.findall(output)
    assert copies, "the walk copied nothing"
    print(f"\n  {len(WEAPONS)} weapons, {walk.visited} steps, {len(output):,} bytes, {len(copies)} copies: {name}")


@pytest.mark.thorough
def test_what_is_copied_is_inert_too(folder):
    import base64

    with Terminal.dossier("browse", str(folder)) as terminal:
        terminal.until(b"What to do")  # the list of problems, which opens where files cannot be read
        terminal.settle()
        Walk(terminal).leave()
        for key in ("1", "y", "Y", "2", "y", "3", "y", "Y", "4", "J", "y", "Y", "5", "y"):
            terminal.type(key)
            terminal.settle(0.1)
        terminal.type("\x11")
        terminal.wait()
        copies = [base64.b64decode(code) for code in _COPIED.findall(bytes(terminal.output))]
    assert copies
    assert [strange(copy, tells=True) for copy in copies if strange(copy, tells=True)] == []


def commands(folder: Path) -> list[list[str]]:
    """Every plain command there is, in every form, and wrong uses of them that quote what they were given."""
    from dossier.cli import main

    place = str(folder)
    nasty = NASTY.replace("\0", "")
    known = {
        "check": [[place], [place, "--format", "json"], [place, "--format", "sarif"]],
        "anchors": [[place], [place, "--json"]],
        "index": [[place], [place, "--rebuild"]],
        "search": [["minister", "-d", place], ["minister", "--json", "-d", place], [nasty, "-d", place], ["speaker:side", "-d", place]],
        "show": [[entry, "-d", place, *form] for entry in ("side", "person", "q", "lost", "art", "e", nasty) for form in ((), ("--json",))],
        "matrix": [[place], [place, "--json"], [place, "--markdown"], [place, "--gaps"], [place, "--as-of", nasty]],
        "timeline": [[place], [place, "--json"], [place, "--markdown"]],
        "links": [[entry, "-d", place, *form] for entry in ("side", "issue") for form in ((), ("--json",), ("--markdown",))],
        "export": [["-d", place, *(word for pane in ("delegations", "issues", "quotes", "events", "articles", "links") for word in ("--pane", pane))],
                   ["-d", place, "--pane", nasty], ["-d", place, "--pane", "quotes", "-o", str(folder)]],
        "verify": [[str(folder / "a.txt"), "-d", place], [str(folder / nasty.replace("/", "")[:60]), "-d", place]],
        "revise": [["art", str(folder / "front.md"), "-d", place], ["named", str(folder / "a.txt"), "-d", place], [nasty, str(folder / "a.txt"), "-d", place]],
        "keys": [[]],
        "browse": [[str(folder / "nowhere")]],
    }  # fmt: skip
    untold = sorted(set(main.commands) - set(known) - {"review"})  # the same sample in every run
    found = [[name, *rest] for name, uses in known.items() if name in main.commands for rest in uses]
    found += [[name, place] for name in untold]
    found += [[name, nasty] for name in main.commands] + [[name, place, nasty] for name in main.commands]
    return [*found, [nasty], [f"--{nasty}"], ["--help"], ["check", str(folder / nasty.replace("/", "")[:60])]]


@pytest.mark.parametrize("everything", [False, pytest.param(True, marks=pytest.mark.thorough)], ids=["sample", "all"])
def test_nothing_of_a_hostile_dossier_reaches_it_by_a_plain_command(folder, everything):
    """Results, problems, JSON, SARIF, Markdown, usage errors and questions, on a terminal: letters alone."""
    uses = commands(folder)
    ran = 0
    for use in (
        uses
        if everything
        else uses[::5]
        + [
            ["revise", "named", str(folder / "a.txt"), "-d", str(folder)],
            ["check", str(folder), NASTY.replace("\0", "")],
        ]
    ):
        with Terminal.dossier(*use, cwd=folder) as terminal:
            if use[0] in ("browse", "review"):
                terminal.settle(0.3)
                terminal.type("\x11")
            terminal.type("n\nn\n\x04")  # `new` asks for a title and a language; then the input ends
            terminal.wait()
            output = bytes(terminal.output).replace(b"\r\n", b"\n")
        output = re.sub(rb"\r\x1b\[K[a-z ]+: \d+ %\r(?:\x1b\[K)?", b"", output)
        if use[0] != "browse":
            assert strange(output, tells=True) == [], use
        assert b"Traceback" not in output, use
        assert b"broke off" not in output, (use, output)
        ran += 1
    print(f"\n  {ran} of {len(uses)} commands")


def test_a_json_reader_gets_all_of_it_back(folder):
    """What is made inert for the terminal is not lost to a program: it is escaped, not replaced."""
    import json
    import subprocess

    command = [sys.executable, "-P", "-m", "dossier", "show", "side", "--json", "-d", str(folder)]
    done = subprocess.run(command, capture_output=True, check=True)
    assert strange(done.stdout, tells=True) == []
    assert json.loads(done.stdout)["title"] == f"Side {NASTY}"


def test_several_dossiers_of_hostile_names_are_chosen_among(tmp_path):
    for name in ("a \x1b]0;PWN\x07", "b \u202e\x9b7;77m [@click=app.quit]x[sic]", "c"):
        path = tmp_path / "seeds" / name
        path.mkdir(parents=True)
        (path / "dossier.yaml").write_text('title: "T \\e]0;PWN\\a\\x9b7m [@click=app.quit]x[sic]"\n')
    (tmp_path / "seeds" / os.fsdecode(b"d\x9b7;77m\xff")).mkdir()
    (tmp_path / "seeds" / os.fsdecode(b"d\x9b7;77m\xff") / "dossier.yaml").write_text("summary: x\n")
    with Terminal.dossier("browse", cwd=tmp_path) as terminal:
        terminal.until(b"Which dossier?")
        terminal.settle()
        assert "a ␛]0;PWN␇" in terminal.output.decode()
        assert "T ␛]0;PWN␇" in terminal.output.decode()
        terminal.type("jj\r")
        terminal.settle()
        terminal.type("\x11")
        assert terminal.wait() == 0
        assert_inert(bytes(terminal.output))
    with Terminal.dossier("check", cwd=tmp_path) as terminal:
        assert terminal.wait() == 2
        assert strange(bytes(terminal.output), tells=True) == []


def test_check_names_every_place_by_line_and_column(tmp_path):
    """An author who is sent such a file finds each of them."""
    import subprocess

    nasty = "\x1b]0;P\x07\x9b\u202e\u2066\x7f"
    places = write(tmp_path / "d", nasty, names=False)
    command = [sys.executable, "-P", "-m", "dossier", "check", str(tmp_path / "d")]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = {
        (file, int(line), int(column))
        for file, line, column in re.findall(r"^([\w.]+):(\d+):(\d+): \w+ control-character", told, re.MULTILINE)
    }
    for file, number in places:
        line = (tmp_path / "d" / file).read_text().split("\n")[number - 1]
        columns = [
            m.start() + 1
            for m in re.finditer(
                r"\\u(?!0301|0323)[0-9a-f]{4}" if file.endswith("yaml") else "[\x1b\x07\x9b\u202e\u2066\x7f]", line
            )
        ]
        assert columns
        for column in columns:
            assert (file, number, column) in found, (file, number, column)
    print(f"\n  {len(found)} control characters in {len(places)} lines, each named by line and column")


def test_harmless_text_keeps_every_letter(seed):
    """The guard itself: a dossier without a weapon shows nothing strange, and no mark."""
    with Terminal.dossier("browse", str(seed)) as terminal:
        terminal.until(b"quit")
        terminal.settle()
        terminal.type("\x11")
        assert terminal.wait() == 0
    assert strange(bytes(terminal.output)) == []
    assert "\N{REPLACEMENT CHARACTER}" not in terminal.output.decode()
    for weapon in WEAPONS.values():
        assert strange(weapon.encode("utf-8", "surrogatepass") + b"x"), weapon
