"""Problems that have one cause, as one problem: an author mends causes, and seventy lines hide the one that matters."""

import re
from collections.abc import Iterable, Iterator

from dossier.model.anchors import Evidence
from dossier.model.problems import Place, Problem
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.sync.explaining import find_elsewhere, unsound
from dossier.store.sync.nearest import nearest
from dossier.store.sync.sources import ArticleSources

_CLOSELY = 100
"""Number of anchors for which the words in place of theirs are looked up; each may take some milliseconds."""
_MANY = 3
"""Number of anchors from which on a failure that all share is reported as one problem."""


def merge_causes(found: Iterable[Problem]) -> list[Problem]:
    """The problems that each file has by itself; one that stands many times is told once, at its first place."""
    places: dict[tuple[str, str], list[Place]] = {}
    kept: list[tuple[tuple[str, str] | None, Problem]] = []
    for problem in found:
        if problem.code == "unknown-front-matter":
            key = ("", problem.message)
        elif problem.code == "unknown-field":
            key = (problem.place.file, problem.message)
        else:
            kept.append((None, problem))
            continue
        if key not in places:
            kept.append((key, problem))
        places.setdefault(key, []).append(problem.place)
    return [problem if key is None else _with_count(problem, places[key]) for key, problem in kept]


def _with_count(problem: Problem, places: list[Place]) -> Problem:
    """The problem with the number and places of its repetitions."""
    more = len(places) - 1
    if not more:
        return problem
    where = f"in {more + 1:,} articles" if problem.code == "unknown-front-matter" else f"at {more:,} more places"
    so = "so it is" if problem.code == "unknown-front-matter" else "the same"
    return Problem(problem.place, problem.severity, problem.code, f"{problem.message}; {so} {where}", problem.hint)


def articles_that_are_not(db: Catalogue, sources: ArticleSources) -> Iterator[Problem]:
    """The articles that anchors name and that there are not, each told once."""
    sql = "SELECT n, file, article FROM anchors WHERE article <> '' AND article NOT IN (SELECT id FROM articles)"
    unread = {one for sheet in db.sheets() for one in sheet.unread}
    causes: dict[str, list[tuple[int, str]]] = {}
    for n, file, article in db.rows(f"{sql} ORDER BY n"):
        if article not in unread:
            causes.setdefault(article, []).append((n, file))
    for article, anchors in causes.items():
        number, file = anchors[0]
        header = _header(file, article, sources)
        place = header or db.evidence("n = ?", number)[0].wanted.place
        message = f"article: there is no article with the id {article}"
        if len(anchors) > 1:
            files = len({file for _, file in anchors})
            message += f"; {len(anchors)} anchors rest on it" + (f" in {files} files" if files > 1 else "")
        yield Problem(place, "error", "unknown-id", message, nearest(db, article, ("article",)))


def evidence(db: Catalogue, sources: ArticleSources) -> Iterator[Problem]:
    """Every piece of evidence that is not where it should be, those together that fail for one reason."""
    groups: dict[tuple[str, str], list[Evidence]] = {}
    closely = _CLOSELY
    unsettled = db.evidence("status IN ('ambiguous', 'missing', 'reworded')")
    for one in sorted(unsettled, key=lambda one: (one.wanted.place.file, one.wanted.place.line)):
        if one.article and not db.value("SELECT length(digest) FROM articles WHERE id = ?", one.article):
            continue  # told once, of the article
        groups.setdefault((one.wanted.place.file, one.article), []).append(one)
    for (file, article), found in groups.items():
        if not article:
            yield _no_article(found)
            continue
        other = _all_elsewhere(found, sources)
        if other:
            place = _header(file, article, sources) or found[0].wanted.place
            message = f"the words of {len(found)} anchors are not in {article} but in {other}"
            yield Problem(place, "error", "missing-anchor", message, f"did you mean article: {other}?")
        elif _another_text(db, found):
            entry = db.entry(article)
            place = entry.place_of("file") if entry else found[0].wanted.place
            message = f"of the words of {len(found)} anchors none is in the text of {article}; the first is at"
            hint = "is this the right file? Each anchor is named by `dossier anchors`"
            yield Problem(place, "error", "missing-anchor", f"{message} {found[0].wanted.place}", hint)
        else:
            for one in found:
                yield unsound(one, db, sources, closely=closely > 0)
                closely -= 1


def _no_article(found: list[Evidence]) -> Problem:
    words = found[0].wanted.text
    message = f"{found[0].why}: “{words if len(words) <= 60 else words[:59] + '…'}”"
    if len(found) > 1:
        message += f", and {len(found) - 1} more anchors of this file"
    hint = "name it with article: in the anchor, or once at the top of the file"
    return Problem(found[0].wanted.place, "error", "no-article", message, hint)


def _all_elsewhere(found: list[Evidence], sources: ArticleSources) -> str:
    """The one other article in which the words of all these anchors stand; empty when there is none."""
    if len(found) < 2 or any(one.status != "missing" for one in found):
        return ""
    others = {other.article if (other := find_elsewhere(one.wanted, sources)) else "" for one in found}
    return others.pop() if len(others) == 1 else ""


def _another_text(db: Catalogue, found: list[Evidence]) -> bool:
    """Return whether all anchors into an article are missing, so that it is likely another text."""
    if len(found) < _MANY or any(one.status != "missing" for one in found):
        return False
    return bool(db.value("SELECT count(*) FROM anchors WHERE article = ?", found[0].article) == len(found))


def _header(file: str, article: str, sources: ArticleSources) -> Place | None:
    """The place where a file names the article of its anchors."""
    pattern = re.compile(rf"(article:[ \t]*[\"']?){re.escape(article)}(?![\w.-])")
    for number, line in enumerate(sources.lines(file), 1):
        match = pattern.match(line)
        if match:
            column = match.end(1) if match[1][-1] in "\"'" else match.end(1) + 1
            return Place(file, number, column)
    return None
