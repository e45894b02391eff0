"""Reviewing evidence that needs a look: one piece at a time, the annotated words beside those of the article."""

from typing import ClassVar

from textual.widget import Widget

from dossier.desk.desk import Desk
from dossier.desk.evidence.review import ReviewItem
from dossier.model.anchors import GLYPHS
from dossier.ui.drawing.text import Piece
from dossier.ui.keys.keymap import Keymap
from dossier.ui.widgets.choices import Answers, Choice, ChoiceBox
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.diff_view import TwoWordings, wordings
from dossier.ui.widgets.entry_list import status_look
from dossier.ui.widgets.row_list import CursorMoved
from dossier.ui.widgets.screen import install
from dossier.ui.widgets.scroll_view import ScrollView
from dossier.ui.work.reviewer import Key, Option, Reviewed, Reviewer, ReviewFailed, options

_MOST = 5
"""How many decisions are in sight at once."""


ALL_SOUND = "Nothing needs a look: what has moved did so with the words around it."
"""What is said where evidence has only shifted, so that there is nothing to review."""


class Options(Answers):
    """The possible decisions."""

    empty = "Nothing is left to decide here."

    def offer(self, found: list[Option]) -> None:
        """Offer other decisions, the first under the cursor."""
        self.view.cursor, self.view.frame.top = 0, 0
        self.put([Choice(str(at), option.says) for at, option in enumerate(found)])
        self.view.frame.styles.height = min(max(len(found), 1), _MOST) + 2


