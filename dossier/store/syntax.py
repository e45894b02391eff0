"""What a YAML parser says of a broken file, said for people who write dossiers."""

import re

import yaml

_BREAK = re.compile("\r\n|\r|\n")
_COLON = re.compile(r":(?=\s|$)")
_QUOTE = "put the text in quotation marks"
_INDENT = "indent it by spaces, like the keys beside it"
_UNCLOSED = "is a quotation mark or bracket not closed?"


def explain(error: yaml.YAMLError, text: str) -> tuple[int, int, str, str, str]:
    """Line and column (from 0), code, message and hint for an error of the parser in `text`."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", "") or getattr(error, "reason", "") or "the file is not YAML")
    if mark is None:
        return 0, 0, "yaml-syntax", problem, "check the file from its beginning"
    lines = _BREAK.split(text)
    at, column = min(mark.line, len(lines) - 1), mark.column
    line = lines[at]
    if mark.line > at or (at == len(lines) - 1 and not line):
        column = len(line) if mark.line > at else column
    indent = len(line) - len(line.lstrip())
    message, hint = _said(problem), ""
    if "mapping values are not allowed" in problem:
        colon = _COLON.search(line)
        if colon is None or colon.start() >= column:  # no key before this one in the line: it stands too deep
            column, message, hint = indent, "this key is indented too far, or the text above it is not closed", _INDENT
        else:
            message, hint = "a second colon in this line", f"{_QUOTE}: it holds a colon followed by a space"
    elif "did not find expected key" in problem and column <= indent:
        message, hint = "this line is indented neither like the one above nor like a key further up", _INDENT
    elif "did not find expected key" in problem:
        message, hint = "a text ends here and something follows it", f"{_QUOTE}, the whole of it"
    elif "cannot start any token" in problem:
        tab = line[column : column + 1] == "\t"
        message = "a tab is no indentation in YAML" if tab else f"a text cannot begin with {line[column : column + 1]}"
        hint = "use spaces" if tab else _QUOTE
    elif "could not find expected ':'" in problem:
        message, hint = "a key without a colon stands above", "write `key: value`, a space behind the colon"
    elif "end of stream" in problem or "expected ',' or" in problem:
        context = getattr(error, "context_mark", None)
        opened = f" (opened in line {context.line + 1}, column {context.column + 1})" if context else ""
        message, hint = f"{message}{opened}", _UNCLOSED
    return at, column, "yaml-syntax", message, hint or "see whether the line before it is complete"


def _said(problem: str) -> str:
    return problem.replace("<stream end>", "the end of the file")
