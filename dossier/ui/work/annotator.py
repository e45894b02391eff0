"""Annotations written beside the screen, in a thread with its own desk; each is told when it is on the disk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.message import Message

from dossier.desk.desk import Desk
from dossier.desk.drafting import Drafting
from dossier.drafts.records import Draft
from dossier.model.problems import DossierError
from dossier.model.views import ArticleView
from dossier.ui.work.prompt_fields import PromptField, entry_of, with_new
from dossier.ui.work.thread import Aside


@dataclass
class Annotated(Message):
    """A change is on the disk."""

    says: str
    """What was done."""
    entry: str = ""
    """Id of the entry it is about, or key of the link; empty when it is gone, or when there are several."""


@dataclass
class AnnotationFailed(Message):
    """A change could not be written; nothing was."""

    why: str
    """One sentence."""


class DraftsFound(Message):
    """The drafts that the rules propose for an article, and the article as it is on the disk."""

    def __init__(self, view: ArticleView, drafts: Sequence[Draft], says: str = "", draft: str = "") -> None:
        super().__init__()
        self.view = view
        """The article."""
        self.drafts = tuple(drafts)
        """In reading order, without what was decided."""
        self.says = says
        """The decision that was carried out; empty when there was none."""
        self.draft = draft
        """The draft it was about."""


@dataclass
class DraftsFailed(Message):
    """The drafts of an article could not be read."""

    why: str
    """One sentence."""


class EntriesRequested(Message):
    """The entries that a line asks to be written."""

    def __init__(
        self, kind: str, parts: Sequence[PromptField], values: Mapping[str, str | Sequence[str]], attribution: str = ""
    ) -> None:
        super().__init__()
        self.kind = kind
        """Of what is written: a key of `PARTS`."""
        self.parts = tuple(parts)
        """The parts of the line."""
        self.values = values
        """What each holds, by its name; a name behind `!` is no entry yet."""
        self.attribution = attribution
        """Of a quote; empty for other things."""


class Annotator:
    """Writes one change after another."""

    def __init__(self, desk: Desk, post: Callable[[Message], object]) -> None:
        self._aside = Aside(desk.clone, post, "annotations")
        self._decisions: list[tuple[int, tuple[Draft, ...]]] = []

    @property
    def decided(self) -> int:
        """The number of decisions on drafts that can be undone."""
        return len(self._decisions)

    def write(self, asked: EntriesRequested, placed: Mapping[str, Any]) -> None:
        """Ask for a new entry, with the entries that it makes on the way, in one step."""

        def job(desk: Desk) -> Message:
            desk.refresh()
            first, fields = with_new(asked.parts, asked.values, lambda one: desk.entry(one) is not None)
            entry = entry_of(asked.kind, fields, placed, asked.attribution)
            written = desk.annotations.write([*first, entry])
            return Annotated(f"{written[-1].id} · {written[-1].file}:{written[-1].line}", written[-1].id)

        self._aside.ask(job, AnnotationFailed)

    def change(self, entry: str, asked: EntriesRequested, before: Mapping[str, object]) -> None:
        """Ask for other fields of an entry; `before` are those that the line began with."""

        def job(desk: Desk) -> Message:
            desk.refresh()
            values = {name: value for name, value in asked.values.items() if value != before.get(name)}
            parts = [part for part in asked.parts if part.name in values]
            first, fields = with_new(parts, values, lambda one: desk.entry(one) is not None)
            if asked.attribution and asked.attribution != before.get("attribution"):
                fields["attribution"] = asked.attribution
            changes = {name: value if value not in ("", []) else None for name, value in fields.items()}
            written = desk.annotations.edit(entry, changes, first=first)
            return Annotated(f"{written.id} changed · {written.file}:{written.line}", written.id)

        self._aside.ask(job, AnnotationFailed)

    def delete(self, entry: str, *, references: bool) -> None:
        """Ask for an entry to be deleted."""

        def job(desk: Desk) -> Message:
            desk.annotations.delete(entry, references=references)
            return Annotated(f"{entry} deleted")

        self._aside.ask(job, AnnotationFailed)

    def undo(self) -> None:
        """Ask for the last change to be taken back."""
        self._aside.ask(lambda desk: Annotated(f"Taken back: {desk.annotations.undo()}"), AnnotationFailed)

    def redo(self) -> None:
        """Ask for the change that was taken back last."""
        self._aside.ask(lambda desk: Annotated(f"Written again: {desk.annotations.redo()}"), AnnotationFailed)

    def drafts(self, article: str) -> None:
        """Ask for the drafts of an article."""

        def job(desk: Desk) -> Message:
            desk.refresh()
            return self._drafts(desk, article)

        self._aside.ask(job, DraftsFailed)

    def _drafts(self, desk: Desk, article: str, says: str = "", draft: str = "") -> Message:
        return DraftsFound(desk.article(article), Drafting(desk).propose(article, new=True), says, draft)

    def accept(self, article: str, drafts: Sequence[Draft], asked: EntriesRequested | None = None) -> None:
        """Ask for drafts to be written, in one step; with what a line asked for, when there was one."""

        def job(desk: Desk) -> Message:
            desk.refresh()
            first: list[dict[str, Any]] = []
            fields: dict[str, Any] = {}
            if asked is not None:
                first, fields = with_new(asked.parts, asked.values, lambda one: desk.entry(one) is not None)
                fields = {name: value for name, value in fields.items() if value not in ("", [])}
                fields["attribution"] = asked.attribution
            speaker = fields.get("speaker", "")
            only = speaker if isinstance(speaker, str) else speaker[0]
            ids = [one.id for one in drafts]
            Drafting(desk).accept(article, ids, only, first=first, fields=fields)
            self._decisions.append((len(desk.annotations.history()[0]), tuple(drafts)))
            many = f"{len(drafts)} drafts" if len(drafts) > 1 else _short(drafts[0])
            return self._drafts(desk, article, f"✓ Written: {many}")

        self._aside.ask(job, AnnotationFailed)

    def reject(self, article: str, draft: Draft) -> None:
        """Ask for a draft never to be proposed again."""

        def job(desk: Desk) -> Message:
            Drafting(desk).reject(article, [draft.id])
            self._decisions.append((_REJECTED, (draft,)))
            return self._drafts(desk, article, f"Rejected: {_short(draft)}")

        self._aside.ask(job, AnnotationFailed)

    def take_back(self, article: str) -> None:
        """Ask for the last decision on drafts to be taken back."""

        def job(desk: Desk) -> Message:
            step, drafts = self._decisions[-1]
            if step == _REJECTED:
                Drafting(desk).restore(article, drafts)
            elif step != len(desk.annotations.history()[0]):
                raise DossierError("The dossier was changed since; close the drafts to undo step by step.")
            else:
                desk.annotations.undo()
            self._decisions.pop()
            many = f"{len(drafts)} drafts" if len(drafts) > 1 else _short(drafts[0])
            return self._drafts(desk, article, f"Taken back: {many}", drafts[0].id)

        self._aside.ask(job, AnnotationFailed)

    def close(self) -> None:
        """End the thread when it is done."""
        self._aside.close()


_MOST = 40
"""Characters of a draft's words that a message shows."""
_REJECTED = -1
"""In place of the number of steps that were written when a draft was accepted."""


def _short(draft: Draft) -> str:
    words = " ".join(draft.text.split())
    return f"“{words[:_MOST]}…”" if len(words) > _MOST else f"“{words}”"
