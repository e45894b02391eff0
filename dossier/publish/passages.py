"""The text of an article cut into segments, so that overlapping passages and names become nested markup."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from msgspec import Struct

from dossier.model.articles import Paragraph
from dossier.model.markdown_words import NOTHING
from dossier.publish.markdown_blocks import Kind


class EvidenceSpan(Struct, frozen=True):
    """A stretch of the article that evidence rests on."""

    number: int
    """Number of its note on the page, from 1."""
    start: int
    end: int


class NameLink(Struct, frozen=True):
    """A name in the article that leads to an entry's page."""

    start: int
    end: int
    href: str


class TextRun(Struct, frozen=True):
    """Characters that share the same passages and the same name."""

    text: str
    passages: tuple[int, ...] = ()
    """Numbers of the passages that cover it."""
    first: tuple[int, ...] = ()
    """Those of them that begin here."""
    last: tuple[int, ...] = ()
    """Those of them that end here."""
    href: str = ""


class Block(Struct, frozen=True):
    """A paragraph of the page."""

    number: int
    segments: tuple[TextRun, ...]
    kind: Kind = ""
    """How it is set."""


def blocks(
    text: str,
    paragraphs: Sequence[Paragraph],
    passages: Sequence[EvidenceSpan],
    names: Iterable[NameLink],
    kinds: Sequence[Kind] = (),
) -> list[Block]:
    """Every paragraph that has words, with its segments; a name that a passage cuts in two is not linked.

    What is written over in the text (`NOTHING`) is left out. `kinds` says how each paragraph is set.
    """
    ordered = sorted(passages, key=lambda one: (one.start, one.end, one.number))
    edges = {edge for one in ordered for edge in (one.start, one.end)}
    whole = [one for one in names if not any(one.start < edge < one.end for edge in edges)]
    found, at = [], 0
    set_as: Sequence[Kind] = kinds or [""] * len(paragraphs)
    for paragraph, kind in zip(paragraphs, set_as, strict=True):
        while at < len(whole) and whole[at].end <= paragraph.start:
            at += 1
        near = [one for one in whole[at:] if one.start < paragraph.end] if at < len(whole) else []
        here = [one for one in ordered if one.start < paragraph.end and one.end > paragraph.start]
        segments = tuple(_segments(text, paragraph, here, near))
        if any(one.text.strip() for one in segments):
            found.append(Block(paragraph.number, segments, kind))
    return found


def excerpts(text: str, paragraphs: Sequence[Paragraph], passages: Sequence[EvidenceSpan]) -> list[Block]:
    """The words of the passages alone, with an ellipsis in place of the text between them."""
    found = []
    for block in blocks(text, paragraphs, passages, ()):
        kept: list[TextRun] = []
        for segment in block.segments:
            if segment.passages:
                kept.append(segment)
            elif segment.text.strip() and (not kept or kept[-1].passages):
                kept.append(TextRun(" … "))
        if any(segment.passages for segment in kept):
            found.append(Block(block.number, tuple(kept)))
    return found


def _segments(
    text: str, paragraph: Paragraph, passages: Sequence[EvidenceSpan], names: Sequence[NameLink]
) -> Iterable[TextRun]:
    cuts = {paragraph.start, paragraph.end}
    wanted = [*((one.start, one.end) for one in passages), *((one.start, one.end) for one in names)]
    cuts.update(edge for ends in wanted for edge in ends if paragraph.start < edge < paragraph.end)
    edges = sorted(cuts)
    for start, end in pairwise(edges):
        over = [one for one in passages if one.start < end and one.end > start]
        href = next((one.href for one in names if one.start <= start and end <= one.end), "")
        yield TextRun(
            text[start:end].replace(NOTHING, ""),
            tuple(one.number for one in over),
            tuple(
                one.number for one in over if max(one.start, paragraph.start) == start and one.start >= paragraph.start
            ),
            tuple(one.number for one in over if one.end == end),
            href,
        )
