"""Lines of `dossier.lock` put in and taken out, each at its place; all other lines stay as they are, byte for byte."""

from collections.abc import Callable, Iterable, Iterator

import msgspec

from dossier.model.locked import Locked
from dossier.model.problems import DossierError
from dossier.store.sync import lockfile

_decode = msgspec.json.Decoder(Locked).decode


def render_line(line: Locked) -> str:
    """A line as it is written, without its end."""
    return lockfile.render([line]).split("\n")[1]


def check_head(data: bytes) -> None:
    """Refuse a lock whose first line is not that of a lock.

    Raises:
        DossierError: it is not.

    """
    if lockfile.read(data[: _stop(data, 0)])[1]:
        raise DossierError(f"{lockfile.FILE} is broken in its first line; write it anew first: dossier check --lock")


def matching(data: bytes, wanted: Callable[[Locked], bool], hints: Iterable[str]) -> list[tuple[str, Locked]]:
    """The lines that are `wanted`, as written and as read, among those that hold one of the `hints` as JSON."""
    found: dict[int, tuple[str, Locked]] = {}
    for hint in set(hints):
        mark = msgspec.json.encode(hint)[1:-1]
        at = data.find(mark)
        while at >= 0:
            start, stop = data.rfind(b"\n", 0, at) + 1, _stop(data, at)
            row = data[start:stop]
            line = _read(row) if start else None
            if line is not None and wanted(line):
                found[start] = row.decode(), line
            at = data.find(mark, stop)
    return [found[start] for start in sorted(found)]


def edit(data: bytes, removed: Iterable[str], added: Iterable[str]) -> bytes:
    """The lock without the rows `removed`, where they are there, and with `added`, where they are not.

    The file is put together once, however many rows change: one of 65,000 lines has some 25 megabytes.
    """
    end = b"\r" if data[: data.find(b"\n")].endswith(b"\r") else b""
    cuts: dict[int, int] = {}
    for row in removed:
        written = row.encode()
        at = max(_find_row(data, written), _find_row(data, written.rstrip(b"\r") + end))
        if at >= 0:
            cuts[at] = min(_stop(data, at) + 1, len(data))
    new: dict[bytes, tuple[int, Locked]] = {}
    for row in added:
        line, written = _read(row.encode()), row.encode().rstrip(b"\r") + end
        at = _find_row(data, written)
        if line is not None and (at < 0 or at in cuts):
            new[written] = _place(data, line), line
    if not (cuts or new):
        return data
    last = b"" if data.endswith(b"\n") or not new else end + b"\n"
    return b"".join(_splice(memoryview(data + last if last else data), cuts, new))


def _splice(
    data: memoryview, cuts: dict[int, int], new: dict[bytes, tuple[int, Locked]]
) -> Iterator[bytes | memoryview]:
    """The stretches of the file that results: without those that are cut, and with each new row at its place."""
    size = len(data)
    rows = sorted((min(at, size), lockfile.order(line), row) for row, (at, line) in new.items())
    steps = [*((at, 1, (), b"", stop) for at, stop in cuts.items()), *((at, 0, by, row, at) for at, by, row in rows)]
    done = 0
    for at, _, _, row, stop in sorted(steps):
        if at > done:
            yield data[done:at]
        if row:
            yield row + b"\n"
        done = max(done, stop)
    yield data[done:]


def lines_of(rows: Iterable[str]) -> list[Locked]:
    """The values of lines, as `render_line` wrote them."""
    return [line for row in rows if (line := _read(row.encode())) is not None]


def _find_row(data: bytes, row: bytes) -> int:
    """The offset of a line; -1 when it is not there."""
    at = data.find(b"\n" + row + b"\n")
    if at < 0:
        at = len(data) - len(row) - 1 if data.endswith(b"\n" + row) else -2
    return at + 1


def _stop(data: bytes, at: int) -> int:
    stop = data.find(b"\n", at)
    return len(data) if stop < 0 else stop


def rename_in_lock(data: bytes, old: str, new: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of a lock that name an entry, and what they say when it is renamed."""
    found = matching(data, lambda line: _rename_line(line, old, new) != line, [old])
    return tuple(row for row, _ in found), tuple(render_line(_rename_line(line, old, new)) for _, line in found)


def _rename_line(line: Locked, old: str, new: str) -> Locked:
    owner = new if line.owner == old else line.owner
    if " " in owner:  # the key of a link: source, relation, target, perhaps a number
        parts = owner.split(" ")
        last = len(parts) - (2 if parts[-1].startswith("#") and len(parts) > 3 else 1)
        owner = " ".join(new if part == old and at in (0, last) else part for at, part in enumerate(parts))
    return msgspec.structs.replace(line, owner=owner, article=new if line.article == old else line.article)


def _place(data: bytes, line: Locked) -> int:
    """The offset of the line before which another belongs among the sorted ones; of the end behind the last."""
    low, high = data.find(b"\n") + 1, len(data)
    while high > low and data[high - 1 : high].isspace():
        high -= 1
    high = max(low, min(_stop(data, high) + 1, len(data)))
    wanted = lockfile.order(line)
    while low < high:
        start = max(data.rfind(b"\n", 0, (low + high) // 2) + 1, low)
        stop = _stop(data, start) + 1
        there = _read(data[start : stop - 1])
        if there is None or lockfile.order(there) <= wanted:
            low = stop
        else:
            high = start
    return low


def _read(row: bytes) -> Locked | None:
    try:
        return _decode(row)
    except (msgspec.MsgspecError, UnicodeError):
        return None
