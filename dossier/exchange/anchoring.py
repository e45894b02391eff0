"""Build the anchor of a passage of an imported file: its words, and which occurrence of them."""

from bisect import bisect_left
from functools import cached_property
from itertools import product
from typing import Literal, Self

from msgspec import Struct
from msgspec.structs import replace

from dossier.exchange.records import DocumentPassage, Losses
from dossier.exchange.yaml_text import one_line
from dossier.model.anchor_search import places as quoted_places
from dossier.model.folding import Folded, fold
from dossier.model.locked import CONTEXT
from dossier.model.problems import DossierError
from dossier.model.resolving import Text
from dossier.model.surroundings import TELLING
from dossier.model.word_boundaries import splits_word

Outcome = Literal["exact", "inside a word", "ambiguous", "missing"]
OUTCOMES: tuple[Outcome, ...] = ("exact", "inside a word", "ambiguous", "missing")
"""What can be said of an imported anchor; one inside a word was widened to whole words and is exact then."""


_OPENING, _CLOSING = "\"“„«»「『‘'", "\"”“»«」』’'"


LONGEST = 50_000
"""Characters of a selection that can be an anchor; what is longer is a coding of the whole text."""
_MOST_WORDS = 20_000_000
"""Characters of all anchors of an import: overlapping selections repeat their words in what is written."""
_MOST_STEPS = 2_000_000
"""Steps of looking for the words of an import, each about a microsecond."""
_MOST_STEPS_ONCE = 300_000
"""Steps of looking for the words of one anchor in one text; no anchor leads to places behind."""
_STEP = 100  # characters that are compared in the time of a step


class NewAnchor(Struct, frozen=True):
    """An anchor to write."""

    words: str
    occurrence: int = 0
    """From 1; 0 when the words stand once, or when nothing tells which is meant."""
    outcome: Outcome = "exact"
    why: str = ""
    """What there is to say of it when it is not exact."""
    start: int = -1
    """Where it stands in the text; -1 when that is not known."""
    end: int = -1


