"""What is wrong with a dossier as a whole: every problem, each where the author wrote it."""

import difflib
from collections.abc import Iterator

import msgspec

from dossier.model.anchors import STATUSES, Evidence
from dossier.model.entries import Kind
from dossier.model.fields import SECTIONS, Field
from dossier.model.problems import Place, Problem
from dossier.model.relations import BUILT_IN, Relation
from dossier.model.wording import differences
from dossier.store import contradictions
from dossier.store.answers import ORDER
from dossier.store.catalogue import Catalogue
from dossier.store.folders import Listing
from dossier.store.refusals import PathOutside

_problems = msgspec.msgpack.Decoder(list[Problem]).decode
_FIELDS: dict[str, Field] = {f.name: f for section in SECTIONS.values() for f in section.fields if f.targets}


def problems(db: Catalogue) -> list[Problem]:
    """Every problem of the dossier in the catalogue, in the order of files and lines, each told once."""
    found = [problem for sheet in db.sheets() for problem in sheet.problems]
    for blob in db.values("SELECT problems FROM articles"):
        found += _problems(blob)
    for rule in (
        _twice,
        _links_to_nothing,
        _wrong_kinds,
        _relations,
        _relations_twice,
        _circles,
        _evidence,
        _names,
        _globs,
        contradictions.kinds_of_memberships,
        contradictions.unclear_memberships,
        contradictions.coalitions_in_circles,
        contradictions.contradictions,
        contradictions.same_events,
    ):
        found += rule(db)
    unique = dict.fromkeys(found)
    return sorted(unique, key=lambda p: (p.place.file != "dossier.yaml", p.place.file, p.place.line, p.place.column))


def relations(db: Catalogue) -> dict[str, Relation]:
    """The relations that links may have: the built-in ones, and those the dossier declares."""
    return BUILT_IN | {relation.name: relation for sheet in db.sheets() for relation in reversed(sheet.relations)}


def anchor_counts(db: Catalogue) -> dict[str, int]:
    """How many anchors have each status."""
    counts: dict[str, int] = dict.fromkeys(STATUSES, 0)
    return counts | dict(db.rows("SELECT status, count(*) FROM anchors GROUP BY status"))


def nearest(db: Catalogue, wrong: str, kinds: tuple[Kind, ...] = ()) -> str:
    """A hint that offers the ids nearest to one that is not there; empty when none is near."""
    marks = ",".join("?" * len(kinds))
    where = f"kind IN ({marks})" if kinds else "1"
    ids = db.values(f"SELECT id FROM entries WHERE {where}", *kinds)
    near = difflib.get_close_matches(wrong.lower(), ids, n=2, cutoff=0.6)
    if near:
        return f"did you mean {' or '.join(near)}?"
    if kinds and len(ids) <= 8:
        return f"there is {', '.join(ids)}" if ids else f"the dossier has no {' or '.join(kinds)}"
    return "give one of the dossier's ids"


def _twice(db: Catalogue) -> Iterator[Problem]:
    for entry in db.entries(f"shadow = 1 ORDER BY {ORDER}"):
        first = db.entry(entry.id)
        assert first is not None
        message = f"the id {entry.id} is already that of the {first.kind} at {first.place}"
        hint = "give one of them another id"
        if entry.kind == first.kind == "person":
            hint = "keep one; if it is one person in two delegations, say memberships: [{delegation: …}] there"
        yield Problem(entry.place, "error", "duplicate-id", message, hint)


def _links_to_nothing(db: Catalogue) -> Iterator[Problem]:
    for end in ("source", "target"):
        missing = f"NOT EXISTS (SELECT 1 FROM entries WHERE id = links.{end})"
        for _, link in db.links(missing):
            if end == "source" and link.field:
                continue  # the entry that writes it was itself refused, and told
            wrong, place = (link.source, link.source_place) if end == "source" else (link.target, link.target_place)
            field = link.field or ("from" if end == "source" else "to")
            kinds = _FIELDS[field].targets if field in _FIELDS else ()
            message = f"{field}: there is no entry with the id {wrong}"
            yield Problem(place, "error", "unknown-id", message, nearest(db, wrong, kinds))
    for n, owner, article, place in _unknown_articles(db):
        del n, owner
        message = f"article: there is no article with the id {article}"
        yield Problem(place, "error", "unknown-id", message, nearest(db, article, ("article",)))


def _unknown_articles(db: Catalogue) -> Iterator[tuple[int, str, str, Place]]:
    sql = "SELECT n, owner, article FROM anchors WHERE article <> '' AND article NOT IN (SELECT id FROM articles)"
    for n, owner, article in db.rows(sql):
        yield n, owner, article, db.evidence("n = ?", n)[0].wanted.place


