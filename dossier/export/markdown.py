"""A brief as Markdown for GitHub and any CommonMark reader: no raw HTML, every link and note inside the document.

A heading per entry, so that cross-references lead to it; a footnote per piece of evidence. What `dossier.export.briefs`
needs to find its way back stands there in plain sight: ids as code, paragraph numbers, words between quotation marks.
"""

from collections.abc import Iterator

from dossier.export.escaping import address, block, code, inline, one_line, shorten, starting
from dossier.export.footnotes import Footnotes, best, cite, doubt, warning
from dossier.export.slugs import Slugs
from dossier.model.articles import paragraphs
from dossier.model.brief import Brief, Chapter, Citation, Item, Reference
from dossier.model.dates import when_problem
from dossier.model.fields import SECTION_OF, Field
from dossier.model.folding import fold

CREDIBILITY = ("", "confirmed", "probably true", "possibly true", "doubtful", "improbable", "cannot be judged")
"""What the grades 1 to 6 mean (the credibility of information in the NATO system, AJP-2.1)."""

_TOLD_ELSEWHERE = ("text", "note", "attribution", "via", "url")
_LABELS = {"role": "", "part": "", "when": "", "place": "", "aliases": "also called", "date": "said on"}
_DEEPEST = 6


class MarkdownExporter:
    """Markdown, as GitHub and CommonMark parsers with footnotes read it."""

    name = "Markdown"
    suffix = ".md"

    def render(self, brief: Brief) -> str:
        """The document; it ends in one line feed."""
        return "\n\n".join(_Document(brief).blocks()) + "\n"


class _Document:
    """One rendering: which headings there are, and which notes so far."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.notes = Footnotes()
        self.items = {item.entry.id: item for chapter in reversed(brief.chapters) for item in reversed(chapter.items)}
        self.slugs: dict[str, str] = {}
        self.headings: dict[str, str] = {}
        self.chapters: list[tuple[str, str]] = []
        self.passages: dict[tuple[str, int], list[Citation]] = {}
        self.title = one_line(brief.title) or "Brief"
        self._name_headings()
        self._place_evidence()

    def _name_headings(self) -> None:
        """Settles every heading first: a reference may lead forward, and a name depends on all headings before."""
        names = Slugs()
        names.give(self.title)
        for chapter in self.brief.chapters:
            heading = one_line(chapter.name) or "Entries"
            self.chapters.append((heading, names.give(heading)))
            for item in chapter.items:
                heading = _heading(item)
                if not names.free(heading):  # the id tells two of a name apart, for eyes and for every slug rule
                    heading = f"{heading} ({one_line(item.entry.id)})".strip()
                name = names.give(heading)
                if self.items[item.entry.id] is item:
                    self.slugs[item.entry.id], self.headings[item.entry.id] = name, heading

    def _place_evidence(self) -> None:
        """Collects which evidence of the brief stands in which paragraph of an exported article."""
        for item in self.items.values():
            for citation in (*item.citations, *(c for reference in item.references for c in reference.citations)):
                evidence = citation.evidence
                if evidence.sound and evidence.paragraph:
                    self.passages.setdefault((citation.source.id, evidence.paragraph), []).append(citation)
        for found in self.passages.values():
            found.sort(key=lambda citation: (citation.evidence.start, citation.evidence.end))

    def blocks(self) -> Iterator[str]:
        """The blocks of the document; an empty line parts them."""
        yield f"# {inline(self.title)}"
        yield from block(self.brief.summary)
        if one_line(self.brief.query):
            yield f"**Search:** {inline(self.brief.query)}"
        counted = zip(self.chapters, self.brief.chapters, strict=True)
        if len(self.chapters) > 1:
            yield " · ".join(f"[{inline(name)}](#{slug}) {len(chapter.items)}" for (name, slug), chapter in counted)
        for (name, _), chapter in zip(self.chapters, self.brief.chapters, strict=True):
            yield f"## {inline(name)}"
            yield from self._chapter(chapter)
        yield from self.notes.definitions()

    def _chapter(self, chapter: Chapter) -> Iterator[str]:
        if not chapter.items:
            yield "*Nothing to show.*"
        for item in chapter.items:
            if self.items[item.entry.id] is item:
                yield f"{'#' * min(3 + item.depth, _DEEPEST)} {inline(self.headings[item.entry.id])}"
                yield from self._item(item)
            else:  # an entry has one heading; where it comes up again, a link leads there
                yield self._link(item.entry.id, item.entry.title)
                if item.references:
                    yield "\n".join(self._references(item))

    def _item(self, item: Item) -> Iterator[str]:
        quote = item.entry.kind == "quote"
        verbatim = quote and _verbatim(item)
        if verbatim:
            yield self._quoted(item)
        elif quote:
            yield from (f"**In other words:** {paragraph}" for paragraph in block(_words(item)))
        marks = "" if verbatim else self.notes.frank_marks(item.citations)
        yield f"{' · '.join(self._facts(item))} {marks}".rstrip()
        yield from dict.fromkeys(filter(None, map(warning, item.citations)))
        if quote and not item.citations:
            yield "**No evidence:** the dossier names no source for these words."
        yield from (f"**Note:** {paragraph}" for paragraph in block(item.entry.text("note")))
        if item.references:
            yield "\n".join(self._references(item))
        if item.entry.kind == "article":
            yield from self._article(item)

    def _quoted(self, item: Item) -> str:
        """The words of a quote, as the source has them where it has them."""
        words = _words(item)
        for citation in item.citations:
            if citation.evidence.sound and fold(citation.evidence.text) == fold(words):
                words = citation.evidence.text
                break
        return cite("\n>\n".join(block(words, "> ")), self.notes.marks(item.citations))

    def _attribution(item: Item) -> str:
    """`anonymous, via negotiation officials, then Bloomberg`."""
    how = inline(item.entry.text("attribution")) or "direct"
    chain = ", then ".join(filter(None, map(inline, item.entry.texts("via"))))
    return f"{how}, via {chain}" if chain else how


def _value(field: Field, text: str) -> str:
    """A date in words' order; anything else as written."""
    if field.form == "when" and not when_problem(text):
        first, _, last = text.partition("/")
        if last.startswith(first[:11]) and "T" in last:
            last = last[11:]
        return " to ".join(part.replace("T", " ") for part in (first, last) if part)
    return inline(text)
