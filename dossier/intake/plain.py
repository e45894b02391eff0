"""Plain text and Markdown, which stay as they are."""

import re
from collections.abc import Sequence

from dossier.intake.containers import refuse_entities
from dossier.intake.decoding import decode
from dossier.intake.document import Document, IntakeOptions, Unfit, one_line, scrub
from dossier.intake.wrapping import offered

_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_FOREIGN: Sequence[tuple[bytes, str]] = (
    (b"\xd0\xcf\x11\xe0", "it is an old or encrypted Office file; save it as DOCX without a password"),
    (b"{\\rtf", "it is RTF; save it as DOCX"),
    (b"\x89PNG", "it is a picture; there is no text in it"),
    (b"\xff\xd8\xff", "it is a picture; there is no text in it"),
    (b"GIF8", "it is a picture; there is no text in it"),
    (b"\x1f\x8b", "it is compressed; unpack it first"),
    (b"7z\xbc\xaf", "it is compressed; unpack it first"),
    (b"Rar!", "it is compressed; unpack it first"),
    (b"PK\x03\x04", "it is a zip archive, but neither DOCX nor EPUB"),
    (b"PK\x05\x06", "it is an empty zip archive"),
)
_TITLE = 120


class TextReader:
    """Reads plain text."""

    name: str = "text"
    endings: tuple[str, ...] = (".txt", ".text")
    kept_as: str = ".text"

    def recognizes(self, data: bytes) -> bool:  # noqa: ARG002  anything may be text
        """Return False: text says nothing about itself."""
        return False

    def read(self, data: bytes, options: IntakeOptions) -> Document:
        """The text, as it is but for line ends and characters that could act on its reader."""
        for sign, why in _FOREIGN:
            if data.startswith(sign):
                raise Unfit(why)
        if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"<?xml", b"<!DOCTYPE")):
            refuse_entities(data)
            raise Unfit("it is XML of a kind that is not read; save it as a web page or as plain text")
        text, warnings = decode(data)
        if "\0" in text:
            raise Unfit("it is not text; give a web page, PDF, DOCX, EPUB, e-mail, Markdown or plain text")
        text, removed = scrub(text)
        if not re.search(r"\w", text):
            raise Unfit("there is no text in it")
        text, decisions, offers = offered(text, options)
        title = self._title(text)
        return Document(
            text if text.endswith("\n") else f"{text}\n",
            title,
            guessed=("title",) * bool(title),
            warnings=tuple(warnings),
            decisions=(*removed, *decisions),
            offers=tuple(offers),
        )

    def _title(self, text: str) -> str:
        """The first line, if it stands alone and is short."""
        first, _, rest = text.lstrip().partition("\n")
        line = one_line(first)
        alone = not rest.split("\n", 1)[0].strip()
        return line if alone and rest.strip() and len(line) <= _TITLE and not line.endswith((".", ",", ";")) else ""


class MarkdownReader(TextReader):
    """Reads Markdown; its front matter is read by whoever reads the dossier."""

    name = "markdown"
    endings = (".md", ".markdown")
    kept_as = ".markdown"

    def _title(self, text: str) -> str:
        heading = _HEADING.search(text)
        return one_line(heading[1]) if heading else ""
