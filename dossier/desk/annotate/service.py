"""Entries written, changed and deleted in a dossier, undone and redone: all that the browser and the commands write."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Literal

from dossier.desk.annotate.completion import MOST, Completion, Proposal
from dossier.desk.annotate.editing import edit_entry, edit_link
from dossier.desk.annotate.entry_places import WrittenEntry, located_entries
from dossier.desk.annotate.journal import Journal, Step
from dossier.desk.annotate.references import EntryReference, fields_of, link_steps, references_to, remove_references
from dossier.desk.annotate.renaming import move_article, rename_entry, rename_kept
from dossier.desk.annotate.transactions import Files
from dossier.desk.annotate.workspace import Workspace
from dossier.desk.annotate.writing_entries import EntryWriter, NewEntry
from dossier.desk.evidence.anchors import Anchoring
from dossier.desk.session import Session
from dossier.desk.user.places import ARCHIVED, is_archived
from dossier.model.bounded import BoundedDict
from dossier.model.problems import DossierError
from dossier.model.resolving import Text
from dossier.model.text_spans import is_quoted
from dossier.store.catalogue.catalogue import Catalogue
from dossier.store.files.folder import Folder
from dossier.store.sync import lock_edits
from dossier.store.sync.history import DossierHistory
from dossier.store.sync.refreshing_files import RefreshFiles
from dossier.store.sync.trial import TrialContents
from dossier.store.yaml.entry_edits import remove

_BYTES_A_CHARACTER = 8
"""Bytes that a text takes for each of its characters once words were looked for in it: 4 to 6, measured."""


class AnnotationService:
    """Writes to an open dossier. Every method that writes makes one step, done as a whole or not at all.

    Each step is checked as `dossier check` would check it and refused when it brings an error. The lock, where there is
    one, is brought up to date with it. Two programs that write at once do so one after the other, each to the files as
    they then are.

    A screen whose catalogue another process keeps up to date writes through a desk of its own, `desk.clone()`, in a
    thread of its own: what that one writes is known at once, to it and to the screen's desk when it next takes hold.
    """

    def __init__(self, desk: Session, known: Catalogue, folder: Folder, anchoring: Anchoring) -> None:
        self._desk = desk
        self._known = known
        self._anchoring = anchoring
        self._files = Files(folder, Journal(desk.home))
        self._completion = Completion(known)
        self._seen = -1
        self._texts: BoundedDict[str, Text] = BoundedDict(size=lambda text: _BYTES_A_CHARACTER * len(text.original))

    def write(self, entries: Sequence[Mapping[str, Any]]) -> tuple[WrittenEntry, ...]:
        """Write new entries, all or none: `{"kind": "quote", "article": …, "text": …, "speaker": …}`.

        `kind` is quote, event, link, person (with `delegation`, or of none), delegation, issue or alias (`{"kind":
        "alias", "id": …, "alias": …}`); the other fields are those of the format. Words are given by `text`, or by
        `start` and `end` in the article as it is on disk, or by both: then the offsets hold while the words stand
        there, and else the words where they stand alone. What is written is always what stands in the article. Without
        `id` one is made; without `attribution` it is `direct` for words in quotation marks, else `paraphrase`.

        Raises:
            DossierError: an entry is wrong, or would be an error of the dossier; then nothing is written.

        """
        if not entries:
            raise DossierError("There is no entry to write.")
        made: list[NewEntry] = []

        def edit(space: Workspace) -> str:
            writer = EntryWriter(space, self._known, self._text)
            for number, entry in enumerate(entries, 1):
                try:
                    made.append(writer.write(entry))
                except DossierError as error:
                    prefix = f"Entry {number}: " if len(entries) > 1 else ""
                    raise DossierError(f"{prefix}{error}") from None
            return f"{len(made)} entries written" if len(made) > 1 else f"{made[0].id} written"

        after = self._step(edit)
        return tuple(located_entries(made, after))

    def edit(
        self, entry_id: str, changes: Mapping[str, Any], *, first: Sequence[Mapping[str, Any]] = ()
    ) -> WrittenEntry:
        """Change fields of an entry, given by its id, or of a link, given by its key; None takes a field out.

        New words (`text`, or `start` and `end`) are taken from the article as in `write`. `first` are new entries that
        the fields refer to, written in the same step.

        Raises:
            DossierError: there is no such entry or field, or the change would be an error; then nothing is changed.

        """
        place: list[NewEntry] = []

        def edit(space: Workspace) -> str:
            writer = EntryWriter(space, self._known, self._text)
            for one in first:
                writer.write(one)
            found = self._known.links("key = ? AND field = ''", entry_id)
            if found:
                file = edit_link(space, found[0][1], changes, self._text)
            else:
                file = edit_entry(space, entry_id, changes, self._text)
            place.append(NewEntry(entry_id, file))
            return f"{entry_id} changed"

        after = self._step(edit)
        return located_entries(place, after)[0]

    def references(self, entry_id: str) -> tuple[EntryReference, ...]:
        """The references to an entry, to be shown before it is deleted."""
        return references_to(self._known, entry_id)

    def fields(self, entry_id: str) -> dict[str, str | list[str]]:
        """The fields of an entry or a link as they are written; empty when there is none."""
        return fields_of(self._known, entry_id)

    def delete(self, entry_id: str, *, references: bool = False) -> None:
        """Delete an entry, given by its id, or a link, given by its key; with `references`, also what refers to it.

        Raises:
            DossierError: something refers to it and `references` is not given, or it cannot be deleted.

        """

        def edit(space: Workspace) -> str:
            found = self._known.links("key = ? AND field = ''", entry_id)
            if found:
                link = found[0][1]
                file = link.place.file
                space.set(file, remove(space.text(file), link_steps(space.text(file), link)))
                return f"{entry_id} deleted"
            located = space.locate(entry_id)
            refers = references_to(self._known, entry_id)
            refers = tuple(one for one in refers if one.field != "members" or one.entry != entry_id)
            if refers and not references:
                first = f"{refers[0].entry} ({refers[0].place})"
                more = f" and {len(refers) - 1} more" if len(refers) > 1 else ""
                raise DossierError(f"{entry_id} is referred to by {first}{more}; delete these references with it.")
            remove_references(space, self._known, entry_id)
            space.set(located.file, remove(space.text(located.file), located.steps))
            return f"{entry_id} deleted"

        self._step(edit)

    def rename(self, old: str, new: str) -> None:
        """Give an entry another id everywhere: in the YAML, but never in words, in the lock, and in what is kept of
        the reader's places and marks.

        Raises:
            DossierError: there is no such entry, or the new id is in use or is none.

        """
        self._step(lambda space: rename_entry(space, self._known, old, new), renamed=(old, new))
        rename_kept(self._desk.root, old, new)

    def move(self, article: str, path: str = "") -> str:
        """Move the file of an article, or, where it was moved already, find it again; the path it has now.

        Without a `path` the file is looked for by the hash that the lock has of it.

        Raises:
            DossierError: there is no such article, the place is taken, or the file is not found.

        """
        found: list[str] = []

        def edit(space: Workspace) -> str:
            found.append(move_article(space, self._known, self._files.folder, article, path))
            return f"{article} moved to {found[0]}"

        self._step(edit)
        return found[0]

    def propose(
        self, letters: str, kinds: Iterable[str], first: Iterable[str] = (), most: int = MOST
    ) -> list[Proposal]:
        """The people, delegations, issues or events that letters may mean, the likeliest first."""
        return self._completion.propose(letters, frozenset(kinds), first, most)

    def attribution(self, article: str, start: int, end: int) -> str:
        """The attribution that words of an article get unless another is given."""
        return "direct" if is_quoted(self._anchoring.text(article).original, start, end) else "paraphrase"

    def exclusive_write(self) -> AbstractContextManager[None]:
        """Keep other programs of ours from writing to the dossier; for other writers, such as reviews.

        What a program that was killed had begun to write is finished first.

        Raises:
            DossierError: it is a published archive.

        """
        if is_archived(self._desk.root):
            raise DossierError(ARCHIVED)
        return self._files.writing()

    def finish(self) -> None:
        """Finish what a program that was killed had begun to write; every other method that writes does so first."""
        with self.exclusive_write():
            pass
        self._desk.refresh()

    def history(self) -> tuple[list[str], list[str]]:
        """The steps that can be undone, the last step last, and those that can be redone, the next one last."""
        journal = self._files.journal
        journal.read()
        return [step.says for step in journal.done], [step.says for step in journal.undone]

    def undo(self) -> str:
        """Take the last step back that was written to this dossier, in this run or an earlier one; what it had done.

        Raises:
            DossierError: there is none, or a file was changed since.

        """
        return self._replay("undo")

    def redo(self) -> str:
        """Do the step again that was undone last; what it does.

        Raises:
            DossierError: there is none, or a file was changed since.

        """
        return self._replay("redo")

    def _replay(self, action: Literal["undo", "redo"]) -> str:
        with self._files.writing():
            journal = self._files.journal
            steps = journal.done if action == "undo" else journal.undone
            if not steps:
                raise DossierError(f"There is nothing to {action}.")
            is_latest = journal.position == self._seen
            step = steps[-1].reversed() if action == "undo" else steps[-1]
            self._files.carry_out(action, step)
            if is_latest:
                self._seen = journal.position
        if step.renamed[0]:
            rename_kept(self._desk.root, *step.renamed)
        self._refresh(step)
        return step.says

    def _refresh(self, step: Step) -> None:
        """Take in what was written."""
        if self._desk.synced_elsewhere:
            return
        changed = self._files.locked
        if changed is not None:
            before, after, lines = changed
            removed, added = (lock_edits.lines_of(rows) for rows in (lines.removed, lines.added))
            DossierHistory(self._known, self._files.folder).patch(before, after, removed, added)
        paths = [change.path for change in step.files]
        if step.renamed[0] or not all(path.endswith((".yaml", ".yml")) for path in paths):
            self._desk.refresh()
            return
        try:
            RefreshFiles(self._known, self._files.folder, paths, watched=self._desk.has_ui).run()
        except sqlite3.DatabaseError as error:
            raise self._known.refusal(error) from error
        self._known.settle()
        _ = self._desk.generation  # which sees that something has changed

    def _step(self, edit: Callable[[Workspace], str], *, renamed: tuple[str, str] = ("", "")) -> TrialContents:
        """Plan a step by editing files in memory, and carry it out."""
        with self._files.writing():
            journal = self._files.journal
            if journal.position != self._seen:  # another program may have written
                self._desk.refresh()
            space = Workspace(self._files, self._known, self._text)
            try:
                says = edit(space)
                step, after = space.plan(journal.next_number, says, renamed=renamed)
            finally:
                self._texts.clear()
            if step.files:
                self._files.carry_out("do", step)
            self._seen = journal.position
        self._refresh(step)
        return after

    def _text(self, article: str) -> Text:
        if article not in self._texts:
            self._texts[article] = self._anchoring.text(article)
        return self._texts.use(article)
