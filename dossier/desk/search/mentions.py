"""Names and aliases of entries, found in articles without any annotation."""

import re
from collections.abc import Iterable

from dossier.model.folding import Folded, fold
from dossier.model.views import Span
from dossier.model.word_boundaries import is_unspaced, splits_name

_WORD = re.compile(r"[^\W_]+")
_SHORT = 3
"""Letters. An alias no longer than this is matched with its case: `US` is not `us` (format, rules for reading)."""


class Mentions:
    """The names of a dossier, ready to be looked for."""

    def __init__(self, names: Iterable[tuple[str, str, str]]) -> None:
        """Take `(name, entry id, kind)` of every name that is looked for."""
        self._by_word: dict[str, list[tuple[str, int, bool, str]]] = {}
        self._unspaced: list[tuple[str, str]] = []
        for name, entry, _ in names:
            folded = fold(name)
            first = _WORD.search(folded)
            if not first:
                continue
            if is_unspaced(folded[0]):  # no spaces tell where a name begins
                self._unspaced.append((folded, entry))
                continue
            cased = len(folded.replace(".", "")) <= _SHORT or folded.upper() == folded
            known = folded if cased else folded.lower()
            self._by_word.setdefault(first.group().lower(), []).append((known, first.start(), cased, entry))
        for alike in self._by_word.values():
            alike.sort(key=lambda name: -len(name[0]))

    def find(self, text: str, start: int = 0) -> tuple[Span, ...]:
        """The mentions in `text` from the offset `start` on; of several at one place the longest, and none overlap."""
        folded = Folded(text)
        plain = folded.text
        lowered = _lower(plain)
        found = [(at, at + len(name), entry) for name, entry in self._unspaced for at in _places(folded, name)]
        for word in _WORD.finditer(lowered):
            for name, offset, cased, entry in self._by_word.get(word.group(), ()):
                begin = word.start() - offset
                if (
                    begin >= 0
                    and (plain if cased else lowered).startswith(name, begin)
                    and _is_whole(folded, begin, name)
                ):
                    found.append((begin, begin + len(name), entry))
                    break
        spans, behind = [], folded.position(start)
        for begin, end, entry in sorted(found, key=lambda one: (one[0], -one[1])):
            if begin >= behind:
                spans.append(Span(folded.start(begin), folded.end(end), entry, entry, "mention"))
                behind = end
        return tuple(spans)


def _lower(text: str) -> str:
    """`text` in lower case, letter by letter where that would change its length."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _places(text: Folded, name: str) -> list[int]:
    """The place where a name in a script without spaces stands."""
    return [match.start() for match in re.finditer(re.escape(name), text.text) if _is_whole(text, match.start(), name)]


def _is_whole(text: Folded, begin: int, name: str) -> bool:
    return not (splits_name(text.text, begin, text.raw) or splits_name(text.text, begin + len(name), text.raw))
