"""Explain an id that no entry has: it may be a name, or mistyped."""

from dossier.export.escaping import one_line
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.sync.nearest import nearest

_NAMED = """SELECT id FROM entries WHERE shadow = 0 AND title = ?1 COLLATE NOCASE
            UNION SELECT entry FROM names WHERE name = ?1 COLLATE NOCASE ORDER BY 1 LIMIT 3"""
_LONGEST = 60
"""Characters that are told of an id; no line is flooded."""


def describe_unknown_id(catalogue: Catalogue, wrong: str) -> str:
    """The message that there is no entry `wrong`, with the ids of entries of that name or of nearly that spelling."""
    text = one_line(wrong)
    if not text:
        return "An id that is empty names no entry; give one of the dossier's ids."
    named = catalogue.values(_NAMED, text)
    hint = f"did you mean {' or '.join(named)}?" if named else nearest(catalogue, text)
    return f"There is no entry {text if len(text) <= _LONGEST else f'{text[:_LONGEST]}…'}; {hint}"
