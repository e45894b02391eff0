"""Verify what a brief says beside the words of its sources: speakers, dates, stances, relations.

Told is whatever a brief says of an entry and the dossier does not, and what it leaves out: of an entry, and of a pane
unless the brief says that it tells of chosen entries alone. Prose that quotes nothing is the author's.
"""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from dossier.desk.brief.builder import EXPORTED
from dossier.desk.evidence.expected_blocks import Dossier, parsed
from dossier.desk.evidence.expected_notes import ExpectedNotes
from dossier.desk.evidence.group_headings import KnownQuote, verify_groups
from dossier.desk.evidence.narrowings import read_narrowings
from dossier.desk.evidence.styled_briefs import verify_footnotes
from dossier.desk.evidence.verify_contents import verify_contents
from dossier.desk.evidence.verify_folder import NoteFolder
from dossier.export.block_differences import BlockComparison, Variant, variants_of
from dossier.export.brief_blocks import (
    LINKED,
    BriefBlock,
    Unit,
    is_facts,
    label_of,
    one_spaced,
    read_entries,
    read_lines,
    read_note,
    read_quotes,
    read_tables,
)
from dossier.export.briefs import Claim, trimmed
from dossier.export.note_properties import read_properties
from dossier.export.parsed import BriefParagraph
from dossier.export.styles.notes_style import INDEX
from dossier.export.verdicts import Verdict
from dossier.model.folding import fold

if TYPE_CHECKING:
    from dossier.desk.desk import Desk

_OPTIONAL = ("Note:",)
"""Labels of parts that a brief has only on request."""
_SOURCES = "Sources"
_Expected = dict[str, list[Variant]]
"""The expected variants of blocks, by their keys."""


class BriefDocument(NamedTuple):
    """A brief, or a note of a folder, to hold against the dossier."""

    paragraphs: Sequence[BriefParagraph]
    claims: Iterable[Claim]
    """What was read of its quotations and footnotes."""
    text: str
    """As it is written."""
    note: str
    """The name of the file of a note, without its ending; empty for a brief of one file."""
    folder: NoteFolder
    """Of a note: the folder that holds it."""


def verify_details(desk: "Desk", expected: ExpectedNotes, brief: BriefDocument) -> list[Verdict]:
    """A verdict on everything in which a brief differs from the dossier, apart from its quotations."""
    dossier = expected.dossier
    compare = BlockComparison(dossier.is_id)
    paragraphs = brief.paragraphs
    narrowing = read_narrowings(desk, paragraphs)
    dossier.begin(paragraphs, chosen=narrowing.chosen)
    if brief.note:
        told = list(_note(expected, compare, brief, whole=not narrowing.chosen))
    elif any(map(is_facts, paragraphs)):
        told = [*_entries(dossier, compare, paragraphs), *_verify_ownerless(desk, paragraphs)]
    else:
        told = list(_brief(desk, dossier, compare, paragraphs))
    tables = [] if brief.note else read_tables(paragraphs)
    known = dossier.tables(paragraphs) if tables else []
    told += [verdict for table in tables for verdict in compare.table(table, known, whole=not narrowing.chosen)]
    if not narrowing.chosen:
        told += verify_contents(desk, dossier, paragraphs, narrowing, brief.text if brief.note else "", brief.note)
    if not any(one.level == 2 and one.text().strip() == _SOURCES for one in paragraphs):
        footnotes = [one for one in paragraphs if one.holder == "footnote"]
        told += verify_footnotes(desk, footnotes, brief.claims, dossier.footnotes())
    return told


