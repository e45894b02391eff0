"""Find who does what a verb says: the subject of a verb, of a participle, of a sentence."""

from dossier.drafts.reading import Clause
from dossier.drafts.subjects import Subject
from dossier.drafts.verbs import Verbs


class VerbSubjects(Verbs):
    """The subjects of verbs in the sentences of one article."""

    def is_known_noun(self, index: int, subject: Subject) -> bool:
        """Return whether a noun is one that people and sources are called by, and hardly a slip of the rules."""
        able = self.language.sources | self.language.roles
        tokens = self.reading.clauses[index].tokens[subject.first : subject.last + 1]
        opens = self.language.conjunctions | self.language.coordinators
        return tokens[0].low not in opens - able and any(token.low in able for token in tokens)

    def subject_of(self, index: int, clause: Clause, verb: int) -> Subject | None:
        """The subject of a verb, whether it stands behind its subject or is a participle of another verb's."""
        if clause.tokens[verb].low.endswith("ing") and verb and clause.tokens[verb - 1].text == ",":
            return self.participle_subject(index, clause, verb) or clause.grammar.before(verb)
        subject = clause.grammar.before(verb)
        low = clause.tokens[verb].low
        doubtful = low.endswith("ing") or low in self.language.noun_forms  # *said in prepared remarks that*
        loose = subject is not None and subject.kind == "noun" and doubtful
        if loose and subject is not None and not self.is_known_noun(index, subject):
            subject = None  # *tweeted her reasoning, saying*
        return subject or self.participle_subject(index, clause, verb)

    def participle_subject(self, index: int, clause: Clause, verb: int) -> Subject | None:
        """The subject of *…, adding, "Q"*: that of the clause before."""
        tokens = clause.tokens
        if not tokens[verb].low.endswith("ing"):
            return None
        for other in range(verb - 1, -1, -1):
            if tokens[other].low.endswith("ed") and not self.is_verb(clause, other):
                subject = clause.grammar.before(other)
                if subject is not None and subject.kind != "noun" and not self.is_passive(clause, other):
                    return subject
            if self.is_verb(clause, other) and not tokens[other].low.endswith("ing"):
                if self.is_passive(clause, other):
                    agent = self.agent(clause, other, verb)
                    if agent is not None:
                        return agent
                    continue
                subject = clause.grammar.before(other) or (
                    clause.grammar.after(other) if other and tokens[other - 1].quote >= 0 else None
                )
                if subject is not None:
                    return subject
        return clause.grammar.main(verb) or self.main_subject(index)

    def agent(self, clause: Clause, verb: int, limit: int) -> Subject | None:
        """The agent of a passive verb: *was described by X as "Q"*."""
        for at in range(verb + 1, limit):
            if clause.tokens[at].low in self.language.by:
                return clause.grammar.source_at(at + 1)
        return None

    def main_subject(self, index: int) -> Subject | None:
        """The first person that a sentence names, else its first pronoun or name: mostly its subject."""
        clause = self.reading.clauses[index]
        for verb, token in enumerate(clause.tokens):
            spoken = token.low in self.language.say and not token.capital and not token.low.endswith("ing")
            if spoken and not self.is_passive(clause, verb):
                subject = clause.grammar.before(verb)
                if subject is not None and subject.kind != "noun":
                    return subject
        people = [name for name in clause.names if not name.possessive and self.reading.book.is_person(name)]
        pronoun = next(
            (
                at
                for at, token in enumerate(clause.tokens)
                if token.low in self.language.he | self.language.they and token.quote < 0
            ),
            -1,
        )
        first = people[0] if people else next((name for name in clause.names if not name.possessive), None)
        if pronoun >= 0 and (first is None or pronoun < first.first):
            token = clause.tokens[pronoun]
            return Subject("pronoun", pronoun, pronoun, token.start, token.end)
        return Subject("name", first.first, first.last, first.start, first.end, first) if first else None
