"""Statements in the catalogue: which there are, kept as files come and go, and what they add up to per cell.

Only what a changed file touches is weighed anew. The sums of the matrix as it opens are kept ready, so that a matrix of
thousands of cells is read, not reckoned.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from dossier.model.anchors import SOUND, worst
from dossier.model.dates import day_of, first_day, last_day
from dossier.model.entries import Entry
from dossier.model.relations import SAID_BY
from dossier.model.weighing import StatementRow, mask_of, weigh
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.header import relations
from dossier.store.catalogue.matrix_queries import FACT, MANY, PAIRS, as_parameter
from dossier.store.catalogue.memberships import Memberships, article_day, delegations_of, memberships
from dossier.store.catalogue.queries import CatalogueQueries
from dossier.store.files.folder import Folder

if TYPE_CHECKING:
    from dossier.store.sync.process_pool import SideBySide

_BATCH = 400
_MANY = 4_000
"""Units from which their statements are read side by side."""
Unit = tuple[str, str]
"""What is weighed at once: an entry with the file of the links that it says them by; with every file, when empty."""
_encode = msgspec.msgpack.Encoder().encode


class _Frame(Struct, frozen=True):
    """The conditions under which a link is a statement."""

    sides: frozenset[str] = frozenset()
    """Every delegation and person."""
    members: Memberships = {}
    """What people belong to."""
    issues: frozenset[str] = frozenset()
    masks: dict[str, int] = {}
    """The stance of every relation that has one, as a bit."""


_frame = msgspec.msgpack.Decoder(_Frame).decode


def settle(
    db: Catalogue, progress: Callable[[str, int, int], None], workers: "SideBySide", publish: Callable[[], None]
) -> None:
    """Weigh anew what the files that came or went since the last time have to do with.

    `publish` makes what was written visible to the `workers`.
    """
    if not db.unweighed:
        return
    new, sources = _changed_units(db)
    touched: set[tuple[str, str]] = set()
    if len(sources) < _MANY:
        for at in range(0, len(sources), _BATCH):
            chosen = sources[at : at + _BATCH]
            touched |= _replace(db, chosen, list(_Reader(db, new, chosen).rows()))
    else:
        publish()
        new, sources = _changed_units(db)  # somebody else may have been quicker
        told = str(db.path), _encode(new)
        tasks = [(*told, sources[at : at + _BATCH]) for at in range(0, len(sources), _BATCH)]
        for done, ((_, _, chosen), rows) in enumerate(workers.each(_statements, tasks, 1)):
            progress("weighing", done * _BATCH, len(sources))
            touched |= _replace(db, chosen, rows)
    _add_up(db, touched, workers)
    db.run("REPLACE INTO weighed VALUES ('frame', ?)", _encode(new))
    db.run("DELETE FROM unweighed")


def _changed_units(db: Catalogue) -> tuple[_Frame, list[Unit]]:
    """The frame as it is, and the units whose statements may have changed."""
    new = _read_frame(db)
    blob = db.value("SELECT value FROM weighed WHERE name = 'frame'")
    if blob is None:
        return new, [(one, "") for one in sorted(db.values("SELECT DISTINCT source FROM links"))]
    return new, _units(db, _frame(blob), new)


def _read_frame(db: Catalogue) -> _Frame:
    rows = db.rows("SELECT id, kind FROM entries WHERE kind IN ('delegation', 'person', 'issue') AND shadow = 0")
    sides = frozenset(one for one, kind in rows if kind != "issue")
    masks = {name: mask_of(relation.stance) for name, relation in relations(db).items() if relation.stance}
    return _Frame(sides, memberships(db), frozenset(one for one, kind in rows if kind == "issue"), masks)


def _units(db: Catalogue, old: _Frame, new: _Frame) -> list[Unit]:
    """The units whose statements may have changed: of quotes and new sides all, of others a file's."""
    marked = {what: set(db.values("SELECT id FROM unweighed WHERE what = ?", what)) for what in ("source", "links")}
    whole = marked["source"] - (old.sides & new.sides)
    articles = "SELECT id FROM unweighed WHERE what = 'article'"
    rest = db.rows(f"SELECT DISTINCT entry, file, what FROM anchors WHERE article IN ({articles})")
    whole.update(entry for entry, _, what in rest if what != "link")
    ends = (old.issues ^ new.issues) | (old.sides ^ new.sides)
    ends |= {who for who in old.members.keys() | new.members.keys() if old.members.get(who) != new.members.get(who)}
    whole.update(ends)
    whole.update(db.values(f"SELECT DISTINCT source FROM links WHERE target IN {MANY}", as_parameter(ends)))
    if old.masks != new.masks:
        names = [name for name in old.masks.keys() | new.masks.keys() if old.masks.get(name) != new.masks.get(name)]
        whole.update(db.values(f"SELECT DISTINCT source FROM links WHERE relation IN {MANY}", as_parameter(names)))
    parts = {(source, file) for source, _, file in (one.partition("\n") for one in marked["links"])}
    parts |= {(entry, file) for entry, file, what in rest if what == "link"}
    sided = old.sides | new.sides
    whole |= {source for source, _ in parts if source not in sided}
    return [*((one, "") for one in sorted(whole)), *sorted(one for one in parts if one[0] not in whole)]


