"""Other spellings, when little was found: names first, then words that the articles use."""

from collections.abc import Collection
from math import log
from time import monotonic

from dossier.model.query import Not, Phrase, Prefix, Query, Word, children, rebuilt
from dossier.model.word_boundaries import is_unspaced
from dossier.search.engines.engine import Engine
from dossier.search.query.names import NEAR, Names
from dossier.search.query.printer import plain
from dossier.search.text.normalize import fold, stems
from dossier.search.text.tokenizer import tokens

MOST = 3
"""How many are offered."""
CANDIDATES = 24
"""Of how many of the nearest words it is looked up how often they stand."""
OFTEN = 10
"""A word in so many times more passages is offered before one that is a letter nearer."""
NAMES_FIRST = 1_000_000
RARE = 10
"""A word in fewer passages may be a slip of who wrote them, where a near miss is in `OFTEN` times as many."""


def suggestions(query: Query, engine: Engine, names: Names, until: float, total: int = 0) -> tuple[str, ...]:
    """Return up to `MOST` queries like this one, with another spelling of one word each, that find more than `total`.

    Until the time `until` (`time.monotonic`).
    """
    found: dict[str, None] = {}
    for word in _words(query):
        if monotonic() > until:
            break
        for other in _spellings(word.text, engine, names, until):
            changed = _with(query, word, Phrase(other) if " " in other else Word(other))
            if monotonic() < until and engine.search(changed, limit=1, seconds=_left(until)).total > total:
                found[plain(changed)] = None
            if len(found) >= MOST:
                return tuple(found)
    return tuple(found)


def _words(query: Query) -> list[Word | Phrase | Prefix]:
    if isinstance(query, Word | Phrase | Prefix):
        return [query]
    if isinstance(query, Not):
        return []
    return [word for part in children(query) for word in _words(part)]


def _spellings(text: str, engine: Engine, names: Names, until: float) -> list[str]:
    """Return names and words near `text`, the nearest first.

    When the articles have the word itself, only words that stand in many more passages than it.
    """
    stream = [token for token in tokens(text, "") if not token.second]
    if len(stream) != 1 or len(stream[0].word) < 3 or is_unspaced(stream[0].word[:1]):
        return _names(text, names)
    word = stream[0].word
    called = _names(text, names)
    own = engine.search(Word(text), limit=0, seconds=_left(until)).total
    if own >= RARE or (own and len(word) < NEAR):
        return called
    found: dict[str, int] = {fold(name): -NAMES_FIRST for name in called}
    most, letters, stem = (1 if own or len(word) < 6 else 2), set(word), stems("en")
    for form in engine.forms(word, most):
        if abs(len(form) - len(word)) > most or len(letters.symmetric_difference(form)) > 2 * most:
            continue
        if own and stem[form] == stem[word]:
            continue
        if (far := distance(word, form, most)) <= most:
            found.setdefault(form, far * 1000 + abs(len(form) - len(word)) * 100 - _shared(word, form))
        if monotonic() > until:
            break
    spelt = {fold(name): name for name in called}
    ordered = _ranked(found, spelt, engine, until, own * OFTEN)[: MOST * 2]
    return list({stem[form]: spelt.get(form, form) for form in reversed(ordered)}.values())[::-1]


def _ranked(found: dict[str, int], names: Collection[str], engine: Engine, until: float, least: int) -> list[str]:
    """Return the nearest forms that are names or in `least` passages; `OFTEN` times as many are worth a letter."""
    off: dict[str, float] = {}
    for form in sorted(found, key=lambda form: (found[form], form))[:CANDIDATES]:
        late = form in names or monotonic() > until
        total = 0 if late else engine.search(Phrase(form), limit=0, seconds=_left(until)).total
        if form in names or total >= least:
            off[form] = found[form] - 1000 * log(max(total, 1), OFTEN)
    return sorted(off, key=lambda form: (off[form], form))


def _left(until: float) -> float:
    """Return the seconds that are left for one more look; never none."""
    return max(0.01, until - monotonic())


def _names(text: str, names: Names) -> list[str]:
    """Return names nearly so, but not so."""
    return [named.name for named in names.nearly(text) if fold(named.name) != fold(text)]


def _shared(word: str, other: str) -> int:
    return next((at for at, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1]), len(word))


def distance(word: str, other: str, most: int) -> int:
    """Return how many letters must be added, left out, replaced or swapped; `most` + 1 when more than that."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(word, 1):
        current = [row]
        for column, mark in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != mark))
            if row > 1 and column > 1 and letter == other[column - 2] and word[row - 2] == mark:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, last = last, current
    return min(last[-1], most + 1)


def _with(query: Query, word: Query, other: Query) -> Query:
    if query is word:
        return other
    if isinstance(query, Not):
        return query
    return rebuilt(query, lambda part: _with(part, word, other))
