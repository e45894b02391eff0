"""Words for the clipboard: by the terminal where it can, in a file where it cannot, and what to say of it.

Nothing is written here: the caller hands the sequence to the terminal, or the text to the file.
"""

import base64
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from dossier.model.anchors import Evidence
from dossier.model.clean import clean, clean_line
from dossier.model.entries import Entry

MOST = 74_000
"""Bytes of text that terminals take by OSC 52, before base64 (xterm's is the lowest of the known limits)."""

_SILENT = ("dumb", "linux", "unknown", "")
"""Values of TERM whose terminals have no clipboard."""


_REPORTED = ("paraphrase", "inferred")
"""Attributions of words that are the article's own and not the speaker's."""


class Copy(Struct, frozen=True):
    """How words get to where they can be pasted from."""

    text: str
    """The words, made inert."""
    sequence: str = ""
    """What to write to the terminal; empty when the words go into a file."""
    path: Path | None = None
    """The file to write them into; None when the terminal takes them."""
    says: str = ""
    """What was done, for the reader, once it is done."""


def copied(text: str, environment: Mapping[str, str], fallback: Path) -> Copy:
    """How to copy `text`: by OSC 52, wrapped inside tmux and screen so that it is passed on, else into `fallback`."""
    text = clean(text)
    size = len(text.encode("utf-8", "replace"))
    if environment.get("TERM", "") in _SILENT:
        return Copy(text, path=fallback, says=f"This terminal cannot copy; the words are in {fallback}.")
    if size > MOST:
        says = f"More than a terminal takes ({size} bytes); the words are in {fallback}."
        return Copy(text, path=fallback, says=says)
    through = " through tmux" if environment.get("TMUX") else " through screen" if environment.get("STY") else ""
    says = f"Handed to the terminal{through} for copying: {_count(len(text))}."
    return Copy(text, _sequence(text, environment), says=says)


def _sequence(text: str, environment: Mapping[str, str]) -> str:
    code = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    plain = f"\x1b]52;c;{code}\a"
    if environment.get("TMUX"):
        return "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if environment.get("STY"):  # screen takes 256 bytes at a time
        return "".join(f"\x1bP{plain[at : at + 200]}\x1b\\" for at in range(0, len(plain), 200))
    return plain


def _count(characters: int) -> str:
    return "1 character" if characters == 1 else f"{characters} characters"


def source_text(article: Entry | None, paragraph: int = 0) -> str:
    """How an article is cited: headline, publisher, date, paragraph, URL, as far as they are known."""
    if article is None:
        return ""
    place = f"¶{paragraph}" if paragraph else ""
    parts = (
        article.title or article.id,
        article.text("publisher"),
        article.text("published"),
        place,
        article.text("url"),
    )
    return ", ".join(clean_line(part) for part in parts if part)


def citation(
    words: str, article: Entry | None, evidence: Evidence | None = None, *, speaker: str = "", attribution: str = ""
) -> str:
    """Words with who said them and their source, in one paragraph; evidence that needs a look says so.

    Only words that the article itself quotes stand in quotation marks behind a name: a reader takes those for verbatim.
    """
    source = source_text(article, evidence.paragraph if evidence else 0)
    doubt = f"{evidence.status}, not evidence" if evidence and not evidence.sound else ""
    told = "; ".join(part for part in (source, doubt) if part)
    inert, who = clean_line(words), clean_line(speaker)
    if who and attribution in _REPORTED:
        quoted = f"{who}, as the article reports it: {inert}"
    else:
        quoted = f"{who}: “{inert}”" if who else f"“{inert}”"
    return f"{quoted} ({told})" if told else quoted
