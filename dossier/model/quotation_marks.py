"""Find the passages of an article in quotation marks, in the style of any language."""

import re
from collections.abc import Iterator, Sequence

from dossier.model.articles import Paragraph, paragraph_at

_PAIRS = {"“": "”“", "„": "“”‟", "‟": "”“", "«": "»", "»": "«»", "‹": "›", "›": "‹", "「": "」", "『": "』", "《": "》"}
_PAIRS |= {"'": "'", "’": "’", "”": "”", '"': '"', "‘": "’", "‚": "‘’", "〝": "〞〟", "＂": "＂", "״": "״"}
"""Opening marks, each with what closes it."""
_MARKS = re.compile(f"``|''|[{''.join(dict.fromkeys(''.join(_PAIRS) + ''.join(_PAIRS.values())))}]")
_DIALOGUE = re.compile(r"[ \t]*(?:[—―–-][ \t]*\S|>)")
"""How a paragraph begins that is spoken, or quoted, as a whole: with a dash, or as a block quotation of Markdown."""
_SPOKEN = re.compile(r"[^\W_]")
_SINGLE = "‘’'"


class QuotedStretches:
    """The quoted stretches of one text; those of a paragraph are looked for when they are asked for."""

    def __init__(self, text: str, paragraphs: Sequence[Paragraph]) -> None:
        self._text = text
        self._paragraphs = paragraphs
        self._found: dict[int, list[tuple[int, int]]] = {}

    def hold(self, start: int, end: int) -> bool:
        """Return whether the words from `start` to `end` begin and end in quotation marks."""
        first = _SPOKEN.search(self._text, start, end)
        if first is None:
            return False
        last = end - 1
        while not self._text[last].isalnum() and last > first.start():
            last -= 1
        return self._inside(first.start()) and self._inside(last)

    def _inside(self, at: int) -> bool:
        number = paragraph_at(self._paragraphs, at)
        if not number:
            return False
        if number not in self._found:
            paragraph = self._paragraphs[number - 1]
            self._found[number] = list(_quoted(self._text, paragraph.start, paragraph.end))
        return any(start <= at < end for start, end in self._found[number])


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
