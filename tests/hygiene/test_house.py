"""The house keeps its shape: floors, sizes, and no word of work left undone."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "dossier").rglob("*.py"))
FLOORS = {
    "model": 0, "store": 1, "search": 1, "export": 1, "drafts": 1, "exchange": 1, "intake": 1, "publish": 1, "desk": 2,
    "ui": 3, "cli": 3,
}  # fmt: skip


def name_of(module: Path) -> str:
    parts = list(module.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def floor_of(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


def group_of(name: str) -> str:
    """The package whose rules hold for a module; the one of Whoosh alone may load it."""
    return "whoosh" if ".engines.whoosh." in f"{name}." else floor_of(name)


@pytest.fixture(scope="module")
def imported():
    """`imported(names)`: the modules that importing these into a process without any of the project's loads."""
    servers = {}

    def load(names: list[str]) -> set[str]:
        screen = floor_of(names[0]) == "ui"
        if screen not in servers:
            probes = (
                ["with-the-screen", "dossier.ui.app"] if screen else ["without", "dossier.desk.desk", "dossier.cli"]
            )
            script = [sys.executable, str(Path(__file__).with_name("import_server.py")), *probes]
            servers[screen] = subprocess.Popen(
                script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
            )
        print(*names, file=servers[screen].stdin, flush=True)
        return set(servers[screen].stdout.readline().split())

    yield load
    for server in servers.values():
        server.communicate()


def faults(name: str, loaded: set[str]) -> list[str]:
    """Return what is wrong with loading these modules by importing one."""
    own = floor_of(name)
    others = {floor_of(other) for other in loaded if other.startswith("dossier.")} - {own, ""}
    found = [f"reaches {other}" for other in sorted(others) if own and FLOORS[other] >= FLOORS[own]]
    if own != "ui" and {"textual", "rich"} & loaded:
        found.append("loads the screen")
    if own not in ("store", "desk", "ui") and "yaml" in loaded:
        found.append("loads YAML")
    if group_of(name) != "whoosh" and "whoosh" in loaded:
        found.append("loads Whoosh, which is loaded only when an index is opened")
    return found


@pytest.mark.parametrize("group", [*FLOORS, "whoosh", ""])
def test_modules_import_nothing_from_their_own_floor_or_above(group, imported):
    """Static graphs miss deferred imports of a start; a fresh process does not.

    The modules of a package are imported into one process, where all is loaded that any of them loads; only where that
    is too much, each is imported by itself, so that it can be named.
    """
    names = [name_of(module) for module in MODULES if module.name != "__main__.py"]
    names = [name for name in names if group_of(name) == group]
    loaded = imported(names)
    assert set(names) <= loaded, loaded
    if faults(names[0], loaded):
        each = {name: faults(name, imported([name])) for name in names}
        assert not {name: found for name, found in each.items() if found}


def test_whoosh_and_yaml_are_named_in_one_place_each():
    for library, place in (("whoosh", "dossier/search/"), ("yaml", "dossier/store/"), ("tantivy", "dossier/search/")):
        users = [m for m in MODULES if re.search(rf"^\s*(from|import) {library}\b", m.read_text(), re.MULTILINE)]
        assert {str(m.relative_to(ROOT)).startswith(place) for m in users} == {True}
        if library != "yaml":
            assert len(users) == 1, users


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_modules_and_functions_stay_small(module):
    text = module.read_text()
    assert text.count("\n") <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert node.end_lineno - node.lineno < 40, f"{module}:{node.lineno} {node.name}"


def test_nothing_is_left_for_later():
    words = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")
    tracked = subprocess.run(["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=False).stdout.split()
    for name in tracked:
        path = ROOT / name
        if path.suffix in {".py", ".toml", ".tcss", ".yaml", ".md"} and path.is_file() and "hygiene" not in name:
            assert not words.search(path.read_text()), name


def test_every_dependency_has_its_reason():
    contributing = (ROOT / "CONTRIBUTING.md").read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    for group in (project["dependencies"], *(extras[name] for name in extras if name != "dev")):
        for line in group:
            name = re.match(r"[\w-]+", line).group()
            assert f"| {name} " in contributing, f"CONTRIBUTING.md does not say why {name} is here"
