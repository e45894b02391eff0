"""PDF files; the one module that knows PDFium."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from dossier.intake.document import Document, IntakeDecision, IntakeOptions, Offer, Unfit, day, one_line, tidy
from dossier.intake.hyphens import MARKS, mend_hyphens
from dossier.intake.pages import MISSING
from dossier.intake.pdf_spaces import add_spaces
from dossier.intake.text_dates import propose_date

MAX_PAGES = 5_000
_MAX_CHARACTERS = 6_000_000
_EDGE = 3
"""Lines at the head and at the foot of a page that may be its furniture."""
_REPEATED = 3
"""Pages on which a line must stand to be furniture."""
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:;…。！？”\"»’)]\s*$")
_ITEM = re.compile(r"\s*(?:[•◦▪■–—*]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_NOTICE = re.compile(r"©|\(c\)|copyright|rights reserved|https?://|www\.", re.IGNORECASE)
_LETTER = re.compile(r"\w")


class PdfReader:
    """Reads a PDF that has text in it."""

    name = "pdf"
    endings = (".pdf",)
    kept_as = ".pdf"

    def recognizes(self, data: bytes) -> bool:
        """Return whether the mark of a PDF stands near the beginning."""
        return b"%PDF-" in data[:1024]

    def read(self, data: bytes, options: IntakeOptions) -> Document:
        """The text of all pages, without what is repeated at their heads and feet."""
        pages, spaces, about = _pages(data)
        empty = [str(number) for number, page in enumerate(pages, 1) if not _LETTER.search("".join(page))]
        if len(empty) == len(pages):
            raise Unfit(
                "there is no text in it: it is a scan; have its text recognized first, for instance by OCRmyPDF"
            )
        decisions = _take_furniture(pages)
        text, hyphens = mend_hyphens(_flow(pages), options.hyphens)
        text, removed = tidy(re.split(r"\n\n+", text))
        warnings = [f"No text is on page {', '.join(empty[:10])}; it may be a scan."] if empty else []
        if decisions:
            warnings.append(
                f"What stands at the head or foot of pages was left out ({len(decisions)} different lines)."
            )
        title = one_line(about.get("Title"))
        published, doubts = propose_date(text, _day(about.get("CreationDate", "")))
        undecided = [one for one in hyphens if one.kind == "hyphen-undecided"]
        return Document(
            text,
            title,
            published,
            author=one_line(about.get("Author")),
            guessed=("title",) * bool(title) + ("published",) * bool(published),
            warnings=(*warnings, *doubts),
            decisions=(*decisions, *spaces, *hyphens, *removed),
            offers=(_offer(undecided),) if _joinable(undecided) else (),
        )


def _joinable(undecided: list[IntakeDecision]) -> list[IntakeDecision]:
    return [one for one in undecided if not re.search(r"\d-\n|-\n\d", one.words)]


def _offer(undecided: list[IntakeDecision]) -> Offer:
    words = ", ".join(one.words.replace("\n", "|") for one in _joinable(undecided)[:12])
    count = len(_joinable(undecided))
    question = f"{count} words are broken at a line end, and nothing shows how they are spelt; join them?"
    return Offer("hyphens", "--hyphens join (or keep)", question, words)


def _pages(data: bytes) -> tuple[list[list[str]], list[IntakeDecision], dict[str, str]]:
    """The lines of every page, the spaces that were added to them, and what the file says about itself."""
    try:
        import pypdfium2  # noqa: PLC0415  an extra
    except ImportError as error:
        raise Unfit(MISSING) from error
    try:
        document: Any = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unfit("it is encrypted; save a copy without a password first") from error
        raise Unfit("it is broken, or no PDF") from error
    try:
        if len(document) > MAX_PAGES:
            raise Unfit(f"it has {len(document):,} pages, and {MAX_PAGES:,} are the limit")
        texts, spaces = add_spaces(list(_texts(document, pypdfium2.PdfiumError)), _Layout(document).gaps)
        lines = [text.replace("\r\n", "\n").replace("\r", "\n").split("\n") for text in texts]
        about = dict(document.get_metadata_dict())
    finally:
        document.close()
    return [[line.rstrip() for line in page] for page in lines], spaces, about


def _texts(document: Any, failure: type[Exception]) -> Iterator[str]:
    total = 0
    for number in range(len(document)):
        try:
            page = document[number]
            layer = page.get_textpage()
            count = layer.count_chars()
            total += count
            if total > _MAX_CHARACTERS:
                raise Unfit(f"it has more than {_MAX_CHARACTERS / 1e6:.0f} million characters")
            text: str = layer.get_text_range() if count else ""
            layer.close()
            page.close()
        except failure as error:
            raise Unfit(f"it is broken: its page {number + 1} cannot be read") from error
        yield text


class _Layout:
    """The places of the characters of a document; keeps the last page that was asked for open."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._number, self._layer = -1, None

    def gaps(self, number: int, start: int, end: int) -> list[float]:
        """The distances between neighbours among the characters of a page, as shares of the size of the letters."""
        import pypdfium2.raw as pdfium  # noqa: PLC0415  an extra

        if number != self._number:
            self._number, self._layer = number, self._document[number].get_textpage()
        layer: Any = self._layer
        places = [pdfium.FPDFText_GetCharIndexFromTextIndex(layer.raw, at) for at in range(start, end)]
        boxes = [layer.get_charbox(place) for place in places if place >= 0]
        height = max((top - bottom for _, bottom, _, top in boxes), default=0)
        size = max(height, pdfium.FPDFText_GetFontSize(layer.raw, places[0])) or 1
        return [(after[0] - before[2]) / size for before, after in pairwise(boxes)]


