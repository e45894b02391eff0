"""Quotes in languages that write no spaces between words, such as Chinese."""

import re
from collections.abc import Iterator

from dossier.drafts.attribution import AttributionResult
from dossier.drafts.language import Language
from dossier.drafts.quotations import Quotation, find_quotations
from dossier.drafts.records import Speaker, Tier
from dossier.model.articles import Paragraph, body_start, paragraphs

_BREAKS = "，。；：、！？,;:!? \t\n（）()"
_CLOSING = "”」』’"
_REACH = 80
"""Characters around a quotation in which its attribution is looked for."""
_CIRCUMSTANCE = re.compile("(?:在|对|對|向|谈到|談到|笑着|笑著|激动地|激動地|昨日|昨天|今天|近日)")
"""What may stand between a speaker and the verb: where, to whom and how it was said."""
_PASSIVE = re.compile("被(?!告)|遭")
_LONGEST = 24
"""Characters of a speaker with their office."""


def find_unspaced_quotes(
    text: str, language: Language
) -> Iterator[tuple[tuple[tuple[int, int], ...], AttributionResult]]:
    """Each quote's pieces, and what is said of it."""
    who = rf"(?P<who>[^{re.escape(_BREAKS + _CLOSING)}“「]{{1,{_LONGEST}}}?)"
    ranges = paragraphs(text, body_start(text))
    verbs = "|".join(sorted(map(re.escape, language.say), key=len, reverse=True))
    said = re.compile(rf"{who}(?P<verb>{verbs})[^。！？“「]{{0,12}}[：:，,]?\s*$")
    says = re.compile(rf"[，,]?\s*{who}(?P<verb>{verbs})[。，：,.]?")
    last: Speaker | None = None
    paragraph = -1
    for quotation in find_quotations(text, ranges, language):
        part = ranges[quotation.paragraph]
        speaker, rule, tier = _speaker(text, quotation, part, said, says, language)
        if speaker is None and quotation.paragraph == paragraph and last is not None:
            speaker, rule, tier = last, "same paragraph", "likely"
        if text[max(0, quotation.outer[0] - 3) : quotation.outer[0]].endswith(tuple(language.scare)):
            continue
        if speaker is None and len(text[quotation.start : quotation.end]) < 8:
            continue  # a term or a title
        last, paragraph = speaker or last, quotation.paragraph
        nameless = speaker is not None and any(word in speaker.name for word in language.sources)
        start, end = quotation.start, quotation.end
        while end > start and text[end - 1] in "，,":
            end -= 1
        yield ((start, end),), AttributionResult(rule, tier, speaker, nameless)


def _speaker(
    text: str,
    quotation: Quotation,
    part: Paragraph,
    said: re.Pattern[str],
    says: re.Pattern[str],
    language: Language,
) -> tuple[Speaker | None, str, Tier]:
    begin = max(part.start, quotation.outer[0] - _REACH)
    end = min(part.end, quotation.outer[1] + _REACH)
    before = said.search(text[begin : quotation.outer[0]])
    if before is not None and (
        speaker := _trim_speaker(text, begin + before.start("who"), begin + before.end("who"), language)
    ):
        return speaker, "X said Q", "likely"
    after = says.match(text[quotation.outer[1] : end])
    if after is not None:
        at = quotation.outer[1]
        speaker = _trim_speaker(text, at + after.start("who"), at + after.end("who"), language)
        if speaker is not None:
            return speaker, "X said", "likely"
    return None, "unattributed", "ask"


def _trim_speaker(text: str, start: int, end: int, language: Language) -> Speaker | None:
    """The speaker without the adverbs between name and verb, and without the words of time before."""
    changed = True
    while changed:
        changed = False
        for word in sorted(language.adverbs, key=len, reverse=True):
            if text[start:end].endswith(word):
                end -= len(word)
                changed = True
            if text[start:end].startswith(word):
                start += len(word)
                changed = True
    cut = _CIRCUMSTANCE.search(text, start + 1, end)
    end = cut.start() if cut else end
    name = text[start:end].strip()
    if not name or name in language.he | language.they or _PASSIVE.search(name):
        return None
    start = text.index(name, start, end)
    return Speaker(name, start, start + len(name))
