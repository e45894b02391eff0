"""The position of a reader in a dossier, as frozen records, and its transitions, as pure functions.

A `View` is one stop on the way: what is open, narrowed, searched, and where each list stands. A `BrowseState` is the
view one is at, with those before and behind it. Nothing here knows a screen.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dossier.model.views import ALL, Filters

HEADING = "heading "
"""How the mark of a heading begins; no id has a space. The words of the heading are its note."""

TITLE = "title of the basket"
"""Under this the notes hold the title that the reader gave to the basket."""

HISTORY = 500
"""How many views are kept on either side; the oldest go first."""

FIRST_PANE = "delegations"
"""The pane that has the focus when a dossier opens."""

CENTRES = ("article", "matrix", "timeline", "comparison")
"""The panes that take turns in the middle while no search is open."""

SIDES = ("quotes", "statements", "gaps", "basket", "articles")
"""The panes that take turns beside the middle."""

_FIXED = ("delegations", "issues", "links", "results")
"""The panes with a place of their own. Any pane that is not named here takes its turn beside the middle."""


MODES: tuple[Literal["exact", "aliases", "fuzzy"], ...] = ("exact", "aliases", "fuzzy")
"""How the words of a search are matched: as typed; names under all their aliases; that, and words one letter off."""


class Spot(Struct, frozen=True, omit_defaults=True):
    """The position of one pane."""

    cursor: str = ""
    """Key of the row under the cursor; empty at the start."""
    index: int = 0
    """The row under the cursor, from 0, for when its key is gone."""
    top: int = 0
    """The first line in sight, from 0."""
    folded: tuple[str, ...] = ()
    """Keys of the rows whose children are hidden; for the matrix, of the heads that are not folded as at first."""
    left: int = 0
    """For the matrix, the first column in sight, from 0."""


class CellSelection(Struct, frozen=True, omit_defaults=True):
    """A cell of the matrix: one delegation on one issue."""

    delegation: str = ""
    """Id of the delegation, or of a person; empty when there is no cell."""
    issue: str = ""
    """Id of the issue."""
    alone: bool = False
    """Whether the delegation's members are not counted with it."""
    deep: bool = False
    """Whether the issues under it are counted with it."""
    parts: bool = False
    """Whether the parts of a coalition are counted with it."""

    def __bool__(self) -> bool:
        return bool(self.delegation and self.issue)


class View(Struct, frozen=True, omit_defaults=True):
    """A view in the reader's history."""

    pane: str = FIRST_PANE
    """Name of the pane that has the focus."""
    entry: str = ""
    """Id of the selected entry: what Links shows."""
    article: str = ""
    """Id of the article in the reader."""
    owner: str = ""
    """Owner of the evidence framed in the reader: an entry's id or a link's key; empty when none is framed."""
    ordinal: int = 0
    """Which of its owner's evidence is framed."""
    paragraph: int = 0
    """The paragraph to have in sight where no evidence is framed, from 1; 0 when it does not matter."""
    lens: tuple[str, ...] = ()
    """Ids of the entries the lists are narrowed to; all of them hold."""
    filters: Filters = ALL
    """What the lists are narrowed to beside the lens."""
    as_of: str = ""
    """The day the matrix is seen from; empty for all there is."""
    centre: str = CENTRES[0]
    """Which of `CENTRES` stands in the middle."""
    side: str = SIDES[0]
    """Which of `SIDES` stands beside it."""
    cell: CellSelection = CellSelection()
    """The cell of the matrix visited last."""
    rival: str = ""
    """Id of a delegation that others are to be set beside, on the issue of the cell."""
    sorts: tuple[tuple[str, str], ...] = ()
    """Sort order by pane, where it is not the written one."""
    typed: tuple[tuple[str, str], ...] = ()
    """By pane, the words that its rows are narrowed to, where there are any."""
    query: str = ""
    """The last query."""
    begun: bool = False
    """Whether its last word may be the beginning of one: it was being typed."""
    mode: Literal["exact", "aliases", "fuzzy"] = "aliases"
    """How its words are matched, one of `MODES`."""
    hit: int = -1
    """Which hit of the query is open, from 0; -1 when none is."""
    searching: bool = False
    """Whether the results stand in the reader's place."""
    spots: dict[str, Spot] = {}
    """Where each pane stands, by its name; absent means at its start."""

    def spot(self, pane: str) -> Spot:
        """The position in `pane`."""
        return self.spots.get(pane, Spot())

    def sort(self, pane: str) -> str:
        """The sort order of `pane`."""
        return dict(self.sorts).get(pane, "written")

    def typed_in(self, pane: str) -> str:
        """The words that the rows of `pane` are narrowed to; empty for none."""
        return dict(self.typed).get(pane, "")

    def settled(self) -> "View":
        """The same with the pane that has the focus in sight."""
        if self.pane in CENTRES and self.centre != self.pane:
            return replace(self, centre=self.pane)
        if self.pane not in (*CENTRES, *_FIXED) and self.side != self.pane:
            return replace(self, side=self.pane)
        return self


