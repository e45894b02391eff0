"""Intake held against its gold: `python benchmarks/intake.py FOLDER`, with the unpacked exchange files.

A sentence is whole when it stands in the article as an anchor would find it: all characters in order, typography
folded as `dossier.model.folding` does, and white space where the gold parts two words. Beside a mark the plain texts
that serve as gold have white space that no page shows (`debian/ rules`), so that it counts for nothing there. It is
verbatim when it is the same but for the width of white space. Both are printed. Words are lost in silence when
the gold has them and neither the article nor the decisions that were told do. The marks of lists and notes that a
gold in plain text puts before its sentences are none of its words, and its lines of code are no sentences.
"""

import gzip
import html
import re
import sys
import time
from collections import Counter
from pathlib import Path

from dossier.intake.document import Document, Options, Unfit
from dossier.intake.isolation import DocumentReader
from dossier.model.folding import fold

_SENTENCE = re.compile(r"(?<=[.!?。])\s+")


def flat(text: str) -> str:
    """The text with single spaces, and none at the inner side of quotation marks."""
    text = " ".join(text.replace("\u00ad", "").split())
    return re.sub(r"([“‘(]) | ([”’)])|(?<= )(\") (?=\S)", r"\1\2\3", text)


def as_anchored(text: str) -> str:
    """The text as anchors compare it, without white space beside marks."""
    return re.sub(r"(?<=\W) | (?=\W)", "", fold(text))


def sentences(text: str) -> list[str]:
    """The sentences of at least 30 characters in each paragraph."""
    found = (flat(one) for paragraph in re.split(r"\n\s*\n", text) for one in _SENTENCE.split(flat(paragraph)))
    found = (re.sub(r"^(?:[*+•·-] |\^?\[\d+\] |\d+\. )+", "", one) for one in found)
    return [one for one in found if len(one) >= 30 and not re.search(r"[$#|{}<>=^]| [*+] |--", one)]


def words(text: str) -> Counter[str]:
    """How often each word stands in a text."""
    return Counter(re.findall(r"\w+", text.casefold()))


def told(document: Document) -> str:
    """The article and all that was said of other words."""
    return document.text + "\n" + "\n".join(f"{one.words}\n{one.became}" for one in document.decisions)


def lost(gold: str, document: Document) -> int:
    """Words of the gold that are neither in the article nor told."""
    gold = re.sub(r"(?m)^\s*o\s", " ", gold)  # the mark of an item of a list in a list
    return (words(gold) - words(told(document))).total()


def stands_broken(sentence: str, article: str) -> bool:
    """Say whether a sentence that is not whole stands there all the same, with other characters in it."""
    letters = re.sub(r"\W", "", sentence)
    head, tail = letters[:20], letters[-20:]
    at = article.find(head)
    while at >= 0:
        end = article.find(tail, at)
        if end >= 0 and len(letters) <= end + len(tail) - at <= len(letters) + 200:
            return True
        at = article.find(head, at + 1)
    return False


_NATIVE = re.compile(
    r'\b(?:Str|Code|CodeBlock)\s+(?:\([^)]*\)\s*)?"((?:[^"\\]|\\.)*)"|\b(?:Space|SoftBreak|LineBreak|Para|Plain|Header)\b'
)


def native_text(text: str) -> str:
    """The words of pandoc's own format."""
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
        document, _ = reader.read("page.html", gzip.decompress(source.read_bytes()), Options())
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
        document, _ = reader.read(source.name, source.read_bytes(), Options())
        taken = time.perf_counter() - start
        if not gold_file.exists():
            print(f"{source.suffix[1:]:5} {source.stem}: no gold; {len(document.text):,} characters, {taken:.2f} s")
            continue
        gold = gzip.decompress(gold_file.read_bytes()).decode()
        article, letters = as_anchored(document.text), re.sub(r"\W", "", document.text)
        bare, wanted = flat(document.text), sentences(gold)
        verbatim = sum(one in bare for one in wanted)
        kept = sum(as_anchored(one) in article for one in wanted)
        broken = sum(as_anchored(one) not in article and stands_broken(one, letters) for one in wanted)
        more, there = len(wanted) - kept - broken, kept + broken
        print(
            f"{source.suffix[1:]:5} {source.stem}: {kept}/{there} sentences whole ({kept / there:.1%}; verbatim "
            f"{verbatim / there:.1%}; {more} differ in the gold), "
            f"{lost(gold, document)} words lost, {taken:.2f} s"
        )


def measure_word(reader: DocumentReader, folder: Path) -> None:
    """Word documents whose words are pandoc's."""
    equal, moved, unequal = 0, [], []
    for gold in sorted(folder.glob("*.native")):
        wanted = native_text(gold.read_text())
        try:
            document, _ = reader.read("a.docx", gold.with_suffix(".docx").read_bytes(), Options())
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
            reader.read(mail.name, mail.read_bytes(), Options())
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
