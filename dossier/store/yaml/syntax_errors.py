"""Explain the errors of a YAML parser to people who write dossiers."""

import json
import re
from typing import Any

import yaml

from dossier.store.files.encoding import line_column, lines_of
from dossier.store.files.errors import quotable
from dossier.store.yaml.cuts import REMEDY
from dossier.store.yaml.mending import ODD

_LINE = re.compile(r"[^\r\n]*")
_COLON = re.compile(r":(?=\s|$)")
_START = re.compile(r"[ \t]*(?:-[ \t]+)*(?:[\w.-]+:[ \t]+)?")
_KEYLESS = re.compile(r"([ \t]*(?:-[ \t]+)*)([\w.-]+)(?:[ \t]+([^:\s].*))?")
_OPENED_IN = re.compile(r"the bracket opened in line (\d+)")
_VALUE = re.compile(r"(?P<key>[ \t]*(?:-[ \t]+)*[\w.-]+:[ \t]+|[ \t]*(?:-[ \t]+)+)(?P<value>\S.*?)[ \t]*")
_OPENED = re.compile(r"[ \t]*(?:-[ \t]+)*[\w.-]+:[ \t]*(?:[|>][-+0-9]*)?[ \t]*(?:#.*)?")
_GLUED = re.compile(r"[\w.-]+:\S")
"""A key without the space behind its colon."""
_QUOTE = REMEDY
_INDENT = "indent it with spaces, exactly like the keys it belongs to"
_UNCLOSED = "close the quotation mark or bracket that is open"
_NO_KEY = "the line above is no key: it has no colon"
_NO_TEXT_ABOVE = "this line belongs to no text: is it indented too little, or is there a “#” in the line above?"
_ENDED = "the document ends at this line, and what stands behind it is not read"
_DIRECTIVE = "a line that begins with % is a directive to YAML, which knows none here"
BELOW_A_TEXT = frozenset({_NO_KEY, _NO_TEXT_ABOVE})
"""The message on a line that may be a part of the text above it."""
_NO_TEXT = {
    "did not find expected alphabetic or numeric": "a text cannot begin with {}",
    "block sequence entries are not allowed": "a text cannot begin with a dash and a space",
    "mapping keys are not allowed": "a text cannot begin with a question mark and a space",
    "did not find expected node content": "a text cannot begin with {}",
}
"""The parser's messages on a text that begins with a sign of YAML, and their meaning."""


def explain(error: yaml.YAMLError, text: str, last: Any = None) -> tuple[int, int, str, str]:
    """Line and column (from 0), message and hint for an error of the parser in `text`, behind its `last` event."""
    told = _explain(error, text)
    if getattr(last, "style", None) in ("'", '"') and last.start_mark.line < told[0] == last.end_mark.line:
        message = f"the quotation mark that opens here closes only in line {told[0] + 1}, where something follows it"
        return last.start_mark.line, last.start_mark.column, message, f"{_UNCLOSED}, or {_QUOTE}"
    return told


def _explain(error: yaml.YAMLError, text: str) -> tuple[int, int, str, str]:
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "this is not YAML")
    unclosed = "end of stream" in problem or "document indicator" in problem
    if mark is None or (unclosed and context is not None):
        mark = context
    if mark is None:
        return 0, 0, problem, "check the file from its beginning"
    if mark.index >= len(text):  # the parser counts a line behind the last one
        line, column = line_column(text, len(text))
        line, found = line - 1, _point_at(problem, text[len(text) - column + 1 :], column - 1, context)
    else:
        start = max(text.rfind("\n", 0, mark.index), text.rfind("\r", 0, mark.index)) + 1
        match = _LINE.match(text, start)
        line, found = mark.line, _point_at(problem, match.group() if match else "", mark.column, context)
    column, message, hint = found
    if message == _ENDED:
        lines = lines_of(text)
        line = next((n for n in range(line - 1, -1, -1) if lines[n].startswith(("...", "%"))), line)
        message = _DIRECTIVE if lines[line].startswith("%") else message
    opened = _OPENED_IN.search(message)
    if opened and " #" in lines_of(text)[int(opened[1]) - 1]:
        message, hint = f"the bracket opened in line {opened[1]} is not closed: “#” makes its end a comment", _QUOTE
    return line, column, message, hint


