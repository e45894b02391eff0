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


@pytest.fixture(scope="module")
def imported():
    """`imported(name)`: the modules that importing `name` into a process without any of the project's loads."""
    servers = {}

    def load(name: str) -> set[str]:
        screen = floor_of(name) == "ui"
        if screen not in servers:
            probes = (
                ["with-the-screen", "dossier.ui.app"] if screen else ["without", "dossier.desk.desk", "dossier.cli"]
            )
            script = [sys.executable, str(Path(__file__).with_name("import_server.py")), *probes]
            servers[screen] = subprocess.Popen(
                script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
            )
        print(name, file=servers[screen].stdin, flush=True)
        return set(servers[screen].stdout.readline().split())

    yield load
    for server in servers.values():
        server.communicate()


@pytest.mark.parametrize("module", [m for m in MODULES if m.name != "__main__.py"], ids=name_of)
def test_a_module_imports_nothing_from_its_own_floor_or_above(module, imported):
    """Static graphs miss deferred imports of a start; a fresh process does not."""
    name = name_of(module)
    loaded = imported(name)
    assert name in loaded
    own = floor_of(name)
    for other in {floor_of(one) for one in loaded if one.startswith("dossier.")} - {own, ""}:
        if own:
            assert FLOORS[other] < FLOORS[own], f"{name} reaches {other}"
    if own != "ui":
        assert not {"textual", "rich"} & loaded, f"{name} loads the screen"
    if own not in ("store", "desk", "ui"):
        assert "yaml" not in loaded
    if ".engines.whoosh." not in name:
        assert "whoosh" not in loaded, "Whoosh is loaded only when an index is opened"


def test_whoosh_and_yaml_are_named_in_one_place_each():
    for library, place in (("whoosh", "dossier/search/"), ("yaml", "dossier/store/"), ("tantivy", "dossier/search/")):
        users = [m for m in MODULES if re.search(rf"^\s*(from|import) {library}\b", m.read_text(), re.MULTILINE)]
        assert {str(m.relative_to(ROOT)).startswith(place) for m in users} == {True}
        if library != "yaml":
            assert len(users) == 1, users


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_rooms_stay_small(module):
    text = module.read_text()
    assert text.count("\n") <= 320
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            assert node.end_lineno - node.lineno < 48, f"{module}:{node.lineno} {node.name}"


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
