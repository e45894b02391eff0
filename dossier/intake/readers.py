"""The readers of files that can be taken in, and which of them a file is for."""

from importlib import import_module

from dossier.intake.document import MAX_TEXT, Document, FormatReader, IntakeOptions, Unfit
from dossier.intake.formats import FORMATS
from dossier.intake.plain import TextReader

READERS: dict[str, FormatReader] = {
    form: getattr(import_module(module), name)() for form, (module, name) in FORMATS.items()
}
"""The reader of every format, by its name."""

ENDINGS = frozenset(ending for reader in READERS.values() for ending in reader.endings)
"""Of the files that are taken from a folder."""


def reader_of(name: str, data: bytes) -> FormatReader:
    """The reader for a file: by what its bytes say, then by the ending of its name, then plain text.

    A text file is what its name says: a page of HTML code saved as `.txt` or `.md` is text about HTML.
    """
    by_name = next((one for one in READERS.values() if name.lower().endswith(one.endings)), None)
    if by_name is not None and isinstance(by_name, TextReader) and not data.startswith((b"%PDF-", b"PK\x03\x04")):
        return by_name
    by_bytes = next((one for one in READERS.values() if one.recognizes(data)), None)
    if by_bytes is not None and not (
        by_name is not None and by_name.name in ("html", "eml") and by_bytes.name in ("html", "eml")
    ):
        return by_bytes
    return by_name or READERS["text"]


def read_document(name: str, data: bytes, options: IntakeOptions, reader: FormatReader | None = None) -> Document:
    """The article in a file; without a reader, the one for its format is found out.

    Raises:
        Unfit: there is no article in it, or it is broken, encrypted or a trap.

    """
    if not data.strip():
        raise Unfit("it is empty")
    document = (reader or reader_of(name, data)).read(data, options)
    if len(document.text.encode()) > MAX_TEXT:
        raise Unfit(f"its text has more than {MAX_TEXT / 1e6:.0f} MB, the limit of an article; split it")
    return document
