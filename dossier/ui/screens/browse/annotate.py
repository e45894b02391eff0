"""Annotating: the line in which selected words become an entry, and what changes, deletes and takes back entries."""

from typing import TYPE_CHECKING, Any

from dossier.model.problems import DossierError
from dossier.ui.screens.browse.navigation import framing
from dossier.ui.screens.browse.selecting import Selecting

if TYPE_CHECKING:
    from dossier.drafts.records import Draft
    from dossier.model.text_spans import TextSpan
    from dossier.ui.screens.prompt import PromptScreen
    from dossier.ui.work.annotator import Annotated, AnnotationFailed, Annotator, Asked, DraftsFailed, DraftsFound

_WORDS = 8
"""Words of a selection that become the name of an event."""
_SHOWN = 60
"""Characters of selected words that a message shows."""


class Annotating(Selecting):
    """What one writes into the dossier."""

    _annotator: "Annotator | None" = None
    _prompted: "PromptScreen | None" = None
    _writing = False
    _drafted: "tuple[str, tuple[Draft, ...]]" = ("", ())
    _speaker = ""
    _issues: tuple[str, ...] = ()
    _written = ""

    @property
    def annotator(self) -> "Annotator":
        """Who writes, from the first change on."""
        if self._annotator is None:
            from dossier.ui.work.annotator import Annotator  # noqa: PLC0415 - not needed to start

            assert self.reading is not None
            self._annotator = Annotator(self.reading.desk, self.post_message)
        return self._annotator

    def on_unmount(self) -> None:
        """Let the thread end."""
        if self._annotator is not None:
            self._annotator.close()
            self._annotator = None

    def action_words_select(self) -> None:
        """Select words; who may speak there is looked for meanwhile."""
        super().action_words_select()
        if self.selected_words() is not None and self._drafted[0] != self.state.view.article:
            self._drafted = self.state.view.article, ()
            self.annotator.drafts(self.state.view.article)

    def action_quote_new(self) -> None:
        """Select the words where the reader is, and make them a quote."""
        self.action_words_select()
        self.action_words_quote()

    def action_words_quote(self) -> None:
        """Ask whose words these are, on what, and how they stand."""
        from dossier.model.text_spans import is_quoted  # noqa: PLC0415 - not needed to start

        span = self.selected_words()
        placed = self.placed(span)
        article = self.article
        if span is None or article is None:
            return
        attribution = "direct" if is_quoted(article.text, span.start, span.end) else "paraphrase"
        self._ask("quote", {"speaker": self._supposed(span), "issues": self._issues}, placed, attribution)

    def _supposed(self, span: "TextSpan") -> str:
        """Who a draft says speaks here; else who spoke last."""
        _, drafts = self._drafted
        over = [(min(one.end, span.end) - max(one.start, span.start), one) for one in drafts if one.kind == "quote"]
        near = max((one for one in over if one[0] > 0), key=lambda one: one[0], default=None)
        if near is None or near[1].speaker is None or near[1].tier == "ask":
            return self._speaker
        return near[1].speaker.id or ("" if near[1].attribution == "anonymous" else f"!{near[1].speaker.name}")

    def action_words_event(self) -> None:
        """Ask what the event is called, and when it was."""
        placed = self.placed(self.selected_words())
        words = str(placed.get("text", "")).split()
        self._ask("event", {"name": " ".join(words[:_WORDS]).strip(".,;"), "issues": self._issues}, placed)

    def action_words_link(self) -> None:
        """Ask what is linked with what."""
        self._ask("link", {"from": self._written or self.state.view.entry}, self.placed(self.selected_words()))

    def action_words_name(self) -> None:
        """Ask whose name the words are."""
        placed = self.placed(self.selected_words())
        self._ask("name", {"name": " ".join(str(placed.get("text", "")).split())}, {})

    def action_name_new(self) -> None:
        """Ask for a new name."""
        kind = {"delegations": "person", "issues": "issue"}.get(self.state.view.pane, "")
        self._ask("name", {"kind": kind}, {})

    def action_link_new(self) -> None:
        """Ask what is linked with the selected entry; the framed words are its evidence."""
        from dossier.model.text_spans import TextSpan  # noqa: PLC0415 - not needed to start

        article = self.article
        framed = article.framed() if article is not None else None
        span = TextSpan(framed.start, framed.end) if framed is not None else None
        self._ask("link", {"from": framed.entry if framed else self.selected()}, self.placed(span))

    def _ask(self, kind: str, given: dict[str, Any], placed: dict[str, Any], attribution: str = "") -> None:
        """Open the line for a new entry."""
        self._open(kind, given, lambda asked: self.annotator.write(asked, placed), placed.get("text", ""), attribution)

    def _open(self, kind: str, given: dict[str, Any], write: Any, words: str, attribution: str) -> None:
        from dossier.ui.screens.prompt import PromptScreen, box_height  # noqa: PLC0415 - not needed to start
        from dossier.ui.work.prompt_fields import filled  # noqa: PLC0415 - likewise

        assert self.reading is not None
        desk = self.reading.desk

        def asked(wanted: "Asked") -> None:
            self._writing = True
            self._remember(wanted)
            write(wanted)

        recent = {"speaker": (self._speaker,), "issues": self._issues}
        shown = " ".join(words.split())[:_SHOWN]
        parts = filled(kind, given, tuple(desk.relations()))
        self._prompted = PromptScreen(
            self.keymap, desk, kind, parts, asked, words=shown, attribution=attribution, recent=recent
        )
        span = self.selected_words()
        if self.article is not None and span is not None:
            self.article.keep_above(span, box_height(self.app.size.height))
        self.open_dialog(self._prompted, self._left_prompt)

    def _left_prompt(self, _answer: str | None) -> None:
        self._prompted = None

    def _remember(self, wanted: "Asked") -> None:
        """Offer the same again for the next quote."""
        if wanted.kind == "quote":
            speaker, issues = wanted.values["speaker"], wanted.values["issues"]
            self._speaker = speaker if isinstance(speaker, str) and not speaker.startswith("!") else ""
            self._issues = tuple(one for one in issues if not one.startswith("!"))

    def _target(self) -> str:
        """Id of the entry, or key of the link, that one is on."""
        article = self.article
        framed = article.framed() if article is not None else None
        owner = self.state.view.owner
        if (
            self.state.view.pane == "links"
            and owner
            and self.reading is not None
            and not self.reading.desk.entry(owner)
        ):
            return owner  # the link under the cursor
        return framed.owner if framed is not None else self.selected()

    def action_entry_change(self) -> None:
        """Open the line for what one is on."""
        assert self.reading is not None
        target = self._target()
        entry = self.reading.desk.entry(target)
        try:
            before = self.reading.desk.annotations.fields(target)
        except DossierError as error:
            self.refuse(str(error))
            return
        kind = entry.kind if entry is not None else "link"
        if not before or kind == "article":
            self.refuse(f"{target} cannot be changed in a line; {self.keymap.shown('entry.edit')} opens its file.")
            return
        if kind == "quote":
            before = {**before, "issues": _several(before.get("issues", []))}
        title = entry.title if entry is not None else target
        attribution = str(before.get("attribution", "")) or ("direct" if kind == "quote" else "")
        self._open(kind, dict(before), lambda asked: self._change(target, asked, before), title, attribution)

    def _change(self, target: str, asked: "Asked", before: dict[str, Any]) -> None:
        blank = {part.name: [] if part.name == "issues" and asked.kind == "quote" else "" for part in asked.parts}
        kept = {**blank, **before}
        kept = {name: one[0] if isinstance(one, list) and len(one) == 1 and name != "issues" else one
                for name, one in kept.items()}  # fmt: skip
        self.annotator.change(target, asked, kept)

    def action_entry_delete(self) -> None:
        """Show what refers to what one is on, and delete it if that is wanted."""
        from dossier.ui.screens.delete import DeleteScreen  # noqa: PLC0415 - not needed to start

        assert self.reading is not None
        target = self._target()
        entry = self.reading.desk.entry(target)
        refers = self.reading.desk.annotations.references(target) if entry is not None else ()
        if self._busy_writing():
            return

        def answered(answer: str | None) -> None:
            if answer:
                self._writing = True
                self.annotator.delete(target, references=bool(refers))

        screen = DeleteScreen(self.keymap, target, entry.title if entry is not None else "", refers)
        self.open_dialog(screen, answered)

    def _busy_writing(self) -> bool:
        if self._writing:
            self.refuse("The last change is still being written.")
        return self._writing

    def action_edit_undo(self) -> None:
        """Take the last change back."""
        if not self._busy_writing():
            self._writing = True
            self.annotator.undo()

    def action_edit_redo(self) -> None:
        """Write the change again that was taken back."""
        if not self._busy_writing():
            self._writing = True
            self.annotator.redo()

    def on_annotated(self, message: "Annotated") -> None:
        """Show what was written, framed in the article."""
        message.stop()
        self._writing = False
        if self._prompted is not None:
            self._prompted.written()
        self._taken_in(message.entry)
        self.tell(f"✓ {message.says[:1].upper()}{message.says[1:]}", "row--good")
        self.draw_at_once()

    def _taken_in(self, entry: str = "") -> None:
        """Show the dossier as it is now, and tell the process behind."""
        assert self.reading is not None
        self.renew()
        desk = self.reading.desk
        known = desk.entry(entry) if entry else None
        evidence = desk.evidence_of(entry) if entry else ()
        if known is not None:
            self._written = entry
        if evidence and self.article is not None:
            owner = known.id if known is not None else self.state.view.entry
            self.alter(entry=owner, **framing(evidence[0]))
        if self._keeper is not None:
            self._keeper.again()

    def on_annotation_failed(self, message: "AnnotationFailed") -> None:
        """Say why nothing was written; a line that is open stays open."""
        message.stop()
        self._writing = False
        if self._prompted is not None:
            self._prompted.failed(message.why)
        else:
            self.tell(message.why, "row--bad")

    def on_drafts_found(self, message: "DraftsFound") -> None:
        """Know who may speak where; a line that is open is told."""
        message.stop()
        self._drafted = message.view.entry.id, message.drafts
        span = self.selected_words()
        if self._prompted is not None and span is not None and self._prompted.line.part.name == "speaker":
            self._prompted.suppose(0, self._supposed(span))

    def on_drafts_failed(self, message: "DraftsFailed") -> None:
        """Without drafts, nobody is supposed to speak."""
        message.stop()

    def action_drafts_open(self) -> None:
        """Go through the drafts of the open article."""
        from dossier.ui.screens.triage import TriageScreen  # noqa: PLC0415 - not needed to start

        assert self.reading is not None
        self.open_dialog(TriageScreen(self.keymap, self.reading.desk, self.state.view.article), self._drafts_decided)

    def _drafts_decided(self, says: str | None) -> None:
        self._drafted = "", ()
        if says:
            self._taken_in()
            self.tell(says, "row--good")


def _several(value: Any) -> list[str]:
    return list(value) if isinstance(value, list) else [value]
