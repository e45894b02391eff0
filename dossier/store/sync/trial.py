"""A trial of files before they are written: the problems that the check would find, and where their anchors stand.

Only the changed files are read, into a catalogue in memory; of the rest of the dossier it gets what these files refer
to. So an edit of a dossier of ten thousand articles is checked as quickly as one of ten.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dossier.model.anchors import Evidence
from dossier.model.entries import Anchor, Entry, Link
from dossier.model.problems import Problem
from dossier.model.relations import BUILT_IN
from dossier.model.resolving import Text
from dossier.model.sheets import FileContents
from dossier.store.catalogue import header
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.queries import COUNTING, CatalogueQueries
from dossier.store.catalogue.rows import Rows, rows_of
from dossier.store.sync import checks
from dossier.store.sync.anchor_scan import found_in, lost, resolved_rows
from dossier.store.sync.kept_rows import known_rows

_REST = "\0rest"
_PLACES = re.compile(r"[\w./-]+:\d+:\d+")
_wanted = msgspec.msgpack.Decoder(Anchor).decode


class Scratch(Catalogue):
    """A catalogue in memory, for one trial."""

    def __init__(self) -> None:
        CatalogueQueries.__init__(self, sqlite3.connect(":memory:", isolation_level=None))
        self._make(1)


class TrialContents(Struct, frozen=True):
    """The contents that files would have."""

    files: Mapping[str, str]
    """The text of each, by path."""
    problems: tuple[Problem, ...]
    """Every problem that stands in one of them."""
    evidence: tuple[tuple[str, Evidence], ...]
    """Every anchor in them, with the kind of what rests on it."""
    anchors: tuple[tuple[str, Anchor], ...]
    """Every anchor in them as it is written, with its owner; it names its article where one is meant."""

    def sheet(self, file: str) -> FileContents:
        """Return what a file says by itself."""
        return known_rows(file, _encoded(self.files[file]))[0]

    @property
    def sound(self) -> bool:
        """Return whether none of the problems is an error."""
        return all(problem.severity != "error" for problem in self.problems)

    def worse_than(self, before: "TrialContents") -> Problem | None:
        """The first error that was not there before; lines may have moved."""
        known = [_problem_key(problem) for problem in before.problems]
        for problem in self.problems:
            if problem.severity != "error":
                continue
            if _problem_key(problem) in known:
                known.remove(_problem_key(problem))
            else:
                return problem
        return None


def try_contents(files: Mapping[str, str], known: Catalogue, text_of: Callable[[str], Text | None]) -> TrialContents:
    """Read the contents that YAML files, given by path, would have in the dossier that a catalogue knows.

    `text_of` gives the text of an article by its id; None where it cannot be read.
    """
    here: set[str] = set()
    named: set[str] = set()
    anchors: list[tuple[str, Anchor]] = []
    only = _only_article(known)
    db = Scratch()
    try:
        for path, text in files.items():  # the rows of one file at a time: an edit may change hundreds
            sheet, rows = known_rows(path, _encoded(text))
            here.update(entry.id for entry in sheet.entries)
            named.update(_named(sheet))
            anchors += _anchors(rows, only)
            db.keep([rows])
        db.keep([rows_of(_rest(here, named, known, set(files)), "yaml", b"", b"")])
        _settle(db, only)
        for article in db.values("SELECT DISTINCT article FROM anchors WHERE digest IS NULL"):
            words, waiting = text_of(article) if article else None, db.unresolved(article)
            why = f"the article {article} cannot be read" if article else "neither the anchor nor its file names one"
            found = found_in(words, waiting, article) if words else lost(waiting, why)
            db.resolve({article: resolved_rows(found, b"-")})
        problems = tuple(one for one in checks.problems(db) if one.place.file in files)
        evidence = tuple((what, one) for _, what, one in db.anchored("file <> ? ORDER BY n", _REST))
    finally:
        db._db.close()  # noqa: SLF001  a catalogue's own `close` seals a file
    return TrialContents(files, problems, evidence, tuple(anchors))


def anchors_in(files: Mapping[str, str], known: Catalogue) -> tuple[tuple[str, Anchor], ...]:
    """Return every anchor that YAML files, given by path, write, with its owner.

    Nothing is looked for: that takes as long as all else that an edit needs.
    """
    only = _only_article(known)
    return tuple(one for path, text in files.items() for one in _anchors(known_rows(path, _encoded(text))[1], only))


def _anchors(rows: Rows, only: str) -> Iterator[tuple[str, Anchor]]:
    for owner, *_, article, record in rows["anchors"]:
        yield owner, replace(_wanted(record), article=article or only)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _only_article(known: Catalogue) -> str:
    """Return the article that is meant where none is named; empty where there are several."""
    found = known.values("SELECT id FROM entries WHERE kind = 'article' AND shadow = 0 LIMIT 2")
    return found[0] if len(found) == 1 else ""


def _named(sheet: FileContents) -> Iterator[str]:
    """The ids that a file names: ends of its links, and articles of its anchors."""
    for link in sheet.links:
        yield from (link.source, link.target, *(one.article for one in link.wanted if one.article))
    for entry in sheet.entries:
        yield from (one.article for one in entry.wanted if one.article)


def _rest(here: set[str], named: set[str], known: Catalogue, files: set[str]) -> FileContents:
    """The entries of the rest of the dossier that the files name, with the issues above them and those in them."""
    entries: dict[str, Entry] = {}
    links: list[Link] = []
    waiting = [*named, *here]
    seen: set[str] = set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        for entry in known.entries(f"id = ? ORDER BY {COUNTING} LIMIT 5", one):
            if entry.place.file not in files:
                entries.setdefault(one, entry)
        if one in entries:
            above = [link for _, link in known.links("source = ? AND field = 'parent'", one)]
            links += above
            waiting += [link.target for link in above]
    relations = tuple(
        relation
        for name, relation in header.relations(known).items()
        if BUILT_IN.get(name) != relation and relation.place.file not in files
    )
    return FileContents(_REST, entries=tuple(entries.values()), links=tuple(links), relations=relations)


def _settle(db: Catalogue, only: str) -> None:
    for entry_id in db.values("SELECT id FROM entries GROUP BY id HAVING count(*) > 1"):
        numbers = db.values(f"SELECT n FROM entries WHERE id = ? ORDER BY {COUNTING}", entry_id)
        db.run_many("UPDATE entries SET shadow = 1 WHERE n = ?", [(n,) for n in numbers[1:]])
    db.run("UPDATE anchors SET article = ? WHERE given = ''", only)
    db.run("INSERT INTO articles SELECT id, '', x'2d', x'', x'90' FROM entries WHERE kind = 'article' AND shadow = 0")


def _problem_key(problem: Problem) -> tuple[str, str, str]:
    return problem.place.file, problem.code, _PLACES.sub("", problem.message)
