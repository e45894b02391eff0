"""Check a dossier as a whole: every problem at the place where the author wrote it, and each cause once."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

import msgspec

from dossier.model.anchors import CONDITION_LEFT_OUT, SENTENCE_LEFT_OUT, STRUCK
from dossier.model.entries import one_of_kinds
from dossier.model.field_spec import FieldSpec
from dossier.model.fields import SECTIONS
from dossier.model.folding import fold
from dossier.model.problems import Place, Problem
from dossier.model.relations import Relation
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.header import relations
from dossier.store.catalogue.queries import ORDER
from dossier.store.catalogue.rows import FIRST_FILES
from dossier.store.files.errors import PathOutside
from dossier.store.files.folder import Folder
from dossier.store.files.listing import FolderListing
from dossier.store.files.paths import is_of_archive
from dossier.store.sync import contradictions
from dossier.store.sync.causes import articles_that_are_not, evidence, merge_causes
from dossier.store.sync.consequences import under_causes
from dossier.store.sync.lock_checks import gone, other_surroundings
from dossier.store.sync.nearest import nearest, nearest_relation
from dossier.store.sync.opposite_links import opposite_links
from dossier.store.sync.sources import ArticleSources

_problems = msgspec.msgpack.Decoder(list[Problem]).decode
_FIELDS: dict[str, FieldSpec] = {f.name: f for section in SECTIONS.values() for f in section.fields if f.targets}
_MANY = 3
"""Number of entries of a wrong kind from which on they are reported as one problem."""
NO_ARCHIVE = "no-archive"
"""The rule that the archive which is extended can be opened: without it nobody can tell what is not there."""
_UNREAD = frozenset({"file-too-large", "unreadable"})
"""Rules whose breach costs a whole file, of which nobody can tell what is written in it."""


def problems(db: Catalogue, folder: Folder | None = None, sources: ArticleSources | None = None) -> list[Problem]:
    """Every problem of the dossier in the catalogue, in the order of files and lines, each told once.

    With the `folder`, or with the `sources` in it, it is also told what stands where something else was expected.
    """
    sources = sources or ArticleSources(db, folder)
    found = [problem for sheet in db.sheets() for problem in sheet.problems]
    for blob in db.values("SELECT problems FROM articles"):
        found += _problems(blob)
    found = merge_causes(found)
    lacking = any(problem.code == NO_ARCHIVE for problem in found)
    told = {(problem.place.file, problem.place.line) for problem in found if problem.severity == "error"}
    for rule in _rules():
        if not (lacking and rule in (_links_to_nothing, _relations, gone)):
            found += rule(db)
    if not lacking:
        found += articles_that_are_not(db, sources)
    found += _names_parted(db, sources)
    found += [one for one in evidence(db, sources) if (one.place.file, one.place.line) not in told]
    found += _in_archive(db, found)
    unique = dict.fromkeys(one for one in found if not is_of_archive(one.place.file))
    ordered = sorted(
        unique, key=lambda p: (p.place.file not in FIRST_FILES, p.place.file, p.place.line, p.place.column)
    )
    return under_causes(ordered)


def _rules() -> tuple[Callable[[Catalogue], Iterable[Problem]], ...]:
    """The rules that need the catalogue alone, in the order in which they are applied."""
    return (
        _duplicate_ids,
        _links_to_nothing,
        _wrong_kinds,
        _relations,
        _relations_twice,
        _circles,
        _not_quoted,
        _struck_through,
        gone,
        other_surroundings,
        _names,
        _globs,
        contradictions.kinds_of_memberships,
        contradictions.unclear_memberships,
        contradictions.coalitions_in_circles,
        contradictions.contradictions,
        opposite_links,
        contradictions.same_events,
    )


def _in_archive(db: Catalogue, found: list[Problem]) -> list[Problem]:
    """Return one line for the errors of the archive that is extended, which its publisher has to mend."""
    errors = sum(one.severity == "error" and is_of_archive(one.place.file) for one in found)
    extends = next((sheet.extends for sheet in db.sheets() if sheet.extends), None)
    if not errors or extends is None:
        return []
    message = f"the archive {extends.archive} has errors of its own, {errors:,} in all"
    hint = "tell its publisher; dossier check -d ARCHIVE names them"
    return [Problem(extends.place, "warning", "errors-in-archive", message, hint)]


def _duplicate_ids(db: Catalogue) -> Iterator[Problem]:
    pairs: dict[tuple[str, str], list[Problem]] = {}
    for entry in db.entries(f"shadow = 1 ORDER BY {ORDER}"):
        first = db.entry(entry.id)
        assert first is not None
        message = f"the id {entry.id} is already that of the {first.kind} at {first.place}"
        hint = "give one of them another id"
        if entry.kind == first.kind == "person":
            hint = "keep one; if it is one person in two delegations, say memberships: [{delegation: …}] there"
        problem = Problem(entry.place, "error", "duplicate-id", message, hint)
        pairs.setdefault((entry.place.file, first.place.file), []).append(problem)
    for (file, other), found in pairs.items():
        if file == other or len(found) < 3:
            yield from found
            continue
        message = f"{len(found)} ids of this file, the first of them here, are already in {other}"
        yield Problem(found[0].place, "error", "duplicate-id", message, "is it a copy? Delete one of the two")


def _links_to_nothing(db: Catalogue) -> Iterator[Problem]:
    sheets = db.sheets()
    unread = {one for sheet in sheets for one in sheet.unread}
    if any(problem.code in _UNREAD for sheet in sheets for problem in sheet.problems):
        return  # what is named may be written there
    causes: dict[str, list[tuple[str, Place]]] = {}
    for end in ("target", "source"):
        missing = f"NOT EXISTS (SELECT 1 FROM entries WHERE id = links.{end})"
        for _, link in db.links(missing):
            if end == "source" and link.field:
                continue  # the entry that writes it was itself refused, and told
            wrong, place = (link.source, link.source_place) if end == "source" else (link.target, link.target_place)
            field = link.field or ("from" if end == "source" else "to")
            if wrong not in unread:
                causes.setdefault(wrong, []).append((field, place))
    for wrong, named in causes.items():
        (field, place), *_ = named
        kinds = next((_FIELDS[field].targets for field, _ in named if field in _FIELDS), ())
        message = f"{field}: there is no entry with the id {wrong}{_list_places([place for _, place in named])}"
        yield Problem(place, "error", "unknown-id", message, nearest(db, wrong, kinds))


def _list_places(places: list[Place]) -> str:
    """A sentence on the other places where the same is written."""
    others = [str(place) for place in places[1:4]]
    more = f" and {len(places) - 4} more" if len(places) > 4 else ""
    return f"; the same at {', '.join(others)}{more}" if others else ""


def _wrong_kinds(db: Catalogue) -> Iterator[Problem]:
    for field in _FIELDS.values():
        marks = ",".join("?" * len(field.targets))
        other = f"EXISTS (SELECT 1 FROM entries e WHERE e.id = links.target AND shadow = 0 AND e.kind NOT IN ({marks}))"
        causes: dict[str, list[Place]] = {}
        for _, link in db.links(f"field = ? AND {other}", field.name, *field.targets):
            causes.setdefault(link.target, []).append(link.target_place)
        kinds = {target: db.value("SELECT kind FROM entries WHERE id = ? AND shadow = 0", target) for target in causes}
        wanted = one_of_kinds(*field.targets)
        for kind in dict.fromkeys(kinds.values()):
            alike = [target for target in causes if kinds[target] == kind]
            if len(alike) >= _MANY and len(field.targets) == 1:
                first = min((entry.place for target in alike if (entry := db.entry(target))), key=lambda p: p.line)
                message = (
                    f"{field.name}: {len(alike)} entries such as {alike[0]} are each {one_of_kinds(kind)}, not {wanted}"
                )
                hint = f"is the line of their section missing here, or indented? They stand under that of each {kind}"
                yield Problem(first, "error", "wrong-kind", message, hint)
                continue
            for target in alike:
                places = causes[target]
                message = f"{field.name}: {target} is {one_of_kinds(kind)}, not {wanted}{_list_places(places)}"
                yield Problem(places[0], "error", "wrong-kind", message, nearest(db, target, field.targets))


def _relations(db: Catalogue) -> Iterator[Problem]:
    known = relations(db)
    unread = {one for sheet in db.sheets() for one in sheet.unread}
    for name in db.values("SELECT DISTINCT relation FROM links"):
        if name in known or name in unread:
            continue
        places = [link.relation_place or link.place for _, link in db.links("relation = ?", name)]
        message = f"there is no relation {name}{_list_places(places)}"
        yield Problem(places[0], "error", "unknown-relation", message, nearest_relation(name, known))


def _relations_twice(db: Catalogue) -> Iterator[Problem]:
    seen: dict[str, Relation] = {}
    for sheet in sorted(db.sheets(), key=lambda one: not is_of_archive(one.file)):
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


def _not_quoted(db: Catalogue) -> Iterator[Problem]:
    """Direct quotes that do not stand in quotation marks, and quotes in pieces that leave the end of a sentence out."""
    direct = "noted = 1 AND what = 'quote' AND entry IN (SELECT id FROM entries WHERE attribution = 'direct')"
    for one in db.evidence(f"status IN ('exact', 'moved') AND {direct}"):
        words = one.wanted.text
        shown = words if len(words) <= 60 else words[:59] + "…"
        where = f"{one.article}, ¶ {one.paragraph}"
        if not one.quoted:
            message = f"“{shown}” is direct, but does not stand in quotation marks in {where}"
            hint = "say attribution: paraphrase, or give the words between the quotation marks"
            yield Problem(one.wanted.place, "warning", "direct-not-quoted", message, hint)
        code = "sentence-left-out" if SENTENCE_LEFT_OUT in one.why else ""
        code = code or ("condition-left-out" if CONDITION_LEFT_OUT in one.why else "")
        if code:
            message = f"“{shown}” in {where}: {one.why}"
            hint = "make two quotes of it, or give the words in between"
            yield Problem(one.wanted.place, "warning", code, message, hint)


def _struck_through(db: Catalogue) -> Iterator[Problem]:
    """Evidence that the article itself has struck through."""
    for one in db.evidence("noted = 1 AND status IN ('exact', 'moved') AND instr(record, ?)", STRUCK.encode()):
        shown = one.wanted.text if len(one.wanted.text) <= 60 else one.wanted.text[:59] + "…"
        message = f"“{shown}” in {one.article}, ¶ {one.paragraph}: {STRUCK}"
        hint = "give the words that stand in their place, or say in `note:` that they were taken back"
        yield Problem(one.wanted.place, "warning", "struck-through", message, hint)


def _names_parted(db: Catalogue, sources: ArticleSources) -> Iterator[Problem]:
    """Names that a comma parts in a list in brackets, while an article has them as one: `aliases: [Paris, Texas]`."""
    for entry in db.entries("kind IN ('delegation', 'person', 'issue', 'event') AND shadow = 0"):
        names = entry.texts("aliases")
        place = entry.place_of("aliases")
        if len(names) < 2:
            continue
        line = next(iter(sources.lines(place.file)[place.line - 1 : place.line]), "")
        for first, second in pairwise(names):
            whole = f"{first}, {second}"
            if whole in line and sources.others_with(fold(whole)):
                apart = f"“{first}” and “{second}” are read apart, and an article has “{whole}”"
                message = f"“aliases” is cut at the comma: {apart}"
                hint = f'if it is one name, put it in quotation marks: "{whole}"'
                yield Problem(place, "warning", "cut-value", message, hint)


def _names(db: Catalogue) -> Iterator[Problem]:
    sql = (
        "SELECT name, group_concat(DISTINCT entry) FROM names WHERE found = 1"
        " GROUP BY name HAVING count(DISTINCT entry) > 1"
    )
    shared: dict[tuple[str, ...], list[str]] = {}
    for name, ids in db.rows(sql):
        shared.setdefault(tuple(sorted(ids.split(","))), []).append(name)
    for (first, *others), names in shared.items():
        entry = db.entry(others[0])
        if entry:
            said = names[0] if len(names) == 1 else f"each of {', '.join(names)}"
            message = f"{said} is a name of {first} and of {', '.join(others)}; it is not shown as a mention of either"
            place = entry.place_of("aliases")
            yield Problem(place, "warning", "shared-name", message, "take it from one, or say mentions: false")


def _globs(db: Catalogue) -> Iterator[Problem]:
    read = FolderListing(dict.fromkeys(db.values("SELECT path FROM files WHERE role = 'front'"), (0, 0, 0, 0)))
    for sheet in db.sheets():
        for pattern, place in sheet.globs:
            try:
                matched = read.glob(pattern, sheet.file)
            except PathOutside as refused:
                yield refused.problem(place)
                continue
            if not matched:
                message = f"article_files: {pattern} matches no file"
                yield Problem(place, "warning", "no-match", message, "give a pattern such as articles/*.md")
