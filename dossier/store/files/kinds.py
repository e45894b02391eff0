"""Recognise the kind of a file where a text was expected: by their first bytes, whatever the file is called."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from dossier.model.problems import Place, Problem

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
    (b"\xff\xfe\x00\x00", "a UTF-32 text"),
    (b"\x00\x00\xfe\xff", "a UTF-32 text"),
    (b"\xff\xfe", "a UTF-16 text"),
    (b"\xfe\xff", "a UTF-16 text"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"SQLite format 3", "a database"),
)
_SUFFIXES = {
    ".pdf": "a PDF",
    ".docx": "a Word file",
    ".epub": "an EPUB",
    ".odt": "an OpenDocument text",
    ".doc": "an old Word or Excel file",
}
_MEMBERS = (
    ("word/", "a Word file"),
    ("xl/", "an Excel file"),
    ("ppt/", "a PowerPoint file"),
    ("META-INF/container.xml", "an EPUB"),
    ("content.xml", "an OpenDocument text"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HEADER = re.compile(rb"(?P<name>[A-Za-z][A-Za-z-]*):[ \t]?[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
_MAIL = frozenset({b"from", b"to", b"subject", b"date", b"message-id", b"mime-version", b"received", b"return-path"})
_LOOKED_AT = 65_536
_STILL_TEXT = frozenset({"a web page", "a mail", "an RTF file"})


def kind_of(data: bytes) -> str:
    """The kind of file that these bytes are, as a message names it; empty for plain text and for unknown kinds."""
    head = data.removeprefix(b"\xef\xbb\xbf")[:_LOOKED_AT]
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_archive(data)
    if _HTML.match(head):
        return "a web page"
    if _is_mail(head):
        return "a mail"
    return "a UTF-16 text" if _is_utf16(head) else ""


def another_kind(data: bytes, place: Place, path: str) -> Problem | None:
    """The problem that an article's file is no plain text; a warning where it can be read all the same."""
    kind = kind_of(data)
    return _problem(kind, place, path) if kind else None


def another_kind_by_name(place: Place, path: str) -> Problem | None:
    """The same of a file that is too large to be read."""
    kind = next((kind for suffix, kind in _SUFFIXES.items() if path.lower().endswith(suffix)), "")
    return _problem(kind, place, path) if kind else None


def _problem(kind: str, place: Place, path: str) -> Problem:
    if "text" in kind and "UTF" in kind:
        hint = f"save it as UTF-8, or make a text of it: dossier add {path}"
    else:
        hint = f"make a text of it, and name that: dossier add {path}"
    message = f"“{path}” is {kind}, not a plain text or Markdown"
    return Problem(place, "warning" if kind in _STILL_TEXT else "error", "not-plain-text", message, hint)


def _kind_of_archive(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()[:1_000]
    except (BadZipFile, OSError, ValueError, RuntimeError):
        return "a zip archive"
    return next((kind for member, kind in _MEMBERS if any(n.startswith(member) for n in names)), "a zip archive")


def _is_mail(head: bytes) -> bool:
    names: set[bytes] = set()
    at = 0
    while match := _HEADER.match(head, at):
        names.add(match["name"].lower())
        at = match.end()
    return len(names & _MAIL) >= 3 and head[at : at + 2].startswith((b"\n", b"\r\n"))


def _is_utf16(head: bytes) -> bool:
    """Return whether every other byte of much of the text is zero, as in UTF-16 without a mark at its beginning."""
    probe = head[: len(head) & ~1]
    even, odd = probe[::2].count(0), probe[1::2].count(0)
    return len(probe) >= 8 and max(even, odd) > 0.4 * len(probe) / 2 and min(even, odd) < 0.1 * len(probe) / 2
