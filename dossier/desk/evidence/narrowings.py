"""The lens and the filters that a brief says it was narrowed to."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from dossier.export.parsed import BriefParagraph
from dossier.model.anchors import STATUSES
from dossier.model.fields import ATTRIBUTIONS
from dossier.model.folding import fold
from dossier.model.views import ALL, Filters

if TYPE_CHECKING:
    from dossier.desk.desk import Desk

_PARTS = re.compile(r" · |; ")


class Narrowing(NamedTuple):
    """Lens and filters of a brief."""

    lens: tuple[str, ...] = ()
    filters: Filters = ALL
    chosen: bool = False
    """Whether it tells only of entries that were chosen or searched for, so that others may be missing."""


def read_narrowings(desk: "Desk", paragraphs: Iterable[BriefParagraph]) -> Narrowing:
    """Read the lens and the filters that a brief names."""
    told = [found for one in paragraphs if (found := _text_behind_label(one))]
    lens: tuple[str, ...] = ()
    attributions: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    first = last = ""
    chosen = False
    for part in (part for text in told for part in _PARTS.split(text)):
        kind, _, rest = part.partition(" ")
        if part.startswith("linked with "):
            lens = tuple(_ids_of_titles(desk, part.removeprefix("linked with ")))
        elif kind == "quotes":
            attributions = _known_names(rest, ATTRIBUTIONS)
        elif kind == "evidence":
            statuses = _known_names(rest, STATUSES)
        elif kind == "from":
            first = rest
        elif kind == "to":
            last = rest
        else:
            chosen = chosen or kind in ("chosen", "search")
    return Narrowing(lens, Filters(attributions, statuses, first, last), chosen)


def _text_behind_label(paragraph: BriefParagraph) -> str:
    """Return the text behind the label of the narrowing; empty when the paragraph has none."""
    text = " ".join(paragraph.text().split())
    if paragraph.holder == "prose" and text.startswith("Search: "):
        return "search for it"
    for label in ("Narrowed to: ", "Covers only: "):
        if paragraph.holder == "prose" and text.startswith(label):
            return text.removeprefix(label).removesuffix("." if label.startswith("Covers") else "")
    return ""


def _known_names(text: str, known: Iterable[str]) -> tuple[str, ...]:
    names = text.split(" or ")
    return tuple(one for one in known if one in names)


def _ids_of_titles(desk: "Desk", text: str) -> Iterator[str]:
    """The ids of the entries whose titles stand there, joined by `and`; of several the longest title first."""
    by_title = {
        fold(listing[at].title): listing.id_at(at)
        for pane in ("delegations", "issues", "quotes", "events", "articles")
        for listing in (desk.listing(pane),)
        for at in range(len(listing))
    }
    left = fold(text)
    while left:
        title = max((one for one in by_title if left == one or left.startswith(f"{one} and ")), key=len, default=None)
        if title is None:
            return
        yield by_title[title]
        left = left[len(title) :].removeprefix(" and ")
