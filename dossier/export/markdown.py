"""A brief as Markdown for GitHub and any CommonMark reader: no raw HTML, every link and note inside the document.

A heading per entry, so that cross-references lead to it; a footnote per piece of evidence. What `dossier.export.briefs`
needs to find its way back stands there in plain sight: ids as code, paragraph numbers, words between quotation marks.
"""

from collections.abc import Iterator

from dossier.export.escaping import address, block, code, inline, line_start, one_line, shorten
from dossier.export.footnotes import Footnotes, cite, doubt, warning, worst
from dossier.export.slugs import Slugs
from dossier.export.styles.phrases import speaker_of
from dossier.export.tables import render_table
from dossier.model.articles import paragraphs
from dossier.model.brief import Brief, BriefItem, BriefReference, Chapter, Citation, join_names
from dossier.model.field_spec import FieldSpec
from dossier.model.fields import SECTION_OF
from dossier.model.folding import fold
from dossier.model.quotations import letters_of
from dossier.model.spoken_dates import spoken_date

CREDIBILITY = ("", "confirmed", "probably true", "possibly true", "doubtful", "improbable", "cannot be judged")
"""What the grades 1 to 6 mean (the credibility of information in the NATO system, AJP-2.1)."""

IN_OTHER_WORDS = "In other words:"
"""What stands before the text of a quote that is not in its source word by word."""
AS_REPORTED = "As the article puts it:"
"""What stands before the words of an article that are not the speaker's own."""
REPORTED = ("paraphrase", "inferred")
"""Attributions of such words: they are set neither in quotation marks nor as a block quotation."""

_TOLD_ELSEWHERE = ("text", "original", "note", "attribution", "via", "url")
_LABELS = {"role": "", "part": "", "when": "", "place": "", "aliases": "also called", "date": "said on"}
_DEEPEST = 6


def render_markdown(brief: Brief) -> str:
    """A brief as Markdown that GitHub and CommonMark parsers with footnotes read; it ends in one line feed."""
    return "\n\n".join(_Document(brief).blocks()) + "\n"


def keep_markdown(markdown: str, title: str, language: str) -> str:  # noqa: ARG001 - as every format is called
    """The Markdown itself, as the format `markdown`."""
    return markdown


