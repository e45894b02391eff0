"""A reader's filters as a part of a query, so that a search is narrowed by them as the lists are."""

from dossier.model.query import And, Dates, Field, Not, Query
from dossier.model.views import Filters
from dossier.search.query.parser import join
from dossier.store.catalogue import filters as filtering
from dossier.store.catalogue.catalogue import Catalogue

_DATED = ("quote", "event", "article", "link", "paragraph")
_RESTING = ("quote", "event", "link")


def filter_query(catalogue: Catalogue, filters: Filters) -> Query | None:
    """The entries that pass the filters, as `dossier.store.catalogue.filters` has it for lists; None when none narrow.

    A paragraph goes by the date of its article. An index knows of each entry the worst status of its evidence, which
    counts, and a date that may be the article's: the entries for which that is not enough are named one by one.
    """
    out: list[Query] = []
    if filters.attributions:
        out.append(_but(("quote",), Field("attribution", filters.attributions)))
    if filters.statuses:
        out.append(_but(_RESTING, Field("status", filters.statuses)))
    if filters.first or filters.last:
        out.append(_but(_DATED, Dates(filters.first, filters.last)))
        undated = filtering.undated_events(catalogue)
        out += [Field("within", undated)] if undated else []
    return join([Not(one) for one in out])


def _but(kinds: tuple[str, ...], passing: Query) -> Query:
    """The entries of these kinds that do not pass."""
    return And((Field("kind", kinds), Not(passing)))
