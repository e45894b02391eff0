"""Which stretches of an article stand in quotation marks, in whatever way its language writes them."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from dossier.model.articles import Paragraph

_PAIRS = {"“": "”“", "„": "“”‟", "‟": "”“", "«": "»", "»": "«»", "‹": "›", "›": "‹", "「": "」", "『": "』", "《": "》"}
_PAIRS |= {"'": "'", "’": "’", "”": "”", '"': '"', "‘": "’", "‚": "‘’", "〝": "〞〟", "＂": "＂", "״": "״"}
"""Opening marks, each with what closes it."""
_MARKS = re.compile(f"``|''|[{''.join(dict.fromkeys(''.join(_PAIRS) + ''.join(_PAIRS.values())))}]")
_DIALOGUE = re.compile(r"[ \t]*(?:[—―–-][ \t]*\S|>)")
"""How a paragraph begins that is spoken, or quoted, as a whole: with a dash, or as a block quotation of Markdown."""
_SINGLE = "‘’'"


class QuotedStretches:
    """The quoted stretches of one text."""

    def __init__(self, text: str, paragraphs: Sequence[Paragraph]) -> None:
        self._text = text
        self._found = [one for paragraph in paragraphs for one in _quoted(text, paragraph.start, paragraph.end)]
        self._starts = [start for start, _ in self._found]

    def hold(self, start: int, end: int) -> bool:
        """Return whether the words from `start` to `end` begin and end in quotation marks."""
        spoken = [at for at in range(start, end) if self._text[at].isalnum()]
        return bool(spoken) and self._inside(spoken[0]) and self._inside(spoken[-1])

    def _inside(self, at: int) -> bool:
        number = bisect_right(self._starts, at) - 1
        return number >= 0 and self._found[number][1] > at


def _quoted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The outermost quoted stretches of a paragraph; one that is not closed goes on to its end."""
    if _DIALOGUE.match(text, start, end):
        yield start, end
        return
    begun, closing = -1, ""
    for match in _MARKS.finditer(text, start, end):
        mark, at = match[0], match.start()
        if mark in ("``", "''"):
            mark = '"'
        if begun >= 0:
            if mark in closing and not _is_apostrophe(text, at, mark, opens=False):
                yield begun, at
                begun = -1
        elif mark in _PAIRS and not _is_apostrophe(text, at, mark, opens=True):
            begun, closing = match.end(), _PAIRS[mark]
    if begun >= 0:
        yield begun, end


def _is_apostrophe(text: str, at: int, mark: str, *, opens: bool) -> bool:
    """Return whether a single mark, or the Hebrew one, cannot open or close a quotation where it stands."""
    if mark not in (*_SINGLE, "״"):
        return False
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before.isalnum() and after.isalnum():
        return True
    return before.isalnum() or after in ("", " ") if opens else after.isalnum()
