"""The pages of delegations, people, issues, quotes and events; the matrix and the sides of an issue."""

from collections.abc import Callable, Iterable
from typing import Any

from dossier.desk.matrix.tables import tally_text
from dossier.desk.publish.article_pages import SearchPassage
from dossier.desk.publish.evidence import Shown, anchor
from dossier.model.entries import Entry
from dossier.model.fields import SECTION_OF
from dossier.model.matrix import Matrix, Statement
from dossier.model.relations import STANCES
from dossier.publish.pages import address

_Page = Callable[..., None]
_HIDDEN = frozenset({"name", "text", "title", "file", "mentions"})


class EntryPages:
    """Makes the pages of entries that are no articles."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.desk = shown.desk
        self.scope = shown.scope
        extent = self.scope.extent
        self.matrix: Matrix = self.desk.weighing.matrix(only=self.scope.only, lens=extent.lens, filters=extent.filters)
        self._sides: dict[str, list[str]] = {}
        for side, issue in self.matrix.cells:
            self._sides.setdefault(issue, []).append(side)
        self._cells: dict[tuple[str, str], str] = {}

    def write(self, entry_id: str, page: _Page) -> tuple[Entry, list[SearchPassage]]:
        """Write the page of an entry, for an issue that of its sides too; gives the entry and what to search in it."""
        view = self.desk.view(entry_id)
        assert view is not None
        entry = view.entry
        path = self.scope.path(entry_id)
        sides = self.shown.sides(entry_id, self._sides.get(entry_id, ())) if entry.kind == "issue" else []
        positions = [self._position(entry_id, *side) for side in sides]
        compare = f"compare/{anchor(entry_id)}.html" if len(sides) > 1 else ""
        page(
            path, "entry.html", entry.title, kind=entry.kind, quoted=entry.kind == "quote", facts=self._facts(entry),
            evidence=self.shown.evidence(view.evidence), positions=positions, compare=compare,
            groups=self.shown.groups(view, but="discussed in" if positions else ""),
        )  # fmt: skip
        if compare:
            self._write_comparison(compare, entry, sides, page)
        names = " ".join((*entry.texts("aliases"), entry.text("role"), entry.text("note")))
        return entry, [(path, entry.kind, " ".join(entry.title.split()), " ".join(names.split()))]

    def _facts(self, entry: Entry) -> list[tuple[str, str]]:
        fields = (field.name for field in SECTION_OF[entry.kind].fields)
        told = [(name.capitalize(), entry.text(name)) for name in fields if name not in _HIDDEN and entry.text(name)]
        return [(name, value) for name, value in told if name != "Url" or address(value)]

    def _position(self, issue: str, side: str, title: str, statements: list[Statement]) -> dict[str, Any]:
        if self.scope.only is None:
            tally = tally_text(self.matrix.cell(side, issue).tally)
        else:
            stances = [stance for stance in STANCES if any(stance in one.stance for one in statements if one.counted)]
            count = len({one.same for one in statements if one.counted})
            tally = f"{', '.join(stances) or 'no stance'}; {count} {'statement' if count == 1 else 'statements'}"
        self._cells[side, issue] = tally
        told = {"id": anchor(side), "tally": tally, "statements": [self.shown.statement(one) for one in statements]}
        return self.shown.link(side, title) | told

    def _write_comparison(
        self, path: str, issue: Entry, sides: list[tuple[str, str, list[Statement]]], page: _Page
    ) -> None:
        days = sorted({one.date for _, _, told in sides for one in told}, key=lambda day: (not day, day))
        rows = [{"date": day or "undated", "cells": [self._on(day, told) for _, _, told in sides]} for day in days]
        heads = [self.shown.link(side, title) for side, title, _ in sides]
        page(
            path,
            "compare.html",
            f"Side by side: {issue.title}",
            issue=self.scope.path(issue.id),
            sides=heads,
            rows=rows,
        )

    def _on(self, day: str, told: Iterable[Statement]) -> list[dict[str, Any]]:
        return [self.shown.statement(one) for one in told if one.date == day]

    def write_matrix(self, page: _Page) -> None:
        """Write the matrix: issues by sides, each cell a way to its statements."""
        sides = [self.shown.link(side.id, side.title) for side in self.matrix.delegations]
        rows = []
        for issue in self.matrix.issues:
            cells = [self._cell(side.id, issue.id) for side in self.matrix.delegations]
            rows.append(self.shown.link(issue.id, issue.title) | {"depth": min(issue.depth, 3), "cells": cells})
        page("matrix.html", "matrix.html", self.desk.label("matrix"), sides=sides, rows=rows)

    def _cell(self, side: str, issue: str) -> dict[str, str]:
        text = self._cells.get((side, issue), "")
        stance = self.matrix.cell(side, issue).tally.stance
        path = f"{self.scope.path(issue)}#by-{anchor(side)}" if text else ""
        return {"text": text, "path": path, "stance": stance[0] if text and len(stance) == 1 else ""}
