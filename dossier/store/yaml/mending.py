"""Repair a YAML file before it is parsed, so that one slip gives one message and costs no entry.

Spaces that look like spaces and are none for YAML, where the file needs plain ones; and the marks that git leaves of
two versions which it could not merge. Each is told; lines stay where they are.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

import yaml

from dossier.store.files.encoding import lines_of
from dossier.store.yaml.diagnostics import Diagnostics
from dossier.store.yaml.tree import Unusable

_NAMES = {
    "\u00a0": "a no-break space",
    "\u1680": "an Ogham space",
    "\u202f": "a narrow no-break space",
    "\u205f": "a mathematical space",
    "\u3000": "an ideographic space",
    "\u200b": "a zero-width space",
    "\u200c": "a zero-width non-joiner",
    "\u200d": "a zero-width joiner",
    "\u2060": "a word joiner or a byte order mark",
    "\u00ad": "a soft hyphen",
    "\u180e": "a Mongolian vowel separator",
} | {chr(code): "a typographic space" for code in range(0x2000, 0x200B)}
_WIDTHLESS = frozenset("\u200b\u200c\u200d\u2060\u00ad\u180e")
ODD = "".join(_NAMES)
"""Characters that look like plain spaces, or are invisible."""
_ANY = re.compile(f"[{ODD}]")
_STRUCTURE = re.compile(
    rf"^(?P<indent>[ \t]*[{ODD}][ \t{ODD}]*)(?=[^\s{ODD}])"
    rf"|^[ \t]*(?:-[ \t]+)*-(?P<dash>[{ODD}][ \t{ODD}]*)(?=\S)"
    rf"|^[ \t]*(?:-[ \t]+)*[\w.-]+(?P<before>[ \t]*[{ODD}]+)(?=:(?:\s|$))"
    rf"|^[ \t]*(?:-[ \t]+)*[\w.-]+:(?P<behind>[{ODD}][ \t{ODD}]*)(?=[^\s{ODD}])",
    re.MULTILINE,
)
_WHERE = {
    "indent": "stands where the line is indented",
    "dash": "stands behind the dash of a list",
    "before": "stands before the colon",
    "behind": "stands behind the colon",
}
_CONFLICT = re.compile(r"^<{7}(?: [^\r\n]*)?\r?$", re.MULTILINE)
_MARK = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?: [^\r\n]*)?\r?$")


def mend_text(text: str, notes: Diagnostics) -> str:
    """`text` with plain spaces where YAML needs them, and of two versions that were not merged the first."""
    if "<<<<<<<" in text and _CONFLICT.search(text):
        text = "".join(_first_versions(text, notes))
    if not text.isascii() and _ANY.search(text):
        text = _replace_odd_spaces(text, notes)
    return text


def has_conflict(text: str) -> int:
    """The offset of the first mark of two versions that were not merged; -1 when there is none."""
    match = _CONFLICT.search(text) if "<<<<<<<" in text else None
    return match.start() if match and re.search(r"^={7}\r?$", text[match.end() :], re.MULTILINE) else -1


def _first_versions(text: str, notes: Diagnostics) -> Iterator[str]:
    """The lines of `text`; those of marks and of second versions are empty."""
    kept = True
    for number, line in enumerate(lines_of(text)):
        bare = line.rstrip("\r\n")
        mark = _MARK.match(bare)
        if mark is None:
            yield line if kept else line[len(bare) :]
            continue
        yield line[len(bare) :]
        if mark[1][0] == "<":
            message = "two versions that git could not merge begin here; only the first is read"
            notes.error(Unusable(number, 0), "merge-conflict", message, "keep one of them and delete the marks")
        kept = mark[1][0] in "<>"


def _replace_odd_spaces(text: str, notes: Diagnostics) -> str:
    found = [*_STRUCTURE.finditer(text)]
    if not found:
        return text
    starts = _line_starts(text)
    inside = _lines_inside(text)
    pieces: list[str] = []
    at = 0
    for match in found:
        line = bisect_right(starts, match.start()) - 1
        name = match.lastgroup or ""
        if line in inside:
            continue
        begin, end = match.span(name)
        odd = _ANY.search(text, begin)
        assert odd is not None
        what = f"U+{ord(odd[0]):04X}, {_NAMES[odd[0]]}, {_WHERE[name]}"
        column = odd.start() - starts[line]
        notes.error(Unusable(line, column), "odd-space", what, "put plain spaces there")
        plain = "" if name == "before" else "".join(" " for one in text[begin:end] if one not in _WIDTHLESS)
        pieces += (text[at:begin], plain or ("" if name in ("indent", "before") else " "))
        at = end
    return "".join((*pieces, text[at:]))


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]


def _lines_inside(text: str) -> set[int]:
    """The numbers of lines that lie inside a block or a quoted text, whose spaces are its own."""
    lines: set[int] = set()
    try:
        for token in yaml.scan(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if isinstance(token, yaml.ScalarToken) and token.style and token.end_mark.line > token.start_mark.line:
                last = token.end_mark.line + (token.style in "'\"")
                lines.update(range(token.start_mark.line + 1, last))
    except yaml.YAMLError:
        pass
    return lines
