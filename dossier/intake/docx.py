"""Word documents: the text as it stands when every tracked change is accepted."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from dossier.intake.containers import ZipContainer
from dossier.intake.document import (
    Document,
    IntakeDecision,
    IntakeOptions,
    Unfit,
    day,
    one_line,
    squeeze,
    tidy,
)
from dossier.intake.text_dates import propose_date
from dossier.model.powers import as_power

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_DELETED = ("del", "moveFrom")
_SILENT = ("instrText", "delText", "delInstrText", "pPr", "rPr", "tblPr", "tcPr", "sdtPr", "sectPr")
_CHARACTERS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    "softHyphen": "\N{SOFT HYPHEN}",
}  # fmt: skip
_SYMBOLS = dict(
    [
        *enumerate(
            " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼", 0x20
        ),
        *enumerate("€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊", 0xA0),
    ]
)
"""The characters of the font Symbol (Adobe Symbol Encoding)."""
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_LINEAR = ("oMath", "r", "t", "rPr", "ctrlPr", "sty", "nor", "lit", "scr")
"""Parts of a formula that is a line of characters; any other, such as a fraction, means more than its characters."""
_OFFICE = re.compile(r"/officeDocument$")


class DocxReader:
    """Reads a Word document."""

    name = "docx"
    endings = (".docx", ".docm")
    kept_as = ".docx"

    def recognizes(self, data: bytes) -> bool:
        """Return whether the bytes are an archive with the contents of an Office document."""
        return data.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in data and b"word/" in data

    def read(self, data: bytes, options: IntakeOptions) -> Document:  # noqa: ARG002  nothing is to be decided
        """The text of a document, its notes behind the paragraphs that refer to them."""
        archive = ZipContainer(data, "a DOCX")
        main = _main_part(archive)
        body = _Body(archive, main.rpartition("/")[0])
        text, removed = tidy(body.paragraphs(archive.xml(main)))
        if not re.search(r"\w", text):
            raise Unfit("there is no text in it" + (", only tracked deletions" if body.deleted else ""))
        warnings = []
        if body.deleted or body.inserted:
            warnings.append("It has tracked changes: what was inserted counts as text, what was deleted does not.")
        comments = body.comments()
        if comments:
            warnings.append("Its comments were left out.")
        left = [IntakeDecision("tracked-deletion", one, taken=False) for one in body.deleted if one.strip()]
        left += [IntakeDecision("struck-through", one, taken=False) for one in map(squeeze, body.struck) if one]
        left += [IntakeDecision("formula", one, taken=False) for one in body.formulas]
        if body.formulas:
            warnings.append("Formulas that are more than a line of characters were left out.")
        left += [IntakeDecision("comment", one, taken=False) for one in comments]
        about = _Properties(archive)
        title = one_line(body.title) or about.title
        published, doubts = propose_date(text, about.created)
        return Document(
            text, title, published, author=about.author,
            guessed=("published",) * bool(published) + ("title",) * bool(title and not body.title),
            warnings=(*warnings, *doubts), decisions=(*left, *removed),
        )  # fmt: skip


class _Properties:
    """The metadata of the document; the date of a file is only a guess at when its text was published."""

    def __init__(self, archive: ZipContainer) -> None:
        self.title = self.author = self.created = ""
        if "docProps/core.xml" in archive.names:
            root = archive.xml("docProps/core.xml")
            self.title = one_line(root.findtext(f"{_DC}title"))
            self.author = one_line(root.findtext(f"{_DC}creator"))
            self.created = day(root.findtext(f"{_TERMS}created"))


def _main_part(archive: ZipContainer) -> str:
    if "_rels/.rels" in archive.names:
        for one in archive.xml("_rels/.rels"):
            name = one.get("Target", "").lstrip("/")
            if _OFFICE.search(one.get("Type", "")) and name in archive.names:
                return name
    return "word/document.xml"


def _local(element: Element) -> str:
    """The name of an element of WordprocessingML; empty for one of another vocabulary."""
    for space in (_W, _STRICT):
        if element.tag.startswith(space):
            return element.tag[len(space) :]
    return ""


def _attribute(element: Element, name: str) -> str:
    return element.get(f"{_W}{name}") or element.get(f"{_STRICT}{name}") or ""


class _Body:
    """Walks through a document."""

    def __init__(self, archive: ZipContainer, folder: str) -> None:
        self._archive = archive
        self._folder = f"{folder}/" if folder else ""
        self._notes = {kind: self._part(f"{kind}s", kind) for kind in ("footnote", "endnote")}
        self.deleted: list[str] = []
        self.struck: list[str] = []
        self.formulas: list[str] = []
        self.inserted = 0
        self.title = ""

    def _part(self, part: str, kind: str) -> dict[str, Element]:
        name = f"{self._folder}{part}.xml"
        if name not in self._archive.names:
            return {}
        return {_attribute(one, "id"): one for one in self._archive.xml(name) if _local(one) == kind}

    def comments(self) -> list[str]:
        """The texts of the comments."""
        return [
            one
            for comment in self._part("comments", "comment").values()
            if (one := " ".join("\n".join(self.paragraphs(comment)).split()))
        ]

    def paragraphs(self, root: Element) -> list[str]:
        """The paragraphs below an element, in order; a paragraph that was tracked as deleted goes on in the next."""
        found: list[str] = []
        carried = ""
        for paragraph in _paragraphs(root):
            beside: list[str] = []
            text = carried + "".join(self._text(paragraph, beside))
            carried = ""
            if _is_drop_cap(paragraph):
                carried = text
                continue
            if _ends_deleted(paragraph):
                carried = text if text[-1:].isspace() else f"{text} "
                continue
            if not self.title and _style(paragraph) == "title":
                self.title = text
            found += [text.strip(" "), *beside]
        return [*found, carried] if carried else found

    def _text(self, element: Element, beside: list[str]) -> Iterator[str]:
        """The text of a paragraph; what stands beside it, as notes and boxes do, is put into `beside`."""
        for child in element:
            name = _local(child)
            if name == "r":
                yield from self._run(child, beside)
            elif name == "t":
                yield child.text or ""
            elif name in _CHARACTERS:
                yield _CHARACTERS[name]
            elif name == "sym":
                yield _symbol(child)
            elif name in _DELETED:
                self.deleted.append("".join(one.text or "" for one in child.iter() if _local(one) in ("delText", "t")))
            elif child.tag == f"{_MATH}oMath":
                yield self._formula(child)
            elif name in ("footnoteReference", "endnoteReference"):
                note = self._notes[name.removesuffix("Reference")].get(_attribute(child, "id"))
                if note is not None:
                    beside += self.paragraphs(note)
            elif name == "txbxContent":
                beside += self.paragraphs(child)
            elif name == "ruby":
                yield from (text for base in child if _local(base) == "rubyBase" for text in self._text(base, beside))
            elif name not in _SILENT:
                self.inserted += name in ("ins", "moveTo")
                yield from self._text(_choose_alternative(child), beside)

    def _run(self, run: Element, beside: list[str]) -> Iterator[str]:
        """The text of a run: none of what is struck through, and a raised number so that it is not read as digits."""
        styles = {_local(one): _attribute(one, "val") for one in run.iterfind("{*}rPr/*")}
        text = "".join(self._text(run, beside))
        if any(styles.get(name, "0") not in ("0", "false", "off") for name in ("strike", "dstrike")):
            self.struck.append(text)
        elif styles.get("vertAlign") == "superscript":
            yield as_power(text) or text
        else:
            yield text

    def _formula(self, element: Element) -> str:
        """The characters of a formula; none of one with fractions, roots, indices: `1/2` would become `12`."""
        parts = [one for one in element.iter() if one.tag.startswith(_MATH)]
        text = "".join(one.text or "" for one in parts if one.tag == f"{_MATH}t")
        if all(one.tag[len(_MATH) :] in _LINEAR for one in parts):
            return text
        self.formulas.append(text)
        return ""


def _paragraphs(root: Element) -> Iterator[Element]:
    """The paragraphs below an element that do not stand in another, in order; accepted changes only."""
    for child in root:
        name = _local(child)
        if name == "p":
            yield child
        elif name not in (*_DELETED, *_SILENT):
            yield from _paragraphs(_choose_alternative(child))


def _choose_alternative(element: Element) -> Element:
    """The first of alternative contents, which say the same."""
    if element.tag == f"{_COMPATIBLE}AlternateContent":
        choice = element.find(f"{_COMPATIBLE}Choice")
        fallback = element.find(f"{_COMPATIBLE}Fallback")
        return choice if choice is not None else fallback if fallback is not None else element
    return element


def _style(paragraph: Element) -> str:
    for properties in paragraph:
        if _local(properties) == "pPr":
            return next((_attribute(one, "val").lower() for one in properties if _local(one) == "pStyle"), "")
    return ""


def _ends_deleted(paragraph: Element) -> bool:
    """Return whether the mark at the end of a paragraph was tracked as deleted."""
    return any(
        _local(mark) == "rPr" and any(_local(one) == "del" for one in mark)
        for properties in paragraph
        if _local(properties) == "pPr"
        for mark in properties
    )


def _is_drop_cap(paragraph: Element) -> bool:
    """Return whether a paragraph is only the large first letter of the next."""
    return any(
        _local(frame) == "framePr" and _attribute(frame, "dropCap") in ("drop", "margin")
        for properties in paragraph
        if _local(properties) == "pPr"
        for frame in properties
    )


def _symbol(element: Element) -> str:
    """A character of a symbol font; of other fonts than Symbol the private character itself, which nothing names."""
    try:
        code = int(_attribute(element, "char"), 16)
    except ValueError:
        return ""
    if _attribute(element, "font") == "Symbol" and (name := _SYMBOLS.get(code & 0xFF)):
        return name
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else ""