def _entries(dossier: Dossier, compare: BlockComparison, paragraphs: Sequence[BriefParagraph]) -> Iterator[Verdict]:
    """The blocks of the full style, by the ids of their entries or the headings they refer to."""
    expected: _Expected = {}
    for readings in dossier.entries(paragraphs):
        for key, variants in variants_of(*readings).items():
            expected.setdefault(key, []).extend(variants)
    for block in read_entries(paragraphs):
        ids = [block.key] if block.key in expected else dossier.ids_of(block)
        known = [variant for one in ids for variant in expected.get(one, ())]
        if block.key.startswith(LINKED):
            known = expected.get(block.key) or known
        if known:
            yield from compare.block(block._replace(heading=""), [one._replace(heading="") for one in known])
        elif block.key.startswith(LINKED):
            if block.units:
                yield _unknown(block, "the dossier has no entry that is called so")
        elif block.key:
            yield _unknown(block, f"the dossier has no entry {block.key}")


def _verify_ownerless(desk: "Desk", paragraphs: Iterable[BriefParagraph]) -> Iterator[Verdict]:
    """A verdict on each link at the head of the links, above which nobody is named any more."""
    owned = True
    for one in paragraphs:
        if one.holder == "heading":
            owned = fold(one.text().strip()) != fold(desk.label("links"))
        elif not one.depth:
            owned = True
        elif not owned and label_of(one, "strong"):
            unit = Unit("line", one_spaced(one.text()), one.line)
            yield _unknown(BriefBlock("", one.line, [unit]), "nothing above says whose link this is")


def _brief(
    desk: "Desk", dossier: Dossier, compare: BlockComparison, paragraphs: Sequence[BriefParagraph]
) -> Iterator[Verdict]:
    """The quotes and lines of the brief style."""
    quotes = [block for block in read_quotes(paragraphs) if block.units]
    ways = [
        variants_of(*readings, optional=_OPTIONAL, anywhere=anywhere) for readings, anywhere in dossier.quotes(quotes)
    ]
    known = [KnownQuote(block, *([*_variants_for(block, way)] for way in ways)) for block in quotes]
    yield from _verify_quotes(compare, known)
    yield from verify_groups(compare, paragraphs, known)
    yield from _verify_lines(desk, dossier, compare, read_lines(paragraphs))


def _variants_for(block: BriefBlock, way: dict[str, list[Variant]]) -> Iterator[Variant]:
    """The variants of all quotes whose words a block has, or shortens."""
    for key, variants in way.items():
        if block.key == key or _holds(key, block):
            yield from variants


def _verify_quotes(compare: BlockComparison, quotes: Iterable[KnownQuote]) -> Iterator[Verdict]:
    for block, grouped, free in quotes:
        known = [*grouped, *free]
        if known:
            yield from compare.block(block, known)
        elif not block.key:
            yield _unknown(block, "no words stand behind this name")
        elif block.units[0].label == "lead":
            yield _unknown(block, "the dossier has no quote of these words, so nobody can be held to have said them")


def _holds(key: str, block: BriefBlock) -> bool:
    inner = trimmed(block.key)
    return bool(inner) and inner != block.key and inner in key


def _verify_lines(
    desk: "Desk", dossier: Dossier, compare: BlockComparison, lines: Sequence[BriefBlock]
) -> Iterator[Verdict]:
    """The lines of lists that tell of entries; a list of the author's own is left alone."""
    lines = [one for one in lines if one.heading != _SOURCES]
    ways = [
        variants_of(*pair, optional=_OPTIONAL, anywhere=True)
        for readings in dossier.lines(lines)
        for pair in zip(readings[::2], readings[1::2], strict=True)
    ]
    told = {one.group for one in lines if any(one.key in way for way in ways)}
    labels = {fold(desk.label(pane)) for pane in EXPORTED}
    keys = {key for way in ways for key in way}
    relations = {name.casefold() for one in desk.relations().values() for name in (one.name, one.inverse)}
    for block in lines:
        known = [one for way in ways for one in way.get(block.key, ())]
        if not block.key:
            if block.marked or block.units[0].text.partition(":")[0].casefold() in relations:
                yield _unknown(block, "nothing above says of whom this is told")
        elif known:
            yield from compare.block(*_with_known_parent(block, known, keys))
        elif block.group in told or block.marked or fold(block.heading) in labels:
            nearest = max(keys, key=lambda key: len(set(key.split()) & set(block.key.split())), default="")
            slots = next((way[nearest][0].slots[:1] for way in ways if nearest in way), ())
            yield from compare.block(block._replace(units=block.units[:1]), [Variant(slots)])