def recover_line(text: str, line: int, message: str, *, again: bool) -> str | None:
    """The file with its broken line, counted from 1, made readable, so that what stands behind it is read too.

    A value is taken as the text that is written there, and a line that is indented oddly like the one above it. When
    that did not help (`again`), the line is left out. None when there is nothing left to try.
    """
    lines = lines_of(text)
    at = min(line, len(lines)) - 1
    if message in (_NO_TEXT_ABOVE, _ENDED, _DIRECTIVE):
        again = True
    elif message == _NO_KEY:
        at = next((n for n in range(min(line - 2, len(lines) - 1), -1, -1) if lines[n].strip()), -1)
        again = True
    if at < 0 or not (bare := lines[at].rstrip("\r\n")).strip():
        return None
    opened = _OPENED_IN.search(message)
    if opened and not again:
        at = int(opened[1]) - 1
        bare = lines[at].rstrip("\r\n")
    value = _VALUE.fullmatch(bare)
    if opened and not again and ("{" in bare or at != line - 1):
        new = "" if " #" in bare else bare + _closing_brackets(bare)
    elif again:
        new = ""
    elif "indent" in message:
        new = _indentation(lines, at) + bare.lstrip(ODD + " \t").rstrip()
    elif value and not (value["value"].startswith("{") and ":" in value["value"]):
        new = value["key"] + json.dumps(value["value"], ensure_ascii=False)
    else:
        new = ""
    if new == bare:
        return None
    return _replace_line(lines, at, new)


def join_to_line_above(text: str, line: int, message: str) -> list[str]:
    """The file with the line that is broken, counted from 1, as a part of the text above it, if it may be one."""
    if message not in BELOW_A_TEXT:
        return []
    lines = lines_of(text)
    at = min(line, len(lines)) - 1
    filled = [n for n in range(at + (message == _NO_TEXT_ABOVE)) if lines[n].strip()]
    if len(filled) < 2 or _GLUED.match(words := lines[filled[-1]].strip()):
        return []
    above = lines[filled[-2]]
    indent = len(above) - len(above.lstrip(" ")) + 2 * bool(_OPENED.fullmatch(above.rstrip()) or _VALUE.match(above))
    return [_replace_line(lines, filled[-1], " " * indent + words)]


def alternatives(text: str, line: int, message: str) -> list[str]:
    """Other ways to read the file with its broken line, counted from 1: the fault may be in the line above."""
    if "indent" not in message and message not in (_NO_KEY, _NO_TEXT_ABOVE):
        return []
    lines = lines_of(text)
    at = min(line, len(lines)) - 1
    above = next((n for n in range(at - 1, -1, -1) if lines[n].strip()), -1)
    found = []
    for n in (at, above):
        keyless = _KEYLESS.fullmatch(lines[n].rstrip("\r\n")) if n >= 0 else None
        if keyless:
            found.append((n, f"{keyless[1]}{keyless[2]}: {keyless[3] or ''}".rstrip()))
    if above >= 0:
        indent = lines[at][: len(lines[at]) - len(lines[at].lstrip(" "))]
        found.append((above, indent + lines[above].strip()))
    return [_replace_line(lines, n, new) for n, new in found]


def _replace_line(lines: list[str], at: int, new: str) -> str:
    """The text with another line in place of one, its line end kept, and as many lines as before.

    An empty line behind a lone carriage return would make one line end of that and its own line feed.
    """
    end = lines[at][len(lines[at].rstrip("\r\n")) :]
    if not new and end == "\n" and at and lines[at - 1].endswith("\r"):
        new = " "
    return "".join((*lines[:at], new + end, *lines[at + 1 :]))


