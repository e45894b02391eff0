"""Check for evidence in the lock that the dossier no longer has: none disappears unseen."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from dossier.model.entries import Anchor
from dossier.model.folding import fold
from dossier.model.locked import AnchorKey, Locked
from dossier.model.problems import Place, Problem
from dossier.model.resolving import CHANGED_BESIDE, NOTHING_LEFT
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.queries import OF_ARCHIVE
from dossier.store.sync import lockfile

CODE = "gone-from-lock"
_BESIDE = (CHANGED_BESIDE, NOTHING_LEFT)
_HINT = "put it back, or let it go with dossier check --lock"
_lines = msgspec.msgpack.Decoder(list[Locked]).decode
_wanted = msgspec.msgpack.Decoder(Anchor).decode


def locked_lines(db: Catalogue) -> list[tuple[int, Locked]]:
    """Return every line of the lock with its number in the file, from 1, as the program writes it."""
    lines = [line for blob in db.values("SELECT lines FROM locked") for line in _lines(blob)]
    return list(enumerate(sorted(lines, key=lockfile.order), 2))


def count_unheld(db: Catalogue) -> int:
    """Return how many anchors the lock does not hold; 0 where there is no lock."""
    lines = locked_lines(db)
    if not lines:
        return 0
    held = {line.anchor for _, line in lines}
    return sum(key not in held for key in _anchors(db))


def gone(db: Catalogue) -> Iterator[Problem]:
    """Yield a problem for each article and each entry of which the lock holds what the dossier no longer has."""
    lines = locked_lines(db)
    if not lines:
        return
    anchors = _anchors(db)
    there = set(anchors)
    lost = [(number, line) for number, line in lines if line.anchor not in there]
    if not lost:
        return
    articles = dict(db.rows("SELECT id, digest FROM articles"))
    yield from _articles(lost, articles)
    held = {line.anchor for _, line in lines}
    free: dict[tuple[str, str], list[str]] = {}
    for key in anchors:
        if key not in held:
            free.setdefault((key[1], key[2]), []).append(key[0])
    yield from _entries(((n, line) for n, line in lost if line.article in articles), free, {key[0] for key in anchors})


def other_surroundings(db: Catalogue) -> Iterator[Problem]:
    """Yield a problem for evidence whose words stand as they were locked, while others stand beside them."""
    direct = set(db.values("SELECT id FROM entries WHERE attribution = 'direct' AND shadow = 0"))
    said = " OR ".join("instr(record, ?)" for _ in _BESIDE)
    for one in db.evidence(
        f"noted = 1 AND status IN ('exact', 'moved') AND ({said})", *(note.encode() for note in _BESIDE)
    ):
        if one.quoted or one.owner not in direct:  # else it is told that quotation marks beside it are gone
            shown = one.wanted.text if len(one.wanted.text) <= 60 else one.wanted.text[:59] + "…"
            message = (
                f"“{shown}” stands in {one.article}, ¶ {one.paragraph}, beside other words than when it was locked"
            )
            accept = " --accept-moved" if one.status == "moved" else ""
            hint = (
                f"see who says it now, and when; if it is right, write the lock anew with dossier check --lock{accept}"
            )
            yield Problem(one.wanted.place, "warning", "other-surroundings", message, hint)


def _articles(lost: list[tuple[int, Locked]], articles: dict[str, bytes]) -> Iterator[Problem]:
    grouped: dict[str, list[tuple[int, Locked]]] = {}
    for number, line in lost:
        if line.article not in articles:
            grouped.setdefault(line.article, []).append((number, line))
    by_digest = {digest.hex(): one for one, digest in articles.items() if digest}
    for article, lines in grouped.items():
        count = f"{len(lines)} anchor{'' if len(lines) == 1 else 's'}"
        renamed = next((by_digest[line.sha256] for _, line in lines if line.sha256 in by_digest), "")
        if renamed:
            message = f"the article {article}, with {count} in the lock, is now called {renamed}"
            yield _problem(lines[0][0], message, "write the lock anew with dossier check --lock")
        else:
            yield _problem(lines[0][0], f"the article {article} is gone, with {count} that the lock holds", _HINT)


def _entries(
    lost: Iterable[tuple[int, Locked]], free: dict[tuple[str, str], list[str]], owners: set[str]
) -> Iterator[Problem]:
    for number, line in lost:
        shown = line.words if len(line.words) <= 60 else line.words[:59] + "…"
        others = [one for one in free.get((line.article, fold(line.words)), ()) if one != line.owner]
        if others and line.owner not in owners:
            message = f"{line.owner}, “{shown}” in {line.article}, is now called {others[0]}"
            yield _problem(number, message, "write the lock anew with dossier check --lock")
        elif line.owner in owners:
            message = f"{line.owner} no longer rests on “{shown}” in {line.article}, as the lock has it"
            yield _problem(number, message, _HINT)
        else:
            yield _problem(number, f"{line.owner}, “{shown}” in {line.article}, is gone", _HINT)


def _problem(number: int, message: str, hint: str) -> Problem:
    return Problem(Place(lockfile.FILE, number), "warning", CODE, message, hint)


def _anchors(db: Catalogue) -> list[AnchorKey]:
    found: list[AnchorKey] = []
    row: tuple[Any, ...]
    for row in db.rows(f"SELECT owner, article, wanted FROM anchors WHERE NOT file {OF_ARCHIVE}"):
        one = _wanted(row[2])
        found.append((row[0], row[1], fold(one.text), one.before, one.after, one.occurrence))
    return found
