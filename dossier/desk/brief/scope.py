"""The scope of a brief: what a search finds, what is linked with an entry, what passes filters."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from dossier.desk.brief.builder import brief_of
from dossier.model.brief import Brief
from dossier.model.dates import first_day, has_time, last_day, moment_problem
from dossier.model.problems import DossierError
from dossier.model.views import ALL, Filters

if TYPE_CHECKING:
    from dossier.desk.desk import Desk

_EVERY = 1_000_000
"""More hits than any dossier has."""


class BriefScope(Struct, frozen=True):
    """The entries that are wanted of the chosen panes: those that meet every condition; by default, all."""

    ids: tuple[str, ...] | None = None
    """Only these entries; None for all."""
    query: str = ""
    """Only what this search finds; empty for no search."""
    mode: Literal["exact", "aliases", "fuzzy"] = "aliases"
    """How its words are matched: see `dossier.desk.state.MODES`."""
    begun: bool = False
    """Whether its last word may be the beginning of one."""
    lens: tuple[str, ...] = ()
    """Ids of entries: only what is linked with every one of them."""
    filters: Filters = ALL
    """Only what passes these."""


class ScopedBrief(Struct, frozen=True):
    """A brief, and notes on the search it was narrowed by."""

    brief: Brief
    notes: tuple[str, ...] = ()
    """Mistakes in the query with their positions, other spellings, that nothing was found, wanted ids left out."""


def brief_within(desk: "Desk", panes: Iterable[str], extent: BriefScope) -> ScopedBrief:
    """The chosen panes within an extent, as a brief: the same as the screen shows when it is narrowed so.

    Raises:
        DossierError: a pane or an id is not in the dossier; nothing in the query can be searched for; or the search
            could not be finished, so that a part of what it finds would be missing.

    """
    chosen = None if extent.ids is None else frozenset(desk.get_or_raise(one).id for one in extent.ids)
    for entry in extent.lens:
        desk.get_or_raise(entry)
    notes: tuple[str, ...] = ()
    if extent.query:
        found, notes = _search_scope(desk, extent)
        chosen = found if chosen is None else chosen & found
    brief = brief_of(desk, tuple(panes), chosen, extent.query, extent.lens, extent.filters)
    return ScopedBrief(brief, (*notes, *_left_out(brief, extent)))


def _left_out(brief: Brief, extent: BriefScope) -> Iterable[str]:
    """Tell of wanted entries that are in no list of a brief; a table may rest on them unseen."""
    if extent.ids and not any(chapter.table for chapter in brief.chapters):
        told = {item.entry.id for chapter in brief.chapters for item in chapter.items}
        missing = [one for one in dict.fromkeys(extent.ids) if one not in told]
        if missing:
            yield f"Left out, since the chosen panes do not show them when narrowed so: {', '.join(missing)}."


def _search_scope(desk: "Desk", extent: BriefScope) -> tuple[frozenset[str], tuple[str, ...]]:
    answer = desk.search(
        extent.query, limit=_EVERY, typing=extent.begun, mode=extent.mode, lens=extent.lens, filters=extent.filters
    )
    if answer.partial:
        raise DossierError(f"The search was cut short, and the brief would miss some: {' '.join(answer.notes)}")
    if not answer.understood and answer.notes:
        raise DossierError(f"Nothing in the query can be searched for: {' '.join(answer.notes)}")
    notes = list(answer.notes)
    if not answer.total:
        notes.append("The search finds nothing.")
    if answer.suggestions:
        notes.append(f"Did you mean {' or '.join(answer.suggestions)}?")
    return frozenset(hit.id for hit in answer.hits), tuple(notes)


def day_problem(text: str) -> str:
    """The reason why a filter cannot use a date as typed, in one sentence; empty when it can, or when there is none."""
    if not text or (not moment_problem(text) and not has_time(text)):
        return ""
    return f"{text} is no date: write 2025, 2025-06 or 2025-06-09."


def order_problem(first: str, last: str) -> str:
    """The reason why no date lies between two dates that are empty or valid, in one sentence; empty when one can."""
    if not first or not last or first_day(first) <= last_day(last):
        return ""
    return f"{first} comes after {last}, and no date is within: give the earlier one first."
