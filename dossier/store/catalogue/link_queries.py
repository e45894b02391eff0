"""The cross-references of an entry, however many: how many is known at once, what they say is read when shown."""

from collections.abc import Sequence

from dossier.model.entries import Kind, Link
from dossier.model.paged import Paged
from dossier.model.relations import Relation
from dossier.model.views import LinkGroup, LinkRow
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.entry_queries import evidence_of
from dossier.store.catalogue.memberships import heard, memberships, written
from dossier.store.catalogue.queries import ORDER

Place = tuple[int, int, bool]
"""Number of a link in the catalogue, which of the entries it is seen from, and whether it runs outward."""


class EntryLinks(Paged[Place, LinkRow]):
    """The links of an entry, and of its members if it has some, grouped by relation in the order written."""

    page_size = 50
    most_pages = 20  # all links of most entries: their heights are asked for at each new width

    def __init__(self, db: Catalogue, here: Sequence[str], relations: dict[str, Relation]) -> None:
        """Find the links from and to each of the entries `here`."""
        self._db = db
        self._relations = relations
        found: dict[tuple[str, bool], list[Place]] = {}
        known = memberships(db, here[1:]) if len(here) > 1 else {}
        for at, entry in enumerate(here):
            for outward, where in ((True, "source = ?"), (False, "target = ? AND source <> target")):
                sql = f"SELECT n, relation, source FROM links WHERE {where} ORDER BY {ORDER}"
                groups: dict[str, list[Place]] = {}
                for n, relation, other in db.rows(sql, entry):
                    if at and not outward and not heard(db, known, entry, here[0], other):
                        continue
                    if relation not in groups:
                        name = self._name(relation, outward=outward)
                        groups[relation] = found.setdefault((name, outward), [])
                    groups[relation].append((n, at, outward))
        super().__init__([place for places in found.values() for place in places])
        self.groups = tuple(LinkGroup(name, outward, len(places)) for (name, outward), places in found.items())
        """The relations there are, in order, and how many links each has."""

    def read_page(self, places: Sequence[Place]) -> list[LinkRow]:
        """Read the links at some places."""
        marks = ",".join("?" * len(places))
        found = self._db.numbered_links(f"n IN ({marks})", *(number for number, _, _ in places))
        read = {number: (key, link) for number, key, link in found}
        return [self._row(place, *read[place[0]]) for place in places]

    def _name(self, relation: str, *, outward: bool) -> str:
        known = self._relations.get(relation)
        return relation if outward or not known else known.inverse

    def _row(self, place: Place, key: str, link: Link) -> LinkRow:
        outward = place[2]
        here, other = (link.source, link.target) if outward else (link.target, link.source)
        if link.field:
            evidence = (
                ()
                if link.field in ("members", "memberships", "parent", "part_of")
                else evidence_of(self._db, link.source)
            )
        else:
            evidence = evidence_of(self._db, key, link.place.file)
        entry = self._db.entry(other)
        kind: Kind = entry.kind if entry else "article"
        name = self._name(link.relation, outward=outward)
        title = entry.title if entry else other
        rest = (link.date or written(link), link.credibility, link.note or link.role)
        return LinkRow(name, outward, here, other, kind, title, key, evidence, *rest)


def link_of(db: Catalogue, key: str, relations: dict[str, Relation]) -> LinkRow | None:
    """The link of a key, as seen from the entry it runs from; None when there is none."""
    sql = f"SELECT n FROM links WHERE source = ? AND key = ? AND field = '' ORDER BY {ORDER} LIMIT 1"
    number = db.value(sql, key.partition(" ")[0], key)
    return None if number is None else EntryLinks(db, (), relations).read_page([(int(number), 0, True)])[0]
