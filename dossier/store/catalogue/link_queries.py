"""The cross-references of an entry, however many: how many is known at once, what they say is read when shown."""

from collections.abc import Sequence
from functools import partial

from dossier.model.entries import Kind, Link
from dossier.model.paged import Paged
from dossier.model.relations import Relation
from dossier.model.views import LinkGroup, LinkRow
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.entry_queries import evidence_of
from dossier.store.catalogue.link_places import MANY, JoinedPlaces, Place, count_places, read_places
from dossier.store.catalogue.memberships import always_heard, heard, memberships, written
from dossier.store.catalogue.queries import ORDER


class EntryLinks(Paged[Place, LinkRow]):
    """The links of an entry, and of its members if it has some, grouped by relation in the order written."""

    page_size = 50
    most_pages = 20  # all links of most entries: their heights are asked for at each new width

    def __init__(self, db: Catalogue, here: Sequence[str], relations: dict[str, Relation]) -> None:
        """Find the links from and to each of the entries `here`."""
        self._db = db
        self._relations = relations
        found: dict[tuple[str, bool], list[Sequence[Place]]] = {}
        known = memberships(db, here[1:]) if len(here) > 1 else {}
        many = db.counts.links(here) > MANY
        for at, entry in enumerate(here):
            for outward in (True, False):
                others = bool(at) and not outward and not always_heard(known, entry)
                heard_of = partial(heard, db, known, entry, here[0]) if others else None
                name_of = partial(self._name, outward=outward)
                end = entry, at, outward
                parts = (
                    count_places(db, end, name_of) if many and not others else read_places(db, end, name_of, heard_of)
                )
                for name, places in parts:
                    found.setdefault((name, outward), []).append(places)
        super().__init__(JoinedPlaces([part for parts in found.values() for part in parts]))
        self.groups = tuple(LinkGroup(name, outward, sum(map(len, parts))) for (name, outward), parts in found.items())
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
