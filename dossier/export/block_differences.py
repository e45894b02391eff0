"""Differences between a brief and the dossier: changed, invented or missing statements about an entry."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from dossier.export.brief_blocks import BriefBlock, TableRead, Unit, comparable
from dossier.export.briefs import Claim, trimmed
from dossier.export.verdicts import Verdict, difference


class Slot(NamedTuple):
    """A thing that the dossier says of an entry."""

    label: str
    texts: frozenset[str]
    """Each way in which a brief may put it; comparable."""
    shown: str
    """One of these ways, as it reads."""
    optional: bool = False
    """Whether a brief may leave it out."""


class Variant(NamedTuple):
    """A way in which a brief may tell of an entry."""

    slots: tuple[Slot, ...]
    heading: str = ""
    """The heading under which it stands so; empty when it may stand anywhere."""


class BlockComparison:
    """Compares blocks and tables; `is_id` knows the ids of the dossier, which tell two entries of one name apart."""

    def __init__(self, is_id: Callable[[str], bool]) -> None:
        self._is_id = is_id

    def block(self, found: BriefBlock, variants: Sequence[Variant]) -> list[Verdict]:
        """A verdict on each thing that a block says otherwise or leaves out, by the way that is most like it."""
        fitting = [one for one in variants if not one.heading or one.heading == found.heading] or variants
        unknown, missing = min((self._match(found, one) for one in fitting), key=lambda two: len(two[0]) + len(two[1]))
        told = []
        for unit in unknown:
            slot = _most_like(unit, missing)
            if slot is not None:
                missing.remove(slot)
            told.append(_changed_verdict(unit.line, unit.text, slot.shown if slot else "", found.key, unit.label))
        return told + [left_out(found.line, one.shown, found.key) for one in missing]

    def _match(self, found: BriefBlock, variant: Variant) -> tuple[list[Unit], list[Slot]]:
        """The units that the dossier does not have, and the slots that the block does not fill."""
        unknown, left = [], list(variant.slots)
        for unit in found.units:
            slot = next((one for one in left if one.label == unit.label and self._accepts(one, unit)), None)
            if slot is not None:
                left.remove(slot)
            elif unit.label != "under" or unit.text:
                unknown.append(unit)
        return unknown, [one for one in left if not one.optional]

    def _accepts(self, slot: Slot, unit: Unit) -> bool:
        if unit.label == "words" and trimmed(unit.text) != unit.text:
            return any(comparable(trimmed(unit.text)) in text for text in slot.texts)
        return self._same(unit.text, slot.texts)

    def _same(self, text: str, texts: Iterable[str]) -> bool:
        """Return whether a text is one of others, but for ids and numbers that tell two of a name apart."""
        read = comparable(text)
        return any(read == one or self._remove_numbers(read) == self._remove_numbers(one) for one in texts)

    def _remove_numbers(self, text: str) -> str:
        return _BEHIND.sub(lambda match: "" if match[1].isdigit() or self._is_id(match[1]) else match[0], text)

    def table(self, found: TableRead, known: Sequence[Sequence[TableRead]], *, whole: bool) -> list[Verdict]:
        """A verdict on each cell and remark that no table of the dossier has so; none on a table that is no such one.

        Of each table there may be several readings with the same shape, which put the names of entries otherwise. Of
        one that is to be `whole` there is a verdict on each row and remark that is missing, too.
        """
        told = [one for readings in known if (one := self._compare_table(found, readings, whole)) is not None]
        return min(told, key=len, default=[])

    def _compare_table(self, found: TableRead, readings: Sequence[TableRead], whole: bool) -> list[Verdict] | None:
        first = readings[0]
        heads = [comparable(one) for one in first.head]
        columns = [heads.index(one) if one in heads else -1 for one in map(comparable, found.head)]
        if sum(at >= 0 for at in columns) < max(1, len(found.head) - 1):
            return None
        told = [
            _changed_verdict(found.line, text, first.head[at] if at < len(first.head) else "", "")
            for at, text in enumerate(found.head)
            if columns[at] < 0
        ]
        rows = [
            [frozenset(comparable(one.rows[number][1][at]) for one in readings) for at in range(len(first.head))]
            for number in range(len(first.rows))
        ]
        left = list(range(len(rows)))
        for line, cells in found.rows:
            same = {
                number: [at < 0 or self._same(text, rows[number][at]) for at, text in zip(columns, cells, strict=False)]
                for number in left
            }
            nearest = max(left, key=lambda number: (sum(same[number]), same[number][0]), default=None)
            if nearest is None or not any(same[nearest]):
                told.append(_changed_verdict(line, " | ".join(cells), "", ""))
                continue
            left.remove(nearest)
            told += [
                _changed_verdict(line, text, first.rows[nearest][1][columns[at]], "")
                for at, text in enumerate(cells)
                if not same[nearest][at]
            ]
        known = {comparable(text) for one in readings for _, text in one.remarks}
        told += [_changed_verdict(line, text, "", "") for line, text in found.remarks if comparable(text) not in known]
        if whole:
            told += [left_out(found.line, " | ".join(first.rows[number][1])) for number in left]
            said = {comparable(text) for _, text in found.remarks}
            told += [left_out(found.line, text) for _, text in first.remarks if comparable(text) not in said]
        return told


_BEHIND = re.compile(r" \(([a-z0-9][a-z0-9._-]*|\d{1,3})\)")


def variants_of(
    *readings: Sequence[BriefBlock], optional: Iterable[str] = (), anywhere: bool = False
) -> dict[str, list[Variant]]:
    """The expectations of each entry, by its key, of all readings of documents that describe the same entries.

    Readings of an entry that have the same shape are ways to put the same.
    """
    left = frozenset(optional)
    by_key: list[dict[str, list[BriefBlock]]] = []
    for reading in readings:
        by_key.append({})
        for block in reading:
            by_key[-1].setdefault(block.key, []).append(block)
    return {
        key: [
            _variant(block, [other[key][at] for other in by_key if len(other.get(key, ())) > at], left, anywhere)
            for at, block in enumerate(blocks)
        ]
        for key, blocks in by_key[0].items()
    }


def _variant(block: BriefBlock, ways: Sequence[BriefBlock], optional: frozenset[str], anywhere: bool) -> Variant:
    firm = [unit.label for unit in block.units if unit.label not in optional]
    told = [[unit for unit in one.units if unit.label not in optional] for one in ways]
    same = [units for units in told if [unit.label for unit in units] == firm]
    slots = []
    at = 0
    for unit in block.units:
        free = unit.label in optional
        texts = [unit.text] if free else [units[at].text for units in same]
        slots.append(Slot(unit.label, frozenset(map(comparable, texts)), unit.text, free))
        at += not free
    return Variant(tuple(slots), "" if anywhere else block.heading)


def _most_like(unit: Unit, slots: Sequence[Slot]) -> Slot | None:
    """The slot that a changed unit most likely was; None when there is none of its label or with words in common."""

    def likeness(slot: Slot) -> tuple[int, int]:
        return int(slot.label == unit.label), len(set(slot.shown.split()) & set(unit.text.split()))

    best = max(slots, key=likeness, default=None)
    return best if best is not None and any(likeness(best)) else None


def _changed_verdict(line: int, text: str, there: str, entry: str, label: str = "") -> Verdict:
    claim = Claim("details", line, text, entry=entry)
    why = "the dossier says otherwise" if there else "the dossier says nothing like it"
    if label == "lead":
        why += " who said this, or how that is known"
    return Verdict(claim, "changed", why, there, difference(there, text) if there else "")


def left_out(line: int, there: str, entry: str = "") -> Verdict:
    """A verdict on something that the dossier says and a brief does not."""
    claim = Claim("details", line, there, entry=entry)
    return Verdict(claim, "changed", "the dossier says this too, and the brief has left it out", there)
