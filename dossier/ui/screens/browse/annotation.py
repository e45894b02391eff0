"""Annotating: the line in which selected words, or a new name, become an entry."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import events

from dossier.ui.screens.browse.base import BrowseBase, Controller
from dossier.ui.screens.browse.live import LiveController
from dossier.ui.screens.browse.navigation import framing
from dossier.ui.screens.browse.selection import SelectionController

if TYPE_CHECKING:
    from dossier.drafts.records import Draft
    from dossier.model.views import ArticleView
    from dossier.ui.screens.prompt import PromptScreen
    from dossier.ui.work.annotator import (
        Annotated,
        AnnotationFailed,
        Annotator,
        DraftsFailed,
        DraftsFound,
        EntriesRequested,
    )
    from dossier.ui.work.prompt_defaults import PromptDefaults

_WORDS = 8
"""Words of a selection that become the name of an event."""
_SHOWN = 60
"""Characters of selected words that a message shows."""


class AnnotationController(Controller):
    """Opens the line for new entries, and shows what was written."""

    def __init__(self, screen: BrowseBase, selection: SelectionController, live: LiveController) -> None:
        super().__init__(screen)
        self._selection, self._live = selection, live
        self._annotator: Annotator | None = None
        self._prompt: PromptScreen | None = None
        self._made_defaults: PromptDefaults | None = None
        self._written = ""  # id of the entry written last
        self.writing = False
        """Whether a change is being written."""

    @property
    def annotator(self) -> "Annotator":
        """The writer, from the first change on."""
        if self._annotator is None:
            from dossier.ui.work.annotator import Annotator  # noqa: PLC0415 - not needed to start

            self._annotator = Annotator(self.reading.desk, self.screen.post_message)
        return self._annotator

    def on_unmount(self, _event: events.Unmount) -> None:
        """Let the thread end."""
        if self._annotator is not None:
            self._annotator.close()
            self._annotator = None

    def action_words_select(self) -> None:
        """Select words; who may speak there is looked for meanwhile."""
        self._selection.select_words()
        self._ask_for_drafts()

    def action_quote_new(self) -> None:
        """Select the words where the reader is, and make them a quote."""
        self.action_words_select()
        self.action_words_quote()

    def action_words_quote(self) -> None:
        """Ask whose words these are, on what, and how they stand."""
        from dossier.model.text_spans import is_quoted  # noqa: PLC0415 - not needed to start

        span = self._selection.selected_words()
        placed = self._selection.placed(span)
        article = self._selection.article
        if span is None or article is None:
            return
        self._ask_for_drafts()  # not yet asked for where the words were selected with the mouse
        attribution = "direct" if is_quoted(article.text, span.start, span.end) else "paraphrase"
        speaker = self._defaults.speaker(self._read, span)
        self._ask("quote", {"speaker": speaker, "issues": self._defaults.issues(self._read, span)}, placed, attribution)

    @property
    def _read(self) -> "ArticleView | None":
        """The article in sight."""
        article = self._selection.article
        return article.content.view if article is not None else None

    @property
    def _defaults(self) -> "PromptDefaults":
        """The values that a line for a quote begins with."""
        if self._made_defaults is None:
            from dossier.ui.work.prompt_defaults import PromptDefaults  # noqa: PLC0415 - not needed to start

            self._made_defaults = PromptDefaults(self._kind_of)
        return self._made_defaults

    def _kind_of(self, entry_id: str) -> str:
        entry = self.reading.desk.entry(entry_id)
        return entry.kind if entry is not None else ""

    def _know_drafts(self, article: str, text: str, drafts: "tuple[Draft, ...]" = ()) -> None:
        """Offer the words of drafts where the selection is moved, and their speakers in the line."""
        from dossier.ui.work.article_drafts import ArticleDrafts  # noqa: PLC0415 - not needed to start

        self._defaults.drafts = self._selection.drafts = ArticleDrafts(article, text, drafts)

    def _ask_for_drafts(self) -> None:
        """Ask for the drafts of the open article while words are selected, unless they are known or asked for."""
        view = self._read
        if view is None or self._selection.selected_words() is None or self._defaults.drafts.belong_to(view):
            return
        self._know_drafts(view.entry.id, view.text)
        self.annotator.drafts(view.entry.id)

    def action_words_event(self) -> None:
        """Ask what the event is called, and when it was."""
        placed = self._selection.placed(self._selection.selected_words())
        words = str(placed.get("text", "")).split()
        self._ask(
            "event", {"name": " ".join(words[:_WORDS]).strip(".,;"), "issues": self._defaults.last_issues}, placed
        )

    def action_words_link(self) -> None:
        """Ask what is linked with what."""
        self._ask(
            "link", {"from": self._written or self.view.entry}, self._selection.placed(self._selection.selected_words())
        )

    def action_words_name(self) -> None:
        """Ask whose name the words are."""
        placed = self._selection.placed(self._selection.selected_words())
        self._ask("name", {"name": " ".join(str(placed.get("text", "")).split())}, {})

    def action_name_new(self) -> None:
        """Ask for a new name."""
        kind = {"delegations": "person", "issues": "issue"}.get(self.view.pane, "")
        self._ask("name", {"kind": kind}, {})

    def action_link_new(self) -> None:
        """Ask what is linked with the selected entry; the framed words are its evidence."""
        from dossier.model.text_spans import TextSpan  # noqa: PLC0415 - not needed to start

        article = self._selection.article
        framed = article.content.framed() if article is not None else None
        span = TextSpan(framed.start, framed.end) if framed is not None else None
        self._ask("link", {"from": framed.entry if framed else self.screen.selected()}, self._selection.placed(span))

    def _ask(self, kind: str, given: dict[str, Any], placed: dict[str, Any], attribution: str = "") -> None:
        """Open the line for a new entry."""
        self.open_prompt(
            kind, given, lambda asked: self.annotator.write(asked, placed), placed.get("text", ""), attribution
        )

    def open_prompt(
        self,
        kind: str,
        given: dict[str, Any],
        write: Callable[["EntriesRequested"], None],
        words: str,
        attribution: str,
    ) -> None:
        """Open the line for an entry of a `kind` with the values `given`; `write` gets what was asked for."""
        from dossier.ui.screens.prompt import PromptScreen, box_height  # noqa: PLC0415 - not needed to start
        from dossier.ui.work.prompt_fields import filled  # noqa: PLC0415 - likewise

        desk = self.reading.desk

        def asked(wanted: "EntriesRequested") -> None:
            self.writing = True
            self._defaults.remember(wanted)
            write(wanted)

        shown = " ".join(words.split())[:_SHOWN]
        parts = filled(kind, given, tuple(desk.relations()))
        self._prompt = PromptScreen(
            self.keymap, desk, kind, parts, asked, words=shown, attribution=attribution, recent=self._defaults.recent
        )
        span = self._selection.selected_words()
        if self._selection.article is not None and span is not None:
            self._selection.article.keep_above(span, box_height(self.screen.app.size.height))
        self.screen.open_dialog(self._prompt, self._left_prompt)

    def _left_prompt(self, _answer: str | None) -> None:
        self._prompt = None

    def on_annotated(self, message: "Annotated") -> None:
        """Show what was written, framed in the article."""
        message.stop()
        self.writing = False
        if self._prompt is not None:
            self._prompt.written()
        self._show_written(message.entry)
        self.screen.tell(f"✓ {message.says}", "row--good")
        self.screen.draw_at_once()

    def _show_written(self, entry: str = "") -> None:
        """Show the dossier as it is now, and tell the process behind."""
        self._live.renew()
        desk = self.reading.desk
        known = desk.entry(entry) if entry else None
        evidence = desk.evidence_of(entry) if entry else ()
        if known is not None:
            self._written = entry
        if evidence and self._selection.article is not None:
            owner = known.id if known is not None else self.view.entry
            self.screen.alter(entry=owner, **framing(evidence[0]))
        self._live.refresh()

    def on_annotation_failed(self, message: "AnnotationFailed") -> None:
        """Say why nothing was written; a line that is open stays open."""
        message.stop()
        self.writing = False
        if self._prompt is not None:
            self._prompt.prompt.failed(message.why)
        else:
            self.screen.tell(message.why, "row--bad")

    def on_drafts_found(self, message: "DraftsFound") -> None:
        """Know who may speak where; a line that is open is told."""
        message.stop()
        self._know_drafts(message.view.entry.id, message.view.text, message.drafts)
        span = self._selection.selected_words()
        if self._prompt is not None and span is not None and self._prompt.line.part.name == "speaker":
            self._prompt.suppose(0, self._defaults.speaker(self._read, span))

    def on_drafts_failed(self, message: "DraftsFailed") -> None:
        """Suppose no speaker when there are no drafts."""
        message.stop()

    def action_drafts_open(self) -> None:
        """Go through the drafts of the open article."""
        from dossier.ui.screens.triage import TriageScreen  # noqa: PLC0415 - not needed to start

        self.screen.open_dialog(TriageScreen(self.keymap, self.reading.desk, self.view.article), self._drafts_decided)

    def _drafts_decided(self, says: str | None) -> None:
        self._know_drafts("", "")
        if says:
            self._show_written()
            self.screen.tell(says, "row--good")
