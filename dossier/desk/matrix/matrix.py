"""The matrix of delegations by issues, the statements of its cells, and two delegations side by side."""

from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from msgspec.structs import replace

from dossier.desk.matrix.cell_sums import CellKey, CellSums, cells_as_of, size_of_sums
from dossier.desk.matrix.comparison import pair_by_date
from dossier.desk.matrix.heads import fold_columns, fold_rows, heads_of
from dossier.desk.matrix.statements import Statements
from dossier.desk.matrix.timeline import Timeline
from dossier.desk.session import Session
from dossier.model.bounded import BoundedDict
from dossier.model.dates import day_text, last_day
from dossier.model.entries import Kind, one_of_kinds
from dossier.model.matrix import Comparison, Matrix, MatrixHeading
from dossier.model.problems import DossierError
from dossier.model.views import ALL, Filters
from dossier.model.weighing import StatementRow, weigh
from dossier.store.catalogue import entry_queries, timeline_queries
from dossier.store.catalogue import matrix_queries as store
from dossier.store.catalogue.catalogue import Catalogue

_UNDATED, _DATED = "as it is", "with its days"
"""Under which the cells of the whole matrix are kept."""

_ABREAST = 400
"""Statements of one side that are shown beside another's; the earliest beyond are counted."""
_FEW = 100
"""Rows from which all statements are read, and not those of some sides."""
_KEPT = 7
"""Matrices that are kept for turning the date dial over them: the whole one and those that are narrowed."""
_BYTES = 16_000_000
"""Bytes that their cells take at most, beside those that were weighed last."""


