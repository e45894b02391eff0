"""Find the verbs of saying in a sentence."""

from dossier.drafts.language import Language
from dossier.drafts.reading import ArticleAnalysis, Clause
from dossier.drafts.sentences import SentenceToken


class Verbs:
    """Tells verbs from nouns and adjectives of the same form, in the sentences of one article."""

    def __init__(self, reading: ArticleAnalysis) -> None:
        self.reading = reading
        language = reading.language
        self.language: Language = language
        self._no_verbs = (
            language.prepositions
            | language.conjunctions
            | language.coordinators
            | language.determiners
            | language.be
            | language.who
            | language.sources
            | language.roles
            | language.auxiliaries
        )

    def is_verb(self, clause: Clause, at: int, *, loose: bool = True) -> bool:
        """Return whether the token `at` is a verb of saying; with `loose`, also one such as *called*."""
        token = clause.tokens[at]
        low = token.low
        if token.capital and at > 0:
            return False
        if at and clause.tokens[at - 1].low in self.language.determiners - self.language.sources:
            return False  # *the question*
        if at and clause.tokens[at - 1].possessive and clause.tokens[at - 1].capital:
            return False  # *called Theresa May's proposed deal "Q"*
        described = at > 1 and low in self.language.noun_forms and self._is_described(clause, at - 1)
        if described:
            return False  # *the new rules*
        return low in self.language.say or (loose and low in self.language.call)

    def _is_described(self, clause: Clause, at: int) -> bool:
        """Return whether a determiner and an adjective stand before a word that may be a noun."""
        before, adjective = clause.tokens[at - 1], clause.tokens[at]
        language = self.language
        plain = adjective.is_word and not adjective.capital and adjective.low not in language.sources | language.roles
        plain = plain and adjective.low not in language.auxiliaries | language.adverbs | language.he | language.they
        return plain and before.low in language.determiners

    def may_be_verb(self, token: SentenceToken) -> bool:
        """Return whether a word that no table has may be a verb: a plain word in lower case."""
        return token.is_word and token.text[0].islower() and token.low not in self._no_verbs and token.quote < 0

    def is_passive(self, clause: Clause, verb: int) -> bool:
        """Return whether a verb tells what is done to its subject: *was told*, *described by X*."""
        at = verb - 1
        if verb + 1 < len(clause.tokens) and clause.tokens[verb + 1].low in self.language.by:
            bare = bool(self.language.participle_ending)  # *a plan described by X*
            helped = any(token.low in self.language.be for token in clause.tokens[:verb])
            return (bare or helped) and not clause.tokens[verb].low.endswith("ing")
        while at >= 0 and clause.tokens[at].low in self.language.adverbs:
            at -= 1
        low = clause.tokens[verb].low
        return at >= 0 and clause.tokens[at].low in self.language.be and not low.endswith("ing")
