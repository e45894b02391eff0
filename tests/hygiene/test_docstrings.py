"""A docstring begins with a verb phrase or a noun phrase, and a class name means one thing.

`python tests/hygiene/test_docstrings.py` prints what is still to be reworded, with file and line, and writes
`docstring_ceilings.json` anew.
"""

import ast
import json
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "dossier").rglob("*.py"))

RIDDLES = frozenset(
    "what how where which who whose whom why when while as to from with without at in on of by behind up down so that "
    "those there this never only nor else if for something everything everybody anything vice here whereof does".split()
)
"""Openings after which a first sentence is neither a verb phrase nor a noun phrase. `Whether` names a truth value."""

FILE = Path(__file__).with_name("docstring_ceilings.json")
"""What is still to be reworded by package, and the class names that mean two things: to be lowered, never raised."""


@cache
def trees():
    """Path and syntax tree of every module."""
    return [(module.relative_to(ROOT), ast.parse(module.read_text())) for module in MODULES]


def documented(tree):
    kinds = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds) and ast.get_docstring(node)]


def opening(docstring):
    return docstring.split()[0].strip("`,.:;…“”\"'").casefold()


def riddles():
    """Package, place and first line of each docstring that begins otherwise."""
    found = []
    for path, tree in trees():
        for node in documented(tree):
            docstring = ast.get_docstring(node)
            if opening(docstring) in RIDDLES:
                package = path.parts[1] if len(path.parts) > 2 else "dossier"
                found.append((package, f"{path}:{node.body[0].lineno}", docstring.partition("\n")[0]))
    return found


def names_of_two():
    """Public class names that two modules give."""
    places = defaultdict(set)
    for path, tree in trees():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].add(str(path))
    return {name: sorted(where) for name, where in places.items() if len(where) > 1}


def test_no_more_docstrings_begin_with_a_riddle_than_before():
    ceilings = json.loads(FILE.read_text())
    counts = Counter(package for package, _, _ in riddles())
    over = {package: count for package, count in counts.items() if count > ceilings["riddles"].get(package, 0)}
    places = [f"{place}: {line}" for package, place, line in riddles() if package in over]
    assert not over, "\n".join([f"{over}: begin with a verb or a noun phrase", *places])


def test_no_class_name_comes_to_mean_two_things():
    assert set(names_of_two()) <= set(json.loads(FILE.read_text())["names"])


@pytest.mark.parametrize("line", ["What it is.", "So that it ends.", "As it stands.", "How many there are."])
def test_a_riddle_is_noticed(line):
    assert opening(line) in RIDDLES


@pytest.mark.parametrize("line", ["The number of lines.", "Return the row.", "Whether it is open.", "Shows a list."])
def test_a_phrase_is_not(line):
    assert opening(line) not in RIDDLES


if __name__ == "__main__":
    for _, place, line in riddles():
        print(f"{place}: {line}")
    for name, where in sorted(names_of_two().items()):
        print(name, *where)
    counts = Counter(package for package, _, _ in riddles())
    FILE.write_text(
        json.dumps({"riddles": dict(sorted(counts.items())), "names": sorted(names_of_two())}, indent=1) + "\n"
    )
