"""YAML as an importer writes it: only forms that no text can break out of.

Names are quoted as JSON, which YAML reads alike; words are block scalars, so that no ` #`, `: ` or comma cuts them.
What a block scalar cannot hold is quoted with escapes.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from dossier.model.clean import HOSTILE

WIDTH = 110
"""Characters of a line of words, its indentation excepted."""

_BREAKS = re.compile("[ \t]*[\t\n\r\v\f\x1c-\x1f\x85\u2028\u2029][\\s]*|  +")
_UNSAFE = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]|" + HOSTILE.pattern)
_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")

Node = "str | int | bool | Words | Mapping[str, Node] | Sequence[Node]"


class Words(str):
    """Words of an article: written as a block scalar."""

    __slots__ = ()


def one_line(text: str) -> str:
    """`text` with each run of line breaks, tabs and spaces as one space, which an anchor cannot tell apart."""
    return _BREAKS.sub(" ", text).strip()


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
    """A YAML document of nested mappings, lists, texts and `Words`; empty mappings and lists are left out."""
    lines = [f"# {line}" for line in comment.splitlines()]
    for key, value in sections.items():
        if value in ({}, [], ""):
            continue
        lines += _entry(key, value, "")
    return "\n".join(lines) + "\n"


def _entry(key: str, value: object, indent: str) -> Iterable[str]:
    name = quoted(key)
    if isinstance(value, Mapping):
        yield f"{indent}{name}:" if value else f"{indent}{name}: {{}}"
        for inner, one in value.items():
            yield from _entry(inner, one, indent + "  ")
    elif isinstance(value, list):
        if all(isinstance(one, str) and not isinstance(one, Words) for one in value):
            yield f"{indent}{name}: [{', '.join(map(quoted, value))}]"
            return
        yield f"{indent}{name}:"
        for one in value:
            yield from _item(one, indent + "  ")
    else:
        yield f"{indent}{name}: {_scalar(value, indent + '  ')}"


def _item(value: object, indent: str) -> Iterable[str]:
    if not isinstance(value, Mapping):
        yield f"{indent}- {_scalar(value, indent + '  ')}"
        return
    inner = [line for key, one in value.items() for line in _entry(key, one, indent + "  ")]
    inner[0] = f"{indent}- {inner[0].removeprefix(indent + '  ')}"
    yield from inner


def _scalar(value: object, indent: str) -> str:
    if isinstance(value, Words):
        return words_block(value, indent)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else quoted(str(value))
