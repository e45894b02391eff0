"""Classify the paragraphs of a Markdown article: headings, quotations, lists, code.

The words of a page are those of `dossier.model.markdown_words`, at the offsets of the file, by which evidence is
underlined; here it is only told how a paragraph is set. No HTML and no address of the article reaches a page.
"""

import re
from collections.abc import Sequence
from typing import Literal

from dossier.model.articles import Paragraph

Kind = Literal["", "heading", "quotation", "list", "code"]

_FENCE = re.compile(r"[ ]{0,3}(`{3,}(?=[^`]*$)|~{3,})", re.MULTILINE)
_HEADING = re.compile(r"[ ]{0,3}#{1,6}(?:[ \t]|$)|[^\n]+\n[ ]{0,3}(?:=+|-+)[ \t]*$")
_QUOTED = re.compile(r"[ ]{0,3}>")
_ITEM = re.compile(r"(?m)^[ ]{0,3}(?:[-+*]|\d{1,9}[.)])[ \t]")


def kinds(text: str, paragraphs: Sequence[Paragraph]) -> list[Kind]:
    """The kind of each paragraph of a Markdown text; empty for one of plain words."""
    found: list[Kind] = []
    fence = ""
    for paragraph in paragraphs:
        words = text[paragraph.start : paragraph.end]
        found.append("code" if fence or _FENCE.match(words) else _kind(words))
        for line in words.split("\n"):
            match = _FENCE.match(line)
            if match and not fence:
                fence = match[1]
            elif match and match[1][0] == fence[0] and len(match[1]) >= len(fence):
                fence = ""
    return found


def _kind(words: str) -> Kind:
    if _HEADING.fullmatch(words) or (_HEADING.match(words) and "\n" not in words):
        return "heading"
    if _QUOTED.match(words):
        return "quotation"
    return "list" if _ITEM.match(words) else ""
