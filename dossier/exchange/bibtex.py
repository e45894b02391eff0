"""BibTeX and BibLaTeX, read by bibtexparser (extra `bibtex`)."""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from dossier.exchange.csl import bibliography
from dossier.exchange.formats import DossierMetadata, ExportedFiles, Library
from dossier.exchange.inputs import LARGEST_TEXT, decode
from dossier.exchange.latex import Latex, address
from dossier.exchange.records import ExchangePart, ImportOptions, Losses, Parts
from dossier.exchange.sources import BibliographyItem, day_of_parts, parts, split_texts
from dossier.model.problems import DossierError

_KNOWN = frozenset(
    {
        *("title", "author", "editor", "date", "year", "month", "day", "journal", "journaltitle", "booktitle", "url"),
        *(
            "publisher",
            "institution",
            "school",
            "organization",
            "howpublished",
            "language",
            "langid",
            "abstract",
            "note",
        ),
    }
)
# An escaped brace still counts where braces are paired.
_SPECIAL = str.maketrans(
    {c: f"\\{c}" for c in "&%$#_"}
    | {"\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}"}
    | {
        "{": "\\textbraceleft{}",
        "}": "\\textbraceright{}",
    }
)
_IN_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_LIGATURE = re.compile("(?<=-)(?=-)|(?<=')(?=')|(?<=`)(?=`)|(?<=<)(?=<)|(?<=>)(?=>)|(?<=,)(?=,)|(?<=[!?])(?=`)")
"""Where two characters stand that TeX sets as one."""
_MOST = 10_000
_KEY = re.compile(r"(@\w+\s*[{(])\s+(?=[^\s,{}]+\s*,)")
_LONGEST = 10_000
"""Characters of a value that is put together of abbreviations."""
_DATES = ("date", "year", "urldate", "eventdate", "origdate")
_PIECE = re.compile(r'\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|"[^"]*"|[^\s#{}",]+')
_JOINED = re.compile(rf"(?:{_PIECE.pattern})(?:\s*#\s*(?:{_PIECE.pattern}))+")
_BRACE_OR_AND = re.compile(r"[{}]|\s+and(?=\s)", re.IGNORECASE)
_OPENING = re.compile(r"\\(?:\{|textbraceleft(?![A-Za-z])(?:\{\})?)")
_CLOSING = re.compile(r"\\(?:\}|textbraceright(?![A-Za-z])(?:\{\})?)")
_ADDRESS = re.compile(r"\\url\{([^}]*)\}")


class BibtexImporter:
    """A bibliography; each entry is an article."""

    title = "BibTeX"

    def read(self, files: Sequence[Path], library: Library, options: ImportOptions) -> Parts:
        """The pieces of what the files hold."""
        del library
        bibliographies, texts = split_texts(files)
        if not bibliographies:
            raise DossierError(f"{files[0]} holds no bibliography.")
        for file in bibliographies:
            found = list(
                _items(decode(file.read(LARGEST_TEXT), file.name, options.encoding), file.name, options.losses)
            )
            yield from parts(found, texts, options, file.name)


def _items(text: str, name: str, losses: Losses) -> Iterator[BibliographyItem]:
    try:
        from bibtexparser.entrypoint import parse_string  # noqa: PLC0415  an extra, and slow to import
        from bibtexparser.model import Entry  # noqa: PLC0415
    except ImportError:
        raise DossierError("To read BibTeX, install the extra: pip install 'dossier-browser[bibtex]'.") from None
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it warns of is told below
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    if text.count("@") > _MOST:
        raise DossierError(f"{name} has more than {_MOST:,} entries; split it.")
    text = _KEY.sub(r"\1", text)  # which the library takes for a damaged entry
    try:
        library = parse_string(text)
    except Exception as error:  # noqa: BLE001  the library does not say what it raises
        raise DossierError(f"{name} cannot be read as BibTeX ({type(error).__name__}: {error}).") from None
    entries = list(library.entries)
    for block in library.failed_blocks:
        kept = getattr(block, "ignore_error_block", None)  # of a key or field given twice, the first counts
        if isinstance(kept, Entry):
            entries.append(kept)
            continue
        losses.tell(f"{name}:{(block.start_line or 0) + 1}: an entry that cannot be read was left out.")
    latex = Latex()
    strings = _Strings({one.key: str(one.value) for one in library.strings})
    found = [(entry.key, _fields(entry, strings, latex)) for entry in entries]
    first = dict(reversed(found))
    for key, own in found:
        named = own.get("crossref", "")
        parent = first.get(named, {}) if named and named != key else {}
        inherited = {"booktitle" if field == "title" else field: value for field, value in parent.items()}
        own.pop("crossref" if parent else "", None)
        yield _item(key, {field: inherited[field] for field in inherited if field in _KNOWN} | own)
    losses.lose("macros of LaTeX, which were left as they are written", latex.unread)


