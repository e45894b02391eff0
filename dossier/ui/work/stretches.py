"""Stretches of an article that one goes through by keys, and words that a pointer cut made whole."""

from collections.abc import Sequence

from dossier.model.articles import body_start, paragraphs
from dossier.model.text_spans import TextSpan, quotations, sentences, trimmed, widened


def whole_words(text: str, start: int, end: int) -> TextSpan | None:
    """A stretch without white space at its ends, and with the whole of the words it begins and ends in."""
    start, end = trimmed(text, *sorted((max(start, body_start(text)), min(end, len(text)))))
    if start >= end:
        return None
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return TextSpan(start, end)


def without_comma(text: str, span: TextSpan | None) -> TextSpan | None:
    """A stretch without a comma at its end, which belongs to the sentence around a quotation."""
    if span is not None and span.end - span.start > 1 and text[span.end - 1] in ",，、":
        return TextSpan(span.start, span.end - 1)
    return span


def wider(text: str, span: TextSpan) -> TextSpan:
    """The next larger stretch around one; a comma more does not count."""
    found = widened(text, span)
    return widened(text, found) if without_comma(text, found) == span else found


def stretches(text: str, drafted: Sequence[TextSpan] = ()) -> list[TextSpan]:
    """The drafted words of an article, its quotations, and the sentences without either, in order."""
    found = list(drafted)
    for paragraph in paragraphs(text, body_start(text)):
        within = TextSpan(paragraph.start, paragraph.end)
        quoted = quotations(text, within)
        free = [one for one in quoted if not any(_touch(one, other) for other in drafted)]
        found += [one for one in free if not any(_inside(one, other) for other in quoted)]
        known = [*quoted, *drafted]
        found += [one for one in sentences(text, within) if not any(_touch(one, other) for other in known)]
    return sorted(found, key=lambda one: (one.start, one.end))


def next_stretch(text: str, span: TextSpan, by: int, drafted: Sequence[TextSpan] = ()) -> TextSpan | None:
    """The stretch behind another one, or before it; None when there is none."""
    found = stretches(text, drafted)
    beyond = (
        (one for one in found if one.start > span.start)
        if by > 0
        else (one for one in reversed(found) if one.start < span.start)
    )
    return without_comma(text, next(beyond, None))


def _inside(one: TextSpan, other: TextSpan) -> bool:
    return other.start <= one.start and one.end <= other.end and one != other


def _touch(one: TextSpan, other: TextSpan) -> bool:
    return one.start < other.end and other.start < one.end