_Row = tuple[str, str, str, str, str, int, str, int, str, str, str, str, int, str, str, str, int, int, str]
"""A row of `stands`."""


def _statements(_folder: Folder, task: tuple[str, bytes, list[Unit]]) -> list[_Row]:
    """The statements of some units, read by another process: path of the catalogue, frame, units."""
    path, frame, units = task
    with CatalogueQueries.reading(Path(path)) as db:
        return list(_Reader(db, _frame(frame), units).rows())


def _condition(units: Iterable[Unit]) -> tuple[str, tuple[str, str]]:
    """A condition on `source` and `file` that holds for some units, and the values that it names."""
    units = list(units)
    wholes = as_parameter(source for source, file in units if not file)
    return f"(source IN {MANY} OR (source, file) IN {PAIRS})", (wholes, json.dumps([unit for unit in units if unit[1]]))


def _replace(db: Catalogue, units: Sequence[Unit], rows: Sequence[_Row]) -> set[tuple[str, str]]:
    """Put down the statements of some units; gives the cells (side, issue) with others than before."""
    found = dict.fromkeys(rows)
    where, values = _condition(units)
    names = (
        "who, side, issue, statement, file, anchor, source, mask, attribution, date, since, day, lent, origin, "
        "article, status, start, end, worst"
    )
    known = {tuple(row) for row in db.rows(f"SELECT {names} FROM stands WHERE {where}", *values)}
    if known == found.keys():
        return set()
    db.run(f"DELETE FROM stands WHERE {where}", *values)
    db.run_many(f"REPLACE INTO stands({names}) VALUES ({','.join('?' * 19)})", list(found))
    return {(row[1], row[2]) for row in known ^ found.keys()}


class _Reader:
    """Reads the statements of some units."""

    def __init__(self, db: CatalogueQueries, frame: _Frame, units: Sequence[Unit]) -> None:
        self.db = db
        self.frame = frame
        wholes = as_parameter(source for source, file in units if not file)
        quotes = db.entries(f"id IN {MANY} AND +kind = 'quote' AND +shadow = 0", wholes)
        self.quotes: dict[str, Entry] = {quote.id: quote for quote in quotes}
        self.links: dict[str, list[tuple[str, str, str, str, str, str]]] = {}
        where, values = _condition(units)
        sql = f"SELECT source, relation, target, field, key, file, date FROM links WHERE {where} ORDER BY rank, ord"
        for source, *link in db.rows(sql, *values):
            self.links.setdefault(source, []).append(tuple(link))
        self.anchors: dict[tuple[str, str], list[tuple[int, str, str, int, int]]] = {}
        parts = [[link[3], link[4]] for source, file in units if file for link in self.links.get(source, ())]
        sql = f"""SELECT owner, file, n, article, status, start, end FROM anchors WHERE status IS NOT NULL AND
            (entry IN {MANY} OR (owner, file) IN {PAIRS}) ORDER BY file, ordinal"""
        for owner, file, *anchor in db.rows(sql, wholes, json.dumps(parts)):
            self.anchors.setdefault((owner, file), []).append(tuple(anchor))
        self.days: dict[str, str] = {}

    def rows(self) -> Iterator[_Row]:
        """The rows of all of them."""
        for source, links in self.links.items():
            if source in self.quotes:
                yield from self._statements_of_quote(self.quotes[source], links)
            elif source in self.frame.sides:
                yield from self._statements_of_side(source, links)

    def _statements_of_quote(self, quote: Entry, links: list[tuple[str, str, str, str, str, str]]) -> Iterator[_Row]:
        speakers = [target for relation, target, *_ in links if relation == SAID_BY and target in self.frame.sides]
        masks: dict[str, int] = {}
        for relation, target, *_ in links:
            if target in self.frame.issues:
                masks[target] = masks.get(target, mask_of(quote.text("stance"))) | self.frame.masks.get(relation, 0)
        if not speakers or not masks:
            return
        anchors = self.anchors.get((quote.id, quote.place.file), [])
        date, lent = self._date(quote.text("date"), anchors)
        attribution = quote.text("attribution") or "direct"
        speakers = list(dict.fromkeys(speakers))
        origin = quote_origin(quote, speakers, anchors[0][1] if anchors else "")
        for who in speakers:
            told = (attribution, date, first_day(date), last_day(date), lent, origin)
            for issue, mask in masks.items():
                for side in self._sides(who, date):
                    yield from _rows_per_anchor((who, side, issue, quote.id, ""), (quote.id, mask, *told), anchors)

    def _statements_of_side(self, who: str, links: list[tuple[str, str, str, str, str, str]]) -> Iterator[_Row]:
        for relation, target, field, key, file, written in links:
            if field or target not in self.frame.issues:
                continue
            anchors = self.anchors.get((key, file), [])
            date, lent = self._date(written, anchors)
            told = (
                who,
                self.frame.masks.get(relation, 0),
                "",
                date,
                first_day(date),
                last_day(date),
                lent,
                self._origin(who, anchors),
            )
            for side in self._sides(who, date):
                yield from _rows_per_anchor((who, side, target, key, file), told, anchors)

    def _sides(self, who: str, date: str) -> tuple[str, ...]:
        """The delegations for which it was said; who said it, when for none."""
        return delegations_of(self.frame.members, who, date) or (who,)

    def _date(self, written: str, anchors: list[tuple[int, str, str, int, int]]) -> tuple[str, int]:
        """The date of a statement without its time, and 1 when it is only that of its article."""
        if written or not anchors:
            return day_of(written), 0
        article = anchors[0][1]
        if article not in self.days:
            self.days[article] = article_day(self.db, article)
        return self.days[article], int(bool(self.days[article]))

    def _origin(self, who: str, anchors: list[tuple[int, str, str, int, int]]) -> str:
        """The source of a link: the quote's when it rests on words of a quote, else the article itself."""
        for _, article, status, start, end in anchors:
            if status in SOUND:
                quote = self._quoted(article, start, end)
                return quote or article
        return anchors[0][1] if anchors else who

    def _quoted(self, article: str, start: int, end: int) -> str:
        """The source of the quote that shares most words with a place; empty when there is none."""
        sql = """SELECT entry FROM anchors WHERE article = ? AND start < ? AND start >= 0 AND end > ?
            AND +what = 'quote' AND +status IN ('exact', 'moved')
            ORDER BY min(end, ?) - max(start, ?) DESC, start, entry LIMIT 1"""
        found = self.db.value(sql, article, end, start, end, start)
        quote = self.db.entry(found) if found else None
        if quote is None:
            return ""
        sql = "SELECT target FROM links WHERE source = ? AND relation = ? ORDER BY rank, ord"
        speakers = dict.fromkeys(self.db.values(sql, quote.id, SAID_BY))
        return quote_origin(quote, [one for one in speakers if one in self.frame.sides] or list(speakers)[:1], article)


