"""Finds out under which convention the offsets of a file lead to words."""

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from dossier.exchange.offsets import CONVENTIONS, Convention, Places, Selection, Span, reduced, traits_of
from dossier.model.anchors import cuts_word
from dossier.model.folding import fold
from dossier.model.problems import DossierError

ENOUGH = 0.9
"""The least share of edges that must fall on edges of words: selections made by hand now and then cut a word."""
LEAD = 3
"""By how many points a convention must be ahead of one that leads elsewhere. An edge between words counts two, one with
white space inside of it, as where a double click takes the space along, one; words that agree count as many as this."""


class _Outcome(Struct, frozen=True):
    """The selections of one document under one convention."""

    spans: tuple[Span | None, ...]
    points: tuple[int, ...]
    """Of each, how well its two edges fall on edges of words, from 0 to 4."""
    whole: int
    """How many edges cut no word."""
    agreeing: tuple[bool | None, ...]
    """Of each, whether the words beside it agree; None when there are none."""


class Detector:
    """Takes the selections of a file, document by document, and then says how they are counted."""

    def __init__(self) -> None:
        self._documents: list[dict[Convention, _Outcome]] = []
        self._reduced: list[frozenset[str]] = []
        self.selections = 0
        """How many were taken."""

    def add(self, text: str, selections: Sequence[Selection]) -> None:
        """Take the selections of a document; empty ones say nothing."""
        telling = [one for one in selections if one.start < one.end or one.words]
        if not telling:
            return
        traits = traits_of(text)
        self.selections += len(telling)
        self._reduced.append(traits)
        outcomes: dict[Convention, _Outcome] = {}
        counted: dict[Convention, Places] = {}
        for one in dict.fromkeys(reduced_all(traits)):
            exclusive = replace(one, inclusive=False)
            if exclusive not in counted:
                counted[exclusive] = Places(text, exclusive)
            places = counted[exclusive].with_end(inclusive=one.inclusive)
            outcomes[one] = _outcome(text, places, telling)
        self._documents.append(outcomes)

    def decide(self, what: str, usual: Sequence[Convention] = ()) -> Convention:
        """The convention of the file that `what` names; the standard one when there is no selection.

        Where several do as well as each other, the only one among them that is `usual` for the format is taken.

        Raises:
            DossierError: none fits, or several that lead to different words.

        """
        if not self._documents:
            return CONVENTIONS[0]
        ranked = sorted(self._groups(), key=lambda group: group.rank, reverse=True)
        best = ranked[0]
        if best.wrong or best.good < ENOUGH * best.edges:
            why = f"at best {best.good} of {best.edges} edges fall on edges of words"
            if best.wrong:
                why = f"{best.wrong} of {self.selections} selections do not lead to the words beside them"
            raise DossierError(
                f"{what}: under no way of counting do its offsets lead to words ({best.convention}: {why}); are its"
                " texts those it was made with?"
            )
        rivals = [other for other in ranked[1:] if not self._ahead(best, other)]
        if not rivals:
            return best.convention
        chosen = [group for group in (best, *rivals) if not group.held.isdisjoint(usual)]
        if len(chosen) == 1 and not chosen[0].wrong and chosen[0].good >= ENOUGH * chosen[0].edges:
            return next(one for one in usual if one in chosen[0].held)
        raise DossierError(
            f"{what}: its offsets lead to words under two ways of counting ({best.convention}; or"
            f" {rivals[0].convention}); say which holds with --offsets."
        )

    def _groups(self) -> "list[_Group]":
        """The conventions, those that lead to the same places as one, under the plainest of them."""
        groups: dict[tuple[tuple[Span | None, ...], ...], _Group] = {}
        sequences = [reduced_all(traits) for traits in self._reduced]
        for number, convention in enumerate(CONVENTIONS):
            reductions = tuple(sequence[number] for sequence in sequences)
            outcomes = [found[one] for found, one in zip(self._documents, reductions, strict=True)]
            key = tuple(outcome.spans for outcome in outcomes)
            if key not in groups:
                groups[key] = _Group(convention, tuple(outcomes), number)
            groups[key].held.add(convention)
        return list(groups.values())

    @staticmethod
    def _ahead(best: "_Group", other: "_Group") -> bool:
        """Whether `best` does clearly better where the two lead to different places."""
        lead = 0
        for one, two in zip(best.outcomes, other.outcomes, strict=True):
            if one is two or one.spans == two.spans:
                continue
            for at, span in enumerate(one.spans):
                if span != two.spans[at]:
                    lead += one.points[at] - two.points[at]
                    lead += LEAD * ((one.agreeing[at] is True) - (two.agreeing[at] is True))
        return lead >= LEAD


class _Group:
    """Conventions that lead to the same places."""

    def __init__(self, convention: Convention, outcomes: tuple[_Outcome, ...], number: int) -> None:
        self.convention = convention
        self.held: set[Convention] = set()
        """All of them."""
        self.outcomes = outcomes
        self.points = sum(sum(outcome.points) for outcome in outcomes)
        self.good = sum(outcome.whole for outcome in outcomes)
        self.edges = 2 * sum(len(outcome.spans) for outcome in outcomes)
        self.wrong = sum(outcome.agreeing.count(False) for outcome in outcomes)
        self.rank = (-self.wrong, self.points, -number)


@lru_cache(maxsize=256)
def reduced_all(traits: frozenset[str]) -> tuple[Convention, ...]:
    """For every convention the one that stands for it in a text of these traits."""
    return tuple(reduced(convention, traits) for convention in CONVENTIONS)


def _outcome(text: str, places: Places, selections: Sequence[Selection]) -> _Outcome:
    spans = tuple(places.span(one.start, one.end) for one in selections)
    points = tuple(0 if span is None else _points(text, *span) for span in spans)
    whole = sum((not cuts_word(text, span[0])) + (not cuts_word(text, span[1])) for span in spans if span is not None)
    agreeing = tuple(
        _agrees(text, span, one) if one.words else None for span, one in zip(spans, selections, strict=True)
    )
    return _Outcome(spans, points, whole, agreeing)


def _points(text: str, start: int, end: int) -> int:
    """How well the two edges lie between words."""
    first = 0 if cuts_word(text, start) else 2 - _is_blank(text[start])
    return first + (0 if cuts_word(text, end) else 2 - _is_blank(text[end - 1]))


def _is_blank(character: str) -> bool:
    return character.isspace() or character in "\u200b\u2060\ufeff"


def _agrees(text: str, span: Span | None, selection: Selection) -> bool | None:
    """Whether the words beside a selection are those it leads to; words that may be a label can only speak for it."""
    if span is None:
        return None if selection.likely else False
    there, words = fold(text[slice(*span)]), fold(selection.words)
    if selection.likely:
        return True if there.startswith(words) else None
    return there == words
