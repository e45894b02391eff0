"""Stretches of a text that a reader may mean: a quotation, a clause, a sentence, a paragraph, and their edges.

All functions are pure and give offsets in the text, in characters. A stretch never begins or ends with white space, and
a quotation is given without its marks.
"""

import re
from typing import Literal

from msgspec import Struct

from dossier.model.articles import body_start, paragraph_at, paragraphs

Unit = Literal["word", "clause", "sentence"]
"""The unit by which an edge is moved."""

LONGEST_QUOTATION = 5_000
"""Characters; a mark whose partner is further away than that has none."""

_PAIRS = {"“": "”", "«": "»", "「": "」", "『": "』", "‹": "›", "《": "》", "„": "“”", "‘": "’", "‚": "‘’"}
_STRAIGHT = "\"'"
_STOP = re.compile(
    r"(?:[.!?…]+[\"”’»'」』)\]]*(?=\s|$)|[。！？｡]+[”’」』）]*)",
)
_CLAUSE = re.compile(r"[,;:](?=\s)|[，；：、]|\s[–—-]+(?=\s)|—")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|St|Jr|Sr|vs|No|Nr|bzw|ca|etc|Inc|Ltd|Co|Corp|M|Mme|Art|Jan|"
    r"Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z]|\b(?:[A-Za-z]\.)+[A-Za-z]|\b(?:e\.g|i\.e|z\.B|d\.h))\.$"
)
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*", re.UNICODE)


class TextSpan(Struct, frozen=True):
    """A stretch of a text."""

    start: int
    """Offset of its first character."""
    end: int
    """Offset behind its last."""

    def words(self, text: str) -> str:
        """The text that stands there."""
        return text[self.start : self.end]


def quotation_at(text: str, offset: int) -> TextSpan | None:
    """The innermost quotation that holds an offset, marks not counted; None outside of quotation marks."""
    paragraph = paragraph_span(text, offset)
    if paragraph is None:
        return None
    found = [one for one in quotations(text, paragraph) if one.start - 1 <= offset <= one.end]
    return min(found, key=lambda one: one.end - one.start, default=None)


def quotations(text: str, within: TextSpan) -> list[TextSpan]:
    """The quotations of a stretch, in the order in which they end.

    A straight mark opens at the beginning of a word and closes at the end of one. A quotation left open at the end of
    a paragraph, as where it goes on in the next one, ends there.
    """
    found: list[TextSpan] = []
    waiting: list[tuple[int, str]] = []
    for at in range(within.start, within.end):
        mark = text[at]
        if waiting and mark in waiting[-1][1] and _closes(text, at):
            begin, _ = waiting.pop()
            if at - begin <= LONGEST_QUOTATION:
                found += _trimmed(text, begin + 1, at)
        elif mark in _PAIRS:
            waiting.append((at, _PAIRS[mark]))
        elif mark in _STRAIGHT and _opens(text, at) and (mark == '"' or not _elided(text, at)):
            waiting.append((at, mark))
    left = [begin for begin, close in waiting if close not in ("'", "’", "‘’")][:1]
    return found + [span for begin in left for span in _trimmed(text, begin + 1, within.end)]


def is_quoted(text: str, start: int, end: int) -> bool:
    """Return whether a stretch stands in quotation marks, or is a whole quotation with its marks."""
    while start < end and (text[start] in _STRAIGHT or text[start] in _PAIRS):
        start += 1
    while end > start and (text[end - 1] in _STRAIGHT or any(text[end - 1] in close for close in _PAIRS.values())):
        end -= 1
    first, last = paragraph_span(text, start), paragraph_span(text, max(end - 1, start))
    if first is None or last is None:
        return False
    inside = [one for one in quotations(text, first) if one.start <= start and min(end, first.end) <= one.end]
    if first == last or not inside:
        return bool(inside)
    return any(one.start <= max(last.start + 1, start) and end <= one.end for one in quotations(text, last))


def sentence_at(text: str, offset: int) -> TextSpan | None:
    """The sentence at an offset; None where there is no text."""
    paragraph = paragraph_span(text, offset)
    if paragraph is None:
        return None
    parts = sentences(text, paragraph)
    return next((one for one in parts if offset < one.end), parts[-1])


def sentences(text: str, within: TextSpan) -> list[TextSpan]:
    """The sentences of a stretch. A full stop behind an initial or a usual abbreviation ends none."""
    found: list[TextSpan] = []
    begin = within.start
    for stop in _STOP.finditer(text, within.start, within.end):
        if stop[0] == "." and _ABBREVIATION.search(text, max(begin, stop.end() - 12), stop.end()):
            continue
        rest = text[stop.end() : within.end].lstrip()
        if rest and rest[0].islower():
            continue
        found += _trimmed(text, begin, stop.end())
        begin = stop.end()
    return (found + _trimmed(text, begin, within.end)) or [within]


