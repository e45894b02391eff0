"""Find the passages of an article in quotation marks, in the style of any language."""

import re
from collections.abc import Iterator, Sequence

from dossier.model.articles import Paragraph, paragraph_at
from dossier.model.markdown_words import NOTHING

_PAIRS = {"“": "”“", "„": "“”‟", "‟": "”“", "«": "»", "»": "«»", "‹": "›", "›": "‹", "「": "」", "『": "』", "《": "》"}
_PAIRS |= {"'": "'", "’": "’", "”": "”", '"': '"', "‘": "’", "‚": "‘’", "〝": "〞〟", "＂": "＂", "״": "״"}
"""Opening marks, each with what closes it."""
_MARKS = re.compile(f"``|''|[{''.join(dict.fromkeys(''.join(_PAIRS) + ''.join(_PAIRS.values())))}]")
_DIALOGUE = re.compile(r"[ \t]*(?:[—―–-][ \t]*\S|>)")
"""How a paragraph begins that is spoken, or quoted, as a whole: with a dash, or as a block quotation of Markdown."""
_QUOTED_TAG = re.compile(
    r"<(?P<tag>q|blockquote)(?:\s[^<>]*)?>(?P<said>.*?)(?:</(?P=tag)\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
"""Tags of HTML in Markdown that are displayed as quotation marks, or set off as a quotation."""
_SPOKEN = re.compile(r"[^\W_]")
_SINGLE = "‘’'"


class QuotedStretches:
    """The quoted stretches of one text; those of a paragraph are looked for when they are asked for."""

    def __init__(self, text: str, paragraphs: Sequence[Paragraph], shown: str = "") -> None:
        """Take the text, its paragraphs, and, of Markdown, the text as it is read, at the same offsets."""
        self._written = text
        self._text = shown or text
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
            self._found[number] = list(self._in_paragraph(paragraph.start, paragraph.end))
        return any(start <= at < end for start, end in self._found[number])

    def _in_paragraph(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The outermost quoted stretches of a paragraph."""
        if _DIALOGUE.match(self._written, start, end):
            yield start, end
            return
        if self._text is not self._written:
            yield from (match.span("said") for match in _QUOTED_TAG.finditer(self._written, start, end))
        yield from _quoted(self._text, start, end)


def _quoted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The outermost stretches between quotation marks; one that is not closed goes on to the end."""
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
    before, after = text[at - 1 : at], next((one for one in text[at + 1 : at + 12] if one != NOTHING), "")
    if before.isalnum() and after.isalnum():
        return True
    return before.isalnum() or after in ("", " ") if opens else after.isalnum()
