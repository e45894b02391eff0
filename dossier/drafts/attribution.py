"""The rules that find who says a quotation, from the sentence it stands in."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from dossier.drafts.reading import Clause
from dossier.drafts.records import Speaker, Tier
from dossier.drafts.subjects import Subject
from dossier.drafts.verb_subjects import VerbSubjects


class AttributionResult(Struct, frozen=True):
    """The result of a rule for one quotation."""

    rule: str
    tier: Tier
    speaker: Speaker | None
    nameless: bool = False
    via: tuple[str, ...] = ()
    verb: int = -1
    """Offset of the verb of saying; two quotations with one verb may be pieces of one quote."""
    joint: tuple[Speaker, ...] = ()
    """Who says it together with the speaker."""


_Rule = Callable[[int, Clause, int], "AttributionResult | None"]

FRAGMENT = 4
"""Words; a shorter quotation is a fragment, which may as well be a label or a doubt."""


class Attributor(VerbSubjects):
    """Applies the rules to the sentences of one article."""

    def in_sentence(self, index: int, at: int) -> AttributionResult | None:
        """The attribution in the sentence `index` of the quotation at its token `at`."""
        clause = self.reading.clauses[index]
        leads = all(not token.is_word for token in clause.tokens[:at])
        rules: tuple[_Rule, ...] = (
            self._match_inverted,
            self._match_after,
            self._match_according_to,
            self._match_before,
            self._noun_of_saying,
        )
        if not leads:
            rules = (
                self._match_inverted,
                self._match_adjacent,
                self._match_before,
                self._match_according_to,
                self._noun_of_saying,
                self._match_after,
            )
        rules = (*rules, self._unknown_verb)
        for rule in rules:
            found = rule(index, clause, at)
            if found is not None:
                return self._match_relayed(index, found)
        return None

    def _match_relayed(self, index: int, found: AttributionResult) -> AttributionResult:
        """Match a medium that passes the words on: *X called it "Q", according to NBC*."""
        if found.via or found.rule == "according to X":
            return found
        clause = self.reading.clauses[index]
        for _, behind in clause.according:
            source = clause.grammar.source_at(behind)
            if source is not None and source.name is not None and not self.reading.book.is_person(source.name):
                return replace(found, via=(source.name.text,))
        return found

    def _result(
        self, index: int, subject: Subject | None, rule: str, tier: Tier, verb: int, via: tuple[str, ...] = ()
    ) -> AttributionResult | None:
        if subject is None:
            return None
        speaker = self.reading.speaker(subject, index)
        if speaker is None:
            speaker = Speaker(self.reading.text[subject.start : subject.end], subject.start, subject.end)
            tier = "ask"
        if subject.kind == "pronoun" and tier == "sure" and self._doubtful(index, subject):
            tier = "likely"
        if subject.kind == "noun" and tier == "sure" and not self.is_known_noun(index, subject):
            tier = "likely"
        clause = self.reading.clauses[index]
        if speaker not in clause.speakers:
            clause.speakers.append(speaker)
        nameless, joint = self.reading.is_nameless(subject, index), self.reading.joint(subject, index)
        return AttributionResult(rule, tier, speaker, nameless, via, clause.tokens[verb].start, joint)

    def is_a_guess(self, index: int, subject: Subject) -> bool:
        """Return whether a pronoun may mean several people none of whom was speaking just before."""
        if subject.kind != "pronoun" or not self._doubtful(index, subject):
            return False
        at = self.reading.clauses[index].paragraph
        near = self.reading.clauses[max(0, index - 2) : index + 1]
        return not any(clause.speakers for clause in near if clause.paragraph == at)

    def _doubtful(self, index: int, subject: Subject) -> bool:
        """Return whether more than one person may be meant by a pronoun."""
        at = self.reading.clauses[index].paragraph
        people = set()
        for clause in self.reading.clauses[max(0, index - 8) : index + 1]:
            if clause.paragraph >= at - 1:
                people |= {
                    self.reading.book.fullest(name)
                    for name in clause.names
                    if name.end <= subject.start and self.reading.book.is_person(name)
                }
        return len(people) > 1

    def _match_inverted(self, index: int, clause: Clause, at: int) -> AttributionResult | None:
        """`"Q," said X`."""
        verb = at + 1
        tokens = clause.tokens
        if verb < len(tokens) and tokens[verb].text in {",", "—", "–", "-"}:
            verb += 1
        while verb < len(tokens) and tokens[verb].low in self.language.auxiliaries:
            if tokens[verb].low in self.language.be | self.language.prepositions:
                return None  # *"Q" was posted as a joke*, *his "duty" to report it*
            verb += 1
        if verb + 1 < len(tokens) and tokens[verb].low in self.language.he and self.language.clitics:
            verb += 1  # French: *a-t-il ajouté*
            subject = clause.grammar.before(verb)
            return self._result(index, subject, "said X", "sure", verb) if self.is_verb(clause, verb) else None
        if verb < len(tokens) and tokens[verb].low in self.language.quotatives:
            return self._result(index, clause.grammar.after(verb), "said X", "sure", verb)
        if verb >= len(tokens) or not self.is_verb(clause, verb, loose=False):
            return None
        if self.language.participle_ending and tokens[verb].low.endswith(self.language.participle_ending):
            return None  # *"Q," telling reporters*
        return self._result(index, clause.grammar.after(verb), "said X", "sure", verb)

    def _unknown_verb(self, index: int, clause: Clause, at: int) -> AttributionResult | None:
        """`"Q," X shot back` and `"Q," laughed X`: a name at the words, with a verb that no table has."""
        tokens, language = clause.tokens, self.language
        quotation = self.reading.quotations[tokens[at].quote]
        words = self.reading.text[quotation.start : quotation.end].rstrip()
        whole = quotation.closed and words.endswith((",", "?", "!"))
        if not whole or any(token.is_word for token in tokens[:at]) or at + 2 >= len(tokens):
            return None
        name = next((name for name in clause.names if name.first == at + 1), None)
        verb = name.last + 1 if name else at + 2 if tokens[at + 1].low in language.he else at + 1
        if verb >= len(tokens) or not self.may_be_verb(tokens[verb]):
            return None
        if verb > at + 1:
            return self._result(index, clause.grammar.before(verb), "X said", "likely", verb)
        behind = next((name for name in clause.names if name.first == verb + 1), None)
        if behind is None or not self.reading.book.is_person(behind):
            return None
        subject = Subject("name", behind.first, behind.last, behind.start, behind.end, behind)
        return self._result(index, subject, "said X", "likely", verb)

    def _match_after(self, index: int, clause: Clause, at: int) -> AttributionResult | None:
        """`"Q," X said`."""
        tokens = clause.tokens
        words = 0
        for verb in range(at + 1, min(len(tokens), at + 40)):
            if tokens[verb].quote >= 0:
                return None
            words += tokens[verb].is_word
            if self.is_verb(clause, verb, loose=False) and words > 1:
                if self.is_passive(clause, verb):
                    return None
                subject = clause.grammar.before(verb, at + 1)
                if subject is not None:
                    near = subject.first - at <= 2
                    return self._result(index, subject, "X said", "sure" if near else "likely", verb)
        return None

    def _match_adjacent(self, index: int, clause: Clause, at: int) -> AttributionResult | None:
        """Match `With "Q," X said`: the attribution follows a quotation in mid-sentence at once."""
        tokens = clause.tokens
        if any(self.is_verb(clause, verb) for verb in range(at)):
            return None
        return self._match_after(index, clause, at) if at + 1 < len(tokens) else None

    def _match_before(self, index: int, clause: Clause, at: int) -> AttributionResult | None:
        """`X said, "Q"` and `X said that Y was "Q"`."""
        tokens = clause.tokens
        for verb in range(at - 1, -1, -1):
            if not self.is_verb(clause, verb) or tokens[verb].low in self.language.citing:
                continue
            if self.is_passive(clause, verb):
                subject = self.agent(clause, verb, at)
                if subject is not None:
                    return self._result(index, subject, "said by X", "likely", verb)
                continue
            subject = self.subject_of(index, clause, verb)
            if subject is None:
                continue
            if self._is_told(clause, verb):
                continue
            citing = self._cited_source(clause, verb, at)
            if citing is not None:
                name = self.reading.speaker(subject, index)
                via = (name.name,) if name else ()
                return self._result(index, citing, "X said, citing Y", "likely", verb, via)
            return self._result(index, subject, *self._distance(clause, verb, at), verb)
        return None

    def _is_told(self, clause: Clause, verb: int) -> bool:
        """Return whether a verb is part of what somebody is said to say: *X said they would not respond to "Q"*."""
        low = clause.tokens[verb].low
        if low not in self.language.say and any(at <= 1 for at, _ in clause.according):
            return True  # *According to X, the contest shows "Q"*
        modal = low in self.language.bare and verb > 0 and clause.tokens[verb - 1].low in self.language.auxiliaries
        return (modal or low in self.language.think) and self._has_say_before(clause, verb)

    def _has_say_before(self, clause: Clause, limit: int) -> bool:
        """Return whether a verb of saying stands before the verb of thinking at `limit`."""
        return any(
            self.is_verb(clause, verb) and clause.tokens[verb].low not in self.language.think for verb in range(limit)
        )

    def _distance(self, clause: Clause, verb: int, at: int) -> tuple[str, Tier]:
        tokens = clause.tokens
        between = [token for token in tokens[verb + 1 : at] if token.is_word]
        long = len(self.words_of(tokens[at].quote)) >= FRAGMENT
        strong = tokens[verb].low in self.language.say
        mark = tokens[at - 1].text
        if strong and long and (not between or mark in {",", ":"}):
            return "X said Q", "sure"
        if strong and len(between) <= 2:
            return "X said Q", "sure" if long else "likely"
        return "X said that … Q", "likely"

    def _cited_source(self, clause: Clause, verb: int, limit: int) -> Subject | None:
        for at in range(verb + 1, limit):
            if clause.tokens[at].low in self.language.citing:
                return clause.grammar.source_at(at + 1)
        return None

    def _match_according_to(self, index: int, clause: Clause, at: int) -> AttributionResult | None:
        """`According to X, "Q"` and `"Q", according to X`."""
        for place, behind in clause.according:
            if any(self.is_verb(clause, verb, loose=False) for verb in range(behind, at)):
                continue
            subject = clause.grammar.source_at(behind)
            near = abs(place - at) <= 6
            found = self._result(index, subject, "according to X", "sure" if near else "likely", place)
            if found:
                return found
        return None

    def _noun_of_saying(self, index: int, clause: Clause, at: int) -> AttributionResult | None:
        """`X: "Q"`: a sentence, or a name, that ends in a colon before the words."""
        tokens = clause.tokens
        if at == 0 or tokens[at - 1].text not in {":", "："}:
            return None
        main = clause.grammar.main(at)
        return self._result(index, main or self.main_subject(index), "X: Q", "likely", at)

    def words_of(self, quotation: int) -> list[str]:
        """The words of a quotation."""
        one = self.reading.quotations[quotation]
        return self.reading.text[one.start : one.end].split()
