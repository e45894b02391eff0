"""The common part of CSL-JSON, Zotero's JSON and BibTeX: items of a bibliography, which are articles."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from dossier.exchange.inputs import LARGEST_TEXT, Input, decode, gather, stem
from dossier.exchange.records import ExchangeDocument, ExchangePart, ImportOptions, Losses, Parts
from dossier.exchange.yaml_text import one_line
from dossier.model.dates import moment_problem
from dossier.model.problems import DossierError

TEXTS = (".txt", ".md")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?![\d-])", re.ASCII)
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # noqa: SIM905


class BibliographyItem(Struct, frozen=True):
    """A source."""

    key: str
    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    """As the file has it."""
    publisher: str = ""
    url: str = ""
    language: str = ""
    abstract: str = ""
    note: str = ""
    lost: tuple[str, ...] = ()
    """Names of fields that have no place."""


def day_of_parts(year: str, month: str = "", day: str = "") -> str:
    """A date of a year, a month by number or English name, and a day; what is no number ends it."""
    if not (year.isdigit() and len(year) == 4):
        return ""
    number = _MONTHS.get(month.strip().lower()[:3], int(month) if month.strip().isdigit() else 0)
    if not 1 <= number <= 12:
        return year
    last = int(day) if day.strip().isdigit() else 0
    whole = f"{year}-{number:02}-{last:02}"
    return whole if last and not moment_problem(whole) else f"{year}-{number:02}"


def split_texts(files: Sequence[Path]) -> tuple[list[Input], dict[str, Input]]:
    """The bibliographies among the files, and the texts by the names of their files without endings."""
    found = list(gather(files))
    texts = {stem(file.name): file for file in found if file.name.lower().endswith(TEXTS)}
    return [file for file in found if not file.name.lower().endswith(TEXTS)], texts


def parts(items: Iterable[BibliographyItem], texts: Mapping[str, Input], options: ImportOptions, what: str) -> Parts:
    """A piece for each item; its text is the file of its key's name, else what the bibliography says of it."""
    seen: dict[str, int] = {}
    number = 0
    for number, item in enumerate(items, 1):
        count = seen[item.key] = seen.get(item.key, 0) + 1
        key = item.key if count == 1 else f"{item.key} {count}"
        given = texts.get(item.key)
        text = decode(given.read(LARGEST_TEXT), given.name, options.encoding) if given else _source_text(item)
        if not text.strip():
            options.losses.lose("items without title and abstract")
            continue
        if given is None:
            options.losses.lose("items whose text is only what the bibliography says of them")
        yield ExchangePart(
            ExchangeDocument(f"{number} {key}", text, item.key or item.title, _fields(item, options.losses))
        )
    if not number:
        raise DossierError(f"{what} holds no item.")


def _source_text(item: BibliographyItem) -> str:
    """Title, authors and abstract as a text."""
    line = ". ".join(filter(None, ["; ".join(item.authors), item.publisher, item.date]))
    blocks = [" ".join(item.title.split()), " ".join(line.split()), item.abstract.strip()]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _fields(item: BibliographyItem, losses: Losses) -> dict[str, str]:
    for name in item.lost:
        losses.lose(f"fields “{name}”")
    notes = [item.note] if item.note else []
    match = _DATE.match(item.date.strip())
    published = day_of_parts(match[1], match[2] or "", match[3] or "") if match else ""
    if item.date.strip() and not moment_problem(item.date.strip()):
        published = item.date.strip()
    elif moment_problem(published):
        published = ""
    if item.date.strip() and published != item.date.strip():
        notes.append(f"Date as given: {one_line(item.date)}")
    url = item.url.strip()
    if not url.startswith(("http://", "https://")) or re.search(r"\s", url):
        notes += [f"Address as given: {one_line(url)}"] if url else []
        url = ""
    return {
        "title": one_line(item.title),
        "published": published,
        "publisher": one_line(item.publisher),
        "author": "; ".join(map(one_line, item.authors)),
        "url": url,
        "language": item.language if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", item.language) else "",
        "note": "\n".join(notes),
    }
