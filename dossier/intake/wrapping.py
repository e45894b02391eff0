"""Lines that were broken at a fixed width, and reply marks: offered to be undone, and undone only when agreed to."""

import re
from itertools import pairwise

from dossier.intake.document import IntakeDecision, IntakeOptions, Offer, shorten
from dossier.intake.hyphens import mend_hyphens

_MARK = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_ITEM = re.compile(r"\s*(?:[-*•+–]|\d{1,3}[.)]|[a-z][.)])\s")
_NARROW, _WIDE = 50, 100
_SAMPLE = 300


def offered(text: str, options: IntakeOptions) -> tuple[str, list[IntakeDecision], list[Offer]]:
    """The text with what was agreed to, the decisions, and what may still be agreed to."""
    decisions: list[IntakeDecision] = []
    offers: list[Offer] = []
    marks = _MARK.findall(text)
    if marks and options.strip_replies:
        text = _MARK.sub("", text)
        decisions.append(IntakeDecision("reply-marks", f"“>” before {len(marks)} lines", taken=False))
    elif marks:
        question = f"{len(marks)} lines begin with the reply mark “>”; take it off?"
        offers.append(Offer("strip_replies", "--strip-replies", question, shorten(_MARK.sub("", text), _SAMPLE)))
    if not _is_wrapped(text):
        return text, decisions, offers
    unwrapped, joined, mended = _join_lines(text, options)
    if options.unwrap:
        return unwrapped, [*decisions, *joined, *mended], offers
    question = f"Its lines are broken at a fixed width; join {len(joined)} of them to paragraphs?"
    sample = next((one for one in unwrapped.split("\n\n") if len(one) > _WIDE), unwrapped)
    return text, decisions, [*offers, Offer("unwrap", "--unwrap", question, shorten(sample, _SAMPLE))]


def _is_wrapped(text: str) -> bool:
    """Return whether most lines that another of their paragraph follows are of nearly one length."""
    followed = [
        len(line) for paragraph in _paragraphs(text) for line, after in pairwise(paragraph) if not _ITEM.match(after)
    ]
    return len(followed) >= 4 and sum(_NARROW <= one <= _WIDE for one in followed) > 0.6 * len(followed)


def _paragraphs(text: str) -> list[list[str]]:
    return [[line.rstrip() for line in one.split("\n") if line.strip()] for one in re.split(r"\n[ \t]*\n", text)]


def _join_lines(text: str, options: IntakeOptions) -> tuple[str, list[IntakeDecision], list[IntakeDecision]]:
    text, mended = mend_hyphens(text, options.hyphens)
    decisions: list[IntakeDecision] = []
    paragraphs = []
    for lines in _paragraphs(text):
        made: list[str] = []
        for last, line in zip(["", *lines], lines, strict=False):
            if made and _goes_on(last, line):
                before = made.pop()
                decisions.append(IntakeDecision("unwrapped", f"{before[-30:]}\n{line[:30]}", taken=True))
                made.append(f"{before} {line.lstrip()}" if not before.endswith("-") else f"{before}\n{line.lstrip()}")
            else:
                made.append(line)
        paragraphs.append("\n".join(made))
    return "\n\n".join(paragraphs), decisions, mended


def _goes_on(before: str, line: str) -> bool:
    """Return whether `line` goes on with the paragraph: not with a list, a table, a quotation or a signature."""
    if _ITEM.match(line) or line.lstrip().startswith((">", "|")) or before.lstrip().startswith((">", "|")):
        return False
    return len(before) >= _NARROW and len(line) - len(line.lstrip()) < 4 and "  " not in line.strip()
