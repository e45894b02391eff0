"""The files of a dossier while a step is being planned: edited in memory, tried, and only then written."""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from msgspec import Struct

from dossier.desk.annotate.journal import LockChange, Step, change_of
from dossier.desk.annotate.pending import Addition, add_all
from dossier.desk.annotate.transactions import Files
from dossier.desk.evidence.anchors import check_own
from dossier.model.anchor_search import locate
from dossier.model.anchors import Evidence
from dossier.model.entries import Anchor, Kind
from dossier.model.fields import SECTION_OF
from dossier.model.folding import fold
from dossier.model.locked import Locked
from dossier.model.problems import DossierError
from dossier.model.resolving import Text
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.catalogue.rows import FIRST_FILE
from dossier.store.files.paths import ARCHIVE, is_of_archive
from dossier.store.sync import lock_edits
from dossier.store.sync.trial import TrialContents, anchors_in, try_contents
from dossier.store.yaml.entry_edits import insert_pair
from dossier.store.yaml.rendering import New
from dossier.store.yaml.source_positions import Steps, find, parse
from dossier.store.yaml.source_tree import Step as PathStep

TextOf = Callable[[str], Text]


class Located(Struct, frozen=True):
    """The place in a file where an entry is written."""

    kind: str
    file: str
    steps: tuple[PathStep, ...]
    """From the root of the file to the entry."""


