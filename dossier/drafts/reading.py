"""An article as the rules see it: paragraphs, sentences, names, quotations, and who a pronoun stands for."""

import itertools
from collections.abc import Iterator, Sequence
from functools import cached_property

from dossier.drafts.grammar import Grammar
from dossier.drafts.language import Language
from dossier.drafts.names import NameBook, NameCandidate, find_names
from dossier.drafts.quotations import Quotation, find_quotations
from dossier.drafts.records import Speaker
from dossier.drafts.sentences import Sentence, SentenceToken, split_sentences
from dossier.drafts.subjects import Subject
from dossier.model.articles import body_start, paragraphs

_BACK = 12
"""Sentences in which the antecedent of a pronoun is looked for."""


_DEFINITE = frozenset({"the"})
_PLAIN = 3
"""Words of a noun phrase that stands for a person named before."""
_MOST = 12
"""Words of an apposition."""
_INDEFINITE = frozenset({"a", "an", "one", "another", "some", "un", "une", "una", "ein", "eine", "einer"})
_COMMON = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir", "general", "first", "chief", "former", "deputy"})
"""Titles that do not tell people apart."""
_SEVERAL = frozenset({"many", "some", "several", "others", "people", "two", "three", "police"})


def _is_noun(name: NameCandidate) -> bool:
    """Return whether a name is a common noun in capitals, as German writes them."""
    return name.office and name.first == name.last


class Clause:
    """A sentence with its place in the article."""

    def __init__(self, paragraph: int, sentence: Sentence, names: Sequence[NameCandidate], language: Language) -> None:
        self.paragraph = paragraph
        """Index of its paragraph."""
        self.tokens = sentence
        self.names = names
        self._language = language
        self.speakers: list[Speaker] = []
        """Who was found to speak in it, in order."""

    @cached_property
    def grammar(self) -> Grammar:
        """Find subjects in it."""
        return Grammar(self.tokens, self.names, self._language)

    @cached_property
    def according(self) -> tuple[tuple[int, int], ...]:
        """The places of *according to*: index of its first token, and of the one behind it."""
        found = [
            (at, at + len(parts))
            for at, token in enumerate(self.tokens)
            for parts in self._language.according_parts
            if token.low == parts[0] and [one.low for one in self.tokens[at : at + len(parts)]] == list(parts)
        ]
        if self.tokens and self.tokens[0].low in self._language.according_opening:
            found.insert(0, (0, 1))
        return tuple(one for number, one in enumerate(found) if not number or one[0] != found[number - 1][0])


def beside(tokens: Sentence, name: NameCandidate, language: Language) -> Iterator[SentenceToken]:
    """The heads of appositions: *France's foreign minister, X,* and *X, the head of the bank,*."""
    if name.first > 1 and tokens[name.first - 1].text == ",":
        yield tokens[name.first - 2]
    at = name.last + 1
    if at < len(tokens) and tokens[at].text == ",":
        words = list(itertools.takewhile(lambda token: token.is_word, tokens[at + 1 : at + _MOST]))
        closed = at + 1 + len(words) < len(tokens) and tokens[at + 1 + len(words)].text in {",", ".", ";"}
        head = next((n for n, word in enumerate(words) if word.low in language.prepositions), len(words)) - 1
        if closed and head >= 0:
            yield words[head]


