"""A real OpenSearch node for tests and benchmarks: `python -m tools.opensearch` fetches its jars with Maven."""

import atexit
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import suppress
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "tests" / "opensearch"
JARS = ROOT / "build" / "opensearch"
MINUTES = 5
"""In which Maven must be done."""


def main() -> None:
    """Fetch the jars, or say in one sentence why not; the tests are skipped then."""
    print(fetched())


def fetched() -> str:
    """Return what became of the jars, in a sentence."""
    if (JARS / "pom.xml").is_file() and (JARS / "pom.xml").read_bytes() == (SOURCES / "pom.xml").read_bytes():
        return "The jars of OpenSearch are there already."
    if lacking := [name for name in ("java", "javac", "mvn") if shutil.which(name) is None]:
        return f"OpenSearch is not fetched: that takes {' and '.join(lacking)}; its tests are skipped."
    shutil.rmtree(JARS, ignore_errors=True)
    command = [
        "mvn",
        "-q",
        "-B",
        "-f",
        SOURCES / "pom.xml",
        "dependency:copy-dependencies",
        f"-DoutputDirectory={JARS}",
    ]
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, timeout=60 * MINUTES, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return f"OpenSearch is not fetched: Maven took more than {MINUTES} minutes; its tests are skipped."
    if done.returncode:
        return f"OpenSearch is not fetched: Maven ended with {done.returncode}; its tests are skipped."
    shutil.copy(SOURCES / "pom.xml", JARS)
    return "The jars of OpenSearch are fetched."


def lacking() -> str:
    """Return why no node can be started here, in a sentence; empty when one can."""
    if shutil.which("javac") is None:
        return "OpenSearch needs Java 17 or newer, which is not here."
    return "" if (JARS / "pom.xml").is_file() else "The jars of OpenSearch are not here: python -m tools.opensearch"


@cache
def shared_node() -> "Node":
    """The node that all tests of this process use; it ends with it."""
    node = Node()
    atexit.register(node.kill)
    return node


class Node:
    """A node on loopback, in a folder of its own; it ends with this process at the latest."""

    def __init__(self, *settings: str, heap: str = "512m") -> None:
        self.home = Path(tempfile.mkdtemp(prefix="opensearch-"))
        flags = [f"-Xmx{heap}", "-XX:+UseSerialGC"]
        single = [] if any(one.startswith("cluster.initial") for one in settings) else ["discovery.type=single-node"]
        command = ["java", *flags, "-cp", f"{JARS}/*", SOURCES / "TestNode.java", self.home, *single, *settings]
        with (self.home / "errors").open("wb") as errors:
            self._process = subprocess.Popen(  # noqa: S603
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
            )
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith("port "):
                self.port, self.transport = map(int, line.split()[1:])
                break
        else:
            raise RuntimeError((self.home / "errors").read_text()[-2000:])
        self.url = f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """Return what the node answers."""
        request = urllib.request.Request(self.url + path, body, {"Content-Type": "application/json"}, method=method)  # noqa: S310
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return bytes(answer.read())

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._clean()

    def stop(self) -> None:
        """End it in good order."""
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()
        self._clean()

    def _clean(self) -> None:
        self._process.wait(30)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        shutil.rmtree(self.home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
