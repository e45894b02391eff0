"""A docstring begins with a verb phrase or a noun phrase, and a class name means one thing."""

import ast
from collections import defaultdict
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
    """Place and first line of each docstring that begins otherwise."""
    found = []
    for path, tree in trees():
        for node in documented(tree):
            docstring = ast.get_docstring(node)
            if opening(docstring) in RIDDLES:
                found.append(f"{path}:{node.body[0].lineno}: {docstring.partition(chr(10))[0]}")
    return found


def names_of_two():
    """Public class names that two modules give."""
    places = defaultdict(set)
    for path, tree in trees():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].add(str(path))
    return {name: sorted(where) for name, where in places.items() if len(where) > 1}


def test_no_docstring_begins_with_a_riddle():
    assert not riddles(), "\n".join(["begin with a verb or a noun phrase:", *riddles()])


def test_no_class_name_means_two_things():
    assert not names_of_two()


@pytest.mark.parametrize("line", ["What it is.", "So that it ends.", "As it stands.", "How many there are."])
def test_a_riddle_is_noticed(line):
    assert opening(line) in RIDDLES


@pytest.mark.parametrize("line", ["The number of lines.", "Return the row.", "Whether it is open.", "Shows a list."])
def test_a_phrase_is_not(line):
    assert opening(line) not in RIDDLES
