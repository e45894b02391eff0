"""Find out under which convention the offsets of a file lead to words."""

from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from dossier.exchange.offsets import CONVENTIONS, Convention, Places, Selection, Span, reduce_convention, traits_of
from dossier.model.folding import fold
from dossier.model.problems import DossierError
from dossier.model.word_boundaries import splits_letters

ENOUGH = 0.9
"""The least share of edges that must fall on edges of words: selections made by hand now and then cut a word."""
LEAD = 3
"""By how many points a convention must be ahead of one that leads elsewhere. An edge between words counts two, one with
white space inside of it, as where a double click takes the space along, one; words that agree count as many as this."""


_BLANKS = 1_000
"""How many characters of white space may stand in a selection beyond three times those of its words: without a bound,
each selection of a whole text would be folded under each convention."""


class _Outcome:
    """The selections of texts that are alike in what conventions differ on, under one convention."""

    def __init__(self) -> None:
        self.spans: list[Span | None] = []
        self.points: list[int] = []
        """Of each, how well its two edges fall on edges of words, from 0 to 4."""
        self.whole = 0
        """How many edges cut no word."""
        self.agreeing: list[bool | None] = []
        """Of each, whether the words beside it agree; None when there are none."""
        self.disagreeing = ""
        """The words of the first with which they do not."""
        self.single_spans: list[Span | None] = []
        """The places of selections that begin where they end: one character where ends are inclusive, else none."""
        self.single_points: list[int] = []

    def take(self, text: str, places: Places, selections: Sequence[Selection]) -> None:
        """Take in the selections of a text."""
        for one in selections:
            span = places.span(one.start, one.end)
            if not _tells(one):
                if places.inclusive:
                    self.single_spans.append(span)
                    self.single_points.append(sum(_edges(text, span)))
                continue
            self.spans.append(span)
            self.agreeing.append(_agrees(text, span, one) if one.words else None)
            if self.agreeing[-1] is False and not self.disagreeing:
                self.disagreeing = one.words
            first, last = _edges(text, span)
            self.points.append(first + last)
            self.whole += (first > 0) + (last > 0)


class Detector:
    """Takes the selections of a file, document by document, and then says how they are counted."""

    def __init__(self) -> None:
        self._outcomes: dict[frozenset[str], dict[Convention, _Outcome]] = {}
        """By the traits of texts, then by what conventions come to in such texts."""
        self.selections = 0
        """How many were taken."""
        self.doubt = ""
        """A sentence on another convention that fits as well as the usual one that was decided for; mostly empty."""

    def add(self, text: str, selections: Sequence[Selection]) -> None:
        """Take the selections of a document; one that begins where it ends only tells inclusive conventions apart."""
        if not selections:
            return
        traits = traits_of(text)
        self.selections += sum(map(_tells, selections))
        if traits not in self._outcomes:
            self._outcomes[traits] = {one: _Outcome() for one in reduced_all(traits)}
        counted: dict[Convention, Places] = {}
        for one, outcome in self._outcomes[traits].items():
            exclusive = replace(one, inclusive=False) if one.inclusive else one
            if exclusive not in counted:
                counted[exclusive] = Places(text, exclusive)
            outcome.take(text, counted[exclusive].with_end(inclusive=one.inclusive), selections)

    def decide(self, what: str, usual: Sequence[Convention] = ()) -> Convention:
        """The convention of the file that `what` names; the standard one when there is no selection.

        Where several do as well as each other, the only one among them that is `usual` for the format is taken.

        Raises:
            DossierError: none fits, or several that lead to different words.

        """
        if not self.selections:
            return CONVENTIONS[0]
        ranked = sorted(self._groups(), key=lambda group: group.rank, reverse=True)
        best = ranked[0]
        if best.wrong or best.good < ENOUGH * best.edges:
            why = f"at best {best.good} of {best.edges} edges fall on edges of words"
            if best.wrong:
                words = next(filter(None, (outcome.disagreeing for outcome in best.outcomes)), "")[:80]
                why = f"{best.wrong} of {self.selections} selections do not lead to the words beside them, as “{words}”"
            raise DossierError(
                f"{what}: under no way of counting do its offsets lead to words ({best.convention}: {why}); are its"
                " texts those it was made with?"
            )
        rivals = [other for other in ranked[1:] if not self._ahead(best, other)]
        if not rivals:
            return best.convention
        chosen = [group for group in (best, *rivals) if not group.held.isdisjoint(usual)]
        if len(chosen) == 1 and not chosen[0].wrong and chosen[0].good >= ENOUGH * chosen[0].edges:
            found = next(one for one in usual if one in chosen[0].held)
            other = next(group for group in (best, *rivals) if group is not chosen[0])
            self.doubt = (
                f"{what}: its offsets would lead to words as well if they counted {other.convention}; they were read as"
                f" {found}, which is usual for the format."
            )
            return found
        raise DossierError(
            f"{what}: its offsets lead to words under two ways of counting ({best.convention}; or"
            f" {rivals[0].convention}); say which holds with --offsets."
        )

    def _groups(self) -> "list[_Group]":
        """The conventions, those that lead to the same places as one, under the plainest of them."""
        groups: list[_Group] = []
        sequences = [(found, reduced_all(traits)) for traits, found in self._outcomes.items()]
        for number, convention in enumerate(CONVENTIONS):
            outcomes = [found[sequence[number]] for found, sequence in sequences]
            same = next((one for one in groups if one.leads_to(outcomes)), None)
            if same is None:
                same = _Group(convention, outcomes, number)
                groups.append(same)
            same.held.add(convention)
        return groups

    @staticmethod
    def _ahead(best: "_Group", other: "_Group") -> bool:
        """Return whether `best` does clearly better where the two lead to different places."""
        lead = 0
        for one, two in zip(best.outcomes, other.outcomes, strict=True):
            if one is two:
                continue
            if one.single_spans and two.single_spans:
                places = zip(one.single_spans, two.single_spans, one.single_points, two.single_points, strict=True)
                lead += sum(points - other for here, there, points, other in places if here != there)
            for at, span in enumerate(one.spans):
                if span != two.spans[at]:
                    lead += one.points[at] - two.points[at]
                    lead += LEAD * ((one.agreeing[at] is True) - (two.agreeing[at] is True))
        return lead >= LEAD


