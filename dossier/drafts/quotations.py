"""Where an article puts words between quotation marks."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from dossier.drafts.language import Language
from dossier.model.articles import Paragraph

_STRAIGHT = '"'
_APOSTROPHES = "'’"
_BEFORE_OPENING = "([{—–-/“\"‘'«¡¿,:"
_ENDS = ".,!?…"


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


def _in_paragraph(
    text: str, index: int, part: Paragraph, language: Language, *, reopened: bool
) -> Iterable[Quotation]:
    closers = dict(language.marks)
    at = part.start
    while at < part.end:
        opening = text[at]
        if opening not in closers or not _opens(text, at, part, language):
            at += 1
            continue
        end = _closing(text, at, closers[opening], part)
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


def _closing(text: str, at: int, mark: str, part: Paragraph) -> int:
    """The offset of the mark that closes the one at `at`; -1 when its paragraph has none."""
    if mark in _APOSTROPHES:
        return _closing_apostrophe(text, at, mark, part)
    if mark != _STRAIGHT:
        depth, opening = 1, text[at]
        for place in range(at + 1, part.end):
            depth += (text[place] == opening != mark) - (text[place] == mark)
            if depth == 0:
                return place
        return text.find(mark, at + 1, part.end)
    depth = 1
    for place in range(at + 1, part.end):
        if text[place] == mark:
            before, after = text[place - 1], text[place + 1 : place + 2]
            nested = (before.isspace() or before in "([") and after.isalnum() and place - at > 1
            depth += 1 if nested else -1
            if depth == 0:
                return place
    return text.find(mark, at + 1, part.end)


def _closing_apostrophe(text: str, at: int, mark: str, part: Paragraph) -> int:
    fallback = -1
    for place in range(at + 2, part.end):
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
