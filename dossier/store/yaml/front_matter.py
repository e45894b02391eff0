"""Front matter as other programs write it (Jekyll, Hugo, Obsidian, Zotero), in the words of this format."""

import re

from msgspec.structs import replace

from dossier.model.articles import between_rules
from dossier.model.dates import moment_problem
from dossier.store.yaml.tree import Mapping, Node, Scalar, Sequence

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

_LIKE_YAML = re.compile(r"^[ \t]*(?:\S{1,30}:(?:\s|$)|- |[\[{:])", re.MULTILINE)
_TOP = re.compile(
    r"\ufeff?(?P<blank>\s*)(?P<rule>---|\+\+\+)[ \t]*\r?\n(?:[ \t]*[^\s][^\r\n]*\r?\n){0,8}?"
    r"(?:title|date|authors?|published|url)[ \t]*[:=]",
    re.IGNORECASE,
)
"""The beginning of front matter, whether it is closed and stands in the first line or not."""
_JSON = re.compile(
    r"\ufeff?\s*(?:;;;\s*)?\{\s*\"(?:title|date|authors?|published|url|description)\"\s*:", re.IGNORECASE
)
_NO_RULES = re.compile(
    r"\ufeff?(?=(?:[^\r\n]+\r?\n){0,8}?title:)(?=(?:[^\r\n]+\r?\n){0,8}?(?:date|published|authors?|url):)"
    r"(?:[a-z][\w -]{1,30}:[ \t]+\S[^\r\n]*\r?\n){2,12}[ \t]*\r?\n",
    re.IGNORECASE,
)
"""Front matter as MultiMarkdown has it: lines of a key and a value down to a blank one, between no rules."""


def unread_front_matter(text: str) -> tuple[str, str]:
    """Say what at the top of a text, of which nothing is read as front matter, may be meant as such, and what to do."""
    if _LIKE_YAML.search(text[: between_rules(text)]):
        message = "what stands between the two lines --- is no mapping, and is read as text of the article"
        return message, "write `field: value` there if it is front matter"
    if _JSON.match(text):
        return "front matter in JSON is read as text of the article", "write it in YAML between two lines ---"
    if _NO_RULES.match(text):
        return (
            "front matter that stands between no rules is read as text of the article",
            "put it between two lines ---",
        )
    top = _TOP.match(text)
    if top is None:
        return "", ""
    if top["rule"] == "+++":
        return "front matter in TOML is read as text of the article", "write it in YAML between two lines ---"
    if top["blank"]:
        message = "front matter that does not begin in the first line is read as text of the article"
        return message, "delete the blank lines above it"
    return "front matter that is not closed is read as text of the article", "put a line --- behind it"


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
    """Return whether a key is what others call a field of ours; a `source` is an address or the name of a publisher."""
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
