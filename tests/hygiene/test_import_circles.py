"""No module needs itself: the graph of all imports, those inside functions too, has no circle."""

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
    """Names of what is imported anywhere in a module but for type checkers alone."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module:
        return {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    types_only = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    children = node.orelse if types_only else ast.iter_child_nodes(node)
    return {name for child in children for name in imports(child)}


def graph() -> dict[str, set[str]]:
    names = modules()
    return {name: (imports(ast.parse(path.read_text())) & names.keys()) - {name} for name, path in names.items()}


def test_imports_have_no_circle_even_inside_functions():
    try:
        TopologicalSorter(graph()).prepare()
    except CycleError as error:
        raise AssertionError(" -> ".join(error.args[1])) from None


def test_an_import_inside_a_function_counts_and_one_for_type_checkers_does_not():
    module = "if TYPE_CHECKING:\n    import a\nelse:\n    import b\ndef f():\n    from c import d\n"
    assert imports(ast.parse(module)) == {"b", "c", "c.d"}
