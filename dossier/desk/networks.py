"""The statements of a dossier as one table, and as networks."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Literal

from msgspec import Struct

from dossier.desk.desk import Desk
from dossier.model.anchors import Evidence
from dossier.model.network import (
    AGAINST,
    FOR,
    MEASURES,
    NORMALIZATIONS,
    OTHER,
    ActorStatement,
    Duplicates,
    Measure,
    Mode,
    Network,
    Normalization,
    network,
    without_duplicates,
)
from dossier.model.problems import DossierError
from dossier.model.relations import STANCES
from dossier.model.views import Filters
from dossier.model.weighing import mask_of
from dossier.store.catalogue import entry_queries, matrix_queries
from dossier.store.catalogue.matrix_queries import CellStatement
from dossier.store.catalogue.memberships import memberships, sides

Actors = Literal["delegations", "people", "issues"]

_FOR, _AGAINST = mask_of("for"), mask_of("against")


class NetworkStatement(Struct, frozen=True):
    """A statement of someone on an issue."""

    id: str
    """Id of the quote, or the link as `from rel to`, numbered where one file has several."""
    date: str
    """Its own, else the article's day; empty when neither is known."""
    person: str
    """Id of who made it, where that is a person."""
    delegation: str
    """Id of the delegation that made it, or of those, parted by commas, to which the person belonged on that day."""
    issue: str
    relation: str
    """Of a link."""
    attribution: str
    """Of a quote."""
    stance: str
    """Stances, parted by commas; empty when it says nothing of one."""
    article: str
    start: int | None
    """Where its words stand, in characters of the article; None when that is not known."""
    end: int | None
    words: str
    status: str
    """Of the evidence; empty when it names no words."""
    url: str
    """The article's."""


class NetworkView(Struct, frozen=True):
    """A network, and notes on how it was made."""

    network: Network
    titles: dict[str, str]
    kinds: dict[str, str]
    notes: tuple[str, ...]
    """What was left out or merged, a sentence each."""


