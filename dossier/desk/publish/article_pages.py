"""The page of an article: its text with the evidence in it, the notes, the annotations, and its passages to search."""

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from dossier.desk.publish.evidence import EvidenceRenderer
from dossier.model.anchors import Evidence
from dossier.model.clean import clean_same_length
from dossier.model.entries import Entry
from dossier.model.markdown_words import NOTHING, as_read, is_markdown
from dossier.model.problems import DossierError
from dossier.model.spoken_dates import spoken_date
from dossier.model.views import ArticleView
from dossier.publish.annotations import CONTEXT, PageEvidence, annotation_page
from dossier.publish.markdown_blocks import kinds
from dossier.publish.pages import address, language
from dossier.publish.passages import Block, EvidenceSpan, NameLink, blocks, excerpts
from dossier.publish.search_data import SearchPassage

if TYPE_CHECKING:
    from dossier.desk.evidence.anchors import Anchored


class ArticlePage(Struct, frozen=True):
    """The inputs of an article's page."""

    values: dict[str, Any]
    annotations: str
    passages: list[SearchPassage]


class ArticlePages:
    """Makes the pages of articles."""

    def __init__(self, shown: EvidenceRenderer) -> None:
        self.shown = shown
        self.desk = shown.desk
        self.scope = shown.scope

    def page(self, entry: Entry) -> ArticlePage:
        """The page of one article; one whose file cannot be read says so and keeps no other back."""
        path = self.scope.path(entry.id)
        words_only = self.scope.words_only(entry)
        view, trouble = self._view(entry)
        text = _text(view)
        anchored, sound = self._anchored(entry, view)
        body = self._body(view, text, sound, words_only=words_only, names=self._names(view))
        name = path.rpartition("/")[2]
        values = {
            "facts": _facts(entry),
            "url": address(entry.text("url")),
            "annotations": name.removesuffix(".html") + ".jsonld",
            "trouble": trouble,
            "words_only": words_only,
            "text_language": language(entry.text("language") or self.desk.header("language")),
            "blocks": body,
            "notes": [self._note(at, one, text) for at, one in enumerate(sound, 1)],
            "doubts": [
                self.shown.link(one.entry) | {"status": one.evidence.status, "why": one.evidence.why}
                for one in anchored
                if one not in sound
            ],
        }
        found = [self._annotation(at, one, text, words_only) for at, one in enumerate(sound, 1)]
        return ArticlePage(values, annotation_page(name, found), _passages(path, entry.title, body))

    def passages(self, entry: Entry) -> list[SearchPassage]:
        """The search entries of an article, without its page."""
        view, _ = self._view(entry)
        text = _text(view)
        words_only = self.scope.words_only(entry)
        sound = self._anchored(entry, view)[1] if words_only else []
        body = self._body(view, text, sound, words_only=words_only, names=[])
        return _passages(self.scope.path(entry.id), entry.title, body)

    def _view(self, entry: Entry) -> tuple[ArticleView, str]:
        """An article, and why it cannot be read, if so."""
        try:
            return self.desk.article(entry.id), ""
        except DossierError as error:
            return ArticleView(entry, "", 0, (), (), ()), str(error)

    def _anchored(self, entry: Entry, view: ArticleView) -> tuple[list["Anchored"], list["Anchored"]]:
        """The published anchors into an article, and those that stand in its text, in the order of their places."""
        anchored = [one for one in self.desk.anchoring.all(entry.id) if self._published(one)]
        sound = [one for one in anchored if _stands(one.evidence, view.text)]
        return anchored, sorted(sound, key=lambda one: (one.evidence.start, one.evidence.end))

    @staticmethod
    def _body(
        view: ArticleView, text: str, sound: list["Anchored"], *, words_only: bool, names: list[NameLink]
    ) -> list[Block]:
        passages = [EvidenceSpan(at, one.evidence.start, one.evidence.end) for at, one in enumerate(sound, 1)]
        if words_only:
            return excerpts(text, view.paragraphs, passages)
        marked = is_markdown(view.entry.text("file"))
        return blocks(text, view.paragraphs, passages, names, kinds(view.text, view.paragraphs) if marked else ())

    def _published(self, one: "Anchored") -> bool:
        return self.scope.only is None or bool(self.scope.path(one.entry))

    def _names(self, view: ArticleView) -> list[NameLink]:
        """The first place at which each published entry is named: enough to follow, few enough to step through."""
        seen: set[str] = set()
        found = []
        for span in view.mentions:
            path = self.scope.path(span.entry)
            if path and span.entry not in seen:
                seen.add(span.entry)
                found.append(NameLink(span.start, span.end, f"../{path}"))
        return found

    def _note(self, number: int, one: "Anchored", text: str) -> dict[str, Any]:
        row = self.shown.row(one.entry)
        relation = one.evidence.owner if one.what == "link" else ""
        detail = row.detail if row else ""
        return self.shown.link(one.entry) | {
            "number": number,
            "what": one.what,
            "status": one.evidence.status,
            "text": _read(text, one.evidence.start, one.evidence.end),
            "paragraph": one.evidence.paragraph,
            "detail": self._relation(relation, one.entry) if relation else detail,
        }

    def _relation(self, key: str, source: str) -> str:
        """The rest of a link's key in words: `demands` and what is demanded."""
        rest = key.removeprefix(f"{source} ")
        relation, _, target = rest.partition(" #")[0].rpartition(" ")
        return f"{relation} {self.shown.title(target)}"

    def _annotation(self, number: int, one: "Anchored", text: str, words_only: bool) -> PageEvidence:
        evidence = one.evidence
        path = self.scope.path(one.entry)
        around = ("", "")
        if not words_only:
            around = (
                _read(text, max(evidence.start - CONTEXT, 0), evidence.start),
                _read(text, evidence.end, evidence.end + CONTEXT),
            )
        exact = _read(text, evidence.start, evidence.end)
        title = f"{one.what}: {self.shown.title(one.entry)}"
        return PageEvidence(number, exact, evidence.paragraph, title, f"../{path}" if path else "", *around)


def _facts(entry: Entry) -> list[str]:
    """The facts about an article beside its title: author, publisher, day and reliability."""
    grade = entry.text("reliability")
    told = (entry.text("author"), entry.text("publisher"), spoken_date(entry.text("published")))
    return [*filter(None, told), *([f"reliability {grade}"] if grade else [])]


def _text(view: ArticleView) -> str:
    """The text of an article, inert; that of Markdown as it is read, at the same offsets."""
    marked = is_markdown(view.entry.text("file"))
    return clean_same_length(as_read(view.text, view.body) if marked else view.text)


def _read(text: str, start: int, end: int) -> str:
    """The words from one place to another, without what is written over."""
    return text[start:end].replace(NOTHING, "")


def _stands(evidence: Evidence, text: str) -> bool:
    """Return whether sound evidence is in the text as it is read now."""
    return evidence.sound and text[evidence.start : evidence.end] == evidence.text


def _passages(path: str, title: str, body: list[Block]) -> list[SearchPassage]:
    found, title = [], " ".join(title.split())
    for block in body:
        words = " ".join("".join(segment.text for segment in block.segments).split())
        found.append((f"{path}#p{block.number}", f"article ¶{block.number}", title, words))
    return found
