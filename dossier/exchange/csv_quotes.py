"""Quotes as rows of a table, CSV or XLSX: one row is one quote, or one link that rests on words.

The columns are recognised by their names, or named by `--column`. The words are looked for in the article that the row
names: a text file given beside the table, an article of the dossier, or the text in a column of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dossier.exchange.annotations import AnnotatedTexts
from dossier.exchange.formats import Library
from dossier.exchange.inputs import gather
from dossier.exchange.records import (
    Connection,
    DocumentPassage,
    ExchangeDocument,
    ExchangePart,
    ImportOptions,
    Losses,
    Parts,
    Record,
    group_parts,
)
from dossier.exchange.sheets import Row, read_rows
from dossier.exchange.yaml_text import one_line
from dossier.model.dates import moment_problem
from dossier.model.entries import Value
from dossier.model.fields import ATTRIBUTIONS
from dossier.model.folding import fold
from dossier.model.problems import DossierError
from dossier.model.relations import STANCES

COLUMNS = {
    "id": ("id", "key"),
    "text": ("text", "quote", "quotation", "words", "statement", "citation", "excerpt"),
    "speaker": ("speaker", "person", "who", "actor", "said by", "name", "source speaker"),
    "delegation": ("delegation", "organization", "organisation", "party", "country", "group", "affiliation"),
    "issues": ("issues", "issue", "concept", "topic", "topics", "code", "codes", "tags", "claim"),
    "stance": ("stance", "position", "agreement"),
    "relation": ("relation", "rel"),
    "target": ("target", "to"),
    "date": ("date", "said on", "day"),
    "attribution": ("attribution",),
    "via": ("via",),
    "article": ("article", "document", "file", "source", "article id"),
    "title": ("title", "headline", "article title"),
    "url": ("url", "link", "address", "article url"),
    "publisher": ("publisher", "outlet", "newspaper"),
    "published": ("published", "publication date"),
    "body": ("body", "content", "full text", "fulltext", "article text"),
    "before": ("before", "prefix"),
    "after": ("after", "suffix"),
    "note": ("note", "notes", "comment", "remark"),
}
"""The names, in lower case, by which the column of a field is recognised."""

_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?: 0?0:00(?::00)?)?", re.ASCII)
_STANCES = {"yes": "for", "true": "for", "1": "for", "agree": "for", "support": "for", "pro": "for"} | {
    "no": "against", "false": "against", "0": "against", "disagree": "against", "oppose": "against",
    "contra": "against", "con": "against",
    **dict.fromkeys(("ja", "wahr", "oui", "vrai", "sí", "verdadero", "dafür"), "for"),
    **dict.fromkeys(("nein", "falsch", "non", "faux", "falso", "dagegen"), "against"),
}  # fmt: skip


NumberedRows = list[tuple[int, Row]]
"""Rows with their numbers in the table, as spreadsheets count them."""


class CsvImporter:
    """A table of quotes, or of articles."""

    title = "CSV and XLSX"

    def read(self, files: Sequence[Path], library: Library, options: ImportOptions) -> Parts:
        """The pieces of what the files hold."""
        sources = AnnotatedTexts(library, options)
        tables = []
        for file in gather(files):
            if file.name.lower().endswith((".csv", ".tsv", ".xlsx")):
                tables.append(file)
            else:
                sources.give(file)
        if not tables:
            named = ", ".join(map(str, files[:5]))
            raise DossierError(f"No table is among {named}; save a copy of it as .csv, .tsv or .xlsx.")
        for file in tables:
            rows = list(read_rows(file, options.encoding, options.losses))
            if not rows:
                raise DossierError(f"{file.name} holds no row below the names of its columns.")
            head = rows[0][1]
            columns = columns_of(head, options.columns, file.name)
            used = set(columns.values())
            for name in head:
                if name not in used:
                    options.losses.lose(f"columns “{name}”")
            plain = [(at, {field: row.get(name, "") for field, name in columns.items()}) for at, row in rows]
            if "text" not in columns or ("title" in columns and _are_articles(columns)):
                yield from _articles(plain, file.name, options.losses)
            else:
                yield from _Quotes(plain, file.name, sources, options.losses).parts()


def columns_of(row: Row, chosen: Mapping[str, str], name: str) -> dict[str, str]:
    """The column of each field: the one chosen, else one of a name that says so.

    Raises:
        DossierError: a chosen field or column is not there, or there are neither words nor texts.

    """
    for field, column in chosen.items():
        if field not in COLUMNS:
            raise DossierError(f"There is no field “{field}” for a column; there are {', '.join(COLUMNS)}.")
        if column not in row:
            raise DossierError(f"{name} has no column “{column}”; it has {', '.join(row)}.")
    found = dict(chosen)
    lower: dict[str, list[str]] = {}
    for one in row:
        if one not in chosen.values():
            lower.setdefault(one.lower().replace("_", " "), []).append(one)
    for field, names in COLUMNS.items():
        fitting = next((lower[one] for one in names if one in lower), [])
        if field in found or not fitting:
            continue
        if len(fitting) > 1:
            raise DossierError(
                f"{name} has several columns for “{field}” ({', '.join(fitting)}); name one: --column {field}=NAME."
            )
        found[field] = fitting[0]
    if "text" not in found and "body" not in found:
        raise DossierError(f"{name} has no column of words (it has {', '.join(row)}); name it: --column text=NAME.")
    return found


def _are_articles(columns: Mapping[str, str]) -> bool:
    """Return whether a table of titles and texts is one of articles: nothing in it tells who said what on what."""
    return not {"speaker", "delegation", "issues", "stance", "attribution", "article", "body"} & set(columns)


def _articles(rows: NumberedRows, name: str, losses: Losses) -> Iterator[ExchangePart]:
    for number, row in rows:
        text = row.get("body") or row.get("text", "")
        if not text.strip():
            losses.lose("rows without text")
            continue
        fields = article_fields(row | {"published": row.get("published") or row.get("date", "")})
        yield ExchangePart(
            ExchangeDocument(f"{name} {number}", text + "\n", row.get("id") or row.get("title", ""), fields)
        )


def iso_day(text: str) -> str:
    """`9.6.2025` as `2025-06-09`: points part a day, a month and a year in this order alone; all else as it is."""
    match = _DAY.fullmatch(text.strip())
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else text


def article_fields(row: Row) -> dict[str, str]:
    """The fields of a row that describe its article."""
    url = row.get("url", "")
    fields = {
        "title": one_line(row.get("title", "")),
        "published": iso_day(row.get("published", "")),
        "publisher": one_line(row.get("publisher", "")),
        "url": url if url.startswith(("http://", "https://")) and " " not in url else "",
    }
    if moment_problem(fields["published"]):
        fields["published"] = ""
    return fields


class _Quotes:
    """The rows of one table on the way to pieces."""

    def __init__(self, rows: NumberedRows, name: str, sources: AnnotatedTexts, losses: Losses) -> None:
        self._rows = rows
        self._name = name
        self._sources = sources
        self._losses = losses
        self._records: dict[str, Record] = {}
        self._links: list[Connection] = []
        self._firsts: dict[str, tuple[int, Row]] = {}
        """The first row of each article, with its number, by what the rows call it."""

    def parts(self) -> Parts:
        """The pieces, names first."""
        addresses = {self._address(row) for _, row in self._rows}
        for number, row in self._rows:
            if not fold(row.get("text", "")):
                self._losses.lose("rows without words")
                continue
            self._row(number, row)
        documents = (self._document(address, only=len(addresses) == 1) for address in self._firsts)
        yield from group_parts(documents, self._records.values(), self._links)

    @staticmethod
    def _address(row: Row) -> str:
        return row.get("article") or row.get("url") or row.get("title") or row.get("body", "")[:200]

    def _document(self, address: str, *, only: bool) -> ExchangeDocument:
        """An article; its text is read when its turn comes, so that memory holds one of them."""
        number, row = self._firsts[address]
        try:
            text = row.get("body") or self._sources.text_of(address, only=only)
        except DossierError as error:
            raise DossierError(f"{self._name}, row {number}: {error}") from None
        return ExchangeDocument(address, text, row.get("article") or row.get("title", ""), article_fields(row))

    def _row(self, number: int, row: Row) -> None:
        address = self._address(row)
        self._firsts.setdefault(address, (number, row))
        at = (DocumentPassage(address, -1, -1, row["text"], row.get("before", ""), row.get("after", "")),)
        delegations = [self._key_of_name("delegation", one) for one in _split_names(row.get("delegation", ""))]
        people = _split_names(row.get("speaker", ""))
        owner = delegations[0] if len(people) == 1 and delegations else ""
        speakers = [self._key_of_name("person", one, owner) for one in people]
        if len(people) != 1:  # with one person, they are those it speaks for
            speakers += delegations
        self._losses.lose(
            "delegations beside a person's first", max(len(delegations) - 1, 0) if len(people) == 1 else 0
        )
        issues = tuple(self._key_of_name("issue", one) for one in _split_names(row.get("issues", "")))
        date = iso_day(row.get("date", ""))
        if date and moment_problem(date):
            why = f"the date “{date[:80]}” is not of the form 2025-06-09; left out."
            self._losses.tell(f"{self._name}, row {number}: {why}")
            date = ""
        if row.get("relation"):
            for target in [self._key_of_name("issue", row["target"])] if row.get("target") else issues:
                self._links.append(
                    Connection(
                        speakers[0] if speakers else address,
                        row["relation"],
                        target,
                        at,
                        date,
                        note=row.get("note", ""),
                    )
                )
            return
        self._quote(number, row, at, tuple(speakers), issues, date)

    def _quote(
        self,
        number: int,
        row: Row,
        at: tuple[DocumentPassage, ...],
        speakers: tuple[str, ...],
        issues: tuple[str, ...],
        date: str,
    ) -> None:
        stance = row.get("stance", "").lower()
        stance = _STANCES.get(stance, stance)
        if stance and stance not in STANCES:
            self._losses.tell(f"{self._name}, row {number}: there is no stance “{stance[:80]}”; left out.")
            stance = ""
        attribution = row.get("attribution", "").lower()
        fields: dict[str, Value] = {
            "attribution": attribution if attribution in ATTRIBUTIONS else "",
            "via": _split_names(row.get("via", "")),
            "stance": stance,
            "date": date,
            "note": row.get("note", ""),
        }
        kept: dict[str, Value] = {field: value for field, value in fields.items() if value}
        key = f"{self._name} {number}"
        self._records[key] = Record(
            key, "quote", one_line(row["text"]), row.get("id", ""), {**kept},
            {"speaker": speakers, "issues": issues}, at, unattributed=not fields["attribution"],
        )  # fmt: skip

    def _key_of_name(self, kind: str, name: str, owner: str = "") -> str:
        """The key of a delegation, person or issue of that name, which is made when there is none yet."""
        name = one_line(name)
        if not name:
            return ""
        known = next((k for k in ("delegation", "person") if f"{k} {fold(name).casefold()}" in self._records), kind)
        key = f"{known if kind == 'person' and not owner else kind} {fold(name).casefold()}"
        if kind == "delegation":
            self._records.setdefault(key, Record(key, "delegation", name))
        elif kind == "issue":
            self._records.setdefault(key, Record(key, "issue", name))
        else:
            self._records.setdefault(key, Record(key, "person", name, owner=owner))
        return key


def _split_names(text: str) -> list[str]:
    """The names in a cell, parted by semicolons or line ends."""
    return list(dict.fromkeys(one.strip() for one in text.replace("\n", ";").split(";") if one.strip()))
