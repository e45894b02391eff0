"""Find the bounds of a clause of indirect speech after its verb."""

from collections.abc import Iterator

from dossier.drafts.language import Language
from dossier.drafts.reading import Clause
from dossier.drafts.sentences import SentenceToken

_REACH = 14
"""Tokens within which a clause without *that* must show its verb."""


class ReportedClauses:
    """Finds the clause that tells what somebody said, in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def clause_begin(self, clause: Clause, verb: int) -> tuple[int, bool]:
        """The beginning of the clause behind the verb, and whether *that* opens it; -1 when none follows."""
        tokens, language = clause.tokens, self.language
        at = self._behind_aside(clause, verb + 1)
        if tokens[verb].low in language.tell:
            at = self._behind_object(clause, at)
        for place in range(at, min(len(tokens), at + 9)):
            if tokens[place].low in language.that:
                between = tokens[at:place]
                behind = tokens[place + 1] if place + 1 < len(tokens) else None
                told = tokens[verb].low in language.tell and self._is_plain(between)
                fits = told or self._may_intervene(between, behind)
                if fits and all(token.low not in language.finite for token in between):
                    return place + 1, True
                break
            if not tokens[place].is_word:
                break
        at = self._behind_time(clause, at)
        at = self._behind_occasion(clause, at)
        if at + 1 < len(tokens) and tokens[at].text == "," and tokens[at + 1].low not in language.cuts:
            at += 1
        if at >= len(tokens) or not tokens[at].is_word:
            return -1, False
        if at and tokens[at - 1].text == "," and tokens[at].low.endswith("ing"):
            return -1, False
        closed = language.prepositions | language.conjunctions | language.that
        if tokens[at].low in closed and tokens[at].low not in {"in", "if", "after"}:
            return -1, False
        if tokens[at].low in {"in", "after", "if"} and not self._comma_soon(clause, at):
            return -1, False
        return (at, False) if self.has_verb(clause, at) else (-1, False)

    def _behind_aside(self, clause: Clause, at: int) -> int:
        """Skip an adverb between commas: *suggested, falsely, that*."""
        tokens, language = clause.tokens, self.language
        if at + 3 >= len(tokens) or tokens[at].text != "," or tokens[at + 2].text != ",":
            return at
        low = tokens[at + 1].low
        return at + 3 if low in language.adverbs or low.endswith(language.adverb_ending) else at

    def _is_plain(self, between: tuple[SentenceToken, ...]) -> bool:
        """Return whether a few words go on with the addressee: *told Russian news agencies that*."""
        closed = self.language.prepositions | self.language.conjunctions | self.language.auxiliaries
        return len(between) <= 3 and all(token.is_word and token.low not in closed for token in between)

    def _may_intervene(self, between: tuple[SentenceToken, ...], behind: SentenceToken | None) -> bool:
        """Return whether tokens may stand between a verb and its *that*: when and where it was said, but no object."""
        days = {*self.language.weekdays, *(word for word, _ in self.language.relative_days)}
        opens = self.language.prepositions - {"of", "about", "for", "with", "like", "as"} | self.language.adverbs | days
        relative = behind is not None and behind.low in self.language.finite  # *proposed legislation that would*
        alone = len(between) == 1 and between[0].low not in self.language.prepositions and not relative
        return not between or between[0].low in opens or alone

    def _behind_occasion(self, clause: Clause, at: int) -> int:
        """Skip *in an interview with X*, when a pronoun shows where the clause begins."""
        tokens, language = clause.tokens, self.language
        if at >= len(tokens) or tokens[at].low not in language.prepositions - {"to", "of", "by", "from", "with"}:
            return at
        pronouns = language.he | language.they | {"it", "we"}
        for place in range(at + 1, min(len(tokens) - 1, at + 11)):
            if not tokens[place].is_word:
                break
            if tokens[place].low in pronouns and tokens[place + 1].low in language.finite:
                return place
        return at

    def _behind_object(self, clause: Clause, at: int) -> int:
        """Skip the addressee, as in *told reporters on Monday*."""
        tokens, language = clause.tokens, self.language
        name = next((name for name in clause.names if name.first <= at <= name.last), None)
        if name is not None:
            return name.last + 1
        begin = at
        if at < len(tokens) and tokens[at].low in language.that:
            return at
        while at < len(tokens) and at < begin + 2 and tokens[at].low in language.determiners:
            at += 1
        if at < len(tokens) and tokens[at].is_word:
            following = next((name for name in clause.names if name.first == at), None)
            at = following.last + 1 if following else at + 1
        return at

    def _behind_time(self, clause: Clause, at: int) -> int:
        tokens, language = clause.tokens, self.language
        days = {*language.weekdays, *(word for word, _ in language.relative_days)}
        while at < len(tokens):
            if tokens[at].low in days or tokens[at].low in {"morning", "night", "evening", "afternoon"}:
                at += 1
            elif tokens[at].low in language.on and at + 1 < len(tokens) and tokens[at + 1].low in days:
                at += 2
            elif tokens[at].text == "," and at and tokens[at - 1].low in days:
                at += 1
            else:
                break
        return at

    def _comma_soon(self, clause: Clause, at: int) -> bool:
        return any(token.text == "," for token in clause.tokens[at + 1 : at + 9])

    def has_verb(self, clause: Clause, at: int, limit: int = 10**6) -> bool:
        """Return whether a clause with a verb of its own begins at the token `at`, not a mere object."""
        tokens, language = clause.tokens, self.language
        opens = tokens[at].low in language.prepositions | language.conjunctions
        for place in range(at + 1, min(len(tokens), at + _REACH, limit)):
            token = tokens[place]
            if token.text in {".", ";", ":"} or (token.text == "," and not opens):
                return False
            before = tokens[place - 1].low
            if token.low in language.clause_breaks and not opens:
                return False  # *declared last Friday so he could fund*
            if token.low in language.finite and before not in language.who and before not in {"which", "that", "to"}:
                return True
            past = len(token.low) > 4 and token.low.endswith("ed") and not token.capital
            if past and place - at >= 1 and before not in language.determiners | language.prepositions | language.be:
                behind = tokens[place + 1].low if place + 1 < len(tokens) else ""
                return behind not in {"by", "in"}
        return False

    def parts(self, clause: Clause, begin: int) -> Iterator[tuple[int, int]]:
        """The stretches of a clause of indirect speech: *that …, and that …* are two."""
        tokens, language = clause.tokens, self.language
        first = begin
        end = len(tokens)
        for at in range(begin + 1, len(tokens)):
            token, before = tokens[at], tokens[at - 1]
            if token.text == ";" or (before.text == "," and token.low in language.cuts):
                end = at - (before.text == ",")
                break
            if before.text == "," and self._attribution_begins(clause, at):
                end = at - 1
                break
        for at in range(begin + 2, end):
            if tokens[at].low in language.that and tokens[at - 1].low in {"and", "but"}:
                last = at - 1 - (tokens[at - 2].text == ",")
                yield first, last
                first = at + 1
        yield first, end

    def _attribution_begins(self, clause: Clause, at: int) -> bool:
        """Return whether another attribution begins behind a comma: *…, but X said*, *…, according to X*."""
        return any(place == at for place, _ in clause.according)
