"""Reviewing evidence that needs a look: one piece at a time, the annotated words beside those of the article."""

from typing import ClassVar

from textual.widget import Widget

from dossier.desk.desk import Desk
from dossier.desk.evidence.review import ReviewItem
from dossier.model.anchors import GLYPHS
from dossier.ui.drawing.text import Piece
from dossier.ui.keys.actions import BY_ID
from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.bars import Button
from dossier.ui.widgets.choices import Answers, Choice
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.diff_view import TwoWordings, wordings
from dossier.ui.widgets.entry_list import status_look
from dossier.ui.widgets.list_view import Lines
from dossier.ui.work.reviewer import Key, Option, Reviewed, Reviewer, ReviewFailed, options

_MOST = 5
"""How many decisions are in sight at once."""


ALL_SOUND = "Nothing needs a look: what has moved did so with the words around it."
"""What is said where evidence has only shifted, so that there is nothing to review."""


class Options(Answers):
    """The possible decisions."""

    empty = "Nothing is left to decide here."

    def offer(self, found: list[Option]) -> None:
        """Offers other decisions, the first under the cursor."""
        self.cursor, self.top = 0, 0
        self.put([Choice(str(at), option.says) for at, option in enumerate(found)])
        self.styles.height = min(max(len(found), 1), _MOST) + 2


class ReviewScreen(Dialog):
    """The review. It is left with what to say of the decisions taken, or with None when there were none."""

    SCOPES: ClassVar[tuple[str, ...]] = ("review", "dialog", "everywhere")

    def __init__(self, keymap: Keymap, desk: Desk) -> None:
        super().__init__(keymap)
        self._reviewer = Reviewer(desk, self.post_message)
        self._comparison = TwoWordings(id="wordings")
        self._offers = Options("Decide", [], id="decisions")
        self._options: list[Option] = []
        self._order: list[Key] = []
        self._items: dict[Key, ReviewItem] = {}
        self._open: set[Key] = set()
        self._decided: dict[Key, str] = {}
        self._at = 0
        self._busy = True

    def fields(self) -> list[Widget]:
        """The decisions below the words."""
        return [self._offers, self._comparison]

    def boxed(self, fields: list[Widget]) -> list[Widget]:
        """The words stand above."""
        return fields[::-1]

    def on_mount(self) -> None:
        """Asks for what needs a look."""
        self._comparison.show("Review", "", [("Looking at the evidence …", self.look("row--faint"))], None)
        self._reviewer.load()

    def on_unmount(self) -> None:
        """Lets the thread end."""
        self._reviewer.close()

    @property
    def item(self) -> ReviewItem | None:
        """The piece of evidence under review."""
        return self._items.get(self._order[self._at]) if self._order else None

    def on_reviewed(self, message: Reviewed) -> None:
        """Shows what is on the disk now: the next piece after a decision, the same again when one was taken back."""
        message.stop()
        self._busy = False
        if not message.items and not self._items:
            self.dismiss(ALL_SOUND)
            return
        found = {item.key: item for item in message.items}
        self._order += [key for key in found if key not in self._items]
        self._items |= found
        self._open = set(found)
        if message.key is not None:
            if message.undone:
                self._decided.pop(message.key, None)
                self._at = self._order.index(message.key)
            else:
                self._decided[message.key] = message.says
                self._at = self._next_open()
        self._show()
        if message.says:
            told = f"Taken back: {message.says}" if message.undone else f"✓ Written: {message.says}"
            self.say(told, "row--good")

    def on_review_failed(self, message: ReviewFailed) -> None:
        """Says why nothing was decided, and looks again at what there is."""
        message.stop()
        self._busy = message.deciding
        self.refuse(message.why)
        if message.deciding:
            self._reviewer.load()

    def _next_open(self) -> int:
        """The next piece that is open, from the one looked at on; the same when none is."""
        count = len(self._order)
        ahead = [(self._at + step) % count for step in range(count)]
        return next((at for at in ahead if self._order[at] in self._open), self._at)

    def _show(self) -> None:
        item = self.item
        if item is None:
            self._offers.offer([])
            self._comparison.show("Review", "", [("✓ No evidence needs a look.", self.look("row--good"))], None)
            return
        key = item.key
        if key in self._open:
            self._options = options(item)
        else:
            self._options = []
        self._offers.offer(self._options)
        self._compare()
        self.show_keys()

    def _compare(self) -> None:
        """Shows the words beside those of the place under the cursor."""
        item = self.item
        if item is None:
            return
        at = self._options[self._offers.cursor].candidate if self._options else 0
        at = at if 0 <= at < len(item.candidates) else 0
        candidate = item.candidates[at] if item.candidates else None
        count = f"{self._at + 1} of {len(self._order)}"
        self._comparison.show(f"Review ─ {item.anchored.entry}", count, self._head(item), wordings(item, candidate))

    def _head(self, item: ReviewItem) -> list[Piece]:
        evidence = item.evidence
        place = evidence.wanted.place
        decided = self._decided.get(item.key)
        if decided is not None:
            state = ("✓ decided: " + decided, self.look("row--good"))
        elif item.key not in self._open:
            state = ("✓ needs no look any more", self.look("row--good"))
        else:
            why = f": {evidence.why}" if evidence.why else ""
            state = (f"{GLYPHS[evidence.status]} {evidence.status}{why}", self.look(status_look(evidence.status)))
        where = (
            f"{item.anchored.what} {evidence.owner} · {place.file}:{place.line} · in {evidence.article or 'no article'}"
        )
        return [state, (where, self.look("row--faint"))]

    def buttons(self) -> list[Button]:
        """The actions of this screen alone."""
        wanted = ("dialog.accept", "review.next", "review.previous", "review.undo", "dialog.close")
        names = [BY_ID[action] for action in wanted]
        return [Button(one.id, self.keymap.shown(one.id), one.label, self.why_not(one)) for one in names]

    def on_lines_cursor_moved(self, message: Lines.CursorMoved) -> None:
        """Another decision may be about another place."""
        message.stop()
        self._compare()

    def action_entry_open(self) -> None:
        """Takes the decision under the cursor."""
        self.action_dialog_accept()

    def action_dialog_accept(self) -> None:
        """Takes the decision under the cursor."""
        item = self.item
        if self._busy:
            self.refuse("The last decision is still being written.")
        elif item is None or not self._options:
            self.refuse("There is nothing left to decide here.")
        elif self._options[self._offers.cursor].does == "leave":
            self.action_review_next()
        else:
            self._busy = True
            self.say("Writing …")
            self._reviewer.decide(item, self._options[self._offers.cursor])

    def action_review_next(self) -> None:
        """Move to the next piece; it stays as it is."""
        self._step(1)

    def action_review_previous(self) -> None:
        """Move to the piece before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if not 0 <= self._at + by < len(self._order):
            self.refuse("This is the last one." if by > 0 else "This is the first one.")
            return
        self._at += by
        self.say("")
        self._show()

    def action_review_undo(self) -> None:
        """Takes the last decision back."""
        if self._busy:
            self.refuse("The last decision is still being written.")
        elif not self._decided:
            self.refuse("There is no decision to take back.")
        else:
            self._busy = True
            self._reviewer.undo()

    def action_dialog_close(self) -> None:
        """Back to the browser; what was decided stays."""
        if self._busy and self._order:
            self.refuse("The last decision is still being written.")
            return
        taken, left = len(self._decided), len(self._open)
        many = "1 decision" if taken == 1 else f"{taken} decisions"
        self.dismiss(f"{many} written; {left} left open." if taken else None)