class AnchorText:
    """A document's text in which passages are looked for, by the rules by which a dossier looks for anchors."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._resolver = Text(text, "", front=False)
        self.steps = 0
        """Steps of looking for words so far."""

    @classmethod
    def of(cls, resolver: Text) -> Self:
        """The text of an article that a dossier has: Markdown is looked in as it is read, without its front matter."""
        made = cls(resolver.original)
        made._resolver = resolver
        return made

    @property
    def folded(self) -> Folded:
        """The text as the resolver sees it."""
        return self._resolver.folded

    @cached_property
    def _occurrence_cache(self) -> dict[str, list[int]]:
        return {}

    def _occurrences(self, words: str) -> list[int]:
        if words not in self._occurrence_cache:
            cost = 1 + len(words) // _STEP
            tries = _MOST_STEPS_ONCE // cost
            self._occurrence_cache[words], tried = occurrences(self.folded, words, tries)
            self.steps += tried * cost
        return self._occurrence_cache[words]

    def anchor(self, passage: DocumentPassage) -> NewAnchor | None:
        """The anchor of a passage; None when it holds nothing but white space."""
        if 0 <= passage.start < passage.end <= len(self.text):
            there = self.text[passage.start : passage.end]
            if not passage.words or fold(passage.words) == fold(there):
                return self._anchor_at(passage.start, passage.end)
        return self._anchor_by_words(passage) if fold(passage.words) else None

    def as_told(self, words: str, anchor: NewAnchor) -> NewAnchor:
        """The anchor by these words, when they lead to its place otherwise than as they stand there: in pieces."""
        if fold(anchor.words) == fold(words) or anchor.start < 0:
            return anchor
        spans = [(self.folded.start(one.start), self.folded.end(one.end)) for one in quoted_places(self.folded, words)]
        if (anchor.start, anchor.end) not in spans:
            return anchor
        occurrence = spans.index((anchor.start, anchor.end)) + 1 if len(spans) > 1 else 0
        return replace(anchor, words=one_line(words), occurrence=occurrence)

    def is_quoted(self, start: int, end: int) -> bool:
        """Return whether a passage stands between quotation marks."""
        before = self.text[max(start - 2, 0) : start].rstrip()
        after = self.text[end : end + 2].lstrip(" .,;:!?")
        return (before[-1:] in _OPENING and after[:1] in _CLOSING and bool(before and after)) or (
            self.text[start] in _OPENING and self.text[end - 1] in _CLOSING
        )

    def _anchor_at(self, start: int, end: int) -> NewAnchor | None:
        text = self.text
        while start < end and not fold(text[start]):
            start += 1
        while end > start and not fold(text[end - 1]) and not _joins(text[end - 1]):
            end -= 1
        if start == end:
            return None
        first, last = start, end
        while first > 0 and splits_word(text, first):
            first -= 1
        while last < len(text) and splits_word(text, last):
            last += 1
        position = self.folded.position(first)
        words = text[first:last]
        if self._resolver.markdown:
            words = self.folded.text[position : self.folded.position(last)]
        places = self._occurrences(fold(words))
        if position not in places:
            return NewAnchor(one_line(words), outcome="missing", why="no anchor can lead to this place of the text")
        occurrence = places.index(position) + 1 if len(places) > 1 else 0
        if (first, last) == (start, end):
            return NewAnchor(one_line(words), occurrence, start=first, end=last)
        why = f"“{one_line(text[start:end])}” began or ended inside a word and was widened"
        return NewAnchor(one_line(words), occurrence, "inside a word", why, first, last)

    def _anchor_by_words(self, passage: DocumentPassage) -> NewAnchor:
        words = fold(passage.words)
        shown = one_line(passage.words)
        places = self._occurrences(words)
        if not places:
            inside = words in self.folded.text
            why = "the words stand there only as parts of longer words" if inside else "the words are not in the text"
            return NewAnchor(shown, outcome="missing", why=why)
        chosen = _places_in_context(self.folded, places, words, passage)
        if len(chosen) != 1:
            return NewAnchor(shown, outcome="ambiguous", why=f"the words stand at {len(places)} places")
        at = chosen[0]
        occurrence = places.index(at) + 1 if len(places) > 1 else 0
        return NewAnchor(shown, occurrence, start=self.folded.start(at), end=self.folded.end(at + len(words)))


class AnchorMaker:
    """Makes the anchors of one import, and bounds what they may cost in all."""

    def __init__(self, losses: Losses) -> None:
        self._losses = losses
        self._words = 0
        self._steps = 0

    def anchor(self, text: AnchorText, passage: DocumentPassage) -> NewAnchor | None:
        """The anchor of a passage; None when it is empty or too long for one, which is counted.

        Raises:
            DossierError: the anchors cost more than those of an import may.

        """
        if max(passage.end - passage.start, len(passage.words)) > LONGEST:
            self._losses.lose(f"selections of more than {LONGEST:,} characters, which stand for the whole text")
            return None
        before = text.steps
        found = text.anchor(passage)
        self._steps += text.steps - before
        if found is None:
            self._losses.lose("empty selections")
            return None
        self._words += len(found.words)
        if self._words > _MOST_WORDS or self._steps > _MOST_STEPS:
            raise DossierError(
                f"The selections hold more than {_MOST_WORDS:,} characters, or their words stand in the texts too often"
                " to be looked for; import fewer of them at a time."
            )
        return found


def occurrences(text: Folded, words: str, tries: int) -> tuple[list[int], int]:
    """The positions of folded words as `dossier.model.anchor_search.occurrences` gives them, and how many were tried.

    It ends after so many tries: `aa` stands at a million places of a text of one letter.
    """
    folded, raw = text.text, text.raw
    found: list[int] = []
    tried = 0
    at = folded.find(words) if words else -1
    while at >= 0 and tried < tries:
        tried += 1
        if not splits_word(folded, at, raw) and not splits_word(folded, at + len(words), raw):
            found.append(at)
        at = folded.find(words, at + 1)
    return found, tried


def _joins(character: str) -> bool:
    return bool(fold("a" + character) != "a")


def _places_in_context(text: Folded, places: list[int], words: str, passage: DocumentPassage) -> list[int]:
    """The places that the surroundings choose; the surroundings are shortened until they match somewhere.

    What stands around a selection on a page is not always what stands around it in the text: furniture lies between.
    """
    if len(places) == 1:
        return places
    before, after = fold(passage.before)[-CONTEXT:], fold(passage.after)[:CONTEXT]
    found = _places_between(text, places, words, before, after)
    while not found and len(before) + len(after) + 1 >= TELLING:
        sides = ((before, after), (before, ""), ("", after))
        for first, last in sides:
            if len(first) + len(last) + 1 >= TELLING:  # less stands at a wrong place too easily
                some = _places_between(text, places, words, first, last)
                if len(some) == 1:
                    return some
        before, after = before[len(before) // 4 + 1 :], after[: len(after) - len(after) // 4 - 1]
    return found or places


def _places_between(text: Folded, places: list[int], words: str, before: str, after: str) -> list[int]:
    """The places of the words that stand between these surroundings, the first two; none without surroundings."""
    if not (before or after):
        return []
    before, after, folded = before.strip(), after.strip(), text.text
    found: set[int] = set()
    # Other programs cut surroundings inside words, so that a space need not stand beside them.
    for left, right in product({f"{before} ", before} if before else {""}, {f" {after}", after} if after else {""}):
        at = folded.find(left + words + right)
        while at >= 0 and len(found) < 2:
            place = bisect_left(places, at + len(left))
            found.update(one for one in places[place : place + 1] if one == at + len(left))
            at = folded.find(left + words + right, at + 1)
    return sorted(found)
