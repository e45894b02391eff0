"""Names in a sentence, and the fullest form in which an article has them."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from dossier.drafts.language import Language
from dossier.drafts.sentences import Sentence, SentenceToken


class NameCandidate(Struct, frozen=True, gc=False):
    """A run of capitalised words."""

    first: int
    """Index of its first token, titles included."""
    core: int
    """Index of the first token behind its titles."""
    last: int
    """Index of its last token."""
    text: str
    """The name without titles and without *'s*."""
    start: int
    """Offset of `core`."""
    end: int
    """Offset behind the name, before an *'s*."""
    titled: bool
    """True when a title stands before it."""
    group: bool
    """True for the name of an organisation or a place, as far as its words tell."""
    possessive: bool
    """True when it ends in *'s*."""
    office: bool = False
    """True when it is nothing but titles (*Assemblywoman*)."""
    definite: bool = False
    """True when an article stands before it (*the Channel*)."""

    @property
    def words(self) -> list[str]:
        """Its words."""
        return self.text.split()


def find_names(sentence: Sentence, language: Language, lowered: frozenset[str]) -> list[NameCandidate]:
    """The names of a sentence; `lowered` are the words that the article also writes without a capital."""
    found: list[NameCandidate] = []
    at = 0
    while at < len(sentence):
        if not _begins(sentence, at, language, lowered):
            at += 1
            continue
        last = at
        while not sentence[last].possessive and (following := _next(sentence, last, at, language)):
            last = following
        found.append(_name(sentence, at, last, language))
        at = last + 1
    return [name for name in found if name.text]


def _is_part(token: SentenceToken, language: Language) -> bool:
    return (
        token.capital
        and token.low not in language.weekdays
        and token.low.partition("'")[0] not in language.other_pronouns - {"what"}
        and token.low not in language.other_pronouns
        and not (token.low in language.months and token.text[1:2].islower() and token.low != "may")
    )


def _begins(sentence: Sentence, at: int, language: Language, lowered: frozenset[str]) -> bool:
    token = sentence[at]
    if not _is_part(token, language) or token.low in language.suffixes:
        return False
    initial = at == 0 or not sentence[at - 1].is_word
    common = token.low in language.openers or token.low in language.they or token.low in language.he
    if not common and at == 0:
        following = sentence[1] if len(sentence) > 1 else None
        verbal = token.low.endswith(("ed", "ing", "ly")) and (following is None or not following.capital)
        common = (token.low in lowered and token.low not in language.titles) or verbal
    if common and token.text.isupper() and len(token.text) > 1:
        common = False
    if common and not initial:
        return token.low not in language.determiners and token.low not in language.prepositions
    return not common


def _next(sentence: Sentence, last: int, first: int, language: Language) -> int:
    """The index of the next word of the name; 0 when it ends at `last`."""
    if last + 1 >= len(sentence):
        return 0
    token = sentence[last + 1]
    if token.low in language.he | language.they and sentence[last].text.endswith("."):
        return 0  # *Washington, D.C. They said*
    if _is_part(token, language):
        return last + 1
    at = last + 1
    grouped = any(one.low in language.groups for one in sentence[first : last + 1])
    grouped = grouped or _is_office(sentence, first, last, language)
    if token.low in language.particles and at + 1 < len(sentence) and _is_part(sentence[at + 1], language):
        return at + 1
    if token.text == "&" or (grouped and token.low in language.joiners):
        if token.low == "and" and not any(word.low in language.joiners for word in sentence[first:at]):
            return 0
        while at < len(sentence) and at <= last + 2 and sentence[at].low in language.joiners:
            at += 1
        if at < len(sentence) and _is_part(sentence[at], language):
            return at
    return 0


def _is_office(sentence: Sentence, first: int, last: int, language: Language) -> bool:
    return first <= last and sentence[last].low.rstrip(".") in language.titles


def _name(sentence: Sentence, first: int, last: int, language: Language) -> NameCandidate:
    core = _core(sentence, first, last, language)
    titled = core > first
    office = core > last
    if language.nouns_in_capitals and first == last and first > 0 and not titled:
        office = sentence[first - 1].low in language.determiners  # German: *eine Anwohnerin*
    if office:
        core, titled = first, False
    part = sentence[core : last + 1]
    ending = part[-1]
    cut = 2 if ending.text.endswith(("'s", "’s")) else int(ending.text.endswith(("s'", "s’")))
    grouped = any(token.low in language.groups for token in part)
    text = _join_tokens(part)
    return NameCandidate(
        first,
        core,
        last,
        text[: len(text) - cut] if cut else text,
        part[0].start,
        ending.end - cut,
        titled and not grouped,
        grouped,
        bool(cut),
        office,
        first > 0 and sentence[first - 1].low in language.determiners,
    )


