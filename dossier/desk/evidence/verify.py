"""Verification of a brief against the articles it quotes, as they are now: every quotation and footnote."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from dossier.desk.evidence.expected_blocks import Dossier
from dossier.desk.evidence.expected_notes import ExpectedNotes
from dossier.desk.evidence.styled_briefs import resolve_sources
from dossier.desk.evidence.verify_details import BriefDocument, verify_details
from dossier.desk.evidence.verify_folder import NO_FOLDER, BriefFile, NoteFolder
from dossier.export.briefs import read_brief, trimmed
from dossier.export.parsed import read_paragraphs
from dossier.export.styles.reading import read_styled
from dossier.export.styles.restoring import restore_footnotes, without_front_matter
from dossier.export.verdicts import Outcome, Sighting, Verdict, verify
from dossier.model.anchor_search import judge, places
from dossier.model.articles import Paragraph, paragraph_at, paragraphs
from dossier.model.clean import clean, clean_same_length
from dossier.model.folding import Folded, fold
from dossier.model.markdown_words import as_read
from dossier.model.problems import DossierError
from dossier.model.quotations import QuotationMatch
from dossier.model.resolving import MIN_SIMILARITY
from dossier.model.similarity import FoldedWords, similarity, words_of

if TYPE_CHECKING:
    from dossier.desk.desk import Desk


_LONGEST = 400
"""Longer words are not looked for over line ends."""


class BriefVerdicts(Struct, frozen=True):
    """The verdicts on a brief."""

    verdicts: tuple[Verdict, ...]
    """In the order of lines."""

    @property
    def sound(self) -> bool:
        """Return whether every quotation and footnote was found, or is told by the brief itself to be no evidence."""
        return all(one.accepted for one in self.verdicts)


def verify_brief(desk: "Desk", text: str) -> BriefVerdicts:
    """A verdict on every quotation and footnote of a brief, and on everything in which it differs from the dossier.

    The quotations need the articles alone, no lock and no anchor. A text without any gets a verdict that says so.
    """
    return _Verifier(desk).verify(text)


def verify_files(desk: "Desk", files: Iterable[BriefFile]) -> Iterator[tuple[BriefFile, BriefVerdicts]]:
    """The same for each of some files; a file of a folder of notes may quote nothing."""
    verifier = _Verifier(desk)
    for file in files:
        yield file, verifier.verify(file.text, file.note, file.folder)


class _Verifier:
    """Holds briefs against one dossier, each article and entry made ready once."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._sources = _Sources(desk)
        self._expected = ExpectedNotes(desk, Dossier(desk))

    def verify(self, text: str, note: str = "", folder: NoteFolder = NO_FOLDER) -> BriefVerdicts:
        """The verdicts on a brief, or on the note of that name."""
        paragraphs = read_paragraphs(restore_footnotes(without_front_matter(text)))
        styled = read_styled(paragraphs)
        read = resolve_sources(self._desk, styled) if styled else read_brief(paragraphs)
        found = [] if note and not read.claims else verify(read, self._sources.find)
        if any(one.claim.doubted for one in found):
            unsound = _unsound_words(self._desk)
            found = [_frank(one, unsound) for one in found]
        if note or read.claims:
            told = {one.line for one in found if not one.accepted}
            brief = BriefDocument(paragraphs, read.claims, text, note, folder)
            found += [one for one in verify_details(self._desk, self._expected, brief) if one.line not in told]
        return BriefVerdicts(tuple(sorted(found, key=lambda one: one.line)))


def _unsound_words(desk: "Desk") -> list[str]:
    """The words of the dossier that are no evidence, folded as a brief shows them."""
    found: dict[str, None] = {}
    for anchored in desk.anchoring.all():
        if not anchored.evidence.sound:
            found[fold(clean(anchored.evidence.wanted.text))] = None
            entry = desk.entry(anchored.entry)
            if entry is not None and entry.kind == "quote":
                found[fold(clean(entry.text("text")))] = None
    return list(found)


def _frank(verdict: Verdict, unsound: list[str]) -> Verdict:
    """A verdict on words that the brief says are no evidence: they must be those of the dossier all the same."""
    claim = verdict.claim
    if not claim.doubted or verdict.outcome == "found" or any(fold(trimmed(claim.words)) in one for one in unsound):
        return verdict
    why = "the dossier has other words here, or none that need a look"
    return replace(verdict, claim=replace(claim, doubted=False), outcome="changed", why=why)


