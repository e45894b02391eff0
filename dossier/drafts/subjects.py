"""Noun phrases: their heads, and what prepositions add to them."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from dossier.drafts.language import Language
from dossier.drafts.names import NameCandidate
from dossier.drafts.sentences import Sentence, SentenceToken

SubjectKind = Literal["name", "pronoun", "noun"]


class Subject(Struct, frozen=True, gc=False):
    """The words that name a speaker."""

    kind: SubjectKind
    first: int
    """Index of the first token."""
    last: int
    """Index of the last token."""
    start: int
    end: int
    name: NameCandidate | None = None
    """The name, when it is one."""


class NounPhrases:
    """Finds what belongs to a noun in one sentence."""

    def __init__(self, sentence: Sentence, names: Sequence[NameCandidate], language: Language) -> None:
        self.sentence = sentence
        self.language = language
        self.names = names
        self._of: dict[int, NameCandidate] = {at: name for name in names for at in range(name.first, name.last + 1)}

    def _phrase(self, first: int, last: int) -> Subject | None:
        """The head of the noun phrase that ends at `last`, without what prepositions add to it."""
        sentence = self.sentence
        if sentence[last].low in self.language.he | self.language.they and last not in self._of:
            return self._subject("pronoun", last, last)
        if sentence[last].low.partition("'")[0] in self.language.other_pronouns and last not in self._of:
            return None
        head = last
        for _ in range(6):
            governor = self._governor(head, first)
            if governor <= first:
                break
            head = governor - 1
        name = self._of.get(head)
        if name is not None and not name.office:
            return self._subject("name", name.first, name.last, name)
        return self._noun(first, head, last)

    def coordinated(self, subject: Subject) -> list[NameCandidate]:
        """The names that stand with a name: *X* of *X and Y said*; none for one that hangs on a preposition."""
        if subject.name is None:
            return []
        found: list[NameCandidate] = []
        name, joined = subject.name, False
        while name.first > 1:
            low, before = self.sentence[name.first - 1].low, self._of.get(name.first - 2)
            comma = joined and self.sentence[name.first - 1].text == ","
            if before is None or before.possessive or before.office or not (comma or low in self.language.with_and):
                break
            found.insert(0, before)
            name, joined = before, True
        if found and self.governed(found[0]):
            return []
        behind = subject.name.last + 1
        if behind + 1 < len(self.sentence) and self.sentence[behind].low in self.language.with_and:
            after = self._of.get(behind + 1)
            verb = after.last + 1 if after else -1
            ends = after is not None and (verb >= len(self.sentence) or not self.sentence[verb].is_word)
            if after is not None and ends and not (after.office or after.possessive):
                found.append(after)
        return found

    def governed(self, name: NameCandidate) -> bool:
        """Return whether a name hangs on a preposition (*to Martin Smith*), so that it is no subject."""
        return self._governor(name.last, 0) >= 0

    def _governor(self, head: int, first: int) -> int:
        """The preposition that the phrase ending at `head` hangs on; -1 when it hangs on none."""
        at = self._of[head].first - 1 if head in self._of else head - 1
        while at >= first:
            token = self.sentence[at]
            if not token.is_word or token.low in self.language.finite:
                return -1
            if token.low in self.language.prepositions and at not in self._of:
                return at
            if token.low in self.language.genitive and at > first and self.sentence[at - 1].capital:
                return at
            if at in self._of and self._of[at].possessive:
                at = self._of[at].first - 1
                continue
            if at in self._of:
                if self.sentence[at + 1].low not in {"and", "&"}:
                    return -1
                at = self._of[at].first
            at -= 1
        return -1

    def _noun(self, first: int, head: int, last: int) -> Subject | None:
        """A common noun with what stands before it; None for a word that is none."""
        language = self.language
        if not self.sentence[head].is_word or self.sentence[head].text[0].isdigit():
            return None
        begin = head
        while begin > first:
            before = self.sentence[begin - 1]
            if not before.is_word or (before.low in language.prepositions and begin - 1 not in self._of):
                break
            begin -= 1
            if before.low in language.determiners and not (
                begin > first and self.sentence[begin - 1].low in language.determiners
            ):
                break
        low = self.sentence[head].low
        if (
            low in language.finite | language.conjunctions | language.prepositions | language.determiners
            and low not in (language.sources)
        ):
            return None
        opening = self.sentence[begin].low
        if any(self.sentence[head].low == parts[0] for parts in language.according_parts):
            return None
        if self.sentence[head].low in (language.say | language.call) - language.sources - language.roles:
            return None  # *spoke on the news*
        if begin < head and (opening.endswith("ing") or opening in language.say | language.call | language.finite):
            return None  # *by pleading guilty to the charges*
        return self._subject("noun", begin, last)

    def _subject(self, kind: SubjectKind, first: int, last: int, name: NameCandidate | None = None) -> Subject:
        if name is not None:
            return Subject(kind, first, last, name.start, name.end, name)
        return Subject(kind, first, last, self.sentence[first].start, self.sentence[last].end)

    def _boundary(self, at: int, floor: int) -> int:
        """The first token of the clause that holds the token `at`."""
        language = self.language
        while at > floor:
            before = self.sentence[at - 1]
            if not before.is_word and before.text not in {"&", "/", "%", "$", "£", "€"}:
                break
            if before.low in language.conjunctions and before.low not in {"and", "or", "und", "et", "y"}:
                break
            if before.low in {"and", "or", "et", "und", "y"} and (
                self.sentence[at].low in language.he | language.they or self._verb_before(at - 1, floor)
            ):
                break
            if before.low in language.say and (at - 1) not in self._of and at - 1 > floor:
                break
            at -= 1
        return at

    def _verb_before(self, at: int, floor: int) -> bool:
        """Return whether the clause before the conjunction at `at` has a verb of its own."""
        for token in reversed(self.sentence[floor:at]):
            if not token.is_word:
                return False
            if token.low in self.language.finite or token.low in self.language.say:
                return True
        return False

    def _may_stand_between(self, token: SentenceToken, at: int) -> bool:
        language = self.language
        if at in self._of or token.quote >= 0:
            return False
        return (
            token.low in language.auxiliaries
            or token.low in language.adverbs
            or (len(token.low) > 4 and token.low.endswith(language.adverb_ending) and not token.capital)
        )
