"""Verdicts on the words of a brief: found, changed, missing or unchecked, never passed over."""

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from dossier.export.briefs import BriefRead, Claim, trimmed

Outcome = Literal["found", "changed", "missing", "unchecked"]

_WORDS_COMPARED = 3000


class Sighting(Struct, frozen=True):
    """The result of comparing words with a source."""

    outcome: Outcome
    """`unchecked` when there is no such source."""
    text: str = ""
    """For `found` the words as they stand there, for `changed` the words most like them."""
    paragraphs: tuple[int, ...] = ()
    """The paragraphs in which they stand; empty when that is not known."""
    why: str = ""
    """What there is to say about it."""


Find = Callable[[str, str], Sighting]
"""Looks for words, the second argument, in the article that the first names by its id or title.

A brief has the article's text as `dossier.model.clean` leaves it, in single spaces: look there, in folded form.
"""


class Verdict(Struct, frozen=True):
    """The verdict on one claim."""

    claim: Claim
    outcome: Outcome
    why: str = ""
    """What is wrong; empty when it was found."""
    there: str = ""
    """For `changed`, the words of the source."""
    difference: str = ""
    """For `changed`, from the source to the brief: `is [-not-] {+never+} easy`."""

    @property
    def accepted(self) -> bool:
        """Return whether it is as the brief says: found, or told by the brief itself to be no evidence."""
        return self.outcome == "found" or (self.claim.doubted and self.claim.where != "details")

    @property
    def line(self) -> int:
        """The line of the claim, from 1."""
        return self.claim.line


def verify(brief: BriefRead, find: Find) -> list[Verdict]:
    """A verdict on every claim of `brief`, in the order of lines; a text without any gets one that says so."""
    if not brief.claims:
        nothing = Claim("prose", 1, "", trouble="there is no quotation and no footnote in it")
        return [Verdict(nothing, "unchecked", nothing.trouble)]
    return sorted((_judge(claim, find) for claim in brief.claims), key=lambda verdict: verdict.line)


def _judge(claim: Claim, find: Find) -> Verdict:
    if claim.trouble:
        return Verdict(claim, "unchecked", claim.trouble)
    seen = find(claim.article, claim.words)
    inner = trimmed(claim.words)
    if seen.outcome in ("changed", "missing") and inner and inner != claim.words:
        again = find(claim.article, inner)
        if again.outcome == "found":
            seen = again
    named = range(claim.paragraph, claim.paragraph + claim.further + 1)
    if seen.outcome == "found" and claim.paragraph and seen.paragraphs and not set(named) & set(seen.paragraphs):
        where = ", ".join(f"¶ {number}" for number in seen.paragraphs)
        return Verdict(claim, "changed", f"the words stand in {where}, not in ¶ {claim.paragraph}", seen.text)
    if seen.outcome != "found" and claim.where == "quotation" and claim.words[0] in "—–―":
        return Verdict(claim, "unchecked", "it looks like the name of who said it, not like words")
    if seen.outcome == "changed":
        return Verdict(
            claim, "changed", seen.why or "the source has other words", seen.text, difference(seen.text, claim.words)
        )
    reasons = {"missing": "the words are not in the source", "unchecked": f"there is no article {claim.article}"}
    return Verdict(claim, seen.outcome, seen.why or reasons.get(seen.outcome, ""))


def difference(source: str, brief: str) -> str:
    """Word by word, what the source has and the brief has not, `[-so-]`, and the other way round, `{+so+}`."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - only a change is worth its import

    old, new = source.split(), brief.split()
    if len(old) + len(new) > _WORDS_COMPARED:
        return ""
    told: list[str] = []
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            told += old[first:last]
            continue
        if first < last:
            told.append(f"[-{' '.join(old[first:last])}-]")
        if start < end:
            told.append(f"{{+{' '.join(new[start:end])}+}}")
    return " ".join(told)
