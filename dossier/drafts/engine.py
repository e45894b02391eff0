"""Derive the drafts of an article."""

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec.structs import replace

from dossier.drafts import languages
from dossier.drafts.attribution import AttributionResult
from dossier.drafts.events import find_events
from dossier.drafts.indirect import find_paraphrases
from dossier.drafts.people import find_people
from dossier.drafts.quotes import find_quotes
from dossier.drafts.reading import ArticleAnalysis
from dossier.drafts.records import Attribution, Draft, DraftInput, KnownName, Speaker
from dossier.drafts.transcripts import find_turns
from dossier.drafts.unspaced import find_unspaced_quotes
from dossier.model.folding import fold

RULES = 4
"""Version of the rules and tables: drafts of another version are not used again."""
_SHARE = 0.5
"""Of a paraphrase; when more of it stands in quotation marks, the quote alone is proposed."""
_UNSPACED = frozenset({"zh"})
"""Languages without spaces between words."""


def draft_article(article: DraftInput) -> list[Draft]:
    """The proposals for an article, in reading order; none for a language without a table."""
    language = languages.load(article.language)
    if language is None:
        return []
    if language.code in _UNSPACED:
        found = [_quote(article.text, *one) for one in find_unspaced_quotes(article.text, language)]
    else:
        reading = ArticleAnalysis(article.text, language)
        found = [*_quotes(reading), *_people(reading), *_events(reading, article.published)]
    if not language.measured:
        found = [replace(draft, tier="likely") if draft.tier == "sure" else draft for draft in found]
    known = _NameIndex(article.known)
    drafts = sorted(
        (known.resolve_speaker(draft) for draft in found), key=lambda draft: (draft.start, draft.end, draft.kind)
    )
    return list(_add_ids(drafts))


def _quotes(reading: ArticleAnalysis) -> Iterator[Draft]:
    turns = find_turns(reading)
    spoken = [piece for turn in turns for piece in turn.pieces]
    quotes = [*turns, *(quote for quote in find_quotes(reading) if not _is_within(quote.start, spoken))]
    for quote in quotes:
        yield _quote(reading.text, quote.pieces, quote.found)
    marked = sorted(piece for quote in quotes for piece in quote.pieces)
    for one in find_paraphrases(reading):
        first = max(0, bisect_left(marked, (one.start, 0)) - 1)
        near = marked[first : bisect_left(marked, (one.end, 0))]
        quoted = sum(max(0, min(end, one.end) - max(start, one.start)) for start, end in near)
        if quoted and one.found.rule == "according to X":
            continue  # the medium passes on what somebody else says: via
        if quoted < _SHARE * (one.end - one.start):
            yield _quote(reading.text, ((one.start, one.end),), one.found, "paraphrase")


def _is_within(offset: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Return whether an offset stands in one of the ranges, which are in order."""
    at = bisect_left(ranges, (offset + 1, 0)) - 1
    return at >= 0 and ranges[at][0] <= offset < ranges[at][1]


def _quote(
    text: str, pieces: Sequence[tuple[int, int]], found: AttributionResult, attribution: Attribution = "direct"
) -> Draft:
    words = " … ".join(text[start:end] for start, end in pieces)
    return Draft(
        "",
        "quote",
        words,
        pieces[0][0],
        pieces[-1][1],
        found.speaker,
        "anonymous" if found.nameless or found.speaker is None else attribution,
        found.rule,
        found.tier,
        found.via,
        found.joint,
        tuple(pieces) if len(pieces) > 1 else (),
    )


def _people(reading: ArticleAnalysis) -> Iterator[Draft]:
    for person in find_people(reading):
        speaker = Speaker(person.full, person.name.start, person.name.end)
        words = reading.text[person.start : person.end]
        yield Draft(
            "", "person", words, person.start, person.end, speaker, "", "name with a role", "likely", role=person.role
        )


def _events(reading: ArticleAnalysis, published: str) -> Iterator[Draft]:
    for event in find_events(reading, published):
        words = reading.text[event.start : event.end]
        yield Draft("", "event", words, event.start, event.end, None, "", event.rule, event.tier, when=event.when)


def _add_ids(drafts: list[Draft]) -> Iterator[Draft]:
    """Name each draft by its kind and words, so that an edit elsewhere in the article does not rename it."""
    seen: Counter[tuple[str, str]] = Counter()
    for draft in drafts:
        key = (draft.kind, fold(draft.text))
        seen[key] += 1
        mark = hashlib.sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")).hexdigest()
        yield replace(draft, id=f"{draft.kind[0]}-{mark[:10]}")


_ARTICLES = frozenset({"the", "a", "an", "le", "la", "les", "der", "die", "das", "el", "los", "las"})


class _NameIndex:
    """The names of the dossier, by which a speaker is an entry."""

    def __init__(self, names: Sequence[KnownName]) -> None:
        self._exact: dict[str, set[str]] = {}
        self._last: dict[str, set[str]] = {}
        for known in names:
            name = fold(known.name)
            self._exact.setdefault(name.lower() if len(name) > 3 else name, set()).add(known.id)
            words = name.split()
            if known.kind == "person" and len(words) > 1:
                self._last.setdefault(words[-1], set()).add(known.id)

    def resolve_speaker(self, draft: Draft) -> Draft:
        """The draft with the entry of its speaker, when exactly one bears the name."""
        speaker = draft.speaker
        if speaker is None:
            return draft
        if draft.joint:
            joint = tuple(replace(one, id=self._entry(one.name)) for one in draft.joint)
            draft = replace(draft, joint=joint)
        entry = self._entry(speaker.name)
        if not entry:
            return draft
        attribution: Attribution = draft.attribution
        if attribution == "anonymous":
            attribution = "paraphrase" if draft.rule in _PARAPHRASE_RULES else "direct"
        return replace(draft, speaker=replace(speaker, id=entry), attribution=attribution)

    def _entry(self, name: str) -> str:
        folded = fold(name)
        if folded[:2].lower() in {"l'", "l’"}:
            folded = folded[2:]
        words = folded.split()
        bare = " ".join(words[1:]) if words and words[0].lower() in _ARTICLES else folded
        for form in (folded, bare):
            found = self._exact.get(form.lower() if len(form) > 3 else form, set())
            if len(found) == 1:
                return next(iter(found))
        candidates = self._last.get(words[-1], set()) if words else set()
        if len(candidates) == 1 and (len(words) == 1 or self._agrees(words, next(iter(candidates)))):
            return next(iter(candidates))
        return ""

    def _agrees(self, words: list[str], entry: str) -> bool:
        """Return whether another first name does not tell the two apart: *Donald Trump* is not *Ivanka Trump*."""
        return any(entry in ids and name.startswith(words[0].lower()) for name, ids in self._exact.items())


_PARAPHRASE_RULES = frozenset({"X said that …", "X said …", "…, X said", "according to X"})
"""Rules by which words that stand in no quotation marks are proposed."""

Kind = Literal["quote", "person", "event"]