class MatrixService:
    """The matrix of one dossier, computed from its statements. What was read is cached until the dossier changes."""

    def __init__(self, desk: Session, db: Catalogue) -> None:
        self._desk = desk
        self._db = db
        self._generation = -1
        self._forget()

    def _forget(self) -> None:
        self._trees: dict[str, list[MatrixHeading]] = {}
        self._below: dict[str, tuple[str, ...]] = {}
        self._cells: BoundedDict[object, dict[CellKey, CellSums]] = BoundedDict(_KEPT, _BYTES, size_of_sums)
        self._days: tuple[str, ...] | None = None
        self._timelines: dict[object, Timeline] = {}

    def _wake(self, *, weigh: bool = True) -> None:
        """Forget what was read of another generation; weigh first, where the answer comes from statements."""
        if weigh and not self._desk.has_ui:
            self._desk.weigh()
        if self._generation != self._desk.generation:
            self._generation = self._desk.generation
            self._forget()

    def matrix(
        self,
        *,
        as_of: str = "",
        since: str = "",
        lens: tuple[str, ...] = (),
        filters: Filters = ALL,
        members: bool = False,
        unfolded: Collection[str] = (),
        folded: Collection[str] = (),
        only: Collection[str] | None = None,
        parts: bool = False,
    ) -> Matrix:
        """Delegations by issues, as of a day, with what changed since another.

        A row stands for itself and for what is folded into it: a delegation's members, unless `members` or `unfolded`
        gives them rows of their own. So does a column: each issue has its own, and those `folded` take theirs in.
        With a lens, only the statements are weighed that have to do with every entry of it. `only` leaves of the rows
        and of the columns those it names, where it names any. With `parts`, a coalition's row counts what its parts say
        too, which keep their own rows.
        """
        self._wake()
        rows = fold_rows(self._tree("delegations"), None if members else unfolded)
        if parts:
            rows = [replace(row, parts=tuple(entry_queries.parts(self._db, row.id))) for row in rows]
        columns = fold_columns(self._tree("issues"), folded)
        if only is not None:
            rows, columns = ([head for head in heads if head.id in only] or heads for heads in (rows, columns))
        limit, before = last_day(as_of), last_day(since)
        grown = self._sums_of(rows, columns, lens, filters, bool(limit or before))
        cells = cells_as_of(rows, columns, grown, limit, before)
        if lens:
            rows, columns = self._narrow_heads(rows, columns, cells, lens)
        undated = self._count_undated(lens, filters) if limit else 0
        return Matrix(tuple(rows), tuple(columns), cells, as_of, since, undated, self._db.unweighed)

    def dial(self) -> tuple[str, ...]:
        """The days on which the matrix changes, the earliest first."""
        self._wake()
        if self._days is None:
            self._days = tuple(map(day_text, store.days(self._db)))
        return self._days

    def statements(
        self,
        delegation: str,
        issue: str,
        *,
        as_of: str = "",
        lens: tuple[str, ...] = (),
        filters: Filters = ALL,
        alone: bool = False,
        deep: bool = False,
        parts: bool = False,
    ) -> Statements:
        """A cell's statements by date: `alone` without members, `deep` with sub-issues, `parts` with coalition parts.

        Raises:
            DossierError: there is no such delegation, person or issue.

        """
        self._wake()
        self._head(delegation, ("delegation", "person"))
        self._head(issue, ("issue",))
        without = self._family(delegation)[1:] if alone else ()
        issues = self._family(issue) if deep else [issue]
        sides = [delegation, *(entry_queries.parts(self._db, delegation) if parts else ())]
        rows = store.cell_statements(self._db, sides, issues, self._scopes(lens), filters, last_day(as_of), without)
        return Statements(self._db, rows)

    def counts(
        self, issue: str, *, lens: tuple[str, ...] = (), filters: Filters = ALL, only: Collection[str] | None = None
    ) -> dict[str, int]:
        """The number of statements on an issue by side and by who made them, those of some entries `only`."""
        self._wake()
        return store.counts(self._db, issue, self._scopes(lens), filters, only)

    def compare(self, left: str, right: str, issue: str, *, as_of: str = "", deep: bool = False) -> Comparison:
        """Return two sides on one issue, aligned by date; where one side's wording changed, which words did.

        Raises:
            DossierError: there is no such delegation, person or issue.

        """
        heads = [self._head(one, ("delegation", "person")) for one in (left, right)]
        both = [self.statements(one, issue, as_of=as_of, deep=deep) for one in (left, right)]
        left_out = sum(max(len(one) - _ABREAST, 0) for one in both)
        told = [one.with_changes(_ABREAST) for one in both]
        rows = tuple(pair_by_date(*told))
        return Comparison(heads[0], heads[1], self._head(issue, ("issue",)), rows, left_out)

    def timeline(
        self, *, by: Literal["day", "month"] = "day", lens: tuple[str, ...] = (), filters: Filters = ALL
    ) -> Timeline:
        """Events, quotes and dated links by date, grouped by day or month."""
        self._wake(weigh=False)
        key = (by, lens, filters)
        if key not in self._timelines:
            self._timelines.clear()
            scope = [(entry_queries.linked(self._db, one), frozenset(self._family(one))) for one in lens]
            self._timelines[key] = Timeline(self._db, timeline_queries.dated(self._db, scope, filters), by)
        return self._timelines[key]

    def _head(self, entry_id: str, kinds: Sequence[Kind]) -> MatrixHeading:
        entry = self._desk.get_or_raise(entry_id)
        if entry.kind not in kinds:
            raise DossierError(f"{entry_id} is {one_of_kinds(entry.kind)}, not {one_of_kinds(*kinds)}.")
        return MatrixHeading(entry.id, entry.title)

    def _tree(self, pane: str) -> list[MatrixHeading]:
        """Every delegation with its members, or every issue, in the order of its pane."""
        if pane not in self._trees:
            self._trees[pane], below = heads_of(self._db, pane)
            self._below |= below
        return self._trees[pane]

    def _family(self, one: str) -> list[str]:
        """An entry with its members, or with the issues under it."""
        if not self._below:
            self._tree("delegations")
            self._tree("issues")
        return [one, *self._below.get(one, ())]

    def _sums_of(
        self,
        rows: list[MatrixHeading],
        columns: list[MatrixHeading],
        lens: tuple[str, ...],
        filters: Filters,
        days: bool,
    ) -> dict[CellKey, CellSums]:
        """The sums of the cells; with `days`, also day by day."""
        if lens or filters:
            return self._weigh_cells(rows, columns, lens, filters)
        found = self._load_sums(days)
        unfolded = [row for row in rows if row.depth or row.parts or (row.children and not row.folded)]
        wide = [column for column in columns if column.folded]
        if unfolded or wide:
            anew = {head.id for head in (*unfolded, *wide)}
            found = {key: cell for key, cell in found.items() if not anew.intersection(key)}
            found |= self._weigh_cells(unfolded, columns, (), filters) if unfolded else {}
            found |= self._weigh_cells(rows, wide, (), filters) if wide else {}
        return found

    def _load_sums(self, days: bool) -> dict[CellKey, CellSums]:
        """The cells of the whole matrix as the catalogue keeps them; with `days`, how each grew."""
        wanted = _DATED if days or _DATED in self._cells else _UNDATED
        if wanted in self._cells:
            return self._cells.use(wanted)
        steps = store.steps(self._db) if days else {}
        if _UNDATED in self._cells:
            totals = {key: total for key, (total, _) in self._cells.use(_UNDATED).items()}
            del self._cells[_UNDATED]
        else:
            totals = store.sums(self._db)
        self._cells[wanted] = {key: (total, steps.get(key, ())) for key, total in totals.items()}
        return self._cells[wanted]

    def _weigh_cells(
        self, rows: list[MatrixHeading], columns: list[MatrixHeading], lens: tuple[str, ...], filters: Filters
    ) -> dict[CellKey, CellSums]:
        """The sums of the cells of some columns, computed from the statements themselves."""
        shown = {row.id: frozenset(self._family(row.id)[1:]) for row in rows if row.children and not row.folded}
        sides: dict[str, list[str]] = {row.id: [row.id] for row in rows}
        for row in rows:
            for part in row.parts:
                sides.setdefault(part, []).append(row.id)
        issues = {one: c.id for c in columns for one in (self._family(c.id) if c.folded else (c.id,))}
        key = (tuple(rows), tuple(issues.items()), lens, filters)
        if key not in self._cells:
            cells: dict[CellKey, list[StatementRow]] = {}
            chosen_sides = None if len(rows) > _FEW else list(sides)
            chosen_issues = None if len(issues) == len(self._tree("issues")) else list(issues)
            scopes = self._scopes(lens)
            for who, side, issue, fact in store.facts(self._db, chosen_sides, chosen_issues, scopes, filters):
                if issue not in issues:
                    continue
                apart = who in shown.get(side, ())
                for row_id in (*(() if apart else sides.get(side, ())), *(sides.get(who, ()) if who != side else ())):
                    cells.setdefault((row_id, issues[issue]), []).append(fact)
            self._cells[key] = {cell: weigh(found) for cell, found in cells.items()}
        return self._cells.use(key)

    def _scopes(self, lens: Iterable[str]) -> list[store.LensScope]:
        found = []
        for one in lens:
            entry = self._desk.entry(one)
            family = tuple(self._family(one))
            kind = entry.kind if entry else ""
            if kind in ("delegation", "person"):
                found.append(store.LensScope(sides=(one,)))
            elif kind == "issue":
                found.append(store.LensScope(issues=family))
            elif kind == "article":
                found.append(store.LensScope(articles=(one,)))
            else:
                found.append(store.LensScope(quotes=tuple(entry_queries.linked(self._db, one))))
        return found

    def _narrow_heads(
        self, rows: list[MatrixHeading], columns: list[MatrixHeading], cells: Iterable[CellKey], lens: tuple[str, ...]
    ) -> tuple[list[MatrixHeading], list[MatrixHeading]]:
        """The rows and columns in which anything is left, and those of the lens itself."""
        sides = {row for row, _ in cells} | set(lens)
        issues = {column for _, column in cells} | set(lens)
        return [row for row in rows if row.id in sides], [column for column in columns if column.id in issues]

    def _count_undated(self, lens: tuple[str, ...], filters: Filters) -> int:
        known = [head.id for head in self._tree("delegations")]
        return store.undated(self._db, known, self._scopes(lens), filters)
