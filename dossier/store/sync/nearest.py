"""Suggest the nearest id or relation for one that does not exist."""

import difflib
from collections.abc import Mapping

from dossier.model.entries import Kind
from dossier.model.relations import Relation
from dossier.store.catalogue.catalogue import Catalogue

_FEW = 8
"""So many ids are told in full when none is near."""


def nearest(db: Catalogue, wrong: str, kinds: tuple[Kind, ...] = ()) -> str:
    """A hint that offers what has the wrong id for a name, else the nearest ids, of one of the kinds where given."""
    if "," in wrong:
        return f"write several ids in brackets: [{', '.join(wrong.replace(',', ' ').split())}]"
    marks = ",".join("?" * len(kinds))
    where = f"kind IN ({marks})" if kinds else "1"
    ids = db.values(f"SELECT id FROM entries WHERE shadow = 0 AND {where} ORDER BY id", *kinds)
    sql = f"SELECT DISTINCT entry FROM names WHERE name = ? COLLATE NOCASE AND {where} ORDER BY entry LIMIT 2"
    near = db.values(sql, wrong.strip(), *kinds) or difflib.get_close_matches(wrong.lower(), ids, n=2, cutoff=0.6)
    if near:
        return f"did you mean {' or '.join(near)}?"
    if kinds and len(ids) <= _FEW:
        return f"there is {', '.join(ids)}" if ids else f"the dossier has no {' or '.join(kinds)}"
    return "give one of the dossier's ids"


def nearest_relation(wrong: str, known: Mapping[str, Relation]) -> str:
    """A hint that offers the relation that was meant, also where it was read from its other end; else all of them."""
    turned = next((one.name for one in known.values() if one.inverse == wrong and one.name != wrong), "")
    if turned:
        return f"that is how {turned} reads from its other end: write rel: {turned}, and change from with to"
    near = difflib.get_close_matches(wrong.lower(), known, n=1)
    if near:
        return f"did you mean {near[0]}?"
    return f"known are: {', '.join(known)}; or declare it under relations, with its inverse"