def quote_origin(quote: Entry, speakers: Sequence[str], article: str) -> str:
    """The source of a quote: the first of `via`, by its folded name; else its speaker (`a+b`); else its article."""
    via = quote.texts("via")
    return f"via {' '.join(via[0].split()).casefold()}" if via else "+".join(speakers) or article


def _rows_per_anchor(
    name: tuple[str, str, str, str, str], told: tuple[object, ...], anchors: Iterable[tuple[object, ...]]
) -> Iterator[_Row]:
    """A row per anchor, or one without."""
    found = [*anchors] or [(0, "", "", -1, -1)]
    doubt = worst(str(status) for _, _, status, *_ in found)
    for anchor, *place in found:
        yield (*name, anchor, *told, *place, doubt)  # type: ignore[misc]


def _add_up(db: Catalogue, changed: set[tuple[str, str]], workers: "SideBySide") -> None:
    """Put down the sums of the cells whose statements changed."""
    issues: dict[str, list[str]] = {}
    for side, issue in sorted(changed):
        issues.setdefault(side, []).append(issue)
    tasks = [(side, _cells(db, side, as_parameter(some))) for side, some in issues.items()]
    count = sum(len(some) for _, cells in tasks for some in cells.values())
    for (side, _), weighed in workers.each(_weigh_delegation, tasks, 10 if count >= _MANY else len(tasks) or 1):
        for table, at in (("sums", 1), ("steps", 2)):
            db.run(f"DELETE FROM {table} WHERE side = ? AND issue IN {MANY}", side, as_parameter(issues[side]))
            db.run_many(f"INSERT INTO {table} VALUES (?,?,?)", [(side, one[0], one[at]) for one in weighed])


def _cells(db: Catalogue, side: str, issues: str) -> dict[str, list[StatementRow]]:
    """The facts about a delegation on some issues, by issue."""
    cells: dict[str, list[StatementRow]] = {}
    for issue, statement, file, *rest in db.rows(
        f"SELECT issue, {FACT} FROM stands WHERE side = ? AND issue IN {MANY}", side, issues
    ):
        cells.setdefault(issue, []).append(StatementRow((statement, file), *rest))
    return cells


def _weigh_delegation(
    _folder: Folder, task: tuple[str, dict[str, list[StatementRow]]]
) -> list[tuple[str, bytes, bytes]]:
    """`(issue, sum, steps)` of every cell of a delegation."""
    _, cells = task
    found = ((issue, *weigh(about)) for issue, about in cells.items())
    return [(issue, _encode(total), _encode(steps)) for issue, total, steps in found]
