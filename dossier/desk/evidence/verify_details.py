"""What a brief says beside the words of its sources, held against the dossier: speakers, dates, stances, relations.

Told is whatever a brief says of an entry and the dossier does not, and what it leaves out of an entry that it tells of.
An entry that is left out whole is the author's choice, and so is prose that quotes nothing.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dossier.desk.brief.builder import EXPORTED
from dossier.desk.evidence.expected_blocks import Dossier, read_front
from dossier.export.block_differences import Comparison, Variant, variants_of
from dossier.export.brief_blocks import (
    LINKED,
    Block,
    is_facts,
    read_entries,
    read_lines,
    read_note,
    read_quotes,
    read_tables,
)
from dossier.export.briefs import Claim
from dossier.export.parsed import Paragraph
from dossier.export.styles.notes_style import INDEX
from dossier.export.verdicts import Verdict
from dossier.model.folding import fold

if TYPE_CHECKING:
    from dossier.desk.desk import Desk

_OPTIONAL = ("Note:",)
"""Labels of what a brief tells only when it is asked to."""
_SOURCES = "Sources"


def verify_details(desk: "Desk", paragraphs: Sequence[Paragraph], text: str, name: str) -> list[Verdict]:
    """A verdict on everything that a brief says otherwise than the dossier, its quotations and footnotes apart.

    `name` is that of the file of a note, without its ending; empty for a brief of one file.
    """
    dossier = Dossier(desk)
    compare = Comparison(dossier.is_id)
    if name:
        return list(_note(dossier, compare, paragraphs, text, name))
    full = any(map(is_facts, paragraphs))
    told = list(_entries(dossier, compare, paragraphs) if full else _brief(desk, dossier, compare, paragraphs))
    tables = read_tables(paragraphs)
    known = dossier.tables(paragraphs, "full" if full else "brief") if tables else []
    return told + [verdict for table in tables for verdict in compare.table(table, known)]


def _entries(dossier: Dossier, compare: Comparison, paragraphs: Sequence[Paragraph]) -> Iterator[Verdict]:
    """The blocks of the full style, by the ids of their entries or the headings they refer to."""
    expected = variants_of(*dossier.entries(paragraphs))
    for block in read_entries(paragraphs):
        ids = [block.key] if block.key in expected else dossier.ids_of(block)
        known = [variant for one in ids if (variant := expected.get(one))]
        if block.key.startswith(LINKED):
            known = [expected[block.key]] if block.key in expected else known
            if not known or len(block.units) < 1:
                continue
        if known:
            yield from compare.block(block._replace(heading=""), [one._replace(heading="") for one in known])
        elif block.key and not block.key.startswith(LINKED):
            yield _unknown(block, f"the dossier has no entry {block.key}")


def _brief(desk: "Desk", dossier: Dossier, compare: Comparison, paragraphs: Sequence[Paragraph]) -> Iterator[Verdict]:
    """The quotes and lines of the brief style."""
    quotes = [block for block in read_quotes(paragraphs) if block.units]
    ways: list[tuple[dict[str, Variant], dict[str, list[str]]]] = []
    for readings, anywhere in dossier.quotes(quotes):
        ways.append((variants_of(*readings, optional=_OPTIONAL, anywhere=anywhere), {}))
    yield from _quoted(dossier, compare, quotes, [one for one, _ in ways])
    yield from _listed(desk, dossier, compare, read_lines(paragraphs))


def _quoted(
    dossier: Dossier, compare: Comparison, quotes: Sequence[Block], ways: Sequence[dict[str, Variant]]
) -> Iterator[Verdict]:
    for block in quotes:
        known = [way[key] for way in ways for key in way if block.key == key or _holds(key, block)]
        if known:
            yield from compare.block(block, known)
        elif not block.key:
            yield _unknown(block, "no words stand behind this name")
        elif block.units[0].label == "lead":
            yield _unknown(block, "the dossier has no quote of these words, so nobody can be held to have said them")


def _holds(key: str, block: Block) -> bool:
    from dossier.export.briefs import trimmed  # noqa: PLC0415

    inner = trimmed(block.key)
    return bool(inner) and inner != block.key and inner in key


def _listed(desk: "Desk", dossier: Dossier, compare: Comparison, lines: Sequence[Block]) -> Iterator[Verdict]:
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
    for block in lines:
        known = [way[block.key] for way in ways if block.key in way]
        if known:
            parent = next(unit.text for unit in block.units if unit.label == "under")
            units = [unit for unit in block.units if unit.label != "under" or parent in keys]
            yield from compare.block(block._replace(units=units), _without_parent(known, parent in keys))
        elif block.group in told or block.marked or fold(block.heading) in labels:
            nearest = max(keys, key=lambda key: len(set(key.split()) & set(block.key.split())), default="")
            yield from compare.block(
                block._replace(units=block.units[:1]),
                [
                    Variant(tuple(slot for slot in way[nearest].slots if slot.label == "line"))
                    for way in ways
                    if nearest in way
                ][:1]
                or [Variant(())],
            )


def _without_parent(known: Sequence[Variant], told: bool) -> list[Variant]:
    """The same without what they stand under: to stand under nothing is no mistake."""
    slots = [
        tuple(slot._replace(optional=slot.optional or slot.label == "under") for slot in one.slots) for one in known
    ]
    return [Variant(one if told else tuple(slot for slot in one if slot.label != "under")) for one in slots]


def _note(
    dossier: Dossier, compare: Comparison, paragraphs: Sequence[Paragraph], text: str, name: str
) -> Iterator[Verdict]:
    """A note: its properties, what it says of its entry, or the table or list that it is."""
    own, known, index = dossier.notes(name if dossier.is_id(name) else "", text)
    if name == INDEX.removesuffix(".md"):
        expected = variants_of(*index, anywhere=True)
        for block in read_lines(paragraphs):
            if block.key not in expected:
                yield _unknown(block, "the dossier has no entry that is called so")
        return
    if own:
        front = read_front(text)
        units = [one for one in front if one.label in {unit.label for unit in own[0]}] + read_note(paragraphs)
        variant = variants_of(*([Block(name, 1, one)] for one in own), optional=_OPTIONAL)[name]
        slots = [
            slot._replace(optional=slot.optional or (slot.label.startswith("property ") and not front))
            for slot in variant.slots
        ]
        yield from compare.block(Block(name, 1, units), [Variant(tuple(slots))])
    for table in read_tables(paragraphs):
        yield from compare.table(table, known)


def _unknown(block: Block, why: str) -> Verdict:
    text = next((unit.text for unit in block.units), block.key)
    return Verdict(Claim("details", block.line, text, entry=block.key), "changed", why)
