"""Find the offsets at which the words of a plan stand in a text, analysing only candidate words.

`dossier.search.engines.matching` defines a match; this module finds the same ones sooner. A text in plain letters is
scanned for the beginnings that a wanted word must have, and only the words there are analysed.
"""

import re
from functools import cached_property
from typing import NamedTuple

from dossier.search.engines import plan_nodes as nodes
from dossier.search.engines.closeness import is_close
from dossier.search.engines.matching import Flat, Match, flat, matches
from dossier.search.text.chunks import LINKS, PLAINEST, in_plain_letters
from dossier.search.text.english import CHANGED, beginning
from dossier.search.text.normalize import bare
from dossier.search.text.tokenizer import EXACT, Inside, Token, chunk_memory, tokens
from dossier.search.text.word_forms import CAPITALS

_UNTIED = dict.fromkeys(map(ord, LINKS))
_LINKS = LINKS.encode("ascii", "replace")
_WORDS_ONLY = bytes(ord(chr(code).lower()) if code < 128 and chr(code).isalnum() else 32 for code in range(256))
"""A table for `bytes.translate`: letters in lower case and digits stay, all else is a space."""
_LOWER = bytes(range(256)).lower()
_SIGHT = 12
"""Characters that hold a word, as a rule."""
_TIE = re.compile(rf"[{LINKS}](?<=[A-Za-z0-9].)(?=[A-Za-z0-9])")
"""What ties two plain words into one chunk."""


class Highlighter:
    """Finds in texts of one language where the words of a plan stand; what it excludes is left out."""

    def __init__(self, plan: nodes.Plan, language: str) -> None:
        self._plan = plan
        self._language = language
        self._wanted = WantedTerms(plan, language)
        self._asked = flat(plan)
        roots = _roots(self._wanted) if language == "en" else None
        self._roots = None if roots is None else list(map(_Root.of, roots))
        self._in_chunks = None if self._asked is None else ChunkMatches(language, self._asked)

    def matches(self, text: str) -> list[Match]:
        """The matches in `text`, in order."""
        if self._roots is not None and in_plain_letters(text):
            starts = self._starts(text, self._roots)
            if self._in_chunks is not None:
                return self._matches_at(text, starts, self._in_chunks)
            found = self._spotted(text, starts)
        else:
            found = tokens(text, self._language, self._wanted)
        if not found:
            return []
        asked = self._asked
        return sorted(set(matches(self._plan, found) if asked is None else asked.matches(found)))

    def _starts(self, text: str, roots: "list[_Root]") -> list[int]:
        """The beginnings of chunks that may be asked for, and of words that are not the first of their chunk, in order.

        All is looked for in bytes, one for each character, which is quickest; no typography is a letter.
        """
        whole = text.encode("ascii", "replace")
        spaced = b" " + whole.translate(_WORDS_ONLY)
        untied = whole.translate(_LOWER, _LINKS)
        starts: set[int] = set()
        over_tie = False
        for root in roots:
            begun, at = 0, spaced.find(root.begun)
            while at >= 0:  # where the word begins, as one space was put before the text
                starts.add(_start(text, at) if at and whole[at - 1] in _LINKS and _tied(text, at) else at)
                begun, at = begun + 1, spaced.find(root.begun, at + 1)
            if root.may_reach_over and (count := untied.count(root.letters)) and not (root.plain and count == begun):
                over_tie = over_tie or count != whole.lower().count(root.letters)
        if over_tie:
            starts.update([_start(text, match.start()) for match in _TIE.finditer(text)])
        return sorted(starts)

    def _matches_at(self, text: str, starts: list[int], known: "ChunkMatches") -> list[Match]:
        """The matches in the chunks that begin at `starts`, where no part of the plan asks for more than one word."""
        found: list[Match] = []
        chunk_at = PLAINEST.match
        for at in starts:
            match = chunk_at(text, at)
            if match is None:
                continue
            chunk = match.group()
            if not chunk.isalnum():
                if not self._may_hold(chunk):
                    continue
                if "." in chunk and text.startswith(".", match.end()):
                    chunk += "."
            for start, end, wanted, why in known[chunk]:
                found.append(Match(at + start, at + end, wanted, why))
        return found

    def _spotted(self, text: str, starts: list[int]) -> list[Token]:
        """The tokens of a text in plain letters that are asked for; more places lie between them where it matters.

        They begin at `starts`, and so do some that nobody asks for.
        """
        found: list[Token] = []
        add, new, chunk_at = found.append, tuple.__new__, PLAINEST.match
        place = last = 0
        for at in starts:
            match = chunk_at(text, at)
            if match is None:
                continue
            chunk = match.group()
            if not chunk.isalnum() and not self._may_hold(chunk):
                continue
            inside, width = self._wanted[chunk]
            if inside:
                if self._wanted.reach:
                    place += self._between(text, last, at)
                    last = match.end()
                for offset, term, word, start, end, second, initials in inside:
                    dot = initials and text.startswith(".", at + end)
                    add(new(Token, (place + offset, term, word, at + start, at + end + dot, second)))
                place += width
        return found

    def _may_hold(self, chunk: str) -> bool:
        """Return whether a word that is asked for may be among several that are tied, in which it begins somewhere."""
        untied = chunk.encode("ascii", "replace").lower().translate(None, _LINKS)
        return any(root.letters in untied for root in self._roots or ())

    def _between(self, text: str, start: int, end: int) -> int:
        """The places between two chunks, or only so many that no phrase can reach over them."""
        reach = self._wanted.reach
        near = min(end, start + _SIGHT * (reach + 4))
        count = sum(map(self._width, PLAINEST.findall(text, start, near)))
        if near < end and count <= reach + 1:
            count = sum(map(self._width, PLAINEST.findall(text, start, end)))
        return count

    def _width(self, chunk: str) -> int:
        return 1 if chunk.isalpha() and chunk.isascii() else self._wanted[chunk][1]


