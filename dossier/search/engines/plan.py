"""A query as an engine carries it out: words become terms, for each language that the index holds.

`meaning` is the one place where the query language gets its meaning. A passage matches a node, and scores with it, as
said there; a node that does not match scores nothing.
"""

from collections.abc import Iterable
from functools import lru_cache

from dossier.model import query as queries
from dossier.model.dates import OPEN, first_day, last_day, numbered_day
from dossier.model.passages import Passage
from dossier.model.word_boundaries import is_unspaced
from dossier.search.engines import plan_nodes as nodes
from dossier.search.engines.postings import tag, words_of_value
from dossier.search.text.normalize import bare, terms_of
from dossier.search.text.tokenizer import EXACT, Token, tokens
from dossier.search.text.word_forms import CAPITALS, SHORT


def meaning(query: queries.Query, languages: Iterable[str]) -> nodes.Plan:
    """Plan `query` for an index of passages in `languages` (as `language_of` names them)."""
    return _once(query, tuple(sorted(set(languages))) or ("en",))


@lru_cache(maxsize=4)
def _once(query: queries.Query, languages: tuple[str, ...]) -> nodes.Plan:
    """The same for the engine, and then for the snippets of what it found."""
    return _meaning(query, languages)


Languages = tuple[str, ...]


def _meaning(query: queries.Query, languages: Languages) -> nodes.Plan:
    match query:
        case queries.Word(text):
            return _typed(text, languages)
        case queries.Phrase(text):
            return _words(text, _read(text, languages), exact=True)
        case queries.Name(text, cased):
            return _words(text, _read(text, languages), cased=cased)
        case queries.Prefix(text, exact):
            return _beginning(text, languages, exact=exact)
        case queries.Fuzzy(text, exact):
            return _close(text, languages, exact=exact)
        case queries.Near(left, right, distance):
            exact = isinstance(left, queries.Phrase) or isinstance(right, queries.Phrase)
            sides = (_run(_read(side.text, languages), exact=exact) for side in (left, right))
            runs = [run for run in sides if run]
            if len(runs) == 2:
                return nodes.NearPlan(runs[0], runs[1], distance)
            return _simple(runs[0]) if runs else nodes.Nothing()
        case queries.Field(name, values):
            return _field(name, values)
        case queries.Dates(first, last):
            return nodes.Days(numbered_day(first_day(first)), numbered_day(last_day(last) if last else OPEN))
        case queries.Every():
            return nodes.Everything()
        case queries.And(parts):
            return nodes.All(tuple(_meaning(part, languages) for part in parts))
        case queries.Or(parts):
            return nodes.Any(tuple(_meaning(part, languages) for part in parts))
        case queries.Not(part):
            return nodes.Without(_meaning(part, languages))
        case queries.Best(parts, why):
            return nodes.MaxPlan(tuple(_meaning(part, languages) for part in parts), why)
        case queries.Favour(part, ids):
            return nodes.BoostPlan(_meaning(part, languages), tuple(f"entry={item}" for item in ids))


Read = list[tuple[str, list[Token]]]
"""The tokens of a text in each language."""


def _read(text: str, languages: Languages) -> Read:
    return [(language, tokens(text, language)) for language in languages]


def _leaf(found: Iterable[tuple[str, Token]], *, exact: bool) -> nodes.Leaf:
    """Any of some tokens, each given with its language."""
    terms: dict[str, None] = {}
    words: set[str] = set()
    for language, token in found:
        words.add(token.word)
        if token.term[:1] == CAPITALS:
            terms[token.term] = None
        elif exact:
            terms |= dict.fromkeys((token.word, EXACT + token.word))
        else:
            terms |= dict.fromkeys(terms_of(token.term, language))
    return nodes.Leaf(tuple(terms), frozenset(words), exact)


def _run(read: Read, *, exact: bool = False) -> nodes.Run | None:
    """The tokens at their places. The last character of an unspaced run is in the pair before it."""
    first = [token for token in read[0][1] if not token.second]
    if not first:
        return None
    kept = [
        token.place
        for number, token in enumerate(first)
        if not (number and token.place == first[number - 1].place + 1 and first[number - 1].end == token.end)
    ]
    parts = []
    for place in kept:
        at = [(one, token) for one, found in read for token in found if token.place == place and not token.second]
        parts.append((place - kept[0], _leaf(at, exact=exact)))
    return nodes.Run(tuple(parts), first[-1].place - kept[0] + 1)