def _key(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()).casefold())


def _take_furniture(pages: list[list[str]]) -> list[IntakeDecision]:
    """Take from the pages what is repeated at their heads and feet; each different line is told."""
    seen: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page if line.strip()]
        seen.update({_key(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])})
    least = max(_REPEATED, len(pages) // 50)
    told: Counter[str] = Counter()
    for number, page in enumerate(pages):
        full = [at for at, line in enumerate(page) if line.strip()]
        drop: set[int] = set()
        for order in (full[:_EDGE], full[: -_EDGE - 1 : -1]):
            for at in order:
                if _is_prose(page[at]) or (seen[_key(page[at])] < least and not _is_number(page[at])):
                    break
                drop.add(at)
        told.update(page[at].strip() for at in drop)
        pages[number] = [line for at, line in enumerate(page) if at not in drop]
    return [
        IntakeDecision("left-out", f"{line} ({count} pages)" if count > 1 else line, taken=False)
        for line, count in told.items()
    ]


def _is_prose(line: str) -> bool:
    """Say whether a line reads like a part of a sentence: one that is repeated may still be evidence."""
    text = line.strip()
    if _NOTICE.search(text):
        return False
    goes_on = text[:1].islower() and _DIGITS.search(text) is not None
    return len(text.split()) > 2 and (goes_on or text.endswith((*".,;!?…。、", *MARKS)))


def _is_number(line: str) -> bool:
    return bool(re.fullmatch(r"\W*(?:\d{1,4}|[ivxlc]{1,7})\W*", line.strip(), re.IGNORECASE))


def _flow(pages: list[list[str]]) -> str:
    """The lines of all pages as paragraphs with an empty line between them; every line break stays."""
    made: list[str] = []
    for page in pages:
        widths = sorted(len(line) for line in page if line.strip())
        full = widths[int(len(widths) * 0.8)] if widths else 0
        for at, line in enumerate(page):
            if not line.strip():
                made.append("")
                continue
            last = made[-1] if made else ""
            starts = _ITEM.match(line) or (
                _SENTENCE_END.search(last) and at > 0 and len(last) < 0.8 * full and not last.endswith(tuple(MARKS))
            )
            made += ["", line] if last and starts else [line]
    return "\n".join(made)


def _day(text: str) -> str:
    match = re.match(r"D:(\d{4})(\d{2})(\d{2})", text)
    return day("-".join(match.groups())) if match else day(text)