def _wrong_kinds(db: Catalogue) -> Iterator[Problem]:
    for field in _FIELDS.values():
        marks = ",".join("?" * len(field.targets))
        other = f"EXISTS (SELECT 1 FROM entries e WHERE e.id = links.target AND shadow = 0 AND e.kind NOT IN ({marks}))"
        for _, link in db.links(f"field = ? AND {other}", field.name, *field.targets):
            kind = db.value("SELECT kind FROM entries WHERE id = ? AND shadow = 0", link.target)
            message = f"{field.name}: {link.target} is {_a(kind)}, not {' or '.join(map(_a, field.targets))}"
            yield Problem(link.target_place, "error", "wrong-kind", message, nearest(db, link.target, field.targets))


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _relations(db: Catalogue) -> Iterator[Problem]:
    known = relations(db)
    for name in db.values("SELECT DISTINCT relation FROM links"):
        if name in known:
            continue
        near = difflib.get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}?" if near else "declare it under relations, with its inverse"
        for _, link in db.links("relation = ?", name):
            place = link.relation_place or link.place
            yield Problem(place, "error", "unknown-relation", f"there is no relation {name}", hint)


def _relations_twice(db: Catalogue) -> Iterator[Problem]:
    seen: dict[str, Relation] = {}
    for sheet in db.sheets():
        for relation in sheet.relations:
            first = seen.setdefault(relation.name, relation)
            if first is not relation:
                message = f"the relation {relation.name} is already declared at {first.place}"
                yield Problem(relation.place, "error", "duplicate-relation", message, "keep one of the two")


def _circles(db: Catalogue) -> Iterator[Problem]:
    up = {link.source: link for _, link in db.links("field = 'parent'")}
    for start, link in up.items():
        chain = [start]
        while (above := up.get(chain[-1])) and above.target not in chain:
            chain.append(above.target)
        if above and above.target == start and start == min(chain):
            message = f"{' is part of '.join([*chain, start])}"
            yield Problem(link.target_place, "error", "circle", message, "take out one parent")


def _evidence(db: Catalogue) -> Iterator[Problem]:
    for evidence in db.evidence("status IN ('ambiguous', 'missing', 'reworded')"):
        if evidence.article and not db.value("SELECT length(digest) FROM articles WHERE id = ?", evidence.article):
            continue  # told once, of the article
        yield unsound(evidence)


def unsound(evidence: Evidence) -> Problem:
    """The problem of a piece of evidence that is not where it should be."""
    words = evidence.wanted.text
    shown = words if len(words) <= 60 else words[:59] + "…"
    place = evidence.wanted.place
    if not evidence.article:
        hint = "name it with article: in the anchor, or once at the top of the file"
        return Problem(place, "error", "no-article", f"{evidence.why}: “{shown}”", hint)
    message = f"“{shown}” in {evidence.article}: {evidence.why}"
    if evidence.status == "ambiguous":
        where = ", ".join(str(start) for start, _ in evidence.places)
        hint = f"choose with before, after or occurrence; they stand at the offsets {where}"
        return Problem(place, "error", "ambiguous-anchor", message, hint)
    if evidence.status == "reworded":
        hint = f"it now reads “{_other_words(words, evidence.text)}”; take the new words over, or leave it out"
        return Problem(place, "error", "reworded-anchor", message, hint)
    return Problem(place, "error", "missing-anchor", message, "give the words exactly as the article has them")


def _other_words(old: str, new: str) -> str:
    """The new words from shortly before the first difference on, in at most 60 characters."""
    found = differences(old, new)
    start = max(found[0].new[0] - 20, 0) if found and len(new) > 60 else 0
    end = start + 60
    return ("…" if start else "") + new[start:end] + ("…" if end < len(new) else "")


def _names(db: Catalogue) -> Iterator[Problem]:
    sql = (
        "SELECT name, group_concat(DISTINCT entry) FROM names WHERE found = 1"
        " GROUP BY name HAVING count(DISTINCT entry) > 1"
    )
    for name, ids in db.rows(sql):
        first, *others = sorted(ids.split(","))
        entry = db.entry(others[0])
        if entry:
            message = f"{name} is a name of {first} and of {', '.join(others)}; it is not shown as a mention of either"
            place = entry.place_of("aliases")
            yield Problem(place, "warning", "shared-name", message, "take it from one, or say mentions: false")


def _globs(db: Catalogue) -> Iterator[Problem]:
    read = Listing(dict.fromkeys(db.values("SELECT path FROM files WHERE role = 'front'"), (0, 0, 0, 0)))
    for sheet in db.sheets():
        for pattern, place in sheet.globs:
            try:
                matched = read.glob(pattern)
            except PathOutside as refused:
                yield refused.problem(place)
                continue
            if not matched:
                message = f"article_files: {pattern} matches no file"
                yield Problem(place, "warning", "no-match", message, "give a pattern such as articles/*.md")
