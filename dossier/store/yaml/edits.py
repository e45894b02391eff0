"""Minimal edits of a YAML file: the characters that must change, and not one more.

Every edit is tried, read back and compared: the file must then say what was meant, and all else that it said before.
An edit that does not pass is not made.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from dossier.model.problems import DossierError, Place
from dossier.model.word_diff import differences
from dossier.store.yaml.scalars import double_quoted, spans_of, spell_scalar, spellings, tail
from dossier.store.yaml.source_tree import Data, SourceNode, Step, path_to, pieces

Given = Mapping[str, str | int]
"""Fields that choose among several places: `before`, `after`, `occurrence`."""


def reword(text: str, place: Place, words: str) -> str:
    """The file with the text at `place` saying `words`; its style, its line breaks and its white space stay.

    Raises:
        DossierError: no text stands there, or it cannot be changed without changing something else.

    """
    root = pieces(text)
    path = path_to(root, place.line - 1, place.column - 1)
    steps, piece = [step for step, _ in path], path[-1][1]
    new = _merge_spaces(piece.value, words)
    meant = _change_at(root.data(), steps, lambda _: new)
    return first_right(meant, _rewordings(text, piece, new), _refusal(place))


def choose(text: str, place: Place, given: Given) -> str:
    """The file with the anchor whose words stand at `place` saying also which of several places is meant.

    Raises:
        DossierError: no anchor stands there, or it cannot be said without changing something else.

    """
    root = pieces(text)
    path = path_to(root, place.line - 1, place.column - 1)
    steps = [step for step, _ in path]
    parent = path[-2][1] if len(path) > 1 else root
    if _is_anchor(steps):
        meant = _change_at(root.data(), steps, lambda words: {"text": words, **_as_texts(given)})
        return first_right(meant, _wrappings(text, path[-1][1], given), _refusal(place))
    if steps[-1] == "text" and _is_anchor(steps[:-1]):
        meant = _change_at(root.data(), steps[:-1], lambda anchor: _extend_anchor(anchor, given))
        return first_right(meant, [_set(text, parent, "text", given)], _refusal(place))
    if steps[-1] == "text" and len(steps) == 3 and steps[0] == "quotes":
        return _choose_own(text, root, (steps[:-1], parent), given, place)
    raise DossierError(f"{place}: this is not an anchor.")


def _choose_own(text: str, root: SourceNode, quote: tuple[list[Step], SourceNode], given: Given, place: Place) -> str:
    """Edit as `choose` does, for a quote's own words, whose place `at` tells."""
    steps, piece = quote
    at = piece.get("at")
    steps = [*steps, "at"]
    own: SourceNode | None = None
    if at is None:
        meant = _change_at(root.data(), steps[:-1], lambda entry: _extend_anchor(entry, {}) | {"at": _as_texts(given)})
        tries = [_add(text, piece, "text", {"at": _flow(given)})]
        return first_right(meant, tries, _refusal(place))
    if at.pairs is not None and at.get("text") is None:
        own = at
    for number, item in enumerate(at.items or ()):
        if item.pairs is not None and item.get("text") is None:
            own, steps = item, [*steps, number]
            break
    if own is not None and own.pairs:
        meant = _change_at(root.data(), steps, lambda anchor: _extend_anchor(anchor, given))
        return first_right(meant, [_set(text, own, own.pairs[-1][0].value, given)], _refusal(place))
    meant = _change_at(
        root.data(), steps, lambda others: [_as_texts(given), *(others if isinstance(others, list) else [others])]
    )
    return first_right(meant, _listings(text, at, given), _refusal(place))


def _is_anchor(steps: list[Step]) -> bool:
    return steps[-1] == "at" or (len(steps) > 1 and isinstance(steps[-1], int) and steps[-2] == "at")


def _merge_spaces(old: str, new: str) -> str:
    """`new` with the white space that `old` has at the same places, at its ends too."""
    inner, new = old.strip(), new.strip()
    lead = len(old) - len(old.lstrip())
    merged, at = [old[:lead]], 0
    for one in differences(inner, new, strict=True):
        merged += (inner[at : one.old[0]], new[one.new[0] : one.new[1]])
        at = one.old[1]
    return "".join((*merged, inner[at:], old[lead + len(inner) :]))


def _rewordings(text: str, piece: SourceNode, new: str) -> Iterator[str]:
    """Files with the text of `piece` changed to `new`, the least changed first."""
    spans = spans_of(text, piece)
    if spans and (piece.style or "\t" not in new):
        changed: list[str] = []
        at = 0
        end = max(stop for _, stop in spans)
        for one in differences(piece.value, new, strict=True):
            first, last = one.old
            start = spans[first][0] if first < len(spans) else end
            stop = spans[last - 1][1] if last > first else start
            changed += (text[at:start], spell_scalar(new[one.new[0] : one.new[1]], piece.style))
            at = max(stop, start)
        yield "".join((*changed, text[at:]))
    if spans or piece.style not in ("|", ">"):
        stop = tail(text, piece)
        for spelling in spellings(new):
            yield text[: piece.start] + spelling + text[stop:]


