r"""Restore, line by line, the footnotes and tables of a brief converted to HTML or Word and back.

Pandoc and others read `<a href="#fn1">` and `<li id="fn1">` as plain links and list items. Nothing is done to a text
unless it has both a link to `#fn…` and one back to `#fnref…`. Every line keeps its number.
"""

import re
from collections.abc import Iterator

_ATTRIBUTES = r"(?:\{[^{}]*\})?"
_LABEL = r"[\w.-]+(?::\d+)?"
_MARK = re.compile(
    rf"""
      \^?\[(?:\\?\[|\^|<sup>)*[\w\s:]{{1,12}}(?:\\?\]|\^|</sup>)*\]\(\#fn(?P<md>{_LABEL})\){_ATTRIBUTES}\^?
    | (?:<sup[^<>]*>\s*)?
      <a\b[^<>]*href="\#fn(?P<html>{_LABEL})"(?:[^<>]|\n(?:[ ]*>)+)*>
      \s*(?:<sup[^<>]*>)?[\[\]\w\s\\:]{{1,12}}(?:</sup>)?\s*</a>(?:\s*</sup>)?
    """,
    re.VERBOSE,
)
_BACK = re.compile(
    rf"\[[^\[\]\n]{{0,4}}\]\(#fnref{_LABEL}\){_ATTRIBUTES}"
    rf"|<a\b[^<>]*href=\"#fnref{_LABEL}\"[^<>]*>[^<>]{{0,4}}</a>"
)
_ITEM = re.compile(rf'^\s*\d+\.\s+(?::::+\s*\{{#fn({_LABEL})[^{{}}]*\}}|<div id="fn({_LABEL})"[^<>]*>)\s*$')
_FENCE = re.compile(r"^\s*(?::::+.*|</?(?:div|section|aside|main)\b[^<>]*>|<hr\s*/?>)\s*$")
_ROLE = re.compile(r"[ \t]*role=\"doc-(?:noteref|backlink)\"")
_WRAPPER = re.compile(r"<(?:div|section)\b[^<>]*footnotes[^<>]*>")
_RULE = re.compile(r"^\s*-{3,}(?:\s+-{2,})+\s*$", re.MULTILINE)
"""The ruler of a table as Pandoc writes it."""
_HEADING_ATTRIBUTES = re.compile(r"(?m)^(#{1,6} .*\S)[ \t]+\{[#.][^{}\n]*\}[ \t]*$")
"""What Pandoc writes behind a heading that has a name of its own."""
_LAST_RULE = re.compile(r"^\s*-{20,}\s*$")
_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n(?:[ \t]*[\w-]+:.*\r?\n|[ \t]+.*\r?\n)*(?:---|\.\.\.)[ \t]*(?:\r?\n|$)"
)
_LINE_END = re.compile(r"\n[ >]*")


def restore_footnotes(text: str) -> str:
    """The same text with footnotes as Markdown has them; unchanged when no trip through HTML left its mark on it."""
    text = _HEADING_ATTRIBUTES.sub(r"\1", text)
    if _RULE.search(text):
        text = "\n".join(_outdent_tables(text.split("\n")))
    if "(#fnref" not in text and '"#fnref' not in text:
        return text
    text = _BACK.sub(_line_ends, text)
    text = _ROLE.sub("", _MARK.sub(_mark, _WRAPPER.sub(_line_ends, text)))
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if _ITEM.match(line)), len(lines))
    return "\n".join(_line(line, at >= first) for at, line in enumerate(lines))


def without_front_matter(text: str) -> str:
    """The same text with empty lines for the properties at its head, which quote nothing."""
    match = _FRONT_MATTER.match(text)
    return "\n" * match.group().count("\n") + text[match.end() :] if match else text


def _outdent_tables(lines: list[str]) -> Iterator[str]:
    """Lines of tables that only their columns indent, so that they are not taken for code."""
    within = False
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        ends = line.startswith("#") or bool(_LAST_RULE.match(line)) or (line.strip() and not line.startswith("  "))
        within = (within and not ends) or bool(_RULE.match(line) or _RULE.match(following))
        yield line.lstrip() if within else line


def _line_ends(match: re.Match[str]) -> str:
    return "".join(_LINE_END.findall(match.group()))


def _mark(match: re.Match[str]) -> str:
    label = match["md"] or match["html"]
    ends = _line_ends(match)
    if ends and _LINE_END.match(match.string, match.end()):
        ends += "&#32;"  # an empty line would end the paragraph
    return f"[^{label}]" + ends


def _line(line: str, noted: bool) -> str:
    item = _ITEM.match(line)
    if item:
        return f"[^{item[1] or item[2]}]:"
    if _FENCE.match(line):
        return ""
    return f"    {line.strip()}" if noted and line.strip() else line
