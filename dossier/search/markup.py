"""Markdown as it is read: what is no word to a reader is blanked out, at the same length, so that offsets stay.

Link addresses and titles, HTML tags and comments, code fence names, entities and escapes are looked for with patterns
and not with a parser: a parser of Markdown does not say where in a line a thing stands.
"""

import html
import re

from dossier.search.analysis import JOINER

ENDINGS = (".md", ".markdown", ".mdown", ".mkd")
"""Of the names of files that are Markdown."""

_ADDRESS = r"(?:<[^<>\n]*>|(?:[^\s()\\]|\\.|\([^\s()]*\))*)"
_TITLE = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\))"""
_ATTRIBUTE = r"""\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
_HIDDEN = re.compile(
    rf"""
      <!--.*?(?:-->|\Z)
    | <(?:script|style)\b.*?(?:</(?:script|style)\s*>|\Z)
    | <[A-Za-z][A-Za-z0-9-]*(?:{_ATTRIBUTE})*\s*/?>
    | </[A-Za-z][A-Za-z0-9-]*\s*>
    | <[!?][A-Za-z][^>]*>
    | (?<=\])\(\s*{_ADDRESS}(?:\s+{_TITLE})?\s*\)
    | (?<=[^\s\]]\])\[[^\[\]\n]*\]
    | ^[ ]{{0,3}}\[[^\[\]\n^][^\[\]\n]*\]:[ \t]*\n?[ \t]*{_ADDRESS}(?:[ \t]*\n?[ \t]+{_TITLE})?[ \t]*$
    | ^[ ]{{0,3}}(?:```+|~~~+)[^\n`]*$
    | (?<=\))\{{[^{{}}\n]*\}}
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_EMPHASIS = re.compile(r"(?<=[^\W_])(\*{1,3})(?=[^\W_])|(?<=[^\W_])\*{1,3}(?=[^\W_])")


def is_markdown(file: str) -> bool:
    """Whether a file is Markdown, by its name."""
    return file.lower().endswith(ENDINGS)


def unmarked(text: str) -> str:
    """Markdown with what is not read blanked out, character by character."""
    if not any(sign in text for sign in "<[&\\*`~"):
        return text
    text = _HIDDEN.sub(lambda match: _blank(match[0]), text)
    text = _ENTITY.sub(_character, text)
    text = _ESCAPE.sub(JOINER, text)
    return _EMPHASIS.sub(lambda match: JOINER * len(match[0]), text)


def _blank(text: str) -> str:
    return "".join(character if character in "\r\n" else " " for character in text)


def _character(match: re.Match[str]) -> str:
    """What an entity stands for, and as many joiners as keep the length."""
    found = html.unescape(match[0])
    if found == match[0] or len(found) > len(match[0]):
        return match[0]
    pad = " " if found.isspace() else JOINER
    return pad * (len(match[0]) - len(found)) + found
