"""The app: which screen is up, how it ends, and nothing else."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar, cast

from rich.console import RenderableType
from textual.app import App
from textual.binding import BindingType
from textual.driver import Driver
from textual.events import Event, Key, Paste
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import Theme

from dossier.desk.open import start
from dossier.model.problems import DossierError
from dossier.ui.drawing.sheets import style_sheet
from dossier.ui.drawing.text import set_ascii
from dossier.ui.drawing.themes import DAY, DEFAULTS, NIGHT, OWN
from dossier.ui.keys.keymap import Keymap
from dossier.ui.messages import DossierChosen
from dossier.ui.widgets.screen import DossierScreen
from dossier.ui.work.reading import Reading
from dossier.ui.work.setup import Setup
from dossier.ui.work.typed_queue import TypedQueue

_HUNG_UP = 129
"""Exit status when the terminal is gone, as after SIGHUP."""


class DossierApp(App[None], inherit_bindings=False):
    """The browser on a terminal."""

    CSS = style_sheet()
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    theme: Reactive[str] = Reactive(NIGHT.name)
    """The name of the theme in use."""
    ESCAPE_TO_MINIMIZE = False
    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(
        self,
        reading: Reading | None = None,
        keymap: Keymap | None = None,
        *,
        choices: Sequence[Path] = (),
        drawn: Callable[[], None] | None = None,
        setup: Setup | None = None,
    ) -> None:
        """`reading` or several `choices` must be given; `drawn` is called when the first screen is there."""
        self._themes: dict[str, Theme] | None = None
        super().__init__()
        self._setup = setup or Setup()
        if self._setup.theme != NIGHT.name:
            self.set_reactive(DossierApp.theme, self._setup.theme)
            self.stylesheet.set_variables(self.get_css_variables())
        set_ascii(self._setup.ascii)
        self._drawn = drawn
        self._reading = reading
        self._choices = choices
        self.keymap = keymap or self._setup.keymap or Keymap()
        """The keys of each action."""
        self.typed = TypedQueue(self)
        """What was typed and not yet given to a screen."""
        self.failure: BaseException | None = None
        """What the app broke off with."""

    def get_driver_class(self) -> type[Driver]:
        """Textual's choice, but on a terminal of ours the driver that survives any input."""
        chosen = super().get_driver_class()
        if chosen.__name__ != "LinuxDriver":
            return chosen
        from dossier.ui.work.terminal_driver import BrowserDriver  # noqa: PLC0415 - not on every system

        return BrowserDriver

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The variables that our style sheets need of a theme beyond those of every theme."""
        return DEFAULTS

    @property
    def available_themes(self) -> dict[str, Theme]:
        """Textual's themes and the browser's own, which is there from the start so that nothing is styled twice."""
        if self._themes is None:  # asked for at every line that is drawn
            self._themes = {**super().available_themes, **OWN}
        return self._themes

    @property
    def asks_background(self) -> bool:
        """Return whether the terminal is asked for its background."""
        return self._setup.asks_background

    def background_told(self, light: bool) -> None:
        """Take the light or the dark theme, as the terminal is; a theme that was chosen meanwhile stays."""
        if self.theme in (NIGHT.name, DAY.name) and self.is_running and self.asks_background:
            self.theme = DAY.name if light else NIGHT.name

    async def on_event(self, event: Event) -> None:
        """Give keys to the screen, which knows the focus once it is their turn: the key before may move it."""
        if isinstance(event, Key | Paste) and not event.is_forwarded:
            self.app_focus = True
            self.typed.put(event)
        else:
            await super().on_event(event)

    def get_default_screen(self) -> Screen[Any]:
        """The browse screen, or the choice of a dossier when there are several."""
        if self._reading is None:
            from dossier.ui.screens.choose import ChooseScreen  # noqa: PLC0415 - only the screen that is needed

            return ChooseScreen(self.keymap, self._choices)
        from dossier.ui.screens.browse.screen import BrowseScreen  # noqa: PLC0415 - only the screen that is needed

        return BrowseScreen(self._reading, self.keymap, self._setup)

    def on_mount(self) -> None:
        """Tell when the first screen is there, and draw anew when the program was stopped and goes on."""
        self.app_resume_signal.subscribe(self, lambda _app: self.refresh(layout=True))
        if self._drawn is not None:
            self.call_after_refresh(self._drawn)

    def on_dossier_chosen(self, message: DossierChosen) -> None:
        """Open the dossier in place of the choice; say why when that cannot be done."""
        from dossier.ui.screens.browse.screen import BrowseScreen  # noqa: PLC0415 - only the screen that is needed

        if self.screen is not self.screen_stack[0]:  # it was chosen twice before the first choice was open
            return
        try:
            self._reading = Reading(start(message.path, self._setup.engine))
        except DossierError as error:
            cast("DossierScreen", self.screen).refuse(str(error))
            return
        self.push_screen(BrowseScreen(self._reading, self.keymap, self._setup))

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End the app, every screen having its last word."""
        for screen in self.screen_stack:
            if isinstance(screen, DossierScreen):
                screen.leaving()
        super().exit(result, return_code, message)

    def leave(self, status: int) -> None:
        """End the app with an exit status; may be called from a signal's handler, whatever the app is doing."""
        self._return_code = status
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(lambda: self.exit(return_code=status))
        else:
            self.exit(return_code=status)

    def action_program_quit(self) -> None:
        """End the program."""
        self.exit(return_code=0)

    def action_program_interrupt(self) -> None:
        """Copy the words selected with the mouse; end the program when there are none."""
        if self.screen.get_selected_text():
            self.screen.action_copy_text()
        else:
            self.exit(return_code=130)

    def _handle_exception(self, error: Exception) -> None:
        """End the app on any error nobody took care of; nothing of it goes to the terminal here."""
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._break_off(error)

    def panic(self, *renderables: RenderableType) -> None:
        """End the app when the terminal itself failed; Textual's own account is not shown."""
        if not os.isatty(0):
            self.leave(_HUNG_UP)
        self._break_off(OSError(f"the terminal failed ({len(renderables)})"))

    def _break_off(self, error: BaseException) -> None:
        if self.failure is None:
            self.failure = error
            self._return_code = self._return_code or 1
        self._close_messages_no_wait()
