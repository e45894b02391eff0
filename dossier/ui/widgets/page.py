"""An article laid out for reading: where its lines break at a width, and what stands on each of them."""

import itertools
from collections.abc import Iterable, Sequence

from msgspec import Struct

from dossier.model.articles import Paragraph
from dossier.model.clean import clean_same_length
from dossier.model.views import ArticleView, Span
from dossier.ui.drawing.wrap import wrap


class PageLine(Struct, frozen=True, gc=False):
    """A line on the screen."""

    start: int
    """Offset in the article's text; -1 for an empty line between paragraphs."""
    end: int
    """Offset behind its last character."""
    paragraph: int
    """Number of its paragraph, from 1."""
    first: bool
    """Whether it is the first line of its paragraph."""


class Page:
    """An article at one width. Lines are computed once; spans are looked up by paragraph."""

    def __init__(self, view: ArticleView, width: int) -> None:
        self.view = view
        """What is read."""
        self.text = clean_same_length(view.text)
        """The article's text, inert, every offset as in the file."""
        self.width = width
        """Cells per line."""
        self.lines: list[PageLine] = []
        """All lines, with an empty one between paragraphs."""
        for paragraph in view.paragraphs:
            if self.lines:
                self.lines.append(PageLine(-1, -1, paragraph.number - 1, first=False))
            spans = wrap(self.text, paragraph.start, paragraph.end, width)
            self.lines += [
                PageLine(start, end, paragraph.number, first=at == 0) for at, (start, end) in enumerate(spans)
            ]
        self._evidence = _by_paragraph(view.evidence, view.paragraphs)
        self._mentions = _by_paragraph(view.mentions, view.paragraphs)

    def line_at(self, offset: int) -> int:
        """The line that holds an offset of the text, or the last one before it."""
        low, high = 0, len(self.lines)
        while low < high:
            middle = (low + high) // 2
            line = self.lines[middle]
            start = line.start
            if start < 0:  # an empty line stands where the next paragraph begins
                start = self.lines[middle + 1].start
            if start <= offset:
                low = middle + 1
            else:
                high = middle
        at = max(low - 1, 0)
        return at - 1 if at and self.lines[at].start < 0 else at

    def lines_of(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last line of a stretch of the text."""
        return self.line_at(start), self.line_at(max(end - 1, start))

    def evidence_on(self, line: PageLine) -> list[Span]:
        """The evidence that touches a line."""
        return _touching(self._evidence.get(line.paragraph, ()), line)

    def mentions_on(self, line: PageLine) -> list[Span]:
        """The mentions that touch a line."""
        return _touching(self._mentions.get(line.paragraph, ()), line)

    def offset_in(self, line: int, column: int) -> int:
        """The offset of the character `column` of a line; beyond its end, and on an empty line, behind the last one."""
        at = max(0, min(line, len(self.lines) - 1))
        found = self.lines[at]
        if found.start < 0:
            return next((above.end for above in reversed(self.lines[:at]) if above.start >= 0), 0)
        return min(found.start + max(column, 0), found.end)


def _touching(spans: Iterable[Span], line: PageLine) -> list[Span]:
    return [span for span in spans if span.start < line.end and span.end > line.start]


def _by_paragraph(spans: Iterable[Span], paragraphs: Sequence[Paragraph]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    at = 0
    for span in sorted(spans, key=lambda span: span.start):
        while at < len(paragraphs) and paragraphs[at].end <= span.start:
            at += 1
        for paragraph in paragraphs[at:]:
            if paragraph.start >= span.end:
                break
            found.setdefault(paragraph.number, []).append(span)
    return found


def painted(spans: Iterable[tuple[int, int, str]], start: int, end: int) -> list[tuple[int, int, tuple[str, ...]]]:
    """Overlapping spans of named styles cut into pieces that are apart, in order, as offsets from `start`.

    Each piece carries the names of all spans over it, in the order in which they were given.
    """
    inside = [(max(first, start), min(last, end), name) for first, last, name in spans]
    inside = [span for span in inside if span[0] < span[1]]
    edges = sorted({edge for first, last, _ in inside for edge in (first, last)})
    found = []
    for first, last in itertools.pairwise(edges):
        names = tuple(name for begin, finish, name in inside if begin <= first and finish >= last)
        if names:
            found.append((first - start, last - start, names))
    return found
