"""Statements of a brief beside the words of its sources, block by block: speakers, dates, stances, relations, tables.

A block is what stands about one entry. Two documents are compared by reading both into blocks.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dossier.export.parsed import BriefParagraph
from dossier.model.folding import fold


class Unit(NamedTuple):
    """A thing that a block says."""

    label: str
    """What it is about: `facts`, `heading`, `lead`, `words`, a relation or the label that stands before it."""
    text: str
    """As it reads, in single spaces."""
    line: int
    """From 1."""


class BriefBlock(NamedTuple):
    """The text about one entry."""

    key: str
    """By which two documents name the same entry: its id, or its words or line, folded."""
    line: int
    """Where it begins, from 1."""
    units: list[Unit]
    heading: str = ""
    """What the heading above it says."""
    group: int = 0
    """Of a line: the number of its list in the document."""
    marked: bool = False
    """Of a line: whether it refers to a footnote."""


class TableRead(NamedTuple):
    """A table, and the list that follows it."""

    line: int
    head: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """The line and the cells of each row."""
    remarks: tuple[tuple[int, str], ...]
    """The line and the text of each item of the list."""


KIND = re.compile(r"(Article|Delegation|Person|Issue|Quote|Event)\b")
"""How the line begins that says what an entry is."""
HEADED = re.compile(r"(?=: [“\"](.*)[”\"](?: \([^()]*\)){0,2}$)", re.DOTALL)
"""Where the words begin in the heading of a quote."""
LINKED = "link:"
"""How the key of a block begins that refers to the entry told further up."""
_PARAGRAPH = re.compile(r"¶ ?\d{1,9}")
_PARTED = re.compile(r" ([,.;:)])")
_FREE = ("Remark:", "Comment:")
"""Labels of what the author of the brief has to say."""


def is_facts(paragraph: BriefParagraph) -> bool:
    """Return whether a paragraph is the line that says what an entry is: `Quote · direct · id`."""
    return bool(KIND.match(paragraph.text())) and any(piece.kind == "code" for piece in paragraph.pieces)


def one_spaced(text: str) -> str:
    """A text in single spaces."""
    return " ".join(text.split())


def comparable(text: str) -> str:
    """A text folded, as it is before a trip through a program that spells dashes in ASCII or parts stops by spaces."""
    return _PARTED.sub(r"\1", fold(text.replace("---", "—").replace("--", "–").replace("...", "…")))


def label_of(paragraph: BriefParagraph, kind: str) -> str:
    """The bold (`strong`) or emphasised (`emphasis`) text with which a paragraph begins; empty when there is none."""
    label = ""
    for piece in paragraph.pieces:
        if piece.kind != kind and piece.text.strip():
            break
        label += piece.text
    return one_spaced(label)


def read_entries(paragraphs: Iterable[BriefParagraph]) -> list[BriefBlock]:
    """The blocks of a brief of the full style: a heading, the words of a quote, a line of facts, relations."""
    sections: list[list[BriefParagraph]] = [[]]
    for one in paragraphs:
        if one.holder == "footnote" or one.cell:
            continue
        again = is_facts(one) and any(map(is_facts, sections[-1]))
        if one.holder == "heading" or again or _is_reference(one):
            sections.append([])
        sections[-1].append(one)
    return [_entry(section) for section in sections if section and _tells(section)]


def _is_reference(paragraph: BriefParagraph) -> bool:
    """Return whether a paragraph is nothing but a link to a heading: an entry that is told elsewhere."""
    kinds = {piece.kind for piece in paragraph.pieces if piece.text.strip() and piece.kind != "mark"}
    return paragraph.holder == "prose" and not paragraph.depth and kinds == {"link"}


def _tells(section: list[BriefParagraph]) -> bool:
    first = section[0]
    return _is_reference(first) or first.level > 2 or any(map(is_facts, section))


def _entry(section: list[BriefParagraph]) -> BriefBlock:
    first = section[0]
    if _is_reference(first):
        name = one_spaced(first.text())
        return BriefBlock(LINKED + comparable(name), first.line, [*_relations(section)], name)
    facts = next((one for one in section if is_facts(one)), None)
    kind = KIND.match(facts.text()) if facts else None
    quotes = kind is None or kind[1] == "Quote"
    key = [piece.text for piece in facts.pieces if piece.kind == "code"][-1] if facts else ""
    units = [] if first.holder != "heading" else [Unit("heading", _without_words(first.text(), quotes), first.line)]
    words = [one for one in section if one.holder == "quotation"]
    if words and quotes:
        units.append(Unit("words", one_spaced(" ".join(one.text() for one in words)), words[0].line))
    elif words:
        units += _numbers(words)
    for one in section:
        label = label_of(one, "strong")
        if one is facts:
            units.append(Unit("facts", one_spaced(one.text()), one.line))
        elif one.holder == "prose" and not one.depth and label.endswith(":") and label not in _FREE:
            units.append(Unit(label, one_spaced(one.text()), one.line))
    heading = one_spaced(first.text()) if first.holder == "heading" else ""
    return BriefBlock(key, first.line, [*units, *_relations(section)], heading)


def _without_words(heading: str, quotes: bool) -> str:
    """A heading without the words of a quote, which are looked for in their source."""
    match = next(HEADED.finditer(heading), None) if quotes else None
    return one_spaced(f"{heading[: match.start()]} {heading[match.end(1) + 1 :]}" if match else heading)


def _numbers(paragraphs: Iterable[BriefParagraph]) -> Iterable[Unit]:
    """The paragraphs of an article, each with its number."""
    for one in paragraphs:
        if _PARAGRAPH.fullmatch(label_of(one, "strong")):
            yield Unit("paragraph", one_spaced(one.text()), one.line)


def _relations(section: Iterable[BriefParagraph]) -> Iterable[Unit]:
    """The lines in the list of a section, each under the relation it is about."""
    label = ""
    for one in section:
        if one.depth and one.holder == "prose":
            label = label_of(one, "strong") or label
            text = one_spaced(one.text())
            if text and text != label:
                yield Unit(label, text.removeprefix(label).strip(), one.line)


def lead_of(paragraph: BriefParagraph) -> str:
    """The bold name with which a paragraph about someone's words begins; empty when it begins otherwise."""
    label = label_of(paragraph, "strong") if paragraph.holder == "prose" and not paragraph.depth else ""
    return label[:-1].rstrip() if label.endswith(":") else ""


