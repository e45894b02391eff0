"""Changing, deleting and restoring entries that are in the dossier."""

from typing import TYPE_CHECKING, Any

from dossier.model.problems import DossierError
from dossier.ui.screens.browse.annotation import AnnotationController
from dossier.ui.screens.browse.base import BrowseBase, Controller
from dossier.ui.screens.browse.selection import SelectionController

if TYPE_CHECKING:
    from dossier.ui.work.annotator import EntriesRequested


class ChangeController(Controller):
    """Changes what is already written, by the annotator that writes new entries."""

    def __init__(self, screen: BrowseBase, selection: SelectionController, annotation: AnnotationController) -> None:
        super().__init__(screen)
        self._selection, self._annotation = selection, annotation

    def _target(self) -> str:
        """Id of the entry, or key of the link, that one is on."""
        article = self._selection.article
        framed = article.content.framed() if article is not None else None
        owner = self.view.owner
        if self.view.pane == "links" and owner and not self.reading.desk.entry(owner):
            return owner  # the link under the cursor
        return framed.owner if framed is not None else self.screen.selected()

    def action_entry_change(self) -> None:
        """Open the line for what one is on."""
        target = self._target()
        entry = self.reading.desk.entry(target)
        try:
            before = self.reading.desk.annotations.fields(target)
        except DossierError as error:
            self.screen.refuse(str(error))
            return
        kind = entry.kind if entry is not None else "link"
        if not before or kind == "article":
            self.screen.refuse(
                f"{target} cannot be changed in a line; {self.keymap.shown('entry.edit')} opens its file."
            )
            return
        if kind == "quote":
            before = {**before, "issues": _several(before.get("issues", []))}
        title = entry.title if entry is not None else target
        attribution = str(before.get("attribution", "")) or ("direct" if kind == "quote" else "")
        self._annotation.open_prompt(
            kind, dict(before), lambda asked: self._change(target, asked, before), title, attribution
        )

    def _change(self, target: str, asked: "EntriesRequested", before: dict[str, Any]) -> None:
        blank = {part.name: [] if part.name == "issues" and asked.kind == "quote" else "" for part in asked.parts}
        kept = {**blank, **before}
        kept = {name: one[0] if isinstance(one, list) and len(one) == 1 and name != "issues" else one
                for name, one in kept.items()}  # fmt: skip
        self._annotation.annotator.change(target, asked, kept)

    def action_entry_delete(self) -> None:
        """Show what refers to what one is on, and delete it if that is wanted."""
        from dossier.ui.screens.delete import DeleteScreen  # noqa: PLC0415 - not needed to start

        target = self._target()
        entry = self.reading.desk.entry(target)
        refers = self.reading.desk.annotations.references(target) if entry is not None else ()
        if self._is_writing():
            return

        def answered(answer: str | None) -> None:
            if answer:
                self._annotation.writing = True
                self._annotation.annotator.delete(target, references=bool(refers))

        screen = DeleteScreen(self.keymap, target, entry.title if entry is not None else "", refers)
        self.screen.open_dialog(screen, answered)

    def _is_writing(self) -> bool:
        if self._annotation.writing:
            self.screen.refuse("The last change is still being written.")
        return self._annotation.writing

    def action_edit_undo(self) -> None:
        """Take the last change back."""
        if not self._is_writing():
            self._annotation.writing = True
            self._annotation.annotator.undo()

    def action_edit_redo(self) -> None:
        """Write the change again that was taken back."""
        if not self._is_writing():
            self._annotation.writing = True
            self._annotation.annotator.redo()


def _several(value: Any) -> list[str]:
    return list(value) if isinstance(value, list) else [value]
