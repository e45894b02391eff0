"""The common part of all screens: keys come from the action table, and every style has its name here."""

import inspect
from collections.abc import Awaitable, Callable
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.app import ScreenStackError
from textual.await_complete import AwaitComplete
from textual.await_remove import AwaitRemove
from textual.css.query import NoMatches
from textual.dom import DOMNode, NoScreen
from textual.geometry import Size
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import MountError, Widget

from dossier.ui.drawing.palette import Palette, palette_of
from dossier.ui.drawing.partial import PartialCompositor
from dossier.ui.keys.action import Action
from dossier.ui.keys.actions import BY_ID, NEEDS, method
from dossier.ui.keys.keymap import Keymap
from dossier.ui.keys.names import key_name, show
from dossier.ui.messages import LineCut, LineTyped
from dossier.ui.web.read_only import REFUSED, WHY, read_only
from dossier.ui.widgets.bars import ActionChosen, Button, Footer
from dossier.ui.widgets.layouts import breadth
from dossier.ui.widgets.line_input import LineEdit
from dossier.ui.widgets.performers import Actions, actions_of, performers

Answered = Callable[[str | None], None] | Callable[[str | None], Awaitable[None]] | None
"""What is called with the text that a dialog is left with."""

Handlers = dict[str, list[Callable[[Message], object]]]
"""What handles messages, by the names of their methods."""

Conditions = dict[str, Callable[[], bool]]
"""Whether what an action needs is there, by its name in `NEEDS`."""

PROMPT = 5
"""So often a screen is drawn without waiting after a key."""

DEEPEST = 5
"""Screens that are open at most: the choice of a dossier, the browser, a dialog, its question, and one to spare."""


