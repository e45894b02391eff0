"""A search as it is asked for, from the screen down to the engine."""

from typing import Literal

from msgspec import Struct

from dossier.model.passages import Most
from dossier.model.views import ALL, Filters


class SearchRequest(Struct, frozen=True):
    """A query with everything that decides which hits it has, and in which order."""

    text: str = ""
    """The query as typed."""
    typing: bool = False
    """Whether its last word may be the beginning of one."""
    mode: Literal["exact", "aliases", "fuzzy"] = "aliases"
    """How words are matched: as typed; names under all their aliases; that, and words one letter off."""
    sort: Literal["relevance", "date"] = "relevance"
    """The order of the hits."""
    lens: tuple[str, ...] = ()
    """Ids of the entries that what is found must all be linked with."""
    filters: Filters = ALL
    """What else the hits are narrowed to."""
    kind: str = ""
    """The kind of the hits to give, in the order they have among all; empty for every kind."""
    limit: int = 50
    """How many hits are given at most."""
    offset: int = 0
    """How many of the best hits are left out."""
    most: Most | None = None
    """How many hits of each kind are given at most; None for all."""
