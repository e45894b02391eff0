"""Deciding on drafts: one at a time, in the article, with the reason for it."""

from typing import ClassVar

from textual.widget import Widget

from dossier.desk.desk import Desk
from dossier.drafts.records import Draft
from dossier.model.views import ArticleView
from dossier.ui.drawing.text import Piece
from dossier.ui.keys.keymap import Keymap
from dossier.ui.screens.prompt import PromptScreen
from dossier.ui.widgets.dialog import Dialog
from dossier.ui.widgets.draft_view import DraftView
from dossier.ui.widgets.screen import install
from dossier.ui.widgets.scroll_view import ScrollView
from dossier.ui.work.annotator import AnnotationFailed, Annotator, DraftsFailed, DraftsFound, EntriesRequested
from dossier.ui.work.prompt_fields import NEW, filled

_BUTTONS = ("accept", "speaker", "reject", "next", "together", "undo", "leave")
_TIERS = {"sure": "row--good", "likely": "row--strong", "ask": "row--doubt"}


class Triage:
    """The drafts of an article, one of them looked at, and the decisions on them."""

    def __init__(self, screen: Dialog, desk: Desk, article: str) -> None:
        self._screen = screen
        self._desk = desk
        self._article = article
        self.annotator = Annotator(desk, screen.post_message)
        """The worker that writes."""
        self.shown = DraftView()
        """The article with the draft."""
        self._view: ArticleView | None = None
        self.drafts: list[Draft] = []
        """The drafts that are left to decide."""
        self._at = 0
        self.busy = True
        """Whether drafts are being read, or a decision is being written."""
        self.asking = False
        """Whether the key that writes all sure drafts was pressed once."""
        self._prompted: PromptScreen | None = None

    def load(self) -> None:
        """Ask for the drafts."""
        self.shown.show("Drafts", "", [("Reading the article …", self._screen.look("row--faint"))])
        self.annotator.drafts(self._article)

    @property
    def draft(self) -> Draft | None:
        """The draft one looks at."""
        return self.drafts[self._at] if self.drafts else None

    def on_drafts_found(self, message: DraftsFound) -> None:
        """Show what is left to decide; a decision that was taken back comes up again."""
        message.stop()
        self.busy = False
        if self._prompted is not None:
            self._prompted.written()
        self._view, self.drafts = message.view, list(message.drafts)
        back = [at for at, one in enumerate(self.drafts) if one.id == message.draft]
        self._at = back[0] if back else min(self._at, max(len(self.drafts) - 1, 0))
        self._show()
        if message.says:
            self._screen.say(message.says, "row--good")

    def on_drafts_failed(self, message: DraftsFailed) -> None:
        """Say why there are none."""
        message.stop()
        self.busy = False
        self.shown.show("Drafts", "", [(message.why, self._screen.look("row--bad"))])

    def on_annotation_failed(self, message: AnnotationFailed) -> None:
        """Say why nothing was written."""
        message.stop()
        self.busy = False
        if self._prompted is not None:
            self._prompted.prompt.failed(message.why)
        else:
            self._screen.refuse(message.why)

    def _show(self) -> None:
        draft = self.draft
        if draft is None:
            text = "✓ Nothing is left to decide in this article."
            self.shown.show("Drafts", "", [(text, self._screen.look("row--good"))], self._view)
            return
        count = f"{self._at + 1} of {len(self.drafts)}"
        self.shown.show(f"Draft ─ {draft.kind}", count, self._head(draft), self._view, draft)
        self._screen.show_keys()

    def _head(self, draft: Draft) -> list[Piece]:
        speaker = draft.speaker
        everyone = (*draft.joint, speaker) if speaker is not None else ()
        who = ", ".join(f"{one.name} ({one.id or 'no entry yet'})" for one in everyone) or "nobody named"
        if draft.kind == "quote":
            what = f"{who} · {draft.attribution or 'paraphrase'}"
        elif draft.kind == "person":
            what = f"{who}{f' · {draft.role}' if draft.role else ''}"
        else:
            what = f"event · {draft.when}"
        return [
            (what, self._screen.look("row--strong")),
            (f"{draft.tier}: {draft.rule}", self._screen.look(_TIERS[draft.tier])),
        ]

    def _ready(self) -> Draft | None:
        """The draft, unless the last decision is still being written or there is none."""
        if self.busy:
            self._screen.refuse("The last decision is still being written.")
            return None
        if self.draft is None:
            self._screen.refuse("There is nothing left to decide here.")
        return self.draft

    def _write(self) -> None:
        self.busy, self.asking = True, False
        self._screen.say("Writing …")

    def action_draft_accept(self) -> None:
        """Write the draft; where its speaker is open, ask who it is."""
        draft = self._ready()
        if draft is None:
            return
        named = _has_known_speakers(draft) and draft.tier != "ask"
        if draft.kind == "quote" and not named and draft.attribution != "anonymous":
            self.action_draft_speaker()
            return
        self._write()
        self.annotator.accept(self._article, [draft])

    def action_draft_speaker(self) -> None:
        """Ask who speaks, on what, and for or against it."""
        draft = self._ready()
        if draft is None:
            return
        if draft.kind != "quote":
            self._screen.refuse(f"A draft of a {draft.kind} has no speaker.")
            return
        everyone = (*draft.joint, draft.speaker) if draft.speaker is not None else ()
        names = [one.id or f"{NEW * (1 + one.group)}{one.name}" for one in everyone]
        attribution = "paraphrase" if draft.attribution == "paraphrase" else "direct"

        def asked(wanted: EntriesRequested) -> None:
            self._write()
            self.annotator.accept(self._article, [draft], wanted)

        self._prompted = PromptScreen(
            self._screen.keymap,
            self._desk,
            "quote",
            filled("quote", {"speaker": names}),
            asked,
            words=draft.text,
            attribution=attribution,
        )
        self._screen.open_dialog(self._prompted, self._left_prompt)

    def _left_prompt(self, _answer: str | None) -> None:
        self._prompted = None

    def action_draft_reject(self) -> None:
        """Reject the draft for good."""
        draft = self._ready()
        if draft is not None:
            self._write()
            self.annotator.reject(self._article, draft)

    def action_draft_together(self) -> None:
        """Say how many are sure, and write them when asked again."""
        if self.busy:
            self._screen.refuse("The last decision is still being written.")
            return
        sure = [one for one in self.drafts if one.tier == "sure" and _is_complete(one)]
        key = self._screen.keymap.shown("draft.together")
        if not sure:
            self._screen.refuse("No draft is sure.")
        elif not self.asking:
            self.asking = True
            many = "1 draft is sure" if len(sure) == 1 else f"{len(sure)} drafts are sure"
            self._screen.say(f"{many}: {key} again writes them in one step, any other key leaves them.", "row--doubt")
        else:
            self._write()
            self.annotator.accept(self._article, sure)

    def action_draft_next(self) -> None:
        """Move to the next one; it stays as it is."""
        self._step(1)

    def action_draft_previous(self) -> None:
        """Move to the one before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if not 0 <= self._at + by < len(self.drafts):
            self._screen.refuse("This is the last one." if by > 0 else "This is the first one.")
            return
        self._at += by
        self._screen.say("")
        self._show()

    def action_draft_undo(self) -> None:
        """Take the last decision back."""
        if self.busy:
            self._screen.refuse("The last decision is still being written.")
        elif not self.annotator.decided:
            self._screen.refuse("There is no decision to take back.")
        else:
            self._write()
            self.annotator.take_back(self._article)

    def action_draft_leave(self) -> None:
        """Back to the browser; what was decided stays."""
        if self.busy and self._view is not None:
            self._screen.refuse("The last decision is still being written.")
            return
        taken, left = self.annotator.decided, len(self.drafts)
        many = "1 decision" if taken == 1 else f"{taken} decisions"
        self._screen.dismiss(f"{many} on drafts; {left} left." if taken else None)


class TriageScreen(Dialog):
    """The drafts of an article. It is left with what to say of the decisions, or with None when there were none."""

    SCOPES: ClassVar[tuple[str, ...]] = ("triage", "everywhere")
    shown_actions = tuple(f"draft.{name}" for name in _BUTTONS)

    def __init__(self, keymap: Keymap, desk: Desk, article: str) -> None:
        super().__init__(keymap)
        self.triage = Triage(self, desk, article)
        """What is decided."""
        install(self, self.triage)
        self._box = ScrollView(self.triage.shown, id="draft")
        self.actions |= {name: getattr(self._box.keys, name) for name in ("action_page_down", "action_page_up")}

    def fields(self) -> list[Widget]:
        """The article with the draft."""
        return [self._box]

    def on_mount(self) -> None:
        """Ask for the drafts."""
        super().on_mount()
        self.triage.load()

    def on_unmount(self) -> None:
        """Let the thread end."""
        self.triage.annotator.close()

    def scopes(self) -> tuple[str, ...]:
        """The keys of the drafts."""
        return self.SCOPES

    async def perform(self, action: str) -> None:
        """Any other key lets the question go."""
        if self.triage.asking and action != "draft.together":
            self.triage.asking = False
            self.say("")
        await super().perform(action)


def _is_complete(draft: Draft) -> bool:
    """Return whether nothing has to be asked before it is written."""
    return draft.kind != "quote" or _has_known_speakers(draft) or draft.attribution == "anonymous"


def _has_known_speakers(draft: Draft) -> bool:
    """Return whether everybody who says the words is an entry."""
    return draft.speaker is not None and all(one.id for one in (*draft.joint, draft.speaker))
