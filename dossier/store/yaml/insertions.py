"""Entries put into a section of a YAML file, every other character left as it is."""

from collections.abc import Iterator, Mapping

from dossier.model.problems import DossierError
from dossier.store.yaml.edits import first_right
from dossier.store.yaml.scalars import double_quoted, spellings, tail
from dossier.store.yaml.source_tree import Data, SourceNode, pieces

Fields = Mapping[str, str | tuple[str, ...]]
"""The values of an entry; a tuple is written as a list."""


def insert_entries(text: str, section: str, entries: Mapping[str, Fields]) -> str:
    """The file with entries as the last of a section, which is made at the end of the file when it is absent.

    Raises:
        DossierError: there is such an entry already, or they cannot be put there without changing something else.

    """
    root = _root(text)
    before = root.data() if root is not None else {}
    assert isinstance(before, dict)
    held = before.get(section) or {}
    if not isinstance(held, dict):
        raise DossierError(f"“{section}” is not a mapping of ids to entries; mend it first.")
    values: dict[str, Data] = {}
    for entry_id, fields in entries.items():
        if entry_id in held:
            raise DossierError(f"There is an entry {entry_id} already.")
        values[entry_id] = {key: list(value) if isinstance(value, tuple) else value for key, value in fields.items()}
    meant = before | {section: held | values}
    refusal = f"Nothing can be put into “{section}” without changing something else; add it by hand."
    return first_right(meant, _tries(text, root, section, entries), refusal)


def _root(text: str) -> SourceNode | None:
    """The tree of a file; None when it says nothing."""
    lines = [line.strip() for line in text.removeprefix("\ufeff").splitlines()]
    return pieces(text) if any(line and not line.startswith(("#", "---")) for line in lines) else None


def _tries(text: str, root: SourceNode | None, section: str, entries: Mapping[str, Fields]) -> Iterator[str]:
    there = root.get(section) if root is not None else None
    end = "\r\n" if "\r\n" in text else "\n"
    if root is not None and root.flow:
        return
    if there is None:
        gap = "" if not text or text.endswith(("\n\n", "\r\n\r\n")) else end if text.endswith("\n") else end * 2
        yield f"{text}{gap}{end.join([f'{section}:', *_block(entries, 2)])}{end}"
    elif there.pairs and there.flow:
        stop = tail(text, there.pairs[-1][1])
        yield text[:stop] + "".join(f", {one}: {_flow(fields)}" for one, fields in entries.items()) + text[stop:]
    elif there.pairs:
        yield _insert_block(text, tail(text, there), end.join(["", *_block(entries, there.pairs[0][0].column)]))
    else:
        yield _insert_block(text, there.start - 1, end.join(["", *_block(entries, 2)]))
        start = len(text[: there.start].rstrip(" "))
        yield text[:start] + end.join(["", *_block(entries, 2)]) + text[tail(text, there) :]


def _insert_block(text: str, at: int, block: str) -> str:
    """The file with a block behind the line of an offset."""
    found = text.find("\n", at)
    stop = len(text) if found < 0 else found - (text[found - 1] == "\r")
    return text[:stop] + block + text[stop:]


def _block(entries: Mapping[str, Fields], indent: int) -> list[str]:
    step = " " * indent
    lines = []
    for entry_id, fields in entries.items():
        lines.append(f"{step}{entry_id}:")
        lines += [f"{step}  {key}: {spell_plainly(value)}" for key, value in fields.items()]
    return lines


def spell_plainly(value: str | tuple[str, ...]) -> str:
    """A value in its plainest spelling that reads back as it is."""
    if isinstance(value, tuple):
        return f"[{', '.join(double_quoted(one) if not one.isidentifier() else one for one in value)}]"
    for spelling in spellings(value):
        try:
            if pieces(f"key: {spelling}\n").data() == {"key": value}:
                return spelling
        except DossierError:
            continue
    return double_quoted(value)


def _flow(fields: Fields) -> str:
    spelled = {
        key: spell_plainly(value) if isinstance(value, tuple) else double_quoted(value) for key, value in fields.items()
    }
    return "{" + ", ".join(f"{key}: {value}" for key, value in spelled.items()) + "}"
