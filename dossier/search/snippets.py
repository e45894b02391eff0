"""Snippets of the passages found, and highlights in the article shown."""

import re
from bisect import bisect_right
from collections.abc import Collection
from functools import lru_cache

from dossier.model.articles import paragraphs
from dossier.model.clean import clean_line, clean_same_length
from dossier.model.passages import Passage
from dossier.model.query import Query
from dossier.search.engines.matching import Match, texts
from dossier.search.engines.plan import meaning
from dossier.search.engines.postings import readings
from dossier.search.highlighter import Highlighter
from dossier.search.text.normalize import language_of

WIDTH = 160
"""Characters of the longest snippet, marks of omission included."""

LEAD = 40
"""Characters of text before the first match, as a rule."""

OMITTED = "…"
"""Stands where text was left out."""

_SPACES = re.compile(r"\s+")
_SPACE = re.compile(r"[^\S ]")
_SEVERAL = re.compile("  +")
_REASONS = 3


def snippet(passage: Passage, query: Query) -> tuple[str, tuple[tuple[int, int], ...], str]:
    """`(text, spans, why)`: one inert line around the best matches, where they stand in it, and why they match.

    A passage that matches by its fields alone shows how it begins.
    """
    reader = reader_for(query, language_of(passage.language))
    having = [(text, found) for text in texts(passage) if (found := matches_in(reader, text))]
    text, found = having[0] if having else (passage.text or passage.title, [])
    if len(having) > 1:
        text, found = max(having, key=_is_typed)
    stretches = merged(found)
    start, end = _window(text, stretches)
    line, spans = _cut(text, stretches, start, end)
    everywhere = [match for _, matched in having for match in matched]
    if not any(match.why for match in everywhere):
        return line, spans, ""
    words: dict[str, str] = {}
    for one, matched in having:
        for match in matched:
            if match.why:
                words.setdefault(match.wanted, one[match.start : match.end])
    asked = merged([match for match in found if " = " not in match.why])
    whole = (match for match in found if start <= match.start and match.end <= end)
    aliases = {match.why for match in whole if " = " in match.why and not _covered(text, match, asked)}
    return line, spans, explanation(everywhere, words, aliases)


def _is_typed(having: tuple[str, list[Match]]) -> bool:
    """Return whether some words of a text stand there as they were typed."""
    return any(not match.why for match in having[1])


def matches_in(reader: Highlighter, text: str) -> list[Match]:
    """The matches in a text, those of words that are broken at the end of a line included."""
    whole, *mended = readings(text)
    found = reader.matches(whole)
    return sorted({*found, *(match for reading in mended for match in reader.matches(reading))}) if mended else found


@lru_cache(maxsize=16)
def reader_for(query: Query, language: str) -> Highlighter:
    """A matcher of the words of a query in texts of one language."""
    return Highlighter(meaning(query, (language,)), language)


def highlights(text: str, language: str, query: Query) -> list[tuple[int, int]]:
    """The stretches of a whole article that a query asks for, as offsets, in order and apart; phrases as a whole.

    Paragraphs are read one by one, as they are searched: no phrase runs on from one to the next.
    """
    reader = reader_for(query, language_of(language))
    found: list[Match] = []
    for paragraph in paragraphs(text):
        at = paragraph.start
        found += (Match(at + one.start, at + one.end, "") for one in matches_in(reader, text[at : paragraph.end]))
    return merged(found)


def merged(found: list[Match]) -> list[tuple[int, int]]:
    """The stretches of matches in order, those that overlap as one."""
    spans: list[tuple[int, int]] = []
    for match in sorted(found):
        if spans and match.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], match.end))
        else:
            spans.append((match.start, match.end))
    return spans


def explanation(found: list[Match], words: dict[str, str], aliases: Collection[str] = ()) -> str:
    """The reasons for matches not found as typed, and for `aliases`, which are shown; empty when there are none.

    `words` are those that were found, by what was asked for.
    """
    said = {match.wanted for match in found if not match.why}
    told: set[str] = set()
    reasons: dict[str, str] = {}
    for match in sorted(found, key=_is_itself):
        if " = " in match.why and (match.why in aliases or not said & {match.wanted, *match.wanted.split()}):
            alias, _, name = match.why.partition(" = ")
            if alias != name or match.wanted not in said | told:
                reasons.setdefault(match.why, f"matched: {match.why}")
                told.add(match.wanted)
    said |= told
    for match in found:
        if match.why and " = " not in match.why and not said & {match.wanted, *match.wanted.split()}:
            reasons.setdefault(match.wanted, f"{match.why}: {words[match.wanted]}")
    return clean_line("; ".join(list(reasons.values())[:_REASONS]))


def _covered(text: str, match: Match, typed: list[tuple[int, int]]) -> bool:
    """Return whether all words of a match are among those stretches: then an alias tells nothing."""
    at = match.start
    for first, last in typed:
        if first < match.end and last > at:
            if any(map(str.isalnum, text[at:first])):
                return False
            at = max(at, last)
    return not any(map(str.isalnum, text[at : match.end]))


def _is_itself(match: Match) -> bool:
    """Return whether an alias is the name that was meant: it was misspelt."""
    alias, _, name = match.why.partition(" = ")
    return alias == name


def _cut(text: str, spans: list[tuple[int, int]], start: int, end: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A stretch of the text as one inert line, and the matches in it."""
    inside = [(max(first, start), min(last, end)) for first, last in spans if first < end and last > start]
    before = OMITTED if start and not text[:start].isspace() else ""
    behind = "" if end >= len(text) or text[end:].isspace() else OMITTED
    shown = _flat(text[start:end])
    move = len(before) - start
    if "  " not in shown:  # then every character stays one
        return f"{before}{shown}{behind}", tuple([(a + move, b + move) for a, b in inside])
    ends, gone = [], [0]
    for run in _SEVERAL.finditer(shown):
        ends.append(start + run.end())
        gone.append(gone[-1] + run.end() - run.start() - 1)
    places = [(a + move - gone[bisect_right(ends, a)], b + move - gone[bisect_right(ends, b)]) for a, b in inside]
    return f"{before}{_SEVERAL.sub(' ', shown)}{behind}", tuple(places)


def _flat(text: str) -> str:
    """`text` made inert, every white space a space, character by character."""
    flat = text.replace("\n", " ").replace("\xa0", " ")
    return flat if flat.isprintable() else _SPACE.sub(" ", clean_same_length(text))


def _window(text: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """The cuts of a snippet: at spaces when there are any near, with as many matches as will go in."""
    room = WIDTH - 2
    if len(text) <= room:
        return len(text) - len(text.lstrip()), len(text.rstrip())
    ends = [last for _, last in spans]
    best, most = 0, -1
    for number, (first, _) in enumerate(spans):
        if len(spans) - number <= most:  # no more than these can go in
            break
        inside = bisect_right(ends, first + room - LEAD) - number
        if inside > most:
            best, most = first, inside
    start = max(0, min(best - LEAD, len(text) - room)) if spans else len(text) - len(text.lstrip())
    if start and not text[start - 1].isspace():
        gap = _SPACES.search(text, start, max(best, start))
        start = gap.end() if gap else start
    start = next((last for first, last in spans if first < start < last), start)
    while start < len(text) and text[start].isspace():
        start += 1
    end = min(len(text), start + room)
    if end < len(text) and not text[end].isspace():
        space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
        if space > start + room // 2:
            end = space
    for first, last in spans:
        if first < end < last:  # a match is shown whole or not at all, but for one that is longer than a snippet
            end = first if first > start + LEAD or last - start > room else last
            end = end if end > start else min(last, start + room)
            break
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
