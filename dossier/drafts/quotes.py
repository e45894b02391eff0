"""Quotes: every quotation of an article with its speaker, as drafts."""

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from dossier.drafts.attribution import FRAGMENT, AttributionResult, Attributor
from dossier.drafts.reading import ArticleAnalysis
from dossier.drafts.records import Speaker

_BACK = 40
"""Quotations, or sentences, before one in which its speaker is looked for."""
_TRAILING = ",，"
_SENTENCE_END = ".!?…。！？"
_CLOSING = "\"'”’»“」』)] "
_WORD = re.compile(r"[^\W_]+")


class Quote(Struct, frozen=True):
    """A quote that was found: its pieces in the article and what is said of them."""

    pieces: tuple[tuple[int, int], ...]
    found: AttributionResult

    @property
    def start(self) -> int:
        """Offset of its first character."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.pieces[-1][1]


class _PlacedQuotation(Struct, frozen=True):
    quotation: int
    clause: int
    token: int
    found: AttributionResult | None


def find_quotes(reading: ArticleAnalysis) -> list[Quote]:
    """The quotes in direct speech, in order."""
    attributor = Attributor(reading)
    placed = _carry_on(reading, attributor, list(_place(reading, attributor)))
    return _join(reading, placed)


def _place(reading: ArticleAnalysis, attributor: Attributor) -> Iterator[_PlacedQuotation]:
    for index, clause in enumerate(reading.clauses):
        for at, token in enumerate(clause.tokens):
            if token.quote >= 0:
                found = None if _is_label(reading, index, at) else attributor.in_sentence(index, at)
                yield _PlacedQuotation(token.quote, index, at, found)


def _is_label(reading: ArticleAnalysis, index: int, at: int) -> bool:
    """Return whether marks surround a title, a nickname or a doubt: *so-called "experts"*, *the song "Days"*."""
    tokens = reading.clauses[index].tokens
    words = _WORD.findall(reading.text[tokens[at].start : tokens[at].end])
    if not words:
        return True
    last = at - 1
    while last > 0 and (tokens[last].low in reading.language.determiners or tokens[last].low == "as"):
        last -= 1
    before = tokens[at - 1].low if at else ""
    lead = tokens[last].low if last >= 0 and at else ""
    if at and before == "(" and at + 1 < len(tokens) and tokens[at + 1].text == ")" and len(words) <= FRAGMENT:
        return True
    small = reading.language.prepositions | reading.language.conjunctions | reading.language.determiners
    titled = len(words) > 1 and not words[0][0].islower() and not words[-1][0].islower()
    titled = titled and all(not word[0].islower() or word in small for word in words)
    if titled and (len(words) > 2 or before in reading.language.scare):
        return True
    if before in reading.language.scare and len(words) <= FRAGMENT + 2:
        return True
    if lead in reading.language.scare - reading.language.call and len(words) <= FRAGMENT + 2:
        return True
    if _is_titled_word(words) and before in reading.language.works:
        return True
    nickname = at + 1 < len(tokens) and tokens[at + 1].capital and at > 0 and tokens[at - 1].capital and len(words) <= 3
    return nickname or (titled and len(words) <= 8 and before in reading.language.works)


def _is_titled_word(words: list[str]) -> bool:
    """Return whether marks hold one word with a capital letter."""
    return len(words) == 1 and words[0][0].isupper()


def _carry_on(
    reading: ArticleAnalysis, attributor: Attributor, placed: list[_PlacedQuotation]
) -> list[_PlacedQuotation]:
    """Give quotations whose sentence names nobody to who speaks around them."""
    done: list[_PlacedQuotation] = []
    for number, one in enumerate(placed):
        if one.found is not None:
            done.append(one)
            continue
        found = _attribution_around(reading, attributor, placed, done, number)
        done.append(replace(one, found=found))
    return done


def _attribution_around(
    reading: ArticleAnalysis,
    attributor: Attributor,
    placed: list[_PlacedQuotation],
    done: list[_PlacedQuotation],
    number: int,
) -> AttributionResult | None:
    one = placed[number]
    clause = reading.clauses[one.clause]
    if _is_label(reading, one.clause, one.token):
        return _LABEL if _is_phrase(reading, one.quotation) else None
    quotation = reading.quotations[one.quotation]
    alone = not any(token.is_word for token in clause.tokens)
    previous = done[-1] if done else None
    if previous is not None and previous.found is not None and previous.found.speaker is not None:
        before = reading.quotations[previous.quotation]
        if not before.closed and before.paragraph == quotation.paragraph - 1:
            return replace(previous.found, rule="opened again")
        if before.paragraph == quotation.paragraph and (alone or one.clause == previous.clause):
            first = {
                p.found.speaker.name
                for p in done[-_BACK:]
                if p.found and p.found.speaker and _are_in_one_paragraph(reading, p, one)
            }
            return replace(
                previous.found, rule="same paragraph", tier="sure" if len(first) == 1 and alone else "likely"
            )
    if not alone and not _is_speech(reading, one.quotation):
        return None
    return _attribution_of_neighbour(reading, attributor, placed, number) or (
        AttributionResult("unattributed", "ask", None) if _is_speech(reading, one.quotation) else None
    )


_LABEL = AttributionResult("in quotation marks", "ask", None)


def _is_phrase(reading: ArticleAnalysis, quotation: int) -> bool:
    """Return whether words in marks that nobody is said to say are words at all: *economic expert*, not *Q4*."""
    one = reading.quotations[quotation]
    words = _WORD.findall(reading.text[one.start : one.end])
    return len(words) > 1 and all(word.islower() for word in words)


def _are_in_one_paragraph(reading: ArticleAnalysis, one: _PlacedQuotation, other: _PlacedQuotation) -> bool:
    return reading.quotations[one.quotation].paragraph == reading.quotations[other.quotation].paragraph


def _attribution_of_neighbour(
    reading: ArticleAnalysis, attributor: Attributor, placed: list[_PlacedQuotation], number: int
) -> AttributionResult | None:
    """The speaker of the next quotation, or of the sentence before, or of the paragraph before."""
    one = placed[number]
    following = placed[number + 1] if number + 1 < len(placed) else None
    if (
        one.token == 0
        and following is not None
        and following.found is not None
        and following.clause <= one.clause + 1
        and _are_in_one_paragraph(reading, following, one)
    ):
        return replace(following.found, rule="next in paragraph", tier="likely")
    at = reading.clauses[one.clause].paragraph
    for back in range(one.clause, max(-1, one.clause - 3), -1):
        if reading.clauses[back].paragraph != at:
            break
        subject = attributor.main_subject(back)
        if back == one.clause and subject is not None and subject.first > one.token:
            subject = None
        speaker = reading.clauses[back].speakers[-1] if reading.clauses[back].speakers else None
        speaker = speaker or reading.speaker(subject, back)
        if speaker is not None:
            return AttributionResult("sentence before", "likely" if back == one.clause - 1 else "ask", speaker)
    for back in range(one.clause - 1, max(-1, one.clause - _BACK), -1):
        clause = reading.clauses[back]
        if clause.paragraph < at - 1:
            break
        if clause.speakers:
            return AttributionResult("paragraph before", "ask", clause.speakers[-1])
        said = reading.said_by(clause, len(reading.text))
        if said is not None:
            return AttributionResult(
                "paragraph before", "ask", Speaker(reading.book.fullest(said), said.start, said.end)
            )
    return None


def _is_speech(reading: ArticleAnalysis, quotation: int) -> bool:
    """Return whether a quotation is long enough, or ends like a sentence, so that it is hardly a label."""
    one = reading.quotations[quotation]
    words = _WORD.findall(reading.text[one.start : one.end])
    return len(words) > FRAGMENT and any(word[0].islower() for word in words[1:])


def _join(reading: ArticleAnalysis, placed: list[_PlacedQuotation]) -> list[Quote]:
    """Make one quote of what its attribution, or a new paragraph, breaks into pieces."""
    quotes: list[Quote] = []
    last: _PlacedQuotation | None = None
    for one in placed:
        if one.found is None:
            last = None
            continue
        piece = _trim(reading, one.quotation, _TRAILING + "." if one.found is _LABEL else _TRAILING)
        if last is not None and quotes and _is_next_piece(reading, last, one):
            found = one.found if quotes[-1].found.tier == "ask" and one.found.tier != "ask" else quotes[-1].found
            quotes[-1] = Quote((*quotes[-1].pieces, piece), found)
        else:
            quotes.append(Quote((piece,), one.found))
        last = one
    return quotes


def _is_next_piece(reading: ArticleAnalysis, last: _PlacedQuotation, one: _PlacedQuotation) -> bool:
    before, after = reading.quotations[last.quotation], reading.quotations[one.quotation]
    if not before.closed:
        return after.paragraph == before.paragraph + 1
    if last.clause != one.clause or last.found is None or one.found is None:
        return False
    words = reading.text[before.start : before.end].rstrip(_CLOSING)
    if not words or words[-1] in _SENTENCE_END:
        return False
    between = reading.clauses[one.clause].tokens[last.token + 1 : one.token]
    starts = not any(token.is_word for token in reading.clauses[one.clause].tokens[: last.token])
    return (
        starts
        and len(between) <= 14
        and last.found.speaker is not None
        and one.found.speaker is not None
        and last.found.verb == one.found.verb
        and sum(token.low in reading.language.say for token in between) == 1
        and not any(token.low in reading.language.that for token in between)
    )


def _trim(reading: ArticleAnalysis, quotation: int, trailing: str) -> tuple[int, int]:
    """A quotation without white space at its ends and without the comma (`trailing`) before the closing mark."""
    one = reading.quotations[quotation]
    text = reading.text
    start, end = one.start, one.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in trailing):
        end -= 1
    return start, end
