"""Write quotes, and links that rest on words, as the rows of a table that `csv_quotes` reads."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

from dossier.exchange.formats import DossierMetadata, ExportedFiles
from dossier.exchange.records import Connection, ExchangePart, Losses, Record, Sides
from dossier.exchange.sheets import defuse

_WRITTEN = (
    *("id", "article", "url", "published", "speaker", "delegation", "relation", "target", "issues", "stance"),
    *("attribution", "via", "date", "text", "note"),
)


class CsvExporter:
    """Quotes, and links that rest on words, a row each."""

    title = "CSV"
    suffixes = (".csv",)
    packed = False

    def write(self, head: DossierMetadata, parts: Iterable[ExchangePart], losses: Losses) -> ExportedFiles:
        """The file."""
        del head
        buffer = StringIO(newline="")
        table = csv.DictWriter(buffer, _WRITTEN, extrasaction="ignore")
        table.writeheader()
        names: dict[str, Record] = {}
        for part in parts:
            names |= {record.key: record for record in part.records if record.kind != "quote"}
            about = part.document.fields if part.document is not None else {}
            base = {"url": about.get("url", ""), "published": about.get("published", "")}
            losses.lose("texts of articles", part.document is not None)
            losses.lose("events", sum(record.kind == "event" for record in part.records))
            for record in part.records:
                if record.kind == "quote":
                    losses.lose("originals of translated quotes", "original" in record.fields)
                    losses.lose("who of several speakers belongs to which delegation",
                                len(record.references.get("speaker", ())) > 1)  # fmt: skip
                    losses.lose("places of quotes beside their first", len(record.passages) - 1)
                    table.writerow({k: defuse(v) for k, v in (base | _quote_row(record, names)).items()})
            for link in part.connections:
                ends = [names[end].kind for end in (link.source, link.target) if end in names]
                if link.passages and ends in (["person", "issue"], ["delegation", "issue"]):
                    for row in _link_rows(link, names):
                        table.writerow({k: defuse(v) for k, v in (base | row).items()})
                else:
                    losses.lose("links that are no statements of someone on an issue")
        losses.lose("names with a semicolon, which part into several", sum(";" in one.name for one in names.values()))
        losses.lose("parents of issues", sum(bool(record.references.get("parent")) for record in names.values()))
        losses.lose("coalitions of delegations", sum(len(one.references.get("part_of", ())) for one in names.values()))
        losses.lose(
            "times of memberships", sum(bool(m.since or m.until) for one in names.values() for m in one.memberships)
        )
        for record in names.values():
            for field in sorted(record.fields.keys() - {"name"}):
                losses.lose(f"“{field}” of {record.kind}s")
        yield "quotes.csv", buffer.getvalue().encode("utf-8", "replace")


def _name(key: str, names: Mapping[str, Record]) -> str:
    return names[key].name if key in names else key


def _speakers(keys: Iterable[str], sides: Sides, names: Mapping[str, Record]) -> dict[str, str]:
    """The speaker, and the delegations spoken for on that day; several are separated by semicolons."""
    people: list[str] = []
    delegations: list[str] = []
    for key in keys:
        record = names.get(key)
        if record is None or record.kind == "delegation":
            delegations.append(_name(key, names))
        else:
            people.append(record.name)
            delegations += [_name(one, names) for one in sides.get(key, ())]
    return {"speaker": "; ".join(people), "delegation": "; ".join(dict.fromkeys(delegations))}


def _quote_row(record: Record, names: Mapping[str, Record]) -> dict[str, str]:
    row = {name: _cell_text(record.fields.get(name, "")) for name in ("stance", "attribution", "via", "date", "note")}
    row |= _speakers(record.references.get("speaker", ()), record.sides, names)
    return row | {
        "attribution": row["attribution"] or "direct",  # what a quote is that says nothing of it
        "id": record.key,
        "article": record.passages[0].document if record.passages else "",
        "issues": "; ".join(_name(key, names) for key in record.references.get("issues", ())),
        "text": record.name,
    }


def _link_rows(link: Connection, names: Mapping[str, Record]) -> Iterator[dict[str, str]]:
    for passage in link.passages:
        yield _speakers((link.source,), link.sides, names) | {
            "article": passage.document,
            "relation": link.relation,
            "target": _name(link.target, names),
            "date": link.date,
            "text": passage.words,
            "note": link.note,
        }


def _cell_text(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