class Workspace:
    """Edits of one step, not yet written."""

    def __init__(self, files: Files, known: Catalogue, text_of: TextOf) -> None:
        self._files = files
        self._known = known
        self._text_of = text_of
        self._before: dict[str, str | None] = {}
        self._now: dict[str, str] = {}
        self._made: dict[str, Located] = {}
        self._starts: dict[tuple[str, Anchor], int] = {}
        self._moves: dict[str, str] = {}
        self._pending: dict[str, dict[tuple[PathStep, ...], list[Addition]]] = {}
        self._article_files: dict[tuple[str, str], str] = {}
        self._defaults: dict[str, str] = {}

    def text(self, path: str) -> str:
        """A file as it is edited so far; empty when there is none yet."""
        self._load(path)
        for steps, fresh in self._pending.pop(path, {}).items():
            self._now[path] = add_all(self._now[path], path, steps, fresh, self._start)
        return self._now[path]

    def set(self, path: str, text: str) -> None:
        """Take an edited file."""
        self.text(path)
        self._now[path] = text

    def file_text(self, path: str) -> str | None:
        """A file as it is on disk; None when there is none."""
        return self._files.text(path)

    def move(self, path: str, target: str) -> None:
        """Give a file another place."""
        check_own(path, path)
        self._moves[path] = target

    @property
    def changed(self) -> dict[str, str]:
        """The edited files by path."""
        for path in list(self._pending):
            self.text(path)
        return {path: text for path, text in self._now.items() if text != (self._before[path] or "")}

    def taken(self, entry_id: str) -> bool:
        """Return whether an id is in use."""
        return entry_id in self._made or self._known.value("SELECT 1 FROM entries WHERE id = ?", entry_id) is not None

    def locate(self, entry_id: str) -> Located:
        """Return the place in a file where an entry is written.

        Raises:
            DossierError: there is none, or it is not in a YAML file.

        """
        made = self._made.get(entry_id)
        if made is not None:
            return made
        entry = self._known.entry(entry_id)
        if entry is None:
            raise DossierError(f"There is no entry {entry_id}.")
        check_own(entry_id, entry.place.file)
        if not entry.place.file.endswith((".yaml", ".yml")):
            raise DossierError(f"{entry_id} is described at the top of {entry.place.file}; edit it there.")
        own = (SECTION_OF[entry.kind].name, entry_id)
        steps = ("delegations", entry.owner, "members", entry_id) if entry.owner else own
        if find(parse(self.text(entry.place.file)), steps) is None:
            raise DossierError(f"{entry.place}: {entry_id} is not written there any more; look at it again.")
        return Located(entry.kind, entry.place.file, steps)

    def put_entry(self, file: str, kind: str, steps: Steps, fields: New, at: tuple[str, int] = ("", -1)) -> None:
        """Put an entry into a file; one with evidence where it stands in reading order.

        `at` is the article and the offset in it.
        """
        entry_id = str(steps[-1])
        self._add(file, tuple(steps[:-1]), Addition(entry_id, fields, *at))
        self._made[entry_id] = Located(kind, file, tuple(steps))

    def put_link(self, file: str, fields: New, at: tuple[str, int]) -> None:
        """Put a link into a file, likewise."""
        self._add(file, ("links",), Addition("", fields, *at))

    def _add(self, file: str, steps: tuple[PathStep, ...], one: Addition) -> None:
        self._load(file)
        self._pending.setdefault(file, {}).setdefault(steps, []).append(one)

    def _load(self, path: str) -> None:
        check_own(path, path)
        if path not in self._now:
            self._before[path] = self._files.text(path)
            self._now[path] = self._before[path] or ""

    def _start(self, wanted: Anchor) -> int:
        key = wanted.article, wanted
        if key not in self._starts:
            found = locate(self._text_of(wanted.article).folded, wanted)
            self._starts[key] = found.spans[0][0] if found.spans else -1
        return self._starts[key]

    def file_of(self, article: str, section: str) -> str:
        """The file into which the annotation of an article is written; made when there is none."""
        key = article, section
        if key not in self._article_files:
            self._article_files[key] = self._find_file(article, section)
        return self._article_files[key]

    def _find_file(self, article: str, section: str) -> str:
        if not article:
            return FIRST_FILE
        entry = self._known.entry(article)
        file = entry.text("file") if entry else ""
        path = PurePosixPath(file.removeprefix(f"{ARCHIVE}/"))
        stem = str(path.with_suffix(".yaml"))
        sql = "SELECT file FROM anchors WHERE article = ? GROUP BY file ORDER BY count(*) DESC"
        own = [file for file in dict.fromkeys([stem, *self._known.values(sql, article)]) if self._is_of(file, article)]
        if not own:
            idle = "SELECT path FROM files WHERE role = 'yaml' AND path NOT IN (SELECT file FROM anchors) LIMIT 200"
            own = [file for file in self._known.values(idle) if self._is_of(file, article)]
        if own:
            return next(
                (str(file) for file in own if find(parse(self.text(file)), (section,)) is not None), str(own[0])
            )
        for file in (stem, f"{path}.yaml"):
            text = self.text(file)
            if not text.strip("\ufeff \t\r\n") or parse(text).get("article") is None:
                self.set(file, insert_pair(text, (), "article", article, 0))
                return file
        raise DossierError(
            f"{stem} and {path}.yaml are about other articles; make a YAML file with article: {article}."
        )

    def _is_of(self, file: str, article: str) -> bool:
        if is_of_archive(file):
            return False
        try:
            named = parse(self.text(file)).get("article")
        except DossierError:
            return False
        return named is not None and named.value == article

    def default_article(self, file: str) -> str:
        """The article of every anchor in a file that names none."""
        if file not in self._defaults:
            named = parse(self.text(file)).get("article")
            self._defaults[file] = named.value if named is not None else ""
        return self._defaults[file]

    def file_with(self, kind: Kind) -> str:
        """The file that holds most entries of a kind; `dossier.yaml` when none does."""
        section = SECTION_OF[kind].name
        if find(parse(self.text(FIRST_FILE)), (section,)) is not None:
            return FIRST_FILE
        sql = "SELECT file FROM entries WHERE kind = ? AND owner = '' GROUP BY file ORDER BY count(*) DESC"
        files = (str(file) for file in self._known.values(sql, kind) if not is_of_archive(file))
        return next(files, FIRST_FILE)

    def plan(self, number: int, says: str, *, renamed: tuple[str, str] = ("", "")) -> tuple[Step, TrialContents]:
        """The step that writes all edits, after trying them, and what the files will say then.

        Raises:
            DossierError: the dossier would get an error that it does not have.

        """
        changed = self.changed
        old, new = renamed
        after = try_contents(
            changed, self._known, lambda article: self._text(old if new and article == new else article)
        )
        before = {path: self._before[path] or "" for path in changed}
        problem = None if after.sound else after.worse_than(try_contents(before, self._known, self._text))
        if problem is not None:
            raise DossierError(f"Nothing was written, because of this: {problem}")
        files = [change_of(path, self._before[path], text) for path, text in self._in_order(changed)]
        texts = {path: self._files.text(path) for path in self._moves}
        come = [change_of(target, None, texts[path]) for path, target in self._moves.items()]
        gone = [change_of(path, texts[path], None) for path in self._moves]
        change = self._lock_renamed(*renamed) if renamed[0] else self._lock(before, after)
        return Step(number, says, (*come, *files, *gone), change, renamed), after

    def _lock_renamed(self, old: str, new: str) -> LockChange:
        data = self._files.lock.read()
        if data is None:
            return LockChange()
        lock_edits.check_head(data)
        return LockChange(*lock_edits.rename_in_lock(data, old, new))

    def _in_order(self, changed: dict[str, str]) -> list[tuple[str, str]]:
        """`dossier.yaml` first: what others refer to is there before they do."""
        return sorted(changed.items(), key=lambda item: item[0] != FIRST_FILE)

    def _text(self, article: str) -> Text | None:
        try:
            return self._text_of(article)
        except DossierError:  # told by the check
            return None

    def _lock(self, before: Mapping[str, str], after: TrialContents) -> LockChange:
        """The lines of the lock that change with the evidence."""
        data = self._files.lock.read()
        if data is None:
            return LockChange()
        lock_edits.check_head(data)
        then = {_about(owner, one): (owner, one) for owner, one in anchors_in(before, self._known)}
        now = {_about(owner, one) for owner, one in after.anchors}
        gone = [one for about, one in then.items() if about not in now]
        found = {_about(one.owner, one.wanted): one for _, one in after.evidence if one.sound}
        new = [one for about, one in found.items() if about not in then]
        told = (*gone, *((one.owner, one.wanted) for one in new))
        keys = {(owner, one, fold(one.text)) for owner, one in told}

        def wanted(line: Locked) -> bool:
            return any(line.speaks_of(owner, one, words) for owner, one, words in keys)

        removed = [row for row, _ in lock_edits.matching(data, wanted, {owner for owner, _, _ in keys})]
        added = [lock_edits.render_line(self._line(one)) for one in new]
        both = set(removed) & set(added)
        return LockChange(
            tuple(row for row in removed if row not in both), tuple(row for row in added if row not in both)
        )

    def _line(self, one: Evidence) -> Locked:
        return self._text_of(one.article).lock(one.owner, one.ordinal, one.wanted, one.start, one.end)


def _about(owner: str, wanted: Anchor) -> tuple[str, str, str, str, str, int]:
    return owner, wanted.article, wanted.text, wanted.before, wanted.after, wanted.occurrence
