"""The pages of delegations, people, issues, quotes and events; the matrix and the sides of an issue."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from dossier.desk.matrix.tables import tally_text
from dossier.desk.publish.evidence import EvidenceRenderer, anchor
from dossier.desk.publish.inputs import SiteInputs
from dossier.desk.publish.link_pages import LinkPages, links_path
from dossier.desk.publish.page_writer import PageWriter
from dossier.export.markdown import REPORTED
from dossier.model.entries import Entry
from dossier.model.field_spec import FieldSpec
from dossier.model.fields import SECTION_OF
from dossier.model.matrix import Matrix, Statement
from dossier.model.relations import STANCES
from dossier.model.spoken_dates import spoken_date
from dossier.publish.pages import address
from dossier.publish.search_data import SearchPassage

ABREAST, LATEST = 6, 60
"""Sides side by side, and statements of each, where an issue has too many for one page."""
_Side = tuple[str, str, list[Statement]]
"""Id and title of a side, and its statements."""
_HIDDEN = frozenset({"name", "text", "title", "file", "mentions"})


def comparison_path(issue: str) -> str:
    """The address at which the sides of an issue stand side by side."""
    return f"compare/{anchor(issue)}.html"


def position_path(issue: str, side: str) -> str:
    """The address of a side's statements on an issue, when they have a page of their own."""
    return f"position/{anchor(issue)}/{anchor(side)}.html"