def _closing_brackets(line: str) -> str:
    """The brackets that close those open at the end of a line."""
    waiting: list[str] = []
    for sign in re.sub(r"\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'", "", line):
        if sign in "[{":
            waiting.append("]" if sign == "[" else "}")
        elif waiting and sign == waiting[-1]:
            waiting.pop()
    return "".join(reversed(waiting))


def _indentation(lines: list[str], at: int) -> str:
    """The indentation that a line should have: that of the key above, or one step more when that opens something."""
    for above in reversed(lines[:at]):
        bare = above.rstrip("\r\n")
        if bare.strip() and not bare.lstrip().startswith("#"):
            indent = len(bare) - len(bare.lstrip())
            return " " * (indent + 2 * bool(_OPENED.fullmatch(bare)))
    return ""


def _point_at(problem: str, line: str, column: int, context: Any) -> tuple[int, str, str]:
    """The column to point at in `line`, what is wrong there, and what to do."""
    indent = len(line) - len(line.lstrip(" "))
    start = _START.match(line)
    first = line[start.end() : start.end() + 1] if start else ""
    if "mapping values are not allowed" in problem:
        colon = _COLON.search(line)
        if colon is None or colon.start() >= column:  # no key before this one in the line: it stands too deep
            return indent, "no key can stand here: it is indented too far, or the line above has no colon", _INDENT
        return column, "a second colon in one line: the text holds one that is followed by a space", _QUOTE
    if "did not find expected key" in problem or "did not find expected '-' indicator" in problem:
        if column > indent:
            return column, _follows(line, column, first), _QUOTE
        if _COLON.search(line) is None and not line.lstrip().startswith("- "):
            return column, _NO_TEXT_ABOVE, _QUOTE
        return column, "this line is indented neither like the line above nor like one further up", _INDENT
    if line.startswith("%") and ("directive" in problem or "document" in problem):
        return 0, _DIRECTIVE, "delete it, or indent it if it belongs to the text above"
    if "expected <document start>" in problem:
        return 0, _ENDED, "delete the line"
    if "cannot start any token" in problem:
        if line[column : column + 1] == "\t":
            return column, "a tab is no indentation in YAML", "use spaces"
        return column, f"a text cannot begin with {line[column : column + 1]}", _QUOTE
    return column, *_rest(problem, first, context)


def _follows(line: str, column: int, first: str) -> str:
    """The fault of a text that is followed by something behind its end."""
    if first in ("[", "{"):
        what = "list" if first == "[" else "mapping"
        return f"a text that begins with {first} is taken for a {what}, and something follows behind its end"
    if first and first in "\"'":
        return f"the text ends at its second {first}, and something follows behind the end of a text"
    return f"something follows behind the end of a text: “{quotable(line[column:].strip())}”"


def _rest(problem: str, first: str, context: Any) -> tuple[str, str]:
    if "tab character" in problem:
        return "a tab is no indentation in YAML", "use spaces"
    for said, message in _NO_TEXT.items():
        if said in problem:
            return message.format(first), _QUOTE
    if "expected comment or line break" in problem:
        return f"words behind “{first}” are read nowhere: the text begins in the next line", _QUOTE
    if "unknown escape character" in problem or "did not find expected hexdecimal number" in problem:
        return "a backslash between double quotation marks is no letter", "put the text in single quotation marks"
    if "could not find expected ':'" in problem:
        return _NO_KEY, "write `key: value`, with a space behind the colon; indent a text that goes on"
    if "end of stream" in problem or "document indicator" in problem:
        return "what is opened here is not closed", _UNCLOSED
    if "expected ',' or" in problem and context is not None:
        place = f"line {context.line + 1}, column {context.column + 1}"
        return f"this cannot stand in the bracket opened in {place}", f"{_UNCLOSED}; {_QUOTE}"
    return problem, "see whether the line before is complete"
