"""The pages of delegations, people, issues, quotes and events; the matrix and the sides of an issue."""

from collections.abc import Callable, Iterable
from functools import cached_property
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


def comparison_path(issue: str) -> str:
    """Where the sides of an issue stand side by side."""
    return f"compare/{anchor(issue)}.html"


class EntryPages:
    """Makes the pages of entries that are no articles."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
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

    def write(self, entry: Entry, page: _Page) -> None:
        """Write the page of an entry, for an issue that of its sides too."""
        view = self.desk.view(entry.id)
        assert view is not None
        sides = self.shown.sides(entry.id, self._sides.get(entry.id, ())) if entry.kind == "issue" else []
        positions = [self._position(entry.id, *side) for side in sides]
        compare = comparison_path(entry.id) if len(sides) > 1 else ""
        page(
            self.scope.path(entry.id), "entry.html", entry.title, kind=entry.kind, quoted=entry.kind == "quote",
            facts=self._facts(entry), evidence=self.shown.evidence(view.evidence), positions=positions, compare=compare,
            groups=self.shown.groups(view, but="discussed in" if positions else ""),
        )  # fmt: skip
        if compare:
            self._write_comparison(compare, entry, sides, page)

    def passages(self, entry: Entry) -> list[SearchPassage]:
        """What the search finds of an entry."""
        names = " ".join((*entry.texts("aliases"), entry.text("role"), entry.text("note")))
        return [(self.scope.path(entry.id), entry.kind, " ".join(entry.title.split()), " ".join(names.split()))]

    def _facts(self, entry: Entry) -> list[tuple[str, str]]:
        fields = (field.name for field in SECTION_OF[entry.kind].fields)
        told = [(name.capitalize(), entry.text(name)) for name in fields if name not in _HIDDEN and entry.text(name)]
        return [(name, value) for name, value in told if name != "Url" or address(value)]

    def _position(self, issue: str, side: str, title: str, statements: list[Statement]) -> dict[str, Any]:
        tally = self._tallies[side, issue] = self._tally(side, issue, statements)
        told = {"id": anchor(side), "tally": tally, "statements": [self.shown.statement(one) for one in statements]}
        return self.shown.link(side, title) | told

    def _tally(self, side: str, issue: str, statements: Iterable[Statement]) -> str:
        """What a side's statements add up to; where only some entries are published, these alone count."""
        if self.scope.only is None:
            return tally_text(self.matrix.cell(side, issue).tally)
        counted = [one for one in statements if one.counted]
        stances = [stance for stance in STANCES if any(stance in one.stance for one in counted)]
        count = len({one.same for one in counted})
        return f"{', '.join(stances) or 'no stance'}; {count} {'statement' if count == 1 else 'statements'}"

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
        text = self._tallies.get((side, issue), "")
        if not text and self.scope.only is None and (side, issue) in self.matrix.cells:
            text = self._tally(side, issue, ())
        stance = self.matrix.cell(side, issue).tally.stance
        path = f"{self.scope.path(issue)}#by-{anchor(side)}" if text else ""
        return {"text": text, "path": path, "stance": stance[0] if text and len(stance) == 1 else ""}