def clause_at(text: str, offset: int) -> TextSpan | None:
    """The clause at an offset: what stands between two marks within a sentence; None where there is no text."""
    sentence = sentence_at(text, offset)
    if sentence is None:
        return None
    begin, end = sentence.start, sentence.end
    for mark in _CLAUSE.finditer(text, sentence.start, sentence.end):
        if mark.end() <= offset:
            begin = mark.end()
        elif mark.start() >= offset:
            end = mark.start()
            break
    found = _trimmed(text, begin, end)
    return found[0] if found else sentence


def paragraph_span(text: str, offset: int) -> TextSpan | None:
    """The paragraph at an offset, or the one before it; None where there is none."""
    ranges = paragraphs(text, body_start(text))
    if not ranges:
        return None
    one = ranges[max(paragraph_at(ranges, offset), 1) - 1]
    return TextSpan(one.start, one.end)


def first_span(text: str, offset: int) -> TextSpan | None:
    """The span that a reader at an offset most likely means: the quotation there, else the sentence."""
    return quotation_at(text, offset) or sentence_at(text, offset)


def widened(text: str, span: TextSpan) -> TextSpan:
    """The next larger stretch around one: clause, quotation, sentence, paragraph; the same at the widest."""
    at = span.start
    found = [clause_at(text, at), quotation_at(text, at), sentence_at(text, at), paragraph_span(text, at)]
    larger = [
        one for one in found if one is not None and one.start <= span.start and span.end <= one.end and one != span
    ]
    return min(larger, key=lambda one: one.end - one.start, default=span)


def moved_end(text: str, span: TextSpan, steps: int, unit: Unit = "word") -> TextSpan:
    """A stretch with its end moved on by some units (back when negative); at least one word is left."""
    ends = sorted({end for _, end in _units(text, unit)})
    at = span.end
    for _ in range(abs(steps)):
        beyond = [end for end in ends if end > at] if steps > 0 else [end for end in ends if span.start < end < at]
        if not beyond:
            break
        at = beyond[0] if steps > 0 else beyond[-1]
    return TextSpan(span.start, at)


def moved_start(text: str, span: TextSpan, steps: int, unit: Unit = "word") -> TextSpan:
    """A stretch with its beginning moved on by some units (back when negative); at least one word is left."""
    starts = sorted({start for start, _ in _units(text, unit)})
    at = span.start
    for _ in range(abs(steps)):
        beyond = [one for one in starts if one < at] if steps < 0 else [one for one in starts if at < one < span.end]
        if not beyond:
            break
        at = beyond[-1] if steps < 0 else beyond[0]
    return TextSpan(at, span.end)


def _units(text: str, unit: Unit) -> list[tuple[int, int]]:
    body = body_start(text)
    if unit == "word":
        return [match.span() for match in _WORD.finditer(text, body)]
    spans = [TextSpan(one.start, one.end) for one in paragraphs(text, body)]
    whole = [one for span in spans for one in sentences(text, span)]
    if unit == "clause":
        return [one for span in whole for one in _clauses(text, span)]
    return [(one.start, one.end) for one in whole]


def _clauses(text: str, sentence: TextSpan) -> list[tuple[int, int]]:
    """The clauses of a sentence, and the quotations in it as well, by their edges."""
    marks = list(_CLAUSE.finditer(text, sentence.start, sentence.end))
    edges = [sentence.start, *(mark.end() for mark in marks)], [*(mark.start() for mark in marks), sentence.end]
    found = [part for first, last in zip(*edges, strict=True) for part in _trimmed(text, first, last)]
    return [(one.start, one.end) for one in [*found, *quotations(text, sentence)]]


def _opens(text: str, at: int) -> bool:
    """Return whether a straight mark stands at the beginning of a word."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return (not before or before.isspace() or before in "([—–-“‘'") and bool(after) and not after.isspace()


def _closes(text: str, at: int) -> bool:
    """Return whether a mark that may close does: a straight one at the end of a word, and no apostrophe within one."""
    mark, after = text[at], text[at + 1 : at + 2]
    if mark in "'’‘" and after.isalnum():
        return False
    return mark not in _STRAIGHT or not _opens(text, at)


def _elided(text: str, at: int) -> bool:
    """Return whether a straight single mark stands for letters left out (`'90s`) and opens nothing."""
    return text[at + 1 : at + 2].isdigit() or text.find("'", at + 1, at + LONGEST_QUOTATION) < 0


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the ends of a stretch without the white space there; the same twice when nothing else is in it."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _trimmed(text: str, start: int, end: int) -> list[TextSpan]:
    """A stretch without the white space at its ends; none when nothing else is in it."""
    start, end = trimmed(text, start, end)
    return [TextSpan(start, end)] if start < end else []
