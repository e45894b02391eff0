"""Front matter as other programs write it (Jekyll, Hugo, Obsidian, Zotero), in the words of this format."""

import re

from msgspec.structs import replace

from dossier.model.dates import moment_problem
from dossier.store.tree import Mapping, Node, Scalar, Sequence

_NAMES = {
    "published": ("date", "publisheddate", "publishdate", "pubdate", "datepublished", "publishedat", "issued"),
    "author": ("authors", "creator", "creators", "byline"),
    "publisher": ("source", "publication", "publicationtitle", "containertitle", "journal", "newspaper", "website",
                  "sitename"),
    "url": ("source", "link", "sourceurl", "canonicalurl", "canonical", "originalurl"),
    "language": ("lang", "locale"),
    "title": ("headline",),
}  # fmt: skip
"""What others call our fields, as `_plain` has it; the first one there counts. `source` is either."""
_PEOPLE = ("name", "literal")
_ADDRESS = re.compile("(?:https?://|mailto:)", re.IGNORECASE)
_OFFSET = re.compile(r"(\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?) +(Z|[+-]\d{2}:?\d{2})", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{4})/(\d{2})/(\d{2})")


def in_our_words(node: Mapping) -> Mapping:
    """The same mapping with the keys and values that others use put into ours; ours go first, the rest stays."""
    pairs = list(node.pairs)
    ours = {key.value for key, _ in pairs}
    for name, others in _NAMES.items():
        if name in ours:
            continue
        words = (name, *others)
        at = next((at for word in words for at, pair in enumerate(pairs) if _fits(name, word, *pair)), None)
        if at is not None:
            key, value = pairs[at]
            pairs[at] = (replace(key, value=name), value)
    return replace(node, pairs=[(key, _value(key.value, value)) for key, value in pairs])


def _fits(name: str, other: str, key: Scalar, value: Node) -> bool:
    """Whether a key is what others call a field of ours; a `source` is an address or the name of a publisher."""
    if _plain(key.value) != other or (isinstance(value, Scalar) and not value.value.strip()):
        return False
    return other != "source" or (isinstance(value, Scalar) and bool(_ADDRESS.match(value.value)) == (name == "url"))


def _plain(key: str) -> str:
    return re.sub("[-_ ]", "", key).casefold()


def _value(name: str, node: Node) -> Node:
    if name == "published" and isinstance(node, Scalar):
        return replace(node, value=_date(node.value))
    if name == "author":
        people = [_person(item) for item in (node.items if isinstance(node, Sequence) else [node])]
        first = next((one for one in people if one is not None), None)
        if first is not None and all(people):
            return replace(
                first, value=", ".join(one.value for one in people if one), line=node.line, column=node.column
            )
    return node


def _date(text: str) -> str:
    """A date with its offset set apart, or with slashes, as ISO 8601 has it; any other one as it is."""
    found = _SLASHED.sub(r"\1-\2-\3", _OFFSET.sub(r"\1\2", text.strip()))
    return text if moment_problem(found) else found


def _person(node: Node) -> Scalar | None:
    """A person's name, of `[[Name]]`, `{name: …}` or `{given: …, family: …}` too; None of anything else."""
    if isinstance(node, Scalar):
        return replace(node, value=re.sub(r"^\[\[(?:[^]|]*\|)?([^]|]*)\]\]$", r"\1", node.value))
    if not isinstance(node, Mapping):
        return None
    parts = {_plain(key.value): value for key, value in node.pairs if isinstance(value, Scalar)}
    for name in _PEOPLE:
        if name in parts:
            return parts[name]
    found = [parts[name] for name in ("given", "firstname", "family", "lastname") if name in parts]
    return replace(found[0], value=" ".join(part.value for part in found)) if found else None
