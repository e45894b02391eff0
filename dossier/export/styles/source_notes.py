"""Footnotes that name a source and leave the words to the text; only words that no text shows stand in the note."""

from collections.abc import Callable, Iterable, Iterator

from dossier.export.escaping import address, code, inline, one_line
from dossier.export.footnotes import doubt
from dossier.model.anchors import GLYPHS
from dossier.model.brief import Brief, Citation, CitedSource
from dossier.model.folding import fold
from dossier.model.spoken_dates import spoken_date

Cite = Callable[[CitedSource], str]
"""Names a source in Markdown."""


class SourceNotes:
    """The footnotes of one document, numbered in the order of their first use."""

    def __init__(self, name: Cite, brief: Brief) -> None:
        self._name = name
        self._unclear = _ambiguous_titles(brief)
        self._numbers: dict[str, int] = {}
        self._shown: set[tuple[str, int, int, str]] = set()
        self.sources: dict[str, CitedSource] = {}
        """The sources named so far, by id."""

    def marks(self, citations: Iterable[Citation]) -> str:
        """References to notes that name the sources of words shown in the text."""
        return self._marks(citations, shown=True)

    def frank_marks(self, citations: Iterable[Citation]) -> str:
        """References to notes that hold the words too, with a word behind each that is no evidence."""
        return self._marks(citations, shown=False)

    def definitions(self) -> list[str]:
        """The notes themselves, in order."""
        return [f"[^{number}]: {text}" for text, number in self._numbers.items()]

    def _marks(self, citations: Iterable[Citation], *, shown: bool) -> str:
        marks: dict[str, None] = {}
        for citation in citations:
            evidence = citation.evidence
            key = (citation.source.id, evidence.start, evidence.end, evidence.wanted.text)
            if shown:
                self._shown.add(key)
            told = "" if shown else doubt(evidence.status)
            text = self.note(citation, shown=key in self._shown)
            number = self._numbers.setdefault(text, len(self._numbers) + 1)
            marks[f"[^{number}]" + (f" ({told})" if told else "")] = None
        return " ".join(marks)

    def note(self, citation: Citation, *, shown: bool) -> str:
        """The note on a citation, whose words it holds unless the text shows them."""
        evidence, source = citation.evidence, citation.source
        self.sources.setdefault(source.id, source)
        label = "" if evidence.sound or shown else f"**{doubt(evidence.status).capitalize()}:** "
        words = evidence.text if evidence.sound and one_line(evidence.text) else evidence.wanted.text
        quoted = "" if shown else f"{label}“{inline(words)}” — "
        place = f", ¶ {evidence.paragraph}" if evidence.paragraph else ""
        status = f" ({GLYPHS['moved']} moved)" if evidence.status == "moved" else ""
        link = f" {address(source.url)}" if one_line(source.url) else ""
        return f"{quoted}{self._name(source)}{place}{status}.{self._doubt_note(citation)}{link}{self._id(source)}"

    def _doubt_note(self, citation: Citation) -> str:
        evidence = citation.evidence
        if evidence.status == "reworded":
            return f" The source now reads “{inline(evidence.text)}”."
        return f" Why: {inline(evidence.why)}." if not evidence.sound and one_line(evidence.why) else ""

    def _id(self, source: CitedSource) -> str:
        """The id, where two sources of the document bear one title."""
        return f" {code(source.id)}" if source.id in self._unclear else ""


def _ambiguous_titles(brief: Brief) -> frozenset[str]:
    """The ids of sources that cannot be told apart by their titles."""
    titled: dict[str, set[str]] = {}
    for citation in citations_of(brief):
        titled.setdefault(fold(one_line(citation.source.title)), set()).add(citation.source.id)
    return frozenset(one for title, ids in titled.items() if len(ids) > 1 or not title for one in ids)


def citations_of(brief: Brief) -> Iterator[Citation]:
    """Every citation of a brief."""
    for chapter in brief.chapters:
        for item in chapter.items:
            yield from item.citations
            for reference in item.references:
                yield from reference.citations
        for row in chapter.table.rows if chapter.table else ():
            for cell in row:
                yield from cell.citations


def name_source(source: CitedSource) -> str:
    """`*Title*, Author, Publisher, 10 June 2025`."""
    title = inline(source.title) or inline(source.id) or "untitled"
    date = inline(spoken_date(source.published))
    return ", ".join(filter(None, (f"*{title}*", inline(source.author), inline(source.publisher), date)))
