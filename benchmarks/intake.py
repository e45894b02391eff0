"""Intake held against its gold: `python benchmarks/intake.py FOLDER`, with the unpacked exchange files.

Of a PDF or EPUB those sentences of the gold count that the file itself has, character by character, as PDFium or the
markup gives them; the plain text that serves as gold has references that the pages have not (`Section 8.14`). Such a
sentence is whole when all of its characters and spaces stand in the article in order. Two things are left open, because
the gold leaves them open: the form of quotation marks, and whether a line end of the gold is a space (it breaks lines
behind `/` and before `-`, where no page has a space). The share with every line end read as a space is printed beside.
Words are lost in silence when the gold has them and neither the article nor the decisions that were told do. The marks
of lists and notes that the gold puts before its sentences are none of its words, its lines of code are no sentences,
and its table of contents is left out. Comments that pandoc was told to show are none of a Word document's text.
"""

import gzip
import html
import re
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pypdfium2

from dossier.intake.document import Document, IntakeOptions, Unfit
from dossier.intake.isolation import DocumentReader

_BREAK = "\x1f"
_LEAST = 30
_CODE = re.compile(r"[$#|{}<>=^├]| [*+] |--")
_SENTENCE = re.compile(r"(?<=[.!?。])\s+")


def flat(text: str) -> str:
    """The text with single spaces, and none at the inner side of quotation marks."""
    text = " ".join(text.replace("\u00ad", "").split())
    return re.sub(r"([“‘(]) | ([”’)])|(?<= )(\") (?=\S)", r"\1\2\3", text)


def plain(text: str) -> str:
    """The text with one form of quotation marks and of hyphens, and without characters that have no width."""
    text = re.sub("[“”„«»″]", '"', re.sub("[‘’‚′]", "'", text)).replace("∼", "~").replace("\u00a0", " ")
    return re.sub("[\u00ad\u200b\ufeff]", "", text.replace("\u2010", "-"))


def bare(text: str) -> str:
    """The characters of a text without white space and hyphens, and without PDFium's marks of broken words."""
    return re.sub(rf"[\s{_BREAK}\ufffe\x02-]", "", plain(text))


def sentences(text: str) -> list[str]:
    """The sentences of at least 30 characters in each paragraph of a page."""
    found = (flat(one) for paragraph in re.split(r"\n\s*\n", text) for one in _SENTENCE.split(flat(paragraph)))
    return [one for one in found if len(one) >= _LEAST and not _CODE.search(one)]


def gold_sentences(text: str) -> Iterator[str]:
    """The sentences of a plain text, with `_BREAK` in place of each line end."""
    text = text.replace("\u00a0", " ")
    chapters = [match.start() for match in re.finditer(r"(?m)^(?:Chapter 1|第1章)", text)]
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*(?:[*+•·o-]|\d+\.) )", text[chapters[-1] if chapters else 0 :]):
        line = re.sub(rf"[^\S{_BREAK}]+", " ", re.sub(r"\s*\n\s*", _BREAK, paragraph.strip()))
        for one in re.split(rf"(?<=[.!?。])[\s{_BREAK}]+", line):
            sentence = re.sub(r"^(?:[*+•·o-] |\^?\[\d+\] |\d+\. )+", "", one.strip())
            if len(sentence) >= _LEAST and not _CODE.search(sentence):
                yield sentence


def words(text: str) -> Counter[str]:
    """Return how often each word stands in a text."""
    return Counter(re.findall(r"\w+", text.casefold()))


def told(document: Document) -> str:
    """The article and all that was said of other words."""
    return document.text + "\n" + "\n".join(f"{one.words}\n{one.became}" for one in document.decisions)


def lost(gold: str, document: Document) -> int:
    """Words of the gold that are neither in the article nor told."""
    gold = re.sub(r"(?m)^\s*o\s", " ", gold)  # the mark of an item of a list in a list
    return (words(gold) - words(told(document))).total()


def in_file(source: Path) -> list[str]:
    """The bare characters of each page of a PDF, or of all pages of an EPUB, as the file has them."""
    if source.suffix == ".pdf":
        return [bare(page.get_textpage().get_text_range()) for page in pypdfium2.PdfDocument(source)]
    with zipfile.ZipFile(source) as archive:
        pages = [name for name in archive.namelist() if name.endswith((".xhtml", ".html"))]
        return [bare(page_text(archive.read(name).decode())) for name in sorted(pages)]


def stands(sentence: str, pages: list[str]) -> bool:
    """Say whether the characters of a sentence stand on a page, or at the foot of one and the head of the next."""
    for page, after in pairwise([*pages, ""]):
        if sentence in page:
            return True
        at = (
            page.find(sentence[:12], -len(sentence) - 200)
            if len(page) > len(sentence) + 200
            else page.find(sentence[:12])
        )
        while at >= 0:
            same = next((n for n, pair in enumerate(zip(sentence, page[at:], strict=False)) if pair[0] != pair[1]), 0)
            same = same or min(len(sentence), len(page) - at)
            if len(page) - at - same < 200 and sentence[same:] in after[: len(sentence) + 200]:
                return True
            at = page.find(sentence[:12], at + 1)
    return False


