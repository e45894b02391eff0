"""Questions that a reader's screen asks of a catalogue: lists, their lines, cross-references, marks in an article."""

from collections.abc import Callable, Container, Iterable, Sequence
from itertools import takewhile

from msgspec.structs import replace

from dossier.model.anchors import Evidence, Status, weakest
from dossier.model.dates import in_words, span_of, span_text
from dossier.model.entries import Entry
from dossier.model.passages import link_key
from dossier.model.relations import PART_OF
from dossier.model.views import Row, Span
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.kept_counts import LINKS_OF
from dossier.store.catalogue.list_pages import SORTS, is_one
from dossier.store.catalogue.matrix_queries import MANY, as_parameter
from dossier.store.catalogue.memberships import heard, memberships, written
from dossier.store.catalogue.queries import ORDER
from dossier.store.catalogue.speakers import attribution_text, speakers

SpeakDate = Callable[[str], str]
"""Puts a date or interval as written into words, in another way than lists of the browser do."""
Place = tuple[int, str, int, tuple[str, ...]]
"""Number in the catalogue, id, depth, ids of the entries that it stands under, outermost first."""


def tree(db: Catalogue, pane: str, sort: str = "written") -> list[Place]:
    """The delegations with their members, or the issues with theirs, each under its parent.

    A person stands under every delegation that it belongs to, at whatever time.
    """
    delegations = pane == "delegations"
    kinds = "('delegation', 'person')" if delegations else "('issue')"
    listed = db.rows(f"SELECT n, id, kind FROM entries WHERE kind IN {kinds} AND shadow = 0 ORDER BY {SORTS[sort]}")
    condition = "relation = 'member of'" if delegations else "field = 'parent'"
    known = {entry: kind for _, entry, kind in listed}
    parents: dict[str, dict[str, None]] = {}
    for entry, above in db.rows(f"SELECT source, target FROM links WHERE {condition} ORDER BY {ORDER}"):
        fits = (known.get(entry), known.get(above)) == _MEMBERSHIP if delegations else entry not in parents
        if fits and above in known and above != entry:
            parents.setdefault(entry, {})[above] = None
    under: dict[str, list[tuple[int, str]]] = {}
    for n, entry, _ in listed:
        for above in parents.get(entry, ("",)):
            under.setdefault(above, []).append((n, entry))
    if delegations:
        under[""] = sorted(under.get("", []), key=lambda row: known[row[1]] == "person")
    placed: list[Place] = []
    waiting: list[Place] = [(n, entry, 0, ()) for n, entry in reversed(under.pop("", []))]
    while waiting:
        n, entry, depth, path = place = waiting.pop()
        placed.append(place)
        waiting += [(child, one, depth + 1, (*path, entry)) for child, one in reversed(under.pop(entry, []))]
    for rest in under.values():  # a circle of parents is told by the check; its issues are shown all the same
        placed += [(n, entry, 0, ()) for n, entry in rest]
    return placed


_MEMBERSHIP = ("person", "delegation")
"""The kinds at the two ends of a membership."""

_ROW = f"""SELECT e.n, e.record, {LINKS_OF.format(id="e.id")},
    CASE e.kind WHEN 'delegation' THEN (SELECT count(DISTINCT m.id) FROM links k JOIN entries m ON m.id = k.source
            WHERE k.target = e.id AND k.relation = 'member of' AND +m.kind = 'person' AND +m.shadow = 0)
        WHEN 'issue' THEN (SELECT count(*) FROM links WHERE target = e.id AND field = 'parent') ELSE 0 END
    FROM entries e WHERE e.n IN ({{marks}})"""


def rows(
    db: Catalogue, places: Sequence[Place], kept: Container[str] | None = None, speak: SpeakDate | None = None
) -> list[Row]:
    """The lines at some places; `kept` are the ids in a list that is narrowed, so that what is left out is named."""
    sql = _ROW.format(marks=",".join("?" * len(places)))
    found = {n: (entry, count, children) for n, entry, count, children in db.entry_rows(sql, *(p[0] for p in places))}
    entries = [entry for entry, _, _ in found.values()]
    evidence = _evidence_by_owner(db, [one.id for one in entries])
    said = speakers(db, [one.id for one in entries if one.kind == "quote"])
    made = {
        n: _row(entry, evidence.get(entry.id, ()), _detail(entry, said.get(entry.id, ()), speak), count, children)
        for n, (entry, count, children) in found.items()
    }
    return [_placed(db, made[n], depth, path, kept, speak) for n, _, depth, path in places]


