"""State kept between two runs of the browser, per dossier: the trail, the marks with their notes, the searches.

One JSON file per dossier in the user's state folder. It is written whole beside the old one and renamed, so that of two
programs at once the last to close wins whole. What cannot be read is left aside with one line of notice; what no longer
fits the dossier is let go.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dossier.desk.state import TITLE, BrowseState, View, fit_to_dossier, is_heading, named_entries
from dossier.desk.user.atomic_write import replace_private
from dossier.desk.user.places import user_folder

VERSION = 1
MOST_BYTES = 4_000_000
"""Of a file; what does not fit is the oldest part of the trail."""
TRAIL = 100
"""How many views are kept on either side."""
QUERIES = 200
"""How many searches are kept."""


class SavedState(Struct, frozen=True, omit_defaults=True):
    """The state that one reader left in one dossier."""

    version: int = VERSION
    """Of this record."""
    root: str = ""
    """The dossier's folder: a file that got to another one's place is not taken for its own."""
    state: BrowseState = BrowseState()
    """Where the reader was, the trail, the marks in the order made by hand."""
    notes: dict[str, str] = {}
    """The reader's notes on marked entries, by id."""
    queries: tuple[str, ...] = ()
    """What was searched for, the latest first, each once."""


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(SavedState, strict=True).decode


def file_of(root: Path) -> Path:
    """The file of the dossier in the folder `root`."""
    mark = hashlib.sha256(str(root).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return user_folder("state") / "places" / f"{root.name[:40]}-{mark}.json"


def load(root: Path) -> tuple[SavedState, str]:
    """Read the saved state of a dossier, and one line of notice when it could not be read and is taken as empty."""
    empty = SavedState(root=_name(root))
    try:
        path = file_of(root)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        kept = _decode(data) if len(data) <= MOST_BYTES else None
    except (FileNotFoundError, NotADirectoryError):
        return empty, ""
    except (OSError, ValueError, RuntimeError, RecursionError) as error:  # no home is a RuntimeError
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it is damaged"
        return empty, f"Where you were the last time could not be read ({reason}); the browser starts afresh."
    if kept is None or kept.version != VERSION or kept.root != _name(root):
        reason = "it is too large" if kept is None else "it is not of this program or dossier"
        return empty, f"Where you were the last time could not be read ({reason}); the browser starts afresh."
    return kept, ""


def save(root: Path, kept: SavedState) -> str:
    """Write the state; return one line of notice when it could not be written, else an empty text."""
    data = encode_state(replace(kept, version=VERSION, root=_name(root)))
    try:
        path = file_of(root)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_private(path, data)
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "there is no home folder"
        return f"Where you are could not be kept for the next time: {reason}."
    too_many = kept.state.marks and not _decode(data).state.marks
    return "There are more marks and notes than can be kept; they end with this run." if too_many else ""


def encode_state(kept: SavedState) -> bytes:
    """The bytes to write: at most `MOST_BYTES`, the oldest of the trail and of the searches left out as need be; of a
    reader who marked or noted more than that, only the place.
    """
    state = kept.state
    length = max(TRAIL, QUERIES)
    while True:
        past = state.past[-min(length, TRAIL) :] if length else ()
        lean = replace(state, past=past, future=state.future[: min(length, TRAIL)], moves=0)
        data = _encode(replace(kept, state=lean, queries=kept.queries[:length]))
        if len(data) <= MOST_BYTES:
            return data
        if not length:
            view = View(pane=state.view.pane, entry=state.view.entry, article=state.view.article)
            return _encode(SavedState(kept.version, kept.root, BrowseState(view)))
        length //= 2


def named_ids(kept: SavedState) -> frozenset[str]:
    """The ids of all entries named in a saved state, to be looked up in the dossier."""
    return frozenset(named_entries(kept.state).union(kept.notes))


def fit(kept: SavedState, known: Collection[str]) -> tuple[SavedState, str]:
    """The saved state that still fits a dossier with the entries `known`, and a line of notice when marks were lost."""
    state = fit_to_dossier(kept.state, known)
    notes = {one: note for one, note in kept.notes.items() if one in known or one == TITLE or is_heading(one)}
    lost = len(kept.state.marks) - len(state.marks)
    told = ""
    if lost:
        what = "1 entry that was marked is" if lost == 1 else f"{lost} entries that were marked are"
        told = f"{what} no longer in the dossier."
    return replace(kept, state=state, notes=notes), told


def move_mark(marks: tuple[str, ...], entry: str, steps: int) -> tuple[str, ...]:
    """The marks with one of them moved down by so many places (up when negative), as far as there are any."""
    if entry not in marks:
        return marks
    rest = [mark for mark in marks if mark != entry]
    at = min(max(marks.index(entry) + steps, 0), len(rest))
    return (*rest[:at], entry, *rest[at:])


def change_note(notes: Mapping[str, str], entry: str, note: str) -> dict[str, str]:
    """The notes with that of one entry changed; an empty one takes it away."""
    others = {one: text for one, text in notes.items() if one != entry}
    return {**others, entry: note} if note.strip() else others


def add_query(queries: Iterable[str], query: str) -> tuple[str, ...]:
    """The searches with one more, the latest first, each once."""
    if not query.strip():
        return tuple(queries)
    return (query, *(other for other in queries if other != query))[:QUERIES]


def _name(root: Path) -> str:
    return str(root).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