class _Root(NamedTuple):
    """A beginning that a wanted word may have, in bytes."""

    begun: bytes
    """With a space before it and for all that is no letter or digit, as it is looked for where words begin."""
    letters: bytes
    """Without what may tie words."""
    may_reach_over: bool
    """Whether a tie may stand inside it, as in U.S."""
    plain: bool
    """Whether it is all letters and digits."""

    @classmethod
    def of(cls, root: str) -> "_Root":
        """Return the root of some letters in ASCII."""
        begun, letters = b" " + root.encode().translate(_WORDS_ONLY), root.translate(_UNTIED).encode()
        return cls(begun, letters, len(letters) > 1, begun[1:] == letters)


def _tied(text: str, at: int) -> bool:
    """Return whether the character at `at` is tied to a word before it."""
    return at > 1 and text[at - 1] in LINKS and text[at - 2].isalnum()


def _start(text: str, at: int) -> int:
    """The beginning of the chunk that has a tie at `at`."""
    while at and (text[at - 1].isalnum() or _tied(text, at)):
        at -= 1
    return at


def _roots(wanted: "WantedTerms") -> frozenset[str] | None:
    """The beginnings one of which a plain word must have to be asked for; None when any word may be."""
    words = [spelt(term) for term in wanted.terms] + [*wanted.prefixes]
    if wanted.close or not all(words):
        return None
    found = {beginning(word) for word in words if word.isascii()}
    return frozenset(root for root in found if not any(root[:end] in found for end in range(1, len(root))))


def spelt(term: str) -> str:
    """The letters of a term, in lower case."""
    return bare(term.removeprefix(CAPITALS).removeprefix(EXACT)).lower()


def _both_cases(letters: set[str]) -> frozenset[str]:
    return frozenset(letters | {letter.upper() for letter in letters})


