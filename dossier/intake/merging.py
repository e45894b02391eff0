"""Choose the lines of a page that are the article, by two readings of it."""

import re
from collections.abc import Sequence

from msgspec import Struct

from dossier.intake.document import IntakeDecision, Reading

_WORD = re.compile(r"\w")
_WORDS = re.compile(r"[^\W_]+")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_SENTENCE_END = re.compile(r"[.!?…。！？”\"»’)」]\s*$")
_GAP = 2
"""Lines in neither reading that may stand between the article and what continues it."""
_PROSE = 20
"""Words of a line that continues the article."""


class Merged(Struct, frozen=True):
    """The lines that were taken, as paragraphs, and the decisions about the others."""

    paragraphs: list[str]
    decisions: list[IntakeDecision]


class ReadWords:
    """The words of a reading, for asking whether a line is among them."""

    def __init__(self, text: str) -> None:
        words = words_of(text)
        self._whole = f" {' '.join(words)} "
        self._runs = _runs(words)
        self._lines = {" ".join(words_of(line)) for line in text.splitlines()}

    def __contains__(self, line: object) -> bool:
        words = words_of(str(line))
        joined = " ".join(words)
        if len(words) < 4:
            return bool(words) and joined in self._lines
        if f" {joined} " in self._whole:
            return True
        runs = [tuple(words[at : at + 3]) for at in range(len(words) - 2)]
        return sum(run in self._runs for run in runs) * 2 >= len(runs)


def words_of(text: str) -> list[str]:
    """The words of a text in small letters; of scripts without spaces, the characters."""
    return _WORDS.findall(_CJK.sub(r" \g<0> ", text).casefold())


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}


def merge(lines: Sequence[str], first: str, second: str, reading: Reading) -> Merged:
    """The article among the lines of a page.

    The first reading decides; what only the second has is taken where it stands inside the article, or where it goes on
    directly before or behind it in whole sentences. Each line about which the readings differ, and each that neither
    has, is among the decisions.
    """
    one, other = ReadWords(first), ReadWords(second)
    by_first = [line in one for line in lines]
    by_second = [line in other for line in lines]
    taken = _choose_lines(lines, by_first, by_second, reading)
    decisions = []
    for line, kept, in_first, in_second in zip(lines, taken, by_first, by_second, strict=True):
        if _WORD.search(line) and not (kept and in_first and in_second):
            kind = "only-first" if in_first else "only-second" if in_second else "left-out"
            decisions.append(IntakeDecision("left-out" if in_first and in_second else kind, line.strip(), taken=kept))
    return Merged(_paragraphs(lines, taken), decisions)


def _choose_lines(lines: Sequence[str], first: list[bool], second: list[bool], reading: Reading) -> list[bool]:
    if reading == "whole":
        return [bool(line.strip()) for line in lines]
    if reading == "second" or not any(first):
        return list(second)
    taken = list(first)
    if reading == "first":
        return taken
    marked = [at for at, kept in enumerate(taken) if kept]
    low, high = marked[0], marked[-1]
    for at in range(low, high):
        taken[at] = taken[at] or second[at]
    _go_on(lines, second, taken, range(high + 1, len(lines)))
    _go_on(lines, second, taken, range(low - 1, -1, -1))
    return taken


def _go_on(lines: Sequence[str], second: list[bool], taken: list[bool], order: range) -> None:
    """Take what goes on from the article in the second reading, line by line away from it."""
    gap = 0
    waiting: list[int] = []
    for at in order:
        if not _WORD.search(lines[at]):
            continue
        if second[at] and len(words_of(lines[at])) >= _PROSE and _SENTENCE_END.search(lines[at]):
            for one in (*waiting, at):
                taken[one] = True
            waiting, gap = [], 0
        elif second[at]:
            waiting.append(at)
        else:
            gap += 1
            if gap > _GAP:
                return


def _paragraphs(lines: Sequence[str], taken: list[bool]) -> list[str]:
    paragraphs: list[list[str]] = [[]]
    for line, kept in zip(lines, taken, strict=True):
        if not line.strip():
            paragraphs.append([])
        elif kept:
            paragraphs[-1].append(re.sub(r"\t+", "\t", line.strip()))
    return ["\n".join(paragraph) for paragraph in paragraphs if paragraph]


def missing_lines(text: str, present: str) -> list[str]:
    """The lines of a text whose words another text does not have."""
    there = ReadWords(present)
    return [line.strip() for line in text.splitlines() if _WORD.search(line) and line not in there]