def read_quotes(paragraphs: Iterable[BriefParagraph]) -> list[BriefBlock]:
    """The quotes of a brief of the brief style: who said it, the words, and what stands below them."""
    found: list[BriefBlock] = []
    heading, within, spoken = "", False, False
    for one in paragraphs:
        lead = lead_of(one)
        if one.holder == "heading":
            heading, within = one_spaced(one.text()) if one.level > 1 else "", False
        elif lead:
            found.append(BriefBlock("", one.line, [Unit("lead", lead, one.line)], heading))
            within, spoken = True, False
            words = one_spaced(one.text())[len(label_of(one, "strong")) :].strip()
            if words:
                found[-1].units.append(Unit("words", words, one.line))
        elif one.holder == "quotation" and not _PARAGRAPH.fullmatch(label_of(one, "strong")):
            if not within or (not spoken and len(found[-1].units) > 1):
                found.append(BriefBlock("", one.line, [], heading))
            within = spoken = True
            _append_words(found[-1], one)
        elif within and one.holder == "prose" and not one.depth and is_label(one):
            found[-1].units.extend(_label_and_text(one))
        else:
            within = False
    return [block._replace(key=_words(block)) for block in found]


def _append_words(block: BriefBlock, paragraph: BriefParagraph) -> None:
    """Put a paragraph of a block quotation to the words of a block."""
    words = one_spaced(paragraph.text())
    if block.units and block.units[-1].label == "words":
        last = block.units.pop()
        block.units.append(last._replace(text=f"{last.text} {words}"))
    else:
        block.units.append(Unit("words", words, paragraph.line))


def _words(block: BriefBlock) -> str:
    return next((comparable(one.text) for one in block.units if one.label == "words"), "")


def is_label(paragraph: BriefParagraph) -> bool:
    """Return whether a paragraph begins with emphasis and a colon, as what is no quotation does."""
    return label_of(paragraph, "emphasis").endswith(":")


def _label_and_text(paragraph: BriefParagraph) -> Iterable[Unit]:
    label = label_of(paragraph, "emphasis")
    if label not in _FREE:
        yield Unit(label, one_spaced(paragraph.text()), paragraph.line)


def read_lines(paragraphs: Sequence[BriefParagraph]) -> list[BriefBlock]:
    """The entries that a list tells in a line each, with what stands in labelled lines below; no lists under tables."""
    found: list[BriefBlock] = []
    parents: list[tuple[int, BriefBlock]] = []
    heading, group, after = "", 0, ""
    for one in paragraphs:
        if one.holder == "heading" and one.level > 1:
            heading = one_spaced(one.text())
        if not one.depth or one.holder != "prose" or one.cell:
            parents, group = [], group + 1
            after = "table" if one.cell else ""
            continue
        if after == "table":
            continue
        parents = [(depth, block) for depth, block in parents if depth < one.depth]
        if is_label(one) and parents:
            parents[-1][1].units.extend(_label_and_text(one))
            continue
        text = one_spaced(one.text())
        if is_label(one):
            found.append(BriefBlock("", one.line, [Unit("line", text, one.line)], heading, group, bool(one.marks)))
            continue
        units = [Unit("line", text, one.line), Unit("under", parents[-1][1].key if parents else "", one.line)]
        block = BriefBlock(comparable(text), one.line, units, heading, group, bool(one.marks))
        found.append(block)
        parents.append((one.depth, block))
    return found


def read_note(paragraphs: Iterable[BriefParagraph]) -> list[Unit]:
    """The content of the note on one entry."""
    units: list[Unit] = []
    for one in paragraphs:
        text, lead = one_spaced(one.text()), lead_of(one)
        if one.holder == "heading" and one.level == 1:
            units.append(Unit("heading", text, one.line))
        elif lead:
            units.append(Unit("lead", lead, one.line))
            words = text[len(label_of(one, "strong")) :].strip()
            units += [Unit("words", words, one.line)] if words else []
        elif is_facts(one):
            units.append(Unit("facts", text, one.line))
        elif one.holder == "quotation":
            units += list(_numbers([one])) or [Unit("words", text, one.line)]
        elif one.holder == "prose" and is_label(one):
            units += _label_and_text(one)
    return units


def read_tables(paragraphs: Iterable[BriefParagraph]) -> list[TableRead]:
    """Every table of a document."""
    cells: dict[int, dict[int, list[tuple[int, str]]]] = {}
    remarks: dict[int, list[tuple[int, str]]] = {}
    last = -1
    for one in paragraphs:
        if one.cell:
            last = one.cell[0]
            cells.setdefault(last, {}).setdefault(one.cell[1], []).append((one.line, one_spaced(one.text())))
        elif last >= 0 and one.depth and one.holder == "prose":
            remarks.setdefault(last, []).append((one.line, one_spaced(one.text())))
        else:
            last = -1
    return [
        TableRead(
            rows[0][0][0],
            tuple(text for _, text in rows[0]),
            tuple((row[0][0], tuple(text for _, text in row)) for at, row in rows.items() if at),
            tuple(remarks.get(number, ())),
        )
        for number, rows in cells.items()
    ]