class WantedTerms(dict[str, Inside]):
    """Chunks to those of their tokens that some part of a plan asks for."""

    def __init__(self, plan: nodes.Plan, language: str) -> None:
        super().__init__()
        self._all = chunk_memory(language)
        self.terms: set[str] = set()
        """Terms that words may have."""
        self.prefixes: tuple[str, ...] = ()
        """Beginnings that words or terms may have."""
        self.close: list[str] = []
        """Words that others may be like."""
        self.reach = 0
        """Places that the longest phrase takes, with what may stand between its words."""
        self._language = language
        self._collect(plan)

    @cached_property
    def _letters(self) -> tuple[frozenset[str], frozenset[str]] | None:
        """The first letters of a plain word, or else its second ones, with which it can be asked for.

        A near miss has one of the first two letters in one of its first two places. None when any word may be asked
        for.
        """
        words = [spelt(term) for term in self.terms] + [*self.prefixes]
        if (
            self._language != "en"
            or not all(words)
            or any(len(word) <= CHANGED + 2 or not word.isascii() for word in self.close)
        ):
            return None
        near = {letter for word in self.close for letter in word[:2]}
        first = near | {word[0] for word in words}
        return _both_cases(first), _both_cases(near)

    def _collect(self, plan: nodes.Plan) -> None:
        match plan:
            case nodes.Leaf(terms):
                self.terms.update(terms)
            case nodes.PrefixPlan(prefix):
                self.prefixes += (prefix,)
            case nodes.FuzzyPlan(word):
                self.close.append(word)
            case nodes.Run(parts, width):
                self.reach = max(self.reach, width)
                for _, leaf in parts:
                    self._collect(leaf)
            case nodes.NearPlan(left, right, distance):
                self.reach = max(self.reach, left.width + distance + right.width)
                self._collect(left)
                self._collect(right)
            case nodes.All(parts) | nodes.Any(parts) | nodes.MaxPlan(parts):
                for part in parts:
                    self._collect(part)
            case nodes.ExactFormPlan(part, exact):
                self._collect(part)
                self._collect(exact)
            case nodes.BoostPlan(part):
                self._collect(part)
            case nodes.Tag() | nodes.Days() | nodes.Everything() | nodes.Nothing() | nodes.Without():
                return

    def __missing__(self, chunk: str) -> Inside:
        if self._passes_over(chunk):
            known: Inside = (), 1
        else:
            inside, width = self._all[chunk]
            known = tuple([token for token in inside if self._asked(token[1], token[2])]), width
        if len(chunk) <= 24:
            if len(self) >= 20_000:
                self.clear()
            self[chunk] = known
        return known

    def _passes_over(self, chunk: str) -> bool:
        if self._letters is None or not (chunk.isascii() and chunk.isalpha()):
            return False
        first, second = self._letters
        return chunk[0] not in first and chunk[1:2] not in second

    def _asked(self, term: str, word: str) -> bool:
        if term in self.terms or EXACT + word in self.terms:
            return True
        if term[:1] == CAPITALS:
            return False
        return word.startswith(self.prefixes) or any(is_close(word, other) for other in self.close)


class ChunkMatches(dict[str, tuple[tuple[int, int, str, str], ...]]):
    """Chunks to the matches in them, counted from the chunk, for a plan that asks for single words.

    A chunk with dots in it ends in one more where one stands behind it, which belongs to initials: `U.S.`.
    """

    def __init__(self, language: str, asked: Flat) -> None:
        super().__init__()
        self._all = chunk_memory(language)
        self._asking = asked.asking

    def __missing__(self, chunk: str) -> tuple[tuple[int, int, str, str], ...]:
        known: tuple[tuple[int, int, str, str], ...] = ()
        for _, term, word, start, end, _, initials in self._all[chunk.removesuffix(".")][0]:
            if asking := self._asking(term, word):
                end += initials and chunk.startswith(".", end)  # noqa: PLW2901 - the dot belongs to the initials
                known += tuple([(start, end, *one) for one in asking])
        if len(known) > 1:
            known = tuple(sorted(set(known)))
        if len(chunk) <= 24:
            if len(self) >= 20_000:
                self.clear()
            self[chunk] = known
        return known
