"""Headings by which the brief style groups quotes, held against what each quote is about.

A quote that is about an issue does not repeat the one that it stands under, and so tells by itself when that heading is
changed. A quote about a person, or about nothing, reads the same under any heading. Own headings of the author are left
alone: a chapter has either these or groups, so that a quote which only a group can hold tells which of the two it is.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dossier.export.block_differences import BlockComparison, Variant
from dossier.export.brief_blocks import BriefBlock, comparable, one_spaced
from dossier.export.briefs import Claim
from dossier.export.parsed import BriefParagraph
from dossier.export.verdicts import Verdict, difference


class KnownQuote(NamedTuple):
    """A quote of a brief, with the ways in which the dossier tells of it."""

    block: BriefBlock
    grouped: Sequence[Variant]
    """Under the heading of its group."""
    free: Sequence[Variant]
    """Under any other heading, with all that it is about."""


def verify_groups(
    compare: BlockComparison, paragraphs: Sequence[BriefParagraph], quotes: Sequence[KnownQuote]
) -> Iterator[Verdict]:
    """A verdict on each quote that reads the same anywhere and stands in a grouped chapter outside its group."""
    heads = [one for one in paragraphs if one.holder == "heading"]
    outside: list[tuple[BriefBlock, str]] = []
    chapters: list[range] = []
    for block, grouped, free in quotes:
        fitting = [one.heading for one in grouped if not compare.block(block, [one])]
        anywhere = any(not compare.block(block, [one]) for one in free)
        inside = comparable(block.heading) in map(comparable, fitting)
        if inside and not anywhere:
            chapters.append(_chapter_around(heads, block.line))
        elif fitting and anywhere and not inside:
            outside.append((block, fitting[0]))
    for block, group in outside:
        if any(block.line in chapter for chapter in chapters):
            yield _misplaced(heads, block, group)


def _chapter_around(heads: Sequence[BriefParagraph], line: int) -> range:
    """The lines of the chapter of a group, given a line of that group: up to a heading above those of its groups."""
    level = next((one.level for one in reversed(heads) if one.line < line), 0)
    above = [one.line for one in heads if one.level < level]
    first = max((one for one in above if one < line), default=1)
    return range(first, min((one for one in above if one > line), default=1_000_000_000))


def _misplaced(heads: Sequence[BriefParagraph], block: BriefBlock, group: str) -> Verdict:
    """The verdict on a quote outside its group, on the line of the heading above it."""
    head = next((one for one in reversed(heads) if one.line < block.line), None)
    line, text = (head.line, one_spaced(head.text())) if head else (block.line, "")
    quote = block.units[0].text
    why = f"the dossier has the quote of line {block.line}, “{quote}”, under the heading “{group}”; put it back there"
    return Verdict(Claim("details", line, text, entry=block.key), "changed", why, group, difference(group, text))
