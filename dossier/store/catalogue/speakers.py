"""The speakers of quotes, and how it is known who they are."""

from collections.abc import Iterable, Sequence

from dossier.model.brief import join_names
from dossier.model.entries import Entry
from dossier.model.relations import SAID_BY
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.matrix_queries import MANY, as_parameter
from dossier.store.catalogue.queries import ORDER

_TOLD = {"via", "original"}
"""Fields of a quote that are told with its speaker."""


def speakers(db: Catalogue, quotes: Iterable[str]) -> dict[str, list[str]]:
    """The speakers of some quotes, by name, under the ids of those that have any."""
    sql = f"""SELECT source, target, coalesce(nullif((SELECT title FROM entries WHERE id = target AND shadow = 0), ''),
        target) FROM links WHERE source IN {MANY} AND relation = ? ORDER BY {ORDER}"""
    found: dict[str, dict[str, str]] = {}
    for quote, target, name in db.rows(sql, as_parameter(quotes), SAID_BY):
        found.setdefault(quote, {}).setdefault(target, name)
    return {quote: [*names.values()] for quote, names in found.items()}


def attribution_text(quote: Entry, names: Sequence[str]) -> str:
    """The speaker of a quote and how it is known: `Officials, anonymous, via Bloomberg`, or `Anonymous, via …`.

    `names` are those of its speakers.
    """
    attribution = quote.text("attribution")
    if len(names) == 1 and attribution in ("", "direct") and not quote.fields.keys() & _TOLD:  # as most are
        return names[0]
    name = join_names(names)
    if not name:
        name = "Anonymous" if attribution == "anonymous" else "Unnamed"
        attribution = "" if attribution == "anonymous" else attribution
    via = quote.texts("via")
    translated = "translated" if quote.text("original") else ""
    parts = [
        name,
        translated,
        "" if attribution in ("", "direct") else attribution,
        f"via {', '.join(via)}" if via else "",
    ]
    return ", ".join(filter(None, parts))