class _Group:
    """Conventions that lead to the same places."""

    def __init__(self, convention: Convention, outcomes: list[_Outcome], number: int) -> None:
        self.convention = convention
        self.held: set[Convention] = set()
        """All of them."""
        self.outcomes = outcomes
        self.points = sum(sum(outcome.points) for outcome in outcomes)
        self.good = sum(outcome.whole for outcome in outcomes)
        self.edges = 2 * sum(len(outcome.spans) for outcome in outcomes)
        self.wrong = sum(outcome.agreeing.count(False) for outcome in outcomes)
        self.rank = (-self.wrong, self.points, -number)

    def leads_to(self, outcomes: list[_Outcome]) -> bool:
        """Return whether these are the same places."""
        return all(
            one is two or (one.spans == two.spans and one.single_spans == two.single_spans)
            for one, two in zip(self.outcomes, outcomes, strict=True)
        )


@lru_cache(maxsize=256)
def reduced_all(traits: frozenset[str]) -> tuple[Convention, ...]:
    """The representative of every convention in a text of these traits."""
    return tuple(reduce_convention(convention, traits) for convention in CONVENTIONS)


def _tells(selection: Selection) -> bool:
    """Return whether the offsets of a selection are of use under every convention."""
    return selection.start < selection.end or bool(selection.words)


def _edges(text: str, span: Span | None) -> tuple[int, int]:
    """The points of the two edges of a place, 0 to 2 each; none for no place."""
    if span is None:
        return 0, 0
    start, end = span
    first = 0 if splits_letters(text, start) else 2 - _is_blank(text[start])
    last = 0 if splits_letters(text, end) else 2 - _is_blank(text[end - 1])
    return first, last


def _is_blank(character: str) -> bool:
    return character.isspace() or character in "\u200b\u2060\ufeff"


def _agrees(text: str, span: Span | None, selection: Selection) -> bool | None:
    """Return whether the words beside a selection are those it leads to; what may be a label can only affirm it."""
    if span is None:
        return None if selection.likely else False
    start, end = span
    words = fold(selection.words)
    longest = 4 * len(words) + _BLANKS
    if selection.likely:
        return True if fold(text[start : min(end, start + longest)]).startswith(words) else None
    return end - start <= longest and fold(text[start:end]) == words
