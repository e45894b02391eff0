"""Names and aliases: what an entry is called reaches it, and what else it is called is searched for too."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Literal

from msgspec import Struct

from dossier.model.query import And, Best, Favour, Field, Fuzzy, Name, Near, Or, Phrase, Prefix, Query, Word, rebuilt
from dossier.search.engines.closeness import near_miss
from dossier.search.text.normalize import fold
from dossier.search.text.tokenizer import tokens
from dossier.search.text.word_forms import SHORT

Mode = Literal["exact", "aliases", "fuzzy"]
"""As typed; names under all their aliases; that, and words one letter off."""

MODES: tuple[Mode, ...] = ("exact", "aliases", "fuzzy")

LONGEST = 6
"""Words of the longest name that is recognised in a query."""

OTHERS = 12
"""How many other names stand in for one."""

NEAR = 5
"""Letters a word needs before a letter may be off without being asked."""


class EntryName(Struct, frozen=True, gc=False):
    """An entry that goes by a name."""

    id: str
    kind: str
    name: str
    """The name by which it was found, as its author wrote it."""


class Names:
    """The names of a dossier's entries."""

    def __init__(
        self,
        entries: Iterable[tuple[str, str, Iterable[str]]] = (),
        articles: Callable[[], Iterable[tuple[str, str, Iterable[str]]]] = tuple,
    ) -> None:
        """Take `(id, kind, names)` of entries; those of `articles` are asked for when a query is about articles."""
        self._articles = articles
        self._titles: Names | None = None
        self._all: dict[str, tuple[str, ...]] = {}
        self._kinds: dict[str, str] = {}
        self._by_words: dict[tuple[str, ...], list[EntryName]] = {}
        for entry, kind, given in entries:
            words = {name: key for name in given if (key := _key(name))}
            self._all[entry] = tuple(words)
            self._kinds[entry] = kind
            for name, key in words.items():
                self._by_words.setdefault(key, []).append(EntryName(entry, kind, name))

    def called(self, text: str) -> list[EntryName]:
        """The entries that are called exactly so; letter case counts for short names and for names in capitals."""
        known = self._by_words.get(_key(text), ()) if self._by_words else ()
        fitting = [named for named in known if _same_case(named.name, text)]
        fitting.sort(key=lambda named: named.name != text)
        return list({named.id: named for named in reversed(fitting)}.values())[::-1]

    def nearly(self, text: str) -> list[EntryName]:
        """The entries with a name at most one letter off."""
        folded = " ".join(_key(text))
        if len(folded) < NEAR:
            return []
        found = [
            named for key, entries in self._by_words.items() if near_miss(" ".join(key), folded) for named in entries
        ]
        return [named for named in found if not _cased(named.name)]

    def guess(self, kinds: tuple[str, ...], text: str) -> str:
        """Return the id of an entry of these kinds that `text` may mean; empty when none comes near.

        It may be a letter off an id or a name, or some of the words of a name.
        """
        known = self._of(kinds)
        if near := [named.id for named in known.nearly(text) if named.kind in kinds]:
            return near[0]
        typed, words = text.lower(), set(_key(text))
        of_kind = {entry: names for entry, names in known._all.items() if known._kinds[entry] in kinds}  # noqa: SLF001
        close = [entry for entry in of_kind if len(entry) >= NEAR and near_miss(entry, typed)]
        partly = [entry for entry, names in of_kind.items() if words and any(words <= set(_key(one)) for one in names)]
        return next(iter([*close, *partly]), "")

    def _of(self, kinds: tuple[str, ...]) -> "Names":
        """Return the names among which entries of these kinds are."""
        if kinds != ("article",) or self._articles is tuple:
            return self
        if self._titles is None:
            self._titles = Names(self._articles())
        return self._titles

    def resolve(self, kinds: tuple[str, ...], text: str, *, begun: bool = False) -> list[str]:
        """The ids of entries of these kinds that `text` means: by id, by name, or, `begun`, by how these begin."""
        if (among := self._of(kinds)) is not self:
            return among.resolve(kinds, text, begun=begun)
        typed = text.lower()
        if self._kinds.get(typed) in kinds:
            return [typed]
        found = [named.id for named in self._by_words.get(_key(text), ()) if named.kind in kinds]
        if not found and begun:
            words = _key(text)
            found = [
                entry
                for entry, names in self._all.items()
                if self._kinds[entry] in kinds
                and (entry.startswith(typed) or any(_begins(_key(name), words) for name in names))
            ]
        return list(dict.fromkeys(found))

    def expand(self, query: Query, mode: Mode) -> Query:
        """`query` with other names beside those it names, and with near misses in `fuzzy` mode."""
        if mode == "exact":
            return _exactly(query)
        match query:
            case And(parts):
                return And(tuple(self._sequence(parts, mode)))
            case Or(parts):
                return Or(tuple(self.expand(part, mode) for part in parts))
            case Word() | Phrase() | Prefix() | Fuzzy():
                return self._one(query, query.text, mode)
        return query

    def favour(self, query: Query, text: str) -> Query:
        """`query` with the entries first that are called `text` and nothing else."""
        ids = tuple(dict.fromkeys(named.id for named in self.called(text)))
        return Favour(query, ids) if ids else query

    def _sequence(self, parts: tuple[Query, ...], mode: Mode) -> list[Query]:
        """The parts of an `And`; words in a row that make a name are taken together."""
        found: list[Query] = []
        at = 0
        while at < len(parts):
            part = parts[at]
            taken = 0
            for length in range(min(LONGEST, len(parts) - at), 1, -1):
                row = parts[at : at + length]
                if all(isinstance(word, Word) for word in row[:-1]) and isinstance(row[-1], Word | Prefix):
                    text = " ".join(word.text for word in row if isinstance(word, Word | Prefix))
                    if others := self._others(text, mode):
                        spelt = tuple(self._misspelt(word, mode) for word in row)
                        found.append(_either(And(spelt), others))
                        taken = length
                        break
            if not taken:
                found.append(self.expand(part, mode))
                taken = 1
            at += taken
        return found

    def _one(self, query: Word | Phrase | Prefix | Fuzzy, text: str, mode: Mode) -> Query:
        others = self._others(text, mode)
        spelt = self._misspelt(query, mode)
        return _either(spelt, others) if others else spelt

    def _misspelt(self, query: Query, mode: Mode) -> Query:
        if mode == "fuzzy" and isinstance(query, Word) and len(query.text) >= NEAR and not query.text.isupper():
            return Fuzzy(query.text)
        return query

    def _others(self, text: str, mode: Mode) -> dict[str, str]:
        """The other names of what is called `text`, each with the reason it stands for it."""
        called = self.called(text)
        if not called and mode == "fuzzy":
            called = self.nearly(text)
        typed = _key(text) if called else ()
        others: dict[str, str] = {}
        for named in called:
            for name in self._all[named.id]:
                if _key(name) != typed or not _same_case(name, text):
                    others.setdefault(name, f"{name} = {named.name}")
        return dict(list(others.items())[:OTHERS])