def _evidence_by_owner(db: Catalogue, owners: Iterable[str]) -> dict[str, list[Evidence]]:
    """The evidence of some entries, in the order written, under the ids of those that have any."""
    found: dict[str, list[Evidence]] = {}
    for one in db.evidence(f"owner IN {MANY} ORDER BY file, ordinal", as_parameter(owners)):
        found.setdefault(one.owner, []).append(one)
    return found


def _row(entry: Entry, evidence: Sequence[Evidence], detail: str, count: int, children: int) -> Row:
    status = worst(evidence)
    first = next((e for e in evidence if e.paragraph), None)
    article, paragraph = (first.article, first.paragraph) if first else ("", 0)
    if entry.kind == "article":
        article = entry.id
    how = entry.text("attribution") if entry.kind == "quote" else ""
    return Row(entry.id, entry.kind, entry.title, detail, 0, children, count, status, article, paragraph, how)


def _placed(
    db: Catalogue,
    row: Row,
    depth: int,
    path: Sequence[str],
    kept: Container[str] | None,
    speak: SpeakDate | None,
) -> Row:
    """A row where it stands, with the office and the time of a membership, and what it belongs to that is left out."""
    if not path:
        return row
    told = row.detail
    if row.kind == "person":
        found = db.links("source = ? AND target = ? AND relation = 'member of'", row.id, path[-1])
        if any(link.role for _, link in found):
            told = ""
        times = [(link.role, written(link) or (f"{link.date}/.." if link.date else "")) for _, link in found]
        speak = speak or _span
        spans = [f"{role} {speak(time)}".strip() if time else role for role, time in times]
        told = ", ".join(dict.fromkeys(filter(None, (told, *spans))))
    left_out = [] if kept is None else list(takewhile(lambda one: one not in kept, reversed(path)))
    above = " › ".join(title(db, one) for one in reversed(left_out))
    above = f"{'of' if row.kind == 'person' else 'part of'} {above}" if above else ""
    detail = ", ".join(filter(None, (told, above)))
    return replace(row, depth=depth, detail=detail)


def _span(time: str) -> str:
    return span_text(*span_of(time))


def _detail(entry: Entry, said_by: Sequence[str], speak: SpeakDate | None) -> str:
    """Return the text of a line beside the title; `said_by` are the names of a quote's speakers."""
    if entry.kind == "person":
        return entry.text("role") or entry.text("part")
    if entry.kind == "event":
        if speak:
            return speak(entry.text("when"))
        first, last = span_of(entry.text("when"))
        return f"{in_words(first)} – {in_words(last)}" if last else in_words(first)
    if entry.kind == "article":
        day = entry.text("published")
        return ", ".join(filter(None, (entry.text("publisher"), speak(day) if speak else day)))
    return attribution_text(entry, said_by) if entry.kind == "quote" else ""


def title(db: Catalogue, entry_id: str) -> str:
    """The title of an entry; its id when it is not there."""
    return str(db.value("SELECT title FROM entries WHERE id = ? AND shadow = 0", entry_id) or entry_id)


def worst(evidence: Iterable[Evidence]) -> Status | None:
    """The status furthest from certain; None of nothing."""
    found = weakest(evidence)
    return found.status if found else None


def evidence_of(db: Catalogue, owner: str, file: str = "") -> tuple[Evidence, ...]:
    """The anchors of an entry, or of the link of that key, in the order written.

    Two files may each hold a link of one key; with `file`, only the anchors that this file names are given.
    """
    if file:
        return tuple(db.evidence("owner = ? AND file = ? ORDER BY ordinal", owner, file))
    return tuple(db.evidence("owner = ? ORDER BY file, ordinal", owner))


def linked(db: Catalogue, entry_id: str) -> frozenset[str]:
    """The ids linked with an entry in either direction, with its members or sub-issues, or theirs; itself included.

    With them the keys by which a search knows those links that are written in full.
    """
    family = [entry_id, *below(db, entry_id)]
    found: set[str] = set(family)
    known = memberships(db, family[1:]) if len(family) > 1 else {}
    for member in family:
        found.update(db.values("SELECT target FROM links WHERE source = ?", member))
        sources = db.values("SELECT source FROM links WHERE target = ?", member)
        found.update(one for one in sources if heard(db, known, member, entry_id, one))
        found.update(db.values("SELECT DISTINCT article FROM anchors WHERE entry = ?", member))
        found.update(db.values("SELECT DISTINCT entry FROM anchors WHERE article = ?", member))
        links = "SELECT file, key FROM links WHERE field = '' AND (source = ?1 OR target = ?1)"
        found.update(link_key(file, key) for file, key in db.rows(links, member))
    if is_one(db, entry_id, ("article",)):
        found |= _linked_through(db, entry_id)
    return frozenset(found)


