"""No module needs itself: the graph of all imports, those inside functions and those for type checkers too, has no circle."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def modules() -> dict[str, Path]:
    names = {}
    for path in sorted((ROOT / "dossier").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return names


def imports(node: ast.AST) -> set[str]:
    """Names of what is imported anywhere in a module."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module:
        return {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for child in ast.iter_child_nodes(node) for name in imports(child)}


def graph() -> dict[str, set[str]]:
    names = modules()
    return {name: (imports(ast.parse(path.read_text())) & names.keys()) - {name} for name, path in names.items()}


def test_imports_have_no_circle_even_inside_functions_or_for_type_checkers():
    try:
        TopologicalSorter(graph()).prepare()
    except CycleError as error:
        raise AssertionError(" -> ".join(error.args[1])) from None


def test_imports_inside_functions_and_for_type_checkers_count():
    module = "if TYPE_CHECKING:\n    import a\ndef f():\n    from c import d\n"
    assert imports(ast.parse(module)) == {"a", "c", "c.d"}
