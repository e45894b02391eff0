"""An import stands inside a function only where it carries start-up time."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted((ROOT / "dossier").rglob("*.py"))
}

ON_DEMAND = ("dossier.cli", "dossier.ui.run", "dossier.ui.app", "dossier.ui.screens.browse")
"""Modules and packages that load what a command, or a key after the first paint, needs only once it is asked for."""

LIBRARIES = frozenset(
    "bibtexparser citeproc difflib markdown_it mdit_py_plugins pypdfium2 python_calamine resiliparse resource "
    "snowballstemmer tantivy tomllib trafilatura watchfiles xlsxwriter".split()
)
"""Libraries that few runs need: slow to load, of an extra, or not on every system."""

PARTS = {
    "dossier.desk": "annotate.service archive.installing archive.manifest articles desk evidence.anchors file_watch "
    "listing.narrowing matrix.matrix search.filters search.query_edit search.remote search.service "
    "search.units unknown_id user.configuration user.folder_write",
    "dossier.export": "csl markdown styles.brief_style styles.notes_style styles.source_notes",
    "dossier.model": "markdown_words quotations",
    "dossier.search": "engines.engine engines.table",
    "dossier.store": "catalogue.filter_counts catalogue.filters catalogue.narrowing_queries files.relisting "
    "sync.checks sync.file_rows sync.kept_checks sync.lock_checks sync.refresh sync.sources sync.unreadable yaml.loader",
    "dossier.ui": "work.stretches",
}
"""Modules by package without which a command, the first paint or the process behind the screen begins."""

ALLOWED = LIBRARIES | {f"{package}.{name}" for package, names in PARTS.items() for name in names.split()}


def imported(node: ast.Import | ast.ImportFrom) -> set[str]:
    """The modules that an import loads: those of the project by their whole names, others by the name of the library."""
    if isinstance(node, ast.Import):
        names = {alias.name for alias in node.names}
    else:
        names = {f"{node.module}.{alias.name}" for alias in node.names}
        names = {name if name in MODULES else str(node.module) for name in names}
    return {name if name.startswith("dossier") else name.partition(".")[0] for name in names}


def deferred(node: ast.AST, *, inside: bool = False) -> Iterator[str]:
    """The imports inside the functions of a module."""
    for child in ast.iter_child_nodes(node):
        if inside and isinstance(child, ast.Import | ast.ImportFrom):
            yield from imported(child)
        yield from deferred(child, inside=inside or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def deferred_by_module() -> dict[str, set[str]]:
    return {
        name: set(deferred(ast.parse(path.read_text())))
        for name, path in MODULES.items()
        if not any(name == one or name.startswith(f"{one}.") for one in ON_DEMAND)
    }


def test_imports_inside_functions_are_of_what_is_seldom_needed():
    found = {name: sorted(targets - ALLOWED) for name, targets in deferred_by_module().items()}
    assert not {name: targets for name, targets in found.items() if targets}, "import at the top of the module"


def test_nothing_is_allowed_that_is_not_deferred():
    assert not ALLOWED - set().union(*deferred_by_module().values())


@pytest.mark.parametrize(
    "body", ["from dossier.model import dates", "import json", "from dossier.model.dates import a"]
)
def test_an_import_inside_a_function_is_noticed(body):
    assert set(deferred(ast.parse(f"def f():\n    if True:\n        {body}\n"))) - ALLOWED
    assert not set(deferred(ast.parse(body)))
