"""A paragraph as sentences of tokens, in which each quotation is one token."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from dossier.drafts.language import Language
from dossier.drafts.quotations import Quotation
from dossier.model.articles import Paragraph

_LONGEST = 200
"""Tokens of a sentence; what goes on longer is cut, so that no text takes longer than its length allows."""
_ENDS = ".!?…"
_CLOSERS = "\"'”’»“)]"


class SentenceToken(Struct, frozen=True, gc=False):
    """A word, a number, a mark, or a whole quotation."""

    start: int
    """Offset in the article."""
    end: int
    text: str
    """As written; empty for a quotation."""
    low: str
    """In lower case, with a straight apostrophe and without the ending *'s*; empty for a quotation."""
    quote: int = -1
    """Index of the quotation; -1 for anything else."""

    @property
    def is_word(self) -> bool:
        """True for words and numbers."""
        return self.text[:1].isalnum()

    @property
    def capital(self) -> bool:
        """True for a word that begins with a capital letter."""
        return self.text[:1].isupper()

    @property
    def possessive(self) -> bool:
        """True for a word that ends in *'s*."""
        return self.text.endswith(("'s", "’s", "s'", "s’"))


Sentence = tuple[SentenceToken, ...]


@lru_cache(maxsize=8)
def _pattern(abbreviations: frozenset[str]) -> re.Pattern[str]:
    known = "|".join(sorted(map(re.escape, abbreviations), key=len, reverse=True)) or r"(?!)"
    return re.compile(
        rf"(?:[^\W\d_]\.){{2,}}|(?-i:[A-Z]\.(?=\s+[A-Z]))|\b(?:{known})\.(?!\w)"
        r"|[^\W_]+(?:['’.&‑-][^\W_]+)*(?:(?<=s)['’](?=\s))?|\.{2,}|[^\w\s]",
        re.IGNORECASE,
    )


def split_sentences(
    text: str, part: Paragraph, quotations: Sequence[tuple[int, Quotation]], language: Language
) -> list[Sentence]:
    """The sentences of a paragraph, which holds `quotations` with their indexes."""
    pattern = _pattern(language.abbreviations)
    tokens: list[SentenceToken] = []
    at = part.start
    for index, quotation in quotations:
        tokens += _tokens(pattern, text, at, quotation.outer[0], language)
        tokens.append(SentenceToken(*quotation.outer, "", "", index))
        at = quotation.outer[1]
    tokens += _tokens(pattern, text, at, part.end, language)
    return _split(text, tokens, dict(quotations), language)


def _tokens(pattern: re.Pattern[str], text: str, start: int, end: int, language: Language) -> Iterator[SentenceToken]:
    """The tokens of a stretch; a pronoun that hangs on its verb (French *a-t-il*) is a token of its own."""
    for match in pattern.finditer(text, start, end):
        token = _token(match)
        if language.elided and (length := _elision_length(token.low, language)):
            cut = token.start + length
            yield SentenceToken(token.start, cut, token.text[:length], token.low[:length])
            token = SentenceToken(cut, token.end, token.text[length:], token.low[length:])
        if language.clitics and token.low.endswith(language.clitics):
            cut = token.text.rindex("-")
            stem = token.text[:cut].removesuffix("-t")
            yield SentenceToken(token.start, token.start + len(stem), stem, stem.lower())
            yield SentenceToken(token.start + cut + 1, token.end, token.text[cut + 1 :], token.low[cut + 1 :])
        else:
            yield token


def _elision_length(low: str, language: Language) -> int:
    """The length of an elided word that another follows (*l'* of *l'accord*); 0 for any other."""
    return next((len(word) for word in language.elided if low.startswith(word) and len(low) > len(word)), 0)


def _token(match: re.Match[str]) -> SentenceToken:
    word = match.group()
    low = word.lower().replace("’", "'")
    return SentenceToken(match.start(), match.end(), word, low.removesuffix("'s") if len(low) > 2 else low)


def _split(
    text: str, tokens: list[SentenceToken], quotations: dict[int, Quotation], language: Language
) -> list[Sentence]:
    sentences: list[Sentence] = []
    begin = 0
    for place in range(len(tokens)):
        if place + 1 < len(tokens) and (
            place - begin >= _LONGEST or _ends_here(text, tokens, place, quotations, language)
        ):
            sentences.append(tuple(tokens[begin : place + 1]))
            begin = place + 1
    if begin < len(tokens):
        sentences.append(tuple(tokens[begin:]))
    return sentences


def _ends_here(
    text: str, tokens: list[SentenceToken], place: int, quotations: dict[int, Quotation], language: Language
) -> bool:
    token, after = tokens[place], tokens[place + 1]
    if token.quote >= 0:
        words = text[quotations[token.quote].start : quotations[token.quote].end].rstrip(_CLOSERS + " ")
        if not words or words[-1] not in _ENDS:
            return False
        if after.quote >= 0:
            return True
        return after.capital and not _speaks(tokens, place, language, strict=words[-1] == ".")
    if token.text in {".", "!", "?", "…", "...", "。"}:
        return after.quote >= 0 or not (after.text[0].islower() or after.text in ")],;:")
    return False


def _speaks(tokens: list[SentenceToken], place: int, language: Language, *, strict: bool) -> bool:
    """Return whether *he asked.* or the like follows the quotation at `place`, which ends a sentence itself."""
    words = []
    for token in tokens[place + 1 : place + 9]:
        if not token.is_word:
            break
        words.append(token)
    for number, word in enumerate(words):
        if word.low in language.say and number and not word.capital:
            behind = tokens[place + 2 + number] if place + 2 + number < len(tokens) else None
            short = behind is None or behind.text == "." or (behind.text == "," and not strict)
            return short or (not strict and behind is not None and behind.quote < 0)
    return False
