"""What a YAML parser says of a broken file, said for people who write dossiers."""

import re
from typing import Any

import yaml

from dossier.store.files.encoding import line_column

_LINE = re.compile(r"[^\r\n]*")
_COLON = re.compile(r":(?=\s|$)")
_QUOTE = "put the text in quotation marks"
_INDENT = "indent it with spaces, exactly like the keys it belongs to"
_UNCLOSED = "close the quotation mark or bracket that is open"


def explain(error: yaml.YAMLError, text: str) -> tuple[int, int, str, str]:
    """Line and column (from 0), message and hint for an error of the parser in `text`."""
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
        return line - 1, *_told(problem, text[len(text) - column + 1 :], column - 1, context)
    start = max(text.rfind("\n", 0, mark.index), text.rfind("\r", 0, mark.index)) + 1
    match = _LINE.match(text, start)
    return mark.line, *_told(problem, match.group() if match else "", mark.column, context)


def _told(problem: str, line: str, column: int, context: Any) -> tuple[int, str, str]:
    """The column to point at in `line`, what is wrong there, and what to do."""
    indent = len(line) - len(line.lstrip(" "))
    if "mapping values are not allowed" in problem:
        colon = _COLON.search(line)
        if colon is None or colon.start() >= column:  # no key before this one in the line: it stands too deep
            return indent, "no key can stand here: it is indented too far, or the line above has no colon", _INDENT
        return column, "a second colon in one line", f"{_QUOTE}: it holds a colon followed by a space"
    if "did not find expected key" in problem or "did not find expected '-' indicator" in problem:
        if column <= indent:
            return column, "this line is indented neither like the line above nor like one further up", _INDENT
        return column, "something follows behind the end of a text", f"{_QUOTE}, the whole of it"
    if "cannot start any token" in problem:
        if line[column : column + 1] == "\t":
            return column, "a tab is no indentation in YAML", "use spaces"
        return column, f"a text cannot begin with {line[column : column + 1]}", _QUOTE
    if "could not find expected ':'" in problem:
        return column, "the line above is no key: it has no colon", "write `key: value`, with a space behind the colon"
    if "end of stream" in problem or "document indicator" in problem:
        return column, "what is opened here is not closed", _UNCLOSED
    if "expected ',' or" in problem and context is not None:
        place = f"line {context.line + 1}, column {context.column + 1}"
        return column, f"this cannot stand in the bracket opened in {place}", _UNCLOSED
    return column, problem, "see whether the line before is complete"