def _core(sentence: Sentence, first: int, last: int, language: Language) -> int:
    """The first token behind the titles and the office (*Secretary of State*); behind `last` when nothing follows."""
    core = first
    at = first
    while at <= last:
        low = sentence[at].low.rstrip(".")
        if low.endswith("-born") and at < last:
            core = at + 1
        if low in language.titles or (language.title_endings and low.endswith(language.title_endings)):
            core = at + 1
            if at + 2 <= last and sentence[at + 1].low in {"of", "for"}:
                at += 1
                while at < last and not sentence[at].capital:
                    at += 1
                core = at + 1
        at += 1
    return core


def _join_tokens(part: Sequence[SentenceToken]) -> str:
    return "".join(
        token.text + (" " if number + 1 < len(part) and part[number + 1].start > token.end else "")
        for number, token in enumerate(part)
    )


def _has_no_title(name: NameCandidate) -> bool:
    """Return whether no title stands before the name."""
    return name.first == name.core


def _are_one_person(texts: set[str]) -> bool:
    """Return whether full names that end alike are forms of one (*Hubert Minnis*, *Hubert A. Minnis*)."""
    longest = max(texts, key=len).split()
    return all(set(text.split()) <= set(longest) for text in texts)


def _used_alone(names: Sequence[tuple[int, NameCandidate]], by_last: dict[str, str]) -> set[str]:
    """The last names that an article uses alone twice, headline apart, before the full name that ends in them.

    Such a full name is mostly that of another person: *Mr. Trump* of an article that later brings in *Ivanka Trump*.
    """
    alone: Counter[str] = Counter()
    settled: set[str] = set()
    for paragraph, name in names:
        last = name.words[-1]
        if by_last.get(last) == name.text:
            settled.add(last)
        elif paragraph and last not in settled and len(name.words) == 1 and last in by_last:
            alone[last] += 1
    return {last for last, count in alone.items() if count > 1}


class NameBook:
    """All names of an article: which of them are people, and their fullest form."""

    def __init__(self, names: Sequence[tuple[int, NameCandidate]], language: Language) -> None:
        """Take the names with the index of the paragraph that each stands in."""
        full: Counter[str] = Counter()
        self._titled: set[str] = set()
        self._roles: dict[str, set[str]] = {}
        self._language = language
        for _, name in names:
            words = name.words
            if name.titled:
                self._titled.add(words[-1])
            if (
                len(words) > 1
                and not name.group
                and not (name.definite and _has_no_title(name))
                and all(word[:1].isalpha() for word in words)
            ):
                full[name.text] += 1
        self._by_last: dict[str, str] = {}
        alike: dict[str, set[str]] = {}
        for text, _ in full.most_common():
            self._by_last.setdefault(text.split()[-1], text)
            alike.setdefault(text.split()[-1], set()).add(text)
        self._shared = {last for last, texts in alike.items() if len(texts) > 1 and not _are_one_person(texts)}
        self._shared |= _used_alone(names, self._by_last)

    def add_role(self, name: NameCandidate, role: str) -> None:
        """Keep that a role, or a title, stands before a name."""
        if not name.group and not name.office:
            self._roles.setdefault(role, set()).add(self.fullest(name))

    def bearer(self, role: str) -> str:
        """The only one whom the article names with a role: who *the actress* is; empty when there is none, or two."""
        names = self._roles.get(role, set())
        return next(iter(names)) if len(names) == 1 else ""

    def fullest(self, name: NameCandidate) -> str:
        """The fullest form of a name: *Trump* is *Donald Trump* where the article has that."""
        if name.group or len(name.words) > 1:
            return name.text
        return name.text if name.text in self._shared else self._by_last.get(name.text, name.text)

    def is_person(self, name: NameCandidate) -> bool:
        """Return whether a name is a person's, as far as its form and the rest of the article tell."""
        if name.group or name.office:
            return False
        words = name.words
        if name.titled or words[-1] in self._titled:
            return True
        if (name.definite and _has_no_title(name)) or name.text.lower() in self._language.nationalities:
            return False
        if len(words) == 1:
            return words[0] in self._by_last and not name.text.isupper()
        return len(words) <= 5 and not all(word.isupper() for word in words)
