"""The passages that the page searches: a script of data, since a page opened from disk may load no other file."""

import json
from collections.abc import Iterable

SHARD = 2_000
"""Passages per file: small enough to be replaced alone, large enough that few are loaded."""


def search_script(passages: Iterable[tuple[str, str, str, str]]) -> str:
    """`(address, kind, title, text)` of each passage as JavaScript that hands them to the page; plain ASCII."""
    data = json.dumps(list(passages), separators=(",", ":"))
    return "dossierPassages.push(..." + data.replace("<", "\\u003c") + ");\n"
