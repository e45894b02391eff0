"""A brief held against the articles it quotes, as they are now: every quotation and footnote, whatever became of it."""

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from dossier.desk.evidence.styled_briefs import resolve_sources, verify_leads
from dossier.export.briefs import read_brief
from dossier.export.styles.reading import read_styled
from dossier.export.styles.restoring import restore_footnotes, without_front_matter
from dossier.export.verdicts import Sighting, Verdict, verify
from dossier.model.anchors import occurrences
from dossier.model.articles import Paragraph, body_start, paragraph_at, paragraphs
from dossier.model.clean import clean_same_length
from dossier.model.folding import Folded, fold
from dossier.model.problems import DossierError
from dossier.model.resolving import LEAST
from dossier.model.similarity import Words, similarity, words_of

if TYPE_CHECKING:
    from dossier.desk.desk import Desk


class Verified(Struct, frozen=True):
    """What is to be said of a brief."""

    verdicts: tuple[Verdict, ...]
    """In the order of lines; never empty."""

    @property
    def sound(self) -> bool:
        """Whether every quotation and footnote was found."""
        return all(one.outcome == "found" for one in self.verdicts)


def verify_brief(desk: "Desk", text: str, *, among_others: bool = False) -> Verified:
    """A verdict on every quotation and footnote of a brief; needs the articles alone, no lock and no anchor.

    A file among others, as in a folder of notes, may quote nothing; alone, it gets a verdict that says so.
    """
    text = restore_footnotes(without_front_matter(text))
    sources = _Sources(desk)
    styled = read_styled(text)
    if styled is None:
        read = read_brief(text)
        return Verified(() if among_others and not read.claims else tuple(verify(read, sources.find)))
    if among_others and not styled.brief.claims:
        return Verified(())
    found = verify(resolve_sources(desk, styled.brief), sources.find)
    return Verified(tuple(sorted([*found, *verify_leads(desk, styled)], key=lambda one: one.line)))


class _Source:
    """An article in which words are looked for, as a brief would show it."""

    def __init__(self, text: str) -> None:
        body = body_start(text)
        self.shown = " " * body + clean_same_length(text[body:])
        self.folded = Folded(self.shown)
        self.ranges: list[Paragraph] = paragraphs(text, body)

    @cached_property
    def words(self) -> Words:
        """The folded text word by word."""
        return words_of(self.folded.text)

    def find(self, claimed: str) -> Sighting:
        """What it says to some words."""
        words = fold(claimed)
        places = occurrences(self.folded.text, words)
        if places:
            start, end = self._span(places[0], places[0] + len(words))
            numbers = (self._paragraphs(at, at + len(words)) for at in places)
            return Sighting("found", self.shown[start:end], tuple(sorted({n for some in numbers for n in some})))
        alike = [one for one in similarity(self.words, "", words, "") if one.start < one.end]
        if not alike or alike[0].score < LEAST:
            return Sighting("missing", why="only parts of longer words are so" if words in self.folded.text else "")
        start, end = self._span(alike[0].start, alike[0].end)
        return Sighting("changed", self.shown[start:end], self._paragraphs(alike[0].start, alike[0].end))

    def _span(self, start: int, end: int) -> tuple[int, int]:
        return self.folded.start(start), self.folded.end(end)

    def _paragraphs(self, start: int, end: int) -> tuple[int, ...]:
        """The numbers of the paragraphs over which a folded stretch runs."""
        first, last = self._span(start, end)
        return tuple(range(paragraph_at(self.ranges, first), paragraph_at(self.ranges, last - 1) + 1))


class _Sources:
    """The articles of a dossier, each made ready once."""

    def __init__(self, desk: "Desk") -> None:
        self._desk = desk
        self._ready: dict[str, _Source | Sighting] = {}

    def find(self, article: str, words: str) -> Sighting:
        """What the article of an id, or else of a title, says to some words."""
        if article not in self._ready:
            self._ready[article] = self._open(article)
        source = self._ready[article]
        return source if isinstance(source, Sighting) else source.find(words)

    def _open(self, named: str) -> _Source | Sighting:
        entry = self._desk.entry(named)
        if entry is None or entry.kind != "article":
            titled = self._titled(named)
            if len(titled) != 1:
                why = f"several articles are called “{named}”" if titled else f"there is no article {named}"
                return Sighting("unchecked", why=why)
            named = titled[0]
        try:
            return _Source(self._desk.anchoring.text(named).original)
        except DossierError as error:
            return Sighting("unchecked", why=str(error))

    def _titled(self, title: str) -> list[str]:
        listing = self._desk.listing("articles")
        rows = (listing[at] for at in range(len(listing)))
        return [row.id for row in rows if fold(row.title) == fold(title)]
