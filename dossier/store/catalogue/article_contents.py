"""Contents of an article: its quotes, the delegations that speak or are mentioned, its issues and its events."""

from collections import Counter

from dossier.model.anchors import Evidence
from dossier.model.entries import Kind
from dossier.model.relations import ABOUT, SAID_BY
from dossier.model.views import CONTENTS, LinkGroup, LinkRow
from dossier.store.catalogue.catalogue import Catalogue


def contents(db: Catalogue, article: str) -> tuple[list[LinkRow], tuple[LinkGroup, ...]]:
    """List the entries that rest on an article, grouped by `CONTENTS`: those with most quotes and links first.

    Quotes and events stand in the order of their words.
    """
    counts: Counter[str] = Counter()
    anchored: dict[str, list[Evidence]] = {}
    sql = "article = ? ORDER BY start < 0, start, ordinal"
    for evidence in db.evidence(sql, article):
        anchored.setdefault(evidence.owner, []).append(evidence)
    for owner in anchored:
        counts[owner] = max(counts[owner], 1)
        for end in _ends(db, owner):
            counts[end] += end not in anchored
    rows, groups = [], []
    for name, kinds in CONTENTS.items():
        found = [row for one in counts if (row := _row(db, name, article, one, kinds, anchored, counts[one]))]
        if name in ("sides", "issues"):
            found.sort(key=lambda row: -row.count)
        if found:
            groups.append(LinkGroup(name, True, len(found)))
            rows += found
    return rows, tuple(groups)


def _ends(db: Catalogue, owner: str) -> set[str]:
    """The speakers and issues of a quote, or both ends of a link, by the key that owns the evidence."""
    found = set(db.values("SELECT target FROM links WHERE source = ? AND relation IN (?, ?)", owner, SAID_BY, ABOUT))
    for source, target in db.rows("SELECT source, target FROM links WHERE key = ? AND field = ''", owner):
        found |= {source, target}
    return found


def _row(
    db: Catalogue,
    name: str,
    article: str,
    one: str,
    kinds: tuple[Kind, ...],
    anchored: dict[str, list[Evidence]],
    count: int,
) -> LinkRow | None:
    entry = db.entry(one)
    if entry is None or entry.kind not in kinds:
        return None
    evidence = tuple(anchored.get(one, ()))
    counted = 0 if evidence else count
    return LinkRow(name, True, article, one, entry.kind, entry.title, f"in {article} {one}", evidence, count=counted)
