"""The program connects to nothing: what an analyst reads is nobody else's business."""

import re
import shutil
import subprocess
import sys

import pytest
from terminal.pseudo import Terminal

pytestmark = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not on this machine")
_AFAR = re.compile(r"sa_family=AF_INET6?")


def traced(tmp_path, *arguments):
    log = tmp_path / "calls"
    command = [shutil.which("strace"), "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,bind", "-o", str(log)]
    return log, [*command, sys.executable, "-P", "-m", "dossier", *arguments]


@pytest.mark.parametrize(
    "arguments",
    [["check"], ["search", "rare earths", "-d"], ["export", "--pane", "quotes", "-d"]],
    ids=["check", "search", "export"],
)
def test_a_command_reaches_for_no_network(seed, tmp_path, arguments):
    log, command = traced(tmp_path, *arguments, str(seed))
    subprocess.run(command, check=True, capture_output=True)
    assert not _AFAR.search(log.read_text())


def test_the_browser_reaches_for_no_network(seed, tmp_path, capsys):
    log, command = traced(tmp_path, "browse", str(seed))
    with Terminal(*command) as terminal:
        terminal.until(b"Rare-earth exports")
        terminal.type("/rare earth\r")
        terminal.settle()
        terminal.type("\x11")
        terminal.wait()
    assert not _AFAR.search(log.read_text())
