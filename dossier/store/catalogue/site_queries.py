"""Queries of a published site on the catalogue: what all pages share, and what tells how many pages there are."""

from collections.abc import Iterable

from dossier.model.relations import MEMBER_OF
from dossier.store.catalogue.matrix_queries import MANY, as_parameter
from dossier.store.catalogue.page_inputs import number_of, number_of_text
from dossier.store.catalogue.queries import CatalogueQueries


def whole(db: CatalogueQueries) -> int:
    """A number of what every page shows: the titles, labels and relations that files give for all of the dossier."""
    return sum(number_of(bytes(blob)) for (blob,) in db.rows("SELECT sheet FROM files WHERE sheet <> x''"))


def names(db: CatalogueQueries) -> int:
    """A number of the names that are looked for in articles."""
    return number_of(repr(sorted(db.rows("SELECT name, entry, kind FROM names WHERE found = 1"))).encode())


def files_about(db: CatalogueQueries, entries: Iterable[str], articles: Iterable[str]) -> set[str]:
    """The files with links of some entries, or with evidence in some articles."""
    found: set[str] = set()
    if chosen := [*entries]:
        for end in ("source", "target"):
            found.update(db.values(f"SELECT DISTINCT file FROM links WHERE {end} IN {MANY}", as_parameter(chosen)))
    if resting := [*articles]:
        found.update(db.values(f"SELECT DISTINCT file FROM anchors WHERE article IN {MANY}", as_parameter(resting)))
    return found


def statement_counts(db: CatalogueQueries) -> dict[str, dict[str, int]]:
    """The number of pieces of evidence for the statements on each issue, about, by side."""
    found: dict[str, dict[str, int]] = {}
    for side, issue, count in db.rows("SELECT side, issue, count(*) FROM stands GROUP BY side, issue"):
        found.setdefault(issue, {})[side] = count
    return found


def cell_numbers(db: CatalogueQueries) -> dict[str, int]:
    """A number of what the cells of each issue add up to."""
    found: dict[str, int] = {}
    for row in db.each("SELECT issue, side, total FROM sums"):
        found[row[0]] = found.get(row[0], 0) + number_of_text(row)
    return found


def link_counts(db: CatalogueQueries) -> dict[str, int]:
    """The number of links that each entry has at most, a delegation with those of its members."""
    found: dict[str, int] = {}
    for end in ("source", "target"):
        for entry, count in db.rows(f"SELECT {end}, count(*) FROM links GROUP BY {end}"):
            found[entry] = found.get(entry, 0) + count
    own = dict(found)
    for member, side in db.rows(f"SELECT source, target FROM links WHERE relation = '{MEMBER_OF}'"):
        found[side] = found.get(side, 0) + own.get(member, 0)
    return found


def link_ends(db: CatalogueQueries, numbers: Iterable[int]) -> dict[int, tuple[str, str, str, str]]:
    """Key, file, source and target of links, by their numbers."""
    sql = f"SELECT n, key, file, source, target FROM links WHERE n IN {MANY}"
    return {
        n: (key, file, source, target) for n, key, file, source, target in db.rows(sql, as_parameter(map(str, numbers)))
    }
