"""People: who is named with a role, once each."""

from collections.abc import Iterator

from msgspec import Struct

from dossier.drafts.names import NameCandidate
from dossier.drafts.reading import ArticleAnalysis, Clause

_MOST = 12
"""Words of a role."""


class Person(Struct, frozen=True):
    """A person with their role, as one stretch of the article."""

    name: NameCandidate
    full: str
    role: str
    start: int
    end: int


def find_people(reading: ArticleAnalysis) -> list[Person]:
    """The people whom the article names with a role, in order, each where that is done first."""
    seen: set[str] = set()
    found: list[Person] = []
    for clause in reading.clauses:
        for name in clause.names:
            if name.group or name.office or name.possessive or not reading.book.is_person(name):
                continue
            full = reading.book.fullest(name)
            person = None if full in seen else _find_role(reading, clause, name, full)
            if person is not None:
                seen.add(full)
                found.append(person)
    return found


def _find_role(reading: ArticleAnalysis, clause: Clause, name: NameCandidate, full: str) -> Person | None:
    return next(_apposition(reading, clause, name, full), None) or next(_role_before(reading, clause, name, full), None)


def _apposition(reading: ArticleAnalysis, clause: Clause, name: NameCandidate, full: str) -> Iterator[Person]:
    """`X, the head of Y, …`."""
    tokens = clause.tokens
    at = name.last + 1
    if at + 1 >= len(tokens) or tokens[at].text not in {",", "("}:
        return
    end = at + 1
    while end < len(tokens) and (tokens[end].is_word or tokens[end].text in {"&", "/"}):
        end += 1
    words = tokens[at + 1 : end]
    known = reading.language.roles | reading.language.titles
    closed = end >= len(tokens) or tokens[end].text in {",", ";", ".", ")"}
    if not closed or not 0 < len(words) <= _MOST or not any(word.low in known for word in words):
        return
    if words[0].low in reading.language.who | reading.language.finite | reading.language.say:
        return
    skip = words[0].low in reading.language.determiners and len(words) > 1
    role = reading.text[words[skip].start : words[-1].end]
    yield Person(name, full, role, name.start, words[-1].end)


def _role_before(reading: ArticleAnalysis, clause: Clause, name: NameCandidate, full: str) -> Iterator[Person]:
    """Match `Vice Premier X` and `the finance ministry spokeswoman X`."""
    tokens, language = clause.tokens, reading.language
    first = name.first
    if name.core == name.first:
        if name.first == 0 or tokens[name.first - 1].low not in language.roles:
            return
        first = name.first - 1
    opens = language.determiners | language.prepositions | language.conjunctions | language.finite | language.say
    opens |= language.coordinators | language.call | language.auxiliaries
    while first > 0 and name.last - first < _MOST:
        before = tokens[first - 1]
        if not before.is_word or before.low in opens or before.low in language.weekdays:
            break
        first -= 1
    if first == name.core:
        return
    role = reading.text[tokens[first].start : tokens[name.core - 1].end]
    yield Person(name, full, role, tokens[first].start, name.end)
