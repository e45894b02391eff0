"""Files that were not read to their end: half-written ones, and broken ones."""

from dossier.model.problems import Place, Problem
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.tables import EMPTY

CODES = ("yaml-syntax", "not-utf-8", "not-a-text", "file-too-large", "unreadable")
"""Rules whose breach leaves the rest of a file unread."""

SHAPE = "wrong-shape"
"""The rule that is broken by a file that is no mapping at all; only then does the file hold nothing."""


def unread(db: Catalogue) -> dict[str, Problem]:
    """The YAML files that were not read to their end, or hold nothing, each with what is wrong with it."""
    told = " OR ".join(f"instr(sheet, x'{code.encode().hex()}')" for code in (*CODES, SHAPE))
    suspects = set(db.values(f"SELECT path FROM files WHERE sheet <> x'' AND role = 'yaml' AND ({told})"))
    found = {
        problem.place.file: problem
        for sheet in (db.sheets() if suspects else ())
        for problem in reversed(sheet.problems)
        if problem.place.file in suspects and (problem.code in CODES or _holds_nothing(db, problem))
    }
    for path in db.values(f"SELECT path FROM files WHERE digest = x'{EMPTY}' AND role = 'yaml'"):
        found[path] = Problem(Place(path), "error", "empty", "the file is empty")
    return found


def _holds_nothing(db: Catalogue, problem: Problem) -> bool:
    if problem.code != SHAPE:
        return False
    return not any(
        db.value(f"SELECT 1 FROM {table} WHERE file = ?", problem.place.file) for table in ("entries", "links")
    )


def files(db: Catalogue) -> frozenset[str]:
    """The YAML files there were when the folder was last read."""
    return frozenset(db.values("SELECT path FROM files WHERE role = 'yaml'"))
