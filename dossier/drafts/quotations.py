"""Find the words that an article puts between quotation marks."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from dossier.drafts.language import Language
from dossier.model.articles import Paragraph

_APOSTROPHES = "'’"
_BEFORE_OPENING = "([{—–-/“\"‘'«¡¿,:"
_ENDS = ".,!?…"
_LONGEST_SINGLE = 3_000
"""Characters between single marks; a longer stretch is between two apostrophes."""


class Quotation(Struct, frozen=True, gc=False):
    """Words between marks; a mark inside them, of whatever kind, opens no quotation of its own."""

    start: int
    """Offset of the first character behind the opening mark."""
    end: int
    """Offset of the closing mark, or the end of the paragraph when it is closed in a later one."""
    outer: tuple[int, int]
    """The same with the marks."""
    paragraph: int
    """Index of the paragraph."""
    closed: bool = True
    """False when the next paragraph opens it again."""


def find_quotations(text: str, ranges: Sequence[Paragraph], language: Language) -> list[Quotation]:
    """The quotations of `text` in order; none overlap."""
    found: list[Quotation] = []
    openers = {opening for opening, _ in language.marks}
    for index, part in enumerate(ranges):
        following = ranges[index + 1].start if index + 1 < len(ranges) else len(text)
        reopened = text[following : following + 1] in openers
        found += _in_paragraph(text, index, part, language, reopened=reopened)
    return found


def _in_paragraph(text: str, index: int, part: Paragraph, language: Language, *, reopened: bool) -> Iterable[Quotation]:
    closers = dict(language.marks)
    closings = _Closings(text, part)
    at = part.start
    while at < part.end:
        opening = text[at]
        if opening not in closers or not _opens(text, at, part, language):
            at += 1
            continue
        end = closings.find(at, closers[opening])
        if end < 0 and reopened and opening not in _APOSTROPHES:
            yield Quotation(at + 1, part.end, (at, part.end), index, closed=False)
            return
        if end <= at + 1:
            at += 1
            continue
        yield Quotation(at + 1, end, (at, end + 1), index)
        at = end + 1


def _opens(text: str, at: int, part: Paragraph, language: Language) -> bool:
    mark = text[at]
    if mark not in "\"'‘“":
        return True
    if mark == "“" and dict(language.marks).get("„") != "“":
        return True
    before = text[at - 1] if at > part.start else " "
    after = text[at + 1 : at + 2]
    if not after or after.isspace() or not (before.isspace() or before in _BEFORE_OPENING):
        return False
    if mark in "'‘":
        word = ""
        for letter in text[at + 1 : at + 8]:
            if not letter.isalnum():
                break
            word += letter
        return not (after.isdigit() or word.lower() in language.elisions)
    return True


class _Closings:
    """Finds closing marks in one paragraph, in time that grows with its length whatever stands in it."""

    def __init__(self, text: str, part: Paragraph) -> None:
        self._text = text
        self._part = part
        self._none_before: dict[str, int] = {}
        """By mark, the offset up to which there is no closing one."""
        self._plain = False
        """True once nesting did not come out even: from then on the next mark closes."""

    def find(self, at: int, mark: str) -> int:
        """The offset of the mark that closes the one at `at`; -1 when its paragraph has none."""
        if self._none_before.get(mark, 0) >= self._part.end:
            return -1
        if mark in _APOSTROPHES:
            found = self._apostrophe(at, mark)
        else:
            found = self._is_nested(at, mark) if not self._plain else -1
            if found < 0:
                self._plain = True
                found = self._text.find(mark, at + 1, self._part.end)
        if found < 0:
            self._none_before[mark] = self._part.end
        return found

    def _is_nested(self, at: int, mark: str) -> int:
        text, opening, depth = self._text, self._text[at], 1
        for place in range(at + 1, self._part.end):
            letter = text[place]
            if letter == mark:
                opens = mark == opening and self._looks_opening(place) and place - at > 1
                depth += 1 if opens else -1
                if depth == 0:
                    return place
            elif letter == opening:
                depth += 1
        return -1

    def _looks_opening(self, place: int) -> bool:
        before, after = self._text[place - 1], self._text[place + 1 : place + 2]
        return (before.isspace() or before in "([") and after.isalnum()

    def _apostrophe(self, at: int, mark: str) -> int:
        """The closing one of marks that are apostrophes too; one behind a plural only when nothing else does."""
        text, fallback = self._text, -1
        for place in range(at + 2, min(self._part.end, at + _LONGEST_SINGLE)):
            if text[place] not in mark + _APOSTROPHES:
                continue
            before, after = text[place - 1], text[place + 1 : place + 2]
            if before.isspace() or after.isalnum():
                continue
            plural = before == "s" and after == " " and text[place + 2 : place + 3].islower()
            if before in _ENDS or not plural:
                return place
            if fallback < 0:
                fallback = place
        return fallback