KINDS_OF = {
    "speaker": ("person", "delegation"),
    "delegation": ("delegation",),
    "issue": ("issue",),
    "article": ("article",),
}
"""The kinds of entries that a field's values name."""


def resolved(query: Query, names: Names, *, typing: bool) -> tuple[Query, list[Field]]:
    """`query` with names in its fields turned into ids, and the fields whose value names nothing."""
    unknown: list[Field] = []

    def replace(node: Query) -> Query:
        if isinstance(node, Field) and node.name in KINDS_OF:
            ids = names.resolve(KINDS_OF[node.name], node.values[0], begun=typing)
            if not ids:
                unknown.append(node)
            return Field(node.name, tuple(ids) or node.values)
        return rebuilt(node, replace)

    return replace(query), unknown


def _either(query: Query, others: dict[str, str]) -> Query:
    return Best((query, *(Name(name, _cased(name)) for name in others)), tuple(others.values()))


def _exactly(query: Query) -> Query:
    """`query` with its words in just the form that was typed."""
    match query:
        case Word(text):
            return Phrase(text)
        case Prefix(text):
            return Prefix(text, exact=True)
        case Fuzzy(text):
            return Fuzzy(text, exact=True)
        case Near(left, right, distance):
            return Near(Phrase(left.text), Phrase(right.text), distance)
        case _:
            return rebuilt(query, _exactly)


def _key(text: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokens(text, "") if not token.second)


def _cased(name: str) -> bool:
    """Return whether letter case counts for a name, as for its mentions: if it is short, or all in capitals."""
    folded = unicodedata.normalize("NFC", name)
    return folded.lower() != folded.upper() and (
        len(folded.replace(".", "")) <= SHORT or folded.upper() == folded or _short_letters(folded)
    )


def _short_letters(name: str) -> bool:
    return name.isascii() and sum(map(str.isalpha, name)) <= SHORT


def _same_case(name: str, text: str) -> bool:
    """Return whether `text` may stand for `name` as far as letter case goes. Dots do not count: `U.S.` is `US`."""
    if not _cased(name):
        return True
    return name.replace(".", "") == text.replace(".", "") or (name[:1].islower() and fold(name) == fold(text))


def _begins(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Return whether the words begin a name, or one of its words does, when there is but one."""
    if not words:
        return False
    if len(words) == 1:
        return any(word.startswith(words[0]) for word in name)
    return " ".join(name).startswith(" ".join(words))
