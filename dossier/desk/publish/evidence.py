"""Evidence, statements and links as the pages of a site show them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from dossier.desk.publish.scope import SitePages, file_name
from dossier.model.anchors import Evidence
from dossier.model.matrix import Changes, Statement
from dossier.model.spoken_dates import spoken_date
from dossier.model.views import LinkRow, Row

if TYPE_CHECKING:
    from dossier.desk.desk import Desk
    from dossier.desk.matrix.statements import Statements

_STRUCTURE = ("members", "member of", "parts", "part of")
MOST = 400
"""Statements on one page: of all sides of an issue, else each side has a page with so many of its latest."""


class EvidenceRenderer:
    """Makes the values of templates out of records; what has no page is named without a link."""

    def __init__(self, desk: "Desk", scope: SitePages) -> None:
        self.desk = desk
        self.scope = scope
        self._titles: dict[str, str] = {}

    def title(self, entry_id: str) -> str:
        """The name of an entry."""
        if entry_id not in self._titles:
            entry = self.desk.entry(entry_id)
            self._titles[entry_id] = entry.title if entry else entry_id
        return self._titles[entry_id]

    def row(self, entry_id: str) -> Row | None:
        """An entry as one line, with dates in words."""
        return self.desk.row(entry_id, spoken_date)

    def link(self, entry_id: str, title: str = "") -> dict[str, Any]:
        """An entry with its page."""
        return {"path": self.scope.path(entry_id), "title": title or self.title(entry_id)}

    def evidence(self, found: Iterable[Evidence]) -> list[dict[str, Any]]:
        """Pieces of evidence with the paragraphs they stand in."""
        return [self._evidence(one) for one in found]

    def _evidence(self, one: Evidence) -> dict[str, Any]:
        path = self.scope.path(one.article)
        article = self.desk.entry(one.article) if one.article else None
        hidden = not one.sound and (article is None or self.scope.words_only(article))
        return {
            "sound": one.sound,
            "repeats": False,
            "status": one.status,
            "text": "" if hidden else one.text,
            "wanted": one.wanted.text,
            "why": one.why,
            "paragraph": one.paragraph,
            "source": self.title(one.article) if one.article else "no article",
            "path": f"{path}#p{one.paragraph}" if path else "",
        }

    def link_row(self, row: LinkRow, here: str) -> dict[str, Any] | None:
        """A link of an entry, or of a member of it; None where it only says how delegations are made up."""
        if row.here != here and row.relation in _STRUCTURE:
            return None
        through = f"by {self.title(row.here)}" if row.here != here else ""
        weight = f"credibility {row.credibility}" if row.credibility else ""
        detail = " · ".join(filter(None, (through, spoken_date(row.date), weight, row.note)))
        shown = self.evidence(one for one in row.evidence if one.owner == row.key)
        return self.link(row.other, row.other_title) | {"detail": detail, "evidence": shown}

    def statement(self, one: Statement) -> dict[str, Any]:
        """A statement of a cell, with how its wording changed."""
        date = spoken_date(one.date)
        facts = (
            one.who_title,
            ", ".join(one.stance) or "no stance",
            one.attribution if one.attribution != "direct" else "",
            f"via {', '.join(one.via)}" if one.via else "",
            f"{date} (the article's day)" if one.lent and date else date or "undated",
            f"credibility {one.credibility}" if one.credibility else "",
            "" if one.counted else "not counted",
        )
        path = self.scope.path(one.entry)
        evidence = self.evidence(one.evidence)
        repeated = one.kind == "link" and any(piece["sound"] and piece["text"] == one.text for piece in evidence)
        quoted = one.kind == "quote" and bool(path)
        return {
            "kind": "quote" if quoted else "link",
            "path": path,
            "relation": one.relation or self.title(one.who),
            "text": "" if repeated else one.text,
            "facts": " · ".join(filter(None, facts)),
            "evidence": [{**piece, "repeats": quoted and piece["text"] == one.text} for piece in evidence],
            "changes": _parts(one.text, one.changes) if one.changes else [],
            "since": spoken_date(one.changes.date) if one.changes else "",
        }

    def sides(self, issue: str, delegations: Iterable[str], most: int = MOST) -> list[tuple[str, str, list[Statement]]]:
        """`(id, title, statements)` of each delegation that said something on an issue, the latest `most` of each."""
        found = []
        for side in delegations:
            told = self._statements(issue, side).with_changes(most)
            if self.scope.only is not None:
                told = [one for one in told if one.entry in self.scope.only]
            if told:
                found.append((side, self.title(side), told))
        return found

    def count(self, issue: str, side: str) -> int:
        """The number of published statements of a side on an issue."""
        statements = self._statements(issue, side)
        if self.scope.only is None:
            return len(statements)
        return sum(one.entry in self.scope.only for one in statements)

    def counts(self, issue: str) -> dict[str, int]:
        """The number of published statements of each side on an issue."""
        extent = self.scope.extent
        return self.desk.weighing.counts(issue, lens=extent.lens, filters=extent.filters, only=self.scope.only)

    def _statements(self, issue: str, side: str) -> "Statements":
        extent = self.scope.extent
        return self.desk.weighing.statements(side, issue, lens=extent.lens, filters=extent.filters)


def anchor(entry_id: str) -> str:
    """An id as a fragment of an address."""
    return file_name(entry_id)


def _parts(text: str, changes: Changes) -> list[dict[str, str]]:
    """The words with what was taken out and put in since the earlier wording."""
    parts, at = [], 0
    for one in changes.differences:
        parts.append({"mark": "", "text": text[at : one.new[0]]})
        parts.append({"mark": "del", "text": changes.text[one.old[0] : one.old[1]]})
        parts.append({"mark": "ins", "text": text[one.new[0] : one.new[1]]})
        at = one.new[1]
    parts.append({"mark": "", "text": text[at:]})
    return [part for part in parts if part["text"]]
