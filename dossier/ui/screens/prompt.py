"""Writing an annotation: one line at the foot of the screen, what its letters may mean above it."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.widget import Widget

from dossier.desk.annotate.completion import Proposal
from dossier.desk.desk import Desk
from dossier.model.problems import DossierError
from dossier.ui.keys.keymap import Keymap
from dossier.ui.messages import LineTyped
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.prompt_line import PromptLine
from dossier.ui.widgets.screen import install
from dossier.ui.work.annotator import EntriesRequested
from dossier.ui.work.prompt_fields import PromptField, values

_ATTRIBUTIONS = ("direct", "paraphrase", "anonymous")
_BARS = 5
"""Lines of the box beside the entries: the list's frame, the line itself, what is said of it, the keys."""


def box_height(height: int) -> int:
    """Lines that the box takes on a terminal of a height, so that the words stay in sight above it."""
    return _BARS + max(2, min(8, height // 2 - 6))


class Prompt:
    """The request that the line makes: the parts typed so far, the attribution, and handing both over."""

    def __init__(
        self,
        screen: Dialog,
        desk: Desk,
        kind: str,
        parts: Sequence[PromptField],
        asked: Callable[[EntriesRequested], None],
        *,
        words: str,
        attribution: str,
        recent: Mapping[str, Sequence[str]],
    ) -> None:
        self._screen = screen
        self._desk = desk
        self._kind = kind
        self._asked = asked
        self._words = words
        self._recent = recent
        self.attribution = attribution
        """How a quote is attributed; empty for what is no quote."""
        self._chosen = False
        self._writing = False
        self.line = PromptLine(parts, self._propose, self._known)
        """The line."""

    def _propose(self, letters: str, kinds: Sequence[str]) -> list[Proposal]:
        try:
            return self._desk.annotations.propose(letters, kinds, self._recent.get(self.line.part.name, ()))
        except DossierError as error:
            self._screen.refuse(str(error))
            return []

    def _known(self, entry_id: str, part: PromptField) -> bool:
        entry = self._desk.entry(entry_id)
        return entry is not None and entry.kind in part.kinds

    def _attribution(self) -> str:
        """The chosen attribution; else anonymous where nobody is named."""
        if not self.attribution or self._chosen or self.line.texts[0].strip():
            return self.attribution
        return "anonymous"

    def tell(self) -> None:
        """Say what is written about, and how it is attributed."""
        about = " · ".join(filter(None, (self._attribution(), self._words)))
        self._screen.say(f"{self._kind}: {about}" if about else self._kind)

    def on_line_typed(self, message: LineTyped) -> None:
        """Keep what is said of the line true."""
        message.stop()
        self.tell()

    def action_prompt_next(self) -> None:
        """Move to the next part."""
        self._turned(self.line.turn(1))

    def action_prompt_previous(self) -> None:
        """Move to the part before."""
        self._turned(self.line.turn(-1))

    def _turned(self, why: str) -> None:
        if why:
            self._screen.refuse(why)
        else:
            self.tell()

    def action_prompt_below(self) -> None:
        """Move down in what the letters may mean."""
        self.line.step(1)

    def action_prompt_above(self) -> None:
        """Move up in what the letters may mean."""
        self.line.step(-1)

    def action_prompt_attribution(self) -> None:
        """Another attribution."""
        if self.attribution:
            at = _ATTRIBUTIONS.index(self._attribution()) if self._attribution() in _ATTRIBUTIONS else -1
            self.attribution, self._chosen = _ATTRIBUTIONS[(at + 1) % len(_ATTRIBUTIONS)], True
            self.tell()

    def action_prompt_write(self) -> None:
        """Ask for what the line says."""
        if self._writing:
            self._screen.refuse("It is being written.")
            return
        why = self.line.settle()
        if why:
            self._screen.refuse(why)
            return
        self.line.refresh()
        self._writing = True
        self._screen.say("Writing …")
        self._asked(
            EntriesRequested(self._kind, self.line.parts, values(self.line.parts, self.line.texts), self._attribution())
        )

    def failed(self, why: str) -> None:
        """Say why nothing was written; the line stays as it is."""
        self._writing = False
        self._screen.refuse(why)

    def action_prompt_leave(self) -> None:
        """Leave the line with nothing written."""
        if self._writing:
            self._screen.refuse("It is being written.")
        else:
            self._screen.dismiss(None)


class PromptScreen(Dialog):
    """The line. What it asks for is handed to `asked`; it is left when that was written, or with None by Escape."""

    SCOPES: ClassVar[tuple[str, ...]] = ("prompting", "everywhere")

    def __init__(
        self,
        keymap: Keymap,
        desk: Desk,
        kind: str,
        parts: Sequence[PromptField],
        asked: Callable[[EntriesRequested], None],
        *,
        words: str = "",
        attribution: str = "",
        recent: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """`attribution` is that of a quote; `recent` are the ids used last, by part, which are likelier than others."""
        super().__init__(keymap)
        self.prompt = Prompt(self, desk, kind, parts, asked, words=words, attribution=attribution, recent=recent or {})
        """What the line asks for."""
        self.line = self.prompt.line
        """The line."""
        install(self, self.prompt)
        turn = ("prompt.attribution",) if attribution else ()
        self.shown_actions = ("prompt.write", "prompt.next", *turn, "prompt.below", "prompt.leave")

    def fields(self) -> list[Widget]:
        """The line, and what its letters may mean."""
        return [self.line, self.line.box]

    def boxed(self, fields: list[Widget]) -> list[Widget]:
        """Put the line under the list, where the status line of the browser is."""
        return fields[::-1]

    def on_mount(self) -> None:
        """Show what is asked for."""
        super().on_mount()
        self.query_one("#box").styles.height = box_height(self.app.size.height)
        self.line.offer()
        self.prompt.tell()

    def scopes(self) -> tuple[str, ...]:
        """The scopes of a line that letters are typed into."""
        return self.SCOPES

    def suppose(self, at: int, text: str) -> None:
        """Offer a text in a part, unless something was typed there."""
        self.line.put(at, text)
        self.prompt.tell()

    def on_resize(self, event: events.Resize) -> None:
        """Take as much room as there is."""
        self.query_one("#box").styles.height = box_height(event.size.height)

    def written(self) -> None:
        """Leave the line: it is on the disk."""
        self.dismiss("written")