def _linked_through(db: Catalogue, article: str) -> set[str]:
    """The ids at both ends of what rests on an article, with the delegations of its people.

    A lens on an article would else hide the issues its quotes are about, which have no words of their own.
    """
    ends = """SELECT source, target FROM links WHERE key IN (SELECT owner FROM anchors WHERE article = ?1)
        UNION SELECT source, target FROM links WHERE source IN
        (SELECT a.entry FROM anchors a JOIN entries e ON e.id = a.entry AND e.shadow = 0
         WHERE a.article = ?1 AND a.owner = a.entry AND e.kind IN ('quote', 'event'))"""
    found = {entry for row in db.rows(ends, article) for entry in row}
    sides = "SELECT target FROM links WHERE relation = 'member of' AND source = ?"
    return found.union(*(db.values(sides, one) for one in found))


def below(db: Catalogue, entry_id: str) -> list[str]:
    """The members of a delegation, or the issues under an issue at any depth, in the order written."""
    sql = f"""SELECT DISTINCT id FROM entries WHERE kind = 'person' AND shadow = 0 AND id IN
        (SELECT source FROM links WHERE target = ? AND relation = 'member of') ORDER BY {ORDER}"""
    members = db.values(sql, entry_id)
    found = [entry_id]
    for issue in found:
        under = db.values(f"SELECT source FROM links WHERE target = ? AND field = 'parent' ORDER BY {ORDER}", issue)
        found += [one for one in under if one not in found]
    return members + found[1:]


def parts(db: Catalogue, coalition: str) -> list[str]:
    """The delegations that are part of a coalition, and theirs, in the order written."""
    found = [coalition]
    for one in found:
        sql = f"""SELECT source FROM links WHERE target = ? AND relation = ? AND EXISTS (SELECT 1 FROM entries
            WHERE id = links.source AND kind = 'delegation' AND shadow = 0) ORDER BY {ORDER}"""
        found += [part for part in dict.fromkeys(db.values(sql, one, PART_OF)) if part not in found]
    return found[1:]


def article_statuses(db: Catalogue, article: str) -> tuple[int, list[Status]]:
    """`(quotes, statuses)`: how many quotes rest on an article, and the status of each piece of evidence for it."""
    sql = """SELECT a.entry, a.status, e.kind FROM anchors a LEFT JOIN entries e ON e.id = a.entry AND e.shadow = 0
        WHERE a.article = ?"""
    found = db.rows(sql, article)
    return len({entry for entry, _, kind in found if kind == "quote"}), [status for _, status, _ in found if status]


def spans(db: Catalogue, article: str) -> list[Span]:
    """The stretches of an article that something rests on, in the order of their places."""
    sql = """SELECT start, end, owner, entry, what, status, ordinal, file FROM anchors
        WHERE article = ? AND start >= 0 ORDER BY start, end"""
    return [Span(*row) for row in db.rows(sql, article)]


def lost_count(db: Catalogue, article: str) -> int:
    """The number of anchors that name an article and have no place in it."""
    return len(db.values("SELECT n FROM anchors WHERE article = ? AND start < 0", article))


def mention_names(db: Catalogue) -> list[tuple[str, str, str]]:
    """`(name, entry id, kind)` of the names that are looked for in articles; one shared by two entries is not."""
    sql = """SELECT name, min(entry), kind FROM names WHERE found = 1 AND name <> ''
        GROUP BY name HAVING count(DISTINCT entry) = 1"""
    return [tuple(row) for row in db.rows(sql)]


def article_names(db: Catalogue) -> list[tuple[str, str, list[str]]]:
    """`(id, kind, [title])` of every article."""
    sql = f"SELECT id, title FROM entries WHERE kind = 'article' AND shadow = 0 ORDER BY {ORDER}"
    return [(article, "article", [title]) for article, title in db.rows(sql)]


def all_names(db: Catalogue) -> list[tuple[str, str, list[str]]]:
    """`(entry id, kind, names)` of every entry that has names."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, entry, kind in db.rows("SELECT name, entry, kind FROM names ORDER BY rowid"):
        found.setdefault((entry, kind), []).append(name)
    return [(entry, kind, names) for (entry, kind), names in found.items()]
