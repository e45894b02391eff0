"""Values of YAML to the fields that are declared for them."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from dossier.model.clean import HOSTILE
from dossier.model.dates import HINT, moment_problem, when_problem
from dossier.model.entries import Value
from dossier.model.field_spec import FieldSpec
from dossier.store.files.errors import quotable
from dossier.store.yaml.cuts import REMEDY, cut_by_comma, parted_name, tell_comment_for_words, text_of_scalar
from dossier.store.yaml.diagnostics import Diagnostics
from dossier.store.yaml.tree import Mapping, Node, Scalar, Sequence, Unusable

ID_PATTERN = "[a-z0-9][a-z0-9._-]*"
"""What an id looks like (format.md)."""
URL_PATTERN = r"(?:[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]|[Mm][Aa][Ii][Ll][Tt][Oo]:[^\s@]+@)\S*"
"""An address that may be opened: http, https, mailto and nothing else."""
FLAGS = {"true": True, "yes": True, "false": False, "no": False}
"""How yes and no may be spelled, in any case."""
MAX_ID = 255
"""How many characters an id may have: as many as the name of a file."""

_TIME_ALONE = re.compile(r"\d\d:\d\d")
_ID = re.compile(ID_PATTERN)
_WHOLE = re.compile(r"[0-9]{1,9}")
_URL = re.compile(URL_PATTERN)
_OF_OTHER_PROGRAMS = frozenset(
    {"layout", "permalink", "slug", "draft", "tag", "tags", "category", "categories", "keywords", "weight", "template"}
    | {"type", "kind", "id", "uuid", "toc", "comments", "pinned", "collection", "sitemap", "cssclass", "cssclasses"}
    | {"created", "updated", "modified", "modified_time", "lastmod", "redirect_from", "taxonomy"}
)
"""Front matter that configures site generators and note-taking programs."""
_WORDS = frozenset({"text", "path"})
_A = {Scalar: "a text", Sequence: "a list", Mapping: "a mapping"}
_WANTED = {
    "texts": "a text or a list of texts",
    "references": "an id or a list of ids",
    "reference": "an id",
    "members": "a mapping of ids to people",
}


class FieldTable(Struct, frozen=True):
    """The fields of one kind of entry, made ready for reading."""

    what: str
    """What carries them, as problems name it: `a quote`."""
    fields: dict[str, FieldSpec]
    """By name."""
    required: tuple[str, ...]
    """Names of those that must be there."""
    alone: bool = True
    """Whether no other keys are allowed; if they are, only likely misspellings are reported."""


def make_table(what: str, fields: Iterable[FieldSpec], *, alone: bool = True) -> FieldTable:
    """`fields` made ready."""
    fields = tuple(fields)
    return FieldTable(what, {field.name: field for field in fields}, tuple(f.name for f in fields if f.required), alone)


def values_of(node: Mapping, kind: FieldTable, notes: Diagnostics, at: Node) -> dict[str, Node]:
    """The values of `node` by the names of their fields; complains of unknown, empty and (at `at`) missing ones."""
    fields = kind.fields
    found: dict[str, Node] = {}
    lost = set(_cut_off(node, fields, notes)) if node.flow else set()
    for number, (key, value) in enumerate(node.pairs):
        name = key.value
        if number in lost:
            continue
        if name not in fields:
            hint = notes.nearest(name, fields) if kind.alone else notes.slip(name, fields)
            if name == "article" and "at" in fields:
                hint = "write at: {article: …}"
            if hint or kind.alone:
                notes.warning(key, "unknown-field", f"{kind.what} has no field “{quotable(name)}”", hint)
            elif name.lower() not in _OF_OTHER_PROGRAMS:
                message = f"“{quotable(name)}” of the front matter is not read"
                notes.warning(key, "unknown-front-matter", message, f"known are: {', '.join(fields)}")
        elif isinstance(value, Scalar) and value.is_empty:
            if name in kind.required:
                found[name] = Unusable(value.line, value.column)
                notes.error(key, "empty-value", f"“{name}” is empty", "fill it in")
            elif name == "at" and value.cut:
                tell_comment_for_words(value.cut, f"“{name}”", notes)
            else:
                notes.warning(key, "empty-value", f"“{name}” is empty", "fill it in or delete it")
        else:
            found[name] = value
    for name in kind.required:
        if name not in found:
            hint = _misspelt(name, node, kind, notes) or f"add `{name}: …`"
            notes.error(at, "missing-field", f"{kind.what} needs “{name}”", hint)
    return found


def _cut_off(node: Mapping, fields: dict[str, FieldSpec], notes: Diagnostics) -> Iterator[int]:
    """The numbers of the pairs that are surely words of a text before them, each added to that text."""
    for number, (key, _) in enumerate(node.pairs):
        known = key.value in fields
        misspelt = not known and bool(notes.slip(key.value, fields))
        if cut_by_comma(node, number, known=known, misspelt=misspelt):
            yield number


def _misspelt(wanted: str, node: Mapping, kind: FieldTable, notes: Diagnostics) -> str:
    """Return what to do about a key likely meant for a field that is missing; empty when there is none."""
    for key, _ in node.pairs:
        if key.value.startswith(f"{wanted}:"):
            return f"put a space behind the colon: `{wanted}: …`"
        if key.value not in kind.fields and f"“{wanted}”?" in notes.nearest(key.value, kind.fields):
            return f"“{quotable(key.value)}” is no field: write `{wanted}: …`"
    return ""


def value_of(field: FieldSpec, node: Node, notes: Diagnostics) -> Value | None:
    """Read `field`; None, with a complaint, when it cannot be read."""
    return _READERS[field.form](field, node, notes)


def text_of(field: FieldSpec, node: Node, notes: Diagnostics) -> str | None:
    """The text of a scalar; None, with a complaint, for anything else."""
    if isinstance(node, Scalar):
        if node.cut and node.cut.certain and (node.cut.sign == "," or field.form in _WORDS):
            return text_of_scalar(node, f"“{field.name}”", notes)
        return node.value
    wrong_shape(f"“{field.name}”", _WANTED.get(field.form, "a text"), node, notes)
    return None


def scalars(field: FieldSpec, node: Node, notes: Diagnostics) -> list[Scalar]:
    """The texts of one text or of a list of them; complains of whatever else is in it, and of repetitions."""
    if isinstance(node, Scalar):
        return [_uncut(field, node, notes)]
    if not isinstance(node, Sequence):
        wrong_shape(f"“{field.name}”", _WANTED.get(field.form, "a list of texts"), node, notes)
        return []
    found: dict[str, Scalar] = {}
    if node.flow:
        _warn_of_parts(field, node, notes)
    for item in node.items:
        if not isinstance(item, Scalar):
            wrong_shape(f"an item of “{field.name}”", "a text", item, notes)
        elif item.is_empty:
            notes.warning(item, "empty-value", f"an item of “{field.name}” is empty", "fill it in or delete it")
        elif item.value in found:
            notes.warning(
                item, "repeated-value", f"“{quotable(item.value)}” stands in the list twice", "delete one of them"
            )
        else:
            found[item.value] = _uncut(field, item, notes)
    return list(found.values())


def _warn_of_parts(field: FieldSpec, node: Sequence, notes: Diagnostics) -> None:
    """Complain of each comma that makes two texts of what is likely one name."""
    for first, second in pairwise(node.items):
        if isinstance(first, Scalar) and isinstance(second, Scalar) and parted_name(first, second):
            one, other = quotable(first.value), quotable(second.value)
            message = f"“{field.name}” is cut at the comma: “{one}” and “{other}” are read apart"
            hint = f'if it is one name, put it in quotation marks: "{one}, {other}"'
            notes.warning(second, "cut-value", message, hint)


def _uncut(field: FieldSpec, node: Scalar, notes: Diagnostics) -> Scalar:
    """A text with what YAML has cut off it, of which is complained."""
    if node.cut and node.cut.certain and (node.cut.sign == "," or field.form == "texts"):
        return replace(node, value=text_of_scalar(node, f"“{field.name}”", notes), cut=None)
    return node


def id_like(word: str) -> str:
    """The id that is most like a word; empty when none is."""
    return re.sub(r"[^a-z0-9._]+", "-", word.casefold()).strip("-._")


def is_id(key: Scalar, notes: Diagnostics) -> bool:
    """Return whether `key` may be an id; complains when not."""
    word = key.value
    if _ID.fullmatch(word) and len(word) <= MAX_ID:
        return True
    hint = f"at most {MAX_ID} characters"
    if len(word) <= MAX_ID:
        better = id_like(word)
        hint = "small letters, digits, `.`, `_`, `-`" + (f", such as “{better}”" if better else "")
    notes.error(key, "bad-id", f"“{quotable(word)}” cannot be an id", hint)
    return False


def wrong_shape(what: str, wanted: str, node: Node, notes: Diagnostics, hint: str = "") -> None:
    """Complain of a value that is, say, a list where a text is wanted; keep still if it was complained of before."""
    if wanted == "a text" and isinstance(node, Mapping | Sequence) and node.flow:
        hint = f"a text that begins with {'{' if isinstance(node, Mapping) else '['} is none to YAML: {REMEDY}"
    if not isinstance(node, Unusable):
        notes.error(node, "wrong-shape", f"{what} must be {wanted}, not {_A[type(node)]}", hint or f"write {wanted}")


def _texts(field: FieldSpec, node: Node, notes: Diagnostics) -> Value | None:
    return [item.value for item in scalars(field, node, notes)] or None


def _date_reader(problem_of: Callable[[str], str]) -> Callable[[FieldSpec, Node, Diagnostics], Value | None]:
    def read(field: FieldSpec, node: Node, notes: Diagnostics) -> Value | None:
        text = text_of(field, node, notes)
        problem = problem_of(text) if text is not None else ""
        if problem:
            notes.error(node, "bad-date", f"“{quotable(text or '')}” {problem}", _date_hint(problem, text or ""))
            return None
        return text

    return read


def _date_hint(problem: str, text: str) -> str:
    if problem.startswith("ends"):
        end = text.partition("/")[2].lstrip("Tt")
        if _TIME_ALONE.match(end):  # 22:00/02:00
            return f"give the earlier one first, or the day on which it ends as well, such as 2025-06-10T{end}"
        return "give the earlier one first"
    return "write Z, or an offset such as +02:00" if "offset" in problem else HINT


def _choice(field: FieldSpec, node: Node, notes: Diagnostics) -> Value | None:
    text = text_of(field, node, notes)
    if text is None or text in field.choices:
        return text
    notes.error(node, "bad-choice", f"“{field.name}” cannot be “{quotable(text)}”", notes.nearest(text, field.choices))
    return None


def _whole_number(field: FieldSpec, node: Node, notes: Diagnostics) -> Value | None:
    text = text_of(field, node, notes)
    if text is None:
        return None
    if _WHOLE.fullmatch(text) and field.lowest <= int(text) <= field.highest:
        return int(text)
    one = field.lowest == field.highest
    hint = f"write {field.lowest}" if one else f"write a whole number from {field.lowest} to {field.highest}"
    notes.error(node, "bad-number", f"“{field.name}” cannot be “{quotable(text)}”", hint)
    return None


def _flag(field: FieldSpec, node: Node, notes: Diagnostics) -> Value | None:
    text = text_of(field, node, notes)
    if text is None:
        return None
    value = FLAGS.get(text.lower())
    if value is None:
        notes.error(node, "bad-choice", f"“{field.name}” cannot be “{quotable(text)}”", "write true or false")
    return value


def _url(field: FieldSpec, node: Node, notes: Diagnostics) -> Value | None:
    text = text_of(field, node, notes)
    if text is None or (_URL.fullmatch(text) and not HOSTILE.search(text)):
        return text
    notes.error(
        node, "bad-url", f"“{quotable(text)}” is no address that can be opened", "only http:, https: and mailto: are"
    )
    return None


_READERS: dict[str, Callable[[FieldSpec, Node, Diagnostics], Value | None]] = {
    "text": text_of,
    "path": text_of,
    "reference": text_of,
    "texts": _texts,
    "references": _texts,
    "date": _date_reader(moment_problem),
    "when": _date_reader(when_problem),
    "choice": _choice,
    "whole": _whole_number,
    "flag": _flag,
    "url": _url,
}