def _simple(run: nodes.Run) -> nodes.Plan:
    return run.parts[0][1] if len(run.parts) == 1 else run


def _typed(text: str, languages: Languages) -> nodes.Plan:
    """A word in any form; the form that was typed counts more."""
    read = _read(text, languages)
    part, exact = _words(text, read), _words(text, read, exact=True)
    return part if part == exact else nodes.ExactFormPlan(part, exact)


def _words(text: str, read: Read, *, exact: bool = False, cased: bool = False) -> nodes.Plan:
    """A word, or several that follow each other; one that is written in several ways may be any of them."""
    if all(len(found) == 1 for _, found in read):  # most words: one place and no second form
        return _leaf([(language, found[0]) for language, found in read], exact=exact)
    run = _run(read, exact=exact)
    if run is None:
        return nodes.Nothing()
    extent = _extent(read[0][1])
    seconds = [(one, token) for one, found in read for token in found if token.second]
    whole = [one for one in seconds if (one[1].start, one[1].end) == extent and not is_unspaced(one[1].term[:1])]
    capitals = [(one, token) for one, token in whole if token.term[:1] == CAPITALS and (cased or _short(token.term))]
    if capitals:
        return _leaf(capitals, exact=True)
    whole = [(one, token) for one, token in whole if token.term[:1] != CAPITALS]
    if not whole:
        return _simple(run)
    joined = _leaf(whole, exact=exact)
    if "&" in text:  # AT&T is one name, and "at t" is none
        return joined
    if len(run.parts) == 1:
        leaf = run.parts[0][1]
        return nodes.Leaf(tuple(dict.fromkeys((*leaf.terms, *joined.terms))), leaf.typed | joined.typed, exact)
    return nodes.MaxPlan((run, joined))


def _short(term: str) -> bool:
    """Return whether a second form is that of two or three capitals, which ask for capitals where typed, too."""
    return 2 <= len(term) - len(CAPITALS) <= SHORT and term.islower() and term[1:].isalpha()


def _extent(found: list[Token]) -> tuple[int, int]:
    return min(token.start for token in found), max(token.end for token in found)


def _beginning(text: str, languages: Languages, *, exact: bool) -> nodes.Plan:
    """Words that begin as the last word of `text`, after the words before it; or words in other forms, unless exact."""
    whole = _words(text, _read(text, languages), exact=True) if exact else _typed(text, languages)
    read = tokens(text, "en")
    stream = [token for token in read if not token.second]
    if not stream or is_unspaced(stream[-1].term[:1]):
        return whole
    last = stream[-1]
    parts: list[nodes.Plan] = [nodes.PrefixPlan(last.word)]
    if last is not stream[0]:
        before = _words("", _read(text[: last.start].rstrip("-'’.,& "), languages), exact=exact)
        parts = [] if "&" in text else [nodes.All((before, nodes.PrefixPlan(last.word)))]
        parts += [
            nodes.PrefixPlan(token.word)
            for token in read
            if token.second and token.end == last.end and token.start == 0
        ]
    return nodes.MaxPlan((whole, *parts))


def _close(text: str, languages: Languages, *, exact: bool) -> nodes.Plan:
    """A word, or one a letter off; several words, and short ones, stand as they are."""
    whole = _words(text, _read(text, languages), exact=True) if exact else _typed(text, languages)
    stream = [token for token in tokens(text, "en") if not token.second]
    if len(stream) != 1 or len(stream[0].word) < 3 or is_unspaced(stream[0].word[:1]):
        return whole
    return nodes.MaxPlan((whole, nodes.FuzzyPlan(stream[0].word)))


def _field(name: str, values: tuple[str, ...]) -> nodes.Plan:
    if name == "within":
        return nodes.Tag(tuple(f"{tag}={value}" for value in values for tag in ("id", "key")))
    if name != "publisher" and name in Passage.__struct_fields__:
        return nodes.Tag(tuple(tag(name, value) for value in values))
    wanted = [
        nodes.All(
            tuple(
                nodes.Tag((tag(name, word),))
                for word in {bare(token.term) for token in tokens(value, "") if not token.second}
            )
        )
        for value in values
        if words_of_value(value)
    ]
    return nodes.Any(tuple(wanted)) if wanted else nodes.Nothing()
