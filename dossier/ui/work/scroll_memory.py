"""The reader's place in a pane, kept while the dossier changes under it: what is in sight stays where it is."""

from collections.abc import Sequence

from msgspec import Struct

from dossier.model.articles import Paragraph
from dossier.ui.panes.article import Article
from dossier.ui.widgets.page import Page
from dossier.ui.widgets.pane import ListPane, Pane


class ScrollPosition(Struct, frozen=True):
    """The place where a pane stood."""

    top: int
    """The first line in sight."""
    cursor: str = ""
    """Key of the row under the cursor."""
    rows: tuple[tuple[str, int], ...] = ()
    """Keys of the rows in sight with the line of the pane each began on, the most looked at first."""
    page: Page | None = None
    """For an article, what was read."""


def place_of(pane: Pane) -> ScrollPosition:
    """The place where a pane stands now."""
    if isinstance(pane, ListPane) and pane.rows.stack.rows:
        stack, cursor = pane.rows.stack, pane.list.cursor
        first, last = stack.at(pane.top)[0], stack.at(pane.top + max(pane.page, 1) - 1)[0]
        near = cursor if first <= cursor <= last else first
        order = sorted(range(first, last + 1), key=lambda row: (abs(row - near), -row))
        rows = tuple((pane.rows.key_at(row), stack.line_of(row) - pane.top) for row in order)
        return ScrollPosition(pane.top, pane.rows.key_at(cursor), rows)
    return ScrollPosition(pane.top, page=pane.content.page if isinstance(pane, Article) else None)


def put_back(pane: Pane, place: ScrollPosition) -> None:
    """Put a pane where it stood, by what is in it and not by line numbers."""
    if isinstance(pane, ListPane) and pane.rows.stack.rows and place.rows:
        found = [(row, line) for key, line in place.rows if key and (row := pane.rows.row_of(key)) is not None]
        cursor = pane.rows.row_of(place.cursor) if place.cursor else None
        if cursor is None and found:
            cursor = found[0][0]
        if cursor is not None and pane.rows.rests(cursor):
            pane.list.cursor = cursor
        pane.top = pane.rows.stack.line_of(found[0][0]) - found[0][1] if found else place.top
    elif isinstance(pane, Article) and place.page is not None and pane.content.page is not None:
        pane.top = _line(place.page, place.top, pane.content.page)
    else:
        pane.top = place.top
    pane.refresh()


def _line(old: Page, top: int, new: Page) -> int:
    """The line of `new` that shows what the line `top` of `old` showed; the same line of another article."""
    if old.view.entry.id != new.view.entry.id or not old.lines:
        return top
    here = old.lines[min(top, len(old.lines) - 1)]
    if here.start < 0:  # an empty line: the paragraph behind it is what one reads
        return _line(old, top + 1, new) - 1
    start = moved(old.text, old.view.paragraphs, new.text, new.view.paragraphs, here.start)
    return new.line_at(start)


def moved(old: str, before: Sequence[Paragraph], new: str, after: Sequence[Paragraph], offset: int) -> int:
    """The place in a changed text of what stood at `offset`: by the paragraph it is in, or else by the last one before
    it that is still there.
    """
    places: dict[str, list[Paragraph]] = {}
    for paragraph in after:
        places.setdefault(new[paragraph.start : paragraph.end], []).append(paragraph)
    within = [paragraph for paragraph in before if paragraph.start <= offset]
    for paragraph in reversed(within):
        found = places.get(old[paragraph.start : paragraph.end])
        if found:
            nearest = min(found, key=lambda one: abs(one.number - paragraph.number))
            if offset < paragraph.end:
                return nearest.start + offset - paragraph.start
            behind = [one for one in after if one.start >= nearest.end]
            return behind[0].start if behind else nearest.start
    return min(offset, len(new))
