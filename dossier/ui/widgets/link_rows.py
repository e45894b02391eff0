"""The rows of the links pane: an entry's head, its own evidence, then its links by relation.

There may be tens of thousands of links; their groups tell which rows there are, and a link is read when its row is
looked at. Up to `FEW` links a row takes the lines that its words need; beyond, every row takes two.
"""

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import Literal

from msgspec import Struct

from dossier.model.anchors import Evidence, weakest
from dossier.model.clean import clean_line
from dossier.model.dates import span_of, span_text
from dossier.model.entries import Entry
from dossier.model.fields import fact_fields
from dossier.model.paged import LazySequence
from dossier.model.verbatim import in_marks
from dossier.model.views import CONTENTS, EntryView, LinkRow
from dossier.ui.drawing.text import cut
from dossier.ui.drawing.wrap import wrap

FEW = 400
"""Links of one entry that are read at once, to give each row the height it needs."""

LONG = 2000
"""Characters of a text that are looked at for one row."""

_FACTS = 3
"""Lines that the facts of an entry take at most."""

_QUOTED = 3
"""Lines that the words of a linked quote take at most; its own head shows them all."""

_PLACE = 6
"""Cells at the end of the first line of a quote, for its status and paragraph."""


_SHOWN = {"attended by": "involved", "attended": "involved in"}
"""How relations are headed where their name says too much: a government attends no announcement of its own."""


def shown_relation(name: str) -> str:
    """The heading of a relation on the screen."""
    return _SHOWN.get(name, name)


class LinkItem(Struct, frozen=True):
    """A row of the pane."""

    what: Literal["head", "own", "group", "link"]
    lines: tuple[tuple[str, str], ...] = ()
    """For the head, the note and linked quotes: each line and the name of its style."""
    worded: bool = False
    """Whether a second line shows the words."""
    evidence: Evidence | None = None
    """The words it rests on."""
    link: LinkRow | None = None
    """The cross-reference."""
    count: int = 0
    """For a group, how many links it holds."""
    roomy: bool = False
    """Whether it takes a second line even without words."""

    @property
    def height(self) -> int:
        """The height in lines."""
        if self.what == "head":
            return len(self.lines)
        if self.lines and not self.roomy:
            return len(self.lines)
        return 2 if self.worded or self.roomy else 1


class LinkRows(LazySequence[LinkItem]):
    """The rows for one entry at one width."""

    def __init__(self, view: EntryView, width: int, words_of: Callable[[LinkRow], str], page: int) -> None:
        """Lay out `view` in `width` cells and `page` lines; `words_of` gives a linked quote with its speaker."""
        self._links = view.links
        self._width = width
        self._words_of = words_of
        self._groups = view.groups
        self.few = len(view.links) <= FEW
        worded = view.entry.kind != "quote"
        held = [f"{group.count} {group.relation}" for group in view.groups if group.relation in CONTENTS]
        self._before = [LinkItem("head", tuple(_head(view.entry, held, width, max(page // 2, 3))))]
        self._before += [LinkItem("own", evidence=one, worded=worded or not one.sound) for one in view.evidence]
        self._after = _note(view.entry, width)
        self._firsts = [0, *accumulate(group.count + 1 for group in view.groups)]

    def __len__(self) -> int:
        return len(self._before) + self._firsts[-1] + len(self._after)

    def runs(self) -> list[tuple[int, int]]:
        """The rows in runs of one height: how many there are, and the lines of each."""
        if self.few:
            return [(1, item.height) for item in self]
        groups = [run for group in self._groups for run in ((1, 1), (group.count, 2))]
        return [*((1, item.height) for item in self._before), *groups, *((1, item.height) for item in self._after)]

    def read_item(self, at: int) -> LinkItem:
        """Read the link of a row, if it is one."""
        inside = at - len(self._before)
        if inside < 0:
            return self._before[at]
        if inside >= self._firsts[-1]:
            return self._after[inside - self._firsts[-1]]
        group = bisect_right(self._firsts, inside) - 1
        at = inside - self._firsts[group]
        link = self._links[inside - group - 1 if at else inside - group]
        if not at:
            return LinkItem("group", link=link, count=self._groups[group].count)
        evidence = weakest(link.evidence)
        lines = self._quoted(link) if link.other_kind == "quote" else ()
        return LinkItem("link", lines, _own_words(evidence, link), evidence, link, roomy=not self.few)

    def _quoted(self, link: LinkRow) -> tuple[tuple[str, str], ...]:
        """The words of a linked quote in a few lines; an ellipsis tells that there are more."""
        words = self._words_of(link)[:LONG]
        spans = wrap(words, 0, len(words), max(self._width - _PLACE, 10))
        lines = [words[start:end] for start, end in spans[:_QUOTED]]
        if len(spans) > _QUOTED:
            lines[-1] = cut(words[spans[_QUOTED - 1][0] :], self._width - _PLACE)
        return tuple((text, "") for text in lines)

    def resting(self, row: int) -> bool:
        """Return whether the cursor may rest on a row: on evidence and links, not on the head and the headings."""
        inside = row - len(self._before)
        if inside < 0:
            return row > 0
        return inside < self._firsts[-1] and inside not in self._firsts


def _own_words(evidence: Evidence | None, link: LinkRow) -> bool:
    """Return whether a second line shows words: those a link rests on that neither end shows itself."""
    if link.other_kind == "quote" or link.count:
        return False
    return evidence is not None and (evidence.owner not in (link.here, link.other) or not evidence.sound)


def _note(entry: Entry, width: int) -> list[LinkItem]:
    note = entry.text("note")
    if not note:
        return []
    lines = (("", ""), ("note", "row--heading"), *((text, "row--faint") for text in _broken(note, width)))
    return [LinkItem("head", lines)]


def _head(entry: Entry, held: list[str], width: int, most: int) -> list[tuple[str, str]]:
    """The facts about an entry and what an article has `held`, in lines; the title in `most` lines at most."""
    title = in_marks(entry.title, entry.text("attribution")) if entry.kind == "quote" else entry.title
    lines = [(text, "row--strong") for text in _few(_broken(title, width), most, width)]
    lines += [(text, "row--faint") for text in _few(_broken(" · ".join([*_facts(entry), *held]), width), _FACTS, width)]
    return lines


def _few(lines: list[str], most: int, width: int) -> list[str]:
    """The first lines, an ellipsis telling that there are more."""
    return lines if len(lines) <= most else [*lines[: most - 1], cut(f"{lines[most - 1]} {lines[most]}", width)]


def _facts(entry: Entry) -> list[str]:
    fields = ((field, entry.text(field.name)) for field in fact_fields(entry.kind))
    dated = ("date", "when")
    values = ((one.lead, span_text(*span_of(value)) if one.form in dated else value) for one, value in fields)
    return [entry.kind, *(f"{lead} {value}".strip() for lead, value in values if value)]


def _broken(text: str, width: int) -> list[str]:
    """An inert text in lines of `width` cells."""
    inert = clean_line(text[:LONG])
    return [inert[start:end] for start, end in wrap(inert, 0, len(inert), width)]
