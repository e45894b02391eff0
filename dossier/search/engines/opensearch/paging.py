"""Pages of hits, by number or by going on from the last hit."""

from typing import Any

from dossier.search.engines.engine import Cancelled
from dossier.search.engines.opensearch.moment import Moment, hits_of, is_partial

WINDOW = 10_000
"""Hits up to which the server gives a page by its number; a later one is reached by going on from the last hit."""


def page(
    moment: Moment,
    body: dict[str, Any],
    limit: int,
    offset: int,
    until: float,
    cancelled: Cancelled | None,
    first: Any = None,
) -> tuple[list[Any], Any, bool]:
    """Return the hits from `offset` on, the first answer with its counts, and whether something is lacking."""
    if offset + limit <= WINDOW:
        first = first or moment.ask(body | {"from": offset, "size": limit}, until, cancelled)
        return hits_of(first), first, is_partial(first)
    answers: list[Any] = []
    found: list[Any] = []
    while len(found) < offset + limit:
        step = body | {"size": min(WINDOW, offset + limit - len(found))}
        answers.append(moment.ask(step, until, cancelled))
        hits = hits_of(answers[-1])
        found += hits
        if len(hits) < step["size"]:
            break
        body = body | {"search_after": hits[-1]["sort"]}
    return found[offset : offset + limit], answers[0], any(map(is_partial, answers))
