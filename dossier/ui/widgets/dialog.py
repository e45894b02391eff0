"""The common part of all dialogs: a framed box over the browse screen, closed by Escape, its keys below."""

from functools import partial
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from dossier.ui.drawing.backdrop import Backdrop
from dossier.ui.keys.actions import BY_ID
from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.bars import Button, Footer, Status, TooSmall
from dossier.ui.widgets.performers import Actions
from dossier.ui.widgets.row_list import ListBox
from dossier.ui.widgets.screen import DossierScreen, install


class FieldTurns:
    """Going from field to field of a dialog."""

    def __init__(self, dialog: "Dialog") -> None:
        self._dialog = dialog

    def stops(self) -> list[Widget]:
        """The fields that one goes through."""
        return [field for field in self._dialog.shown_fields if field.can_focus and field.display]

    def action_dialog_next(self) -> None:
        """Move to the next field."""
        self._turn(1)

    def action_dialog_previous(self) -> None:
        """Move to the field before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        fields, focused = self.stops(), self._dialog.focused
        if fields:  # all of them are hidden in a terminal that is too small
            at = fields.index(focused) if focused in fields else 0
            self._dialog.set_focus(fields[(at + by) % len(fields)])


class Dialog(DossierScreen):
    """A screen over another one. It is left with a text, or with None when it was closed."""

    SCOPES: ClassVar[tuple[str, ...]] = ("dialog", "everywhere")

    shown_actions: tuple[str, ...] = ()
    """The actions in the footer, where they are others than those of the scopes."""

    accepts = "accept"
    """What Enter does, as the footer says it."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__(keymap)
        self._styles_cache = Backdrop()
        self._turns = FieldTurns(self)
        install(self, self._turns)
        self.actions["action_search_leave"] = self.action_dialog_close  # Escape while typing closes as well
        self.conditions["choice"] = lambda: getattr(self.focused, "ticked", False)
        self.shown_fields: list[Widget] = []
        """The fields, from top to bottom, once they are there."""

    def fields(self) -> list[Widget]:
        """The parts of the dialog, from top to bottom."""
        return []

    def boxed(self, fields: list[Widget]) -> list[Widget]:
        """The fields as they stand in the box."""
        return fields

    def compose(self) -> ComposeResult:
        """The fields in a box; what goes wrong and the keys under them."""
        self.classify(self.app.size, update=False)
        self.shown_fields = self.fields()
        with Vertical(id="box"):
            yield from self.boxed(self.shown_fields)
            yield Status()
            yield Footer()
        yield TooSmall()

    def on_mount(self) -> None:
        """The first field has the focus."""
        self.set_focus(next((field for field in self.shown_fields if field.can_focus), None))
        self.show_keys()

    def scopes(self) -> tuple[str, ...]:
        """The scope of the focus; while the user types to find something, no letter does anything else."""
        typing = "typing" in getattr(self.focused, "SCOPES", ())
        return ("typing", "everywhere") if typing else super().scopes()

    def buttons(self) -> list[Button]:
        """The keys of the dialog, or those of the line one types in; the lists' own go without saying."""
        if self.shown_actions:
            actions = [BY_ID[name] for name in self.shown_actions]
            return [Button(one.id, self.keymap.shown(one.id), one.label, self.why_not(one)) for one in actions]
        here = [button for button in super().buttons() if set(BY_ID[button.action].scopes) & {"dialog", "typing"}]
        here = [replace(one, label=self.accepts) if one.action == "dialog.accept" else one for one in here]
        turns = () if len(self._turns.stops()) > 1 else ("dialog.next", "dialog.previous")
        return [button for button in here if not button.why_not and button.action not in turns]

    def refuse(self, reason: str) -> None:
        """Say why something cannot be done."""
        self.say(reason, "row--bad")

    def say(self, text: str, style: str = "row--faint") -> None:
        """Show a line under the fields."""
        for status in self.query(Status):
            status.show(text, "", style)

    def action_dialog_accept(self) -> None:
        """Take what is under the cursor."""

    def action_entry_open(self) -> None:
        """Take what is under the cursor: Enter on a row accepts."""
        self.action_dialog_accept()

    def action_dialog_close(self) -> None:
        """Leave the dialog with nothing done."""
        self.dismiss(None)


def typing_actions(dialog: Dialog, box: ListBox) -> Actions:
    """The actions on the list of a dialog while one types in the line above it."""
    return {
        "action_hit_below": box.list.action_cursor_down,
        "action_hit_above": box.list.action_cursor_up,
        "action_hit_open": dialog.action_dialog_accept,
        "action_search_browse": partial(dialog.set_focus, box),
    }