def _wrappings(text: str, piece: SourceNode, given: Given) -> Iterator[str]:
    """Files with a bare anchor made a mapping."""
    stop = tail(text, piece)
    asis = [text[piece.start : stop]] if piece.style not in ("|", ">") else []
    for spelling in (*asis, *spellings(piece.value)):
        yield f"{text[: piece.start]}{{text: {spelling}, {_flow(given)[1:]}{text[stop:]}"


def _listings(text: str, at: SourceNode, given: Given) -> Iterator[str]:
    """Files with one more anchor before the others of an `at`."""
    if at.items and not at.flow:
        dash = text.rfind("-", 0, at.items[0].start)
        indent = " " * (dash - 1 - max(text.rfind("\n", 0, dash), text.rfind("\r", 0, dash)))
        yield f"{text[:dash]}- {_flow(given)}{_line_end(text)}{indent}{text[dash:]}"
    elif at.items:
        yield f"{text[: at.start + 1]}{_flow(given)}, {text[at.start + 1 :]}"
    elif at.is_text or at.flow:
        stop = tail(text, at)
        asis = [text[at.start : stop]] if at.style not in ("|", ">") else []
        for spelling in (*asis, *(spellings(at.value) if at.is_text else ())):
            yield f"{text[: at.start]}[{_flow(given)}, {spelling}]{text[stop:]}"


def _set(text: str, mapping: SourceNode, behind: str, given: Given) -> str:
    """The file with keys of a mapping set: replaced where they are, put behind the key `behind` where they are not."""
    at = _insertion_point(text, mapping, behind)
    changes = [
        (at, at, _insert_pairs(text, mapping, {key: _spell(given[key]) for key in given if mapping.get(key) is None}))
    ]
    for key, value in given.items():
        there = mapping.get(key)
        if there is not None:
            changes.append((there.start, tail(text, there), _spell(value)))
    for start, stop, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[stop:]
    return text


def _add(text: str, mapping: SourceNode, behind: str, fresh: Mapping[str, str]) -> str:
    at = _insertion_point(text, mapping, behind)
    return text[:at] + _insert_pairs(text, mapping, fresh) + text[at:]


def _insertion_point(text: str, mapping: SourceNode, behind: str) -> int:
    """The place for another pair behind that of a key: right there in brackets, else at the end of its line."""
    value = mapping.get(behind)
    assert value is not None
    stop = tail(text, value)
    if mapping.flow:
        return stop
    ends = [end for end in (text.find("\n", stop), text.find("\r", stop)) if end >= 0]
    return min(ends, default=len(text))


def _insert_pairs(text: str, mapping: SourceNode, fresh: Mapping[str, str]) -> str:
    assert mapping.pairs
    if mapping.flow:
        return "".join(f", {key}: {value}" for key, value in fresh.items())
    indent = _line_end(text) + " " * mapping.pairs[0][0].column
    return "".join(f"{indent}{key}: {value}" for key, value in fresh.items())


def _line_end(text: str) -> str:
    at = text.find("\n")
    return "\r\n" if at > 0 and text[at - 1] == "\r" else "\n"


def _flow(given: Given) -> str:
    return "{" + ", ".join(f"{key}: {_spell(value)}" for key, value in given.items()) + "}"


def _spell(value: str | int) -> str:
    return double_quoted(value) if isinstance(value, str) else str(value)


def _as_texts(given: Given) -> dict[str, Data]:
    return {key: str(value) for key, value in given.items()}


def _extend_anchor(anchor: Data, given: Given) -> dict[str, Data]:
    assert isinstance(anchor, dict)
    return anchor | _as_texts(given)


def _change_at(data: Data, steps: list[Step], change: Callable[[Data], Data]) -> Data:
    """`data` with the value changed to which the steps lead."""
    if not steps:
        return change(data)
    first, rest = steps[0], steps[1:]
    if isinstance(data, dict) and isinstance(first, str):
        return data | {first: _change_at(data[first], rest, change)}
    assert isinstance(data, list)
    assert isinstance(first, int)
    return [*data[:first], _change_at(data[first], rest, change), *data[first + 1 :]]


def first_right(meant: Data, tries: Iterable[str], refusal: str) -> str:
    """Return the first of several files whose content is the one meant.

    Raises:
        DossierError: none does, for which `refusal` is the sentence.

    """
    for one in tries:
        try:
            if pieces(one).data() == meant:
                return one
        except DossierError:
            continue
    raise DossierError(refusal)


def _refusal(place: Place) -> str:
    return f"{place}: this cannot be changed without changing something else; edit it by hand."
