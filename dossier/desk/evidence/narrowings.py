"""What a brief says that it was narrowed to, read back as a lens and filters."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dossier.export.parsed import Paragraph
from dossier.model.anchors import STATUSES
from dossier.model.fields import ATTRIBUTIONS
from dossier.model.folding import fold
from dossier.model.views import Filters

if TYPE_CHECKING:
    from dossier.desk.desk import Desk

_PARTS = re.compile(r" · |; ")


def read_narrowings(desk: "Desk", paragraphs: Iterable[Paragraph]) -> tuple[tuple[str, ...], Filters]:
    """The lens and the filters of a brief; none when it names none that can be read."""
    text = next((found for one in paragraphs if (found := _told(one))), "")
    lens: tuple[str, ...] = ()
    attributions: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    first = last = ""
    for part in _PARTS.split(text):
        if part.startswith("linked with "):
            lens = tuple(_titled(desk, part.removeprefix("linked with ")))
        elif part.startswith("quotes "):
            attributions = _listed(part.removeprefix("quotes "), ATTRIBUTIONS)
        elif part.startswith("evidence "):
            statuses = _listed(part.removeprefix("evidence "), STATUSES)
        elif part.startswith("from "):
            first = part.removeprefix("from ")
        elif part.startswith("to "):
            last = part.removeprefix("to ")
    return lens, Filters(attributions, statuses, first, last)


def _told(paragraph: Paragraph) -> str:
    """What stands behind the label that says what a brief was narrowed to."""
    text = " ".join(paragraph.text().split())
    for label in ("Narrowed to: ", "Covers only: "):
        if paragraph.holder == "prose" and text.startswith(label):
            return text.removeprefix(label).removesuffix("." if label.startswith("Covers") else "")
    return ""


def _listed(text: str, known: Iterable[str]) -> tuple[str, ...]:
    names = text.split(" or ")
    return tuple(one for one in known if one in names)


def _titled(desk: "Desk", text: str) -> Iterator[str]:
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
