"""A file of another program as an article: its words, what is said about it, and every decision that was taken."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal, Protocol

from msgspec import Struct

from dossier.model.clean import HOSTILE
from dossier.model.dates import day_of, moment_problem
from dossier.model.problems import DossierError

MAX_TEXT = 5_000_000
"""Bytes of the text of an article (format.md, "Rules for reading")."""
_MAX_FIELD = 300

Hyphens = Literal["ask", "join", "keep"]
"""What becomes of a word broken at a line end when the document does not decide it."""
Reading = Literal["both", "first", "second", "whole"]
"""Which of the two readings of a web page make the article; `whole` is every word of the page."""


class Unfit(DossierError):  # noqa: N818 -- named for what happened
    """A file that is not taken in; the text says why, beginning with a small letter, and names no file."""


class IntakeOptions(Struct, frozen=True):
    """The decisions of the user, made beforehand."""

    unwrap: bool = False
    """Join lines that were broken at a fixed width."""
    strip_replies: bool = False
    """Take the reply marks `> ` off the beginnings of lines."""
    hyphens: Hyphens = "ask"
    reading: Reading = "both"


class IntakeDecision(Struct, frozen=True):
    """Words about which a reader of the original could be of another opinion, and what became of them."""

    kind: str
    """The rule, as a stable name: `only-first`, `only-second`, `left-out`, `hyphen`, `unwrapped`, `reply-marks`, …"""
    words: str
    """The words concerned, as they stand in the original."""
    taken: bool
    """Whether they stand in the article."""
    became: str = ""
    """What stands in the article instead, when that differs."""


class Offer(Struct, frozen=True):
    """A change that is made only when the user agrees to it."""

    option: Literal["unwrap", "strip_replies", "hyphens"]
    """The field of `IntakeOptions` that agrees."""
    flag: str
    """How the command line says it."""
    question: str
    """What is asked."""
    sample: str
    """What the text would read like."""


class Document(Struct, frozen=True):
    """An article as it was read from a file."""

    text: str
    """The article: paragraphs with an empty line between them."""
    title: str = ""
    published: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""
    language: str = ""
    guessed: tuple[str, ...] = ()
    """Names of the fields that were inferred and not stated by the file."""
    warnings: tuple[str, ...] = ()
    """What the user should know, a sentence each."""
    decisions: tuple[IntakeDecision, ...] = ()
    offers: tuple[Offer, ...] = ()


class FormatReader(Protocol):
    """Reads one format."""

    @property
    def name(self) -> str:
        """The name on the command line."""
        ...

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of file names, in small letters with the dot."""
        ...

    @property
    def kept_as(self) -> str:
        """The ending of the original that is kept; never one that the dossier would read itself."""
        ...

    def recognizes(self, data: bytes) -> bool:
        """Return whether the bytes say by themselves that they are of this format."""
        ...

    def read(self, data: bytes, options: IntakeOptions) -> Document:
        """The article in the bytes of a file.

        Raises:
            Unfit: there is none, or the file is broken, encrypted or a trap.

        """
        ...


def one_line(text: str | None) -> str:
    """A title, name or address as one clean line of bearable length."""
    line = " ".join(HOSTILE.sub(" ", text or "").replace("\N{SOFT HYPHEN}", "").split())
    return line if len(line) <= _MAX_FIELD else f"{line[: _MAX_FIELD - 1].rstrip()}…"


def squeeze(text: str | None) -> str:
    """A text with one space for each run of white space."""
    return " ".join((text or "").split())


def day(text: str | None) -> str:
    """The day, month or year at the start of a date as programs write it; empty when there is none."""
    match = re.match(r"(\d{4})[-/]?(\d{2})[-/]?(\d{2})(?!\d)|(\d{4}-\d{2})(?!\d)|(\d{4})(?![\d-])", one_line(text))
    if not match:
        return ""
    found = "-".join(part for part in match.group(1, 2, 3) if part) or match[4] or match[5]
    return "" if moment_problem(found) else day_of(found)


def tidy(paragraphs: Iterable[str]) -> tuple[str, list[IntakeDecision]]:
    """The text of an article from its paragraphs, without characters that could act on a reader, and what was removed.

    Soft hyphens, zero-width spaces and byte order marks have no width in the original, so no word changes without them.
    """
    text = "\n\n".join(filter(None, (_edges(paragraph) for paragraph in paragraphs)))
    return scrub(f"{text}\n" if text else "")


_INVISIBLE = re.compile("[\u00ad\u200b\ufeff]")
_LINE_END = re.compile("\r\n|\r|\u2028|\u2029")
_REMOVED = re.compile(f"{HOSTILE.pattern}|{_INVISIBLE.pattern}|[\ufffe\uffff]")


def scrub(text: str) -> tuple[str, list[IntakeDecision]]:
    """`text` with plain line ends and without invisible or dangerous characters, and what was removed."""
    text = _LINE_END.sub("\n", text).replace("\f", "\n\n").replace("\v", "\n")
    counts: dict[str, int] = {}
    for match in _REMOVED.finditer(text):
        counts[match[0]] = counts.get(match[0], 0) + 1
    decisions = [
        IntakeDecision(
            "removed", f"U+{ord(one):04X} {unicodedata.name(one, 'control character')}, {count} times", taken=False
        )
        for one, count in sorted(counts.items())
    ]
    return _REMOVED.sub("", text), decisions


def _edges(paragraph: str) -> str:
    lines = [line.rstrip() for line in _LINE_END.sub("\n", paragraph).split("\n")]
    return "\n".join(line for line in lines if line).strip("\n")


def shorten(text: str, most: int = 160) -> str:
    """`text` as one line of at most `most` characters, for showing."""
    line = one_line(text[: most * 2])
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
