"""The events of the YAML parser, pulled one by one within limits."""

import re
from collections.abc import Iterator
from typing import Any, NoReturn

import yaml

from dossier.store.yaml.diagnostics import Diagnostics, LocatedNode
from dossier.store.yaml.syntax_errors import explain
from dossier.store.yaml.tree import START, Unusable

MAX_DEPTH = 50
"""How deep values may be nested, aliases followed (format.md, "Rules for reading")."""
MAX_VALUES = 500_000
"""How many values a file may hold, ends of lists and mappings counted: 5 MB of annotation, half a second of parsing."""
_MAX_DIRECTIVES = 20

PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DIRECTIVE = re.compile(rb"^%", re.MULTILINE)


def parse_events(text: str, notes: Diagnostics) -> Iterator[Any]:
    """Yield the events of a text; raises `ReadingStopped` at an error of syntax or a limit, which is in the notes."""
    data = text.encode()
    if len(_DIRECTIVE.findall(data)) > _MAX_DIRECTIVES:  # libyaml compares each with each
        notes.stop(START, "too-many-directives", f"more than {_MAX_DIRECTIVES} lines begin with %", "delete them")
    pull = PARSER(data).get_event
    values, event = 0, None
    try:
        while (following := pull()) is not None:
            event = following
            values += 1
            if values > MAX_VALUES:
                notes.stop(START, "too-many-values", f"the file holds more than {MAX_VALUES:,} values", "split it")
            yield event
    except yaml.YAMLError as error:
        if "nesting depth" in str(error):  # libyaml's own limit, from 0.2.6 on, of what it reads ahead
            stop_too_deep(notes, getattr(error, "problem_mark", None) or START)
        line, column, message, hint = explain(error, text, event)
        notes.stop(Unusable(line, column), "yaml-syntax", message, hint)


def stop_too_deep(notes: Diagnostics, mark: LocatedNode) -> NoReturn:
    """Stop reading at a value that is nested too deep."""
    notes.stop(mark, "too-deep", f"values are nested more than {MAX_DEPTH} deep here", "is a bracket missing?")
