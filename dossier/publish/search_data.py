"""The passages that the page searches: a script of data, since a page opened from disk may load no other file."""

import json
from collections.abc import Iterable

SHARD = 2_000
"""Passages per file: small enough to be replaced alone, large enough that few are loaded."""


_BEFORE, _AFTER = "dossierPassages.push(...", ");\n"


def search_script(passages: Iterable[tuple[str, str, str, str]]) -> str:
    """`(address, kind, title, text)` of each passage as JavaScript that hands them to the page; plain ASCII."""
    data = json.dumps(list(passages), separators=(",", ":"))
    return _BEFORE + data.replace("<", "\\u003c") + _AFTER


def replace_passages(script: str, page: str, passages: Iterable[tuple[str, str, str, str]]) -> str | None:
    """The same script with other passages of one page; None when it has none, so that their place is not known."""
    known = json.loads(script.removeprefix(_BEFORE).removesuffix(_AFTER))
    at = [number for number, (address, *_) in enumerate(known) if address.partition("#")[0] == page]
    if not at:
        return None
    known[at[0] : at[-1] + 1] = passages
    return search_script(known)
