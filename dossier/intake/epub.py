"""EPUB books, chapter after chapter as their spine says."""

import posixpath
import re
from urllib.parse import unquote

from dossier.intake.containers import ZipContainer
from dossier.intake.document import Document, IntakeDecision, IntakeOptions, Unfit, day, one_line, tidy
from dossier.intake.pages import WebPage

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTAINER = "META-INF/container.xml"
_FONTS = re.compile(rb"Algorithm=[\"'](?:http://www\.idpf\.org/2008/embedding|http://ns\.adobe\.com/pdf/enc#RC)[\"']")
_CIPHER = re.compile(rb"<(?:\w+:)?EncryptionMethod\b")
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbncx+xml+html")


class EpubReader:
    """Reads an EPUB."""

    name = "epub"
    endings = (".epub",)
    kept_as = ".epub"

    def recognizes(self, data: bytes) -> bool:
        """Return whether the first part of the archive says that it is an EPUB."""
        return data.startswith(b"PK") and b"mimetypeapplication/epub+zip" in data[:200]

    def read(self, data: bytes, options: IntakeOptions) -> Document:  # noqa: ARG002  nothing is to be decided
        """The whole book as one text."""
        archive = ZipContainer(data, "an EPUB")
        _refuse_encrypted(archive)
        root = archive.xml(_CONTAINER).find(".//{*}rootfile")
        package = archive.xml(root.get("full-path", "") if root is not None else "")
        folder = posixpath.dirname(root.get("full-path", "") if root is not None else "")
        items = {item.get("id", ""): item for item in package.iter(f"{_OPF}item")}
        paragraphs: list[str] = []
        decisions: list[IntakeDecision] = []
        warnings: list[str] = []
        for reference in package.iter(f"{_OPF}itemref"):
            item = items.get(reference.get("idref", ""))
            if item is None or item.get("media-type") not in _PAGES:
                continue
            name = posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
            if name not in archive.names:
                warnings.append(f"The chapter {one_line(name)} is named and not there.")
                continue
            page = WebPage(archive.read(name), "utf-8")
            warnings += page.warnings
            decisions += page.decisions
            found = _paragraphs(page.lines())
            if "nav" in item.get("properties", "").split() or reference.get("linear") == "no":
                decisions += [IntakeDecision("left-out", one, taken=False) for one in found]
            else:
                paragraphs += found
        text, removed = tidy(paragraphs)
        if not re.search(r"\w", text):
            raise Unfit("there is no text in it")

        def said(name: str) -> str:
            return one_line(", ".join(filter(None, (one_line(one.text) for one in package.iter(f"{_DC}{name}")))))

        published = day(next((one.text for one in package.iter(f"{_DC}date")), ""))
        return Document(
            text, said("title"), published, said("publisher"), said("creator"), language=said("language").split(",")[0],
            warnings=tuple(warnings), decisions=(*decisions, *removed),
        )  # fmt: skip


def _refuse_encrypted(archive: ZipContainer) -> None:
    if "META-INF/encryption.xml" in archive.names:
        data = archive.read("META-INF/encryption.xml")
        if len(_CIPHER.findall(data)) > len(_FONTS.findall(data)):
            raise Unfit("it is encrypted; only a copy without protection can be read")


def _paragraphs(lines: list[str]) -> list[str]:
    return [one for one in re.split(r"\n\s*\n", "\n".join(line.strip() for line in lines)) if one.strip()]
