"""Questions that a narrowed list asks: which entries hold typed words, how many links lead into a lens, who speaks."""

from collections.abc import Collection, Sequence

from dossier.model.entries import Kind
from dossier.model.folding import fold
from dossier.model.relations import SAID_BY
from dossier.store.catalogue.catalogue import Catalogue


def matching(db: Catalogue, kinds: Sequence[Kind], words: str) -> set[int]:
    """The numbers of the entries whose name, id or speaker holds each of some words, in any case."""
    wanted = fold(words).casefold().split()
    return {n for n, text in _texts(db, kinds) if all(word in text for word in wanted)}


def count_within(db: Catalogue, entry: str, within: Collection[str]) -> int:
    """The number of links of an entry that have their other end `within` some ids."""
    ends = db.values("SELECT target FROM links WHERE source = ?", entry)
    ends += db.values("SELECT source FROM links WHERE target = ?", entry)
    return sum(end in within for end in ends)


def speakers_of(db: Catalogue, quote: str) -> set[str]:
    """The ids of those who said a quote."""
    return set(db.values("SELECT target FROM links WHERE source = ? AND relation = ?", quote, SAID_BY))


def _texts(db: Catalogue, kinds: Sequence[Kind]) -> list[tuple[int, str]]:
    marks = ",".join("?" * len(kinds))
    entries = db.rows(f"SELECT n, id, title FROM entries WHERE kind IN ({marks}) AND shadow = 0", *kinds)
    names: dict[str, list[str]] = {}
    if "quote" in kinds:
        sql = """SELECT k.source, e.title FROM links k JOIN entries e ON e.id = k.target AND e.shadow = 0
            WHERE k.relation = ?"""
        found = db.rows(sql, SAID_BY)
    else:
        found = db.rows(f"SELECT entry, name FROM names WHERE kind IN ({marks})", *kinds)
    for entry, name in found:
        names.setdefault(entry, []).append(name)
    return [(n, fold(" ".join((title, one, *names.get(one, ())))).casefold()) for n, one, title in entries]