class ReviewQueue:
    """The pieces of evidence under review, one of them looked at, and the decisions on them."""

    def __init__(self, screen: Dialog, desk: Desk) -> None:
        self._screen = screen
        self.comparison = TwoWordings()
        """The words beside those of the article."""
        self.offers = Options("Decide", [])
        """The possible decisions."""
        self.reviewer = Reviewer(desk, screen.post_message)
        """The worker that reads and writes."""
        self.order: list[Key] = []
        """All pieces, in the order in which they came up."""
        self.items: dict[Key, ReviewItem] = {}
        """Each piece as it was read last."""
        self.open: set[Key] = set()
        """The pieces that need a look."""
        self.decided: dict[Key, str] = {}
        """The pieces that were decided, with what was said of it."""
        self._options: list[Option] = []
        self.at = 0
        """The place of the piece that is looked at."""
        self._busy = True

    def load(self) -> None:
        """Ask for what needs a look."""
        self.comparison.show("Review", "", [("Looking at the evidence …", self._screen.look("row--faint"))], None)
        self.reviewer.load()

    @property
    def item(self) -> ReviewItem | None:
        """The piece of evidence under review."""
        return self.items.get(self.order[self.at]) if self.order else None

    def on_reviewed(self, message: Reviewed) -> None:
        """Show what is on the disk now: the next piece after a decision, the same again when one was taken back."""
        message.stop()
        self._busy = False
        if not message.items and not self.items:
            self._screen.dismiss(ALL_SOUND)
            return
        found = {item.key: item for item in message.items}
        self.order += [key for key in found if key not in self.items]
        self.items |= found
        self.open = set(found)
        if message.key is not None:
            if message.undone:
                self.decided.pop(message.key, None)
                self.at = self.order.index(message.key)
            else:
                self.decided[message.key] = message.says
                self.at = self._next_open()
        self._show()
        if message.says:
            told = f"Taken back: {message.says}" if message.undone else f"✓ Written: {message.says}"
            self._screen.say(told, "row--good")

    def on_review_failed(self, message: ReviewFailed) -> None:
        """Say why nothing was decided, and look again at what there is."""
        message.stop()
        self._busy = message.deciding
        self._screen.refuse(message.why)
        if message.deciding:
            self.reviewer.load()

    def _next_open(self) -> int:
        """The next piece that is open, from the one looked at on; the same when none is."""
        count = len(self.order)
        ahead = [(self.at + step) % count for step in range(count)]
        return next((at for at in ahead if self.order[at] in self.open), self.at)

    def _show(self) -> None:
        item = self.item
        if item is None:
            self.offers.offer([])
            self.comparison.show("Review", "", [("✓ No evidence needs a look.", self._screen.look("row--good"))], None)
            return
        key = item.key
        if key in self.open:
            self._options = options(item)
        else:
            self._options = []
        self.offers.offer(self._options)
        self._compare()
        self._screen.show_keys()

    def _compare(self) -> None:
        """Show the words beside those of the place under the cursor."""
        item = self.item
        if item is None:
            return
        at = self._options[self.offers.view.cursor].candidate if self._options else 0
        at = at if 0 <= at < len(item.candidates) else 0
        candidate = item.candidates[at] if item.candidates else None
        count = f"{self.at + 1} of {len(self.order)}"
        self.comparison.show(f"Review ─ {item.anchored.entry}", count, self._head(item), wordings(item, candidate))

    def _head(self, item: ReviewItem) -> list[Piece]:
        evidence = item.evidence
        place = evidence.wanted.place
        decided = self.decided.get(item.key)
        if decided is not None:
            state = ("✓ decided: " + decided, self._screen.look("row--good"))
        elif item.key not in self.open:
            state = ("✓ needs no look any more", self._screen.look("row--good"))
        else:
            why = f": {evidence.why}" if evidence.why else ""
            state = (
                f"{GLYPHS[evidence.status]} {evidence.status}{why}",
                self._screen.look(status_look(evidence.status)),
            )
        where = (
            f"{item.anchored.what} {evidence.owner} · {place.file}:{place.line} · in {evidence.article or 'no article'}"
        )
        keys = self._screen.keymap.shown("problems.show")
        hint = f"No place to choose: {keys} in the browser says what to write." if self._is_placeless(item) else ""
        return [state, *((text, self._screen.look("row--faint")) for text in (where, hint) if text)]

    def _is_placeless(self, item: ReviewItem) -> bool:
        """Return whether a piece is open and nothing can be decided but to leave it so."""
        return item.key in self.open and not item.candidates

    def on_cursor_moved(self, message: CursorMoved) -> None:
        """Another decision may be about another place."""
        message.stop()
        self._compare()

    def action_dialog_accept(self) -> None:
        """Take the decision under the cursor."""
        item = self.item
        if self._busy:
            self._screen.refuse("The last decision is still being written.")
        elif item is None or not self._options:
            self._screen.refuse("There is nothing left to decide here.")
        elif self._options[self.offers.view.cursor].does == "leave":
            self.action_review_next()
        else:
            self._busy = True
            self._screen.say("Writing …")
            self.reviewer.decide(item, self._options[self.offers.view.cursor])

    action_entry_open = action_dialog_accept

    def action_review_next(self) -> None:
        """Move to the next piece; it stays as it is."""
        self._step(1)

    def action_review_previous(self) -> None:
        """Move to the piece before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if not 0 <= self.at + by < len(self.order):
            self._screen.refuse("This is the last one." if by > 0 else "This is the first one.")
            return
        self.at += by
        self._screen.say("")
        self._show()

    def action_review_undo(self) -> None:
        """Take the last decision back."""
        if self._busy:
            self._screen.refuse("The last decision is still being written.")
        elif not self.decided:
            self._screen.refuse("There is no decision to take back.")
        else:
            self._busy = True
            self.reviewer.undo()

    def action_dialog_close(self) -> None:
        """Back to the browser; what was decided stays."""
        if self._busy and self.order:
            self._screen.refuse("The last decision is still being written.")
            return
        taken, left = len(self.decided), len(self.open)
        many = "1 decision" if taken == 1 else f"{taken} decisions"
        self._screen.dismiss(f"{many} written; {left} left open." if taken else None)


class ReviewScreen(Dialog):
    """The review. It is left with what to say of the decisions taken, or with None when there were none."""

    SCOPES: ClassVar[tuple[str, ...]] = ("review", "dialog", "everywhere")
    shown_actions = ("dialog.accept", "review.next", "review.previous", "review.undo", "dialog.close")

    def __init__(self, keymap: Keymap, desk: Desk) -> None:
        super().__init__(keymap)
        self.review = ReviewQueue(self, desk)
        """What is reviewed."""
        install(self, self.review)

    def fields(self) -> list[Widget]:
        """The decisions below the words."""
        words = ScrollView(self.review.comparison, id="wordings", scopes=("reader",))
        return [ChoiceBox(self.review.offers, id="decisions"), words]

    def boxed(self, fields: list[Widget]) -> list[Widget]:
        """Put the words above the decisions."""
        return fields[::-1]

    def on_mount(self) -> None:
        """Ask for what needs a look."""
        self.review.load()

    def on_unmount(self) -> None:
        """Let the thread end."""
        self.review.reviewer.close()