class EntryPages:
    """Makes the pages of entries that are no articles."""

    def __init__(self, shown: EvidenceRenderer, inputs: SiteInputs, writer: PageWriter) -> None:
        self.shown = shown
        self.inputs = inputs
        self.writer = writer
        self.desk = shown.desk
        self.scope = shown.scope
        self._tallies: dict[tuple[str, str], str] = {}

    @cached_property
    def matrix(self) -> Matrix:
        """Every cell that the site tells of."""
        extent = self.scope.extent
        return self.desk.weighing.matrix(only=self.scope.only, lens=extent.lens, filters=extent.filters)

    @cached_property
    def _sides(self) -> dict[str, list[str]]:
        """The sides that said something, by issue."""
        sides: dict[str, list[str]] = {}
        for side, issue in self.matrix.cells:
            sides.setdefault(issue, []).append(side)
        return sides

    def write(self, entry: Entry) -> None:
        """Write the page of an entry, for an issue those of its sides too, and what its links take beyond one page."""
        path, made_from = self.scope.path(entry.id), self.inputs.page(entry.id)
        apart = entry.id in self.inputs.positions
        if apart:
            compare = self._write_apart(entry)
            further = (links_path(path, at) for at in range(1, self.inputs.link_pages(entry.id)))
            if self._is_current(path, made_from, filter(self.writer.folder.was_made, further)):
                return
            counts = self.shown.counts(entry.id)
            sides = self._sides.get(entry.id, ())
            positions = [self._position_apart(entry.id, side, counts[side]) for side in sides if counts.get(side)]
        else:
            positions, compare = self._positions(entry) if entry.kind == "issue" else ([], "")
        view = self.desk.view(entry.id)
        assert view is not None
        links = LinkPages(self.shown, view, path, but="discussed in" if positions else "")
        self.writer.put(
            path, "entry.html", entry.title, made_from, kind=entry.kind,
            quoted=entry.kind == "quote" and entry.text("attribution") not in REPORTED, words=entry.kind == "quote",
            facts=self._facts(entry), evidence=self.shown.evidence(view.evidence), positions=positions, compare=compare,
            groups=links.groups(0), pages=links.pages,
        )  # fmt: skip
        for at, page in enumerate(links.pages[1:], 1):
            shown = self.inputs.links(entry.id, links.places(at), len(links.pages))
            if not self._is_current(page, shown):
                heading = f"Links of {entry.title}"
                self.writer.put(page, "links.html", heading, shown, groups=links.groups(at), pages=links.pages)

    def _is_current(self, path: str, inputs: str, beside: Iterable[str] = ()) -> bool:
        """Return whether a page is there already; of chosen entries alone every page is made anew."""
        return self.scope.only is None and self.writer.is_current(path, inputs, beside)

    def passages(self, entry: Entry) -> list[SearchPassage]:
        """The search entry of an entry."""
        names = " ".join((*entry.texts("aliases"), entry.text("role"), entry.text("note")))
        return [(self.scope.path(entry.id), entry.kind, " ".join(entry.title.split()), " ".join(names.split()))]

    def _facts(self, entry: Entry) -> list[tuple[str, str]]:
        fields = [field for field in SECTION_OF[entry.kind].fields if field.name not in _HIDDEN]
        told = [(one.name.capitalize(), _value(one, entry.text(one.name))) for one in fields if entry.text(one.name)]
        return [(name, value) for name, value in told if name != "Url" or address(value)]

    def _positions(self, issue: Entry) -> tuple[list[dict[str, Any]], str]:
        """Each side's statements on an issue, and the page on which they stand side by side, which is written."""
        told = self.shown.sides(issue.id, self._sides.get(issue.id, ()))
        positions = [self._position(issue.id, *side) for side in told]
        compare = self._write_comparison(issue, [side for side, *_ in told], len(told), told)
        return positions, compare

    def _write_apart(self, issue: Entry) -> str:
        """Write the pages of the sides of an issue with too many statements for one; gives that of the comparison."""
        sides = self._sides.get(issue.id, ())
        for side in sides:
            kept = self.writer.folder.keeps(position_path(issue.id, side))
            if not (kept and self.inputs.is_same_position(issue.id, side)):
                self._write_position(issue, side)
        pieces = self.shown.counts(issue.id) if self.scope.narrowed else self.inputs.positions[issue.id]
        told = sorted((side for side in sides if pieces.get(side)), key=lambda side: -pieces[side])
        return self._write_comparison(issue, told[:ABREAST], len(told))

    def _position(self, issue: str, side: str, title: str, statements: list[Statement]) -> dict[str, Any]:
        tally = self._tallies[side, issue] = self._tally(side, issue, statements)
        told = {"id": anchor(side), "tally": tally, "statements": [self.shown.statement(one) for one in statements]}
        return self.shown.link(side, title) | told | {"more": "", "count": len(statements)}

    def _position_apart(self, issue: str, side: str, count: int) -> dict[str, Any]:
        tally = self._tallies.get((side, issue)) or self._tally(side, issue, ())
        told = {"id": anchor(side), "tally": tally, "statements": [], "count": count}
        return self.shown.link(side) | told | {"more": position_path(issue, side)}

    def _write_position(self, issue: Entry, side: str) -> None:
        """Write the page of a side's statements on an issue."""
        path, made_from = position_path(issue.id, side), self.inputs.position(issue.id, side)
        if self._is_current(path, made_from):
            return
        count = self.shown.count(issue.id, side)
        for one, title, statements in self.shown.sides(issue.id, [side]):
            position = self._position(issue.id, one, title, statements)
            told = {"issue": self.shown.link(issue.id), "side": position, "left_out": count - len(statements)}
            self.writer.put(path, "position.html", f"{title}: {issue.title}", made_from, **told)

    def _tally(self, side: str, issue: str, statements: Iterable[Statement]) -> str:
        """The sum of a side's statements; where only some entries are published, these alone count."""
        if self.scope.only is None:
            tally = self.matrix.cell(side, issue).tally
            return tally_text(replace(tally, last=spoken_date(tally.last)))
        counted = [one for one in statements if one.counted]
        stances = [stance for stance in STANCES if any(stance in one.stance for one in counted)]
        count = len({one.same for one in counted})
        return f"{', '.join(stances) or 'no stance'}; {count} {'statement' if count == 1 else 'statements'}"

    def _write_comparison(self, issue: Entry, sides: list[str], count: int, told: list[_Side] | None = None) -> str:
        """Write the page of some of so many sides side by side, and give its path; empty when there is one side."""
        path, made_from = comparison_path(issue.id), self.inputs.comparison(issue.id, sides, count)
        if count < 2:
            return ""
        if self._is_current(path, made_from):
            return path
        apart = issue.id in self.inputs.positions
        told = self.shown.sides(issue.id, sides, most=LATEST) if told is None else told
        days = sorted({one.date for _, _, some in told for one in some}, key=lambda day: (not day, day))
        by_day = [self._by_day(some) for _, _, some in told]
        rows = [
            {"date": spoken_date(day) or "undated", "cells": [some.get(day, ()) for some in by_day]} for day in days
        ]
        self.writer.put(
            path, "compare.html", f"Side by side: {issue.title}", made_from, issue=self.scope.path(issue.id), rows=rows,
            sides=[self.shown.link(side, title) for side, title, _ in told],
            some=f"The {len(told)} of {count} sides that said most, the latest {LATEST} of each." if apart else "",
        )  # fmt: skip
        return path

    def _by_day(self, told: Iterable[Statement]) -> dict[str, list[dict[str, Any]]]:
        days: dict[str, list[dict[str, Any]]] = {}
        for one in told:
            days.setdefault(one.date, []).append(self.shown.statement(one))
        return days

    def write_matrix(self, inputs: str) -> None:
        """Write the matrix: issues by sides, each cell a way to its statements."""
        sides = [self.shown.link(side.id, side.title) for side in self.matrix.delegations]
        rows = []
        for issue in self.matrix.issues:
            cells = [self._cell(side.id, issue.id) for side in self.matrix.delegations]
            rows.append(self.shown.link(issue.id, issue.title) | {"depth": min(issue.depth, 3), "cells": cells})
        self.writer.put("matrix.html", "matrix.html", self.desk.label("matrix"), inputs, sides=sides, rows=rows)

    def _cell(self, side: str, issue: str) -> dict[str, str]:
        text = self._tallies.get((side, issue), "")
        if not text and self.scope.only is None and (side, issue) in self.matrix.cells:
            text = self._tally(side, issue, ())
        stance = self.matrix.cell(side, issue).tally.stance
        page = self.scope.path(issue)
        path = f"{page}#by-{anchor(side)}" if text and page else ""
        return {"text": text, "path": path, "stance": stance[0] if text and len(stance) == 1 else ""}


def _value(field: FieldSpec, text: str) -> str:
    """The text of a field, a date in words."""
    return spoken_date(text) if field.form in ("date", "when") else text
