"""The drafts of an article, with the text in which their places count."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dossier.model.text_spans import TextSpan

if TYPE_CHECKING:
    from dossier.drafts.records import Draft
    from dossier.model.views import ArticleView


@dataclass(frozen=True)
class ArticleDrafts:
    """The drafts proposed for an article; they hold in no other article, and in no other version of its text."""

    article: str = ""
    """Id of the article."""
    text: str = ""
    """Its text when the drafts were proposed."""
    drafts: "tuple[Draft, ...]" = ()
    """In reading order."""

    def belong_to(self, view: "ArticleView") -> bool:
        """Return whether the drafts were proposed for an article as it is open."""
        return self.article == view.entry.id and self.text == view.text

    def quotes(self, view: "ArticleView | None") -> "tuple[Draft, ...]":
        """The drafts of quotes, where they belong to the open article."""
        if view is None or not self.belong_to(view):
            return ()
        return tuple(one for one in self.drafts if one.kind == "quote")

    def quoted_spans(self, view: "ArticleView | None") -> tuple[TextSpan, ...]:
        """The words that drafts propose as quotes, where they belong to the open article."""
        return tuple(TextSpan(one.start, one.end) for one in self.quotes(view))
