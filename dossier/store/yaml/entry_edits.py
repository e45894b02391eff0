"""Entries put into a YAML file, changed and taken out; every other character of the file stays what it is.

Each edit is tried in several ways; the first that reads back as what was meant, in the order that was meant, is made.
Where none does, or an alias repeats what would change, the edit is refused.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from dossier.model.problems import DossierError
from dossier.store.yaml.edit_candidates import (
    fill_empty,
    insert_items_into,
    insert_pairs_into,
    remove_part,
    replace_value,
)
from dossier.store.yaml.rendering import New, as_data
from dossier.store.yaml.source_positions import Steps, find, is_empty, parse
from dossier.store.yaml.source_tree import Data, SourceNode

Part = TypeVar("Part")


def insert_pair(text: str, steps: Steps, key: str, value: New, index: int | None = None) -> str:
    """The file with one more pair in a mapping, at an index or at its end; a mapping that is missing is made.

    Raises:
        DossierError: that cannot be done without changing something else.

    """
    return insert_pairs(text, steps, [(index, key, value)])


def insert_pairs(text: str, steps: Steps, fresh: Sequence[tuple[int | None, str, New]]) -> str:
    """Insert several pairs at once, `(index, key, value)`; each index is one in the mapping as it is now.

    Raises:
        DossierError: that cannot be done without changing something else.

    """
    root = parse(text)
    mapping = _find_entry(root, steps)
    made: New = {key: value for _, key, value in fresh}
    if mapping is None:
        return insert_pair(text, steps[:-1], str(steps[-1]), made)
    if steps and is_empty(mapping):
        meant = _change_at(root.data(), steps, lambda _: _data(made))
        return _first_right(meant, fill_empty(text, root, steps, made), root, steps)
    if mapping.pairs is None:
        raise DossierError(f"Line {mapping.line + 1}: a mapping is wanted here; mend it first.")
    groups = _group_insertions([(at, (key, value)) for at, key, value in fresh], len(mapping.pairs))

    def put(old: Data) -> Data:
        assert isinstance(old, dict)
        pairs = list(old.items())
        for at, some in reversed(groups.items()):
            pairs[at:at] = [(key, _data(value)) for key, value in some]
        return dict(pairs)

    meant = _change_at(root.data(), steps, put)
    return _first_right(meant, insert_pairs_into(text, root, steps, groups), root, steps)


def insert_item(text: str, steps: Steps, value: New, index: int | None = None) -> str:
    """The file with one more item in a list, at an index or at its end; a list that is missing is made.

    Raises:
        DossierError: that cannot be done without changing something else.

    """
    return insert_items(text, steps, [(index, value)])


def insert_items(text: str, steps: Steps, fresh: Sequence[tuple[int | None, New]]) -> str:
    """Insert several items at once, `(index, value)`; each index is one in the list as it is now.

    Raises:
        DossierError: that cannot be done without changing something else.

    """
    root = parse(text)
    listed = _find_entry(root, steps)
    made: New = [value for _, value in fresh]
    if listed is None:
        return insert_pair(text, steps[:-1], str(steps[-1]), made)
    if is_empty(listed):
        meant = _change_at(root.data(), steps, lambda _: _data(made))
        return _first_right(meant, fill_empty(text, root, steps, made), root, steps)
    if listed.items is None:
        raise DossierError(f"Line {listed.line + 1}: a list is wanted here; mend it first.")
    groups = _group_insertions(fresh, len(listed.items))

    def put(old: Data) -> Data:
        assert isinstance(old, list)
        items = list(old)
        for at, some in reversed(groups.items()):
            items[at:at] = [_data(value) for value in some]
        return items

    meant = _change_at(root.data(), steps, put)
    return _first_right(meant, insert_items_into(text, root, steps, groups), root, steps)


def _group_insertions(fresh: Iterable[tuple[int | None, Part]], count: int) -> dict[int, list[Part]]:
    """The insertions by their index, in ascending order."""
    groups: dict[int, list[Part]] = {}
    for at, part in sorted(fresh, key=lambda one: count if one[0] is None else one[0]):
        groups.setdefault(count if at is None else at, []).append(part)
    return groups


def _data(value: New) -> Data:
    return as_data(value)  # type: ignore[return-value]


def set_value(text: str, steps: Steps, value: New) -> str:
    """The file with another value under a key; the pair is added to its mapping where it is missing.

    Raises:
        DossierError: that cannot be done without changing something else.

    """
    root = parse(text)
    piece = _find_entry(root, steps)
    if piece is None:
        return insert_pair(text, steps[:-1], str(steps[-1]), value)
    meant = _change_at(root.data(), steps, lambda _: as_data(value))  # type: ignore[arg-type, return-value]
    return _first_right(meant, replace_value(text, root, steps, value), root, steps)


def remove(text: str, steps: Steps) -> str:
    """The file without a pair or an item; a list or mapping that would be left empty goes with it.

    Raises:
        DossierError: that cannot be done without changing something else.

    """
    root = parse(text)
    while len(steps) > 1:
        holder = find(root, steps[:-1])
        if holder is None or len(holder.pairs or holder.items or ()) > 1:
            break
        steps = steps[:-1]
    if _find_entry(root, steps) is None:
        raise DossierError(f"{steps[-1]}: the file has changed; look at it again.")
    last = steps[-1]

    def left(old: Data) -> Data:
        if isinstance(old, dict):
            return {key: value for key, value in old.items() if key != last}
        assert isinstance(old, list)
        assert isinstance(last, int)
        return [*old[:last], *old[last + 1 :]]

    return _first_right(_change_at(root.data(), steps[:-1], left), remove_part(text, root, steps), root, steps)


def _find_entry(root: SourceNode, steps: Steps) -> SourceNode | None:
    """Find an entry as `find` does; refuse one that an alias repeats, or stands for."""
    for count in range(len(steps) + 1):
        piece = find(root, steps[:count])
        if piece is None:
            return None
        if piece.alias or piece.named:
            raise DossierError(f"Line {piece.line + 1}: an alias repeats this, or stands here; change it by hand.")
    return find(root, steps)


def _first_right(meant: Data, tries: Iterable[str], root: SourceNode, steps: Steps) -> str:
    wanted, loose = repr(meant), ""
    for one in tries:
        try:
            found = parse(one).data()
        except DossierError:
            continue
        if repr(found) == wanted:
            return one
        if not loose and repr(_strip_line_ends(found)) == repr(_strip_line_ends(meant)):
            loose = one  # a block at the open end of a file gets a line end where a line follows
    if loose:
        return loose
    piece = find(root, steps) or find(root, steps[:-1]) or root
    where = f"Line {piece.line + 1}"
    raise DossierError(f"{where}: this cannot be changed without changing something else; edit it by hand.")


def _strip_line_ends(data: Data) -> Data:
    """Values without the line ends at the ends of their texts, which no words depend on."""
    if isinstance(data, dict):
        return {key: _strip_line_ends(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_strip_line_ends(value) for value in data]
    return data.rstrip("\n") if isinstance(data, str) else data


def _change_at(data: Data, steps: Steps, change: Callable[[Data], Data]) -> Data:
    if not steps:
        return change(data)
    first, rest = steps[0], steps[1:]
    if isinstance(data, dict):
        return {key: _change_at(value, rest, change) if key == first else value for key, value in data.items()}
    assert isinstance(data, list)
    return [_change_at(value, rest, change) if number == first else value for number, value in enumerate(data)]
