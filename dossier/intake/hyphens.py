"""Words broken at the end of a line: joined, or their hyphen kept, only where the document itself shows which."""

import re
from bisect import bisect_left

from dossier.intake.document import Hyphens, IntakeDecision

MARKS = "\ufffe\x02"
"""What PDFium puts in place of a hyphen and the line break behind it."""
_LETTERS = r"[^\W\d_]"
_BROKEN = re.compile(rf"(?P<head>[\w'’-]*{_LETTERS}|\w*\d)(?P<mark>[{MARKS}]|[-\u2010]\n[ \t]*)(?P<tail>[\w'’-]*\w)")
_PATH = re.compile(rf"(?P<before>[\w.~-]+/)(?:[{MARKS}]|[-\u2010]\n[ \t]*)(?P<after>[\w.-]*\w)")
_ENDINGS = ("tion", "tions", "sion", "sions", "ment", "ments", "ness", "ing", "ings", "ungen")
"""Second halves that are no words, so that no hyphen ever stood before them; letters of their word may precede them."""
_DASHED = re.compile(r"(\w*\d)([-\u2010\u2011\u2013]) *\n[ \t]*(\d\w*)")
_WORD = re.compile(r"[\w'’]+(?:[-\u2010\u2011][\w'’]+)*")


def mend_hyphens(text: str, undecided: Hyphens) -> tuple[str, list[IntakeDecision]]:
    """`text` with each broken word as the document spells it elsewhere, and the decisions that were taken.

    A word is joined if the joined form stands elsewhere, or another form of it does; it keeps its hyphen
    if the hyphenated form does. Numbers are never joined: a hyphen between digits is part of them. A path that is
    broken behind a slash is joined if it stands whole elsewhere. What is not decided keeps its hyphen and the line
    break, so that nothing is altered.
    """
    known = _unbroken_words(text)
    inflected = _WordForms(known)
    decisions: list[IntakeDecision] = []

    def mend(match: re.Match[str]) -> str:
        printed = f"{match['head']}-\n{match['tail']}"
        spelled = _spelling(match["head"], match["tail"], known, inflected, undecided)
        kind = "hyphen" if spelled else "hyphen-undecided"
        decisions.append(IntakeDecision(kind, printed, taken=True, became=spelled or printed))
        return spelled or printed

    def mend_path(match: re.Match[str]) -> str:
        joined = match["before"] + match["after"]
        if f"{match['before'].split('/')[-2]}/{match['after']}" not in whole:
            return match[0]
        decisions.append(IntakeDecision("hyphen", f"{match['before']}-\n{match['after']}", taken=True, became=joined))
        return joined

    whole = re.sub(rf"\S*/(?:[{MARKS}]|[-\u2010]\n)\S*", " ", text)
    mended = _BROKEN.sub(mend, _PATH.sub(mend_path, text))
    for mark in MARKS:
        mended = mended.replace(mark, "-\n")
    return _DASHED.sub(lambda match: _close_dash(match, known), mended), decisions


def _spelling(head: str, tail: str, known: set[str], inflected: "_WordForms", undecided: Hyphens) -> str:
    """A word broken behind `head`, with or without its hyphen; empty where that is not to be decided."""
    joined, hyphened = head + tail, f"{head}-{tail}"
    number = head[-1].isdigit() or tail[0].isdigit()
    if hyphened.casefold() in known:
        if number or joined.casefold() not in known:
            return hyphened
    elif not number and (joined.casefold() in known or inflected.shows(head, tail)):
        return joined
    if number or undecided == "ask":
        return ""
    return joined if undecided == "join" else hyphened


class _WordForms:
    """The words of a document by their beginnings, to find another form of a broken word."""

    def __init__(self, known: set[str]) -> None:
        self._sorted = sorted(known)

    def shows(self, head: str, tail: str) -> bool:
        """Return whether the tail is an ending that is no word, or another form of the word stands elsewhere.

        Another form goes on beyond the break with half of the tail, at least three letters, and is at most three
        letters longer or shorter. No word may have the hyphen there.
        """
        if tail in _ENDINGS:
            return True
        head, tail = head.casefold(), tail.casefold()
        start = head + tail[: max(3, (len(tail) + 1) // 2)]
        forms = [one for one in self._beginning(start) if abs(len(one) - len(head) - len(tail)) <= 3]
        return len(head) > 2 and len(tail) > 2 and bool(forms) and not self._beginning(f"{head}-{tail[:2]}")

    def _beginning(self, start: str) -> list[str]:
        return self._sorted[bisect_left(self._sorted, start) : bisect_left(self._sorted, f"{start}\U0010ffff")]


def _unbroken_words(text: str) -> set[str]:
    """The words of a document that are not broken, in small letters."""
    whole = re.sub(rf"\S*(?:[{MARKS}]|[-\u2010][ \t]*\n[ \t]*)\S*", " ", text)
    return {match[0].casefold().replace("\u2010", "-").replace("\u2011", "-") for match in _WORD.finditer(whole)}


def _close_dash(match: re.Match[str], known: set[str]) -> str:
    """Digits on both sides of a dash at a line end: closed up only if they stand so elsewhere."""
    whole = f"{match[1]}{match[2]}{match[3]}"
    return whole if whole.casefold().replace("\u2010", "-") in known else match[0]
