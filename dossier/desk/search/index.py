"""The full-text index of a dossier, brought up to date unit by unit: only what changed is read and indexed again.

The catalogue keeps the stamp of each unit and the keys of what was put in, so that changes are found without reading
texts.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import msgspec

from dossier.desk.search.index_version import index_version
from dossier.desk.session import Session
from dossier.model.passages import Passage
from dossier.model.problems import DossierError
from dossier.model.progress import Progress
from dossier.search.engines.engine import Engine, IndexBusy, IndexDamaged, open_engine
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.sync.interruption import Interrupted

if TYPE_CHECKING:  # what is up to date is searched without them
    from dossier.desk.articles import Texts
    from dossier.desk.search.units import Units

_BATCH = 10_000
"""Passages between two commits of the index: what is done by then stays done when the program is interrupted."""

_FIRST_BATCH = 2_000
"""Passages before the first commit, so that there is soon something to search; each batch is twice the one before."""

_SELDOM = 20
"""While the index is being filled, what is lacking is looked for no more than one part in so many of the time."""

_encode = msgspec.msgpack.Encoder().encode
_decode_keys = msgspec.msgpack.Decoder(list[str]).decode


class Index:
    """The index of one dossier in one engine."""

    def __init__(self, desk: Session, catalogue: Catalogue, texts: "Callable[[], Texts]", engine: str) -> None:
        self.desk = desk
        self.catalogue = catalogue
        self.texts = texts
        self.name = engine
        self.folder = desk.home / engine
        self._engine: Engine | None = None
        self._current = self._lacking = -1
        self._wanted = 0
        self.left, self.started = 0, False
        """How many units were not indexed when that was looked at last, and whether a build was begun."""
        self._again = 0.0
        self._alone = False

    @property
    def _units(self) -> "Units":
        from dossier.desk.search.units import Units  # noqa: PLC0415

        return Units(self.desk, self.catalogue, self.texts())

    @property
    def engine(self) -> Engine:
        """The open engine.

        Raises:
            EngineMissing: it is not installed.
            DossierError: its folder cannot be made.

        """
        if self._engine is None:
            try:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise DossierError(f"The full-text index cannot be kept in {self.folder}: {error.strerror}.") from error
            self._engine = open_engine(self.name, self.folder)
        return self._engine

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other programs from making the index anew or bringing it up to date.

        Raises:
            IndexBusy: another one does.

        """
        if self._alone:
            yield
            return
        descriptor = os.open(self.desk.home / f"{self.name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise IndexBusy(
                    "Another program is writing to the search index; this one goes on with what is there."
                ) from None
            self._alone = True
            yield
        finally:
            self._alone = False
            os.close(descriptor)

    @property
    def busy(self) -> bool:
        """Return whether another program is writing to it."""
        try:
            with self.alone():
                return False
        except IndexBusy:
            return True

    def clear(self) -> None:
        """Throw it away; raises `IndexBusy` when another program is at work on it."""
        with self.alone():
            self.close()
            shutil.rmtree(self.folder, ignore_errors=True)
            self._current = -1

    def close(self) -> None:
        """Let go of its files."""
        if self._engine is not None:
            self._engine.close()
            self._engine = None

    def behind(self) -> dict[str, bytes | None]:
        """The units that are not indexed as they are now, with their stamps; None for one that is gone."""
        began = monotonic()
        stamps = self._units.stamps()
        self._wanted, self._again = len(stamps), monotonic() + _SELDOM * (monotonic() - began)
        rows = self.catalogue.rows("SELECT unit, stamp FROM indexed WHERE engine = ? AND unit <> ''", self.name)
        begun = self._same_index()
        known = dict(rows) if begun else {}
        found: dict[str, bytes | None] = {unit: stamp for unit, stamp in stamps.items() if known.get(unit) != stamp}
        found |= dict.fromkeys(known.keys() - stamps.keys())
        self.left, self.started = len(found), begun
        return found

    @property
    def current(self) -> bool:
        """True when all of the dossier, as the catalogue knows it, is in the index; cheap to ask again and again."""
        generation = self.desk.generation
        if generation not in (self._current, self._lacking) and not self._underway():
            if not self._done() and self.behind():
                self._lacking = generation
            else:
                self._current = generation
        return generation == self._current

    def _done(self) -> bool:
        """Return whether it was brought up to date with all that was read, and nothing was read since."""
        content = self.catalogue.content
        known = self.catalogue.value("SELECT keys FROM indexed WHERE engine = ? AND unit = ''", self.name)
        return content is not None and known == _encode([content.hex()]) and self._same_index()

    @property
    def exists(self) -> bool:
        """Return whether anything was ever put into it."""
        filled = "SELECT 1 FROM indexed WHERE engine = ? AND unit <> '' AND stamp <> x'' LIMIT 1"
        return bool(self.catalogue.value(filled, self.name)) and self._token().is_file()

    @property
    def percent(self) -> int:
        """The share of the dossier that is indexed, as of the last look, rounded down."""
        return 100 * max(self._wanted - self.left, 0) // max(self._wanted, 1)

    @property
    def count(self) -> int:
        """The number of passages in it."""
        heads = self.catalogue.rows("SELECT substr(keys, 1, 5) FROM indexed WHERE engine = ? AND unit <> ''", self.name)
        return sum(_length(head) for (head,) in heads)

    def _underway(self) -> bool:
        """Return whether another process is filling it: then what is lacking need not be looked for each time."""
        if monotonic() >= self._again:
            return False
        filled = "SELECT count(*) FROM indexed WHERE engine = ? AND unit <> '' AND stamp <> x''"
        return bool(self.catalogue.value(filled, self.name) < self._wanted)

    def content(self) -> str:
        """A digest of all that belongs into the index, the same on every machine with this dossier and this program."""
        from dossier.desk.search.units import combined_digest  # noqa: PLC0415

        wanted = _encode(sorted(self._units.stamps().items()))
        return combined_digest(index_version(self.name), wanted).hex()

    def update(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        """Bring it up to date.

        Raises:
            Interrupted: `cancelled` said so; what was indexed until then is kept.
            IndexBusy: another program is writing to it.

        """
        with self.alone():
            self._update(progress, cancelled)

    def _update(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        if not self._same_index():
            self._begin()
        behind = self.behind()
        units = self._units
        batch: list[tuple[str, bytes | None, list[Passage]]] = []
        held, size = 0, _FIRST_BATCH
        for done, (unit, stamp) in enumerate(behind.items()):
            progress("indexing", done, len(behind))
            if cancelled():
                raise Interrupted
            passages = [] if stamp is None else units.passages(unit)
            batch.append((unit, stamp, passages))
            held += len(passages)
            if held >= min(size, _BATCH):
                self._put(batch)
                batch, held, size = [], 0, 2 * size
        self._put(batch)
        self._finish()
        if behind:
            self.catalogue.settle()
        progress("indexing", len(behind), len(behind))

    def _finish(self) -> None:
        """Say that all of what was read is in it."""
        content = self.catalogue.content
        if content is not None and not self._done():
            done = "UPDATE indexed SET keys = ? WHERE engine = ? AND unit = ''"
            self.catalogue.run(done, _encode([content.hex()]), self.name)

    def _put(self, batch: list[tuple[str, bytes | None, list[Passage]]]) -> None:
        if not batch:
            return
        old: dict[str, list[str]] = {}
        for unit, _, _ in batch:
            keys = self.catalogue.value("SELECT keys FROM indexed WHERE engine = ? AND unit = ?", self.name, unit)
            old[unit] = _decode_keys(keys) if keys else []
        removed = {key for keys in old.values() for key in keys}
        added = {passage.key: passage for _, _, passages in batch for passage in passages}
        if added or removed:
            # Until the engine is done, a unit may have any of the passages that it had and will have: a program that
            # is killed in between leaves none behind that nobody knows of.
            self._record((unit, b"", [*old[unit], *(one.key for one in passages)]) for unit, _, passages in batch)
            self.engine.update(added.values(), removed - added.keys())
        self._record((unit, stamp, [one.key for one in passages]) for unit, stamp, passages in batch)

    def _record(self, units: Iterable[tuple[str, bytes | None, list[str]]]) -> None:
        """Keep of each unit its stamp and the keys of its passages; without a stamp it is forgotten."""
        with self.catalogue.transaction():
            for unit, stamp, keys in units:
                if stamp is None:
                    self.catalogue.run("DELETE FROM indexed WHERE engine = ? AND unit = ?", self.name, unit)
                else:
                    self.catalogue.run("REPLACE INTO indexed VALUES (?,?,?,?)", self.name, unit, stamp, _encode(keys))

    def _token(self) -> Path:
        return self.folder / "token"

    def _same_index(self) -> bool:
        """Return whether the folder holds the very index that the catalogue speaks of.

        Raises:
            IndexDamaged: it did, and its passages are gone.

        """
        known = self.catalogue.value("SELECT stamp FROM indexed WHERE engine = ? AND unit = ''", self.name)
        try:
            if known is None or not known.startswith(index_version(self.name)) or self._token().read_bytes() != known:
                return False
        except OSError:
            return False
        filled = "SELECT 1 FROM indexed WHERE engine = ? AND stamp <> x'' AND unit <> '' AND keys <> x'90' LIMIT 1"
        if self.catalogue.value(filled, self.name) and not self.engine.languages():
            raise IndexDamaged(f"The index in {self.folder} is empty; it must be rebuilt.")
        return True

    def _begin(self) -> None:
        """Start with an empty index."""
        self.clear()
        self.folder.mkdir(mode=0o700, exist_ok=True)
        token = index_version(self.name) + os.urandom(16)
        self._token().write_bytes(token)
        with self.catalogue.transaction():
            self.catalogue.run("DELETE FROM indexed WHERE engine = ?", self.name)
            self.catalogue.run("REPLACE INTO indexed VALUES (?, '', ?, x'90')", self.name, token)


def _length(head: bytes) -> int:
    """The number of items of a MessagePack array, by its first bytes."""
    return head[0] & 15 if head[0] < 0xA0 else int.from_bytes(head[1:3] if head[0] == 0xDC else head[1:5], "big")