class DossierScreen(Screen[str], inherit_bindings=False):
    """A screen whose keys are looked up in the keymap, from the focused widget outwards."""

    SCOPES: ClassVar[tuple[str, ...]] = ("everywhere",)
    """Which keys hold wherever the focus is on the screen."""

    ESCAPE_TO_MINIMIZE = False
    AUTO_FOCUS = None

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """The widget with the focus. Widgets draw themselves anew when it comes or goes; the screen need not."""

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._compositor = PartialCompositor()
        self._prompt = 0
        self._left = False
        self.keymap = keymap
        """The keys of each action."""
        self._pressed: tuple[str, ...] = ()
        self._palette: Palette | None = None
        self.actions: Actions = {}
        """What does actions instead of methods of the screen, by the name such a method would have."""
        self.handlers: Handlers = {}
        """What handles messages before methods of the screen do, by the name of such a method."""
        self.conditions: Conditions = {}
        """Whether what actions need is there; what is not named here always is."""

    def look(self, name: str) -> Style:
        """The style a sheet gives `name`: only what it sets, readable on every ground it can stand on."""
        self._palette = self._palette or palette_of(self)
        return self._palette.named(name, self)

    def notify_style_update(self) -> None:
        """Called by Textual when colours change."""
        super().notify_style_update()
        self._palette = None

    async def _on_message(self, message: Message) -> None:
        """Handle a message; one that reaches the screen while it opens or closes may find parts of it missing."""
        try:
            for handle in self.handlers.get(message.handler_name, ()):
                await _finish(handle(message))
            await super()._on_message(message)
        except (NoMatches, NoScreen, ScreenStackError, MountError):
            if self.is_attached and self.is_current:
                raise

    def scopes(self) -> tuple[str, ...]:
        """The scopes of the focus, as the action table names them, the innermost first."""
        return (*getattr(self.where(), "SCOPES", ()), *self.SCOPES) if self.where() is not self else self.SCOPES

    def where(self) -> Widget:
        """The widget that keys are meant for."""
        return self.focused or self

    def why_not(self, action: Action) -> str:
        """The reason why an action does nothing now; empty when it does something."""
        if action.id in REFUSED and read_only():
            return WHY
        holds = self.conditions.get(action.needs)
        return NEEDS[action.needs] if holds is not None and not holds() else ""

    def _on_timer_update(self) -> None:
        """Draw what has changed; at a later beat while the terminal has not taken what was drawn before."""
        is_behind = getattr(self.app._driver, "is_behind", None)  # noqa: SLF001 - it alone knows the terminal
        if is_behind is not None and is_behind():
            self._update_timer.resume()
            return
        super()._on_timer_update()

    def on_idle(self) -> None:
        """Draw what follows a key as soon as it is there, not at the next beat of Textual's timer but one."""
        if self._prompt and self.is_current and (self._dirty_widgets or self._layout_required or self._scroll_required):
            self._prompt -= 1
            self._on_timer_update()

    def remove(self) -> AwaitRemove:
        """Remove the screen: the one below it is drawn as it comes to the front, and not twice more.

        What was drawn is let go of at once; it would else stay until the circles of the screen are collected.
        """
        for widget in (self, *self.query("*")):
            widget._styles_cache.clear()  # noqa: SLF001 - Textual has no other way
        return self.app._prune(self)  # noqa: SLF001 - Textual's own has the app drawn anew after that

    def draw_now(self, *changed: Widget) -> None:
        """Draw what was changed until now, without each widget having to tell the screen so in its own turn.

        `changed` are widgets that may have begun to tell it.
        """
        if not self.is_current or self.app._batch_count:  # noqa: SLF001 - Textual's own drawing asks the same
            return
        self._dirty_widgets.update(changed)
        for widget in self._compositor.visible_widgets:
            if widget._repaint_required:  # noqa: SLF001 - no other way to know
                widget._repaint_required = False  # noqa: SLF001 - it is drawn here
                self._dirty_widgets.add(widget)
        if self._dirty_widgets:
            self._on_timer_update()

    def draw_at_once(self) -> None:
        """Draw the next change as soon as it is there."""
        self._prompt = PROMPT

    def on_line_typed(self, _message: LineTyped) -> None:
        """Note the letter that was typed; a screen's own handler is called besides."""
        self.draw_at_once()

    def on_line_cut(self, message: LineCut) -> None:
        """Say that not all of it is in the line."""
        message.stop()
        self.refuse(f"The line takes {message.most:,} characters; the rest was left out.")

    async def on_key(self, event: events.Key) -> None:
        """Run what the keys pressed so far stand for; a key that reaches a screen under another one does nothing."""
        if not self.is_active:
            event.stop()
            return
        self.draw_at_once()
        if isinstance(self.focused, LineEdit) and self.focused.take_key(event):
            event.stop()
            event.prevent_default()
            return
        pressed = (*self._pressed, key_name(event.key, event.character))
        found = self.keymap.resolve(self.scopes(), pressed)
        if not found.action and not found.pending and self._pressed:
            pressed = pressed[-1:]
            found = self.keymap.resolve(self.scopes(), pressed)
        self._pressed = pressed if found.pending else ()
        self.keys_pending(show(" ".join(self._pressed)) if self._pressed else "")
        if found.action or found.pending:
            event.stop()
            event.prevent_default()
        if found.action:
            await self.perform(found.action)

    def keys_pending(self, keys: str) -> None:
        """The beginning of a key sequence was pressed; empty when there is none any more."""

    async def perform(self, action: str) -> None:
        """Run an action, or say why not. Under another screen nothing is done: that one would not know of it."""
        if not self.is_active:
            return
        reason = self.why_not(BY_ID[action])
        if reason:
            self.refuse(reason)
            return
        name = method(action)
        node: DOMNode | None = self.where()
        while node is not None:
            do = self.actions.get(name) if node is self else None
            do = do or next((getattr(one, name) for one in performers(node) if hasattr(one, name)), None)
            if do is not None:
                await _finish(do())
                break
            node = node.parent
        self.show_keys()

    def leaving(self) -> None:
        """Prepare for the end of the program, while everything is still there."""

    def refuse(self, reason: str) -> None:
        """Say why an action does nothing."""

    async def on_action_chosen(self, message: ActionChosen) -> None:
        """A button of a bar was clicked."""
        message.stop()
        await self.perform(message.action)

    def buttons(self) -> list[Button]:
        """The keys that the footer shows here."""
        scopes = self.scopes()
        return [
            Button(action.id, self.keymap.shown(action.id), action.label, self.why_not(action))
            for action in BY_ID.values()
            if any(scope in scopes for scope in (action.scopes if action.footer else action.footer_scopes))
        ]

    def show_keys(self) -> None:
        """Bring the footer up to date."""
        for footer in self.query(Footer):
            footer.show(self.buttons())

    def open_dialog(self, dialog: "DossierScreen", answered: Answered = None) -> bool:
        """Open a dialog over this screen; the only way to open one. Returns whether it was opened.

        It is not while another screen is in front, which has what was typed next, nor beyond `DEEPEST` screens.
        `answered` gets what the dialog is left with.
        """
        if not self.is_active or self._left or len(self.app.screen_stack) >= DEEPEST:
            return False
        self.app.push_screen(dialog, answered)
        return True

    def dismiss(self, result: str | None = None) -> AwaitComplete:
        """Leave the screen, once: a second key that closes it may be under way while the first one does.

        Textual takes the front screen away, whichever is left; so only the front one can be.
        """
        if self._left or not self.is_active or self not in self.app.screen_stack[1:]:
            return AwaitComplete()
        self._left = True
        return super().dismiss(result)

    def on_resize(self, event: events.Resize) -> None:
        """Take the class of the new breadth, by which style sheets go."""
        self.classify(event.size)

    def classify(self, size: Size, *, update: bool = True) -> None:
        """Take the class of the breadth of `size`; without `update` while nothing has been drawn yet."""
        kind = f"-{breadth(size.width, size.height)}"
        if not self.has_class(kind):
            self.remove_class("-wide", "-medium", "-narrow", "-tiny", update=False)
            self.add_class(kind, update=update)

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Other keys hold where the focus is now."""
        self._pressed = ()
        self.show_keys()


def install(screen: DossierScreen, part: object) -> None:
    """Let an object do actions of a screen and handle its messages, by its methods named `action_*` and `on_*`."""
    screen.actions |= actions_of(part)
    for name in dir(type(part)):
        if name.startswith("on_"):
            screen.handlers.setdefault(name, []).append(getattr(part, name))


async def _finish(result: object) -> None:
    """Wait for what a method returned, if it can be awaited."""
    if inspect.isawaitable(result):
        await result
