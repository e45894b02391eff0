"""Paraphrases: what the article tells in its own words that somebody said."""

from collections.abc import Iterator

from msgspec import Struct

from dossier.drafts.attribution import AttributionResult, Attributor
from dossier.drafts.reading import ArticleAnalysis, Clause
from dossier.drafts.records import Tier
from dossier.drafts.reported_clauses import ReportedClauses
from dossier.drafts.subjects import Subject

_LEAST = 4
"""Words of the article's own that a paraphrase has at least."""


class Paraphrase(Struct, frozen=True):
    """Indirect speech: its words and who is said to have said them."""

    start: int
    end: int
    found: AttributionResult


def find_paraphrases(reading: ArticleAnalysis) -> list[Paraphrase]:
    """The indirect speech of an article, in order; of what overlaps, the first."""
    finder = _Finder(reading)
    found: list[Paraphrase] = []
    for index in range(len(reading.clauses)):
        for one in sorted(finder.in_sentence(index), key=lambda one: one.start):
            if not found or one.start >= found[-1].end:
                found.append(one)
    return found


class _Finder(ReportedClauses):
    def __init__(self, reading: ArticleAnalysis) -> None:
        super().__init__(reading.language)
        self.reading = reading
        self.attributor = Attributor(reading)

    def in_sentence(self, index: int) -> Iterator[Paraphrase]:
        clause = self.reading.clauses[index]
        tokens = clause.tokens
        for verb in range(len(tokens)):
            if tokens[verb].low not in self.language.report or tokens[verb].quote >= 0:
                continue
            if (tokens[verb].capital and verb) or self._is_no_verb(clause, verb):
                continue
            yield from self._match_behind(index, clause, verb)
            yield from self._match_in_front(index, clause, verb)
        yield from self._match_according_to(index, clause)

    def _is_no_verb(self, clause: Clause, verb: int) -> bool:
        """Return whether a form that may be a verb is a noun, an adjective or an infinitive here, or passive."""
        tokens, language = clause.tokens, self.language
        before = tokens[verb - 1] if verb else None
        behind = tokens[verb + 1].low if verb + 1 < len(tokens) else ""
        low = tokens[verb].low
        if before is not None:
            noun = before.low in (language.determiners - language.sources) | language.prepositions - {"to"}
            noun = noun and before.low not in language.they | language.he | language.that
            infinitive = before.low == "to" and (verb < 2 or tokens[verb - 2].low != "on")
            loose = low.endswith("ing") and before.text != "," and before.low not in {"while", "and"}
            named = any(name.last == verb - 1 for name in clause.names)
            counted = before.low in language.determiners and low in language.noun_forms
            if (
                counted
                or (noun and not low.endswith("ing"))
                or infinitive
                or (loose and not named)
                or before.possessive
            ):
                return True
        if behind in language.be - {"get", "got"} and not low.endswith("ed") and low not in {"said", "say", "says"}:
            return True
        return self.attributor.is_passive(clause, verb)

    def _speaks(self, index: int, subject: Subject | None) -> bool:
        """Return whether a subject is one that can say something: a name, a person, a report; not *the data*."""
        if subject is None or subject.kind != "noun":
            return subject is not None
        return self.attributor.is_known_noun(index, subject)

    def _match_behind(self, index: int, clause: Clause, verb: int) -> Iterator[Paraphrase]:
        """`X said that …` and `X said …`."""
        begin, explicit = self.clause_begin(clause, verb)
        if begin < 0:
            return
        subject = self.attributor.subject_of(index, clause, verb)
        if not self._speaks(index, subject):
            return
        found = self._result(index, subject, "X said that …" if explicit else "X said …", verb, sure=explicit)
        if found is None:
            return
        for first, last in self.parts(clause, begin):
            yield from self._paraphrase(clause, first, last, found)

    def _match_in_front(self, index: int, clause: Clause, verb: int) -> Iterator[Paraphrase]:
        """`…, X said.` and `…, said X.`."""
        tokens, language = clause.tokens, self.language
        if tokens[verb].low not in language.say:
            return
        relative = language.who | language.that
        behind = tokens[verb + 1] if verb + 1 < len(tokens) else None
        subject = clause.grammar.before(verb)
        if any(token.quote >= 0 for token in tokens[verb + 1 :]):
            return
        if subject is not None and subject.first > 1 and tokens[subject.first - 1].text == ",":
            stop = behind is None or not behind.is_word or behind.low in language.prepositions
            days = {*language.weekdays, *(word for word, _ in language.relative_days)}
            if not (stop or (behind is not None and behind.low in days)):
                return
            comma = subject.first - 1
        elif subject is None and verb > 1 and tokens[verb - 1].text == "," and behind is not None and behind.is_word:
            subject = clause.grammar.after(verb)
            comma = verb - 1
            if tokens[verb].low.endswith("ing"):
                return
        else:
            return
        first = self._front_begin(clause, comma)
        if tokens[comma - 1].low in relative:
            return  # *…, which, they said, …*
        if not self._speaks(index, subject) or not self.has_verb(clause, first, comma):
            return
        found = self._result(index, subject, "…, X said", verb, sure=False)
        if found is not None:
            yield from self._paraphrase(clause, first, comma, found)

    def _front_begin(self, clause: Clause, limit: int) -> int:
        """The beginning of the clause before the attribution: behind a semicolon, else with the sentence."""
        for at in range(limit - 1, -1, -1):
            if clause.tokens[at].text == ";":
                return at + 1
        return 0

    def _match_according_to(self, index: int, clause: Clause) -> Iterator[Paraphrase]:
        """`According to X, …` and `…, according to X`."""
        tokens = clause.tokens
        for at, behind in clause.according:
            subject = clause.grammar.source_at(behind)
            found = self._result(index, subject, "according to X", at, sure=False)
            if found is None or subject is None or not self._speaks(index, subject):
                continue
            if at > _LEAST:
                first = self._front_begin(clause, at)
                yield from self._paraphrase(clause, first, at - (tokens[at - 1].text == ","), found)
                continue
            comma = self._next_comma(clause, subject.last)
            if comma > 0:
                yield from self._paraphrase(clause, comma + 1, len(tokens), found)

    def _next_comma(self, clause: Clause, at: int) -> int:
        """The comma that ends *According to X, who heads Y,*; -1 when there is none."""
        commas = [place for place in range(at + 1, len(clause.tokens)) if clause.tokens[place].text == ","]
        if not commas:
            return -1
        following = clause.tokens[commas[0] + 1] if commas[0] + 1 < len(clause.tokens) else None
        relative = following is not None and following.low in self.language.who
        if len(commas) > 1 and not relative:
            relative = not self.has_verb(clause, commas[0] + 1, commas[1]) and self.has_verb(clause, commas[1] + 1)
        return commas[1] if relative and len(commas) > 1 else commas[0]

    def _result(
        self, index: int, subject: Subject | None, rule: str, verb: int, *, sure: bool
    ) -> AttributionResult | None:
        speaker = self.reading.speaker(subject, index)
        if subject is None or speaker is None or self.attributor.is_a_guess(index, subject):
            return None
        plain = subject.kind == "name" or (subject.kind == "noun" and self.attributor.is_known_noun(index, subject))
        tier: Tier = "sure" if sure and plain else "likely"
        low = self.reading.clauses[index].tokens[verb].low
        if low in self.language.think or low not in self.language.say | {"according"}:
            tier = "likely"
        nameless, joint = self.reading.is_nameless(subject, index), self.reading.joint(subject, index)
        return AttributionResult(rule, tier, speaker, nameless, (), -1, joint)

    def _paraphrase(self, clause: Clause, first: int, last: int, found: AttributionResult) -> Iterator[Paraphrase]:
        tokens = clause.tokens[first:last]
        while tokens and not (tokens[0].is_word or tokens[0].quote >= 0 or tokens[0].text in "$£€#@("):
            tokens = tokens[1:]
        while tokens and tokens[-1].text in {",", ":", "—", "–"}:
            tokens = tokens[:-1]
        if sum(token.is_word for token in tokens) < _LEAST or tokens[0].quote >= 0:
            return
        yield Paraphrase(tokens[0].start, tokens[-1].end, found)