class _Strings:
    """The abbreviations of a file, and values that are put together of them."""

    def __init__(self, strings: Mapping[str, str]) -> None:
        self._known: dict[str, str] = {}
        for name, value in strings.items():
            self._known[name.lower()] = self.whole(value) if _JOINED.fullmatch(value) else value

    def whole(self, value: str) -> str:
        """`nyt # { Late}` as the text it stands for; names that nobody declared stay, and nothing grows too long."""
        pieces = []
        for piece in _PIECE.findall(value):
            quoted = piece[0] in '{"'
            pieces.append(piece[1:-1] if quoted else self._known.get(piece.lower(), piece))
        joined = "".join(pieces)
        return joined if len(joined) <= _LONGEST else value


def _fields(entry: Any, strings: _Strings, latex: Latex) -> dict[str, str]:
    """The fields of an entry as text, by their names in lower case; people are parted by line ends."""
    enclosed = entry.parser_metadata.get("removed_enclosing", {})
    found: dict[str, str] = {}
    for field in entry.fields:
        name, value = field.key.lower(), str(field.value)
        if enclosed.get(field.key) == "no-enclosing" and _JOINED.fullmatch(value):
            value = strings.whole(value)
        people = name in ("author", "editor")
        found[name] = "\n".join(_people(value, latex)) if people else _plain(name, value, latex)
    return found


def _plain(name: str, value: str, latex: Latex) -> str:
    """A field's value as text, free of braces that only keep capitals."""
    as_text = address if name == "url" else str if name in _DATES else latex.text
    text = as_text(_CLOSING.sub("\x03", _OPENING.sub("\x02", value)))
    return text.replace("{", "").replace("}", "").replace("\x02", "{").replace("\x03", "}").strip()


def _people(value: str, latex: Latex) -> Iterator[str]:
    """The names of a list of people as one reads them; what stands in braces is not parted."""
    depth = start = 0
    ends = [len(value)]
    for match in _BRACE_OR_AND.finditer(value):
        if len(match[0]) == 1:
            depth += 1 if match[0] == "{" else -1
        elif depth <= 0:
            ends.insert(-1, match.start())
    for end in ends:
        name = value[start:end].strip().removeprefix("and ").removeprefix("and\n").strip()
        start = end
        text = " ".join(_plain("author", name, latex).split())
        if text:
            yield text if _is_enclosed(name) else _natural_order(text)


def _is_enclosed(name: str) -> bool:
    """Return whether the brace at the beginning is closed by the one at the end."""
    depth = 0
    for at, character in enumerate(name):
        depth += (character == "{") - (character == "}")
        if depth <= 0:
            return at > 0 and at == len(name) - 1
    return False


def _item(key: str, fields: Mapping[str, str]) -> BibliographyItem:
    def first(*names: str) -> str:
        return next((fields[name] for name in names if fields.get(name)), "")

    authors = tuple(filter(None, first("author", "editor").split("\n")))
    date = first("date") or day_of_parts(first("year"), first("month"), first("day")) or first("year")
    address = _ADDRESS.search(first("howpublished"))
    published = first("howpublished")
    publisher = first("journal", "journaltitle", "booktitle", "publisher", "institution", "school", "organization")
    if published.startswith(("http://", "https://")):
        url = first("url") or published
    else:
        url = first("url") or (address[1] if address else "")
        publisher = publisher or published
    lost = tuple(sorted(name for name in fields if name not in _KNOWN))
    return BibliographyItem(
        key, first("title"), authors, date, publisher, url, first("langid", "language"), first("abstract"),
        first("note"), lost,
    )  # fmt: skip


def _natural_order(name: str) -> str:
    """`Crane, Stephen` and `King, Jr., Martin` as one reads them."""
    family, *rest = (part.strip() for part in name.split(",", 2))
    return " ".join(filter(None, [rest[-1] if rest else "", family, *rest[:-1]]))


class BibtexExporter:
    """The articles as a bibliography."""

    title = "BibTeX"
    suffixes = (".bib",)
    packed = False

    def write(self, head: DossierMetadata, parts: Iterable[ExchangePart], losses: Losses) -> ExportedFiles:
        """The file."""
        del head
        entries = [bibtex_entry(one.key, one.fields) for one in bibliography(parts, losses)]
        yield "items.bib", "\n".join(entries).encode("utf-8", "replace")


def bibtex_entry(key: str, fields: Mapping[str, str]) -> str:
    """The entry of BibTeX for an article's fields."""
    names = (("title", "title"), ("date", "published"), ("journaltitle", "publisher"), ("langid", "language"))
    lines = [
        f"  {name} = {{{_escape(fields[field])}}}," for name, field in (*names, ("note", "note")) if fields.get(field)
    ]
    if fields.get("author"):
        people = [f"{{{_escape(one.strip())}}}" for one in fields["author"].split(";") if one.strip()]
        lines.insert(1, f"  author = {{{' and '.join(people)}}},")
    if fields.get("url"):
        lines.append(f"  url = {{{fields['url'].translate(_IN_ADDRESS)}}},")
    return "\n".join([f"@article{{{key},", *lines, "}", ""])


def _escape(text: str) -> str:
    return _LIGATURE.sub("{}", " ".join(text.split()).translate(_SPECIAL))