_COMMENT = '("",["comment-start"]'
_NATIVE = re.compile(
    r'\b(?:Str|Code|CodeBlock)\s+(?:\([^)]*\)\s*)?"((?:[^"\\]|\\.)*)"|\b(?:Space|SoftBreak|LineBreak|Para|Plain|Header|MetaInlines|MetaBlocks)\b'
)


def native_text(text: str) -> str:
    """The words of pandoc's own format, without the comments that it was told to show."""
    while (found := text.find(_COMMENT)) >= 0:
        start = text.index(") [", found) + 2
        depth, end = 1, start + 1
        while depth:
            depth += {"[": 1, "]": -1}.get(text[end], 0)
            end += 1
        text = text[:found] + text[end:]
    return "".join(" " if one[1] is None else _unescaped(one[1]) for one in _NATIVE.finditer(text))


def _unescaped(text: str) -> str:
    text = re.sub(r"\\(\d{2,7})(?:\\&)?", lambda match: chr(int(match[1])), text)
    return text.replace("\\&", "").replace('\\"', '"').replace("\\\\", "\\").replace("\\n", "\n").replace("\\t", "\t")


def page_text(page: str) -> str:
    """The words of a gold page, a paragraph for each block."""
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(?:p|li|h\d|div|td|tr)>|<br ?/?>", "\n\n", page)))


def measure_pages(reader: DocumentReader, folder: Path) -> None:
    """Sentences of the pages' articles that are verbatim in ours."""
    for source in sorted(folder.glob("*/source.html.gz")):
        gold = page_text(gzip.decompress(source.with_name("expected.html.gz").read_bytes()).decode())
        start = time.perf_counter()
        document, _ = reader.read("page.html", gzip.decompress(source.read_bytes()), IntakeOptions())
        taken = time.perf_counter() - start
        article, wanted = flat(document.text), sentences(gold)
        kept = sum(one in article for one in wanted)
        print(
            f"html  {source.parent.name}: {kept}/{len(wanted)} sentences verbatim, "
            f"{lost(gold, document)} words lost in silence, {taken:.2f} s"
        )


def measure_books(reader: DocumentReader, folder: Path) -> None:
    """Sentences of the plain text that are whole in PDF and EPUB, of those that the file has at all."""
    for source in sorted([*folder.glob("*.pdf"), *folder.glob("*.epub")]):
        gold_file = source.with_name(f"{source.stem}.txt.gz")
        start = time.perf_counter()
        document, _ = reader.read(source.name, source.read_bytes(), IntakeOptions())
        taken = time.perf_counter() - start
        if not gold_file.exists():
            print(f"{source.suffix[1:]:5} {source.stem}: no gold; {len(document.text):,} characters, {taken:.2f} s")
            continue
        gold = gzip.decompress(gold_file.read_bytes()).decode()
        article, pages = " ".join(plain(document.text).split()), in_file(source)
        wanted = list(gold_sentences(gold))
        there = [one for one in wanted if stands(bare(one), pages)]
        whole = [one for one in there if re.search(" ?".join(map(re.escape, plain(one).split(_BREAK))), article)]
        as_spaces = sum(plain(one).replace(_BREAK, " ") in article for one in there)
        if "--list" in sys.argv:
            print(*(one.replace(_BREAK, "|") for one in there if one not in whole), sep="\n")
        print(
            f"{source.suffix[1:]:5} {source.stem}: {len(whole)}/{len(there)} sentences whole "
            f"({len(whole) / len(there):.1%}; line ends of the gold as spaces {as_spaces / len(there):.1%}; "
            f"{len(wanted) - len(there)} are not in the file), "
            f"{lost(gold, document)} words lost, {taken:.2f} s"
        )


def measure_word(reader: DocumentReader, folder: Path) -> None:
    """Word documents whose words are pandoc's."""
    equal, moved, unequal = 0, [], []
    for gold in sorted(folder.glob("*.native")):
        wanted = native_text(gold.read_text())
        try:
            document, _ = reader.read("a.docx", gold.with_suffix(".docx").read_bytes(), IntakeOptions())
            text = document.text
        except Unfit:
            text = ""
        if re.sub(r"\W", "", wanted) == re.sub(r"\W", "", text):
            equal += 1
        elif words(wanted) == words(text):
            moved.append(gold.stem)
        else:
            unequal.append(gold.stem)
    count = equal + len(moved) + len(unequal)
    print(
        f"docx  {equal}/{count} equal to pandoc's text; the same words in another order: {', '.join(moved)}; "
        f"not: {', '.join(unequal)}"
    )


def measure_mail(reader: DocumentReader, folder: Path) -> None:
    """Mails that are read or refused in a sentence."""
    counts: Counter[str] = Counter()
    for mail in sorted(folder.glob("*.eml")):
        try:
            reader.read(mail.name, mail.read_bytes(), IntakeOptions())
            counts["read"] += 1
        except Unfit as unfit:
            counts[f"refused: {unfit}"] += 1
    print("eml  ", "; ".join(f"{count} {what}" for what, count in counts.most_common()))


def main() -> None:
    """Print a line for each measure."""
    folder = Path(sys.argv[1])
    with DocumentReader() as reader:
        measure_pages(reader, folder / "html")
        measure_books(reader, folder / "pdf-epub")
        measure_word(reader, folder / "docx")
        measure_mail(reader, folder / "eml")


if __name__ == "__main__":
    main()
