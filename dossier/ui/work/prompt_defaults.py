"""The values with which the line for a quote begins: from drafts, from names in the words, from the last quote."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from dossier.model.text_spans import TextSpan, sentence_at
from dossier.model.views import ArticleView
from dossier.ui.work.article_drafts import ArticleDrafts
from dossier.ui.work.prompt_fields import NEW

if TYPE_CHECKING:
    from dossier.ui.work.annotator import EntriesRequested
KindOf = Callable[[str], str]
"""From the id of an entry to its kind."""
_ACTORS = frozenset({"person", "delegation"})


class PromptDefaults:
    """Proposes speaker and issues of a quote; whatever it proposes gives way to the first letter that is typed."""

    def __init__(self, kind_of: KindOf) -> None:
        self.drafts = ArticleDrafts()
        """The drafts that are known; those of another article propose nobody."""
        self._kind_of = kind_of
        self._speaker = ""
        self._issues: tuple[str, ...] = ()

    @property
    def last_issues(self) -> tuple[str, ...]:
        """The issues of the quote that was written last."""
        return self._issues

    @property
    def recent(self) -> dict[str, tuple[str, ...]]:
        """The ids used last, by part of the line."""
        return {"speaker": (self._speaker,), "issues": self._issues}

    def remember(self, asked: "EntriesRequested") -> None:
        """Keep speaker and issues of a quote for the next one."""
        if asked.kind == "quote":
            speaker, issues = asked.values["speaker"], asked.values["issues"]
            self._speaker = speaker if isinstance(speaker, str) and not speaker.startswith(NEW) else ""
            self._issues = tuple(one for one in issues if not one.startswith(NEW))

    def speaker(self, view: ArticleView | None, span: TextSpan) -> str:
        """The speaker that a draft gives; without a draft the one named beside the words, or the last one.

        Nobody where a draft leaves open who speaks: words in marks need not be anybody's (*an “economic expert”*).
        """
        over = [(min(one.end, span.end) - max(one.start, span.start), one) for one in self.drafts.quotes(view)]
        near = max((one for one in over if one[0] > 0), key=lambda one: one[0], default=None)
        if near is None:
            return self._named_beside(view, span) or self._speaker
        if near[1].speaker is None or near[1].tier == "ask":
            return ""
        speaker = near[1].speaker
        new = f"{NEW * 2 if speaker.group else NEW}{speaker.name}"
        return speaker.id or ("" if near[1].attribution == "anonymous" else new)

    def issues(self, view: ArticleView | None, span: TextSpan) -> tuple[str, ...]:
        """The issues whose names stand in the words, in their order; else those of the last quote."""
        named = self._named(view, span, {"issue"})
        return tuple(dict.fromkeys(entry for entry, _ in named)) or self._issues

    def _named_beside(self, view: ArticleView | None, span: TextSpan) -> str:
        sentence = sentence_at(view.text, span.start) if view is not None else None
        named = self._named(view, sentence, _ACTORS) if sentence is not None else []
        return next((entry for entry, start in named if not span.start <= start < span.end), "")

    def _named(self, view: ArticleView | None, span: TextSpan, kinds: Iterable[str]) -> list[tuple[str, int]]:
        """Entries of some kinds that are named in a stretch, each with the offset of its name."""
        found = view.mentions if view is not None else ()
        inside = [(one.entry, one.start) for one in found if span.start <= one.start and one.end <= span.end]
        return [one for one in inside if self._kind_of(one[0]) in kinds]
