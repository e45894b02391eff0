"""Words for the clipboard: by tmux or the terminal, always in a file too, and what to say of it.

Nothing is written here: the caller runs tmux, writes to the terminal and to the file.
"""

import base64
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from dossier.model.anchors import Evidence
from dossier.model.clean import clean, clean_line
from dossier.model.entries import Entry
from dossier.model.verbatim import is_verbatim

MOST = 74_000
"""Bytes of text that terminals take by OSC 52, before base64 (xterm's is the lowest of the known limits)."""

_SILENT = ("dumb", "linux", "unknown", "")
"""Values of TERM whose terminals have no clipboard."""


class Copy(Struct, frozen=True):
    """A text to copy, and the ways in which it is copied."""

    text: str
    """The words, made inert."""
    path: Path
    """The file they are always written to as well."""
    sequence: str = ""
    """What to write to the terminal; empty when it cannot take the words."""
    tmux: bool = False
    """Whether tmux is asked first: it confirms a copy, and a terminal does not."""
    hindrance: str = ""
    """Why the terminal cannot take them."""


def prepare_copy(text: str, environment: Mapping[str, str], path: Path) -> Copy:
    """Choose how to copy `text`: always into a file, by tmux inside of it, by OSC 52 where the terminal may take it."""
    text = clean(text)
    size = len(text.encode("utf-8", "replace"))
    tmux = bool(environment.get("TMUX"))
    if environment.get("TERM", "") in _SILENT:
        return Copy(text, path, tmux=tmux, hindrance="This terminal has no clipboard")
    if size > MOST:
        return Copy(text, path, tmux=tmux, hindrance=f"{size:,} bytes are more than a terminal takes")
    return Copy(text, path, _sequence(text, environment), tmux)


def describe_copy(copy: Copy, *, buffered: bool = False, filed: bool = True) -> str:
    """Describe the copy in one line; it says "copied" only where that is known.

    `buffered` is whether tmux has taken the words, `filed` whether they are in the file.
    """
    many = _count(len(copy.text))
    where = f"in {copy.path}" if filed else "in no file: it cannot be written"
    if buffered:
        return f"Copied {many} to tmux: prefix ] pastes. Sent on to the terminal; also {where}."
    if copy.sequence:
        return f"Sent {many} to the terminal's clipboard, which does not answer; also {where}."
    return f"{copy.hindrance}: {many} {'are ' if filed else ''}{where}."


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
    """The citation of an article: headline, publisher, date, paragraph, URL, as far as they are known."""
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
    details = "; ".join(part for part in (source, doubt) if part)
    inert, who = clean_line(words), clean_line(speaker)
    if not is_verbatim(attribution):
        quoted = f"{who}, as the article reports it: {inert}" if who else f"As the article reports it: {inert}"
    else:
        quoted = f"{who}: “{inert}”" if who else f"“{inert}”"
    return f"{quoted} ({details})" if details else quoted
