"""YAML as an importer writes it: only forms that no text can break out of.

Names are quoted as JSON, which YAML reads alike; words are block scalars, so that no ` #`, `: ` or comma cuts them.
What a block scalar cannot hold is quoted with escapes.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from dossier.model.clean import HOSTILE

WIDTH = 110
"""Characters of a line of words, its indentation excepted."""

_BREAKS = re.compile("[ \t]*[\t\n\r\v\f\x1c-\x1f\x85\u2028\u2029][\\s]*|  +")
_UNSAFE = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]|" + HOSTILE.pattern)
_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")

Node = "str | int | bool | Words | Mapping[str, Node] | Sequence[Node]"


class BlockText(str):
    """Words of an article: written as a block scalar."""

    __slots__ = ()


def one_line(text: str) -> str:
    """`text` with each run of line breaks, tabs and spaces as one space, which an anchor cannot tell apart."""
    return _BREAKS.sub(" ", text).strip()


@lru_cache(maxsize=4096)
def quoted(text: str) -> str:
    """`text` as a scalar on one line; as an id stands when it is one that YAML cannot take for anything else."""
    if _ID.fullmatch(text) and text[0].isalpha() and text not in _TAKEN:
        return text
    whole = json.dumps(text, ensure_ascii=False)
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", whole)


_TAKEN = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def words_block(text: str, indent: str) -> str:
    """Words behind their key: a folded block scalar, indented by `indent`."""
    text = one_line(text)
    if not text or _UNSAFE.search(text) or not text[0].strip():
        return quoted(text)
    return ">-\n" + "\n".join(indent + line for line in _lines(text))


def _lines(text: str) -> Iterator[str]:
    """`text` broken at single spaces into lines of about `WIDTH`."""
    while len(text) > WIDTH:
        at = text.rfind(" ", 1, WIDTH + 1)
        if at < 0:
            at = text.find(" ", WIDTH)
        if at < 0:
            break
        yield text[:at]
        text = text[at + 1 :]
    yield text


def dump(sections: Mapping[str, object], comment: str = "") -> str:
    """A YAML document of nested mappings, lists, texts and `BlockText`; empty mappings and lists are left out."""
    lines = [f"# {line}" for line in comment.splitlines()]
    for key, value in sections.items():
        if value not in ({}, [], ""):
            _entry(key, value, "", lines)
    return "\n".join(lines) + "\n"


def _entry(key: str, value: object, indent: str, lines: list[str]) -> None:
    name = indent + quoted(key)
    if isinstance(value, dict):
        lines.append(f"{name}:" if value else f"{name}: {{}}")
        for inner, one in value.items():
            _entry(inner, one, indent + "  ", lines)
    elif not isinstance(value, list):
        lines.append(f"{name}: {_scalar(value, indent + '  ')}")
    elif all(isinstance(one, str) and not isinstance(one, BlockText) for one in value):
        lines.append(f"{name}: [{', '.join(map(quoted, value))}]")
    else:
        lines.append(f"{name}:")
        for one in value:
            _item(one, indent + "  ", lines)


def _item(value: object, indent: str, lines: list[str]) -> None:
    if not isinstance(value, dict):
        lines.append(f"{indent}- {_scalar(value, indent + '  ')}")
        return
    first = len(lines)
    for key, one in value.items():
        _entry(key, one, indent + "  ", lines)
    lines[first] = f"{indent}- {lines[first][len(indent) + 2 :]}"


def _scalar(value: object, indent: str) -> str:
    if isinstance(value, BlockText):
        return words_block(value, indent)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else quoted(str(value))
