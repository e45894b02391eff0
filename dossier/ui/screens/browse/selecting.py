"""Selecting words of the article, by keys or with the mouse."""

from typing import TYPE_CHECKING, Any

from dossier.ui.panes.article import Article
from dossier.ui.screens.browse.session import Returning

if TYPE_CHECKING:
    from dossier.model.text_spans import TextSpan, Unit


class Selecting(Returning):
    """The selection, and the keys that move it."""

    @property
    def article(self) -> Article | None:
        """The article's pane while it is in sight."""
        pane = self.the_pane("article")
        return pane if isinstance(pane, Article) and self.state.view.pane == "article" else None

    def scopes(self) -> tuple[str, ...]:
        """While words are selected, keys move the selection."""
        found = super().scopes()
        article = self.article
        if "reader" in found and article is not None and article.selected_span() is not None:
            return ("selecting", "everywhere")
        return found

    def condition_met(self, need: str) -> bool:
        """Whether an article is open."""
        return bool(self.state.view.article) if need == "open" else super().condition_met(need)

    def action_words_select(self) -> None:
        """Select the quotation or the sentence where the reader is."""
        from dossier.model.text_spans import first_span  # noqa: PLC0415 - not needed to start
        from dossier.ui.work.stretches import without_comma  # noqa: PLC0415 - likewise

        article = self.article
        if article is None or not article.text:
            self.refuse("No article is open.")
            return
        self.choose_words(without_comma(article.text, first_span(article.text, article.point)))

    def choose_words(self, span: "TextSpan | None") -> None:
        """Select other words, or none, and say what keys do with them."""
        article = self.article
        if article is None:
            return
        self.clear_selection()
        article.choose(span)
        keys = self.keymap.shown
        if span is None:
            self.tell("")
            return
        words = len(article.text[span.start : span.end].split())
        edges = (
            f"{keys('words.shorter')}/{keys('words.longer')} end, {keys('words.earlier')}/{keys('words.later')} begin"
        )
        self.tell(
            f"{words} {'word' if words == 1 else 'words'} selected · {keys('words.widen')} wider · {edges} · "
            f"{keys('words.quote')} quote",
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
            found = wider(article.text, span)
            self.choose_words(found)
            if found == span:
                self.refuse("The whole paragraph is selected.")

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
        """The end on by a word."""
        self._move_end(1)

    def action_words_shorter(self) -> None:
        """The end back by a word."""
        self._move_end(-1)

    def action_words_later(self) -> None:
        """The beginning on by a word."""
        self._move_start(1)

    def action_words_earlier(self) -> None:
        """The beginning back by a word."""
        self._move_start(-1)

    def action_clause_later(self) -> None:
        """The beginning on by a clause."""
        self._move_start(1, "clause")

    def action_clause_earlier(self) -> None:
        """The beginning back by a clause."""
        self._move_start(-1, "clause")

    def action_clause_longer(self) -> None:
        """The end on by a clause."""
        self._move_end(1, "clause")

    def action_clause_shorter(self) -> None:
        """The end back by a clause."""
        self._move_end(-1, "clause")

    def action_sentence_longer(self) -> None:
        """The end on by a sentence."""
        self._move_end(1, "sentence")

    def action_sentence_shorter(self) -> None:
        """The end back by a sentence."""
        self._move_end(-1, "sentence")

    def action_words_next(self) -> None:
        """To the next quotation or sentence."""
        self._jump(1)

    def action_words_previous(self) -> None:
        """To the quotation or sentence before."""
        self._jump(-1)

    def _jump(self, by: int) -> None:
        from dossier.ui.work.stretches import next_stretch  # noqa: PLC0415 - not needed to start

        article, span = self.article, self.selected_words()
        if article is None or span is None:
            return
        found = next_stretch(article.text, span, by)
        if found is None:
            self.refuse("These are the last words." if by > 0 else "These are the first words.")
        else:
            self.choose_words(found)

    def action_words_leave(self) -> None:
        """Let the selection go."""
        self.choose_words(None)

    def placed(self, span: "TextSpan | None") -> dict[str, Any]:
        """Article, words and offsets of a selection."""
        article = self.article
        if article is None or span is None:
            return {}
        words = article.text[span.start : span.end]
        return {"article": self.state.view.article, "text": words, "start": span.start, "end": span.end}