class ArticleAnalysis:
    """The knowledge of an article before any rule is applied."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.paragraphs = paragraphs(text, body_start(text))
        self.quotations: list[Quotation] = find_quotations(text, self.paragraphs, language)
        sentences = list(self._sentences())
        lowered = frozenset(
            token.text for _, sentence in sentences for token in sentence if token.text and token.text[0].islower()
        )
        found = [(at, sentence, find_names(sentence, language, lowered)) for at, sentence in sentences]
        self.clauses = [Clause(at, sentence, names, language) for at, sentence, names in found]
        self.book = NameBook([(at, name) for at, _, names in found for name in names], language)
        for clause in self.clauses:
            for name in clause.names:
                before = range(max(0, name.first - 1), name.core)
                for token in (*(clause.tokens[at] for at in before), *beside(clause.tokens, name, language)):
                    if token.low in language.roles or (token.low in language.titles and token.low not in _COMMON):
                        self.book.add_role(name, token.low)

    def _sentences(self) -> "list[tuple[int, Sentence]]":
        by_paragraph: dict[int, list[tuple[int, Quotation]]] = {}
        for index, quotation in enumerate(self.quotations):
            by_paragraph.setdefault(quotation.paragraph, []).append((index, quotation))
        return [
            (at, sentence)
            for at, part in enumerate(self.paragraphs)
            for sentence in split_sentences(self.text, part, by_paragraph.get(at, ()), self.language)
        ]

    def speaker(self, subject: Subject | None, clause: int) -> Speaker | None:
        """The person for whom the words of `subject` stand, in the sentence with the index `clause`."""
        if subject is None:
            return None
        if subject.kind == "pronoun":
            low = self.clauses[clause].tokens[subject.first].low
            stands_for = self.antecedent(clause, subject.start, several=low in self.language.they)
            return Speaker(stands_for, subject.start, subject.end) if stands_for else None
        if subject.name is not None:
            return self._bearer_of_name(subject.name, self.clauses[clause].tokens)
        tokens = self.clauses[clause].tokens[subject.first : subject.last + 1]
        bearer = self._bearer(tokens)
        return Speaker(bearer or self.text[subject.start : subject.end], subject.start, subject.end)

    def _bearer_of_name(self, name: NameCandidate, tokens: Sentence) -> Speaker:
        """The bearer of a name; with the article that is part of one (*The Times* in mid-sentence)."""
        text, group = self.book.fullest(name), name.group or (name.text.isupper() and len(name.text) > 1)
        group = group or (name.definite and name.first == name.core and " " not in text)
        first = tokens[name.first - 1].text if name.first > 1 else ""
        return Speaker(f"The {text}" if group and first == "The" else text, name.start, name.end, group=group)

    def joint(self, subject: Subject, clause: int) -> tuple[Speaker, ...]:
        """The others who are named with a subject, as in *X and Y said*."""
        names = self.clauses[clause].grammar.coordinated(subject)
        return tuple(self._bearer_of_name(name, self.clauses[clause].tokens) for name in names)

    def _bearer(self, tokens: Sentence) -> str:
        """The person meant by *the actress*; empty for other nouns, or when nobody, or two, may be meant."""
        plain = len(tokens) <= _PLAIN and not any(token.low in self.language.prepositions for token in tokens)
        return self.book.bearer(tokens[-1].low) if plain and tokens[0].low in _DEFINITE else ""

    def antecedent(self, clause: int, offset: int, *, several: bool) -> str:
        """The name of the person, or of the group, that was named last before `offset`; empty when none was.

        The first name of a sentence goes before the others in it, because it is mostly its subject, and who spoke last
        before both. No sex is guessed from a name.
        """
        at = self.clauses[clause].paragraph
        second = ""
        for back in range(clause, max(-1, clause - _BACK), -1):
            one = self.clauses[back]
            if one.paragraph < at - 2 or (second and one.paragraph < at):
                break
            spoken = [speaker.name for speaker in one.speakers if speaker.end <= offset]
            if spoken:
                return spoken[-1]
            if one.paragraph == at and not several and (said := self.said_by(one, offset)) is not None:
                return self.book.fullest(said)
            named = [name for name in one.names if name.end <= offset and self.book.is_person(name)]
            free = [name for name in named if not name.possessive and not one.grammar.governed(name)]
            if several:
                group = self._subject_of(one, offset) if one.paragraph == at else ""
                if group:
                    return group
                continue
            if free:
                return self.book.fullest(free[0])
            if back < clause and not named and one.paragraph == at and (noun := self._opening_noun(one)):
                return noun
            second = second or (self.book.fullest(named[0]) if named else "")
        return second

    def said_by(self, clause: Clause, offset: int) -> NameCandidate | None:
        """The name before a verb of saying, of whatever form: who *Conway insisted …* makes a speaker."""
        tokens = clause.tokens
        for name in clause.names:
            plain = not (name.group or name.office or name.definite or name.text.isupper())
            known = name.text.lower() in self.language.nationalities
            verb = tokens[name.last + 1].low if name.last + 1 < len(tokens) else ""
            if plain and not known and name.end <= offset and verb in self.language.say:
                return name
        return None

    def _subject_of(self, clause: Clause, offset: int) -> str:
        """The subject of a sentence, as far as it ends before `offset`; empty when it is a person, or a pronoun."""
        main = clause.grammar.main(len(clause.tokens))
        if main is None or main.kind == "pronoun" or main.end > offset:
            return ""
        if main.name is not None:
            return "" if self.book.is_person(main.name) else self.book.fullest(main.name)
        words = self.text[main.start : main.end].lower().split()
        return self.text[main.start : main.end] if not self.language.sources.isdisjoint(words) else ""

    def _opening_noun(self, clause: Clause) -> str:
        """The nameless person that a sentence begins with, as in *One of the victims decided*; empty when none."""
        language = self.language
        for at, token in enumerate(clause.tokens[1:8], 1):
            if not token.is_word:
                break
            if token.low in language.finite | language.say | language.auxiliaries or token.low.endswith("ed"):
                subject = clause.grammar.before(at)
                words = self.text[subject.start : subject.end].lower().split() if subject else []
                plural = bool(words) and (words[-1].endswith("s") or words[0] in _SEVERAL) and words[0] != "one"
                if subject and subject.kind == "noun" and not plural and not language.sources.isdisjoint(words):
                    return self.text[subject.start : subject.end]
                break
        return ""

    def is_nameless(self, subject: Subject, clause: int) -> bool:
        """Return whether a speaker has no name in the article: *officials*, but not *the army of France*."""
        if subject.kind != "noun":
            return False
        one = self.clauses[clause]
        if self._bearer(one.tokens[subject.first : subject.last + 1]):
            return False
        head = one.tokens[subject.last]
        several = head.low.endswith("s") or one.tokens[subject.first].low in _INDEFINITE
        if several and head.low in self.language.sources:
            return True  # *Democratic leaders*, *a White House aide*
        return not any(subject.first <= name.first <= subject.last and not _is_noun(name) for name in one.names)