class _Document:
    """A rendering: which headings there are, and which notes so far."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.notes = Footnotes()
        self.headed: set[str] = set()
        self.slugs: dict[str, str] = {}
        self.headings: dict[str, str] = {}
        self.chapters: list[tuple[str, str]] = []
        self.passages: dict[tuple[str, int], list[Citation]] = {}
        self.title = one_line(brief.title) or "Brief"
        self._name_headings()
        self._place_evidence()

    def _name_headings(self) -> None:
        """Settle every heading first: a reference may lead forward, and a name depends on all headings before."""
        names = Slugs()
        names.give(self.title)
        for chapter in self.brief.chapters:
            heading = one_line(chapter.name) or "Entries"
            self.chapters.append((heading, names.give(heading)))
            for item in chapter.items:
                entry_id = item.entry.id
                if entry_id in self.headings:
                    continue
                heading = _heading(item)
                if not names.free(heading):  # the id tells two of a name apart, for eyes and for every slug rule
                    heading = f"{heading} ({one_line(entry_id)})".strip()
                self.slugs[entry_id], self.headings[entry_id] = names.give(heading), heading

    def _place_evidence(self) -> None:
        """Collect which evidence of the brief stands in which paragraph of an exported article."""
        for item in (item for chapter in self.brief.chapters for item in chapter.items):
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
        if narrowed := " · ".join(filter(None, map(inline, self.brief.narrowed))):
            yield f"**Narrowed to:** {narrowed}"
        counted = zip(self.chapters, self.brief.chapters, strict=True)
        if len(self.chapters) > 1:
            yield " · ".join(f"[{inline(name)}](#{slug}) {_count(chapter)}" for (name, slug), chapter in counted)
        for (name, _), chapter in zip(self.chapters, self.brief.chapters, strict=True):
            yield f"## {inline(name)}"
            yield from self._chapter(chapter)
        yield from self.notes.definitions()

    def _chapter(self, chapter: Chapter) -> Iterator[str]:
        if chapter.table:
            yield from render_table(chapter, chapter.table, self._name, self.notes)
        elif not chapter.items:
            yield "*Nothing to show.*"
        for item in chapter.items:
            if item.entry.id not in self.headed:
                self.headed.add(item.entry.id)
                yield f"{'#' * min(3 + item.depth, _DEEPEST)} {inline(self.headings[item.entry.id])}"
                yield from self._item(item)
            else:  # an entry has one heading; where it comes up again, a link leads there
                yield self._name(item.entry.id, item.entry.title)
                if item.references:
                    yield "\n".join(self._references(item))

    def _item(self, item: BriefItem) -> Iterator[str]:
        quote = item.entry.kind == "quote"
        verbatim = quote and _verbatim(item)
        if verbatim and item.entry.text("attribution") in REPORTED:
            words = " ".join(" ".join(block(_words(item))).split())
            yield f"**{AS_REPORTED}** {cite(words, self.notes.marks(item.citations))}"
        elif verbatim:
            yield self._quotation(item)
        elif quote:
            yield from (f"**{IN_OTHER_WORDS}** {paragraph}" for paragraph in block(_words(item)))
        if quote and item.entry.text("original"):
            yield from (f"**Translation:** {paragraph}" for paragraph in block(item.entry.text("text")))
        marks = "" if verbatim else self.notes.frank_marks(item.citations)
        yield f"{' · '.join(self._facts(item))} {marks}".rstrip()
        yield from dict.fromkeys(filter(None, map(warning, item.citations)))
        if quote and not item.citations:
            yield "**No evidence:** the dossier names no source for these words."
        yield from (f"**Note:** {paragraph}" for paragraph in block(item.entry.text("note")))
        yield from (f"**Remark:** {paragraph}" for paragraph in block(item.remark))
        if item.references:
            yield "\n".join(self._references(item))
        if item.entry.kind == "article":
            yield from self._article(item)

    def _quotation(self, item: BriefItem) -> str:
        """The words of a quote, as the source has them where it has them."""
        words = _words(item)
        for citation in item.citations:
            if citation.evidence.sound and fold(citation.evidence.text) == fold(words):
                words = citation.evidence.text
                break
        return cite("\n>\n".join(block(words, "> ")), self.notes.marks(item.citations))

    def _facts(self, item: BriefItem) -> Iterator[str]:
        """The entry in one line: what it is, its fields, its id."""
        entry = item.entry
        yield entry.kind.capitalize()
        if one_line(item.speaker):
            yield f"by {join_names([self._name(one, name) for one, name in item.speakers])}"
        if entry.kind == "quote":
            yield _attribution(item)
        section = SECTION_OF[entry.kind]
        for field in section.fields:
            told = field.name == section.title or field.name in _TOLD_ELSEWHERE or field.form in ("path", "flag")
            value = "" if told else ", ".join(filter(None, (_value(field, one) for one in entry.texts(field.name))))
            if value:
                yield f"{_LABELS.get(field.name, field.name)} {value}".strip()
        if one_line(entry.text("url")):
            yield address(entry.text("url"))
        if one_line(entry.id):
            yield code(entry.id)

    def _name(self, entry_id: str, title: str) -> str:
        """The name of an entry: a link to its heading, or its title when it has none in this document."""
        if entry_id in self.headings:
            shown = inline(self.headings[entry_id])
            return f"[{shown}](#{self.slugs[entry_id]})"
        return line_start(title) or line_start(entry_id) or "unnamed"

    def _references(self, item: BriefItem) -> Iterator[str]:
        """A line per relation, or a nested list when it leads to several entries."""
        grouped: dict[str, list[BriefReference]] = {}
        for reference in item.references:
            grouped.setdefault(one_line(reference.relation) or "see", []).append(reference)
        for relation, references in grouped.items():
            if len(references) == 1:
                yield f"- **{inline(relation)}** {self._reference(item, references[0])}"
                continue
            yield f"- **{inline(relation)}**"
            for reference in references:
                yield f"  - {self._reference(item, reference)}"

    def _reference(self, item: BriefItem, reference: BriefReference) -> str:
        text = self._name(reference.other, reference.title)
        if self.notes.beyond(reference.citations, item.citations):
            text = cite(text, self.notes.frank_marks(reference.citations))
        details = [inline(spoken_date(reference.date))]
        if reference.credibility:
            grade = CREDIBILITY[reference.credibility] if reference.credibility < len(CREDIBILITY) else "no such grade"
            details.append(f"credibility {reference.credibility} of 6, {grade}")
        told = ", ".join(filter(None, details))
        note = " — " + inline(reference.note) if one_line(reference.note) else ""
        return f"{text}{' (' + told + ')' if told else ''}{note}"

    def _article(self, item: BriefItem) -> Iterator[str]:
        """The paragraphs, each with its number and the evidence that stands in it."""
        for paragraph in paragraphs(item.text):
            lines = block(item.text[paragraph.start : paragraph.end], "> ")
            marks = self.notes.marks(self.passages.get((item.entry.id, paragraph.number), ()))
            yield f"> **¶ {paragraph.number}**\n" + cite("\n".join(lines), marks)


def _count(chapter: Chapter) -> int:
    return len(chapter.table.rows) if chapter.table else len(chapter.items)


def _words(item: BriefItem) -> str:
    """The words of a quote that its evidence looks for: of a translation those of the source."""
    return item.entry.text("original") or item.entry.text("text") or item.entry.title


def _verbatim(item: BriefItem) -> bool:
    """Return whether the quote's own words are what its evidence looks for, found or not."""
    words = fold(_words(item))
    if not one_line(_words(item)):
        return False
    return not item.citations or any(
        fold(citation.evidence.wanted.text) == words or letters_of(citation.evidence.wanted.text) == letters_of(words)
        for citation in item.citations
    )


def _heading(item: BriefItem) -> str:
    """The heading of an entry; of a quote, its speaker and beginning, with a word where it is no evidence."""
    title = one_line(item.entry.title)
    if item.entry.kind != "quote":
        return title
    words = shorten(_words(item))
    status = doubt(worst(item.citations)) if item.citations else "no evidence"
    own = _verbatim(item) and item.entry.text("attribution") not in REPORTED
    said = f"“{words}”" if own else words
    return " ".join(filter(None, (f"{speaker_of(item)}:", said, status and f"({status})")))


def _attribution(item: BriefItem) -> str:
    """`anonymous, via negotiation officials, then Bloomberg`."""
    how = inline(item.entry.text("attribution")) or "direct"
    chain = ", then ".join(filter(None, map(inline, item.entry.texts("via"))))
    return f"{how}, via {chain}" if chain else how


def _value(field: FieldSpec, text: str) -> str:
    """A date in words; anything else as written."""
    return inline(spoken_date(text) if field.form in ("date", "when") else text)
