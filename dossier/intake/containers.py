"""Zip archives and XML from strangers: nothing is unpacked to disk or read from outside, every amount is limited."""

import io
import re
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.parsers import expat

from dossier.intake.document import Unfit

MAX_PARTS = 10_000
"""Files in an archive."""
MAX_READ = 60_000_000
"""Bytes that are read from an archive altogether."""
MAX_PART = 30_000_000
"""Bytes of one part that is read: text, not pictures."""
MAX_DEPTH = 500
"""Elements inside each other."""
_PIECE = 1 << 20
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY\s", re.IGNORECASE)
_ROOT = re.compile(rb"<(?:html|head|body)\b", re.IGNORECASE)
_PROLOGUE = 200_000


class ZipContainer:
    """A zip archive, whose parts are read one by one and never unpacked."""

    def __init__(self, data: bytes, what: str) -> None:
        """Open the archive; `what` names the format in messages, as in `an EPUB`.

        Raises:
            Unfit: it is no zip archive, or one that is made to do harm.

        """
        self._left = MAX_READ
        self._what = what
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, RuntimeError, OSError, zlib.error) as error:
            raise Unfit(f"it is broken: {what} is a zip archive, and this one cannot be read") from error
        if len(parts) > MAX_PARTS:
            raise Unfit(f"it holds {len(parts):,} files, and {MAX_PARTS:,} are the limit")
        self.names = frozenset(part.filename for part in parts)
        """The parts, by the names they have in the archive."""
        if len(self.names) < len(parts):
            raise Unfit("it holds two files of one name, so that programs may read different texts in it")
        for part in parts:
            self._check(part)

    def _check(self, part: zipfile.ZipInfo) -> None:
        name = part.orig_filename
        if name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/") or name[1:2] == ":":
            raise Unfit("it holds a file whose name leads out of its folder, as only an attack does")
        if part.flag_bits & 1:
            raise Unfit("it is encrypted; save it without a password first")

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            Unfit: there is no such part, it is broken, or too much of it comes out.

        """
        try:
            with self._zip.open(name) as file:
                data = bytearray()
                while piece := file.read(_PIECE):
                    data += piece
                    self._left -= len(piece)
                    if self._left < 0 or len(data) > MAX_PART:
                        raise Unfit(f"it unpacks to more than {MAX_PART / 1e6:.0f} MB of text, as a zip bomb does")
        except KeyError as error:
            raise Unfit(f"it is broken: {self._what} needs a part {name!r}, and there is none") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
            raise Unfit(f"it is broken: its part {name!r} cannot be read") from error
        return bytes(data)

    def xml(self, name: str) -> Element:
        """The root element of a part that is XML; raises `Unfit`."""
        return parse_xml(self.read(name), name)


def parse_xml(data: bytes, name: str) -> Element:
    """The root element of an XML document.

    Raises:
        Unfit: it is not well formed, too deep, or declares entities.

    """
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise Unfit(f"it is nested more than {MAX_DEPTH} levels deep, as no text is")
        builder.start(_clark_name(tag), {_clark_name(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_clark_name(tag))

    def declared(*_: object) -> None:
        raise Unfit("it declares XML entities, which can grow without end or read other files")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, ParseError, AssertionError, ValueError, LookupError) as error:
        raise Unfit(f"it is broken: its part {name!r} is not well-formed XML") from error


def _clark_name(tag: str) -> str:
    return f"{{{tag}" if "}" in tag else tag


def refuse_entities(data: bytes) -> None:
    """Raise `Unfit` for a web page that declares entities of its own."""
    start = _DOCTYPE.search(data[:_PROLOGUE])
    head = data[start.end() : _PROLOGUE] if start else b""
    root = _ROOT.search(head)
    if _ENTITY.search(head[: root.start()] if root else head):
        raise Unfit("it declares entities of its own, which can grow without end or read other files")
