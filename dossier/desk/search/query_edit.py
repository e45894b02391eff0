"""Queries as a reader changes them without typing: kinds taken in or left out; and the query language, row by row."""

from dossier.model.query import And, Every, Field, Not, Or, Query
from dossier.search.query.parser import join, parse
from dossier.search.query.printer import plain
from dossier.search.query.reference import CONSTRUCTS, FIELDS


def kinds_asked(text: str, *, typing: bool = False) -> tuple[frozenset[str], frozenset[str]]:
    """The kinds that a query asks for and those it leaves out; none of either where it does not say."""
    wanted: set[str] = set()
    unwanted: set[str] = set()
    for part in _parts(text, typing=typing):
        wanted.update(_kinds(part))
        unwanted.update(_kinds(part.part) if isinstance(part, Not) else ())
    return frozenset(wanted), frozenset(unwanted)


def narrow_to_kind(text: str, kind: str, *, exclude: bool = False, typing: bool = False) -> str:
    """The query narrowed to one kind, or with `exclude` without it; as before it was when it was narrowed so already.

    An empty `kind` lifts all that is said of kinds. `typing` must be as when it was searched for, so that the same
    is found: what is given back is the query as it was understood.
    """
    wanted, unwanted = kinds_asked(text, typing=typing)
    others = [part for part in _parts(text, typing=typing) if not _kinds(part.part if isinstance(part, Not) else part)]
    if kind and exclude:
        left = unwanted ^ {kind}
        others += [Not(Field("kind", (one,))) for one in sorted(left)]
    elif kind and wanted != {kind}:
        others.append(Field("kind", (kind,)))
    query = join([*others])
    return plain(query) if query is not None else ""


def _parts(text: str, *, typing: bool) -> tuple[Query, ...]:
    query = parse(text, typing=typing).query
    if query is None or isinstance(query, Every):
        return ()
    return tuple(part for part in query.parts if not isinstance(part, Every)) if isinstance(query, And) else (query,)


def _kinds(part: Query) -> tuple[str, ...]:
    """The kinds that a part of a query asks for, when it asks for nothing else."""
    if isinstance(part, Field) and part.name == "kind":
        return part.values
    if isinstance(part, Or) and all(isinstance(one, Field) and one.name == "kind" for one in part.parts):
        return tuple(value for one in part.parts if isinstance(one, Field) for value in one.values)
    return ()


def language() -> list[tuple[str, str]]:
    """The forms that can be written in a query with what each finds, a row each."""
    rows = [(item.written, item.says) for item in CONSTRUCTS]
    for field in FIELDS.values():
        choices = f" One of: {', '.join(field.choices)}." if field.choices else ""
        rows.append((f"{field.name}:{field.example}", field.says + choices))
    return rows
