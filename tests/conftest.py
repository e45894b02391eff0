"""What every test shares: the shipped dossier in a folder of its own, and a home that is not the user's."""

import gc
import os
import shutil
import sys
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dossier.desk.evidence import expected_blocks
from dossier.export import parsed
from dossier.search.finder import Finder

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"

SLOW = [HealthCheck.too_slow]  # the machine may have other things to do
settings.register_profile("ci", deadline=None, print_blob=True, suppress_health_check=SLOW, derandomize=True)
settings.register_profile("thorough", settings.get_profile("ci"), max_examples=2_000, derandomize=False)


def pytest_addoption(parser):
    parser.addoption("--thorough", action="store_true", help="run the long forms of the tests too")


def pytest_configure(config):
    """Let the interpreters that tests start find the program compiled, as an installed one is: they are hundreds."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    settings.load_profile("thorough" if config.getoption("--thorough") else "ci")


def pytest_xdist_auto_num_workers(config):
    """Share the whole suite among three processes for two processors: a third of the time goes to waiting for terminals,
    browsers and servers. What is named on the command line runs in this process.
    """
    return 3 * len(os.sched_getaffinity(0)) // 2 if config.args_source is config.ArgsSource.TESTPATHS else 0


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Spare the garbage collector five thousand tests, through which it looked for a quarter of the time, and let it look
    seldom at what an app of a test makes.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.collect()
        gc.freeze()
        gc.set_threshold(5_000, 10, 5)


def pytest_terminal_summary(terminalreporter):
    """Say in a line per reason how many tests were skipped."""
    reasons = Counter(report.longrepr[2] for report in terminalreporter.stats.get("skipped", []))
    for reason, number in reasons.most_common():
        terminalreporter.write_line(f"{number} {reason.lower()}")


def pytest_collection_modifyitems(config, items):
    """Begin with what waits longest, so that it is not what all wait for in the end; skip the long forms."""
    items.sort(key=lambda item: item.path.name != "test_soak.py")
    if config.getoption("--thorough"):
        return
    for item in items:
        if "thorough" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="long form; runs with --thorough"))


@pytest.fixture(scope="module")
def counted():
    """Counts the cases of tables by what they are; how many there were is printed after the module, which -s shows."""
    counts = Counter()
    yield counts
    print("", *(f"  {number:,} {what}" for what, number in counts.items()), sep="\n")


@pytest.fixture(autouse=True, scope="session")
def _home(tmp_path_factory):
    """No test reads or writes the user's own folders."""
    home = tmp_path_factory.mktemp("home")
    kept = dict(os.environ)
    for name, folder in (
        ("HOME", ""),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CONFIG_HOME", "config"),
    ):
        os.environ[name] = str(home / folder)
    os.environ.pop("NO_COLOR", None)
    yield home
    os.environ.clear()
    os.environ.update(kept)


@pytest.fixture(autouse=True, scope="session")
def _unhurried():
    """No answer of a search is cut short because the machine is busy; tests of its time limit give one."""
    kept = Finder.find.__kwdefaults__
    Finder.find.__kwdefaults__ = {**kept, "seconds": 600.0}
    yield
    Finder.find.__kwdefaults__ = kept


@pytest.fixture(autouse=True, scope="session")
def _parsed_once():
    """A Markdown text is parsed once and not at each look: briefs that differ in a word are held against the same ones."""
    parse = lru_cache(256)(lambda text, parse=parsed.parse: tuple(parse(text)))
    with pytest.MonkeyPatch.context() as patch:
        for module in (parsed, expected_blocks):
            patch.setattr(module, "parse", lambda text: list(parse(text)))
        yield


@pytest.fixture(autouse=True)
def _nothing_kept(_home):
    """Forget between tests where a reader was, which is kept between runs: no test begins where another left off."""
    shutil.rmtree(_home / "state" / "dossier" / "places", ignore_errors=True)


@pytest.fixture(scope="session")
def seed(tmp_path_factory) -> Path:
    """The shipped dossier, not to be written to; a copy, so that its index is not the one of the checkout."""
    return Path(shutil.copytree(ROOT / "seeds" / "london-trade-talks", tmp_path_factory.mktemp("seed") / "london"))


@pytest.fixture
def london(tmp_path, seed) -> Path:
    """A copy of the shipped dossier that a test may change."""
    return Path(shutil.copytree(seed, tmp_path / "london"))


@pytest.fixture(scope="session")
def shared_data():
    """Unpacks an archive of real material; skips the test, saying so, where it is absent."""

    def unpack(name: str, into: Path) -> Path:
        archive = SHARED / f"{name}.tar.xz"
        if not archive.is_file():
            pytest.skip(f"the real material {name} is not on this machine")
        shutil.unpack_archive(archive, into, filter="data")
        return into

    return unpack