def _with_known_parent(
    block: BriefBlock, known: Sequence[Variant], keys: Container[str]
) -> tuple[BriefBlock, Sequence[Variant]]:
    """The same without what the line stands under, where that is nothing or is told as changed itself."""
    parent = next(unit.text for unit in block.units if unit.label == "under")
    if parent in keys:
        return block, known
    units = [unit for unit in block.units if unit.label != "under"]
    fitting = [Variant(tuple(slot for slot in one.slots if slot.label != "under")) for one in known]
    return block._replace(units=units), fitting


def _note(expected: ExpectedNotes, compare: BlockComparison, brief: BriefDocument, *, whole: bool) -> Iterator[Verdict]:
    """A note: its properties, what it says of its entry, or the table or list that it is."""
    paragraphs, name = brief.paragraphs, brief.note
    front = read_properties(brief.text)
    named = next((one.text for one in front if one.label == "property id"), "")
    ids = map(expected.dossier.note_names.id_of, (name, named))
    known = expected.notes(next(filter(None, ids), ""), brief.text, brief.folder)
    if name == INDEX.removesuffix(".md"):
        known_lines = {block.key for block in known.listed}
        names = dict(_linked_notes(known.listing))
        for block in read_lines(paragraphs):
            if block.key not in known_lines:
                yield _unknown(block, "the dossier has no entry that is called so")
        for target, block in _linked_notes(brief.text):
            if block.key in known_lines and target in names and block.key != names[target].key:
                yield _unknown(block, f"the dossier calls {target} “{names[target].units[0].text}”")
        return
    if known.own:
        labels = {unit.label for unit in known.own[0][0]}
        units = [one for one in front if one.label in labels] + read_note(paragraphs)
        has_front = bool({one.label for one in front} - _OF_CONVERTERS)
        yield from compare.block(BriefBlock(name, 1, units), [_note_variant(one, has_front) for one in known.own])
    tables = read_tables(paragraphs)
    if name.startswith("_table") and not tables and not any(one.text() == "Nothing to show." for one in paragraphs):
        yield _unknown(BriefBlock(name, 1, []), "there is no table in it that can be read")
    for table in tables:
        yield from compare.table(table, known.tables, whole=whole)


def _linked_notes(listing: str) -> Iterator[tuple[str, BriefBlock]]:
    """The notes to which a list of all notes leads, each with the line that names it."""
    for number, line in enumerate(listing.split("\n"), 1):
        if match := _LISTED.match(line):
            yield from ((match[1], block._replace(line=number)) for block in read_lines(parsed(line)))


_LISTED = re.compile(r"\s*[-*] \[.+\]\(([^()\s]+)\.md\)\s*$")
_OF_CONVERTERS = {"property title", "property author", "property date"}
"""The properties that a document has again when it comes back from Word without those of its note."""


def _note_variant(readings: Sequence[list[Unit]], front: bool) -> Variant:
    """Return the variant of a note; a trip through Word takes its properties away as a whole."""
    variant = variants_of(*([BriefBlock("", 1, one)] for one in readings), optional=_OPTIONAL)[""][0]
    return Variant(
        tuple(
            slot._replace(optional=slot.optional or (slot.label.startswith("property ") and not front))
            for slot in variant.slots
        )
    )


def _unknown(block: BriefBlock, why: str) -> Verdict:
    text = next((unit.text for unit in block.units), block.key)
    return Verdict(Claim("details", block.line, text, entry=block.key), "changed", why)
