"""Words broken at the end of a line: joined, or their hyphen kept, only where the document itself shows which."""

import re

from dossier.intake.document import Decision, Hyphens

MARKS = "\ufffe\x02"
"""What PDFium puts in place of a hyphen and the line break behind it."""
_LETTERS = r"[^\W\d_]"
_BROKEN = re.compile(rf"(?P<head>[\w'’-]*{_LETTERS}|\w*\d)(?P<mark>[{MARKS}]|[-\u2010]\n[ \t]*)(?P<tail>[\w'’-]*\w)")
_DASHED = re.compile(r"(\w*\d)([-\u2010\u2011\u2013]) *\n[ \t]*(\d\w*)")
_WORD = re.compile(r"[\w'’]+(?:[-\u2010\u2011][\w'’]+)*")


def mend_hyphens(text: str, undecided: Hyphens) -> tuple[str, list[Decision]]:
    """`text` with each broken word as the document spells it elsewhere, and the decisions that were taken.

    A word is joined if the joined form stands elsewhere, and keeps its hyphen if the hyphenated form does. Numbers are
    never joined: a hyphen between digits is part of them. What is not decided keeps its hyphen and the line break, so
    that nothing is altered.
    """
    known = _known(text)
    decisions: list[Decision] = []

    def mend(match: re.Match[str]) -> str:
        head, tail = match["head"], match["tail"]
        joined, hyphened = head + tail, f"{head}-{tail}"
        printed = f"{head}-\n{tail}"
        number = head[-1].isdigit() or tail[0].isdigit()
        if hyphened.casefold() in known and (number or joined.casefold() not in known):
            became = hyphened
        elif not number and joined.casefold() in known and hyphened.casefold() not in known:
            became = joined
        elif number or undecided == "ask":
            decisions.append(Decision("hyphen-undecided", printed, taken=True, became=printed))
            return printed
        else:
            became = joined if undecided == "join" else hyphened
        decisions.append(Decision("hyphen", printed, taken=True, became=became))
        return became

    mended = _BROKEN.sub(mend, text)
    for mark in MARKS:
        mended = mended.replace(mark, "-\n")
    return _DASHED.sub(lambda match: _dashed(match, known), mended), decisions


def _known(text: str) -> set[str]:
    """The words of a document that are not broken, in small letters."""
    whole = re.sub(rf"\S*(?:[{MARKS}]|[-\u2010][ \t]*\n[ \t]*)\S*", " ", text)
    return {match[0].casefold().replace("\u2010", "-").replace("\u2011", "-") for match in _WORD.finditer(whole)}


def _dashed(match: re.Match[str], known: set[str]) -> str:
    """Digits on both sides of a dash at a line end: closed up only if they stand so elsewhere."""
    whole = f"{match[1]}{match[2]}{match[3]}"
    return whole if whole.casefold().replace("\u2010", "-") in known else match[0]
