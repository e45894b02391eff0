"""A docstring begins with a verb phrase or a noun phrase, and a class name means one thing."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "dossier").rglob("*.py"))

RIDDLES = frozenset(
    "what how where which who whose whom why when while as to from with without at in on of by behind up down so that "
    "those there this never only nor else if for something everything everybody anything vice here whereof does one whether".split()
)
"""Openings after which a first sentence is neither a verb phrase nor a noun phrase, or says less than an article would."""

THIRD_PERSON = frozenset(
    "adds asks begins breaks brings builds checks closes collects complains differs draws finds follows gives goes has "
    "hides holds is keeps lets leaves loads makes narrows offers opens puts returns says scrolls sees settles shows "
    "takes tells unfolds waits weighs writes yields".split()
)
"""Verbs of which the form in `s` is no plural of a noun."""
OBJECTS = frozenset("a an the it its them what how why whether".split())
"""Words that stand behind a verb, and not behind a plural."""

CLAUSE = re.compile(r"(The [a-z]+|All [a-z]+s|[A-Z][a-z]+s) (is|are|was|were|stands?|begins?|goes|go)\b")
"""A statement about something else than the function, such as `Headings are passed over`."""


@cache
def trees():
    """Path and syntax tree of every module."""
    return [(module.relative_to(ROOT), ast.parse(module.read_text())) for module in MODULES]


def documented(tree):
    kinds = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds) and ast.get_docstring(node)]


def opening(docstring):
    return docstring.split()[0].strip("`,.:;…“”\"'").casefold()


def is_indicative(docstring):
    """Return whether a docstring begins as `Shows a list`, where `Show a list` is meant."""
    first, second = [*docstring.split(), ""][:2]
    is_verb = re.fullmatch("[A-Za-z]+[^su]s", first) and second.casefold() in OBJECTS
    return opening(docstring) in THIRD_PERSON or bool(is_verb or CLAUSE.match(docstring))


def begins_badly(node):
    docstring = ast.get_docstring(node)
    return opening(docstring) in RIDDLES or (not isinstance(node, ast.ClassDef) and is_indicative(docstring))


def riddles():
    """Place and first line of each docstring that begins otherwise."""
    return [
        f"{path}:{node.body[0].lineno}: {ast.get_docstring(node).partition(chr(10))[0]}"
        for path, tree in trees()
        for node in documented(tree)
        if begins_badly(node)
    ]


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


def function(docstring):
    return ast.parse(f'def f():\n    """{docstring}"""').body[0]


@pytest.mark.parametrize(
    "line",
    ["What it is.", "So that it ends.", "As it stands.", "How many there are.", "Whether it is open.", "One row."]
    + [
        "Shows a list.",
        "Files the rows away.",
        "Returns it.",
        "Headings are passed over.",
        "The box is as high as it can be.",
    ],
)
def test_a_riddle_is_noticed(line):
    assert begins_badly(function(line))


@pytest.mark.parametrize(
    "line",
    [
        "The number of lines.",
        "Return the row.",
        "Files of a folder.",
        "Pass it on.",
        "Focus it.",
        "Dates, what they are.",
    ],
)
def test_a_phrase_is_not(line):
    assert not begins_badly(function(line))


def test_a_class_may_say_what_it_does():
    assert not begins_badly(ast.parse('class Reader:\n    """Reads a file."""').body[0])
