"""The passages that the page searches: a script of data, since a page opened from disk may load no other file."""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

SearchPassage = tuple[str, str, str, str]
"""Address, kind, title and text of a passage."""

SHARD = 2_000
"""Passages per file: small enough to be replaced alone, large enough that few are loaded."""


_BEFORE, _AFTER = "dossierAdd(", ");\n"


def search_script(passages: Iterable[SearchPassage]) -> str:
    """`(address, kind, title, text)` of each passage, by page, as JavaScript that hands them over; plain ASCII."""
    ordered = sorted(passages, key=lambda one: page_of(one[0]))
    data = json.dumps(ordered, separators=(",", ":"))
    return _BEFORE + data.replace("<", "\\u003c") + _AFTER


def replace_passages(script: str, pages: Mapping[str, Sequence[SearchPassage]]) -> str:
    """The same script with other passages of some pages."""
    known = json.loads(script.removeprefix(_BEFORE).removesuffix(_AFTER))
    kept = (one for one in known if page_of(one[0]) not in pages)
    return search_script(chain(kept, *pages.values()))


def page_of(address: str) -> str:
    """The page that an address leads to, without the place in it."""
    return address.partition("#")[0]