class Networks:
    """Reads the statements of an open dossier."""

    def __init__(self, desk: Desk) -> None:
        """Take the dossier as it is."""
        desk.weigh()
        self._desk = desk
        self._db = desk.texts.catalogue
        rows = self._db.rows("SELECT id, kind FROM entries WHERE shadow = 0 AND kind IN ('delegation', 'person')")
        self._kinds: dict[str, str] = dict(rows)
        self._memberships = memberships(self._db)

    def statements(self, filters: Filters) -> Iterator[NetworkStatement]:
        """Every statement, once for each issue and speaker, by date; those without one last."""
        found = self._standing(filters)
        found.sort(key=lambda row: (not row.date, row.date, row.places[:1], row.statement, row.who, row.issue))
        urls: dict[str, str] = {}
        for row in found:
            one = self._evidence(row)
            article = one.article if one else ""
            if article and article not in urls:
                entry = self._db.entry(article)
                urls[article] = entry.text("url") if entry else ""
            yield self._row(row, one, urls.get(article, ""))

    def _standing(self, filters: Filters) -> list[CellStatement]:
        return [one for one in matrix_queries.each(self._db, filters) if one.who in self._kinds]

    def _evidence(self, row: CellStatement) -> Evidence | None:
        """The first sound evidence of a statement, else the first of all."""
        found = entry_queries.evidence_of(self._db, row.statement, row.file)
        return next((one for one in found if one.sound), found[0] if found else None)

    def _row(self, row: CellStatement, one: Evidence | None, url: str) -> NetworkStatement:
        if row.file:
            links = self._db.links("key = ? AND file = ?", row.statement, row.file)
            relation, attribution = links[0][1].relation if links else "", ""
            words = one.text or one.wanted.text if one else ""
        else:
            quote = self._db.entry(row.statement)
            relation, attribution = "", (quote.text("attribution") if quote else "") or "direct"
            words = quote.text("text") if quote else ""
        placed = one is not None and one.start >= 0
        return NetworkStatement(
            row.statement, row.date, row.who if self._kinds[row.who] == "person" else "",
            ", ".join(self._delegations(row)),
            row.issue, relation, attribution, ", ".join(name for name in STANCES if row.mask & mask_of(name)),
            one.article if one else "", one.start if placed and one else None, one.end if placed and one else None,
            words, one.status if one else "", url,
        )  # fmt: skip

    def _delegations(self, row: CellStatement) -> tuple[str, ...]:
        """The statements whose speaker belonged to a delegation on the day; none of a person who belonged to none."""
        if self._kinds[row.who] == "delegation":
            return (row.who,)
        return sides(self._memberships.get(row.who, ()), row.date)[0]

    def network(
        self,
        mode: Mode,
        actors: Actors,
        measure: Measure,
        normalization: Normalization,
        duplicates: Duplicates,
        filters: Filters,
    ) -> NetworkView:
        """The network of the statements that hold.

        Raises:
            DossierError: the mode has no such measure or normalization.

        """
        _check("measure", mode, measure, MEASURES[mode])
        _check("normalization", mode, normalization, NORMALIZATIONS[mode])
        notes: list[str] = []
        titles: dict[str, str] = {}
        said = without_duplicates(self._said(actors, filters, titles, notes), duplicates, by_stance=measure != "ignore")
        if measure != "ignore" and (other := sum(one.stance == OTHER for one in said)):
            notes.append(f"Left out because they are neither for nor against: {other} statements.")
        if duplicates in ("week", "month", "year") and (undated := sum(len(one.day) < 4 for one in said)):
            notes.append(f"{undated} statements have no date; none of them was taken for a duplicate.")
        if actors == "issues":
            said = [ActorStatement(one.column, one.row, one.stance, one.day, one.article) for one in said]
        found = network(said, mode, measure, normalization, lambda one: (titles[one], one))
        kinds = {one: self._kinds.get(one, "issue") for one in (*found.rows, *found.columns)}
        return NetworkView(found, titles, kinds, tuple(notes))

    def _said(self, actors: Actors, filters: Filters, titles: dict[str, str], notes: list[str]) -> list[ActorStatement]:
        """The statements of the actors on issues, by date; `titles` and `notes` are filled."""
        found: list[ActorStatement] = []
        seen: set[tuple[str, ...]] = set()
        doubtful = nobody = 0
        people = _Namesakes(self._db_title)
        for row in sorted(self._standing(filters), key=lambda row: (row.date, row.places[:1], row.statement)):
            these: tuple[str, ...]
            if actors == "people":
                these = (people.node(row.who),) if self._kinds[row.who] == "person" else ()
            else:
                these = self._delegations(row)
            if not row.counted:
                doubtful += 1
                continue
            if not these:
                nobody += 1
                continue
            for one in (*these, row.issue):
                titles.setdefault(one, self._db_title(one))
            article = row.places[0][0] if row.places else ""
            masks = [FOR] * bool(row.mask & _FOR) + [AGAINST] * bool(row.mask & _AGAINST)
            for actor, stance in product(these, masks or [OTHER]):
                key = (actor, row.issue, row.statement, row.file, str(stance))
                if key not in seen:  # a joint statement counts once in a row
                    seen.add(key)
                    found.append(ActorStatement(actor, row.issue, stance, row.date, article))
        if doubtful:
            notes.append(f"Left out because their evidence needs a look: {doubtful} statements.")
        if nobody:
            of = (
                "of delegations, not of a person"
                if actors == "people"
                else "of people who belonged to no delegation on that day"
            )
            notes.append(f"Left out because they are {of}: {nobody} statements.")
        notes += people.notes()
        return found

    def _db_title(self, one: str) -> str:
        return entry_queries.title(self._db, one)


class _Namesakes:
    """People of one name in several delegations, who are one node: DNA has one person who speaks for several."""

    def __init__(self, title: Callable[[str], str]) -> None:
        self._title = title
        self._first: dict[str, str] = {}
        self._node: dict[str, str] = {}
        self._several: dict[str, list[str]] = {}

    def node(self, person: str) -> str:
        """The id of the node that stands for a person."""
        if person not in self._node:
            name = self._title(person)
            first = self._node[person] = self._first.setdefault(name, person)
            if first != person:
                self._several.setdefault(first, [first]).append(person)
        return self._node[person]

    def notes(self) -> list[str]:
        """The duplicates that were taken together, a sentence each."""
        return [f"Taken for one person by their name: {', '.join(found)}." for found in self._several.values()]


def _check(what: str, mode: Mode, given: str, choices: tuple[str, ...]) -> None:
    if given not in choices:
        raise DossierError(
            f"A network of {mode} mode{'s' * (mode == 'two')} has no {what} “{given}”; choose {', '.join(choices)}."
        )
