"""Transcripts: turns of speech that a label opens, as in *MS. PSAKI: Good morning* and *Q    Thank you*."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from dossier.drafts.attribution import AttributionResult
from dossier.drafts.quotes import Quote
from dossier.drafts.reading import ArticleAnalysis
from dossier.drafts.records import Speaker
from dossier.model.articles import Paragraph

RULE = "transcript"
_LABEL = re.compile(
    r"(?:\*\*|__)?(?P<label>[A-Z][^\W\d_]*[.'’-]?(?:[ \u00a0.'’-]{1,2}[A-Z][^\W\d_]*\.?"
    r"|[ \u00a0](?:of|the|and)|[ \u00a0]\([^()\n]{1,40}\)){0,8})"
    r"(?:\*\*|__)?:(?:\*\*|__)?[ \u00a0]+(?=\S)"
)
_QUESTION = re.compile(
    r"(?:\*\*|__)?(?P<label>Q|QUESTION|REPORTER|\(\([A-Z]\w{0,15}\)\))(?:\*\*|__)?(?::[ \u00a0]+|[ \u00a0]{2,})(?=\S)"
)
_ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]]\.?")
"""A whole paragraph that tells what happens: *(Laughter.)*."""
_END = re.compile(r"END\b|#{3}|\*{3}|[*_-]{3,}|\d{1,2}:\d\d [AP]\.M\.")
_SHORT_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr"})
_NAMELESS = frozenset({"q", "question", "reporter", "audience", "participant", "moderator", "operator"})


def find_turns(reading: ArticleAnalysis) -> list[Quote]:
    """The paragraphs of a transcript, each as a quote of who has the floor; none in a text that is no transcript.

    A text is one when a label in capitals comes again, or two labels do.
    """
    labelled = {at: match for at, part in enumerate(reading.paragraphs) if (match := _label(reading, part))}
    counts = Counter(match["label"] for match in labelled.values())
    turns = {at: match for at, match in labelled.items() if match["label"].isupper() or counts[match["label"]] > 1}
    again = {match["label"] for match in turns.values() if counts[match["label"]] > 1}
    if not again or not (len(again) > 1 or any(label.isupper() for label in again)):
        return []
    return list(_turns(reading, reading.paragraphs, turns))


def _label(reading: ArticleAnalysis, part: Paragraph) -> re.Match[str] | None:
    match = _QUESTION.match(reading.text, part.start, part.end) or _LABEL.match(reading.text, part.start, part.end)
    odd = match is not None and (match.group().count("**") % 2 or match.group().count("__") % 2)
    return None if odd else match  # *\*\*Commitments: Fall 2021\*\** is a heading


def _turns(reading: ArticleAnalysis, parts: Sequence[Paragraph], turns: dict[int, re.Match[str]]) -> Iterator[Quote]:
    found: AttributionResult | None = None
    for at, part in enumerate(parts):
        match = turns.get(at)
        start, end = (match.end() if match else part.start), part.end
        while end > start and reading.text[end - 1].isspace():
            end -= 1
        words = reading.text[start:end]
        if match is not None:
            found = _result(reading, match)
        elif _END.match(words):
            found = None
        if found is not None and words and not _ASIDE.fullmatch(words):
            yield Quote(((start, end),), found if match is not None else _continue_turn(found))


def _result(reading: ArticleAnalysis, match: re.Match[str]) -> AttributionResult:
    label = match["label"].partition("(")[0].strip()
    words = re.split(r"[ \u00a0]+", label)
    office = words[0].lower() == "the"
    nameless = (not office and words[-1].lower() in reading.language.sources | _NAMELESS) or label.startswith("((")
    speaker = Speaker(label if nameless else _name(reading, words), *match.span("label"))
    return AttributionResult(RULE, "sure", speaker, nameless)


def _continue_turn(found: AttributionResult) -> AttributionResult:
    """The reading of a paragraph without a label, which may also be a remark of the transcript's author."""
    return AttributionResult(found.rule, "likely", found.speaker, found.nameless)


def _name(reading: ArticleAnalysis, words: list[str]) -> str:
    """The name in a label, without titles; the office as written for one without a name (*THE PRESIDENT*).

    No fuller name is taken from the article: the one Biden whom it names in full may be another.
    """
    if words[0].lower() == "the":
        return " ".join(words)
    while len(words) > 1 and words[0].lower().rstrip(".") in reading.language.titles | _SHORT_TITLES:
        words = words[1:]
    return " ".join(_capitalize(word) for word in words)


def _capitalize(word: str) -> str:
    """A word in capitals as a name is written: *JEAN-PIERRE* is *Jean-Pierre*, *MCCARTHY* stays unsure: *Mccarthy*."""
    return "-".join(part.capitalize() for part in word.split("-")) if word.isupper() and len(word) > 1 else word
