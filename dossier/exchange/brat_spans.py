"""Spans of brat, which are broken into fragments at the ends of lines, as stretches of the text."""

from collections.abc import Iterator, Sequence

from dossier.exchange.brat_lines import BratSpan
from dossier.exchange.offsets import Places, Selection


def selections_of(span: BratSpan) -> Iterator[Selection]:
    """Yield the fragments of a span, each with its words where they can be told apart."""
    if len(span.fragments) == 1:
        yield Selection(*span.fragments[0], span.words)
        return
    words = span.words.split(" ")
    lengths = [end - start for start, end in span.fragments]
    at = 0
    joined = " ".join(words)
    for (start, end), length in zip(span.fragments, lengths, strict=True):
        piece = joined[at : at + length]
        at += length + 1
        yield Selection(start, end, piece if sum(lengths) + len(lengths) - 1 == len(joined) else "")


def join_fragments(fragments: Sequence[tuple[int, int]], places: Places, text: str) -> list[tuple[int, int]]:
    """Return the fragments as stretches of the text, in its order; those that touch, overlap or have nothing but white
    space between them are one.

    brat breaks a span at every line end.
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(filter(None, (places.span(*one) for one in fragments))):
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
