"""Selecting words of the article, by keys or with the mouse."""

from typing import TYPE_CHECKING, Any

from textual import events

from dossier.ui.panes.article import Article
from dossier.ui.screens.browse.base import Controller
from dossier.ui.widgets.screen import Conditions

if TYPE_CHECKING:
    from dossier.model.text_spans import TextSpan, Unit
    from dossier.ui.work.article_drafts import ArticleDrafts


class SelectionController(Controller):
    """The selected words, and the keys that move their ends."""

    drafts: "ArticleDrafts | None" = None
    """The drafts that are known."""

    @property
    def drafted(self) -> "tuple[TextSpan, ...]":
        """The words of the open article that drafts propose; to be offered before whole sentences."""
        article = self.article
        return self.drafts.quoted_spans(article.content.view) if self.drafts is not None and article is not None else ()

    @property
    def article(self) -> Article | None:
        """The article's pane while it is in sight."""
        pane = self.screen.the_pane("article")
        return pane if isinstance(pane, Article) and self.view.pane == "article" else None

    def scopes(self, scopes: tuple[str, ...]) -> tuple[str, ...]:
        """Look keys up among those that move the selection, while words are selected."""
        if "reader" in scopes and self.selected_words() is not None:
            return ("selecting", "everywhere")
        return scopes

    def conditions(self) -> Conditions:
        """The condition of selecting."""
        return {"open": lambda: bool(self.view.article)}

    def on_text_selected(self, _event: events.TextSelected) -> None:
        """Say what can be done with the words that were selected with the mouse."""
        words = self.screen.get_selected_text()
        if words:
            copy, leave = map(self.keymap.shown, ("words.copy", "level.leave"))
            self.screen.tell(f"{len(words):,} characters selected: {copy} copies them, {leave} lets go.")

    def leave_level(self) -> bool:
        """Let go of words selected with the mouse."""
        if not self.screen.get_selected_text():
            return False
        self.screen.clear_selection()
        return True

    def select_words(self) -> None:
        """Select the quotation or the sentence where the reader is."""
        from dossier.model.text_spans import first_span  # noqa: PLC0415 - not needed to start
        from dossier.ui.work.stretches import without_comma  # noqa: PLC0415 - likewise

        article = self.article
        if article is None or not article.text:
            self.screen.refuse("No article is open.")
            return
        at = article.point
        sentence = first_span(article.text, at)
        near = [one for one in self.drafted if sentence is not None and sentence.start <= one.start < sentence.end]
        self.choose_words(without_comma(article.text, min(near, key=lambda one: abs(one.start - at), default=sentence)))

    def choose_words(self, span: "TextSpan | None") -> None:
        """Select other words, or none, and say what keys do with them."""
        article = self.article
        if article is None:
            return
        self.screen.clear_selection()
        article.choose(span)
        keys = self.keymap.shown
        if span is None:
            self.screen.tell("")
            return
        words = len(article.text[span.start : span.end].split())
        edges = (
            f"{keys('words.shorter')}/{keys('words.longer')} end, {keys('words.earlier')}/{keys('words.later')} begin"
        )
        self.screen.tell(
            f"{words} {'word' if words == 1 else 'words'} selected · {keys('words.quote')} quote · {edges}",
            "row--key",
        )

    def selected_words(self) -> "TextSpan | None":
        """The words that are selected, by keys or with the mouse."""
        article = self.article
        return article.selected_span() if article is not None else None

    def action_words_widen(self) -> None:
        """Widen the selection."""
        from dossier.ui.work.stretches import wider  # noqa: PLC0415 - not needed to start

        article, span = self.article, self.selected_words()
        if article is not None and span is not None:
            wider_span = wider(article.text, span)
            self.choose_words(wider_span)
            if wider_span == span:
                self.screen.refuse("The whole paragraph is selected.")

    def _move_end(self, steps: int, unit: "Unit" = "word") -> None:
        from dossier.model.text_spans import moved_end  # noqa: PLC0415 - not needed to start

        article, span = self.article, self.selected_words()
        if article is not None and span is not None:
            self.choose_words(moved_end(article.text, span, steps, unit))

    def _move_start(self, steps: int, unit: "Unit" = "word") -> None:
        from dossier.model.text_spans import moved_start  # noqa: PLC0415 - not needed to start

        article, span = self.article, self.selected_words()
        if article is not None and span is not None:
            self.choose_words(moved_start(article.text, span, steps, unit))

    def action_words_longer(self) -> None:
        """Move the end on by a word."""
        self._move_end(1)

    def action_words_shorter(self) -> None:
        """Move the end back by a word."""
        self._move_end(-1)

    def action_words_later(self) -> None:
        """Move the beginning on by a word."""
        self._move_start(1)

    def action_words_earlier(self) -> None:
        """Move the beginning back by a word."""
        self._move_start(-1)

    def action_clause_later(self) -> None:
        """Move the beginning on by a clause."""
        self._move_start(1, "clause")

    def action_clause_earlier(self) -> None:
        """Move the beginning back by a clause."""
        self._move_start(-1, "clause")

    def action_clause_longer(self) -> None:
        """Move the end on by a clause."""
        self._move_end(1, "clause")

    def action_clause_shorter(self) -> None:
        """Move the end back by a clause."""
        self._move_end(-1, "clause")

    def action_sentence_longer(self) -> None:
        """Move the end on by a sentence."""
        self._move_end(1, "sentence")

    def action_sentence_shorter(self) -> None:
        """Move the end back by a sentence."""
        self._move_end(-1, "sentence")

    def action_words_next(self) -> None:
        """Select the next quotation or sentence."""
        self._step(1)

    def action_words_previous(self) -> None:
        """Select the quotation or sentence before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        from dossier.ui.work.stretches import next_stretch  # noqa: PLC0415 - not needed to start

        article, span = self.article, self.selected_words()
        if article is None or span is None:
            return
        stretch = next_stretch(article.text, span, by, self.drafted)
        if stretch is None:
            self.screen.refuse("These are the last words." if by > 0 else "These are the first words.")
        else:
            self.choose_words(stretch)

    def action_words_leave(self) -> None:
        """Let the selection go."""
        self.choose_words(None)

    def placed(self, span: "TextSpan | None") -> dict[str, Any]:
        """Article, words and offsets of a selection."""
        article = self.article
        if article is None or span is None:
            return {}
        words = article.text[span.start : span.end]
        return {"article": self.view.article, "text": words, "start": span.start, "end": span.end}
