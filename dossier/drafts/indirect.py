"""Paraphrases: what the article tells in its own words that somebody said."""

from collections.abc import Iterator

from msgspec import Struct

from dossier.drafts.attribution import Attributor, Found
from dossier.drafts.reading import Clause, Reading
from dossier.drafts.records import Tier
from dossier.drafts.sentences import Token
from dossier.drafts.subjects import Subject

_LEAST = 4
"""Words of the article's own that a paraphrase has at least."""
_REACH = 14
"""Tokens within which a clause without *that* must show its verb."""


class Paraphrase(Struct, frozen=True):
    """Indirect speech: its words and who is said to have said them."""

    start: int
    end: int
    found: Found


def find_paraphrases(reading: Reading) -> list[Paraphrase]:
    """The indirect speech of an article, in order; of what overlaps, the first."""
    finder = _Finder(reading)
    found: list[Paraphrase] = []
    for index in range(len(reading.clauses)):
        for one in sorted(finder.in_sentence(index), key=lambda one: one.start):
            if not found or one.start >= found[-1].end:
                found.append(one)
    return found


class _Finder:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.language = reading.language
        self.attributor = Attributor(reading)

    def in_sentence(self, index: int) -> Iterator[Paraphrase]:
        clause = self.reading.clauses[index]
        tokens = clause.tokens
        for verb in range(len(tokens)):
            if tokens[verb].low not in self.language.report or tokens[verb].quote >= 0:
                continue
            if (tokens[verb].capital and verb) or self._is_no_verb(clause, verb):
                continue
            yield from self._behind(index, clause, verb)
            yield from self._in_front(index, clause, verb)
        yield from self._according(index, clause)

    def _is_no_verb(self, clause: Clause, verb: int) -> bool:
        """Whether a form that may be a verb is a noun, an adjective or an infinitive here, or passive."""
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
        """Whether a subject is one that can say something: a name, a person, a report; not *the data*."""
        if subject is None or subject.kind != "noun":
            return subject is not None
        return self.attributor.is_known_noun(index, subject)

    def _behind(self, index: int, clause: Clause, verb: int) -> Iterator[Paraphrase]:
        """`X said that …` and `X said …`."""
        begin, explicit = self._clause_begin(clause, verb)
        if begin < 0:
            return
        subject = self.attributor.subject_of(index, clause, verb)
        if not self._speaks(index, subject):
            return
        found = self._found(index, subject, "X said that …" if explicit else "X said …", verb, sure=explicit)
        if found is None:
            return
        for first, last in self._parts(clause, begin):
            yield from self._made(clause, first, last, found)

    def _clause_begin(self, clause: Clause, verb: int) -> tuple[int, bool]:
        """Where the clause behind the verb begins, and whether *that* opens it; -1 when none follows."""
        tokens, language = clause.tokens, self.language
        at = verb + 1
        if tokens[verb].low in language.tell:
            at = self._behind_object(clause, at)
        for place in range(at, min(len(tokens), at + 9)):
            if tokens[place].low in language.that:
                between = tokens[at:place]
                if all(token.low not in language.finite for token in between) and self._may_intervene(between):
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
        return (at, False) if self._has_verb(clause, at) else (-1, False)

    def _may_intervene(self, between: tuple[Token, ...]) -> bool:
        """Whether tokens may stand between a verb and its *that*: when and where it was said, but no object."""
        days = {*self.language.weekdays, *(word for word, _ in self.language.relative_days)}
        opens = self.language.prepositions - {"of", "about", "for", "with", "like", "as"} | self.language.adverbs | days
        alone = len(between) == 1 and between[0].low not in self.language.prepositions
        return not between or between[0].low in opens or alone

    def _behind_occasion(self, clause: Clause, at: int) -> int:
        """Behind *in an interview with X*, when a pronoun shows where the clause begins."""
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
        """Behind whom is spoken to, as in *told reporters on Monday*."""
        tokens, language = clause.tokens, self.language
        name = next((name for name in clause.names if name.first <= at <= name.last), None)
        if name is not None:
            return name.last + 1
        begin = at
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
            elif tokens[at].low == "on" and at + 1 < len(tokens) and tokens[at + 1].low in days:
                at += 2
            elif tokens[at].text == "," and at and tokens[at - 1].low in days:
                at += 1
            else:
                break
        return at

    def _comma_soon(self, clause: Clause, at: int) -> bool:
        return any(token.text == "," for token in clause.tokens[at + 1 : at + 9])

    def _has_verb(self, clause: Clause, at: int, limit: int = 10**6) -> bool:
        """Whether a clause with a verb of its own begins at the token `at`, not a mere object."""
        tokens, language = clause.tokens, self.language
        opens = tokens[at].low in language.prepositions | language.conjunctions
        for place in range(at + 1, min(len(tokens), at + _REACH, limit)):
            token = tokens[place]
            if token.text in {".", ";", ":"} or (token.text == "," and not opens):
                return False
            before = tokens[place - 1].low
            if token.low in language.finite and before not in language.who and before not in {"which", "that", "to"}:
                return True
            past = len(token.low) > 4 and token.low.endswith("ed") and not token.capital
            if past and place - at >= 1 and before not in language.determiners | language.prepositions | language.be:
                behind = tokens[place + 1].low if place + 1 < len(tokens) else ""
                return behind not in {"by", "in"}
        return False

    def _parts(self, clause: Clause, begin: int) -> Iterator[tuple[int, int]]:
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
        """Whether another attribution begins behind a comma: *…, but X said*, *…, according to X*."""
        return any(place == at for place, _ in clause.according)

    def _in_front(self, index: int, clause: Clause, verb: int) -> Iterator[Paraphrase]:
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
        if not self._speaks(index, subject) or not self._has_verb(clause, first, comma):
            return
        found = self._found(index, subject, "…, X said", verb, sure=False)
        if found is not None:
            yield from self._made(clause, first, comma, found)

    def _front_begin(self, clause: Clause, limit: int) -> int:
        """Where the clause before the attribution begins: behind a semicolon, else with the sentence."""
        for at in range(limit - 1, -1, -1):
            if clause.tokens[at].text == ";":
                return at + 1
        return 0

    def _according(self, index: int, clause: Clause) -> Iterator[Paraphrase]:
        """`According to X, …` and `…, according to X`."""
        tokens = clause.tokens
        for at, behind in clause.according:
            subject = clause.grammar.source_at(behind)
            found = self._found(index, subject, "according to X", at, sure=False)
            if found is None or subject is None or not self._speaks(index, subject):
                continue
            if at > _LEAST:
                first = self._front_begin(clause, at)
                yield from self._made(clause, first, at - (tokens[at - 1].text == ","), found)
                continue
            comma = self._next_comma(clause, subject.last)
            if comma > 0:
                yield from self._made(clause, comma + 1, len(tokens), found)

    def _next_comma(self, clause: Clause, at: int) -> int:
        """The comma that ends *According to X, who heads Y,*; -1 when there is none."""
        commas = [place for place in range(at + 1, len(clause.tokens)) if clause.tokens[place].text == ","]
        if not commas:
            return -1
        following = clause.tokens[commas[0] + 1] if commas[0] + 1 < len(clause.tokens) else None
        relative = following is not None and following.low in self.language.who
        return commas[1] if relative and len(commas) > 1 else commas[0]

    def _found(self, index: int, subject: Subject | None, rule: str, verb: int, *, sure: bool) -> Found | None:
        speaker = self.reading.speaker(subject, index)
        if subject is None or speaker is None or self.attributor.is_a_guess(index, subject):
            return None
        plain = subject.kind == "name" or (subject.kind == "noun" and self.attributor.is_known_noun(index, subject))
        tier: Tier = "sure" if sure and plain else "likely"
        low = self.reading.clauses[index].tokens[verb].low
        if low in self.language.think or low not in self.language.say | {"according"}:
            tier = "likely"
        return Found(rule, tier, speaker, self.reading.is_nameless(subject, index), (), -1)

    def _made(self, clause: Clause, first: int, last: int, found: Found) -> Iterator[Paraphrase]:
        tokens = clause.tokens[first:last]
        while tokens and not (tokens[0].is_word or tokens[0].quote >= 0 or tokens[0].text in "$£€#@("):
            tokens = tokens[1:]
        while tokens and tokens[-1].text in {",", ":", "—", "–"}:
            tokens = tokens[:-1]
        if sum(token.is_word for token in tokens) < _LEAST or tokens[0].quote >= 0:
            return
        yield Paraphrase(tokens[0].start, tokens[-1].end, found)
