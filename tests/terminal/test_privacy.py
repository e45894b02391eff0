"""The program connects to nothing: what an analyst reads is nobody else's business."""

import re
import shutil
import socket
import subprocess
import sys

import pytest
from terminal.pseudo import Terminal

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not on this machine")
_CALL = re.compile(r"\b(socket|connect|sendto|sendmsg|sendmmsg|bind|listen|getpeername)\(.*")
_HARMLESS = re.compile(r"sendto\(\d+, \"[^\"]*\", 1, (0|MSG_NOSIGNAL), NULL, 0")
"""One byte to nobody by name: an event loop wakes itself through a pair of sockets of its own."""


def traced(tmp_path, *arguments):
    log = tmp_path / "calls"
    command = [shutil.which("strace"), "-f", "-qq", "-e", "trace=%network,execve", "-o", str(log)]
    return log, [*command, sys.executable, "-P", "-m", "dossier", *arguments]


def reached(log) -> list[str]:
    """The calls by which anything outside the program could be spoken to."""
    text = log.read_text()
    assert "execve(" in text, "nothing was traced"
    return [call[0] for call in _CALL.finditer(text) if not _HARMLESS.search(call[0])]


COMMANDS = {
    "check": ["check"],
    "index": ["index", "--rebuild"],
    "search": ["search", "rare earths", "-d"],
    "export": ["export", "--pane", "quotes", "--pane", "articles", "-d"],
    "matrix": ["matrix", "--markdown"],
}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name == "search" else pytest.mark.thorough) for name in COMMANDS]
)
def test_a_command_speaks_to_nobody(seed, tmp_path, name):
    log, command = traced(tmp_path, *COMMANDS[name], str(seed))
    subprocess.run(command, check=True, capture_output=True)
    assert reached(log) == []


def test_the_browser_speaks_to_nobody_and_neither_does_what_it_begins(seed, tmp_path):
    """Start, search, the opening of a hit, export with its preview, reading anew, quitting."""
    log, command = traced(tmp_path, "browse", str(seed))
    with Terminal(*command) as terminal:
        terminal.until(b"Rare-earth")
        for keys in ("/rare earth", "\r", "x", "\x1b", "R", "4", "J", "y"):
            terminal.type(keys)
            terminal.settle(0.4)
        terminal.type("\x11")
        terminal.wait()
    assert reached(log) == []
    print(
        f"\n  {len(COMMANDS)} commands and the browser; {log.read_text().count('execve(')} programs begun by it, none spoke to anybody"
    )


def test_only_the_server_that_the_user_named_is_spoken_to(seed, tmp_path, monkeypatch):
    """And only for the dossier that is listed; nothing asks for other names or addresses."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    config = tmp_path / "config" / "dossier" / "config.toml"
    config.parent.mkdir(parents=True)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    for listed, expected in ((seed, True), (tmp_path / "another", False)):
        config.write_text(f'[opensearch]\nurl = "http://127.0.0.1:{port}"\n[opensearch.archives]\n"{listed}" = "x"\n')
        log, command = traced(tmp_path, "search", "rare earths", "-d", str(seed))
        subprocess.run(command, check=False, capture_output=True)
        connected = [call for call in reached(log) if call.startswith("connect(")]
        assert bool(connected) is expected
        assert all(f"htons({port})" in call and '"127.0.0.1"' in call for call in connected)
        assert not [call for call in reached(log) if call.startswith(("bind(", "listen("))]


def test_the_watch_sees_a_connection(tmp_path):
    """The guard itself: were there one, it would be seen."""
    log, command = traced(tmp_path)
    code = "import socket\ns = socket.socket()\ns.settimeout(0.1)\ntry:\n    s.connect(('127.0.0.1', 9))\nexcept OSError:\n    pass"
    subprocess.run([*command[:-3], "-c", code], check=True)
    assert any("AF_INET" in call for call in reached(log))
