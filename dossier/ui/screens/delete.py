"""Deleting an entry: what refers to it is listed first, and goes with it."""

from collections.abc import Sequence

from textual.widget import Widget

from dossier.desk.annotate.references import EntryReference
from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.choices import Answers, Choice, ChoiceBox
from dossier.ui.widgets.dialog import Dialog


class DeleteScreen(Dialog):
    """The question what is to be deleted. It is left with `delete` or with None."""

    accepts = "delete"

    def __init__(self, keymap: Keymap, entry: str, title: str, references: Sequence[EntryReference]) -> None:
        super().__init__(keymap)
        self._count = len(references)
        rows = [Choice("", title)] if title else []
        rows += [
            Choice(str(at), f"{one.field} of {one.entry}", note=str(one.place)) for at, one in enumerate(references)
        ]
        self._list = Answers(f"Delete {entry}?", rows or [Choice("", entry)])

    def fields(self) -> list[Widget]:
        """The entry and what refers to it."""
        return [ChoiceBox(self._list, id="answers")]

    def on_mount(self) -> None:
        """Say how much goes."""
        super().on_mount()
        many = "1 reference goes" if self._count == 1 else f"{self._count} references go"
        self.say(
            f"{many} with it." if self._count else "Nothing refers to it.",
            "row--doubt" if self._count else "row--faint",
        )

    def action_dialog_accept(self) -> None:
        """Delete it."""
        self.dismiss("delete")