class _Source:
    """An article in which words are looked for, as a brief would show it."""

    def __init__(self, text: str, body: int, *, markdown: bool) -> None:
        self.shown = " " * body + clean_same_length(text[body:])
        self.folded = Folded(self.shown)
        self._read = Folded(as_read(self.shown, body), read=True) if markdown else None
        self.ranges: list[Paragraph] = paragraphs(text, body)

    @cached_property
    def words(self) -> FoldedWords:
        """The folded text word by word."""
        return words_of(self.folded.text)

    def find(self, claimed: str) -> Sighting:
        """Look for some words in it."""
        words = fold(claimed)
        for text in filter(None, (self.folded, self._read)):
            found = places(text, claimed)
            if found:
                return self._sighting(text, found)
        broken = _find_hyphenated(self.folded.text, words)
        if broken:
            start, end = self._span(*broken)
            return Sighting(
                "changed", self.shown[start:end], self._paragraphs(*broken), "a line end parts a word there"
            )
        alike = [one for one in similarity(self.words, "", words, "") if one.start < one.end]
        if not alike or alike[0].score < MIN_SIMILARITY:
            return Sighting("missing", why="only parts of longer words are so" if words in self.folded.text else "")
        start, end = self._span(alike[0].start, alike[0].end)
        return Sighting("changed", self.shown[start:end], self._paragraphs(alike[0].start, alike[0].end))

    def _sighting(self, text: Folded, found: list[QuotationMatch]) -> Sighting:
        """Judge words that were found; pieces that leave out a negation are not those of the source."""
        spans = [(text.start(one.start), text.end(one.end)) for one in found]
        start, end = spans[0]
        numbers = {number for one in spans for number in self._paragraph_numbers(*one)}
        judged = [judge(text, one, ((start, end),)) for one in found]
        outcome: Outcome = "found" if any(one.status == "exact" for one in judged) else "changed"
        why = "" if outcome == "found" else judged[0].why
        return Sighting(outcome, self.shown[start:end], tuple(sorted(numbers)), why)

    def _span(self, start: int, end: int) -> tuple[int, int]:
        return self.folded.start(start), self.folded.end(end)

    def _paragraphs(self, start: int, end: int) -> tuple[int, ...]:
        """The numbers of the paragraphs over which a folded stretch runs."""
        return self._paragraph_numbers(*self._span(start, end))

    def _paragraph_numbers(self, first: int, last: int) -> tuple[int, ...]:
        """The numbers of the paragraphs over which a stretch runs."""
        return tuple(range(paragraph_at(self.ranges, first), paragraph_at(self.ranges, last - 1) + 1))


def _find_hyphenated(text: str, words: str) -> tuple[int, int] | None:
    """The place of folded words of which one is hyphenated at the end of a line; None when they are nowhere."""
    if "- " not in text or not 0 < len(words) <= _LONGEST:
        return None
    match = re.search("(?:(?<=\\w)- (?=\\w))?".join(map(re.escape, words)), text)
    return match.span() if match else None


class _Sources:
    """The articles of a dossier, each made ready once."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._ready: dict[str, _Source | Sighting] = {}

    def find(self, article: str, words: str) -> Sighting:
        """Look for some words in the article of an id, or else of a title."""
        if article not in self._ready:
            self._ready[article] = self._open(article)
        source = self._ready[article]
        return source if isinstance(source, Sighting) else source.find(words)

    def _open(self, named: str) -> _Source | Sighting:
        entry = self._desk.entry(named)
        if entry is None or entry.kind != "article":
            titled = self._sources_of_title(named)
            if len(titled) != 1:
                why = f"several articles are called “{named}”" if titled else f"there is no article {named}"
                return Sighting("unchecked", why=why)
            named = titled[0]
        try:
            text = self._desk.anchoring.text(named)
            return _Source(text.original, text.body, markdown=text.markdown)
        except DossierError as error:
            return Sighting("unchecked", why=str(error))

    def _sources_of_title(self, title: str) -> list[str]:
        listing = self._desk.listing("articles")
        rows = (listing[at] for at in range(len(listing)))
        return [row.id for row in rows if fold(row.title) == fold(title)]