class BrowseState(Struct, frozen=True, omit_defaults=True):
    """The state of the browse screen, which together with the dossier determines everything it shows."""

    view: View = View()
    """Where the reader is."""
    past: tuple[View, ...] = ()
    """Where the reader was, the latest last."""
    future: tuple[View, ...] = ()
    """Where `forward` leads, the nearest first."""
    marks: tuple[str, ...] = ()
    """Ids of the marked entries, in the order in which they were marked."""
    zoomed: bool = False
    """Whether the focused pane has the whole screen."""
    moves: int = 0
    """How often one went back or forward: when it changes, panes take their spots from the view."""
    swapped: bool = False
    """Whether the last move was `previous`, so that the next one returns."""


def is_heading(mark: str) -> bool:
    """Return whether a mark is a heading between the marked entries, and no entry."""
    return mark.startswith(HEADING)


def with_heading(marks: Sequence[str], before: str) -> tuple[tuple[str, ...], str]:
    """The marks with a new heading in front of one of them (at the end for none), and the mark of the heading."""
    numbers = [int(mark.removeprefix(HEADING)) for mark in marks if is_heading(mark)]
    heading = f"{HEADING}{max(numbers, default=0) + 1}"
    at = marks.index(before) if before in marks else len(marks)
    return (*marks[:at], heading, *marks[at:]), heading


def with_words(view: View, pane: str, words: str) -> tuple[tuple[str, str], ...]:
    """The words that lists are narrowed to, with those of one pane changed; an empty text removes them."""
    typed = {**dict(view.typed), pane: words}
    return tuple((name, text) for name, text in typed.items() if text)


def remember(state: BrowseState, spots: Mapping[str, Spot]) -> BrowseState:
    """The same state with the present positions of its panes."""
    merged = {**state.view.spots, **spots}
    return state if merged == state.view.spots else replace(state, view=replace(state.view, spots=merged))


def look(state: BrowseState, **changes: object) -> BrowseState:
    """Change the view without adding to the history, as when a cursor moves."""
    return replace(state, view=replace(state.view, **changes).settled())


def go(state: BrowseState, **changes: object) -> BrowseState:
    """Go to another view. The one left goes into the history; views ahead are dropped."""
    view = replace(state.view, **changes).settled()
    past = state.past if view == state.view else (*state.past, state.view)[-HISTORY:]
    return replace(state, view=view, past=past, future=(), swapped=False)


def back(state: BrowseState) -> BrowseState:
    """Go to the view before; the same state when there is none."""
    if not state.past:
        return state
    future = (state.view, *state.future)[:HISTORY]
    return _go_to(state, state.past[-1], state.past[:-1], future)


def forward(state: BrowseState) -> BrowseState:
    """Go to the view one came back from; the same state when there is none."""
    if not state.future:
        return state
    past = (*state.past, state.view)[-HISTORY:]
    return _go_to(state, state.future[0], past, state.future[1:])


def previous(state: BrowseState) -> BrowseState:
    """Go to the view before, and with the next call back to this one."""
    if state.swapped and state.future:
        return forward(state)
    return replace(back(state), swapped=bool(state.past))


def jump(state: BrowseState, steps: int) -> BrowseState:
    """Several views back (negative) or forward (positive) at once, as far as there are any."""
    while steps:
        onward = forward(state) if steps > 0 else back(state)
        if onward is state:
            break
        state, steps = onward, steps + (-1 if steps > 0 else 1)
    return state


def _go_to(state: BrowseState, view: View, past: tuple[View, ...], future: tuple[View, ...]) -> BrowseState:
    return replace(state, view=view, past=past, future=future, moves=state.moves + 1, swapped=False)


def focus(state: BrowseState, pane: str) -> BrowseState:
    """Return the state with the focus on `pane`."""
    return state if state.view.pane == pane else look(state, pane=pane)


def narrow(state: BrowseState, entry: str) -> BrowseState:
    """Return the state with the lens on `entry` too; off it when it is on it already."""
    lens = state.view.lens
    return go(state, lens=tuple(one for one in lens if one != entry) if entry in lens else (*lens, entry))


def widen(state: BrowseState) -> BrowseState:
    """Return the state without the lens that was put on last."""
    return go(state, lens=state.view.lens[:-1])


def toggle_mark(state: BrowseState, entries: Collection[str]) -> BrowseState:
    """Return the state with `entries` marked; without their marks when all of them had one."""
    if set(entries) <= set(state.marks):
        return replace(state, marks=tuple(mark for mark in state.marks if mark not in set(entries)))
    return replace(state, marks=(*state.marks, *(entry for entry in entries if entry not in state.marks)))


def toggle_zoom(state: BrowseState) -> BrowseState:
    """Return the state with the focused pane on the whole screen, or the others beside it again."""
    return replace(state, zoomed=not state.zoomed)


def named_entries(state: BrowseState) -> set[str]:
    """Ids of all entries that a state names."""
    views = (state.view, *state.past, *state.future)
    return {entry for view in views for entry in (view.entry, view.article, *view.lens) if entry}.union(state.marks)


def fit_to_dossier(state: BrowseState, known: Collection[str]) -> BrowseState:
    """The state for a dossier that was read anew, without references to entries that are not `known` any more."""

    def fit(view: View) -> View:
        return replace(
            view,
            entry=view.entry if view.entry in known else "",
            article=view.article if view.article in known else "",
            lens=tuple(entry for entry in view.lens if entry in known),
        )

    return replace(
        state,
        view=fit(state.view),
        past=tuple(map(fit, state.past)),
        future=tuple(map(fit, state.future)),
        marks=tuple(mark for mark in state.marks if mark in known or is_heading(mark)),
    )
