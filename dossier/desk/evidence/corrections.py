"""Corrections that a review offers: other words for lost evidence, and how to name one of several places."""

from dossier.model.anchor_search import in_whole_words, occurrences
from dossier.model.entries import Anchor
from dossier.model.folding import Folded, fold
from dossier.model.resolving import MIN_SIMILARITY, Text
from dossier.model.similarity import similarity
from dossier.model.word_diff import differences

_MOST_WORDS = 8
_OFFERED = 5


def nearest_places(text: Text, owner: str, wanted: Anchor) -> list[tuple[int, int]]:
    """Return where the words stand, or else the most similar words, as offsets in the article.

    What stood in an earlier text as another passage is not offered for words that were taken out; nor is a stretch
    that drops the beginning or the end of what the author wrote.
    """
    folded, words = text.folded, fold(wanted.text)
    found = [(at, at + len(words)) for at in occurrences(folded, words)]
    if not found:
        taken_out = text.lost(owner, wanted)
        alike = [
            one for one in similarity(text.words, "", words, "") if one.score >= MIN_SIMILARITY and one.start < one.end
        ]
        alike = [one for one in alike if not taken_out or text.is_new(one.start, one.end)]
        found = [whole for one in alike if (whole := _whole(folded, one.start, one.end, words))]
    return [(folded.start(start), folded.end(end)) for start, end in found[:_OFFERED]]


def _whole(text: Folded, start: int, end: int, words: str) -> tuple[int, int] | None:
    """Return a stretch in whole words that drops neither end of the author's words; None when there is none."""
    for _ in range(2):
        start, end = in_whole_words(text, start, end)
        found = differences(words, text.text[start:end])
        if not found:
            return start, end
        head, tail = found[0], found[-1]
        if head.old[0] == 0 and head.new[0] == head.new[1]:
            lost = words[: head.old[1]].strip()
            start = text.text.rfind(lost, max(start - len(words) - 100, 0), start) if lost else start
        if tail.old[1] == len(words) and tail.new[0] == tail.new[1]:
            lost = words[tail.old[0] :].strip()
            at = text.text.find(lost, end, end + len(words) + 100) if lost else end
            end = at + len(lost) if at >= 0 else -1
        if start < 0 or end < 0:
            return None
    found = differences(words, text.text[start:end])
    drops = any(one.new[0] == one.new[1] and (one.old[0] == 0 or one.old[1] == len(words)) for one in found)
    return None if drops else (start, end)
