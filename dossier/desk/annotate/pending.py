"""New entries on their way into a file: gathered by section, and put in together, in reading order."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from dossier.model.entries import Anchor
from dossier.model.problems import DossierError
from dossier.store.yaml.entry_edits import insert_items, insert_pairs
from dossier.store.yaml.kept_sheets import read_known_sheet
from dossier.store.yaml.rendering import New
from dossier.store.yaml.source_positions import Steps, find, parse


class Addition(Struct, frozen=True):
    """An entry to put into a section."""

    key: str
    """Its id; of a link nothing."""
    value: New
    article: str = ""
    """The article that it rests on."""
    start: int = -1
    """Offset in it of the first words; -1 when it rests on none, and stands at the end of its section."""


def add_all(text: str, file: str, steps: Steps, fresh: Sequence[Addition], start_of: Callable[[Anchor], int]) -> str:
    """The file with entries put into a section, each where the fewest stand on its wrong side.

    `start_of` gives the offset of an anchor's words in its article; -1 when they have no place.

    Raises:
        DossierError: that cannot be done without changing something else.

    """
    fresh = sorted(fresh, key=lambda one: (one.start < 0, max(one.start, 0)))
    known: dict[str, list[int]] = {}
    placed: list[tuple[int | None, Addition]] = []
    for one in fresh:
        if one.start < 0:
            placed.append((None, one))
            continue
        if one.article not in known:
            known[one.article] = _starts(text, file, steps, one.article, start_of)
        starts = known[one.article]
        placed.append((_index(starts, one.start) if starts else None, one))
    try:
        return _insert(text, steps, placed)
    except DossierError:
        if len(placed) == 1:
            raise
    for index in sorted({index for index, _ in placed if index is not None}, reverse=True):
        text = _insert(text, steps, [one for one in placed if one[0] == index])
    last = [one for one in placed if one[0] is None]
    return _insert(text, steps, last) if last else text


def _insert(text: str, steps: Steps, placed: Sequence[tuple[int | None, Addition]]) -> str:
    if placed[0][1].key:
        return insert_pairs(text, steps, [(index, one.key, one.value) for index, one in placed])
    return insert_items(text, steps, [(index, one.value) for index, one in placed])


def _starts(text: str, file: str, steps: Steps, article: str, start_of: Callable[[Anchor], int]) -> list[int]:
    """The places of a section's entries in an article; one without words counts as the one before it."""
    section = find(parse(text), steps)
    parts = [key for key, _ in section.pairs or ()] or section.items or [] if section else []
    if not parts:
        return []
    sheet = read_known_sheet(file, text.encode("utf-8", "surrogatepass"))
    anchors = [one for entry in sheet.entries for one in entry.wanted]
    anchors += [one for link in sheet.links for one in link.wanted]
    lines = sorted(
        (one.place.line - 1, one.place.column - 1, start_of(one)) for one in anchors if one.article == article
    )
    starts: list[int] = []
    at = 0
    for number, part in enumerate(parts):
        stop = (parts[number + 1].line, parts[number + 1].column) if number + 1 < len(parts) else (len(text), 0)
        here = []
        while at < len(lines) and lines[at][:2] < stop:
            if lines[at][:2] >= (part.line, part.column) and lines[at][2] >= 0:
                here.append(lines[at][2])
            at += 1
        starts.append(min(here, default=starts[-1] if starts else -1))
    return starts


def _index(starts: Sequence[int], start: int) -> int:
    """The number of entries that come before one."""
    best, wrong = len(starts), sum(begin > start for begin in starts)
    least = wrong
    for index in range(len(starts) - 1, -1, -1):
        wrong += (starts[index] <= start) - (starts[index] > start)
        if wrong < least:
            best, least = index, wrong
    return best
